//! The question before the next stop of a lab.

use super::mistakes::Mistakes;
use super::{Question, Wanted, Way, told_apart, vanish};
use crate::lab::Lab;
use crate::say::{Num, Say};
use crate::stops::{Stop, StopSize};
use crate::trace::{Op, Slot, Trace};

/// The question before the next stop, where that is about one number worth predicting.
pub fn ask(lab: &Lab) -> Option<Question> {
    let (trace, stop) = (lab.trace(), lab.next_stop()?);
    match lab.size() {
        StopSize::Pass => return vanish::ask(lab, stop),
        StopSize::Epoch => return None,
        StopSize::Number | StopSize::Unit | StopSize::Lap | StopSize::Layer => {}
    }
    let slot = subject(lab, trace, stop)?;
    if seen_already(lab, slot) {
        return None;
    }
    question(lab, slot)
}

/// The question about the number in `slot`.
pub fn question(lab: &Lab, slot: Slot) -> Option<Question> {
    let trace = lab.trace();
    let id = trace.find(slot)?;
    let value = trace.value(id);
    if !value.is_finite() {
        return None;
    }
    let symbol = slot.symbol();
    let last = lab.case().network.layers().len() - 1;
    let solution =
        Say::new("predict.solution").text("symbol", &symbol).num("value", Num::plain(value));
    let way = |key: &str, way: Way| Question {
        ask: Say::new(format!("predict.ask.{key}")).text("symbol", &symbol),
        wanted: Wanted::Way(way),
        solution: Say::new(format!("predict.because.{key}"))
            .text("symbol", &symbol)
            .num("value", Num::plain(value)),
        candidates: vec![],
    };
    match slot {
        // ŷ has to go against the sign of its gradient.
        Slot::DZ { l, j, .. } | Slot::DA { l, j, .. } if l == last => {
            let name = crate::number::subscripted("ŷ", j, lab.case().network.last().units());
            let mut asked = way("output", Way::of(-value));
            asked.ask = asked.ask.text("name", &name);
            asked.solution = asked.solution.text("name", name);
            return Some(asked);
        }
        // The first weight's gradient as what it tells.
        Slot::DW { l: 0, j: 0, i: 0, .. } => {
            let mut asked = way("loss", Way::of(value));
            let name = Slot::W { l: 0, j: 0, i: 0 }.symbol();
            asked.ask = asked.ask.text("name", &name);
            asked.solution = asked.solution.text("name", name);
            return Some(asked);
        }
        _ => {}
    }
    let all = Mistakes { case: lab.case(), trace }.of(slot);
    let mean = matches!(slot, Slot::MeanLoss | Slot::MeanDW { .. } | Slot::MeanDB { .. });
    let key = if mean { "predict.ask.mean" } else { "predict.ask.value" };
    Some(Question {
        ask: Say::new(key).text("symbol", symbol).text("n", lab.case().batch.len()),
        wanted: Wanted::Value(value),
        solution,
        candidates: told_apart(value, all),
    })
}

/// What the stop is about: the number that the card will explain, if it is worth asking for.
fn subject(lab: &Lab, trace: &Trace, stop: Stop) -> Option<Slot> {
    let first = if stop.first > lab.at().id { stop.first } else { lab.at().id + 1 };
    let steps = trace.steps().get(first as usize..=stop.last as usize)?;
    let slots = || steps.iter().map(|step| step.slot);
    let last = |wanted: fn(&Slot) -> bool| slots().rev().find(wanted);
    let linear = |slot: &Slot| {
        let op = trace.find(*slot).and_then(|id| trace.get(id)).map(|step| step.op);
        matches!(op, Some(Op::Activate { g, .. }) if g == crate::activation::Activation::Identity)
    };
    let number = lab.size() == StopSize::Number;
    let found = slots()
        .find(|slot| matches!(slot, Slot::NextW { .. } | Slot::NextB { .. }))
        .or_else(|| last(|slot| matches!(slot, Slot::DZ { .. })))
        .or_else(|| {
            last(|slot| matches!(slot, Slot::DA { .. } | Slot::DW { .. } | Slot::DB { .. }))
        })
        .or_else(|| last(|slot| matches!(slot, Slot::MeanDW { .. } | Slot::MeanDB { .. })))
        .or_else(|| last(|slot| matches!(slot, Slot::MeanLoss)))
        .or_else(|| last(|slot| matches!(slot, Slot::Loss { .. })))
        .or_else(|| last(|slot| matches!(slot, Slot::A { .. })))
        .or_else(|| last(|slot| matches!(slot, Slot::Z { .. })))?;
    // A linear unit's a is its z, and its dz its da.
    let repeats = match found {
        Slot::A { .. } => linear(&found),
        Slot::DZ { s, l, j } => {
            linear(&Slot::A { s, l, j }) && trace.find(Slot::DA { s, l, j }).is_some()
        }
        _ => false,
    };
    (!(number && repeats)).then_some(found)
}

/// Whether the page tells the number in `slot` elsewhere: of a step that was visited before its
/// loss, and by laps ŷ too: at the start of the first one, and all through the others.
fn seen_already(lab: &Lab, slot: Slot) -> bool {
    let output = lab.case().network.layers().len() - 1;
    match slot {
        Slot::Loss { .. } | Slot::MeanLoss => {
            lab.visited().len() > lab.at().t + 1 || told_by_lap(lab)
        }
        Slot::A { l, .. } | Slot::Z { l, .. } if l == output => told_by_lap(lab),
        _ => false,
    }
}

fn told_by_lap(lab: &Lab) -> bool {
    lab.size() == StopSize::Lap && (lab.at().t > 0 || lab.stop().is_none())
}
