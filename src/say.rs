//! What is said to the learner, as data: sentences, numbers, formulas and arithmetic. The words
//! themselves live in `www/words/`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::number;
use crate::trace::{Id, Phase, Slot, Trace};

/// A sentence: the key of its words and what stands in their gaps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Say {
    pub key: String,
    pub args: BTreeMap<String, Arg>,
}

/// What stands in a gap of a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    Text(String),
    Num(Num),
    Say(Say),
    List(Vec<Num>),
}

impl Say {
    pub fn new(key: impl Into<String>) -> Say {
        Say { key: key.into(), args: BTreeMap::new() }
    }

    pub fn text(mut self, name: &'static str, text: impl ToString) -> Say {
        self.args.insert(name.into(), Arg::Text(text.to_string()));
        self
    }

    pub fn num(mut self, name: &'static str, num: Num) -> Say {
        self.args.insert(name.into(), Arg::Num(num));
        self
    }

    pub fn say(mut self, name: &'static str, say: Say) -> Say {
        self.args.insert(name.into(), Arg::Say(say));
        self
    }
}

/// A number as it is shown, with the step that made it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Num {
    pub id: Option<Id>,
    /// What it is, as a symbol; empty where no step made it.
    pub name: String,
    pub text: String,
    /// All 17 digits.
    pub exact: String,
    /// Whether the digits shown are not the value.
    pub approx: bool,
    pub phase: &'static str,
}

impl Num {
    /// A number that no step made.
    pub fn plain(value: f64) -> Num {
        Num {
            id: None,
            name: String::new(),
            text: number::short(value),
            exact: number::exact(value),
            approx: !number::is_exact(value),
            phase: phase_name(Phase::Given),
        }
    }

    /// The same with six decimals, where small differences count.
    pub fn fine(value: f64) -> Num {
        Num { text: number::fine(value), ..Num::plain(value) }
    }

    /// The same with `more` digits after the point than usual.
    pub fn finer(self, value: f64, more: usize) -> Num {
        let approx = !number::is_exact_with(value, more);
        Num { text: number::finer(value, more), approx, ..self }
    }

    /// The number of step `id`.
    pub fn of(trace: &Trace, id: Id) -> Num {
        let slot = trace.get(id).map(|step| step.slot);
        let phase = phase_name(slot.map_or(Phase::Given, Slot::phase));
        let name = slot.map(Slot::symbol).unwrap_or_default();
        Num { id: Some(id), name, phase, ..Num::plain(trace.value(id)) }
    }
}

/// The name of a pass on the wire.
pub fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Given => "given",
        Phase::Forward => "forward",
        Phase::Loss => "loss",
        Phase::Backward => "backward",
        Phase::Update => "update",
    }
}

/// A formula by key, with what its placeholders stand for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Formula {
    pub key: String,
    pub at: BTreeMap<&'static str, String>,
}

impl Formula {
    pub fn new(key: impl Into<String>) -> Formula {
        Formula { key: key.into(), at: BTreeMap::new() }
    }
}

/// A piece of arithmetic: a sign or a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Op(&'static str),
    Num(Num),
}

/// A step as formula and arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub id: Id,
    pub formula: Option<Formula>,
    pub parts: Vec<Part>,
}
