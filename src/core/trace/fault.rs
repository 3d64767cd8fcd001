//! A training step with one thing wrong in it, as a choice of other operands or another operation
//! at one place: what "Broken backprop" hides. Every number is still its op on its operands.

use std::collections::HashMap;

use super::op::Id;
use super::{Op, Slot, Trace};
use crate::activation::Activation;
use crate::case::Case;
use crate::name::Named;

/// What is done wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// dz is da: g′ is left out.
    NoSlope,
    /// g′ is taken at a, not at z.
    SlopeOfA,
    /// The weights of the layer above are updated before da is computed with them.
    EarlyUpdate,
    /// da is made with W of the layer above where its transpose is due.
    Transposed,
    /// The gradient is added to what the step before has left there.
    NotZeroed,
    /// The bias moves once for each input of its unit.
    BiasPerInput,
    /// Parameters move with their gradient, not against it.
    WrongSign,
}

impl Named for FaultKind {
    fn all() -> impl Iterator<Item = Self> {
        use FaultKind::*;
        [NoSlope, SlopeOfA, EarlyUpdate, Transposed, NotZeroed, BiasPerInput, WrongSign].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            FaultKind::NoSlope => "no_slope",
            FaultKind::SlopeOfA => "slope_of_a",
            FaultKind::EarlyUpdate => "early_update",
            FaultKind::Transposed => "transposed",
            FaultKind::NotZeroed => "not_zeroed",
            FaultKind::BiasPerInput => "bias_per_input",
            FaultKind::WrongSign => "wrong_sign",
        }
    }
}

/// A fault and the layer of the first number that it makes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    pub l: usize,
}

/// The gradients that a training step leaves behind where they are not zeroed, by the slots that
/// the next step begins with.
pub type Left = HashMap<Slot, f64>;

impl Fault {
    /// Whether a step of `case` has a place for it.
    pub fn fits(self, case: &Case) -> bool {
        let layers = case.network.layers();
        let Some(layer) = layers.get(self.l) else {
            return false;
        };
        let above = layers.get(self.l + 1);
        match self.kind {
            FaultKind::NoSlope | FaultKind::SlopeOfA => {
                let short = above.is_none() && case.loss.matches(layer.activation);
                layer.activation.unitwise().is_some() && !short
            }
            FaultKind::EarlyUpdate => above.is_some() && case.batch.len() == 1,
            FaultKind::Transposed => above.is_some_and(|above| above.units() == above.inputs()),
            FaultKind::BiasPerInput => layer.inputs() > 1,
            FaultKind::NotZeroed | FaultKind::WrongSign => true,
        }
    }

    /// What is done for `slot` where a sound step does `sound`; `id` finds earlier steps.
    pub(super) fn instead(self, slot: Slot, sound: Op, id: impl Fn(Slot) -> Option<Id>) -> Op {
        if slot.layer() != Some(self.l) {
            return sound;
        }
        let or_sound = |found: Option<Op>| found.unwrap_or(sound);
        match (self.kind, slot, sound) {
            (FaultKind::NoSlope, Slot::DZ { .. }, Op::Product(da, _)) => Op::Copy(da),
            (FaultKind::SlopeOfA, Slot::Slope { .. }, Op::Slope { g, a, .. }) => {
                Op::Wrong(Wrong::SlopeAt { g, x: a })
            }
            (FaultKind::EarlyUpdate, Slot::BackProduct { l, j, k, .. }, Op::Product(_, dz)) => {
                let updated = id(Slot::NextW { l: l + 1, j: k, i: j });
                or_sound(updated.map(|w| Op::Product(w, dz)))
            }
            (FaultKind::Transposed, Slot::BackProduct { l, j, k, .. }, Op::Product(_, dz)) => {
                let turned = id(Slot::W { l: l + 1, j, i: k });
                or_sound(turned.map(|w| Op::Product(w, dz)))
            }
            (FaultKind::NotZeroed, Slot::DW { l, j, i, .. }, Op::Product(x, y)) => {
                let left = id(Slot::LeftW { l, j, i });
                or_sound(left.map(|left| Op::Wrong(Wrong::AddProduct { left, x, y })))
            }
            (FaultKind::NotZeroed, Slot::DB { l, j, .. }, Op::Copy(x)) => {
                let left = id(Slot::LeftB { l, j });
                or_sound(left.map(|left| Op::Wrong(Wrong::Add { left, x })))
            }
            (
                FaultKind::BiasPerInput,
                Slot::NextB { l, j },
                Op::Update { value, rate, gradient },
            ) => {
                let times = (0..).take_while(|&i| id(Slot::W { l, j, i }).is_some()).count() as u32;
                Op::Wrong(Wrong::Repeated { value, rate, gradient, times })
            }
            (FaultKind::WrongSign, _, Op::Update { value, rate, gradient }) => {
                Op::Wrong(Wrong::Uphill { value, rate, gradient })
            }
            _ => sound,
        }
    }

    /// Whether layer `l` is updated as soon as its own gradients are there.
    pub(super) fn updates_early(self, l: usize) -> bool {
        self.kind == FaultKind::EarlyUpdate && l == self.l + 1
    }

    /// The gradients in which a step begins that follows on `trace`; none where they are zeroed.
    pub fn left_by(self, trace: &Trace) -> Left {
        if self.kind != FaultKind::NotZeroed {
            return Left::new();
        }
        let left = |slot: Slot| match slot {
            Slot::LeftW { l, j, i } => Some((slot, trace.value_of(trace.dw(l, j, i))?)),
            Slot::LeftB { l, j } => Some((slot, trace.value_of(trace.db(l, j))?)),
            _ => None,
        };
        trace.steps().iter().filter_map(|step| left(step.slot)).collect()
    }
}

/// What only a faulty step does with its operands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wrong {
    /// g′(x), whatever x is.
    SlopeAt { g: Activation, x: Id },
    /// left + x · y.
    AddProduct { left: Id, x: Id, y: Id },
    /// left + x.
    Add { left: Id, x: Id },
    /// value − rate · gradient, so many times over.
    Repeated { value: Id, rate: Id, gradient: Id, times: u32 },
    /// value + rate · gradient.
    Uphill { value: Id, rate: Id, gradient: Id },
}

impl Wrong {
    /// The operands, in the order in which the arithmetic shows them.
    pub fn operands(self) -> Vec<Id> {
        match self {
            Wrong::SlopeAt { x, .. } => vec![x],
            Wrong::AddProduct { left, x, y } => vec![left, x, y],
            Wrong::Add { left, x } => vec![left, x],
            Wrong::Repeated { value, rate, gradient, .. }
            | Wrong::Uphill { value, rate, gradient } => vec![value, rate, gradient],
        }
    }

    /// The result, given each operand's value.
    pub fn evaluate(self, v: impl Fn(Id) -> f64) -> f64 {
        match self {
            Wrong::SlopeAt { g, x } => g.slope(v(x)),
            Wrong::AddProduct { left, x, y } => v(left) + v(x) * v(y),
            Wrong::Add { left, x } => v(left) + v(x),
            Wrong::Repeated { value, rate, gradient, times } => {
                (0..times).fold(v(value), |value, _| value - v(rate) * v(gradient))
            }
            Wrong::Uphill { value, rate, gradient } => v(value) + v(rate) * v(gradient),
        }
    }

    /// A number for the kind of operation, after those of [`Op`].
    pub(super) fn tag(self) -> u64 {
        match self {
            Wrong::SlopeAt { .. } => 13,
            Wrong::AddProduct { .. } => 14,
            Wrong::Add { .. } => 15,
            Wrong::Repeated { .. } => 16,
            Wrong::Uphill { .. } => 17,
        }
    }
}
