//! What the chapter "Neuron" shows.

mod lesson;
mod plane;
mod unit;

use serde::Serialize;

use super::Slider;
use crate::activation::Activation;
use crate::app::State;
use crate::link;
use crate::name::Named;
use crate::neuron::{Gate, Neuron};
use crate::number;
use crate::say::{Num, Part, Say};
use crate::tries::{self, Try};

/// The chapter at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    weights: [Slider; 2],
    bias: Slider,
    at: [Slider; 2],
    activation: &'static str,
    activations: Vec<&'static str>,
    gate: &'static str,
    gates: Vec<&'static str>,
    unit: unit::Unit,
    /// How z and a come about, line by line.
    lines: Vec<Line>,
    /// Whether it fires, and why.
    fires: Say,
    /// What this activation passes on.
    passes: Say,
    rows: Vec<Row>,
    next: usize,
    right: bool,
    verdict: Say,
    rule: Say,
    lesson: Option<Say>,
    changes: Vec<Line>,
    /// The last corrections of a whole teaching.
    course: Vec<lesson::Stage>,
    proof: Option<lesson::Proof>,
    plane: plane::Plane,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
    tries: &'static [Try],
}

/// A quantity, and its arithmetic with numbers put in.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Line {
    what: &'static str,
    parts: Vec<Part>,
}

/// A row of the truth table.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Row {
    x: [f64; 2],
    z: Num,
    a: Num,
    fires: bool,
    wanted: bool,
    right: bool,
    /// Whether these are the inputs at hand.
    here: bool,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    let neuron = &state.neuron;
    Frame {
        place: state.place.name(),
        weights: neuron.weights.map(Slider::at),
        bias: Slider::at(neuron.bias),
        at: neuron.at.map(Slider::at),
        activation: neuron.activation.name(),
        activations: activations(),
        gate: neuron.gate.name(),
        gates: Gate::all().map(Named::name).collect(),
        unit: unit::unit(neuron),
        lines: unit::lines(neuron),
        fires: unit::fires(neuron),
        passes: unit::passes(neuron),
        rows: Gate::INPUTS.map(|x| row(neuron, x)).into(),
        next: neuron.next,
        right: neuron.is_right(),
        announce: lesson::announce(neuron),
        verdict: lesson::verdict(neuron),
        rule: lesson::rule(),
        lesson: lesson::taught(neuron),
        changes: lesson::changes(neuron),
        course: lesson::course(neuron),
        proof: (neuron.gate == Gate::Xor).then(|| lesson::proof(neuron)),
        plane: plane::plane(neuron),
        alert: None,
        error,
        link: link::write(state),
        tries: tries::of(state.place),
    }
}

/// The step, from which the story goes on, before the others.
fn activations() -> Vec<&'static str> {
    let step = Activation::Step.name();
    let others = Activation::all().map(Named::name).filter(|&name| name != step);
    [step].into_iter().chain(others).collect()
}

fn row(neuron: &Neuron, x: [f64; 2]) -> Row {
    Row {
        x,
        z: Num::plain(neuron.sum(x)),
        a: Num::plain(neuron.output(x)),
        fires: neuron.fires(x),
        wanted: neuron.gate.on(x),
        right: neuron.is_right_at(x),
        here: neuron.at == x,
    }
}

/// A number within arithmetic, with `more` digits: in brackets where its sign would meet another.
fn operand(value: f64, more: usize) -> Vec<Part> {
    let num = Part::Num(Num::plain(value).finer(value, more));
    match value < 0.0 {
        true => vec![Part::Op("("), num, Part::Op(")")],
        false => vec![num],
    }
}

/// x · y, and what comes of it.
fn product(x: f64, y: f64) -> Vec<Part> {
    arithmetic([x, y], "·", x * y, number::more_digits(x * y, |shown| shown(x) * shown(y)))
}

/// x + y, and what comes of it.
fn sum(x: f64, y: f64) -> Vec<Part> {
    arithmetic([x, y], "+", x + y, number::more_digits(x + y, |shown| shown(x) + shown(y)))
}

fn arithmetic([x, y]: [f64; 2], sign: &'static str, result: f64, more: usize) -> Vec<Part> {
    let first = Num::plain(x).finer(x, more);
    let result = Num::plain(result);
    let exact = !first.approx && number::is_exact_with(y, more) && !result.approx;
    let mut parts = vec![Part::Num(first), Part::Op(sign)];
    parts.extend(operand(y, more));
    parts.extend([Part::Op(if exact { "=" } else { "≈" }), Part::Num(result)]);
    parts
}
