//! What a learner sets up before a network trains.

use super::points;
use crate::activation::Activation;
use crate::case::Samples;
use crate::data::{self, Point, Recipe, Set, Split, Task};
use crate::error::{Allowed, Error, Result};
use crate::feature::Feature;
use crate::loss::Loss;
use crate::network::{Init, LayerActivation, Network};
use crate::trainer::{Config, Optimizer, Regularization, Trainer};

/// The most hidden layers, and the most units in each.
pub const DEEPEST: usize = 6;
pub const WIDEST: usize = 8;
/// The most classes that the learner's own points may have.
pub const CLASSES: usize = 3;

/// Points, what the network sees of them, its layers, and how it learns.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub recipe: Recipe,
    /// The learner's own points, in place of those drawn by the recipe, and which of them are to
    /// test with. The recipe's share says where a new one goes.
    pub own: Option<Split>,
    /// The network's inputs, at least one.
    pub features: Vec<Feature>,
    /// Units and activation of each hidden layer.
    pub hidden: Vec<(usize, Activation)>,
    pub init: Init,
    /// What the first weights, and RReLU's α, are drawn from.
    pub seed: u64,
    /// η.
    pub rate: f64,
    /// Samples in a batch.
    pub batch: usize,
    pub optimizer: Optimizer,
    pub regularization: Regularization,
}

impl Setup {
    /// A network that learns the points of `set` without noise.
    pub fn usual(set: Set) -> Setup {
        let tanh = |sizes: &[usize]| sizes.iter().map(|&units| (units, Activation::Tanh)).collect();
        let (hidden, rate): (Vec<_>, f64) = match set {
            Set::Gauss | Set::Plane => (tanh(&[2]), 0.1),
            Set::Circle | Set::Xor | Set::Clouds => (tanh(&[4, 2]), 0.1),
            Set::Rings => (tanh(&[8, 4]), 0.1),
            // At 0.1 its loss leaps up again and again.
            Set::Spiral => (tanh(&[8, 8, 4]), 0.05),
            Set::Arms | Set::MultiGauss => (tanh(&[8, 8, 4]), 0.1),
            Set::Sine | Set::Valley | Set::Jump => (tanh(&[8, 4]), 0.1),
        };
        let features = match set.task() {
            Task::Curve => vec![Feature::X1],
            Task::Classes(_) | Task::Surface => vec![Feature::X1, Feature::X2],
        };
        Setup {
            recipe: Recipe { set, size: 500, noise: 0, train: 50, seed: 1 },
            own: None,
            features,
            hidden,
            init: Init::Xavier,
            seed: 1,
            rate,
            batch: 10,
            optimizer: Optimizer::Sgd,
            regularization: Regularization::None,
        }
    }

    /// What there is to learn: own points have classes if each y is 0, 1 or 2.
    pub fn task(&self) -> Task {
        let Some(own) = &self.own else { return self.recipe.set.task() };
        let points = own.train.iter().chain(&own.test);
        let class = |y: f64| (0..CLASSES).find(|&class| y == class as f64);
        let classes: Option<Vec<usize>> = points.map(|point| class(point.y)).collect();
        match classes {
            Some(classes) => Task::Classes(classes.into_iter().max().map_or(2, |k| (k + 1).max(2))),
            None => Task::Surface,
        }
    }

    /// Whether points have classes, so that one more can be painted.
    pub fn has_classes(&self) -> bool {
        matches!(self.task(), Task::Classes(_))
    }

    /// The points to train on and to test with.
    ///
    /// # Errors
    /// What [`Recipe::draw`] refuses; no own points to train on or too many, or one outside of the
    /// square.
    pub fn split(&self) -> Result<Split> {
        let Some(own) = &self.own else { return self.recipe.draw() };
        data::check_share(self.recipe.train)?;
        points::check(own.train.iter().chain(&own.test))?;
        if own.train.is_empty() {
            return Err(Error::Empty { place: "points".into() });
        }
        Ok(own.clone())
    }

    /// The loss that fits what there is to learn.
    pub fn loss(&self) -> Loss {
        match self.task() {
            Task::Classes(2) => Loss::BinaryCrossEntropy,
            Task::Classes(_) => Loss::SoftmaxCrossEntropy,
            Task::Surface | Task::Curve => Loss::HalfSquaredError,
        }
    }

    /// The network with its first weights.
    ///
    /// # Errors
    /// No inputs, more layers or units than are drawn, or a layer without units.
    pub fn network(&self) -> Result<Network> {
        if self.hidden.len() > DEEPEST {
            let allowed = Allowed::Between(0, DEEPEST);
            return Err(Error::range("hidden", self.hidden.len(), allowed));
        }
        for (l, &(units, _)) in self.hidden.iter().enumerate() {
            if !(1..=WIDEST).contains(&units) {
                let allowed = Allowed::Between(1, WIDEST);
                return Err(Error::range(format!("hidden[{l}]"), units, allowed));
            }
        }
        self.built()
    }

    /// The same network without a limit to its layers and units.
    ///
    /// # Errors
    /// No inputs, or a layer without units.
    pub fn built(&self) -> Result<Network> {
        if self.features.is_empty() {
            return Err(Error::Empty { place: "features".into() });
        }
        let (outputs, last) = match self.task() {
            Task::Classes(2) => (1, LayerActivation::Unitwise(Activation::Sigmoid)),
            Task::Classes(count) => (count, LayerActivation::Softmax),
            Task::Surface | Task::Curve => (1, LayerActivation::Unitwise(Activation::Identity)),
        };
        let hidden = self.hidden.iter().map(|&(units, _)| units);
        let sizes: Vec<usize> =
            [self.features.len()].into_iter().chain(hidden).chain([outputs]).collect();
        let mut network = Network::drawn(&sizes, Activation::Identity, last, self.init, self.seed)?;
        for (layer, &(_, g)) in network.layers_mut().iter_mut().zip(&self.hidden) {
            layer.activation = LayerActivation::Unitwise(g);
        }
        Ok(network)
    }

    /// What the network sees of a place.
    pub fn inputs_at(&self, x: [f64; 2]) -> Vec<f64> {
        self.features.iter().map(|feature| feature.at(x)).collect()
    }

    /// `points` as the network sees them, with its targets.
    pub fn samples(&self, points: &[Point]) -> Samples {
        let task = self.task();
        let targets = |point: &Point| match task {
            Task::Classes(count) if count > 2 => {
                (0..count).map(|class| f64::from(u8::from(point.y == class as f64))).collect()
            }
            _ => vec![point.y],
        };
        Samples {
            inputs: points.iter().map(|point| self.inputs_at(point.x)).collect(),
            targets: points.iter().map(targets).collect(),
        }
    }

    /// A trainer at its first step, and the samples to test with.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn start(&self) -> Result<(Trainer, Samples)> {
        self.start_with(self.network()?)
    }

    /// The same for another network.
    ///
    /// # Errors
    /// Anything that cannot be trained with, named.
    pub fn start_with(&self, network: Network) -> Result<(Trainer, Samples)> {
        let Split { train, test } = self.split()?;
        let config = Config {
            network,
            loss: self.loss(),
            rate: self.rate,
            batch: self.batch,
            optimizer: self.optimizer,
            regularization: self.regularization,
            seed: self.seed,
        };
        Ok((Trainer::new(config, self.samples(&train))?, self.samples(&test)))
    }
}
