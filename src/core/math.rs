//! Elementary functions with the same bits natively and in WebAssembly.
//!
//! The standard library's may differ between platforms, so they are forbidden everywhere else
//! (see `clippy.toml`). e^x, tanh and the sigmoid are polynomials without a branch, so that a loop
//! over them becomes SIMD with the same bits; the others are the `libm` crate's, a port of musl's
//! in plain Rust.

use std::ops::{Add, Div, Mul, Sub};

/// A number, or several side by side on which the same is done: the functions below are written
/// once for both, with the same bits.
pub trait Lanes:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// `v` in all lanes.
    fn all(v: f64) -> Self;
    fn abs(self) -> Self;
    /// The lanes above `v` become `v`; NaN stays.
    fn at_most(self, v: f64) -> Self;
    /// The lanes below `v` become `v`; NaN stays.
    fn at_least(self, v: f64) -> Self;
    /// The lanes of `self` where `by` is 0 or more, else those of `other`.
    fn or_where_negative(self, other: Self, by: Self) -> Self;
    /// With the signs of `of`; no lane may be negative.
    fn with_sign(self, of: Self) -> Self;
    /// The bits of each lane moved up by 52, to where an f64 has its exponent.
    fn bits_to_exponent(self) -> Self;
}

impl Lanes for f64 {
    #[inline(always)]
    fn all(v: f64) -> f64 {
        v
    }

    #[inline(always)]
    fn abs(self) -> f64 {
        self.abs()
    }

    #[inline(always)]
    fn at_most(self, v: f64) -> f64 {
        if self > v { v } else { self }
    }

    #[inline(always)]
    fn at_least(self, v: f64) -> f64 {
        if self < v { v } else { self }
    }

    #[inline(always)]
    fn or_where_negative(self, other: f64, by: f64) -> f64 {
        if by >= 0.0 { self } else { other }
    }

    #[inline(always)]
    fn with_sign(self, of: f64) -> f64 {
        self.copysign(of)
    }

    #[inline(always)]
    fn bits_to_exponent(self) -> f64 {
        f64::from_bits(self.to_bits() << 52)
    }
}

/// e^x, within 1 ulp.
#[inline(always)]
pub fn exp<L: Lanes>(x: L) -> L {
    // Beyond these it is 0 and ∞. A NaN is neither.
    let (k, r) = reduced(x.at_least(-746.0).at_most(710.0));
    // 2^k in two factors, since it may itself be out of range where e^x is not.
    let half = nearest(L::all(0.5) * k);
    (L::all(1.0) + exp_m1_reduced(r)) * power_of_two(half) * power_of_two(k - half)
}

/// x = k ln 2 + r, with a whole k and |r| ≤ ½ ln 2.
#[inline(always)]
fn reduced<L: Lanes>(x: L) -> (L, L) {
    // ln 2 in two parts: k times the first, of 32 bits, is exact.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    let k = nearest(x * L::all(std::f64::consts::LOG2_E));
    (k, x - k * L::all(LN_2.0) - k * L::all(LN_2.1))
}

/// 1.5 · 2⁵²: between it and twice as much, f64 are the whole numbers.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// The whole number nearest to x, for |x| < 2⁵¹.
#[inline(always)]
fn nearest<L: Lanes>(x: L) -> L {
    (x + L::all(WHOLE)) - L::all(WHOLE)
}

/// 2^k for whole k from −1022 to 1023: k + 1023 is moved to where an f64 has its exponent.
#[inline(always)]
fn power_of_two<L: Lanes>(k: L) -> L {
    (k + L::all(WHOLE + 1023.0)).bits_to_exponent()
}

/// e^r − 1 for |r| ≤ ½ ln 2: r + r² q(r), where q interpolates (e^r − 1 − r) ∕ r² at Chebyshev's
/// nodes; off by less than 1.3e-17 but for rounding.
#[inline(always)]
fn exp_m1_reduced<L: Lanes>(r: L) -> L {
    const Q: [f64; 10] = [
        0.500_000_000_000_000_1,
        0.166_666_666_666_666_69,
        0.041_666_666_666_624_164,
        0.008_333_333_333_330_065,
        0.001_388_888_891_719_673_6,
        0.000_198_412_698_630_405_59,
        2.480_152_132_234_228e-5,
        2.755_726_848_028_971_6e-6,
        2.762_007_589_254_816_4e-7,
        2.510_037_584_222_37e-8,
    ];
    // In pairs, pairs of pairs and so on: shorter chains than one term after the other.
    let (r2, line) = (r * r, |k: usize| L::all(Q[k]) + r * L::all(Q[k + 1]));
    let r4 = r2 * r2;
    let low = line(0) + r2 * line(2);
    let middle = line(4) + r2 * line(6);
    r + r2 * (low + r4 * (middle + r4 * line(8)))
}

/// e^x − 1, without cancellation near 0.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), without cancellation near 0.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Hyperbolic tangent, within 3 ulp.
///
/// With |x| = ½ k ln 2 + r and tanh r = o ∕ a it is n ∕ d, where n = ½ (2^k − 1) (a + o) + o and
/// d = ½ (2^k − 1) (a + o) + a: from e^{2|x|} = 2^k (a + o) ∕ (a − o), with one division for all.
#[inline(always)]
pub fn tanh<L: Lanes>(x: L) -> L {
    use std::f64::consts::{LN_2, LOG2_E};
    // Up to here k is 0: below it n would lose digits for any other.
    const FIRST: f64 = 0.26;
    // A whole number from which the bits of 2^{k − 1} are those of the sum with k.
    const ORIGIN: f64 = WHOLE + 1022.0;
    // From here on it is 1.
    let size = x.abs().at_most(22.0);
    let turns = (size - L::all(FIRST - 0.25 * LN_2)) * L::all(2.0 * LOG2_E) + L::all(ORIGIN);
    let k = turns - L::all(ORIGIN);
    // One part of ln 2 is enough: the larger k, the less r matters.
    let (a, o) = tanh_reduced(size - k * L::all(0.5 * LN_2));
    let most = (turns.bits_to_exponent() - L::all(0.5)) * (a + o);
    ((most + o) / (most + a)).with_sign(x)
}

/// a and o with tanh r = o ∕ a for |r| ≤ 0.26: polynomials in r² whose quotient interpolates
/// tanh r ∕ r at Chebyshev's nodes; off by less than 4e-20 but for rounding.
#[inline(always)]
fn tanh_reduced<L: Lanes>(r: L) -> (L, L) {
    const A: [f64; 3] =
        [0.454_531_123_184_816_1, 0.020_195_878_685_487_14, 9.606_377_172_079_404e-5];
    const O: [f64; 2] = [0.121_197_789_851_482_76, 0.002_018_837_623_875_685_4];
    let r2 = r * r;
    let a = L::all(1.0) + r2 * (L::all(A[0]) + r2 * (L::all(A[1]) + r2 * L::all(A[2])));
    let o = r + (r * r2) * (L::all(O[0]) + r2 * L::all(O[1]));
    (a, o)
}

/// Complementary error function, 1 − erf(x).
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Cosine of x in radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Sine of x in radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// The angle of the point (x, y), in radians from −π to π.
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// The length of (x, y).
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// Square root: exact in IEEE 754, so the standard library's is the same everywhere.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// 1 ∕ (1 + e^−x), from e^−|x|, which does not overflow.
#[inline(always)]
pub fn sigmoid<L: Lanes>(x: L) -> L {
    let e = exp(L::all(0.0) - x.abs());
    L::all(1.0).or_where_negative(e, x) / (L::all(1.0) + e)
}

/// ln(1 + e^x), for any x: max(x, 0) + ln(1 + e^−|x|).
pub fn softplus(x: f64) -> f64 {
    let above = if x > 0.0 { x } else { 0.0 };
    above + ln_1p(exp(-x.abs()))
}

/// The largest of `values`; −∞ for none, NaN as soon as one is NaN.
pub fn max(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(
        f64::NEG_INFINITY,
        |most, value| {
            if value > most || value.is_nan() { value } else { most }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_zeros_are_exact() {
        let inf = f64::INFINITY;
        assert_eq!([exp(-inf), exp(0.0), exp(inf), exp(710.0)], [0.0, 1.0, inf, inf]);
        assert_eq!(exp(-745.1).to_bits(), 1);
        assert_eq!([tanh(-inf), tanh(inf), sigmoid(-inf), sigmoid(inf)], [-1.0, 1.0, 0.0, 1.0]);
        assert_eq!([tanh(0.0).to_bits(), tanh(-0.0).to_bits()], [0, 1 << 63]);
        assert_eq!([tanh(1e-300), tanh(5e-324), sigmoid(-0.0)], [1e-300, 5e-324, 0.5]);
        assert!([exp(f64::NAN), tanh(f64::NAN), sigmoid(f64::NAN)].iter().all(|v| v.is_nan()));
    }
}
