//! What the chapter "Train" shows.

use serde::Serialize;

use super::losses::{Losses, losses};
use crate::activation::Activation;
use crate::app::State;
use crate::data::{Set, Task};
use crate::feature::Feature;
use crate::link;
use crate::name::Named;
use crate::network::Init;
use crate::number;
use crate::say::{Num, Say};
use crate::train::{DEEPEST, Parameter, Speed, Train, WIDEST, Written};
use crate::trainer::{LayerState, Measure};

/// The chapter at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    /// Counts the runs begun; a new one begins from `setup`.
    run: u64,
    setup: Written,
    task: &'static str,
    loss: &'static str,
    outputs: usize,
    shown: Shown,
    brush: &'static str,
    /// Batches a second; none is as fast as it goes.
    speed: Option<u32>,
    choices: Choices,
    progress: Progress,
    layers: Vec<Layer>,
    losses: Losses,
    pointed: Option<Pointed>,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Shown {
    test: bool,
    discrete: bool,
    log: bool,
}

/// Everything that can be chosen, by name.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Choices {
    sets: Vec<&'static str>,
    inputs: Vec<Input>,
    activations: Vec<&'static str>,
    inits: Vec<&'static str>,
    speeds: Vec<Pace>,
    deepest: usize,
    widest: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Input {
    name: &'static str,
    symbol: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Pace {
    name: &'static str,
    per_second: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Progress {
    steps: u64,
    /// Epochs, with a part of one begun.
    epochs: f64,
    epoch_text: String,
    train: Score,
    test: Option<Score>,
    batch: Score,
    samples: usize,
    tests: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Score {
    #[serde(flatten)]
    loss: Num,
    value: Option<f64>,
    /// In percent, where there are classes.
    accuracy: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Layer {
    activation: &'static str,
    units: usize,
    gradient: Num,
    /// In percent of all units and samples.
    saturated: String,
    inactive: String,
    dead: usize,
}

/// The weight or bias that is pointed at.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Pointed {
    parameter: Parameter,
    what: Say,
    num: Num,
    value: f64,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    let train = &state.train;
    let (setup, snapshot) = (train.setup(), train.snapshot());
    let shown = train.shown;
    Frame {
        place: state.place.name(),
        run: train.run(),
        setup: setup.written(),
        task: match setup.task() {
            Task::Classes(_) => "classes",
            Task::Surface => "surface",
            Task::Curve => "curve",
        },
        loss: setup.loss().name(),
        outputs: train.network().last().units(),
        shown: Shown { test: shown.test, discrete: shown.discrete, log: shown.log },
        brush: train.brush().name(),
        speed: train.speed.per_second(),
        choices: Choices {
            sets: Set::all().map(Named::name).collect(),
            inputs: Feature::all()
                .map(|feature| Input { name: feature.name(), symbol: feature.symbol() })
                .collect(),
            activations: Activation::all().map(Named::name).collect(),
            inits: Init::all().map(Named::name).collect(),
            speeds: Speed::all()
                .map(|speed| Pace { name: speed.name(), per_second: speed.per_second() })
                .collect(),
            deepest: DEEPEST,
            widest: WIDEST,
        },
        progress: progress(train),
        layers: snapshot
            .layers
            .iter()
            .enumerate()
            .map(|(l, state)| layer(train, l, state))
            .collect(),
        losses: losses(snapshot, epochs(train), shown.log),
        pointed: train.pointed.and_then(|parameter| pointed(train, parameter)),
        announce: Say::new("train.announce")
            .text("epochs", epochs(train).1)
            .num("loss", Num::plain(snapshot.train.loss)),
        alert: train.alert().map(|diverged| {
            Say::new("train.diverged")
                .text("step", diverged.step)
                .num("rate", Num::plain(diverged.rate))
                .text("epochs", epochs(train).1)
        }),
        error,
        link: link::write(state),
    }
}

/// Epochs taken, and the same as text.
fn epochs(train: &Train) -> (f64, String) {
    let (steps, length) = (train.snapshot().steps, epoch(train));
    let epochs = steps as f64 / length as f64;
    match steps % length {
        0 => (epochs, (steps / length).to_string()),
        _ => (epochs, format!("{epochs:.2}")),
    }
}

/// Steps in an epoch.
fn epoch(train: &Train) -> u64 {
    train.split().train.len().div_ceil(train.setup().batch).max(1) as u64
}

fn progress(train: &Train) -> Progress {
    let snapshot = train.snapshot();
    let (epochs, epoch_text) = epochs(train);
    Progress {
        steps: snapshot.steps,
        epochs,
        epoch_text,
        train: score(snapshot.train),
        test: snapshot.test.map(score),
        batch: score(snapshot.batch),
        samples: train.split().train.len(),
        tests: train.split().test.len(),
    }
}

fn score(Measure { loss, accuracy }: Measure) -> Score {
    Score {
        loss: Num::plain(loss),
        value: Some(loss).filter(|loss| loss.is_finite()),
        accuracy: accuracy.map(percent),
    }
}

/// With one decimal, and 100 only where it is all.
pub(super) fn percent(part: f64) -> String {
    let tenths = if part == 1.0 { 1000.0 } else { (1000.0 * part).round().clamp(0.0, 999.0) };
    format!("{}%", number::short(tenths / 10.0))
}

fn layer(train: &Train, l: usize, state: &LayerState) -> Layer {
    Layer {
        activation: train.network().layers()[l].activation.name(),
        units: state.units,
        gradient: Num::plain(state.gradient),
        saturated: percent(state.saturated),
        inactive: percent(state.inactive),
        dead: state.dead,
    }
}

fn pointed(train: &Train, parameter: Parameter) -> Option<Pointed> {
    let value = parameter.of(train.network())?;
    let what = match parameter {
        Parameter::Weight { layer, unit, from } => {
            Say::new("train.weight").text("l", layer + 1).text("j", unit + 1).text("i", from + 1)
        }
        Parameter::Bias { layer, unit } => {
            Say::new("train.bias").text("l", layer + 1).text("j", unit + 1)
        }
    };
    Some(Pointed { parameter, what, num: Num::plain(value), value })
}
