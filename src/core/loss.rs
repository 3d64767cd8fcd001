//! Loss functions of one sample: summed over its outputs, computed from z where log(a) could fail.

use crate::activation::Activation;
use crate::math;
use crate::name::Named;
use crate::network::LayerActivation;

/// How far an output ŷ = a is from its target y.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// ½ Σ (ŷ − y)².
    HalfSquaredError,
    /// −Σ (y ln ŷ + (1 − y) ln(1 − ŷ)), with ŷ = σ(z).
    BinaryCrossEntropy,
    /// −Σ y ln ŷ, with ŷ = softmax(z).
    SoftmaxCrossEntropy,
}

use Loss::*;

impl Loss {
    pub const ALL: [Loss; 3] = [HalfSquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy];

    /// The loss of one sample from its outputs `a`, or for the cross entropies from their `z`
    /// (see [`Loss::reads_z`]), and its targets `y`: one item an output.
    pub fn value(
        self,
        outputs: impl Iterator<Item = f64> + Clone,
        y: impl Iterator<Item = f64>,
    ) -> f64 {
        match self {
            HalfSquaredError => 0.5 * total(outputs.zip(y).map(|(a, y)| (a - y) * (a - y))),
            BinaryCrossEntropy => total(outputs.zip(y).map(|(z, y)| binary(z, y))),
            SoftmaxCrossEntropy => {
                let (most, rest) = log_sum_exp(outputs.clone());
                let true_only = outputs.zip(y).filter(|&(_, y)| y != 0.0);
                total(true_only.map(|(z, y)| y * ((most - z) + rest)))
            }
        }
    }

    /// Whether the loss is computed from z instead of a, so that log(0) never occurs.
    pub fn reads_z(self) -> bool {
        self != HalfSquaredError
    }

    /// Whether ∂loss ∕ ∂z of the last layer is exactly ŷ − y with this activation there.
    pub fn matches(self, last: LayerActivation) -> bool {
        match self {
            HalfSquaredError => last == LayerActivation::Unitwise(Activation::Identity),
            BinaryCrossEntropy | SoftmaxCrossEntropy => true,
        }
    }

    /// The activation that the last layer must have, if this loss asks for one.
    pub fn needs(self) -> Option<LayerActivation> {
        match self {
            HalfSquaredError => None,
            BinaryCrossEntropy => Some(LayerActivation::Unitwise(Activation::Sigmoid)),
            SoftmaxCrossEntropy => Some(LayerActivation::Softmax),
        }
    }
}

impl Named for Loss {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            HalfSquaredError => "half_squared_error",
            BinaryCrossEntropy => "binary_cross_entropy",
            SoftmaxCrossEntropy => "softmax_cross_entropy",
        }
    }
}

/// softmax(z) of one of the logits `z`, shifted by the largest so that e^z can't overflow.
pub fn softmax(z: impl Iterator<Item = f64> + Clone, which: usize) -> f64 {
    let most = math::max(z.clone());
    let weight = |z| math::exp(z - most);
    let own = z.clone().nth(which).map_or(f64::NAN, weight);
    own / total(z.map(weight))
}

/// −(y ln σ(z) + (1 − y) ln(1 − σ(z))) = softplus(z) − y·z, without cancellation for large z.
fn binary(z: f64, y: f64) -> f64 {
    let above = if z > 0.0 { z * (1.0 - y) } else { -z * y };
    above + math::ln_1p(math::exp(-z.abs()))
}

/// ln Σ e^z in two parts: the largest z, and ln(1 + Σ e^(z − largest)) over the others. Their sum
/// would lose what is left of the loss where the true class is almost certain.
fn log_sum_exp(z: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let most = math::max(z.clone());
    let first = z.clone().position(|z| z == most);
    let others = z.enumerate().filter(|&(k, _)| Some(k) != first);
    (most, math::ln_1p(total(others.map(|(_, z)| math::exp(z - most)))))
}

/// The sum from left to right.
fn total(terms: impl Iterator<Item = f64>) -> f64 {
    terms.fold(0.0, |sum, term| sum + term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_cross_entropy_keeps_its_digits() {
        let loss = |z: [f64; 2]| SoftmaxCrossEntropy.value(z.into_iter(), [0.0, 1.0].into_iter());
        let exact = math::exp(-22.5);
        assert!((loss([-9.0, 13.5]) / exact - 1.0).abs() < 1e-9);
        assert_eq!(loss([13.5, -9.0]), 22.5 + math::ln_1p(exact));
        assert!((loss([-1000.0, 0.0]), loss([1000.0, 0.0])) == (0.0, 1000.0));
    }
}
