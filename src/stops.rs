//! Where a click on Step stops: a trace cut into groups of steps that are shown together.

use serde::{Deserialize, Serialize};

use crate::name::Named;
use crate::trace::{Id, Phase, Slot, Trace};

/// How much one click computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopSize {
    /// The first lap's: by unit, the update by layer, and from the second lap on from the loss.
    Lap,
    Number,
    Unit,
    Layer,
    Pass,
    Epoch,
}

impl Named for StopSize {
    fn all() -> impl Iterator<Item = Self> {
        use StopSize::*;
        [Lap, Number, Unit, Layer, Pass, Epoch].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            StopSize::Lap => "lap",
            StopSize::Number => "number",
            StopSize::Unit => "unit",
            StopSize::Layer => "layer",
            StopSize::Pass => "pass",
            StopSize::Epoch => "epoch",
        }
    }
}

/// Steps `first..=last` of a trace, computed by one click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    pub first: Id,
    pub last: Id,
    pub phase: Phase,
}

/// The stops of training step `t`, in order, without its start.
pub fn stops(trace: &Trace, size: StopSize, t: usize, ends_epoch: bool) -> Vec<Stop> {
    let start = start(trace);
    let end = trace.steps().len() as Id - 1;
    if size == StopSize::Epoch {
        let all = Stop { first: start + 1, last: end, phase: Phase::Update };
        return if ends_epoch { vec![all] } else { vec![] };
    }
    let mut stops: Vec<Stop> = Vec::new();
    let mut open: Option<Group> = None;
    for (id, step) in (0..).zip(trace.steps()).skip(start as usize + 1) {
        let group = Group::of(step.slot, size);
        match stops.last_mut() {
            Some(stop) if open == Some(group) => stop.last = id,
            _ => stops.push(Stop { first: id, last: id, phase: step.slot.phase() }),
        }
        let closed = size == StopSize::Number && step.slot.is_stop();
        open = (!closed).then_some(group);
    }
    if size == StopSize::Lap && t > 0 {
        return again(stops);
    }
    stops
}

/// The lap after the first begins with the whole forward pass and its loss in one click.
fn again(stops: Vec<Stop>) -> Vec<Stop> {
    let first = stops.first().map_or(0, |stop| stop.first);
    let mut later = stops.into_iter().filter(|stop| stop.phase >= Phase::Loss);
    let loss = later.next().map(|stop| Stop { first, ..stop });
    loss.into_iter().chain(later).collect()
}

/// The last step that is given, not computed: what is shown before the first click.
pub fn start(trace: &Trace) -> Id {
    let givens = trace.steps().iter().take_while(|step| step.slot.phase() == Phase::Given);
    givens.count() as Id - 1
}

/// What the steps of one stop have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group {
    phase: Phase,
    sample: Option<usize>,
    layer: Option<usize>,
    unit: Option<usize>,
}

impl Group {
    fn of(slot: Slot, size: StopSize) -> Group {
        let phase = slot.phase();
        let whole = Group { phase, sample: None, layer: None, unit: None };
        let layer = Group { sample: slot.sample(), layer: slot.layer(), ..whole };
        match size {
            StopSize::Epoch | StopSize::Pass => whole,
            StopSize::Layer => layer,
            StopSize::Lap if phase == Phase::Update => layer,
            // Number closes each group by itself.
            StopSize::Number => whole,
            StopSize::Lap | StopSize::Unit => Group { unit: slot.unit(), ..layer },
        }
    }
}
