//! Predict first: a question before a number is computed, and what an answer gives away.
//!
//! A mistake is known by the value that it leads to, which is computed from the same trace as the
//! right one.

mod ask;
mod curve;
mod mistakes;
mod vanish;

use serde::{Deserialize, Serialize};

pub use ask::{ask, question};

use crate::curves::Curves;
use crate::error::{Error, Result};
use crate::say::{Num, Say};

/// Which way something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Up,
    Down,
    Stays,
}

impl Way {
    /// The way of a change.
    pub fn of(change: f64) -> Way {
        match change {
            change if change > 0.0 => Way::Up,
            change if change < 0.0 => Way::Down,
            _ => Way::Stays,
        }
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Way::Up => "up",
            Way::Down => "down",
            Way::Stays => "stays",
        }
    }
}

/// An answer: a value, or a way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Value(f64),
    Way(Way),
}

/// What an answer may have left out or mixed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// g′ left out: da in place of dz.
    NoSlope,
    WrongSign,
    /// The weights after the update, on the way back.
    Updated,
    /// 0, as plain ReLU would give below 0.
    PlainRelu,
    /// Another unit's or input's number.
    OtherInput,
    OtherUnit,
    /// W not transposed on the way back, or transposed on the way forward.
    Transposed,
    /// z where a belongs.
    ZForA,
    /// g left out: z in place of a.
    NoActivation,
    /// g′ in place of g, or g in place of g′.
    SlopeForValue,
    ValueForSlope,
    /// g′ taken at a.
    SlopeAtA,
    /// a(1 − a), the sigmoid's slope, for another function.
    SigmoidSlope,
    NoBias,
    /// dz in place of dW: what came in left out.
    NoInput,
    /// dz once for each input.
    OncePerInput,
    /// ½ left out, or the square.
    NoHalf,
    NoSquare,
    /// ln left out.
    NoLogarithm,
    /// One term of a sum.
    OneTerm,
    /// The gradient added.
    Added,
    /// η left out.
    NoRate,
    /// The change, or the gradient, in place of the new value.
    OnlyChange,
    OnlyGradient,
    /// The old value.
    Unchanged,
    /// The sum of a batch in place of its mean.
    NotDivided,
    /// One sample of the batch.
    OneSample,
    /// Of the gradients that vanish, those of the weights that lead to a unit without slope.
    OnlyIncoming,
    /// Those that do not vanish.
    Complement,
}

/// A mistaken value, and what is said of it: `{given}` is put in.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub mistake: Mistake,
    pub value: f64,
    pub say: Say,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    Value(f64),
    Way(Way),
}

/// A question with its right answer and the mistaken ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub ask: Say,
    pub wanted: Wanted,
    /// Said after any answer: the number, or why it goes that way.
    pub solution: Say,
    pub candidates: Vec<Candidate>,
}

/// What has become of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Within a tenth of the right value, or the right way.
    Right,
    /// One value for each of these mistakes.
    Mistaken(Vec<Candidate>),
    /// None of them; whether the sign at least is right.
    Other { sign: bool },
}

/// A value is right within this part of it.
const NEAR: f64 = 0.1;
/// A mistake is recognised within this part of its value: as far as three digits go.
const CLOSE: f64 = 0.005;
/// Two values are one within this part.
const SAME: f64 = 1e-9;

impl Question {
    /// What `answer` is.
    pub fn judge(&self, answer: Answer) -> Verdict {
        match (self.wanted, answer) {
            (Wanted::Value(right), Answer::Value(given)) => self.judge_value(right, given),
            (Wanted::Way(right), Answer::Way(given)) if right == given => Verdict::Right,
            _ => Verdict::Other { sign: false },
        }
    }

    /// The nearest wins: a mistake may lie within a tenth of the right value.
    fn judge_value(&self, right: f64, given: f64) -> Verdict {
        let away = |value: f64| (given - value).abs();
        let nearest = self.candidates.iter().min_by(|a, b| away(a.value).total_cmp(&away(b.value)));
        if let Some(nearest) = nearest
            && away(nearest.value) <= CLOSE * nearest.value.abs()
            && away(nearest.value) < away(right)
        {
            let coincide = |one: &&Candidate| same(one.value, nearest.value);
            return Verdict::Mistaken(self.candidates.iter().filter(coincide).cloned().collect());
        }
        if away(right) <= NEAR * right.abs() {
            return Verdict::Right;
        }
        Verdict::Other { sign: Way::of(given) == Way::of(right) }
    }
}

/// Whether two values are one, but for rounding.
pub fn same(a: f64, b: f64) -> bool {
    let size = if a.abs() > b.abs() { a.abs() } else { b.abs() };
    (a - b).abs() <= SAME * size
}

/// The mistakes that can be told from the right answer: finite, another value, each kind once.
fn told_apart(right: f64, all: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = vec![];
    for one in all {
        let again = kept.iter().any(|old| old.mistake == one.mistake && same(old.value, one.value));
        if one.value.is_finite() && !same(one.value, right) && !again {
            kept.push(one);
        }
    }
    kept
}

/// Whether questions are asked, the one that is open, and what was said of the last answer.
#[derive(Debug, Clone, Default)]
pub struct Predict {
    pub on: bool,
    asked: Option<Question>,
    /// Where the cursor of "Activations" goes with the answer, and how many were asked there.
    goes_to: Option<f64>,
    count: usize,
    told: Vec<Say>,
}

impl Predict {
    /// The open question.
    pub fn asked(&self) -> Option<&Question> {
        self.asked.as_ref()
    }

    /// What is said of the last answer.
    pub fn told(&self) -> &[Say] {
        &self.told
    }

    /// Opens a question, if there is one and none is asked for yet. Whether it did.
    pub fn open(&mut self, question: Option<Question>) -> bool {
        if !self.on || self.asked.is_some() || question.is_none() {
            return false;
        }
        self.told.clear();
        self.asked = question;
        true
    }

    /// Opens the next question of "Activations".
    pub fn open_curve(&mut self, curves: &Curves) {
        if self.on {
            let (question, z) = curve::ask(curves, self.count);
            self.count += 1;
            self.told.clear();
            self.asked = Some(question);
            self.goes_to = Some(z);
        }
    }

    /// Where the cursor of "Activations" goes now that its question is answered or left.
    pub fn take_z(&mut self) -> Option<f64> {
        self.goes_to.take()
    }

    /// Takes the question away, and what was said.
    pub fn close(&mut self) {
        self.asked = None;
        self.goes_to = None;
        self.told.clear();
    }

    /// Forgets what was said of the last answer.
    pub fn hush(&mut self) {
        self.told.clear();
    }

    /// Takes an answer to the open question and closes it. Whether one was open.
    ///
    /// # Errors
    /// A value that is not finite, or of another kind than what is asked for.
    pub fn answer(&mut self, answer: Answer) -> Result<bool> {
        let Some(question) = &self.asked else {
            return Ok(false);
        };
        match (question.wanted, answer) {
            (Wanted::Value(_), Answer::Value(value)) if value.is_finite() => {}
            (Wanted::Way(_), Answer::Way(_)) => {}
            (_, Answer::Value(value)) => return Err(Error::not_finite("answer", value)),
            (_, Answer::Way(way)) => {
                return Err(Error::Name {
                    place: "answer".into(),
                    name: way.name().into(),
                    known: "a value".into(),
                });
            }
        }
        self.told = said(question, answer);
        self.asked = None;
        Ok(true)
    }
}

/// What is said of an answer: what was done, then the number.
fn said(question: &Question, answer: Answer) -> Vec<Say> {
    let given = match answer {
        Answer::Value(given) => Num::plain(given),
        Answer::Way(_) => Num::plain(0.0),
    };
    let mut says = match question.judge(answer) {
        Verdict::Right => match answer {
            Answer::Value(_) => vec![Say::new("predict.right").num("given", given)],
            Answer::Way(way) => vec![Say::new(format!("predict.yes.{}", way.name()))],
        },
        Verdict::Mistaken(mistakes) => {
            let several = mistakes.len() > 1;
            let one = |one: Candidate| one.say.num("given", given.clone());
            let mut says: Vec<Say> = mistakes.into_iter().map(one).collect();
            if several {
                says.insert(0, Say::new("predict.either").num("given", given));
            }
            says
        }
        Verdict::Other { sign } => match answer {
            Answer::Value(_) => {
                let key = if sign { "predict.other_sign_right" } else { "predict.other" };
                vec![Say::new(key).num("given", given)]
            }
            Answer::Way(way) => vec![Say::new(format!("predict.no.{}", way.name()))],
        },
    };
    says.push(question.solution.clone());
    says
}
