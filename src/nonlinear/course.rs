//! A training that remembers its parameters, so that any moment of it can be gone back to.

use crate::case::Samples;
use crate::error::Result;
use crate::network::Network;
use crate::trainer::{Config, Trainer};

/// A training, as far as it has been looked at.
#[derive(Debug, Clone)]
pub struct Course {
    trainer: Trainer,
    /// Steps between two moments.
    stride: usize,
    /// With the parameters of the moment at hand.
    network: Network,
    /// The parameters at each moment so far.
    seen: Vec<Vec<f64>>,
    at: usize,
}

impl Course {
    /// A training at its start; from moment to moment it takes `epochs` epochs.
    ///
    /// # Errors
    /// What [`Config::check`] refuses.
    pub fn new(config: Config, samples: Samples, epochs: usize) -> Result<Course> {
        let trainer = Trainer::new(config, samples)?;
        let stride = epochs * trainer.steps_per_epoch();
        let network = trainer.network();
        let seen = vec![network.flat()];
        Ok(Course { trainer, stride, network, seen, at: 0 })
    }

    /// Goes to a moment, and trains as far as it takes.
    ///
    /// # Errors
    /// None that a user can cause: parameters fit the network that they come from.
    pub fn go(&mut self, moment: usize) -> Result<()> {
        while self.seen.len() <= moment {
            self.trainer.keep();
            // Once numbers run away it stays where they last were finite.
            if !self.trainer.run(self.stride) {
                self.trainer.restore();
            }
            self.seen.push(self.trainer.network().flat());
        }
        self.network.set_parameters(&self.seen[moment])?;
        self.at = moment;
        Ok(())
    }

    /// The moment at hand.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The network as it is at this moment.
    pub fn network(&self) -> &Network {
        &self.network
    }
}
