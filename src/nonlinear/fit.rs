//! One hidden layer of ReLU units that fits a curve: each unit gives a hinge, and the curve is
//! their sum.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

use super::course::Course;
use super::target::{Shape, Target};
use super::within;
use crate::activation::Activation;
use crate::case::Samples;
use crate::data::REACH;
use crate::error::{Allowed, Error, Result};
use crate::loss::Loss;
use crate::math;
use crate::name::Named;
use crate::network::{Init, Layer, LayerActivation, Network, uniform};
use crate::trainer::{Config, Optimizer, Regularization};

/// The most units.
pub const WIDEST: usize = 40;
/// How far x goes, to both sides of 0: beyond what is drawn.
pub const FARTHEST: usize = 9;
/// The last moment of a training, and the epochs between two.
pub const MOMENTS: usize = 200;
pub const STRIDE: usize = 10;
/// Places that are trained on, evenly spaced over what is drawn.
const SAMPLES: usize = 121;
const RATE: f64 = 0.01;
const BATCH: usize = 11;
/// Places at which errors are measured, to each unit of x.
const FINENESS: usize = 50;

/// How the units come to their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Corners evenly spaced, and at each of them the slope that leads to the next.
    Placed,
    /// Corners drawn at random, and then gradient descent.
    Trained,
}

impl Named for Way {
    fn all() -> impl Iterator<Item = Self> {
        [Way::Placed, Way::Trained].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Way::Placed => "placed",
            Way::Trained => "trained",
        }
    }
}

/// The curve, the network that fits it, and the x at which it is looked at.
#[derive(Debug, Clone)]
pub struct Fit {
    target: Target,
    units: usize,
    way: Way,
    seed: u64,
    placed: Network,
    course: Course,
    x: f64,
}

/// A change, as the page's JSON has it: `{"units": 8}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Shape(Shape),
    /// The height of the curve at a handle, counted from 0.
    Height {
        handle: usize,
        value: f64,
    },
    /// The heights at all handles.
    Heights(Vec<f64>),
    Units(usize),
    Way(Way),
    /// What the corners before training are drawn from.
    Seed(u64),
    Moment(usize),
    X(f64),
}

impl Fit {
    /// Twelve placed units on a sine.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn new() -> Result<Fit> {
        Fit::begin(Target::of(Shape::Sine), 12, Way::Placed, 1, 2.0)
    }

    fn begin(target: Target, units: usize, way: Way, seed: u64, x: f64) -> Result<Fit> {
        within("units", units, (1, WIDEST))?;
        let placed = placed(&target, units)?;
        let course = course(&target, units, seed)?;
        Ok(Fit { target, units, way, seed, placed, course, x })
    }

    /// Does what `change` asks for. Another curve, or other units, are trained from their start.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Way(way) => self.way = way,
            Change::Moment(moment) => {
                within("moment", moment, (0, MOMENTS))?;
                self.course.go(moment)?;
            }
            Change::X(x) if x.is_nan() || x.abs() > FARTHEST as f64 => {
                return Err(Error::range("at", x, Allowed::Within(FARTHEST)));
            }
            Change::X(x) => self.x = x,
            Change::Shape(shape) => self.draw(Target::of(shape))?,
            Change::Height { handle, value } => self.draw(self.target.with(handle, value)?)?,
            Change::Heights(heights) => self.draw(Target::through(&heights)?)?,
            Change::Units(units) => self.anew(units, self.seed)?,
            Change::Seed(seed) => self.anew(self.units, seed)?,
        }
        Ok(())
    }

    fn draw(&mut self, target: Target) -> Result<()> {
        *self = Fit::begin(target, self.units, self.way, self.seed, self.x)?;
        Ok(())
    }

    fn anew(&mut self, units: usize, seed: u64) -> Result<()> {
        *self = Fit::begin(self.target.clone(), units, self.way, seed, self.x)?;
        Ok(())
    }

    pub fn target(&self) -> &Target {
        &self.target
    }

    pub fn units(&self) -> usize {
        self.units
    }

    pub fn way(&self) -> Way {
        self.way
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How far the training has come, in strides of [`STRIDE`] epochs.
    pub fn moment(&self) -> usize {
        self.course.at()
    }

    pub fn x(&self) -> f64 {
        self.x
    }

    /// The network that is shown.
    pub fn network(&self) -> &Network {
        match self.way {
            Way::Placed => &self.placed,
            Way::Trained => self.course.network(),
        }
    }

    /// Its units, in their order.
    pub fn hinges(&self) -> Vec<Hinge> {
        let [hidden, last] = self.network().layers() else { return vec![] };
        let hinge =
            |j: usize| Hinge { w: hidden.weight(j, 0), b: hidden.bias(j), v: last.weight(0, j) };
        (0..hidden.units()).map(hinge).collect()
    }

    /// c, the output's bias.
    pub fn constant(&self) -> f64 {
        self.network().last().bias(0)
    }

    /// c and all hinges at x, added in the order of the units.
    pub fn value(&self, x: f64) -> f64 {
        let hinges: Vec<Hinge> = self.hinges();
        sum(&hinges, self.constant(), x)
    }

    /// The fit from −[`FARTHEST`] to [`FARTHEST`]: its ends and its corners, in order of x.
    pub fn line(&self) -> Vec<[f64; 2]> {
        let (hinges, end) = (self.hinges(), FARTHEST as f64);
        let inside = |x: &f64| x.abs() < end;
        let mut places: Vec<f64> = hinges.iter().filter_map(Hinge::corner).filter(inside).collect();
        places.extend([-end, end]);
        places.sort_by(f64::total_cmp);
        places.iter().map(|&x| [x, sum(&hinges, self.constant(), x)]).collect()
    }

    /// The largest distance to the curve where it is drawn.
    pub fn error_inside(&self) -> f64 {
        let count = 2 * REACH as usize * FINENESS;
        let places = (0..=count).map(|n| -REACH + n as f64 / FINENESS as f64);
        // A jump has a height on each side.
        let beside = self.target.jump().map(|[x, y]| (self.value(x) - y).abs());
        math::max([self.largest_error(places)].into_iter().chain(beside))
    }

    /// The largest distance to the curve beyond, where there is a curve.
    pub fn error_outside(&self) -> Option<f64> {
        self.target.shape()?;
        let count = (FARTHEST - REACH as usize) * FINENESS;
        let away = (1..=count).map(|n| REACH + n as f64 / FINENESS as f64);
        Some(self.largest_error(away.flat_map(|x| [x, -x])))
    }

    fn largest_error(&self, places: impl Iterator<Item = f64>) -> f64 {
        let (hinges, c) = (self.hinges(), self.constant());
        let error = |x: f64| Some((sum(&hinges, c, x) - self.target.value(x)?).abs());
        math::max(places.filter_map(error))
    }
}

/// A unit's part of the output: v · max(0, w x + b).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hinge {
    pub w: f64,
    pub b: f64,
    pub v: f64,
}

impl Hinge {
    /// w x + b.
    pub fn z(&self, x: f64) -> f64 {
        self.w * x + self.b
    }

    /// max(0, w x + b).
    pub fn a(&self, x: f64) -> f64 {
        Activation::Relu.value(self.z(x))
    }

    /// v · max(0, w x + b).
    pub fn value(&self, x: f64) -> f64 {
        self.v * self.a(x)
    }

    /// Where it bends, −b ∕ w, if it does.
    pub fn corner(&self) -> Option<f64> {
        (self.w != 0.0).then(|| 0.0 - self.b / self.w)
    }

    /// The slope on its active side: v · w.
    pub fn slope(&self) -> f64 {
        self.v * self.w
    }
}

/// In the order of the weighted sum: the products, then the bias.
fn sum(hinges: &[Hinge], c: f64, x: f64) -> f64 {
    hinges.iter().map(|hinge| hinge.value(x)).sum::<f64>() + c
}

/// The network that meets the curve at evenly spaced corners and at the right end: from each
/// corner on, a unit adds what the slope changes by.
fn placed(target: &Target, units: usize) -> Result<Network> {
    let place = |k: usize| -REACH + 2.0 * REACH * k as f64 / units as f64;
    let height = |k: usize| target.value(place(k)).unwrap_or(0.0);
    let slope = |k: usize| (height(k + 1) - height(k)) / (place(k + 1) - place(k));
    let turn = |k: usize| if k == 0 { slope(0) } else { slope(k) - slope(k - 1) };
    let relu = LayerActivation::Unitwise(Activation::Relu);
    let identity = LayerActivation::Unitwise(Activation::Identity);
    let biases = (0..units).map(|k| 0.0 - place(k)).collect();
    let turns = (0..units).map(turn).collect();
    Network::new(vec![
        Layer::new(0, vec![vec![1.0]; units], biases, relu)?,
        Layer::new(1, vec![turns], vec![height(0)], identity)?,
    ])
}

/// The training of a network whose corners begin somewhere in what is drawn.
fn course(target: &Target, units: usize, seed: u64) -> Result<Course> {
    let identity = LayerActivation::Unitwise(Activation::Identity);
    let mut network = Network::drawn(&[1, units, 1], Activation::Relu, identity, Init::He, seed)?;
    let mut rng = Pcg64Mcg::seed_from_u64(!seed);
    if let Some(hidden) = network.layers_mut().first_mut() {
        for j in 0..units {
            let corner = REACH * (2.0 * uniform(&mut rng) - 1.0);
            let bias = 0.0 - hidden.weight(j, 0) * corner;
            hidden.bias_mut(j).into_iter().for_each(|b| *b = bias);
        }
    }
    let place = |n: usize| REACH * (2.0 * n as f64 / (SAMPLES - 1) as f64 - 1.0);
    let samples = Samples {
        // In an order in which every batch has places from everywhere.
        inputs: order().map(|n| vec![place(n)]).collect(),
        targets: order().map(|n| vec![target.value(place(n)).unwrap_or(0.0)]).collect(),
    };
    let config = Config {
        network,
        loss: Loss::HalfSquaredError,
        rate: RATE,
        batch: BATCH,
        optimizer: Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        regularization: Regularization::None,
        seed,
    };
    Course::new(config, samples, STRIDE)
}

/// Every 11th place, then every 11th from the next on, and so on.
fn order() -> impl Iterator<Item = usize> {
    (0..BATCH).flat_map(|first| (first..SAMPLES).step_by(BATCH))
}
