//! A training of which an experiment wants the losses and how the network fares at the end.

use super::Measure;
use super::report::Outcome;
use crate::case::Samples;
use crate::error::Result;
use crate::network::Network;
use crate::train::Setup;
use crate::trainer::Trainer;

/// Points of a curve of losses, at most; they are evenly spaced from epoch 0 to the last.
const POINTS: usize = 50;

/// Epochs between two points of a curve over so many epochs.
fn spacing(epochs: usize) -> usize {
    epochs.div_ceil(POINTS).max(1)
}

/// The same for what is measured; where no epochs are, 1.
pub fn spacing_of(measure: Measure) -> usize {
    match measure {
        Measure::Training { epochs } => spacing(epochs),
        _ => 1,
    }
}

/// A network that trains.
#[derive(Debug, Clone)]
pub struct Training {
    trainer: Trainer,
    test: Samples,
    /// Steps between two points of the curve, and in all.
    every: u64,
    last: u64,
    losses: Vec<f64>,
}

impl Training {
    /// At its start.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn new(setup: &Setup, epochs: usize) -> Result<Training> {
        let (mut trainer, test) = setup.start_with(setup.built()?)?;
        let every = (spacing(epochs) * trainer.steps_per_epoch()) as u64;
        let points = (epochs / spacing(epochs)) as u64;
        let losses = vec![trainer.measure().loss];
        Ok(Training { trainer, test, every, last: every * points, losses })
    }

    /// Takes up to `budget` steps, and gives how many it took; what it measured, once done.
    pub fn advance(&mut self, budget: u64) -> (u64, Option<Outcome>) {
        let begun = self.trainer.steps();
        let end = self.last.min(begun + budget);
        let mut sound = true;
        while sound && self.trainer.steps() < end {
            let next = (self.trainer.steps() / self.every + 1) * self.every;
            let count = next.min(end) - self.trainer.steps();
            sound = self.trainer.run(count as usize);
            if sound && self.trainer.steps() == next {
                self.losses.push(self.trainer.measure().loss);
            }
        }
        let taken = self.trainer.steps() - begun;
        if !sound {
            return (taken, Some(self.lost()));
        }
        (taken, (self.trainer.steps() == self.last).then(|| self.outcome()))
    }

    fn points(&self) -> usize {
        (self.last / self.every) as usize + 1
    }

    /// Numbers ran away: from there on every loss is ∞, and there is nothing to measure.
    fn lost(&mut self) -> Outcome {
        let points = self.points();
        self.losses.resize(points, f64::INFINITY);
        let away = f64::INFINITY;
        Outcome { curves: vec![self.losses.clone()], ends: vec![away, 0.0, away, away] }
    }

    fn outcome(&mut self) -> Outcome {
        let loss = self.trainer.measure().loss;
        let tested = self.trainer.measure_on(&self.test).ok().and_then(|measure| measure.accuracy);
        let layers = self.trainer.layers();
        let hidden = &layers[..layers.len() - 1];
        let silent: usize = hidden.iter().map(|layer| layer.dead).sum();
        let units: usize = hidden.iter().map(|layer| layer.units).sum();
        let different = different(&self.trainer.network());
        Outcome {
            curves: vec![self.losses.clone()],
            ends: vec![
                loss,
                tested.unwrap_or_default(),
                silent as f64 / units.max(1) as f64,
                different as f64,
            ],
        }
    }
}

/// How many units of the first layer have other incoming weights or another bias than all before.
fn different(network: &Network) -> usize {
    let layer = &network.layers()[0];
    let units: Vec<(&[f64], f64)> =
        layer.rows().enumerate().map(|(j, row)| (row, layer.bias(j))).collect();
    (0..units.len()).filter(|&j| !units[..j].contains(&units[j])).count()
}
