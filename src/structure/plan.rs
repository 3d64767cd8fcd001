//! What a network of the chapter is built of.

use crate::activation::Activation;
use crate::case::Samples;
use crate::edit::{LAYERS, WIDEST};
use crate::error::{Allowed, Error, Result};
use crate::lab::Setup;
use crate::loss::Loss;
use crate::name::Named;
use crate::network::{Init, LayerActivation, Network};

/// The sample's inputs, as many of them as the network has; the first four are figure 7's.
const INPUTS: [f64; WIDEST] = [0.9, -0.4, 0.1, 0.6, -0.7, 0.8, 0.3, -0.2];
/// How weights are drawn.
const INIT: Init = Init::He;
/// What kept parameters are called in a link.
pub const KEPT: &str = "weights";
/// η.
const RATE: f64 = 0.1;
/// α of hidden layers that are Leaky ReLUs.
const ALPHA: f64 = 0.1;

/// What hidden layers may do with z.
pub const HIDDEN: [Activation; 4] = [
    Activation::LeakyRelu { alpha: ALPHA },
    Activation::Relu,
    Activation::Tanh,
    Activation::Sigmoid,
];

/// What the output layer does with z.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Nothing: it is linear, as for regression.
    Identity,
    Sigmoid,
    Softmax,
}

impl Output {
    pub fn activation(self) -> LayerActivation {
        match self {
            Output::Identity => LayerActivation::Unitwise(Activation::Identity),
            Output::Sigmoid => LayerActivation::Unitwise(Activation::Sigmoid),
            Output::Softmax => LayerActivation::Softmax,
        }
    }

    /// The loss that goes with it.
    pub fn loss(self) -> Loss {
        match self {
            Output::Identity => Loss::HalfSquaredError,
            Output::Sigmoid => Loss::BinaryCrossEntropy,
            Output::Softmax => Loss::SoftmaxCrossEntropy,
        }
    }
}

impl Named for Output {
    fn all() -> impl Iterator<Item = Self> {
        [Output::Softmax, Output::Sigmoid, Output::Identity].into_iter()
    }

    fn name(self) -> &'static str {
        self.activation().name()
    }
}

/// Sizes, functions, and the seed that the weights are drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Number of inputs, then of units layer by layer.
    pub sizes: Vec<usize>,
    pub hidden: Activation,
    pub output: Output,
    pub seed: u64,
    /// All parameters, where they are not those of the seed: what was there before a unit or a
    /// layer came or went.
    pub kept: Option<Vec<f64>>,
}

impl Plan {
    /// The number of layers, L; the inputs are none.
    pub fn depth(&self) -> usize {
        self.sizes.len().saturating_sub(1)
    }

    /// Whether layer `l` is a hidden one.
    pub fn is_hidden(&self, l: usize) -> bool {
        (1..self.depth()).contains(&l)
    }

    /// One unit more in layer `l`, or one less; layer 0 are the inputs.
    ///
    /// # Errors
    /// There is no such layer, or it would have no unit or more than are drawn.
    pub fn resize(&mut self, l: usize, more: bool) -> Result<()> {
        let units = self.sizes.get_mut(l);
        let units = units.ok_or_else(|| Error::range("layer", l, Allowed::Index))?;
        *units = if more { *units + 1 } else { units.saturating_sub(1) };
        self.check()
    }

    /// A hidden layer more, after layer `l` and as wide.
    ///
    /// # Errors
    /// After the output layer there is no place; there are at most six hidden layers.
    pub fn add_layer(&mut self, l: usize) -> Result<()> {
        if l >= self.depth() {
            return Err(Error::range("layer", l, Allowed::Between(0, self.depth() - 1)));
        }
        self.sizes.insert(l + 1, self.sizes[l]);
        self.check()
    }

    /// Away with hidden layer `l`.
    ///
    /// # Errors
    /// It is no hidden layer.
    pub fn remove_layer(&mut self, l: usize) -> Result<()> {
        if !self.is_hidden(l) {
            return Err(Error::range("layer", l, Allowed::Hidden));
        }
        self.sizes.remove(l);
        Ok(())
    }

    fn check(&self) -> Result<()> {
        if !LAYERS.contains(&self.sizes.len()) {
            let allowed = Allowed::Between(*LAYERS.start(), *LAYERS.end());
            return Err(Error::range("sizes", self.sizes.len(), allowed));
        }
        let wrong = |&(_, n): &(usize, &usize)| !(1..=WIDEST).contains(n);
        match self.sizes.iter().enumerate().find(wrong) {
            Some((l, &n)) => {
                Err(Error::range(format!("sizes[{l}]"), n, Allowed::Between(1, WIDEST)))
            }
            None => Ok(()),
        }
    }

    /// Keeps what `old`, the network at hand, has in common with this plan; `from` is as in
    /// [`Network::resized`].
    ///
    /// # Errors
    /// As [`Plan::setup`].
    pub fn keep(&mut self, old: &Network, from: &[Option<usize>]) -> Result<()> {
        let network = old.resized(&self.sizes, from, self.hidden, INIT, self.seed)?;
        let kept = network.flat();
        self.kept = (self.drawn()?.flat() != kept).then_some(kept);
        Ok(())
    }

    /// The network with its weights drawn.
    fn drawn(&self) -> Result<Network> {
        let last = self.output.activation();
        Network::drawn(&self.sizes, self.hidden, last, INIT, self.seed)
    }

    /// The network with its weights, drawn or kept, and one sample of the first class.
    ///
    /// # Errors
    /// More layers or units than are drawn, or a layer without units; kept parameters that are
    /// not as many as the network has, or not finite.
    pub fn setup(&self) -> Result<Setup> {
        self.check()?;
        let (output, init, seed) = (self.output, INIT, self.seed);
        let mut network = self.drawn()?;
        if let Some(kept) = &self.kept {
            let wrong = kept.iter().find(|value| !value.is_finite());
            if let Some(&wrong) = wrong {
                return Err(Error::not_finite(KEPT, wrong));
            }
            let (found, wanted) = (kept.len(), network.flat().len());
            if found != wanted {
                let (place, counterpart) = (KEPT.into(), "sizes".into());
                return Err(Error::Count { place, found, wanted, counterpart });
            }
            network.set_parameters(kept)?;
        }
        let targets = (0..network.last().units()).map(|k| f64::from(u8::from(k == 0)));
        let samples = Samples {
            inputs: vec![INPUTS.iter().copied().take(self.sizes[0]).collect()],
            targets: vec![targets.collect()],
        };
        let (loss, rate, batch, first, preset) = (output.loss(), RATE, 1, 0, None);
        Ok(Setup { network, loss, rate, samples, batch, first, init, seed, preset, fault: None })
    }
}

/// A network that the chapter knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    Figure7,
    A,
}

impl Preset {
    /// What it is built of, for a change to begin from.
    pub fn plan(self) -> Plan {
        let (sizes, output, seed) = match self {
            Preset::Figure7 => (vec![4, 4, 5, 6, 4, 3, 3], Output::Softmax, 7),
            Preset::A => (vec![2, 2, 1], Output::Identity, 1),
        };
        Plan { sizes, hidden: HIDDEN[0], output, seed, kept: None }
    }
}

impl Named for Preset {
    fn all() -> impl Iterator<Item = Self> {
        [Preset::Figure7, Preset::A].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Preset::Figure7 => "figure7",
            Preset::A => "a",
        }
    }
}

/// Where the network at hand comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Preset(Preset),
    Own(Plan),
}

impl Source {
    /// `plan`, which may well be that of figure 7; A's weights are not drawn.
    pub fn of(plan: Plan) -> Source {
        match plan == Preset::Figure7.plan() {
            true => Source::Preset(Preset::Figure7),
            false => Source::Own(plan),
        }
    }

    pub fn preset(&self) -> Option<Preset> {
        match self {
            Source::Preset(preset) => Some(*preset),
            Source::Own(_) => None,
        }
    }

    pub fn plan(&self) -> Plan {
        match self {
            Source::Preset(preset) => preset.plan(),
            Source::Own(plan) => plan.clone(),
        }
    }

    /// The network with its weights and samples.
    ///
    /// # Errors
    /// As [`Plan::setup`].
    pub fn setup(&self) -> Result<Setup> {
        match self {
            Source::Preset(preset) => Setup::preset(preset.name()),
            Source::Own(plan) => plan.setup(),
        }
    }
}
