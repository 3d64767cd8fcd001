//! The card "This step".

use std::collections::BTreeMap;

use serde::Serialize;

use super::inspect;
use crate::app::{Action, NAME};
use crate::explain::{self, Explainer};
use crate::json::{self, Tree};
use crate::lab::Lab;
use crate::say::{Arg, Line, Num, Say, phase_name};
use crate::stops::{self, Stop, StopSize};
use crate::trace::{Id, Op, Phase, Slot, Trace};

/// What was computed last, or what a click has put here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    pub title: Say,
    pub phase: &'static str,
    pub why: Vec<Say>,
    pub lines: Vec<Line>,
    /// How many lines there are besides those given.
    pub more: usize,
    /// The step that the tabs speak of.
    pub shown: Id,
    /// The steps whose arithmetic stands first.
    pub first: Vec<Id>,
    pub way_back: bool,
    /// Where the step is something given: the action that sets it, with its value now.
    pub edit: Option<Tree>,
    /// Whether the step is a gradient, to be checked.
    pub gradient: bool,
    /// Whether the loss can be watched while what the step is about is nudged.
    pub nudgeable: bool,
}

/// The most lines in the card.
const MOST_LINES: usize = 12;

/// The card of the lab at hand.
pub fn card(lab: &Lab, explainer: Explainer) -> Card {
    match (lab.shown(), lab.stop()) {
        (Some(id), _) => one(lab, explainer, id),
        (None, Some(stop)) => group(lab, explainer, stop),
        (None, None) => nothing_yet(lab),
    }
}

fn base(lab: &Lab, shown: Id) -> Card {
    let slot = lab.trace().get(shown).map_or(Slot::Rate, |step| step.slot);
    let (gradient, nudgeable) = inspect::tabs(lab, slot);
    Card {
        title: Say::new("title.start"),
        phase: phase_name(slot.phase()),
        why: vec![],
        lines: vec![],
        more: 0,
        shown,
        first: vec![shown],
        way_back: lab.shown().is_some(),
        edit: edit(lab, slot, lab.trace().value(shown)).map(|edit| json::named(NAME, &edit)),
        gradient,
        nudgeable,
    }
}

/// The action that sets what is given in `slot`.
fn edit(lab: &Lab, slot: Slot, value: f64) -> Option<Action> {
    Some(match slot {
        Slot::W { l, j, i } => Action::Weight { layer: l, unit: j, from: i, value, given: true },
        Slot::B { l, j } => Action::Bias { layer: l, unit: j, value, given: true },
        Slot::X { s, i } => Action::Input { sample: lab.sample(s), unit: i, value },
        Slot::Y { s, j } => Action::Target { sample: lab.sample(s), unit: j, value },
        Slot::Alpha { l } => Action::Alpha { layer: Some(l), value, given: true },
        Slot::Rate => Action::Rate { value },
        _ => return None,
    })
}

fn nothing_yet(lab: &Lab) -> Card {
    let why = vec![Say::new("why.start")];
    Card { why, edit: None, nudgeable: false, ..base(lab, stops::start(lab.trace())) }
}

fn one(lab: &Lab, explainer: Explainer, id: Id) -> Card {
    Card {
        title: explainer.title(id),
        why: explainer.why(id),
        lines: lines(lab.trace(), explainer, &[id]),
        ..base(lab, id)
    }
}

/// A stop: the step it is about, and the others computed with it. While a unit or a number is
/// walked through, its card stays on what has been computed so far.
fn group(lab: &Lab, explainer: Explainer, stop: Stop) -> Card {
    let last = if lab.at().id < stop.last { lab.at().id } else { stop.last };
    let ids: Vec<Id> = (stop.first..=last).filter(|&id| is_line(lab, id)).collect();
    let headline = headline(lab.trace(), &ids).unwrap_or(last);
    if matches!(lab.size(), StopSize::Number) || ids.len() < 2 {
        return one(lab, explainer, last);
    }
    let slot = lab.trace().get(headline).map_or(Slot::Rate, |step| step.slot);
    let title = match lab.size() {
        StopSize::Unit | StopSize::Lap if slot.phase() != Phase::Update => {
            explainer.title(headline)
        }
        StopSize::Unit => explain::with_indices(Say::new("title.unit.update"), slot),
        StopSize::Layer | StopSize::Lap => {
            let phase = phase_name(slot.phase());
            explain::with_indices(Say::new(format!("title.layer.{phase}")), slot)
        }
        _ => Say::new(format!("title.pass.{}", phase_name(slot.phase()))),
    };
    let shown: Vec<Id> = ids.iter().copied().take(MOST_LINES).collect();
    let by_unit = matches!(lab.size(), StopSize::Unit | StopSize::Lap);
    let mut why = explainer.why(headline);
    why.extend(gradients(lab.trace(), &ids).filter(|_| by_unit));
    why.extend(moves(lab, &ids).filter(|_| matches!(lab.size(), StopSize::Lap | StopSize::Layer)));
    let sum = match slot {
        Slot::A { s, l, j } if by_unit => lab.trace().find(Slot::Z { s, l, j }),
        _ => None,
    };
    Card {
        title,
        why,
        lines: lines(lab.trace(), explainer, &shown),
        more: ids.len() - shown.len(),
        first: sum.into_iter().chain([headline]).collect(),
        ..base(lab, headline)
    }
}

/// The gradients of a unit's weights and bias, in a sentence, where a stop has them.
fn gradients(trace: &Trace, ids: &[Id]) -> Option<Say> {
    let slot = |id: Id| trace.get(id).map(|step| step.slot);
    let num = |id: Id| Num::of(trace, id);
    let weights = ids.iter().filter(|&&id| matches!(slot(id), Some(Slot::DW { .. })));
    let bias = ids.iter().find(|&&id| matches!(slot(id), Some(Slot::DB { .. })))?;
    let mut say = Say::new("why.gradients").num("bias", num(*bias));
    say.args.insert("weights".into(), Arg::List(weights.map(|&id| num(id)).collect()));
    Some(say)
}

/// Of a layer's update: the units whose weights move most and least, in a sentence; and why, if
/// on the way back the slope of the one let less through.
fn moves(lab: &Lab, ids: &[Id]) -> Option<Say> {
    let trace = lab.trace();
    let mut largest: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for step in ids.iter().filter_map(|&id| trace.get(id)) {
        if let (Slot::NextW { l, j, .. }, Op::Update { rate, gradient, .. }) = (step.slot, step.op)
        {
            let change = -trace.value(rate) * trace.value(gradient);
            let known = largest.entry((l, j)).or_insert(change);
            if change.abs() > known.abs() {
                *known = change;
            }
        }
    }
    let by_size = |a: &(_, &f64), b: &(_, &f64)| a.1.abs().total_cmp(&b.1.abs());
    let (&(l, least), &small) = largest.iter().min_by(by_size)?;
    let (&(_, most), &large) = largest.iter().max_by(by_size)?;
    if small.abs() == large.abs() || !large.is_finite() {
        return None;
    }
    let slope = |j| {
        let single = lab.case().batch.len() == 1;
        trace.find(Slot::Slope { s: 0, l, j }).filter(|_| single)
    };
    let say = match (slope(least), slope(most)) {
        (Some(less), Some(more)) if trace.value(less).abs() < trace.value(more).abs() => {
            Say::new("why.moves.slope").num("slope", Num::of(trace, less))
        }
        _ => Say::new("why.moves"),
    };
    Some(
        say.text("most", most + 1)
            .text("least", least + 1)
            .num("large", Num::plain(large))
            .num("small", Num::plain(small)),
    )
}

/// Whether a step of a stop has a line of its own in the card: for larger stops only the numbers
/// that the layer hands on.
fn is_line(lab: &Lab, id: Id) -> bool {
    let Some(slot) = lab.trace().get(id).map(|step| step.slot) else {
        return false;
    };
    match lab.size() {
        StopSize::Number | StopSize::Unit | StopSize::Lap => slot.is_stop(),
        StopSize::Layer | StopSize::Pass | StopSize::Epoch => {
            matches!(slot, Slot::A { .. } | Slot::Loss { .. } | Slot::MeanLoss | Slot::DZ { .. })
                || slot.phase() == Phase::Update
        }
    }
}

/// The step that a group is about: the activation, the loss, dz, or the first new parameter.
fn headline(trace: &Trace, ids: &[Id]) -> Option<Id> {
    let is = |test: fn(Slot) -> bool| move |id: &&Id| trace.get(**id).is_some_and(|s| test(s.slot));
    let last = |test| ids.iter().rev().find(is(test));
    ids.iter()
        .find(is(|slot| slot.phase() == Phase::Update))
        .or_else(|| last(|slot| matches!(slot, Slot::DZ { .. })))
        .or_else(|| last(|slot| slot.phase() == Phase::Loss))
        .or_else(|| last(|slot| matches!(slot, Slot::A { .. })))
        .or_else(|| ids.last())
        .copied()
}

fn lines(trace: &Trace, explainer: Explainer, ids: &[Id]) -> Vec<Line> {
    let with_slope = ids.iter().flat_map(|&id| slope_before(trace, id).into_iter().chain([id]));
    with_slope.map(|id| explainer.line(id)).collect()
}

/// g′ that a dz was made with: its arithmetic is shown before it is used.
fn slope_before(trace: &Trace, id: Id) -> Option<Id> {
    let step = trace.get(id)?;
    let (Slot::DZ { s, l, j }, Op::Product(..)) = (step.slot, step.op) else {
        return None;
    };
    trace.find(Slot::Slope { s, l, j })
}
