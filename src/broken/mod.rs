//! The chapter "Broken backprop": a network in training with at most one thing wrong in it, and
//! what gives it away.

mod case;
mod change;
mod evidence;

pub use case::{CASES, Puzzle, puzzle};
pub use change::Change;
pub use evidence::{Clue, Effect, Row, clue, effect, rows, shown_at};

use crate::error::{Error, Result};
use crate::lab::Lab;
use crate::name::Named;
use crate::stops::StopSize;
use crate::trace::FaultKind;

/// As many updates are looked at.
pub const UPDATES: usize = 30;

/// What a learner may say of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is wrong.
    Sound,
    Fault(FaultKind),
}

impl Named for Answer {
    fn all() -> impl Iterator<Item = Self> {
        FaultKind::all().map(Answer::Fault).chain([Answer::Sound])
    }

    fn name(self) -> &'static str {
        match self {
            Answer::Sound => "sound",
            Answer::Fault(kind) => kind.name(),
        }
    }
}

/// A case at hand, and how far the learner has come with it.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Cases of another seed are others, in another order.
    seed: u64,
    /// 0 to [`CASES`] − 1.
    case: usize,
    puzzle: Puzzle,
    /// The case's network in training, with its fault.
    pub lab: Lab,
    /// What the learner takes it to be, and the layer.
    answer: Option<Answer>,
    layer: Option<usize>,
    /// Whether that was put to the test.
    asked: bool,
    /// Whether the learner wanted to be told.
    told: bool,
    /// Whether the last action was about the case and not a step of its network.
    pub news: bool,
}

impl Broken {
    /// Case `case` of `seed`, at its start.
    ///
    /// # Errors
    /// There is no such case.
    pub fn new(seed: u64, case: usize) -> Result<Broken> {
        if case >= CASES {
            let most = CASES - 1;
            return Err(Error::Beyond { place: "case".into(), found: case, most });
        }
        let puzzle = puzzle(seed, case)?;
        let lab = Lab::new(puzzle.setup.clone(), StopSize::Unit)?;
        let nothing = (None, None);
        let (answer, layer) = nothing;
        Ok(Broken {
            seed,
            case,
            puzzle,
            lab,
            answer,
            layer,
            asked: false,
            told: false,
            news: false,
        })
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn case(&self) -> usize {
        self.case
    }

    pub fn puzzle(&self) -> &Puzzle {
        &self.puzzle
    }

    pub fn answer(&self) -> Option<Answer> {
        self.answer
    }

    pub fn layer(&self) -> Option<usize> {
        self.layer
    }

    pub fn asked(&self) -> bool {
        self.asked
    }

    pub fn told(&self) -> bool {
        self.told
    }

    /// Whether there is enough of an answer to put it to the test.
    pub fn can_ask(&self) -> bool {
        match self.answer {
            None => false,
            Some(Answer::Sound) => true,
            Some(Answer::Fault(_)) => self.layer.is_some(),
        }
    }
}
