//! What a learner changes in the chapter "Train".

use serde::{Deserialize, Serialize};

use super::written::{self, Hidden};
use super::{Brush, Parameter, Setup, Snapshot, Speed, Train, points};
use crate::activation::Activation;
use crate::data::{Set, Split};
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
    /// Points at a weight or bias, unless another is held.
    Point(Option<Parameter>),
    Hold(Option<Parameter>),
    Brush(String),
    Speed(String),
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
            Change::Rate(rate) => {
                self.setup.rate = rate;
                self.snapshot.diverged = None;
            }
            Change::Parameter { parameter, value } => {
                self.set(parameter, value)?;
                self.snapshot.diverged = None;
            }
            Change::Point(parameter) => self.point(parameter),
            Change::Hold(parameter) => self.hold(parameter),
            Change::Brush(name) => self.take_brush(Brush::named("brush", &name)?)?,
            Change::Speed(name) => self.speed = Speed::named("speed", &name)?,
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
            Change::Share(percent) => {
                setup.recipe.train = percent;
                if let Some(points) = &setup.own {
                    own(setup, points.recut(percent)?);
                }
            }
            Change::PointsSeed(seed) => setup.recipe.seed = seed,
            Change::Csv(text) => own(setup, points::dealt(points::read(&text)?, &setup.recipe)?),
            Change::Paint { x, class } => {
                own(setup, points::painted(self.canvas()?, x, class, &setup.recipe)?);
            }
            Change::Erase { x } => own(setup, points::without(self.canvas()?, x)),
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

    /// The points as they are dealt, to be painted on.
    fn canvas(&self) -> Result<Split> {
        match self.setup.has_classes() {
            true => Ok(self.split.clone()),
            false => Err(Error::NoClasses { place: "points".into() }),
        }
    }
}

/// Own points; a batch cannot be larger than what there is to train on.
fn own(setup: &mut Setup, points: Split) {
    setup.batch = setup.batch.min(points.train.len()).max(1);
    setup.own = Some(points);
}
