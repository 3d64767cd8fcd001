//! The chapter "Train": what is set up, the run that comes of it, and what is shown of it.

mod brush;
mod change;
mod history;
pub mod picture;
mod points;
mod run;
pub mod script;
mod setup;
mod speed;
mod written;

use serde::{Deserialize, Serialize};

use crate::data::{Split, Task};
use crate::error::{Allowed, Error, Result};
use crate::json;
use crate::network::Network;

pub use brush::Brush;
pub use change::Change;
pub use history::Record;
pub use run::{Command, Divergence, Run, Snapshot, curve_places};
pub use setup::{CLASSES, DEEPEST, Setup, WIDEST};
pub use speed::Speed;
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
    pub speed: Speed,
    brush: Brush,
    /// What the learner points at in the picture.
    pub pointed: Option<Parameter>,
    /// Whether that stays, wherever else is pointed.
    held: bool,
    /// How often the run had run away when the learner was last done with hearing of it.
    heard: u64,
}

impl Train {
    /// The chapter with a run of `setup` at its start.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn new(setup: Setup) -> Result<Train> {
        let snapshot = Run::new(setup.clone())?.snapshot()?;
        let (split, network) = (setup.split()?, setup.network()?);
        Ok(Train {
            setup,
            run: 0,
            split,
            network,
            snapshot,
            shown: Shown::default(),
            speed: Speed::default(),
            brush: Brush::default(),
            pointed: None,
            held: false,
            heard: 0,
        })
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

    /// Whether there are but two colours: only where that can be chosen.
    pub fn discrete(&self) -> bool {
        self.shown.discrete && self.setup.task() != Task::Curve
    }

    pub fn brush(&self) -> Brush {
        self.brush
    }

    /// Where numbers ran away, if they did and that is still to be said.
    pub fn alert(&self) -> Option<Divergence> {
        self.snapshot.diverged.filter(|diverged| diverged.times > self.heard)
    }

    /// Nothing more is to be said of it.
    pub fn dismiss(&mut self) {
        self.heard = self.snapshot.diverged.map_or(self.heard, |diverged| diverged.times);
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

    /// Begins a new run. The brush stays in hand where there is something to paint.
    fn begin(&mut self, setup: Setup) -> Result<()> {
        let brush = if setup.has_classes() { self.brush } else { Brush::None };
        let (run, shown, speed) = (self.run + 1, self.shown, self.speed);
        *self = Train { run, shown, speed, brush, ..Train::new(setup)? };
        Ok(())
    }

    /// With a brush in hand points to test with are shown too: half of what is painted are such.
    fn take_brush(&mut self, brush: Brush) -> Result<()> {
        if brush != Brush::None && !self.setup.has_classes() {
            return Err(Error::NoClasses { place: "brush".into() });
        }
        self.brush = brush;
        self.shown.test |= brush != Brush::None;
        Ok(())
    }

    fn point(&mut self, parameter: Option<Parameter>) {
        if !self.held {
            self.pointed = parameter;
        }
    }

    fn hold(&mut self, parameter: Option<Parameter>) {
        self.pointed = parameter;
        self.held = parameter.is_some();
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
