//! A network on the bench: its setup, where in its training the learner stands, and the way back.

mod dead;
mod file;
mod setup;

pub use setup::Setup;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::network::Network;
use crate::stops::{self, Stop, StopSize};
use crate::trace::{Id, Left, Slot, Trace};

/// Training step t, and the last step of its trace that has been computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub t: usize,
    pub id: Id,
}

/// Parameters are kept at the start of every so many training steps; those between are computed
/// again when needed, to the same bits.
const KEPT_EVERY: usize = 16;
/// The farthest training step that a link or a file may name.
const FARTHEST: usize = 10_000;
/// The most edits that can be taken back.
const UNDOS: usize = 200;

/// A setup and a position in its training.
#[derive(Debug, Clone)]
pub struct Lab {
    setup: Setup,
    at: Position,
    size: StopSize,
    case: Case,
    trace: Trace,
    /// What t = 0, [`KEPT_EVERY`], 2·[`KEPT_EVERY`], … start from.
    kept: Vec<Start>,
    /// Which units are dead in the training step at hand, layer by layer.
    dead: Vec<Vec<bool>>,
    visited: Vec<Visit>,
    /// Steps put into the card by a click, the newest last.
    shown: Vec<Id>,
    undo: Vec<Edit>,
    /// Where the learner was done with hearing that the run has diverged.
    heard: Option<Position>,
}

/// What came out of a training step that was visited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    pub cost: f64,
    /// ŷ₁ of the batch's first sample.
    pub output: f64,
}

/// What a training step starts from.
#[derive(Debug, Clone)]
struct Start {
    network: Network,
    /// Gradients that were not zeroed; empty but for that fault.
    left: Left,
}

#[derive(Debug, Clone)]
struct Edit {
    /// Neighbours of one kind count as one; without a kind it stands alone.
    kind: Option<String>,
    setup: Setup,
    at: Position,
}

impl Lab {
    /// A lab at the start of `setup`.
    ///
    /// # Errors
    /// A setup whose parts don't fit, or a trace too long to record.
    pub fn new(setup: Setup, size: StopSize) -> Result<Lab> {
        setup.check()?;
        let case = setup.case(setup.network.clone(), 0)?;
        let start = Start { network: setup.network.clone(), left: Left::new() };
        let trace = recorded(&setup, &case, &start.left)?;
        let at = Position { t: 0, id: stops::start(&trace) };
        let mut lab = Lab {
            dead: dead::dead(&setup.network, &setup.samples),
            kept: vec![start],
            visited: vec![],
            shown: vec![],
            undo: vec![],
            heard: None,
            setup,
            at,
            size,
            case,
            trace,
        };
        lab.note_visit();
        Ok(lab)
    }

    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    pub fn at(&self) -> Position {
        self.at
    }

    pub fn size(&self) -> StopSize {
        self.size
    }

    /// The case of the training step at hand.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The trace of the training step at hand, computed or not.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The training steps visited so far, from t = 0 on.
    pub fn visited(&self) -> &[Visit] {
        &self.visited
    }

    /// The number in `slot` and its id, if it has been computed.
    pub fn computed(&self, slot: Slot) -> Option<(Id, f64)> {
        let id = self.trace.find(slot)?;
        (id <= self.at.id).then(|| (id, self.trace.value(id)))
    }

    /// Whether each unit, layer by layer, is dead: inactive for every sample of the data, so that
    /// nothing passes back through it.
    pub fn dead(&self) -> &[Vec<bool>] {
        &self.dead
    }

    /// Training steps in an epoch.
    pub fn batches(&self) -> usize {
        self.setup.samples.len().div_ceil(self.setup.batch)
    }

    /// Which of the samples is number `s` of the batch at hand.
    pub fn sample(&self, s: usize) -> usize {
        (self.setup.batch_start(self.at.t) + s) % self.setup.samples.len()
    }

    /// The stops of the training step at hand.
    pub fn stops(&self) -> Vec<Stop> {
        self.stops_of(&self.trace, self.at.t)
    }

    fn stops_of(&self, trace: &Trace, t: usize) -> Vec<Stop> {
        stops::stops(trace, self.size, t, (t + 1).is_multiple_of(self.batches()))
    }

    /// The stop at or around the position; `None` at the start of the training step.
    pub fn stop(&self) -> Option<Stop> {
        self.stops().into_iter().find(|stop| stop.first <= self.at.id && self.at.id <= stop.last)
    }

    /// The stop to which the next Step leads, if that is in this training step.
    pub fn next_stop(&self) -> Option<Stop> {
        self.stops().into_iter().find(|stop| stop.last > self.at.id).filter(|_| self.can_step())
    }

    /// The first step computed so far that is not finite: the run has diverged.
    pub fn diverged(&self) -> Option<Id> {
        let steps = self.trace.steps().iter().take(self.at.id as usize + 1);
        steps.into_iter().position(|step| !step.value.is_finite()).map(|id| id as Id)
    }

    /// The same while it is still to be said.
    pub fn alert(&self) -> Option<Id> {
        self.diverged().filter(|_| self.heard != Some(self.at))
    }

    /// Nothing more is to be said of it here.
    pub fn dismiss(&mut self) {
        self.heard = Some(self.at);
    }

    pub fn can_step(&self) -> bool {
        self.diverged().is_none()
    }

    pub fn can_back(&self) -> bool {
        self.at.t > 0 || self.at.id > stops::start(&self.trace)
    }

    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// To the next stop, in a later training step if this one has no more.
    pub fn step(&mut self) -> Result<()> {
        if !self.can_step() {
            return Ok(());
        }
        self.shown.clear();
        let mut next = self.stops().into_iter().find(|stop| stop.last > self.at.id);
        let last = self.at.t + self.batches();
        while next.is_none() && self.at.t < last {
            let end = self.trace.steps().len() as Id - 1;
            self.at.id = end;
            if self.diverged().is_some() {
                return Ok(());
            }
            self.load(self.at.t + 1)?;
            self.at.id = stops::start(&self.trace);
            next = self.stops().first().copied();
        }
        if let Some(stop) = next {
            self.at.id = stop.last;
        }
        Ok(())
    }

    /// To the stop before, in an earlier training step if this is the first one.
    pub fn back(&mut self) -> Result<()> {
        self.shown.clear();
        let before = |stops: Vec<Stop>, id: Id| stops.into_iter().rev().find(|s| s.last < id);
        let mut found = before(self.stops(), self.at.id);
        while found.is_none() && self.at.t > 0 {
            self.load(self.at.t - 1)?;
            found = before(self.stops(), Id::MAX);
        }
        self.at.id = found.map_or(stops::start(&self.trace), |stop| stop.last);
        Ok(())
    }

    /// To the start of the training step at hand.
    pub fn home(&mut self) {
        self.shown.clear();
        self.at.id = stops::start(&self.trace);
    }

    /// To the start of the setup.
    pub fn reset(&mut self) -> Result<()> {
        self.go(Position { t: 0, id: 0 })
    }

    /// To the end of the training step at hand.
    pub fn end(&mut self) {
        self.shown.clear();
        let end = self.stops().last().map_or(self.at.id, |stop| stop.last);
        self.at.id = self.diverged_before(end).unwrap_or(end);
    }

    /// To stop `n` of the training step at hand; 0 is its start.
    ///
    /// # Errors
    /// There is no such stop.
    pub fn seek(&mut self, n: usize) -> Result<()> {
        let stops = self.stops();
        let id = match n.checked_sub(1) {
            None => stops::start(&self.trace),
            Some(index) => {
                let beyond = || Error::Beyond { place: "stop".into(), found: n, most: stops.len() };
                stops.get(index).ok_or_else(beyond)?.last
            }
        };
        self.shown.clear();
        self.at.id = self.diverged_before(id).unwrap_or(id);
        Ok(())
    }

    /// The stop at which a walk to `id` ends because a number is not finite.
    fn diverged_before(&self, id: Id) -> Option<Id> {
        let steps = self.trace.steps().iter().take(id as usize + 1);
        let bad = steps.into_iter().position(|step| !step.value.is_finite())? as Id;
        self.stops().into_iter().find(|stop| stop.last >= bad).map(|stop| stop.last)
    }

    /// To a position, whichever way.
    ///
    /// # Errors
    /// A training step too far away or a step beyond the end of its trace.
    pub fn go(&mut self, to: Position) -> Result<()> {
        if to.t > FARTHEST {
            let place = "position[0]".into();
            return Err(Error::Beyond { place, found: to.t, most: FARTHEST });
        }
        let most = self.trace.steps().len() - 1;
        if to.id as usize > most {
            let place = "position[1]".into();
            return Err(Error::Beyond { place, found: to.id as usize, most });
        }
        self.shown.clear();
        self.load(to.t)?;
        let start = stops::start(&self.trace);
        self.at.id = if to.id > start { to.id } else { start };
        Ok(())
    }

    /// To the start of training step `t`, among those visited.
    ///
    /// # Errors
    /// It was not visited yet.
    pub fn lap(&mut self, t: usize) -> Result<()> {
        let most = self.visited.len() - 1;
        if t > most {
            return Err(Error::Beyond { place: "t".into(), found: t, most });
        }
        self.go(Position { t, id: 0 })
    }

    /// How much one click computes from now on; the position stays.
    pub fn set_size(&mut self, size: StopSize) {
        self.size = size;
    }

    /// Puts step `id` into the card.
    ///
    /// # Errors
    /// It has not been computed yet.
    pub fn show(&mut self, id: Id) -> Result<()> {
        if id > self.at.id {
            let (found, most) = (id as usize, self.at.id as usize);
            return Err(Error::Beyond { place: "step".into(), found, most });
        }
        self.shown.push(id);
        Ok(())
    }

    /// Takes the card back to what it showed before.
    pub fn way_back(&mut self) {
        self.shown.pop();
    }

    /// The step put into the card by a click, if any.
    pub fn shown(&self) -> Option<Id> {
        self.shown.last().copied()
    }

    /// The parameters of t, recorded anew if they are not those at hand.
    fn load(&mut self, t: usize) -> Result<()> {
        if t == self.at.t {
            return Ok(());
        }
        if t != self.at.t + 1 {
            let kept = t / KEPT_EVERY;
            let from = if kept < self.kept.len() { kept } else { self.kept.len() - 1 };
            self.record(self.kept[from].clone(), from * KEPT_EVERY)?;
        }
        while self.at.t < t {
            self.record(self.next(), self.at.t + 1)?;
        }
        Ok(())
    }

    fn record(&mut self, start: Start, t: usize) -> Result<()> {
        if t == self.kept.len() * KEPT_EVERY {
            self.kept.push(start.clone());
        }
        self.case = self.setup.case(start.network, t)?;
        self.trace = recorded(&self.setup, &self.case, &start.left)?;
        self.dead = dead::dead(&self.case.network, &self.setup.samples);
        self.at.t = t;
        self.note_visit();
        Ok(())
    }

    /// The network as it stands at the position: what is updated already is new.
    pub fn network(&self) -> Network {
        after(&self.case.network, |slot| self.computed(slot).map(|(_, value)| value))
    }

    /// What the training step after this one starts from.
    fn next(&self) -> Start {
        let left = self.setup.fault.map(|fault| fault.left_by(&self.trace)).unwrap_or_default();
        Start { network: after(&self.case.network, |slot| self.trace.value_of(slot)), left }
    }

    fn note_visit(&mut self) {
        if self.at.t == self.visited.len() {
            let value = |slot| self.trace.value_of(slot).unwrap_or(f64::NAN);
            let last = self.case.network.layers().len() - 1;
            let output = value(Slot::A { s: 0, l: last, j: 0 });
            self.visited.push(Visit { cost: value(self.trace.cost()), output });
        }
    }

    /// The setup at hand if training began at this step: the same numbers, without the past.
    pub fn here(&self) -> Setup {
        Setup {
            network: self.case.network.clone(),
            first: self.setup.batch_start(self.at.t),
            ..self.setup.clone()
        }
    }

    /// The setup if training began after this step.
    pub fn after(&self) -> Setup {
        Setup {
            network: self.next().network,
            first: self.setup.batch_start(self.at.t + 1),
            ..self.setup.clone()
        }
    }

    /// Changes what the next training step starts from, and goes to its start.
    ///
    /// # Errors
    /// A setup that doesn't fit; the lab stays as it was.
    pub fn edit_next(&mut self, setup: Setup) -> Result<()> {
        self.edit(None, setup, 0)?;
        self.home();
        Ok(())
    }

    /// Changes the setup from here on: the whole trace is recorded anew and the position stays, if
    /// the trace is still of the same shape. Edits of one `kind` in a row count as one for undo.
    ///
    /// # Errors
    /// What `change` refuses, or a setup that doesn't fit; the lab stays as it was.
    pub fn edit(&mut self, kind: Option<String>, setup: Setup, t: usize) -> Result<()> {
        let mut lab = Lab::new(setup, self.size)?;
        if lab.trace.steps().len() == self.trace.steps().len() {
            lab.go(Position { t, id: self.at.id })?;
            let last = lab.at.id;
            lab.at.id = lab.diverged_before(last).unwrap_or(last);
            lab.shown.clone_from(&self.shown);
        }
        lab.undo = std::mem::take(&mut self.undo);
        let same = kind.is_some() && lab.undo.last().is_some_and(|edit| edit.kind == kind);
        if !same {
            lab.undo.push(Edit { kind, setup: self.setup.clone(), at: self.at });
        }
        if lab.undo.len() > UNDOS {
            lab.undo.remove(0);
        }
        *self = lab;
        Ok(())
    }

    /// Takes the last edit back, the position included.
    pub fn undo(&mut self) -> Result<()> {
        let Some(edit) = self.undo.pop() else {
            return Ok(());
        };
        let mut lab = Lab::new(edit.setup, self.size)?;
        lab.go(edit.at)?;
        lab.undo = std::mem::take(&mut self.undo);
        *self = lab;
        Ok(())
    }
}

fn recorded(setup: &Setup, case: &Case, left: &Left) -> Result<Trace> {
    match setup.fault {
        None => Trace::record(case),
        Some(fault) => Trace::record_with(case, fault, left),
    }
}

/// The network with those parameters for which `value_of` has one after the update.
fn after(network: &Network, value_of: impl Fn(Slot) -> Option<f64>) -> Network {
    let mut network = network.clone();
    for (l, layer) in network.layers_mut().iter_mut().enumerate() {
        for j in 0..layer.units() {
            for i in 0..layer.inputs() {
                take(value_of(Slot::NextW { l, j, i }), layer.weight_mut(j, i));
            }
            take(value_of(Slot::NextB { l, j }), layer.bias_mut(j));
        }
        if let Some(alpha) = value_of(Slot::NextAlpha { l }) {
            layer.set_alpha(alpha);
        }
    }
    network
}

fn take(value: Option<f64>, parameter: Option<&mut f64>) {
    if let (Some(value), Some(parameter)) = (value, parameter) {
        *parameter = value;
    }
}
