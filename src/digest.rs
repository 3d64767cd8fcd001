//! One number for the bits of many traces, to compare a machine's or a browser's with another's.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::activation::Activation;
use crate::case::{Case, Samples};
use crate::error::Result;
use crate::loss::Loss;
use crate::network::{Layer, LayerActivation, Network};
use crate::trace::{Trace, fnv};
use crate::trainer::{Config, Optimizer, Regularization, Trainer};

/// How many cases there are.
pub const CASES: u32 = 200;

/// Values at which arithmetic shows what it does: signed zeros, the subnormal, what overflows.
const EXTREMES: [f64; 12] = [
    0.0,
    -0.0,
    5e-324,
    -1e-310,
    1e-160,
    -745.2,
    709.9,
    40.0,
    -1e200,
    f64::MAX,
    f64::NEG_INFINITY,
    f64::NAN,
];

/// Cases drawn from fixed seeds: every activation and loss, 1 to 7 layers of 1 to 8 units, 1 to
/// 10 samples, in every fourth case with values at which something overflows or has no value.
pub fn seeded_cases() -> impl Iterator<Item = Case> {
    (0..CASES).filter_map(|seed| Draw::new(seed).case().ok())
}

/// The digest of the traces of all [`seeded_cases`].
pub fn digest() -> u64 {
    digest_of(seeded_cases())
}

/// The digest of the traces of `cases`; one too long to record counts as 0.
pub fn digest_of(cases: impl Iterator<Item = Case>) -> u64 {
    fnv(cases.map(|case| Trace::record(&case).map_or(0, |trace| trace.digest())))
}

/// How many steps each training of [`training_digest`] takes.
const STEPS: usize = 50;

/// The digest of the losses on the way and of the parameters after training each of
/// [`seeded_cases`] in batches of 3 with each optimiser.
pub fn training_digest() -> u64 {
    fnv(seeded_cases().enumerate().map(|(n, case)| trained(n, case).unwrap_or(0)))
}

fn trained(n: usize, case: Case) -> Result<u64> {
    let optimizers = [
        Optimizer::Sgd,
        Optimizer::Momentum { mu: 0.9 },
        Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    ];
    let kinds = [
        Regularization::None,
        Regularization::L1 { rate: 0.01 },
        Regularization::L2 { rate: 0.01 },
    ];
    let config = Config {
        network: case.network,
        loss: case.loss,
        rate: 0.1 * case.learning_rate,
        batch: case.batch.len().clamp(1, 3),
        optimizer: optimizers[n % 3],
        regularization: kinds[n / 3 % 3],
        seed: n as u64,
    };
    let mut trainer = Trainer::new(config, case.batch)?;
    let loss = |trainer: &mut Trainer| {
        trainer.step();
        trainer.measure().loss
    };
    let losses: Vec<f64> = (0..STEPS).map(|_| loss(&mut trainer)).collect();
    let network = trainer.network();
    let numbers =
        network.layers().iter().flat_map(|layer| layer.rows().flatten().chain(layer.biases()));
    Ok(fnv(losses.iter().chain(numbers).map(|&v| bits(v))))
}

/// The bits of `v`, the same ones for every NaN.
fn bits(v: f64) -> u64 {
    if v.is_nan() { f64::NAN.to_bits() } else { v.to_bits() }
}

/// The generator of one case. Only 32-bit integers and f64 are drawn: a `usize` is narrower in
/// WebAssembly.
struct Draw {
    rng: Pcg64Mcg,
    extreme: bool,
}

impl Draw {
    fn new(seed: u32) -> Draw {
        Draw { rng: Pcg64Mcg::seed_from_u64(u64::from(seed)), extreme: seed % 4 == 3 }
    }

    /// One of 0 … n − 1.
    fn below(&mut self, n: u32) -> usize {
        (self.rng.random::<u32>() % n) as usize
    }

    /// U[0, 1).
    fn fraction(&mut self) -> f64 {
        self.rng.random()
    }

    /// U(−2, 2); in an extreme case one in twelve is an extreme value.
    fn value(&mut self) -> f64 {
        let usual = 4.0 * self.fraction() - 2.0;
        if self.extreme && self.below(12) == 0 { EXTREMES[self.below(12)] } else { usual }
    }

    fn values(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.value()).collect()
    }

    fn unitwise(&mut self) -> LayerActivation {
        let g = Activation::ALL[self.below(12)];
        LayerActivation::Unitwise(g.with_alpha(self.value()))
    }

    fn targets(&mut self, loss: Loss, count: usize) -> Vec<f64> {
        match loss {
            Loss::HalfSquaredError => self.values(count),
            Loss::BinaryCrossEntropy => {
                let target = |_| [0.0, 1.0, self.fraction()][self.below(3)];
                (0..count).map(target).collect()
            }
            Loss::SoftmaxCrossEntropy => {
                let (one, share) = (self.below(count as u32), self.below(2));
                let even = 1.0 / count as f64;
                let hot = |k| f64::from(u8::from(k == one));
                (0..count).map(|k| if share == 0 { hot(k) } else { even }).collect()
            }
        }
    }

    fn case(&mut self) -> Result<Case> {
        let loss = Loss::ALL[self.below(3)];
        let depth = 1 + self.below(7);
        let sizes: Vec<usize> = (0..=depth).map(|_| 1 + self.below(8)).collect();
        let mut layers = Vec::with_capacity(depth);
        for (l, pair) in sizes.windows(2).enumerate() {
            let needed = loss.needs().filter(|_| l + 1 == depth);
            let activation = needed.unwrap_or_else(|| self.unitwise());
            let weights = (0..pair[1]).map(|_| self.values(pair[0])).collect();
            layers.push(Layer::new(l, weights, self.values(pair[1]), activation)?);
        }
        let batch = 1 + self.below(10);
        let inputs = (0..batch).map(|_| self.values(sizes[0])).collect();
        let targets = (0..batch).map(|_| self.targets(loss, sizes[depth])).collect();
        let rate = self.fraction();
        Case::new(Network::new(layers)?, loss, rate, Samples { inputs, targets })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::name::Named;

    #[test]
    fn every_seed_gives_a_case() {
        assert_eq!(seeded_cases().count(), CASES as usize);
    }

    #[test]
    fn everything_occurs() {
        let (mut activations, mut losses, mut depths) =
            (HashSet::new(), HashSet::new(), HashSet::new());
        let (mut infinite, mut nan, mut finite) = (0, 0, 0);
        for case in seeded_cases() {
            activations.extend(case.network.layers().iter().map(|layer| layer.activation.name()));
            losses.insert(case.loss.name());
            depths.insert(case.network.layers().len());
            let trace = Trace::record(&case).unwrap();
            let any = |is: fn(f64) -> bool| usize::from(trace.steps().iter().any(|s| is(s.value)));
            infinite += any(f64::is_infinite);
            nan += any(f64::is_nan);
            finite += 1 - any(|v| !v.is_finite());
        }
        assert_eq!((activations.len(), losses.len(), depths.len()), (13, 3, 7));
        assert!(infinite >= 20 && nan >= 20 && finite >= 100, "{infinite} {nan} {finite}");
    }

    #[test]
    fn the_digest_is_stable_and_sees_one_bit() {
        assert_eq!(digest(), digest());
        for mut case in seeded_cases().step_by(50) {
            let before = digest_of([case.clone()].into_iter());
            let weight = case.network.layers_mut()[0].weight_mut(0, 0).unwrap();
            *weight = f64::from_bits(weight.to_bits() ^ 1);
            assert_ne!(digest_of([case].into_iter()), before);
        }
    }

    #[test]
    fn the_trainings_digest_is_stable_and_sees_every_case() {
        assert_eq!(training_digest(), training_digest());
        let all: HashSet<u64> =
            seeded_cases().enumerate().map(|(n, case)| trained(n, case).unwrap()).collect();
        assert!(all.len() > 180, "{}", all.len());
    }
}
