//! Two f64 side by side, of two samples: one SIMD register in WebAssembly.
//! The compiler finds most of them by itself, but not in sums over blocks of five pairs.

use std::ops::{Add, Div, Mul, Sub};

#[cfg(target_arch = "wasm32")]
use std::arch::wasm32 as simd;

use crate::math::Lanes;

#[derive(Clone, Copy)]
#[cfg(target_arch = "wasm32")]
pub struct Pair(simd::v128);

#[cfg(target_arch = "wasm32")]
impl Pair {
    #[inline(always)]
    pub fn load(from: &[f64; 2]) -> Pair {
        // SAFETY: reads the 16 bytes of `from`; WebAssembly asks for no alignment.
        Pair(unsafe { simd::v128_load(from.as_ptr().cast()) })
    }

    #[inline(always)]
    pub fn store(self, to: &mut [f64; 2]) {
        // SAFETY: writes the 16 bytes of `to`; WebAssembly asks for no alignment.
        unsafe { simd::v128_store(to.as_mut_ptr().cast(), self.0) }
    }
}

impl Pair {
    /// The sum of its two numbers.
    #[inline(always)]
    pub fn sum(self) -> f64 {
        let mut both = [0.0; 2];
        self.store(&mut both);
        both[0] + both[1]
    }

    /// 0 where `by` is at most 0, else itself.
    #[inline(always)]
    pub fn gated(self, by: Pair) -> Pair {
        #[cfg(target_arch = "wasm32")]
        return Pair(simd::v128_andnot(self.0, simd::f64x2_le(by.0, simd::f64x2_splat(0.0))));
        #[cfg(not(target_arch = "wasm32"))]
        return self.zip(by, |v, by| if by <= 0.0 { 0.0 } else { v });
    }

    /// The sums of two pairs, side by side.
    #[inline(always)]
    pub fn sums(first: Pair, second: Pair) -> Pair {
        #[cfg(target_arch = "wasm32")]
        return Pair(simd::f64x2_add(
            simd::i64x2_shuffle::<0, 2>(first.0, second.0),
            simd::i64x2_shuffle::<1, 3>(first.0, second.0),
        ));
        #[cfg(not(target_arch = "wasm32"))]
        return Pair([first.sum(), second.sum()]);
    }
}

#[derive(Clone, Copy)]
#[cfg(not(target_arch = "wasm32"))]
pub struct Pair([f64; 2]);

#[cfg(not(target_arch = "wasm32"))]
impl Pair {
    pub fn load(from: &[f64; 2]) -> Pair {
        Pair(*from)
    }

    pub fn store(self, to: &mut [f64; 2]) {
        *to = self.0;
    }

    fn map(self, of: impl Fn(f64) -> f64) -> Pair {
        Pair(self.0.map(of))
    }

    fn zip(self, other: Pair, of: impl Fn(f64, f64) -> f64) -> Pair {
        Pair(std::array::from_fn(|i| of(self.0[i], other.0[i])))
    }
}

/// An operation on two pairs: its instruction, and the same without.
macro_rules! operation {
    ($name:ident, $function:ident, $instruction:ident) => {
        impl $name for Pair {
            type Output = Pair;

            #[inline(always)]
            fn $function(self, other: Pair) -> Pair {
                #[cfg(target_arch = "wasm32")]
                return Pair(simd::$instruction(self.0, other.0));
                #[cfg(not(target_arch = "wasm32"))]
                return self.zip(other, |a, b| a.$function(b));
            }
        }

        impl<const N: usize> $name for Pairs<N> {
            type Output = Pairs<N>;

            #[inline(always)]
            fn $function(self, other: Pairs<N>) -> Pairs<N> {
                self.zip(other, |a, b| a.$function(b))
            }
        }
    };
}

operation!(Add, add, f64x2_add);
operation!(Sub, sub, f64x2_sub);
operation!(Mul, mul, f64x2_mul);
operation!(Div, div, f64x2_div);

#[cfg(target_arch = "wasm32")]
impl Lanes for Pair {
    #[inline(always)]
    fn all(v: f64) -> Pair {
        Pair(simd::f64x2_splat(v))
    }

    #[inline(always)]
    fn abs(self) -> Pair {
        Pair(simd::f64x2_abs(self.0))
    }

    #[inline(always)]
    fn at_most(self, v: f64) -> Pair {
        Pair(simd::f64x2_pmin(self.0, simd::f64x2_splat(v)))
    }

    #[inline(always)]
    fn at_least(self, v: f64) -> Pair {
        Pair(simd::f64x2_pmax(self.0, simd::f64x2_splat(v)))
    }

    #[inline(always)]
    fn or_where_negative(self, other: Pair, by: Pair) -> Pair {
        let mask = simd::f64x2_ge(by.0, simd::f64x2_splat(0.0));
        Pair(simd::v128_bitselect(self.0, other.0, mask))
    }

    #[inline(always)]
    fn with_sign(self, of: Pair) -> Pair {
        let sign = simd::v128_and(of.0, simd::f64x2_splat(-0.0));
        Pair(simd::v128_or(self.0, sign))
    }

    #[inline(always)]
    fn bits_to_exponent(self) -> Pair {
        Pair(simd::i64x2_shl(self.0, 52))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Lanes for Pair {
    fn all(v: f64) -> Pair {
        Pair([v, v])
    }

    fn abs(self) -> Pair {
        self.map(Lanes::abs)
    }

    fn at_most(self, v: f64) -> Pair {
        self.map(|lane| lane.at_most(v))
    }

    fn at_least(self, v: f64) -> Pair {
        self.map(|lane| lane.at_least(v))
    }

    fn or_where_negative(self, other: Pair, by: Pair) -> Pair {
        let lane = |i: usize| self.0[i].or_where_negative(other.0[i], by.0[i]);
        Pair(std::array::from_fn(lane))
    }

    fn with_sign(self, of: Pair) -> Pair {
        self.zip(of, Lanes::with_sign)
    }

    fn bits_to_exponent(self) -> Pair {
        self.map(Lanes::bits_to_exponent)
    }
}

/// N pairs on which each operation is done before the next: so the processor never waits for one
/// of them, and a constant is fetched once for all.
#[derive(Clone, Copy)]
pub struct Pairs<const N: usize>(pub [Pair; N]);

impl<const N: usize> Pairs<N> {
    /// See [`Pair::gated`].
    #[inline(always)]
    pub fn gated(self, by: Pairs<N>) -> Pairs<N> {
        self.zip(by, Pair::gated)
    }

    #[inline(always)]
    fn map(self, of: impl Fn(Pair) -> Pair) -> Pairs<N> {
        Pairs(std::array::from_fn(|i| of(self.0[i])))
    }

    #[inline(always)]
    fn zip(self, other: Pairs<N>, of: impl Fn(Pair, Pair) -> Pair) -> Pairs<N> {
        Pairs(std::array::from_fn(|i| of(self.0[i], other.0[i])))
    }
}

impl<const N: usize> Lanes for Pairs<N> {
    #[inline(always)]
    fn all(v: f64) -> Pairs<N> {
        Pairs([Pair::all(v); N])
    }

    #[inline(always)]
    fn abs(self) -> Pairs<N> {
        self.map(Lanes::abs)
    }

    #[inline(always)]
    fn at_most(self, v: f64) -> Pairs<N> {
        self.map(|pair| pair.at_most(v))
    }

    #[inline(always)]
    fn at_least(self, v: f64) -> Pairs<N> {
        self.map(|pair| pair.at_least(v))
    }

    #[inline(always)]
    fn or_where_negative(self, other: Pairs<N>, by: Pairs<N>) -> Pairs<N> {
        Pairs(std::array::from_fn(|i| self.0[i].or_where_negative(other.0[i], by.0[i])))
    }

    #[inline(always)]
    fn with_sign(self, of: Pairs<N>) -> Pairs<N> {
        self.zip(of, Lanes::with_sign)
    }

    #[inline(always)]
    fn bits_to_exponent(self) -> Pairs<N> {
        self.map(Lanes::bits_to_exponent)
    }
}
