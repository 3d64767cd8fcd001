//! Elementary functions with the same bits natively and in WebAssembly.
//!
//! The standard library's may differ between platforms, so they are forbidden everywhere else
//! (see `clippy.toml`). e^x, tanh and the sigmoid are polynomials without a branch, so that a loop
//! over them becomes SIMD with the same bits; the others are the `libm` crate's, a port of musl's
//! in plain Rust.

/// e^x, within 1 ulp.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // Beyond these it is 0 and ∞. A NaN is neither.
    let x = if x < -746.0 { -746.0 } else { x };
    let x = if x > 710.0 { 710.0 } else { x };
    let (k, r) = reduced(x);
    // 2^k in two factors, since it may itself be out of range where e^x is not.
    let half = nearest(0.5 * k);
    (1.0 + exp_m1_reduced(r)) * power_of_two(half) * power_of_two(k - half)
}

/// x = k ln 2 + r, with a whole k and |r| ≤ ½ ln 2.
#[inline(always)]
fn reduced(x: f64) -> (f64, f64) {
    // ln 2 in two parts: k times the first, of 32 bits, is exact.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    let k = nearest(x * std::f64::consts::LOG2_E);
    (k, x - k * LN_2.0 - k * LN_2.1)
}

/// 1.5 · 2⁵²: between it and twice as much, f64 are the whole numbers.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// The whole number nearest to x, for |x| < 2⁵¹.
#[inline(always)]
fn nearest(x: f64) -> f64 {
    (x + WHOLE) - WHOLE
}

/// 2^k for whole k from −1022 to 1023: k + 1023 is moved to where an f64 has its exponent.
#[inline(always)]
fn power_of_two(k: f64) -> f64 {
    f64::from_bits((k + (WHOLE + 1023.0)).to_bits() << 52)
}

/// e^r − 1 for |r| ≤ ½ ln 2: r + r² q(r), where q interpolates (e^r − 1 − r) ∕ r² at Chebyshev's
/// nodes; off by less than 0.006 ulp but for rounding.
#[inline(always)]
fn exp_m1_reduced(r: f64) -> f64 {
    const Q: [f64; 11] = [
        0.5,
        0.166_666_666_666_666_7,
        0.041_666_666_666_666_67,
        0.008_333_333_333_325_544,
        0.001_388_888_888_888_332_7,
        0.000_198_412_698_768_643_56,
        2.480_158_732_700_718_7e-5,
        2.755_725_283_351_691e-6,
        2.755_727_181_021_98e-7,
        2.510_627_473_357_329_6e-8,
        2.091_544_229_778_011_6e-9,
    ];
    // In pairs, pairs of pairs and so on: shorter chains than one term after the other.
    let (r2, line) = (r * r, |k: usize| Q[k] + r * Q[k + 1]);
    let r4 = r2 * r2;
    let low = line(0) + r2 * line(2);
    let middle = line(4) + r2 * line(6);
    let high = line(8) + r2 * Q[10];
    r + r2 * (low + r4 * (middle + r4 * high))
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

/// Hyperbolic tangent, within 3 ulp: with e = e^{2|x|} − 1 it is ± e ∕ (e + 2).
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    // From here on it is 1.
    let size = if x.abs() > 22.0 { 22.0 } else { x.abs() };
    let (k, r) = reduced(2.0 * size);
    let power = power_of_two(k);
    let e = power * exp_m1_reduced(r) + (power - 1.0);
    (e / (e + 2.0)).copysign(x)
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

/// Square root: exact in IEEE 754, so the standard library's is the same everywhere.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// 1 ∕ (1 + e^−x), from e^−|x|, which does not overflow.
#[inline(always)]
pub fn sigmoid(x: f64) -> f64 {
    let e = exp(-x.abs());
    (if x >= 0.0 { 1.0 } else { e }) / (1.0 + e)
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
