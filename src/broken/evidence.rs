//! What gives a fault away: each gradient beside the loss's own slope, each update beside its
//! gradient, and what a supposed fault would make of the numbers at hand.

use super::UPDATES;
use crate::check::{self, Check, Verdict};
use crate::error::Result;
use crate::lab::{Lab, Position};
use crate::trace::{Fault, FaultKind, Left, Op, Slot, Step, Trace};

/// A parameter in a training step, and the two checks on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// W or b.
    pub parameter: Slot,
    /// The gradient as computed, and the central difference of the loss.
    pub check: Check,
    /// (old − new) ∕ η.
    pub step: f64,
    /// In how many digits that and the gradient agree.
    pub digits: u32,
    /// Whether they do, but for rounding.
    pub moved_by_gradient: bool,
}

impl Row {
    /// Whether the gradient is not the slope of the loss, with nothing to excuse it.
    pub fn gradient_differs(&self) -> bool {
        self.check.verdict == Verdict::Differs
    }
}

/// The checks on every parameter in the training step of `lab`, layer by layer.
pub fn rows(lab: &Lab) -> Vec<Row> {
    let slots = lab.trace().steps().iter().map(|step| step.slot);
    let parameters = slots.filter(|slot| matches!(slot, Slot::W { .. } | Slot::B { .. }));
    parameters.filter_map(|slot| row(lab, slot)).collect()
}

fn row(lab: &Lab, parameter: Slot) -> Option<Row> {
    let trace = lab.trace();
    let check = check::check(trace, check::subject(trace, parameter)?)?;
    let next = match parameter {
        Slot::W { l, j, i } => Slot::NextW { l, j, i },
        Slot::B { l, j } => Slot::NextB { l, j },
        _ => return None,
    };
    let (old, new) = (trace.value_of(parameter)?, trace.value_of(next)?);
    let step = (old - new) / lab.setup().rate;
    let digits = check::agreement(step, check.analytic);
    // Old and new have 16 digits each; their difference has lost as many as they are larger.
    let rounding = 2.0 * f64::EPSILON * (old.abs() + new.abs()) / lab.setup().rate.abs();
    let moved_by_gradient = digits >= check::DIGITS || (step - check.analytic).abs() <= rounding;
    Some(Row { parameter, check, step, digits, moved_by_gradient })
}

/// The first sign that something is wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clue {
    /// The training step.
    pub t: usize,
    pub row: Row,
    /// Of a wrong gradient; else of a wrong update.
    pub gradient: bool,
}

/// The first training step in which a check fails, and the parameter nearest to the output for
/// which it does: what is wrong with a gradient is wrong in all layers below as well.
///
/// # Errors
/// None that a user can cause.
pub fn clue(lab: &Lab) -> Result<Option<Clue>> {
    let mut lab = lab.clone();
    for t in 0..UPDATES {
        lab.go(Position { t, id: 0 })?;
        let rows = rows(&lab);
        let nearest = |fails: fn(&Row) -> bool| {
            let last =
                rows.iter().filter(|row| fails(row)).map(|row| row.parameter.layer()).max()?;
            rows.iter().find(|row| fails(row) && row.parameter.layer() == last).copied()
        };
        if let Some(row) = nearest(Row::gradient_differs) {
            return Ok(Some(Clue { t, row, gradient: true }));
        }
        if let Some(row) = nearest(|row| !row.moved_by_gradient) {
            return Ok(Some(Clue { t, row, gradient: false }));
        }
    }
    Ok(None)
}

/// What a supposed fault would do to the number that it changes most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    pub t: usize,
    pub slot: Slot,
    /// The number as it is in the run.
    pub is: f64,
    /// What a sound step makes of the same operands.
    pub right: f64,
    /// What the fault would make of them.
    pub would: f64,
}

/// What `fault` would change in the run of `lab`; `None` where that is nothing.
///
/// # Errors
/// None that a user can cause.
pub fn effect(lab: &Lab, fault: Fault) -> Result<Option<Effect>> {
    let mut lab = lab.clone();
    // What is not zeroed is 0 at first.
    let t = usize::from(fault.kind == FaultKind::NotZeroed);
    lab.go(Position { t: 0, id: 0 })?;
    let left = left_by(fault, lab.trace());
    lab.go(Position { t, id: 0 })?;
    if !fault.fits(lab.case()) {
        return Ok(None);
    }
    let here = lab.trace();
    let sound = Trace::record(lab.case())?;
    let faulty = Trace::record_with(lab.case(), fault, &left)?;
    // The op of another trace on the numbers of this one, by their names.
    let with = |trace: &Trace, op: Op| {
        op.evaluate(|id| {
            let slot = trace.get(id).map(|step| step.slot);
            slot.and_then(|slot| here.value_of(slot)).unwrap_or_else(|| trace.value(id))
        })
    };
    let effect = |step: &Step| {
        let right = sound.get(sound.find(step.slot)?)?.op;
        let (right, would) = (with(&sound, right), with(&faulty, step.op));
        let is = here.value_of(step.slot)?;
        (right != would).then_some(Effect { t, slot: step.slot, is, right, would })
    };
    let size = |effect: &Effect| (effect.would - effect.right).abs();
    let computed = faulty.steps().iter().filter(|step| step.op != Op::Given);
    Ok(computed.filter_map(effect).max_by(|a, b| size(a).total_cmp(&size(b))))
}

/// The gradients of `trace`, as `fault` would find them left in the next step.
fn left_by(fault: Fault, trace: &Trace) -> Left {
    let left = |slot: Slot| match slot {
        Slot::W { l, j, i } => Some((Slot::LeftW { l, j, i }, trace.value_of(trace.dw(l, j, i))?)),
        Slot::B { l, j } => Some((Slot::LeftB { l, j }, trace.value_of(trace.db(l, j))?)),
        _ => None,
    };
    let all = trace.steps().iter().filter(|step| step.slot.layer() == Some(fault.l));
    all.filter_map(|step| left(step.slot)).collect()
}

/// The number whose card shows how the one in `slot` is made: a term is shown in its sum, a slope
/// where it is used.
pub fn shown_at(slot: Slot) -> Slot {
    match slot {
        Slot::BackProduct { s, l, j, .. } => Slot::DA { s, l, j },
        Slot::Slope { s, l, j } => Slot::DZ { s, l, j },
        other => other,
    }
}
