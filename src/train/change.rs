//! What a learner changes in the chapter "Train".

use serde::{Deserialize, Serialize};

use super::written::{self, Hidden};
use super::{Parameter, Setup, Snapshot, Train, points};
use crate::activation::Activation;
use crate::data::{Point, Set};
use crate::error::{Error, Result};
use crate::name::Named;
use crate::network::Init;
use crate::trainer::{Optimizer, Regularization};

/// A change, as the page's JSON has it: `{"noise": 20}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Another data set, with a network that learns it.
    Set(String),
    Size(usize),
    Noise(usize),
    /// The part to train on, in percent.
    Share(usize),
    PointsSeed(u64),
    /// The learner's own points, as text.
    Csv(String),
    /// One point more, of a class.
    Paint {
        x: [f64; 2],
        class: usize,
    },
    /// Away with the points close to a place.
    Erase {
        x: [f64; 2],
    },
    Inputs(Vec<String>),
    Hidden(Vec<Hidden>),
    /// The activation of all hidden layers.
    Activation(String),
    Init(String),
    Seed(u64),
    Batch(usize),
    Optimizer(Optimizer),
    Regularization(Regularization),
    /// The same run from its start.
    Again,
    /// The run goes on with another η, or another weight.
    Rate(f64),
    Parameter {
        parameter: Parameter,
        value: f64,
    },
    Point(Option<Parameter>),
    Test(bool),
    Discrete(bool),
    Log(bool),
    /// The newest state of a run.
    Snapshot {
        run: u64,
        snapshot: Box<Snapshot>,
    },
}

impl Train {
    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Rate(rate) if !rate.is_finite() => {
                return Err(Error::not_finite("learning_rate", rate));
            }
            Change::Rate(rate) => self.setup.rate = rate,
            Change::Parameter { parameter, value } => self.set(parameter, value)?,
            Change::Point(parameter) => self.pointed = parameter,
            Change::Test(on) => self.shown.test = on,
            Change::Discrete(on) => self.shown.discrete = on,
            Change::Log(on) => self.shown.log = on,
            Change::Snapshot { run, snapshot } => self.take(run, *snapshot)?,
            again => {
                let mut setup = self.setup.clone();
                self.change(&mut setup, again)?;
                self.begin(setup)?;
            }
        }
        Ok(())
    }

    /// What a new run is to begin from.
    fn change(&self, setup: &mut Setup, change: Change) -> Result<()> {
        match change {
            Change::Set(name) => *setup = Setup::usual(Set::named("set", &name)?),
            Change::Size(size) => setup.recipe.size = size,
            Change::Noise(percent) => setup.recipe.noise = percent,
            Change::Share(percent) => setup.recipe.train = percent,
            Change::PointsSeed(seed) => setup.recipe.seed = seed,
            Change::Csv(text) => own(setup, points::read(&text)?),
            Change::Paint { x, class } => {
                let points = points::painted(self.points(), x, class)?;
                own(setup, points);
            }
            Change::Erase { x } => own(setup, points::without(self.points(), x)),
            Change::Inputs(names) => setup.features = written::features(&names)?,
            Change::Hidden(layers) => setup.hidden = written::hidden(&layers)?,
            Change::Activation(name) => {
                let g = Activation::named("activation", &name)?;
                setup.hidden.iter_mut().for_each(|(_, old)| *old = g);
            }
            Change::Init(name) => setup.init = Init::named("init", &name)?,
            Change::Seed(seed) => setup.seed = seed,
            Change::Batch(size) => setup.batch = size,
            Change::Optimizer(optimizer) => setup.optimizer = optimizer,
            Change::Regularization(regularization) => setup.regularization = regularization,
            // Those that begin no run are done by then.
            _ => {}
        }
        Ok(())
    }

    /// All points with classes, in the order of the split.
    fn points(&self) -> Vec<Point> {
        if let Some(points) = &self.setup.own {
            return points.clone();
        }
        [&self.split.train[..], &self.split.test[..]].concat()
    }
}

/// Own points; a batch cannot be larger than what there is to train on.
fn own(setup: &mut Setup, points: Vec<Point>) {
    setup.own = Some(points);
    if let Ok(split) = setup.split() {
        setup.batch = setup.batch.min(split.train.len()).max(1);
    }
}
