//! The perceptron rule.

use super::{Gate, Neuron};

/// η of the rule: with it weights stay multiples of a half, so that every number of a lesson is
/// exact.
pub const RATE: f64 = 0.5;
/// Rounds through the table after which the rule gives up for now.
pub const PATIENCE: usize = 100;

/// What the perceptron rule did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lesson {
    /// One row: whether the unit fired, and the weights and bias before.
    Row { row: usize, said: bool, weights: [f64; 2], bias: f64 },
    /// The table is right, after so many corrections.
    Right { corrections: usize },
    /// After [`PATIENCE`] rounds it is not.
    Wrong { corrections: usize },
}

impl Neuron {
    /// Rosenblatt's rule on the next row: w ← w + η (t − o) x and b ← b + η (t − o), with t and o
    /// 0 or 1. Whether it changed anything.
    pub(super) fn correct(&mut self) -> bool {
        let (row, weights, bias) = (self.next, self.weights, self.bias);
        let x = Gate::INPUTS[row];
        let (said, wanted) = (self.fires(x), self.gate.on(x));
        if said != wanted {
            let by = if wanted { RATE } else { -RATE };
            self.weights = [0, 1].map(|i| weights[i] + by * x[i]);
            self.bias = bias + by;
        }
        self.at = x;
        self.next = (row + 1) % Gate::INPUTS.len();
        self.lesson = Some(Lesson::Row { row, said, weights, bias });
        said != wanted
    }

    /// The rule, row after row, until the table is right or patience ends.
    pub(super) fn teach(&mut self) {
        let mut corrections = 0;
        for _ in 0..PATIENCE * Gate::INPUTS.len() {
            if self.is_right() {
                break;
            }
            corrections += usize::from(self.correct());
        }
        self.lesson = Some(match self.is_right() {
            true => Lesson::Right { corrections },
            false => Lesson::Wrong { corrections },
        });
    }
}
