//! What a nudge does: the loss along one parameter, its quotients, its corners; and the loss along
//! the step that all parameters take together.

use super::{Nudge, slot};
use crate::case::Case;
use crate::check;
use crate::trace::{Id, Op, Slot, Trace};
use crate::train::Parameter;

/// A change of the loss divided by the change of the parameter that made it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quotient {
    pub epsilon: f64,
    pub up: Side,
    pub down: Side,
}

/// One side of a [`Quotient`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// The loss so far from the start.
    pub loss: f64,
    /// (its change) ∕ (the parameter's change).
    pub slope: f64,
}

/// A value of the parameter at which a unit's z is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corner {
    pub value: f64,
    pub layer: usize,
    pub unit: usize,
}

/// The ε of the table.
const SHRINKING: [f64; 5] = [0.1, 0.01, 0.001, 1e-4, 1e-5];
/// The ε at which a gradient is read off, where a corner is not nearer.
pub const SMALL: f64 = 1e-3;
/// An ε so small that one side is enough for all the digits that the page shows.
pub const TINY: f64 = 1e-6;
/// Pieces of the range in which corners are looked for.
const PIECES: usize = 64;
/// Halvings that find a corner to the last bit.
const HALVINGS: usize = 60;

impl Nudge {
    /// The loss if `parameter` were `value`.
    pub fn loss_at(&self, parameter: Parameter, value: f64) -> f64 {
        match self.trace.find(slot(parameter)) {
            Some(id) => self.trace.with(id, value, self.trace.cost()),
            None => f64::NAN,
        }
    }

    /// The change of the loss for a move by ε up and down.
    pub fn quotient(&self, parameter: Parameter, epsilon: f64) -> Quotient {
        let subject =
            check::Subject { variable: slot(parameter), loss: self.trace.cost(), gradient: None };
        let nudge = check::nudge(&self.trace, subject, epsilon);
        Quotient {
            epsilon,
            up: Side { loss: nudge.plus, slope: nudge.change_up },
            down: Side { loss: nudge.minus, slope: nudge.change_down },
        }
    }

    /// The quotients of the parameter at hand as ε shrinks.
    pub fn shrinking(&self) -> Vec<Quotient> {
        SHRINKING.into_iter().map(|epsilon| self.quotient(self.parameter, epsilon)).collect()
    }

    /// The slopes of the loss just below and just above the start, by nudging.
    pub fn slopes(&self, parameter: Parameter) -> (f64, f64) {
        let quotient = self.quotient(parameter, TINY);
        (quotient.down.slope, quotient.up.slope)
    }

    /// The slope of the loss at the start, by nudging up and down by [`SMALL`]. `None` at a
    /// corner, where the two sides differ.
    pub fn slope(&self, parameter: Parameter) -> Option<f64> {
        let (down, up) = self.slopes(parameter);
        let size = if down.abs() > up.abs() { down.abs() } else { up.abs() };
        if (up - down).abs() > 1e-3 * size + 1e-6 {
            return None;
        }
        let Quotient { up, down, .. } = self.quotient(parameter, SMALL);
        let central = (up.slope + down.slope) / 2.0;
        // The loss has 16 digits, of which its difference keeps some twelve.
        Some((central * 1e9).round() / 1e9 + 0.0)
    }

    /// The gradient that backpropagation computes.
    pub fn gradient(&self, parameter: Parameter) -> f64 {
        let gradient = match parameter {
            Parameter::Weight { layer: l, unit: j, from: i } => self.trace.dw(l, j, i),
            Parameter::Bias { layer: l, unit: j } => self.trace.db(l, j),
        };
        self.trace.value_of(gradient).unwrap_or(f64::NAN)
    }

    /// The corners of the loss between two values of the parameter at hand, from left to right.
    pub fn corners(&self, from: f64, to: f64) -> Vec<Corner> {
        let end = self.trace.find(self.trace.cost());
        let (Some(id), Some(end)) = (self.trace.find(slot(self.parameter)), end) else {
            return vec![];
        };
        let z = |unit: Id, value: f64| self.trace.values_with(id, value, end)[unit as usize];
        let mut corners = vec![];
        for (layer, unit, place) in kinked(&self.trace) {
            let value = |n: usize| from + (to - from) * n as f64 / PIECES as f64;
            for n in 0..PIECES {
                let (a, b) = (value(n), value(n + 1));
                if (z(place, a) > 0.0) != (z(place, b) > 0.0) {
                    let value = halved(|value| z(place, value) > 0.0, a, b);
                    corners.push(Corner { value, layer, unit });
                }
            }
        }
        corners.sort_by(|a, b| a.value.total_cmp(&b.value));
        corners
    }

    /// The corner at the start itself, or passed by a nudge so far.
    pub fn corner_within(&self, epsilon: f64) -> bool {
        !self.corners(self.start() - epsilon, self.start() + epsilon).is_empty()
    }

    /// Σg² over all parameters: what a step of η = 1 against the gradient promises.
    pub fn promise(&self) -> f64 {
        self.parameters().into_iter().map(|one| self.gradient(one)).map(|g| g * g).sum()
    }

    /// The loss after a step of `rate` against the gradient.
    pub fn loss_after(&self, rate: f64) -> f64 {
        let loss = self.stepped(rate).and_then(|case| Trace::record(&case).ok());
        loss.and_then(|trace| trace.value_of(trace.cost())).unwrap_or(f64::NAN)
    }

    /// The case after every parameter has moved by −`rate`·gradient.
    pub fn stepped(&self, rate: f64) -> Option<Case> {
        let mut case = self.case.clone();
        for one in self.parameters() {
            super::set(&mut case, one, self.value(one) - rate * self.gradient(one)).ok()?;
        }
        Some(case)
    }
}

/// Each unit with a corner in its activation, and the step of its z.
fn kinked(trace: &Trace) -> Vec<(usize, usize, Id)> {
    let steps = trace.steps().iter();
    let of = steps.filter_map(|step| match (step.slot, step.op) {
        (Slot::A { l, j, .. }, Op::Activate { g, z, .. }) if g.has_kink() => Some((l, j, z)),
        _ => None,
    });
    of.collect()
}

/// Between `a` and `b`, where `above` changes: tidied, if that is within rounding of it.
fn halved(above: impl Fn(f64) -> bool, mut a: f64, mut b: f64) -> f64 {
    let before = above(a);
    for _ in 0..HALVINGS {
        let middle = (a + b) / 2.0;
        match above(middle) == before {
            true => a = middle,
            false => b = middle,
        }
    }
    (b * 1e9).round() / 1e9 + 0.0
}
