//! The chapter "Train": what is set up, the run that comes of it, and what is shown of it.

mod change;
mod history;
pub mod picture;
mod points;
mod run;
pub mod script;
mod setup;
mod written;

use serde::{Deserialize, Serialize};

use crate::data::Split;
use crate::error::{Allowed, Error, Result};
use crate::json;
use crate::network::Network;

pub use change::Change;
pub use history::Record;
pub use run::{Command, Run, Snapshot, curve_places};
pub use setup::{CLASSES, DEEPEST, Setup, WIDEST};
pub use written::{Hidden, Written};

/// A weight or a bias; layers, units and inputs count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Parameter {
    Weight { layer: usize, unit: usize, from: usize },
    Bias { layer: usize, unit: usize },
}

impl Parameter {
    /// Its value in `network`, if it is there.
    pub fn of(self, network: &Network) -> Option<f64> {
        match self {
            Parameter::Weight { layer, unit, from } => {
                let layer = network.layers().get(layer)?;
                (unit < layer.units() && from < layer.inputs()).then(|| layer.weight(unit, from))
            }
            Parameter::Bias { layer, unit } => {
                network.layers().get(layer)?.biases().get(unit).copied()
            }
        }
    }
}

/// What the picture shows beside the network's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// The points to test with.
    pub test: bool,
    /// Two colours in place of many.
    pub discrete: bool,
    /// A logarithmic axis for the loss.
    pub log: bool,
}

/// The state of the chapter. The run itself is elsewhere, in a worker; of it there is the newest
/// snapshot.
#[derive(Debug, Clone)]
pub struct Train {
    setup: Setup,
    /// Counts the runs begun, so that a late snapshot of an earlier one is not mistaken.
    run: u64,
    split: Split,
    /// With the parameters of the snapshot.
    network: Network,
    snapshot: Snapshot,
    pub shown: Shown,
    /// What the learner points at in the picture.
    pub pointed: Option<Parameter>,
}

impl Train {
    /// The chapter with a run of `setup` at its start.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn new(setup: Setup) -> Result<Train> {
        let snapshot = Run::new(setup.clone())?.snapshot()?;
        let (split, network) = (setup.split()?, setup.network()?);
        let (run, shown, pointed) = (0, Shown::default(), None);
        Ok(Train { setup, run, split, network, snapshot, shown, pointed })
    }

    /// What the run began from; η is the one in use now.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The same in JSON, for the engine: numbers of JavaScript have no room for every seed.
    pub fn written(&self) -> String {
        json::write(&self.setup.written())
    }

    /// The number of the run at hand.
    pub fn run(&self) -> u64 {
        self.run
    }

    pub fn split(&self) -> &Split {
        &self.split
    }

    /// The network as it was at the newest snapshot.
    pub fn network(&self) -> &Network {
        &self.network
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Takes the newest state of run number `run`; one of an earlier run is ignored.
    ///
    /// # Errors
    /// It is of another network.
    pub fn take(&mut self, run: u64, snapshot: Snapshot) -> Result<()> {
        if run == self.run {
            self.network.set_parameters(&snapshot.parameters)?;
            self.snapshot = snapshot;
        }
        Ok(())
    }

    /// Begins a new run of another setup.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn open(&mut self, setup: Setup) -> Result<()> {
        self.begin(setup)
    }

    /// Begins a new run.
    fn begin(&mut self, setup: Setup) -> Result<()> {
        let (run, shown) = (self.run + 1, self.shown);
        *self = Train { run, shown, ..Train::new(setup)? };
        Ok(())
    }

    /// Checks what the run is about to be told, and shows it already.
    fn set(&mut self, parameter: Parameter, value: f64) -> Result<()> {
        if !value.is_finite() {
            return Err(Error::not_finite("value", value));
        }
        let outside = || Error::range("parameter", "", Allowed::Index);
        let layers = self.network.layers_mut();
        let place = match parameter {
            Parameter::Weight { layer, unit, from } => {
                layers.get_mut(layer).and_then(|layer| layer.weight_mut(unit, from))
            }
            Parameter::Bias { layer, unit } => {
                layers.get_mut(layer).and_then(|layer| layer.bias_mut(unit))
            }
        };
        *place.ok_or_else(outside)? = value;
        Ok(())
    }
}
