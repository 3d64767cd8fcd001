//! Two classes on the plane, and a network whose boundary is a straight line until there is ReLU
//! between its layers.

use super::affine::Affine;
use super::course::Course;
use super::{contour, within};
use crate::activation::Activation;
use crate::case::Samples;
use crate::data::{Point, Recipe, Set};
use crate::error::Result;
use crate::loss::Loss;
use crate::name::Named;
use crate::network::{Init, Layer, LayerActivation, Network};
use crate::trainer::{Config, Optimizer, Regularization};

/// The last epoch.
pub const EPOCHS: usize = 100;
/// Inputs, two hidden layers, the output.
const SIZES: [usize; 4] = [2, 4, 4, 1];
/// Of twice as many points one half is trained on, and only these are shown.
const POINTS: usize = 400;
/// What the points are drawn from: such that of neither set a line gets three quarters right.
const POINTS_SEED: u64 = 5;
const RATE: f64 = 0.01;
const BATCH: usize = 10;

/// What is to be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Classes {
    Xor,
    Circle,
}

impl Classes {
    /// The same among all sample sets.
    pub fn set(self) -> Set {
        match self {
            Classes::Xor => Set::Xor,
            Classes::Circle => Set::Circle,
        }
    }
}

impl Named for Classes {
    fn all() -> impl Iterator<Item = Self> {
        [Classes::Xor, Classes::Circle].into_iter()
    }

    fn name(self) -> &'static str {
        self.set().name()
    }
}

/// Points, and the network that learns them.
#[derive(Debug, Clone)]
pub struct Plane {
    classes: Classes,
    seed: u64,
    relu: bool,
    points: Vec<Point>,
    course: Course,
}

impl Plane {
    /// A network without activations before its first step.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn new() -> Result<Plane> {
        Plane::begin(Classes::Xor, 1, false)
    }

    fn begin(classes: Classes, seed: u64, relu: bool) -> Result<Plane> {
        let recipe =
            Recipe { set: classes.set(), size: POINTS, noise: 0, train: 50, seed: POINTS_SEED };
        let points = recipe.draw()?.train;
        let hidden = if relu { Activation::Relu } else { Activation::Identity };
        let last = LayerActivation::Unitwise(Activation::Sigmoid);
        let config = Config {
            // The same numbers with ReLU and without.
            network: Network::drawn(&SIZES, hidden, last, Init::He, seed)?,
            loss: Loss::BinaryCrossEntropy,
            rate: RATE,
            batch: BATCH,
            optimizer: Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
            regularization: Regularization::None,
            seed,
        };
        let samples = Samples {
            inputs: points.iter().map(|point| point.x.to_vec()).collect(),
            targets: points.iter().map(|point| vec![point.y]).collect(),
        };
        Ok(Plane { classes, seed, relu, points, course: Course::new(config, samples, 1)? })
    }

    /// Other points, from the start of the training.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn set_classes(&mut self, classes: Classes) -> Result<()> {
        *self = Plane::begin(classes, self.seed, self.relu)?;
        Ok(())
    }

    /// Other first weights, from the start of the training.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn set_seed(&mut self, seed: u64) -> Result<()> {
        *self = Plane::begin(self.classes, seed, self.relu)?;
        Ok(())
    }

    /// Puts ReLU between the layers or takes it out; as many epochs are trained again, from the
    /// same first weights.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn set_relu(&mut self, relu: bool) -> Result<()> {
        let mut other = Plane::begin(self.classes, self.seed, relu)?;
        other.course.go(self.epoch())?;
        *self = other;
        Ok(())
    }

    /// Goes to the end of an epoch.
    ///
    /// # Errors
    /// It is beyond [`EPOCHS`].
    pub fn set_epoch(&mut self, epoch: usize) -> Result<()> {
        within("epoch", epoch, (0, EPOCHS))?;
        self.course.go(epoch)
    }

    pub fn classes(&self) -> Classes {
        self.classes
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn relu(&self) -> bool {
        self.relu
    }

    pub fn epoch(&self) -> usize {
        self.course.at()
    }

    pub fn points(&self) -> &[Point] {
        &self.points
    }

    pub fn network(&self) -> &Network {
        self.course.network()
    }

    /// How many points are put into their class: 1 where the output's z is above 0.
    pub fn right(&self) -> usize {
        let network = self.network();
        let class = |point: &Point| f64::from(u8::from(z(network, point.x) > 0.0));
        self.points.iter().filter(|point| class(point) == point.y).count()
    }

    /// Where the output's z is 0, as pieces of lines.
    pub fn boundary(&self) -> Vec<[[f64; 2]; 2]> {
        let network = self.network();
        contour::zero(|x| z(network, x))
    }

    /// Of how many straight pieces the boundary is: each has its own active units. Where these
    /// change within a small piece of [`Plane::boundary`], there is a bend.
    pub fn pieces(&self) -> usize {
        let network = self.network();
        let pattern = |[a, b]: [[f64; 2]; 2]| {
            let start = active(network, a);
            (start == active(network, b)).then_some(start)
        };
        let mut patterns: Vec<_> = self.boundary().into_iter().filter_map(pattern).collect();
        patterns.sort();
        patterns.dedup();
        patterns.len()
    }

    /// Without ReLU, the one map that the network is; where it is 0, there is the boundary.
    pub fn line(&self) -> Option<Affine> {
        Affine::collapsed(self.network().layers()).filter(|_| !self.relu)
    }
}

/// z of the one output unit.
pub fn z(network: &Network, x: [f64; 2]) -> f64 {
    network.sums(&x).last().map_or(f64::NAN, |output| output[0])
}

/// Of every hidden unit, whether its z is above 0; without ReLU of none.
fn active(network: &Network, x: [f64; 2]) -> Vec<bool> {
    let relu = LayerActivation::Unitwise(Activation::Relu);
    let layers = network.layers().iter().take(network.layers().len() - 1);
    let units = |(layer, z): (&Layer, Vec<f64>)| {
        let kinked = layer.activation == relu;
        z.into_iter().map(move |z| kinked && z > 0.0)
    };
    layers.zip(network.sums(&x)).flat_map(units).collect()
}
