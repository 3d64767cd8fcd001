//! What the perceptron rule did, how it stands with the gate, and why XOR cannot be.

use serde::Serialize;

use super::{Line, operand};
use crate::name::Named;
use crate::neuron::{Correction, Gate, Lesson, Neuron, PATIENCE, RATE};
use crate::say::{Num, Part, Say};

/// The four conditions that XOR sets, and what follows from them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proof {
    conditions: Vec<Condition>,
    /// The network that can.
    network: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Condition {
    say: Say,
    holds: bool,
}

/// XOR with two hidden units, in the stepper.
pub const NETWORK: &str = "step-by-step&case=xor&eta=0.5&at=0.21&size=layer";

fn gate(neuron: &Neuron) -> Say {
    Say::new(format!("gate.{}", neuron.gate.name()))
}

/// How many rows are right.
pub fn verdict(neuron: &Neuron) -> Say {
    let key = match (neuron.is_right(), neuron.gate) {
        (true, _) => "neuron.right",
        (false, Gate::Xor) => "neuron.never_right",
        (false, _) => "neuron.not_right",
    };
    Say::new(key).say("gate", gate(neuron)).text("right", neuron.right())
}

/// The rule itself.
pub fn rule() -> Say {
    Say::new("neuron.rule").num("rate", Num::plain(RATE))
}

/// What the rule has just done.
pub fn taught(neuron: &Neuron) -> Option<Say> {
    let counted = |key: &str, corrections: usize| {
        Say::new(key).say("gate", gate(neuron)).text("count", corrections).text("rounds", PATIENCE)
    };
    Some(match *neuron.lesson.as_ref()? {
        Lesson::Right { corrections: 0, .. } => counted("neuron.taught_nothing", 0),
        Lesson::Right { corrections, .. } => counted("neuron.taught", corrections),
        Lesson::Wrong { corrections, .. } => match neuron.gate {
            Gate::Xor => counted("neuron.taught_in_vain", corrections),
            _ => counted("neuron.taught_not_yet", corrections),
        },
        Lesson::Row { row, said, weights, bias } => {
            let x = Gate::INPUTS[row];
            let before = Neuron { weights, bias, ..Neuron::default() };
            let wanted = neuron.gate.on(x);
            let key = match (said, wanted) {
                (true, false) => "neuron.too_much",
                (false, true) => "neuron.too_little",
                (true, true) | (false, false) => "neuron.as_wanted",
            };
            Say::new(key)
                .num("x1", Num::plain(x[0]))
                .num("x2", Num::plain(x[1]))
                .num("z", Num::plain(before.sum(x)))
                .text("said", u8::from(said))
                .text("wanted", u8::from(wanted))
        }
    })
}

/// A correction on the way of a whole teaching: where it was wrong, and the parameters after it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    n: usize,
    x: [f64; 2],
    error: Num,
    weights: [Num; 2],
    bias: Num,
}

/// The last corrections of a whole teaching.
pub fn course(neuron: &Neuron) -> Vec<Stage> {
    let stage = |Correction { n, row, error, after, .. }| Stage {
        n,
        x: Gate::INPUTS[row],
        error: Num::plain(error),
        weights: after.weights.map(Num::plain),
        bias: Num::plain(after.bias),
    };
    neuron.course().into_iter().map(stage).collect()
}

/// What a change has brought, to be heard. Of a correction the sentence tells z and o before it, and
/// what follows is after it.
pub fn announce(neuron: &Neuron) -> Say {
    let [w1, w2] = neuron.weights.map(Num::plain);
    let (z, a) = (neuron.sum(neuron.at), neuron.output(neuron.at));
    let said = taught(neuron);
    let corrected = !changes(neuron).is_empty() || !neuron.course().is_empty();
    Say::new(if corrected { "neuron.announce_corrected" } else { "neuron.announce" })
        .num("w1", w1)
        .num("w2", w2)
        .num("b", Num::plain(neuron.bias))
        .num("z", Num::plain(z))
        .num("a", Num::plain(a))
        .say("then", said.unwrap_or_else(|| verdict(neuron)))
}

/// The correction in numbers: old + η · (t − o) · x = new. The bias has an input that is always 1.
pub fn changes(neuron: &Neuron) -> Vec<Line> {
    let Some(Lesson::Row { row, said, weights: [w1, w2], bias }) = neuron.lesson.clone() else {
        return vec![];
    };
    let x = Gate::INPUTS[row];
    let error = f64::from(u8::from(neuron.gate.on(x))) - f64::from(u8::from(said));
    if error == 0.0 {
        return vec![];
    }
    let line = |what, old: f64, x: f64, new: f64| {
        let mut parts = vec![Part::Num(Num::plain(old)), Part::Op("+")];
        for (n, factor) in [RATE, error, x].into_iter().enumerate() {
            if n > 0 {
                parts.push(Part::Op("·"));
            }
            parts.extend(operand(factor, 0));
        }
        parts.extend([Part::Op("="), Part::Num(Num::plain(new))]);
        Line { what, parts }
    };
    vec![
        line("w₁", w1, x[0], neuron.weights[0]),
        line("w₂", w2, x[1], neuron.weights[1]),
        line("b", bias, 1.0, neuron.bias),
    ]
}

/// Why no line can be XOR, with the numbers at hand.
pub fn proof(neuron: &Neuron) -> Proof {
    let condition = |(row, x): (usize, [f64; 2])| Condition {
        say: Say::new(format!("neuron.xor_{row}")).num("z", Num::plain(neuron.sum(x))),
        holds: neuron.fires(x) == Gate::Xor.on(x),
    };
    let rows = Gate::INPUTS.into_iter().enumerate();
    Proof { conditions: rows.map(condition).collect(), network: NETWORK }
}
