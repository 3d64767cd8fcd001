//! What an experiment varies: axes of tweaks, each with each of the others.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use super::Experiment;
use crate::activation::Activation;
use crate::data::{self, Point};
use crate::name::Named;
use crate::network::{Init, normal};
use crate::say::{Num, Say};
use crate::train::Setup;

/// What is varied, under its name in the words.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub name: &'static str,
    pub tweaks: Vec<Tweak>,
}

/// A change of the setup.
#[derive(Debug, Clone, PartialEq)]
pub enum Tweak {
    /// The activation of all hidden layers.
    Activation(Activation),
    Init(Init),
    Rate(f64),
    /// So many layers in all, the hidden ones as wide as the first.
    Layers(usize),
    /// Hidden layers of these sizes.
    Network(Activation, Vec<usize>),
    Batch(usize),
    Inputs(Inputs),
}

/// Where the inputs of a linear unit lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// σ(z): above 0, all of them.
    Sigmoid,
    /// tanh(z): on both sides of 0.
    Tanh,
    /// σ(z) − ½: centred, but spread as those of the sigmoid.
    Centred,
}

/// Points that a linear unit learns from; 90 of them, since a tenth is put aside to test with.
const POINTS: usize = 100;

impl Inputs {
    fn name(self) -> &'static str {
        match self {
            Inputs::Sigmoid => "sigmoid",
            Inputs::Tanh => "tanh",
            Inputs::Centred => "centred",
        }
    }

    fn of(self, z: f64) -> f64 {
        match self {
            Inputs::Sigmoid => Activation::Sigmoid.value(z),
            Inputs::Tanh => Activation::Tanh.value(z),
            Inputs::Centred => Activation::Sigmoid.value(z) - 0.5,
        }
    }

    /// Points whose y is x₁ − x₂, so that the weights to be found are 1 and −1.
    fn points(self, seed: u64) -> Vec<Point> {
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let mut input = || self.of(normal(&mut rng));
        let point = |x: [f64; 2]| Point { x, y: x[0] - x[1] };
        (0..POINTS).map(|_| point([input(), input()])).collect()
    }
}

impl Tweak {
    /// Changes `setup`, whose seed is set by then.
    pub fn apply(&self, setup: &mut Setup) {
        match self {
            Tweak::Activation(g) => setup.hidden.iter_mut().for_each(|(_, old)| *old = *g),
            Tweak::Init(init) => setup.init = *init,
            Tweak::Rate(rate) => setup.rate = *rate,
            Tweak::Layers(count) => {
                if let Some(&first) = setup.hidden.first() {
                    setup.hidden = vec![first; count.saturating_sub(1)];
                }
            }
            Tweak::Network(g, sizes) => {
                setup.hidden = sizes.iter().map(|&units| (units, *g)).collect();
            }
            Tweak::Batch(size) => setup.batch = *size,
            Tweak::Inputs(inputs) => {
                let (points, recipe) = (inputs.points(setup.seed), setup.recipe);
                // A share that can't be is refused when the run begins.
                setup.own = data::split(points, recipe.train, recipe.seed).ok();
            }
        }
    }

    /// What it is called.
    pub fn label(&self) -> Say {
        match self {
            Tweak::Activation(g) => activation(*g),
            Tweak::Init(init) => Say::new(format!("init.{}", init.name())),
            Tweak::Rate(rate) => Say::new("experiments.rate_is").num("rate", Num::plain(*rate)),
            Tweak::Layers(count) => Say::new("experiments.layers_are").text("n", count),
            Tweak::Network(_, sizes) if sizes.is_empty() => Say::new("experiments.no_hidden"),
            Tweak::Network(g, sizes) => {
                let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
                let say = Say::new("experiments.hidden_are").text("sizes", sizes.join("-"));
                say.say("g", activation(*g))
            }
            Tweak::Batch(size) => Say::new("experiments.batch_is").text("n", size),
            Tweak::Inputs(inputs) => Say::new(format!("experiments.inputs.{}", inputs.name())),
        }
    }
}

/// An activation with its α, where it has one.
fn activation(g: Activation) -> Say {
    let name = Say::new(format!("activation.{}", g.name()));
    match g.alpha() {
        None => name,
        Some(alpha) => {
            Say::new("experiments.with_alpha").say("name", name).num("alpha", Num::plain(alpha))
        }
    }
}

impl Experiment {
    /// How many variants there are.
    pub fn variants(&self) -> usize {
        self.axes.iter().map(|axis| axis.tweaks.len()).product()
    }

    /// How many variants a chart shows side by side.
    pub fn width(&self) -> usize {
        self.shown().iter().map(|axis| axis.tweaks.len()).product()
    }

    /// The axes of which the learner chooses a value.
    pub fn chosen(&self) -> &[Axis] {
        &self.axes[..self.axes.len().saturating_sub(self.side_by_side)]
    }

    /// The axes that a chart shows side by side.
    pub fn shown(&self) -> &[Axis] {
        &self.axes[self.chosen().len()..]
    }

    /// The first variant of those with these values of the chosen axes; the others follow it.
    pub fn first(&self, values: &[usize]) -> usize {
        let at = self.chosen().iter().zip(values).fold(0, |at, (axis, &value)| {
            at * axis.tweaks.len() + value.min(axis.tweaks.len().saturating_sub(1))
        });
        at * self.width()
    }

    /// The tweaks of a variant, one of each axis.
    pub fn tweaks(&self, variant: usize) -> Vec<&Tweak> {
        let mut rest = variant;
        let mut tweaks = Vec::with_capacity(self.axes.len());
        for axis in self.axes.iter().rev() {
            tweaks.extend(axis.tweaks.get(rest % axis.tweaks.len()));
            rest /= axis.tweaks.len();
        }
        tweaks.reverse();
        tweaks
    }

    /// The setup of a variant with a seed.
    pub fn setup(&self, variant: usize, seed: u64) -> Setup {
        let mut setup = Setup { seed, ..self.base.clone() };
        self.tweaks(variant).into_iter().for_each(|tweak| tweak.apply(&mut setup));
        setup
    }

    /// What a variant is called among those beside it.
    pub fn label(&self, variant: usize) -> Say {
        let shown = self.tweaks(variant).split_off(self.chosen().len());
        let labels = shown.into_iter().map(Tweak::label);
        let both = |a: Say, b: Say| Say::new("experiments.both").say("a", a).say("b", b);
        labels.reduce(both).unwrap_or_else(|| Say::new("experiments.all_alike"))
    }
}
