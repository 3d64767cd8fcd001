//! The chapter "Neuron": one unit of two inputs, the line in their plane at which it changes its
//! mind, and the gates that it can be, or cannot.

mod change;
mod gate;
mod lesson;
mod link;
mod plane;

pub use change::Change;
pub use gate::Gate;
pub use lesson::{Correction, KEPT, Lesson, PATIENCE, RATE};
pub(crate) use link::{read, write};
pub use plane::{HIGH, LOW, Shade, Stop, direction, distance, handle, line, shade, tip};

use crate::activation::Activation;
use crate::error::{Allowed, Error, Result};
use crate::math;

/// Inputs, weights and the bias lie from −`LIMIT` to `LIMIT`, so that no sum leaves f64.
pub const LIMIT: f64 = 1000.0;

/// One unit, the gate that it is to be, and what the perceptron rule did last.
#[derive(Debug, Clone, PartialEq)]
pub struct Neuron {
    pub weights: [f64; 2],
    pub bias: f64,
    pub activation: Activation,
    pub gate: Gate,
    /// The inputs whose sum is shown.
    pub at: [f64; 2],
    /// The line is held at the point of it that is nearest to this one.
    pub hold: [f64; 2],
    /// The row of the truth table that the rule looks at next.
    pub next: usize,
    pub lesson: Option<Lesson>,
}

impl Default for Neuron {
    /// Two rows of AND are wrong, so that there is something to mend.
    fn default() -> Neuron {
        Neuron {
            weights: [-0.5, 1.0],
            bias: 0.5,
            activation: Activation::Step,
            gate: Gate::And,
            at: [1.0, 1.0],
            hold: plane::MIDDLE,
            next: 0,
            lesson: None,
        }
    }
}

impl Neuron {
    /// w·x, the inputs weighed and added.
    pub fn weighed(&self, x: [f64; 2]) -> f64 {
        self.weights[0] * x[0] + self.weights[1] * x[1]
    }

    /// z = w·x + b.
    pub fn sum(&self, x: [f64; 2]) -> f64 {
        self.weighed(x) + self.bias
    }

    /// a = g(z).
    pub fn output(&self, x: [f64; 2]) -> f64 {
        self.activation.value(self.sum(x))
    }

    /// Whether the unit fires: z > 0, which is w·x > −b, whatever its activation.
    pub fn fires(&self, x: [f64; 2]) -> bool {
        self.sum(x) > 0.0
    }

    /// Whether the unit does what its gate does with these inputs.
    pub fn is_right_at(&self, x: [f64; 2]) -> bool {
        self.fires(x) == self.gate.on(x)
    }

    /// The rows of the truth table that are right, 0 to 4.
    pub fn right(&self) -> usize {
        Gate::INPUTS.into_iter().filter(|&x| self.is_right_at(x)).count()
    }

    /// Whether the unit is the gate.
    pub fn is_right(&self) -> bool {
        self.right() == Gate::INPUTS.len()
    }

    /// |w|.
    pub fn length(&self) -> f64 {
        math::hypot(self.weights[0], self.weights[1])
    }

    /// The direction of w in degrees, from −180 to 180.
    pub fn angle(&self) -> f64 {
        math::atan2(self.weights[1], self.weights[0]).to_degrees()
    }

    /// Itself, if every number is one that the chapter holds.
    ///
    /// # Errors
    /// A number that is not finite or outside of ±[`LIMIT`], named; a row that is none.
    fn checked(self) -> Result<Neuron> {
        within("weights[0]", self.weights[0])?;
        within("weights[1]", self.weights[1])?;
        within("bias", self.bias)?;
        within("x[0]", self.at[0])?;
        within("x[1]", self.at[1])?;
        within("hold[0]", self.hold[0])?;
        within("hold[1]", self.hold[1])?;
        if self.next >= Gate::INPUTS.len() {
            return Err(Error::range("row", self.next, Allowed::Between(0, 3)));
        }
        Ok(self)
    }
}

/// A number of the chapter.
fn within(place: &str, value: f64) -> Result<()> {
    match (-LIMIT..=LIMIT).contains(&value) {
        true => Ok(()),
        false => Err(Error::range(place, value, Allowed::InThousand)),
    }
}
