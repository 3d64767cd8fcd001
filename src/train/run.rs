//! A training under way: what a worker holds.

use serde::{Deserialize, Serialize};

use super::history::{self, History, Record};
use super::{Parameter, Setup, Written};
use crate::case::{Case, Samples};
use crate::data::{REACH, Task};
use crate::error::Result;
use crate::json;
use crate::trainer::{LayerState, Measure, Saved, Trainer};

/// Places between −6 and 6 at which a fitted curve is computed.
const CURVE_POINTS: usize = 121;

/// A network that trains, the samples it is tested with, and its losses so far.
#[derive(Debug, Clone)]
pub struct Run {
    setup: Setup,
    trainer: Trainer,
    test: Option<Samples>,
    history: History,
    /// The loss of the moment that the trainer keeps.
    best: f64,
    /// Where numbers ran away, if they did and nothing was changed since.
    diverged: Option<Divergence>,
    /// How often they have.
    divergences: u64,
    /// What was changed on the way, each with the steps taken until then.
    changes: Vec<(u64, Command)>,
}

/// Where the numbers of a run were no longer finite.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Divergence {
    /// The step by which they were not.
    pub step: u64,
    /// η until then.
    pub rate: f64,
    /// How often that has happened in this run.
    pub times: u64,
}

/// What a run looks like from outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    pub steps: u64,
    pub train: Measure,
    pub test: Option<Measure>,
    /// The loss of the next batch, before its step.
    pub batch: Measure,
    pub layers: Vec<LayerState>,
    /// As in [`crate::network::Network::set_parameters`].
    pub parameters: Vec<f64>,
    /// Where in the training samples the next batch begins.
    pub next: usize,
    pub history: Vec<Record>,
    /// The fitted curve at evenly spaced x₁, where there is one.
    pub curve: Vec<f64>,
    /// Where numbers ran away; the rest is the state with the lowest loss before.
    pub diverged: Option<Divergence>,
}

impl Snapshot {
    /// Whether every number that is shown of it is finite.
    fn is_finite(&self) -> bool {
        let losses = [Some(self.train), self.test, Some(self.batch)];
        losses.iter().flatten().all(|measure| measure.loss.is_finite())
            && self.layers.iter().all(|layer| layer.gradient.is_finite())
    }
}

/// All that a run is, so that another one goes on from there to the same bits.
#[derive(Serialize, Deserialize)]
struct Checkpoint {
    setup: Written,
    trainer: Saved,
    history: History,
    /// None while there is no loss to be better than.
    best: Option<f64>,
    diverged: Option<Divergence>,
    divergences: u64,
    changes: Vec<(u64, Command)>,
}

/// What can be changed while it trains.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    Rate(f64),
    Set { parameter: Parameter, value: f64 },
}

impl Run {
    /// A run at its start.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn new(setup: Setup) -> Result<Run> {
        let (trainer, test) = setup.start()?;
        let test = Some(test).filter(|test| !test.is_empty());
        let (history, best) = (History::new(), f64::INFINITY);
        let (diverged, divergences, changes) = (None, 0, vec![]);
        let mut run = Run { setup, trainer, test, history, best, diverged, divergences, changes };
        run.record();
        Ok(run)
    }

    /// All that the run is, as text: for [`Run::resume`] and for nothing else.
    pub fn checkpoint(&self) -> String {
        json::write(&Checkpoint {
            setup: self.setup.written(),
            trainer: self.trainer.save(),
            history: self.history.clone(),
            best: Some(self.best).filter(|best| best.is_finite()),
            diverged: self.diverged,
            divergences: self.divergences,
            changes: self.changes.clone(),
        })
    }

    /// The run of which `checkpoint` was written.
    ///
    /// # Errors
    /// It is none of this page's.
    pub fn resume(checkpoint: &str) -> Result<Run> {
        let from: Checkpoint = json::read(checkpoint)?;
        let Checkpoint { history, best, diverged, divergences, changes, .. } = from;
        let mut run = Run::new(Setup::of(from.setup)?)?;
        run.trainer.resume(from.trainer)?;
        let best = best.unwrap_or(f64::INFINITY);
        Ok(Run { history, best, diverged, divergences, changes, ..run })
    }

    /// Takes `steps` steps, or fewer if numbers run away.
    pub fn advance(&mut self, steps: u64) {
        self.diverged = None;
        let mut left = steps;
        while left > 0 && self.diverged.is_none() {
            let ahead = self.until_record();
            let piece = left.min(ahead);
            if !self.trainer.run(piece as usize) {
                return self.give_up();
            }
            left -= piece;
            if piece == ahead {
                self.record();
            }
        }
    }

    /// Takes the steps that are left of the epoch.
    pub fn finish_epoch(&mut self) {
        let length = self.epoch_length();
        self.advance(length - self.trainer.steps() % length);
    }

    /// Changes what can be changed while it trains.
    ///
    /// # Errors
    /// No such parameter, or a value that is not finite.
    pub fn apply(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Rate(rate) => self.trainer.set_rate(rate)?,
            Command::Set { parameter, value } => {
                match parameter {
                    Parameter::Weight { layer, unit, from } => {
                        self.trainer.set_weight(layer, unit, from, value)?;
                    }
                    Parameter::Bias { layer, unit } => self.trainer.set_bias(layer, unit, value)?,
                }
                // What was best before has other parameters: from here on it counts anew.
                self.best = f64::INFINITY;
                self.keep();
            }
        }
        self.diverged = None;
        self.changes.push((self.trainer.steps(), command));
        Ok(())
    }

    /// What the run began from; its η may be another by now.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What was changed on the way, each with the steps taken until then.
    pub fn changes(&self) -> &[(u64, Command)] {
        &self.changes
    }

    /// Whether numbers ran away, and nothing was changed since.
    pub fn has_diverged(&self) -> bool {
        self.diverged.is_some()
    }

    /// Steps taken so far.
    pub fn steps(&self) -> u64 {
        self.trainer.steps()
    }

    /// The records as text: a row for each, with its epoch and its losses.
    pub fn csv(&self) -> String {
        let row = |record: &Record| {
            let test = record.test.map(|loss| loss.to_string()).unwrap_or_default();
            format!("{},{},{test}\n", record.epoch, record.train)
        };
        let rows: String = self.history.records().iter().map(row).collect();
        format!("epoch,training loss,test loss\n{rows}")
    }

    /// The next step as a case for the stepper.
    ///
    /// # Errors
    /// None that a finite network can cause.
    pub fn next_case(&self) -> Result<Case> {
        self.trainer.next_case()
    }

    /// How it stands now. If that is nothing to be shown, numbers have run away.
    ///
    /// # Errors
    /// None that a run can cause: its own samples fit.
    pub fn snapshot(&mut self) -> Result<Snapshot> {
        let now = self.look()?;
        if now.is_finite() {
            return Ok(now);
        }
        self.give_up();
        self.look()
    }

    fn look(&mut self) -> Result<Snapshot> {
        let test = match &self.test {
            Some(samples) => Some(self.trainer.measure_on(samples)?),
            None => None,
        };
        let next = self.next_case()?.batch;
        Ok(Snapshot {
            steps: self.trainer.steps(),
            train: self.trainer.measure(),
            test,
            batch: self.trainer.measure_on(&next)?,
            layers: self.trainer.layers(),
            parameters: self.trainer.network().flat(),
            next: self.trainer.next(),
            history: self.history.records().to_vec(),
            curve: self.curve(),
            diverged: self.diverged,
        })
    }

    /// Steps in an epoch.
    fn epoch_length(&self) -> u64 {
        self.trainer.steps_per_epoch() as u64
    }

    /// Whole epochs so far.
    fn epoch(&self) -> u64 {
        self.trainer.steps() / self.epoch_length()
    }

    fn until_record(&self) -> u64 {
        history::next(self.epoch()) * self.epoch_length() - self.trainer.steps()
    }

    fn record(&mut self) {
        let train = self.trainer.measure().loss;
        if !train.is_finite() {
            return self.give_up();
        }
        let test = self.test.as_ref().and_then(|test| self.trainer.measure_on(test).ok());
        let test = test.map(|measure| measure.loss).filter(|loss| loss.is_finite());
        self.history.push(Record { epoch: self.epoch(), train, test });
        if train <= self.best {
            self.best = train;
            self.trainer.keep();
        }
    }

    fn keep(&mut self) {
        let loss = self.trainer.measure().loss;
        if loss.is_finite() {
            self.best = loss;
            self.trainer.keep();
        }
    }

    /// Back to the lowest loss. What came after it is no part of the run any more, but that η
    /// stays as it was set.
    fn give_up(&mut self) {
        self.divergences += 1;
        let (step, rate, times) = (self.trainer.steps(), self.trainer.rate(), self.divergences);
        self.diverged = Some(Divergence { step, rate, times });
        self.trainer.restore();
        self.history.go_back(self.epoch());
        let steps = self.trainer.steps();
        let changes = std::mem::take(&mut self.changes);
        let (left, gone): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(at, _)| *at <= steps);
        self.changes = left;
        if gone.iter().any(|(_, command)| matches!(command, Command::Rate(_))) {
            self.changes.push((steps, Command::Rate(rate)));
        }
    }

    fn curve(&mut self) -> Vec<f64> {
        if self.setup.task() != Task::Curve {
            return vec![];
        }
        let points: Vec<[f64; 2]> = curve_places().map(|x| [x, 0.0]).collect();
        let inputs = points.iter().map(|&x| self.setup.inputs_at(x)).collect();
        self.trainer.outputs(&Samples { inputs, targets: vec![vec![0.0]; CURVE_POINTS] })
    }
}

/// The x₁ of a snapshot's curve.
pub fn curve_places() -> impl Iterator<Item = f64> {
    (0..CURVE_POINTS).map(|n| REACH * (2.0 * n as f64 / (CURVE_POINTS - 1) as f64 - 1.0))
}
