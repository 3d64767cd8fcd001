//! The question before a whole pass back: how many gradients will be 0.

use super::{Candidate, Mistake, Question, Wanted, told_apart};
use crate::lab::Lab;
use crate::say::{Num, Say};
use crate::stops::Stop;
use crate::trace::{Phase, Slot};

/// The question, before a pass back on one sample through a function that may have no slope.
pub fn ask(lab: &Lab, stop: Stop) -> Option<Question> {
    let layers = lab.case().network.layers();
    let flat = layers.iter().any(|l| l.activation.unitwise().is_some_and(|g| g.has_kink()));
    let whole = stop.phase == Phase::Backward && lab.at().id < stop.first;
    if !(flat && whole && lab.case().batch.len() == 1) {
        return None;
    }
    let slots = || lab.trace().steps().iter().map(|step| (step.slot, step.value));
    let of_parameter = |slot: Slot| matches!(slot, Slot::DW { .. } | Slot::DB { .. });
    let gradients: Vec<(Slot, f64)> = slots().filter(|(slot, _)| of_parameter(*slot)).collect();
    let zeros: Vec<Slot> =
        gradients.iter().filter(|(_, value)| *value == 0.0).map(|(slot, _)| *slot).collect();
    let count = |wanted: &dyn Fn(Slot) -> bool| zeros.iter().filter(|&&s| wanted(s)).count() as f64;
    let n = gradients.len();
    let say = |key: &str| Say::new(format!("predict.{key}")).text("n", n);
    let mistaken = |mistake, value, key: &str| Candidate { mistake, value, say: say(key) };
    let value = zeros.len() as f64;
    // A unit without slope has dz = 0.
    let no_slope = |slot: Slot| match (slot, slot.layer(), slot.unit()) {
        (Slot::DW { s, .. } | Slot::DB { s, .. }, Some(l), Some(j)) => {
            lab.trace().value_of(Slot::DZ { s, l, j }) == Some(0.0)
        }
        _ => false,
    };
    let weights = |slot: Slot| matches!(slot, Slot::DW { .. });
    let all = vec![
        mistaken(Mistake::OnlyIncoming, count(&no_slope), "only_incoming"),
        mistaken(Mistake::NoBias, count(&weights), "only_weights"),
        mistaken(
            Mistake::OnlyIncoming,
            count(&|slot| no_slope(slot) && weights(slot)),
            "only_incoming_weights",
        ),
        mistaken(Mistake::Complement, n as f64 - value, "those_that_stay"),
    ];
    Some(Question {
        ask: say("ask.vanish"),
        wanted: Wanted::Value(value),
        solution: say("solution.vanish").num("value", Num::plain(value)),
        candidates: told_apart(value, all),
    })
}
