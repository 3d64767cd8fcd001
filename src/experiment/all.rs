//! The experiments: to add one, add a function here, its name to [`ALL`], its verdict, and its
//! words.

use super::{Axis, Chart, End, Experiment, Inputs, Measure, Tweak};
use crate::activation::Activation::{self, *};
use crate::data::{Recipe, Set};
use crate::error::Result;
use crate::feature::Feature;
use crate::name;
use crate::network::Init;
use crate::train::Setup;
use crate::trainer::{Optimizer, Regularization};

/// Their names, in the order of the page.
pub const ALL: [&str; 9] =
    ["activations", "vanishing", "dead", "centred", "cost", "linear", "zeros", "rate", "depth"];

const LEAKY: Activation = LeakyRelu { alpha: 0.01 };

/// The experiment of this name.
///
/// # Errors
/// There is none.
pub fn experiment(name: &str) -> Result<Experiment> {
    Ok(match name {
        "activations" => activations(),
        "vanishing" => vanishing(),
        "dead" => dead(),
        "centred" => centred(),
        "cost" => cost(),
        "linear" => linear(),
        "zeros" => zeros(),
        "rate" => rate(),
        "depth" => depth(),
        _ => return Err(name::unknown("card", name, ALL.into_iter())),
    })
}

/// 250 points of `set` to train on and 250 to test with, and hidden layers of these sizes.
fn setup(set: Set, g: Activation, sizes: &[usize]) -> Setup {
    Setup {
        recipe: Recipe { set, size: 500, noise: 0, train: 50, seed: 1 },
        own: None,
        features: vec![Feature::X1, Feature::X2],
        hidden: sizes.iter().map(|&units| (units, g)).collect(),
        init: Init::Xavier,
        seed: 1,
        rate: 0.1,
        batch: 10,
        optimizer: Optimizer::Sgd,
        regularization: Regularization::None,
    }
}

fn axis<T: Clone>(name: &'static str, tweak: impl Fn(T) -> Tweak, values: &[T]) -> Axis {
    Axis { name, tweaks: values.iter().cloned().map(tweak).collect() }
}

fn activations() -> Experiment {
    Experiment {
        name: "activations",
        base: setup(Set::Circle, Sigmoid, &[8, 8]),
        axes: vec![axis("activation", Tweak::Activation, &[Sigmoid, Tanh, Relu, LEAKY, Gelu])],
        side_by_side: 1,
        measure: Measure::Training { epochs: 50 },
        charts: vec![Chart::Losses, Chart::Ends(End::Accuracy)],
        answers: 4,
    }
}

fn vanishing() -> Experiment {
    Experiment {
        name: "vanishing",
        base: Setup {
            recipe: Recipe { set: Set::Circle, size: 100, noise: 0, train: 50, seed: 1 },
            ..setup(Set::Circle, Sigmoid, &[8])
        },
        axes: vec![
            axis("init", Tweak::Init, &[Init::Xavier, Init::He, Init::Uniform, Init::Normal]),
            axis("layers", Tweak::Layers, &[2, 3, 4, 5, 6, 7, 8, 9, 10]),
            axis("activation", Tweak::Activation, &[Sigmoid, Tanh, Relu, LEAKY, Gelu]),
        ],
        side_by_side: 1,
        measure: Measure::Gradients,
        charts: vec![Chart::Layers, Chart::Factors],
        answers: 3,
    }
}

fn dead() -> Experiment {
    let leaky = |alpha| LeakyRelu { alpha };
    Experiment {
        name: "dead",
        base: setup(Set::Circle, Relu, &[8, 8, 8]),
        axes: vec![
            axis("init", Tweak::Init, &[Init::He, Init::Normal]),
            axis("rate", Tweak::Rate, &[0.01, 0.1, 1.0]),
            axis("activation", Tweak::Activation, &[Relu, leaky(0.01), leaky(0.1), leaky(0.3)]),
        ],
        side_by_side: 2,
        measure: Measure::Training { epochs: 20 },
        charts: vec![Chart::Ends(End::Silent), Chart::Ends(End::Accuracy)],
        answers: 3,
    }
}

fn centred() -> Experiment {
    let base = Setup {
        hidden: vec![],
        init: Init::Zeros,
        rate: 0.3,
        batch: 1,
        recipe: Recipe { set: Set::Plane, size: 100, noise: 0, train: 90, seed: 1 },
        ..setup(Set::Plane, Identity, &[])
    };
    Experiment {
        name: "centred",
        base,
        axes: vec![
            axis("batch", Tweak::Batch, &[1, 10, 90]),
            axis("inputs", Tweak::Inputs, &[Inputs::Sigmoid, Inputs::Centred, Inputs::Tanh]),
        ],
        side_by_side: 1,
        measure: Measure::Path { steps: 200 },
        charts: vec![Chart::Paths, Chart::Ends(End::SameWay), Chart::Ends(End::Detour)],
        answers: 3,
    }
}

fn cost() -> Experiment {
    let all = [Relu, LEAKY, Sigmoid, Tanh, Elu { alpha: 1.0 }, Gelu, Silu, Softplus];
    Experiment {
        name: "cost",
        base: setup(Set::Circle, Relu, &[8]),
        axes: vec![axis("activation", Tweak::Activation, &all)],
        side_by_side: 1,
        measure: Measure::Clock,
        charts: vec![Chart::Ends(End::Value), Chart::Ends(End::Slope)],
        answers: 3,
    }
}

fn linear() -> Experiment {
    let sizes = |count: usize| vec![8; count];
    let tweak = |(g, count): (Activation, usize)| Tweak::Network(g, sizes(count));
    Experiment {
        name: "linear",
        base: Setup { rate: 0.03, ..setup(Set::Circle, Identity, &[]) },
        axes: vec![axis(
            "network",
            tweak,
            &[(Identity, 0), (Identity, 1), (Identity, 2), (Identity, 4), (Relu, 1)],
        )],
        side_by_side: 1,
        measure: Measure::Training { epochs: 50 },
        charts: vec![Chart::Ends(End::Accuracy), Chart::Losses],
        answers: 3,
    }
}

fn zeros() -> Experiment {
    Experiment {
        name: "zeros",
        base: setup(Set::Circle, Sigmoid, &[4]),
        axes: vec![
            axis("activation", Tweak::Activation, &[Sigmoid, Tanh, Relu]),
            axis("init", Tweak::Init, &[Init::Zeros, Init::Uniform, Init::Xavier]),
        ],
        side_by_side: 1,
        measure: Measure::Training { epochs: 100 },
        charts: vec![Chart::Losses, Chart::Ends(End::Different)],
        answers: 3,
    }
}

fn rate() -> Experiment {
    Experiment {
        name: "rate",
        base: setup(Set::Circle, Tanh, &[8]),
        axes: vec![axis("rate", Tweak::Rate, &[0.001, 0.01, 0.1, 1.0, 10.0])],
        side_by_side: 1,
        measure: Measure::Training { epochs: 50 },
        charts: vec![Chart::Losses, Chart::Ends(End::Accuracy)],
        answers: 3,
    }
}

fn depth() -> Experiment {
    let tweak = |sizes: Vec<usize>| Tweak::Network(Tanh, sizes);
    Experiment {
        name: "depth",
        base: setup(Set::Spiral, Tanh, &[]),
        axes: vec![axis(
            "network",
            tweak,
            &[vec![26], vec![8, 8], vec![8, 5, 5], vec![6, 5, 5, 3]],
        )],
        side_by_side: 1,
        measure: Measure::Training { epochs: 200 },
        charts: vec![Chart::Losses, Chart::Ends(End::Accuracy)],
        answers: 3,
    }
}
