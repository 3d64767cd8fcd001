//! How gradients change parameters.

use serde::{Deserialize, Serialize};

use super::config::Optimizer;
use crate::{json, math};

/// What an optimiser remembers from step to step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Momentum's v, Adam's m.
    #[serde(with = "json::bits")]
    first: Vec<f64>,
    /// Adam's v.
    #[serde(with = "json::bits")]
    second: Vec<f64>,
    /// β₁ᵗ and β₂ᵗ.
    powers: [f64; 2],
}

impl Memory {
    pub fn new(parameters: usize) -> Memory {
        Memory { first: vec![0.0; parameters], second: vec![0.0; parameters], powers: [1.0; 2] }
    }

    /// How many parameters it remembers something of: as many in each list.
    pub fn lengths(&self) -> [usize; 2] {
        [self.first.len(), self.second.len()]
    }

    /// Takes over what `other` remembers, without an allocation.
    pub fn copy(&mut self, other: &Memory) {
        self.first.copy_from_slice(&other.first);
        self.second.copy_from_slice(&other.second);
        self.powers = other.powers;
    }

    /// One step of `optimizer` with learning rate `rate` along the gradients of `p`, which are
    /// `share` of these `sums`.
    pub fn update(
        &mut self,
        optimizer: Optimizer,
        rate: f64,
        p: &mut [f64],
        sums: &[f64],
        share: f64,
    ) {
        let gradients = sums.iter().map(|sum| sum * share);
        match optimizer {
            Optimizer::Sgd => descend(rate * share, p, sums),
            Optimizer::Momentum { mu } => {
                for ((p, g), v) in p.iter_mut().zip(gradients).zip(&mut self.first) {
                    *v = mu * *v + g;
                    *p -= rate * *v;
                }
            }
            Optimizer::Adam { beta1, beta2, epsilon } => {
                self.powers[0] *= beta1;
                self.powers[1] *= beta2;
                let rate = rate / (1.0 - self.powers[0]);
                let root = math::sqrt(1.0 - self.powers[1]);
                let moments = self.first.iter_mut().zip(&mut self.second);
                for ((p, g), (m, v)) in p.iter_mut().zip(gradients).zip(moments) {
                    *m = beta1 * *m + (1.0 - beta1) * g;
                    *v = beta2 * *v + (1.0 - beta2) * (g * g);
                    *p -= rate * (*m / (math::sqrt(*v) / root + epsilon));
                }
            }
        }
    }
}

/// p ← p − `factor` · sum, for eight at a time.
fn descend(factor: f64, p: &mut [f64], sums: &[f64]) {
    let ((eights, rest), (sums, others)) = (p.as_chunks_mut::<8>(), sums.as_chunks::<8>());
    for (p, sums) in eights.iter_mut().zip(sums) {
        for (p, sum) in p.iter_mut().zip(sums) {
            *p -= factor * sum;
        }
    }
    for (p, sum) in rest.iter_mut().zip(others) {
        *p -= factor * sum;
    }
}
