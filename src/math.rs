//! Elementary functions with the same bits natively and in WebAssembly.
//!
//! The standard library's may differ between platforms, so they are forbidden everywhere else
//! (see `clippy.toml`). These are the `libm` crate's, a port of musl's in plain Rust.

/// e^x.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
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

/// Hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
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

/// 1 ∕ (1 + e^−x), computed on the side where e^x does not overflow.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
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
