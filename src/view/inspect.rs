//! The card's tabs "Nudge it" and "Check": the loss itself as witness for a gradient.

use serde::Serialize;

use super::card;
use crate::check::{self, Verdict};
use crate::explain::Explainer;
use crate::lab::Lab;
use crate::say::{Num, Say};
use crate::script;
use crate::trace::{Phase, Slot};

/// What a tab shows: labelled numbers and what they mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Inspection {
    lines: Vec<Labelled>,
    why: Vec<Say>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Labelled {
    label: Say,
    num: Num,
}

fn labelled(key: &str, value: f64) -> Labelled {
    Labelled { label: Say::new(key), num: Num::fine(value) }
}

/// The number that the card is about.
fn shown(lab: &Lab) -> Option<Slot> {
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    Some(lab.trace().get(card::card(lab, explainer).shown)?.slot)
}

/// What may be nudged for the number in the card.
fn subject(lab: &Lab) -> Option<check::Subject> {
    check::subject(lab.trace(), shown(lab)?)
}

/// What is nudged, in words.
fn name(lab: &Lab, slot: Slot) -> Say {
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    lab.trace().find(slot).map_or(Say::new("title.start"), |id| explainer.title(id))
}

/// In place of both while a question is open: they would give it away.
pub fn closed() -> Inspection {
    Inspection { why: vec![Say::new("predict.closed")], ..Inspection::default() }
}

/// The loss with the number in the card `epsilon` smaller and larger.
pub fn nudge(lab: &Lab, epsilon: f64) -> Inspection {
    let Some(subject) = subject(lab).filter(|_| epsilon.is_finite() && epsilon > 0.0) else {
        return Inspection { why: vec![Say::new("inspect.nothing")], ..Inspection::default() };
    };
    let nudge = check::nudge(lab.trace(), subject, epsilon);
    let mut lines = vec![
        labelled("inspect.value", nudge.value),
        labelled("inspect.loss_minus", nudge.minus),
        labelled("inspect.loss_here", nudge.here),
        labelled("inspect.loss_plus", nudge.plus),
        labelled("inspect.change_down", nudge.change_down),
        labelled("inspect.change_up", nudge.change_up),
    ];
    lines.extend(nudge.gradient.map(|gradient| labelled("inspect.gradient", gradient)));
    let checked = check::check(lab.trace(), subject);
    let key = match nudge.gradient {
        None => "inspect.no_gradient",
        _ if checked.is_some_and(|check| check.verdict == Verdict::Differs) => {
            "inspect.nudge_against"
        }
        Some(0.0) => "inspect.nudge_flat",
        Some(g) if g > 0.0 => "inspect.nudge_rises",
        Some(_) => "inspect.nudge_falls",
    };
    let why = Say::new(key).say("what", name(lab, subject.variable));
    Inspection { lines, why: vec![why] }
}

/// The gradient in the card beside a central difference.
pub fn check(lab: &Lab) -> Inspection {
    let found =
        subject(lab).and_then(|subject| Some((subject, check::check(lab.trace(), subject)?)));
    let Some((subject, check)) = found else {
        return Inspection { why: vec![Say::new("inspect.nothing")], ..Inspection::default() };
    };
    let key = match check.verdict {
        Verdict::Agrees => "inspect.agrees",
        Verdict::Kink => "inspect.kink",
        Verdict::Cancellation => "inspect.cancellation",
        Verdict::Differs => "inspect.differs",
        Verdict::NotFinite => "inspect.not_finite",
    };
    let why = Say::new(key).text("digits", check.digits).say("what", name(lab, subject.variable));
    let lines = vec![
        labelled("inspect.analytic", check.analytic),
        labelled("inspect.numeric", check.numeric),
        labelled("inspect.epsilon", check.epsilon),
    ];
    Inspection { lines, why: vec![why] }
}

/// The script of the tab "Code", with the line to point at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Code {
    text: String,
    line: Option<usize>,
}

/// The PyTorch script of the case at hand, and its line that computes the number in the card.
pub fn code(lab: &Lab) -> Code {
    let script = script::script(lab.case());
    let line = shown(lab).and_then(|slot| script.line_of(slot));
    Code { text: script.text, line }
}

/// Whether the number in a card is a gradient, and whether its subject can be nudged.
pub(super) fn tabs(lab: &Lab, slot: Slot) -> (bool, bool) {
    let subject = check::subject(lab.trace(), slot);
    let computed = slot.phase() >= Phase::Backward;
    (subject.is_some_and(|s| s.gradient.is_some()) && computed, subject.is_some())
}
