//! Several points at once, in f32: what a picture needs, and four to a SIMD register.
//!
//! Plain loops over arrays, which the compiler turns into SIMD instructions; so nothing here
//! branches on a value.

use crate::activation::Activation;
use crate::network::LayerActivation;

/// Points in a block.
pub const LANES: usize = 16;

/// One number for each point of a block.
pub type Lanes = [f32; LANES];

/// a = g(z) for all units of a layer, in place of z.
///
/// Within 1e-6 · max(1, |a|) of the f64 function.
pub fn activate(g: LayerActivation, units: &mut [Lanes]) {
    match g {
        LayerActivation::Unitwise(g) => unitwise(g, units),
        LayerActivation::Softmax => softmax(units),
    }
}

fn unitwise(g: Activation, units: &mut [Lanes]) {
    match g {
        Activation::Identity => {}
        Activation::Step => each(units, |z| if z > 0.0 { 1.0 } else { 0.0 }),
        Activation::Sigmoid => each(units, sigmoid),
        Activation::Tanh => each(units, |z| 2.0 * sigmoid(2.0 * z) - 1.0),
        Activation::Relu => each(units, |z| if z <= 0.0 { 0.0 } else { z }),
        Activation::LeakyRelu { alpha }
        | Activation::Prelu { alpha }
        | Activation::Rrelu { alpha } => {
            let alpha = alpha as f32;
            each(units, |z| if z <= 0.0 { alpha * z } else { z });
        }
        Activation::Elu { alpha } => {
            let alpha = alpha as f32;
            each(units, |z| if z > 0.0 { z } else { alpha * (exp(z) - 1.0) });
        }
        Activation::Silu => each(units, |z| z * sigmoid(z)),
        // Rare, and not worth a polynomial of their own.
        Activation::Gelu | Activation::Softplus => each(units, |z| g.value(f64::from(z)) as f32),
    }
}

#[inline(always)]
fn each(units: &mut [Lanes], f: impl Fn(f32) -> f32) {
    for lanes in units {
        for z in lanes {
            *z = f(*z);
        }
    }
}

/// ŷ_j = e^{z_j − m} ∕ Σ e^{z_k − m} with m the largest z.
fn softmax(units: &mut [Lanes]) {
    let mut most = [f32::NEG_INFINITY; LANES];
    for lanes in units.iter() {
        for (most, z) in most.iter_mut().zip(lanes) {
            *most = if *z > *most { *z } else { *most };
        }
    }
    let mut sum = [0.0; LANES];
    for lanes in units.iter_mut() {
        for ((z, most), sum) in lanes.iter_mut().zip(&most).zip(&mut sum) {
            *z = exp(*z - most);
            *sum += *z;
        }
    }
    for lanes in units {
        for (e, sum) in lanes.iter_mut().zip(&sum) {
            *e /= sum;
        }
    }
}

#[inline(always)]
fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + exp(-z))
}

/// e^x within a relative 2.5e-7; for |x| > 87 that of ±87, at NaN NaN.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const LARGEST: f32 = 87.0;
    let x = if x > LARGEST { LARGEST } else { x };
    let x = if x < -LARGEST { -LARGEST } else { x };
    // x = n ln 2 + r with |r| ≤ ½ ln 2. Adding 1.5 · 2²³ rounds to a whole number, which then
    // stands in the lowest bits.
    const ROUNDING: f32 = 12_582_912.0;
    let shifted = x * std::f32::consts::LOG2_E + ROUNDING;
    let n = shifted - ROUNDING;
    // ln 2 in two parts, the first short enough that n times it is exact.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let r = x - n * LN_2_HIGH - n * LN_2_LOW;
    // Σ r^k ∕ k! up to r⁶.
    let mut sum = 1.0 / 720.0;
    for coefficient in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * r + coefficient;
    }
    // 2ⁿ from its exponent alone.
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    sum * power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;
    use crate::name::Named;

    #[test]
    fn exp_is_within_a_quarter_of_a_millionth() {
        for i in -87_000..=87_000 {
            let x = i as f32 / 1000.0;
            let exact = math::exp(f64::from(x));
            let off = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(off < 2.5e-7, "{x}: {off}");
        }
        assert!(exp(f32::NAN).is_nan());
        assert_eq!([exp(1e9), exp(-1e9)], [exp(87.0), exp(-87.0)]);
    }

    #[test]
    fn every_activation_is_the_exact_one_to_a_millionth() {
        for g in Activation::ALL {
            for i in -400..=400 {
                let z = i as f32 / 20.0;
                let mut units = [[z; LANES]];
                activate(LayerActivation::Unitwise(g), &mut units);
                let exact = g.value(f64::from(z));
                let off = (f64::from(units[0][LANES - 1]) - exact).abs();
                assert!(
                    off <= 1e-6 * math::max([1.0, exact.abs()].into_iter()),
                    "{} at {z}",
                    g.name()
                );
            }
        }
    }

    #[test]
    fn softmax_sums_to_one_however_large_z_is() {
        let mut units = [[1000.0; LANES], [999.0; LANES], [-1000.0; LANES]];
        activate(LayerActivation::Softmax, &mut units);
        // e ∕ (e + 1) by mpmath.
        assert!((units[0][3] - 0.731_058_6).abs() < 1e-6);
        assert!((units[0][3] + units[1][3] + units[2][3] - 1.0).abs() < 1e-6);
    }
}
