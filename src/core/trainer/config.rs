//! What is trained, how, and on what.

use serde::{Deserialize, Serialize};

use crate::case::Samples;
use crate::error::{Allowed, Error, Result};
use crate::loss::Loss;
use crate::network::Network;

/// A network, its loss, and how its parameters are changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// With the parameters to start from.
    pub network: Network,
    pub loss: Loss,
    /// η.
    pub rate: f64,
    /// Samples in a batch; the last of an epoch may have fewer.
    pub batch: usize,
    pub optimizer: Optimizer,
    pub regularization: Regularization,
    /// What RReLU's α are drawn from.
    pub seed: u64,
}

/// How a gradient g changes a parameter p, as PyTorch's optimisers of these names do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Optimizer {
    /// p ← p − η g.
    Sgd,
    /// v ← μ v + g, p ← p − η v.
    Momentum { mu: f64 },
    /// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
    /// p ← p − η ∕ (1 − β₁ᵗ) · m ∕ (√v ∕ √(1 − β₂ᵗ) + ε).
    Adam { beta1: f64, beta2: f64, epsilon: f64 },
}

/// What is added to the gradient of a weight w, and never to that of a bias or of an α.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Regularization {
    None,
    /// λ |w|: λ sign(w), with sign(0) = 0.
    L1 {
        rate: f64,
    },
    /// ½ λ w²: λ w.
    L2 {
        rate: f64,
    },
}

impl Config {
    /// Checks that `samples` fit and that every number is one that can be trained with.
    ///
    /// # Errors
    /// What [`Samples::check`] refuses, a batch that is empty or larger than all samples, a
    /// decay outside of [0, 1), a negative λ, or an ε that is not above 0.
    pub fn check(&self, samples: &Samples) -> Result<()> {
        samples.check("", &self.network, self.loss)?;
        let count = samples.len();
        if self.batch == 0 || self.batch > count {
            return Err(Error::range("batch", self.batch, Allowed::Between(1, count)));
        }
        if !self.rate.is_finite() {
            return Err(Error::not_finite("learning_rate", self.rate));
        }
        self.optimizer.check()?;
        self.regularization.check()
    }
}

impl Optimizer {
    fn check(self) -> Result<()> {
        let decay = |place: &str, value: f64| match value {
            0.0..1.0 => Ok(()),
            _ => Err(Error::range(place, value, Allowed::BelowOne)),
        };
        match self {
            Optimizer::Sgd => Ok(()),
            Optimizer::Momentum { mu } => decay("optimizer.mu", mu),
            Optimizer::Adam { beta1, beta2, epsilon } => {
                decay("optimizer.beta1", beta1)?;
                decay("optimizer.beta2", beta2)?;
                if epsilon > 0.0 && epsilon.is_finite() {
                    return Ok(());
                }
                Err(Error::range("optimizer.epsilon", epsilon, Allowed::Positive))
            }
        }
    }
}

impl Regularization {
    /// λ.
    pub fn rate(self) -> f64 {
        match self {
            Regularization::None => 0.0,
            Regularization::L1 { rate } | Regularization::L2 { rate } => rate,
        }
    }

    fn check(self) -> Result<()> {
        if self.rate() >= 0.0 && self.rate().is_finite() {
            return Ok(());
        }
        Err(Error::range("regularization.rate", self.rate(), Allowed::NotNegative))
    }
}
