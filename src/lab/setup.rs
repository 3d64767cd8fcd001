//! What a training run starts from.

use crate::case::{Case, Samples};
use crate::error::{Allowed, Error, Result};
use crate::loss::Loss;
use crate::name;
use crate::network::{Init, Network};
use crate::presets::{self, Preset};
use crate::trace::Fault;

/// What a training run starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub network: Network,
    pub loss: Loss,
    /// η.
    pub rate: f64,
    pub samples: Samples,
    /// Samples in a batch.
    pub batch: usize,
    /// Where in the samples the first batch begins.
    pub first: usize,
    pub init: Init,
    pub seed: u64,
    /// The preset it came from, if any.
    pub preset: Option<&'static str>,
    /// What its training steps do wrongly: only in "Broken backprop".
    pub fault: Option<Fault>,
}

impl Setup {
    /// The setup of the preset `name`.
    pub fn preset(name: &str) -> Result<Setup> {
        let unknown = || name::unknown("preset", name, presets::NAMES.into_iter());
        let Preset { network, loss, learning_rate, samples, batch } =
            presets::preset(name).ok_or_else(unknown)?;
        let preset = presets::NAMES.into_iter().find(|&known| known == name);
        let (init, seed, first, rate) = (Init::Xavier, 1, 0, learning_rate);
        Ok(Setup { network, loss, rate, samples, batch, first, init, seed, preset, fault: None })
    }

    /// Where the batch of training step `t` begins in the samples.
    pub(super) fn batch_start(&self, t: usize) -> usize {
        (self.first + t * self.batch) % self.samples.len()
    }

    pub(super) fn case(&self, network: Network, t: usize) -> Result<Case> {
        let batch = self.samples.batch(self.batch_start(t), self.batch);
        Case::new(network, self.loss, self.rate, batch)
    }

    pub(super) fn check(&self) -> Result<()> {
        self.samples.check("samples.", &self.network, self.loss)?;
        if self.batch == 0 || self.batch > self.samples.len() {
            let allowed = Allowed::Between(1, self.samples.len());
            return Err(Error::range("batch", self.batch, allowed));
        }
        Ok(())
    }
}
