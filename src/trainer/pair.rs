//! Two f64 side by side, of two samples: one SIMD register in WebAssembly. The compiler finds
//! most of them by itself, but not in sums over blocks of five pairs.

use std::ops::{Add, Mul};

#[cfg(target_arch = "wasm32")]
use std::arch::wasm32::{f64x2_add, f64x2_mul, f64x2_splat, v128, v128_load, v128_store};

#[derive(Clone, Copy)]
#[cfg(target_arch = "wasm32")]
pub struct Pair(v128);

#[cfg(target_arch = "wasm32")]
impl Pair {
    pub fn both(v: f64) -> Pair {
        Pair(f64x2_splat(v))
    }

    pub fn load(from: &[f64; 2]) -> Pair {
        // SAFETY: reads the 16 bytes of `from`; WebAssembly asks for no alignment.
        Pair(unsafe { v128_load(from.as_ptr().cast()) })
    }

    pub fn store(self, to: &mut [f64; 2]) {
        // SAFETY: writes the 16 bytes of `to`; WebAssembly asks for no alignment.
        unsafe { v128_store(to.as_mut_ptr().cast(), self.0) }
    }
}

#[cfg(target_arch = "wasm32")]
impl Add for Pair {
    type Output = Pair;

    fn add(self, other: Pair) -> Pair {
        Pair(f64x2_add(self.0, other.0))
    }
}

#[cfg(target_arch = "wasm32")]
impl Mul for Pair {
    type Output = Pair;

    fn mul(self, other: Pair) -> Pair {
        Pair(f64x2_mul(self.0, other.0))
    }
}

#[derive(Clone, Copy)]
#[cfg(not(target_arch = "wasm32"))]
pub struct Pair([f64; 2]);

#[cfg(not(target_arch = "wasm32"))]
impl Pair {
    pub fn both(v: f64) -> Pair {
        Pair([v, v])
    }

    pub fn load(from: &[f64; 2]) -> Pair {
        Pair(*from)
    }

    pub fn store(self, to: &mut [f64; 2]) {
        *to = self.0;
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Add for Pair {
    type Output = Pair;

    fn add(self, other: Pair) -> Pair {
        Pair([self.0[0] + other.0[0], self.0[1] + other.0[1]])
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Mul for Pair {
    type Output = Pair;

    fn mul(self, other: Pair) -> Pair {
        Pair([self.0[0] * other.0[0], self.0[1] * other.0[1]])
    }
}
