//! What a learner changes in the chapter "Neuron".

use serde::{Deserialize, Serialize};

use super::{Gate, LIMIT, Neuron, plane};
use crate::activation::Activation;
use crate::error::{Allowed, Error, Result};
use crate::math;
use crate::name::Named;

/// A change, as the page's JSON has it: `{"bias": -1.5}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Weight {
        input: usize,
        value: f64,
    },
    Bias(f64),
    Activation(String),
    /// Another gate to be; the weights stay.
    Gate(String),
    /// One of the inputs.
    Input {
        input: usize,
        value: f64,
    },
    /// Both inputs.
    At([f64; 2]),
    /// The line goes, parallel to itself, through this point.
    Through([f64; 2]),
    /// The line lies so far from x = 0, along w: −b / |w|.
    Shift(f64),
    /// The line turns where it is held, until w points to this angle in degrees; w keeps its
    /// length.
    Turn(f64),
    /// The same, until w points from there to this point.
    Toward([f64; 2]),
    /// The perceptron rule on the next row of the truth table.
    Sample,
    /// The rule, row after row, until the table is right.
    Teach,
    /// The first weights again.
    Again,
}

impl Neuron {
    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        let mut next = Neuron { lesson: None, ..self.clone() };
        match change {
            Change::Weight { input, value } => *entry(&mut next.weights, "weights", input)? = value,
            Change::Bias(value) => next.bias = value,
            Change::Activation(name) => {
                next.activation = Activation::named("activation", &name)?;
                next.lesson = self.lesson.clone();
            }
            Change::Gate(name) => (next.gate, next.next) = (Gate::named("gate", &name)?, 0),
            Change::Input { input, value } => *entry(&mut next.at, "x", input)? = value,
            Change::At(x) => next.at = x,
            // Without weights there is no line to move.
            Change::Through(_) | Change::Shift(_) | Change::Turn(_) | Change::Toward(_)
                if plane::direction(&next).is_none() => {}
            Change::Through(x) => (next.hold, next.bias) = (x, tidy(-next.weighed(x))),
            Change::Shift(distance) => next.bias = tidy(-distance * next.length()),
            Change::Turn(degrees) => next.turn(degrees),
            Change::Toward(x) => next.turn_toward(x),
            Change::Sample => {
                next.correct();
            }
            Change::Teach => next.teach(),
            Change::Again => {
                let Neuron { gate, activation, .. } = next;
                next = Neuron { gate, activation, ..Neuron::default() };
            }
        }
        *self = next.checked()?;
        Ok(())
    }

    fn turn(&mut self, degrees: f64) {
        let (held, length, angle) = (plane::handle(self), self.length(), degrees.to_radians());
        self.weights = [math::cos(angle), math::sin(angle)].map(|part| tidy(length * part));
        self.bias = tidy(-self.weighed(held));
        self.hold = held;
    }

    fn turn_toward(&mut self, x: [f64; 2]) {
        let held = plane::handle(self);
        let way = [x[0] - held[0], x[1] - held[1]];
        // Where the line itself is held there is no direction to take.
        if way != [0.0; 2] {
            // Whole degrees, so that a right angle is easily met.
            self.turn(math::atan2(way[1], way[0]).to_degrees().round());
        }
    }
}

fn entry<'a>(numbers: &'a mut [f64; 2], name: &str, input: usize) -> Result<&'a mut f64> {
    let none = || Error::range(format!("{name}[{input}]"), input, Allowed::Index);
    numbers.get_mut(input).ok_or_else(none)
}

/// Thousandths: what is dragged has as many digits as the page shows, and its arithmetic can be
/// done by hand. Never −0. What is out of bounds stays so.
fn tidy(value: f64) -> f64 {
    match value.abs() <= LIMIT {
        true => (1000.0 * value).round() / 1000.0 + 0.0,
        false => value,
    }
}
