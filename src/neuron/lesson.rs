//! The perceptron rule.

use super::{Gate, Neuron};

/// η of the rule: with it weights stay multiples of a half, so that every number of a lesson is
/// exact.
pub const RATE: f64 = 0.5;
/// Rounds through the table after which the rule gives up for now.
pub const PATIENCE: usize = 100;

/// The corrections of a whole teaching that are kept: the last so many.
pub const KEPT: usize = 5;

/// What the perceptron rule did.
#[derive(Debug, Clone, PartialEq)]
pub enum Lesson {
    /// One row: whether the unit fired, and the weights and bias before.
    Row { row: usize, said: bool, weights: [f64; 2], bias: f64 },
    /// The table is right, after so many corrections; the rows of the last of them.
    Right { corrections: usize, last: Vec<usize> },
    /// After [`PATIENCE`] rounds it is not.
    Wrong { corrections: usize, last: Vec<usize> },
}

/// One correction: the row that was wrong, t − o there, and the unit before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Which correction of the teaching it is, from 1.
    pub n: usize,
    pub row: usize,
    pub error: f64,
    pub before: Neuron,
    pub after: Neuron,
}

impl Neuron {
    /// Rosenblatt's rule on the next row: w ← w + η (t − o) x and b ← b + η (t − o), with t and o
    /// 0 or 1. Whether it changed anything.
    pub(super) fn correct(&mut self) -> bool {
        let (row, weights, bias) = (self.next, self.weights, self.bias);
        let x = Gate::INPUTS[row];
        let (said, wanted) = (self.fires(x), self.gate.on(x));
        if said != wanted {
            self.move_by(self.error(row), x);
        }
        self.at = x;
        self.next = (row + 1) % Gate::INPUTS.len();
        self.lesson = Some(Lesson::Row { row, said, weights, bias });
        said != wanted
    }

    /// t − o of a row that is wrong: there o is what t is not.
    fn error(&self, row: usize) -> f64 {
        if self.gate.on(Gate::INPUTS[row]) { 1.0 } else { -1.0 }
    }

    fn move_by(&mut self, error: f64, x: [f64; 2]) {
        let by = RATE * error;
        self.weights = [0, 1].map(|i| self.weights[i] + by * x[i] + 0.0);
        self.bias += by;
    }

    /// The last corrections of the teaching just done, in order. They are found from its end: each
    /// is taken back by the rule itself, whose sign the gate tells.
    pub fn course(&self) -> Vec<Correction> {
        let Some(Lesson::Right { corrections, last } | Lesson::Wrong { corrections, last }) =
            &self.lesson
        else {
            return vec![];
        };
        let mut after = Neuron { lesson: None, ..self.clone() };
        let mut course = vec![];
        for (back, &row) in last.iter().rev().enumerate() {
            let error = self.error(row);
            let mut before = after.clone();
            before.move_by(-error, Gate::INPUTS[row]);
            course.push(Correction {
                n: corrections - back,
                row,
                error,
                before: before.clone(),
                after,
            });
            after = before;
        }
        course.reverse();
        course
    }

    /// The rule, row after row, until the table is right or patience ends.
    pub(super) fn teach(&mut self) {
        let mut wrong = vec![];
        for _ in 0..PATIENCE * Gate::INPUTS.len() {
            if self.is_right() {
                break;
            }
            let row = self.next;
            if self.correct() {
                wrong.push(row);
            }
        }
        let corrections = wrong.len();
        let last = wrong.split_off(corrections.saturating_sub(KEPT));
        self.lesson = Some(match self.is_right() {
            true => Lesson::Right { corrections, last },
            false => Lesson::Wrong { corrections, last },
        });
    }
}
