//! Every number of one training step, in the order in which it is computed.

mod fault;
mod op;
mod record;
mod slot;

use std::collections::HashMap;

pub use fault::{Fault, FaultKind, Left, Wrong};
pub use op::{Id, Op, Run};
pub use slot::{Phase, Slot};

use crate::case::Case;
use crate::error::Result;

/// One number: what it is, how it was made, and its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub slot: Slot,
    pub op: Op,
    pub value: f64,
}

/// All numbers of one training step on a batch, each made of earlier ones.
#[derive(Debug, Clone)]
pub struct Trace {
    steps: Vec<Step>,
    ids: HashMap<Slot, Id>,
    batch: usize,
}

/// The most steps that are recorded.
pub const LIMIT: usize = 200_000;

impl Trace {
    /// Records forward, loss, backward and update of `case`: on the whole batch each.
    ///
    /// # Errors
    /// More than [`LIMIT`] steps.
    pub fn record(case: &Case) -> Result<Trace> {
        record::record(case, None, &Left::new())
    }

    /// Records the same with `fault` in it, where `case` has a place for it; `left` is what the
    /// training step before has left, see [`Fault::left_by`].
    ///
    /// # Errors
    /// More than [`LIMIT`] steps.
    pub fn record_with(case: &Case, fault: Fault, left: &Left) -> Result<Trace> {
        record::record(case, Some(fault), left)
    }

    /// How many steps the trace of `case` has or would have.
    pub fn count(case: &Case) -> u64 {
        record::count(case)
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step `id`, if there is one.
    pub fn get(&self, id: Id) -> Option<&Step> {
        self.steps.get(id as usize)
    }

    /// The step that fills `slot`.
    pub fn find(&self, slot: Slot) -> Option<Id> {
        self.ids.get(&slot).copied()
    }

    /// The number in `slot`.
    pub fn value_of(&self, slot: Slot) -> Option<f64> {
        self.find(slot).map(|id| self.value(id))
    }

    /// The number that step `id` made; NaN outside of the trace.
    pub fn value(&self, id: Id) -> f64 {
        self.get(id).map_or(f64::NAN, |step| step.value)
    }

    /// Samples in the batch.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// The slot of the cost: the mean over the batch, or the loss of the only sample.
    pub fn cost(&self) -> Slot {
        if self.batch > 1 { Slot::MeanLoss } else { Slot::Loss { s: 0 } }
    }

    /// The slot of the cost's gradient with respect to W_{j,i}.
    pub fn dw(&self, l: usize, j: usize, i: usize) -> Slot {
        if self.batch > 1 { Slot::MeanDW { l, j, i } } else { Slot::DW { s: 0, l, j, i } }
    }

    /// The slot of the cost's gradient with respect to b_j.
    pub fn db(&self, l: usize, j: usize) -> Slot {
        if self.batch > 1 { Slot::MeanDB { l, j } } else { Slot::DB { s: 0, l, j } }
    }

    /// The slot of the cost's gradient with respect to a learned α.
    pub fn dalpha(&self, l: usize) -> Slot {
        if self.batch > 1 { Slot::MeanDAlpha { l } } else { Slot::DAlpha { s: 0, l } }
    }

    /// The number in `target` if step `id` had `value` instead of its own: what follows from it is
    /// computed again, the rest stays. NaN for a slot that the trace does not have.
    pub fn with(&self, id: Id, value: f64, target: Slot) -> f64 {
        let Some(end) = self.find(target) else {
            return f64::NAN;
        };
        if end < id {
            return self.value(end);
        }
        self.values_with(id, value, end).last().copied().unwrap_or(f64::NAN)
    }

    /// The values of all steps up to `end`, if step `id` had `value` instead of its own.
    pub fn values_with(&self, id: Id, value: f64, end: Id) -> Vec<f64> {
        let shown = &self.steps[..self.steps.len().min(end as usize + 1)];
        let mut values: Vec<f64> = shown.iter().map(|step| step.value).collect();
        if let Some(changed) = values.get_mut(id as usize) {
            *changed = value;
        }
        for (later, step) in shown.iter().enumerate().skip(id as usize + 1) {
            if step.op != Op::Given {
                values[later] = step.op.evaluate(|operand| values[operand as usize]);
            }
        }
        values
    }

    /// A digest of slots, ops, operands and bits: equal for equal traces on every platform.
    pub fn digest(&self) -> u64 {
        let words = self.steps.iter().flat_map(|step| {
            let value = if step.value.is_nan() { f64::NAN } else { step.value };
            let mut words = step.slot.words().to_vec();
            words.push(step.op.tag());
            words.extend(step.op.operands().into_iter().map(u64::from));
            words.push(value.to_bits());
            words
        });
        fnv(words)
    }
}

/// FNV-1a over the bytes of `words`.
pub fn fnv(words: impl Iterator<Item = u64>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let bytes = words.flat_map(u64::to_le_bytes);
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}
