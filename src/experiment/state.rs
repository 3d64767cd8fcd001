//! The state of the chapter: which card is open, and what is known of each experiment.

use serde::{Deserialize, Serialize};

use super::{ALL, Experiment, MOST_SEEDS, Measure, Report, cost, experiment};
use crate::case::Case;
use crate::error::{Allowed, Error, Result};
use crate::name;
use crate::train::{DEEPEST, Run, Setup, WIDEST};

/// The seed whose run is opened in other chapters.
const FIRST_SEED: u64 = 1;

/// What a learner does in the chapter, and what is told of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Another card.
    Open(String),
    Seeds(usize),
    /// What the learner expects, or that it is left open.
    Expect(Option<usize>),
    /// Another value of an axis.
    Choose {
        axis: usize,
        value: usize,
    },
    /// Another one of those side by side is looked at.
    Look(usize),
    Start,
    Cancel,
    /// So many runs are done.
    Progress {
        run: u64,
        done: usize,
    },
    Report {
        run: u64,
        report: Report,
    },
    /// Nanoseconds for a value and a slope of each activation, once for each repeat.
    Times {
        run: u64,
        times: Vec<[Vec<f64>; 2]>,
    },
}

impl Change {
    /// Whether it only tells what has come of an earlier one.
    pub fn is_news(&self) -> bool {
        matches!(self, Change::Progress { .. } | Change::Report { .. } | Change::Times { .. })
    }
}

/// A card: its experiment and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    pub experiment: Experiment,
    pub expected: Option<usize>,
    /// A value of each chosen axis.
    pub values: Vec<usize>,
    /// Which of those side by side is looked at.
    pub looked: usize,
    pub report: Option<Report>,
}

/// The chapter's state.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiments {
    trials: Vec<Trial>,
    open: usize,
    seeds: usize,
    /// Counts the runs begun, so that late news of an earlier one is not mistaken.
    run: u64,
    /// Runs of the experiment at hand that are done, while it runs.
    done: Option<usize>,
}

impl Experiments {
    /// The chapter as a stranger finds it.
    ///
    /// # Errors
    /// None that a user can cause: the experiments have the names that they are listed under.
    pub fn new() -> Result<Experiments> {
        let trial = |name: &&str| {
            let experiment = experiment(name)?;
            let values = usual(&experiment);
            Ok(Trial { experiment, expected: None, values, looked: 0, report: None })
        };
        let trials = ALL.iter().map(trial).collect::<Result<_>>()?;
        Ok(Experiments { trials, open: 0, seeds: MOST_SEEDS, run: 0, done: None })
    }

    /// The card that is open.
    pub fn trial(&self) -> &Trial {
        &self.trials[self.open]
    }

    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// How many seeds each variant is run with.
    pub fn seeds(&self) -> usize {
        self.seeds
    }

    /// The number of the run at hand.
    pub fn run(&self) -> u64 {
        self.run
    }

    /// How many of how many runs are done, while it runs.
    pub fn progress(&self) -> Option<(usize, usize)> {
        Some((self.done?, self.seeds * self.trial().experiment.variants()))
    }

    /// Ends the run at hand, without a result.
    pub fn cancel(&mut self) {
        self.done = None;
    }

    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Open(name) => {
                self.open = index(&name)?;
                self.cancel();
            }
            Change::Seeds(seeds) => self.set_seeds(seeds)?,
            Change::Expect(answer) => {
                let answers = self.trial().experiment.answers;
                if let Some(answer) = answer {
                    within("answer", answer, answers)?;
                }
                self.trial_mut().expected = answer;
            }
            Change::Choose { axis, value } => {
                let chosen = self.trial().experiment.chosen();
                within("axis", axis, chosen.len())?;
                within("value", value, chosen[axis].tweaks.len())?;
                self.trial_mut().values[axis] = value;
            }
            Change::Look(at) => {
                within("variant", at, self.trial().experiment.width())?;
                self.trial_mut().looked = at;
            }
            Change::Start => {
                self.run += 1;
                self.done = Some(0);
                self.trial_mut().report = None;
            }
            Change::Cancel => self.cancel(),
            news => self.hear(news)?,
        }
        Ok(())
    }

    /// Another number of seeds asks for other runs.
    pub fn set_seeds(&mut self, seeds: usize) -> Result<()> {
        if !(1..=MOST_SEEDS).contains(&seeds) {
            return Err(Error::range("seeds", seeds, Allowed::Between(1, MOST_SEEDS)));
        }
        if seeds != self.seeds {
            self.seeds = seeds;
            self.cancel();
            self.trials.iter_mut().for_each(|trial| trial.report = None);
        }
        Ok(())
    }

    fn trial_mut(&mut self) -> &mut Trial {
        &mut self.trials[self.open]
    }

    /// News of another run, or of one that was cancelled, changes nothing.
    fn hear(&mut self, news: Change) -> Result<()> {
        let current = |run| run == self.run && self.done.is_some();
        match news {
            Change::Progress { run, done } if current(run) => self.done = Some(done),
            Change::Report { run, report } if current(run) => self.take(report)?,
            Change::Times { run, times } if current(run) => {
                let number = |v: &f64| v.is_finite() && *v > 0.0;
                if !times.iter().flatten().flatten().all(number) {
                    return Err(Error::range("times", "", Allowed::Positive));
                }
                if self.trial().experiment.measure == Measure::Clock {
                    self.take(cost::report(&times))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take(&mut self, report: Report) -> Result<()> {
        report.check(&self.trial().experiment)?;
        self.trial_mut().report = Some(report);
        self.done = None;
        Ok(())
    }
}

impl Trial {
    /// The variants that a chart shows side by side.
    pub fn shown(&self) -> std::ops::Range<usize> {
        let first = self.experiment.first(&self.values);
        first..first + self.experiment.width()
    }

    /// The setup of the variant looked at.
    pub fn setup(&self) -> Setup {
        self.experiment.setup(self.shown().start + self.looked, FIRST_SEED)
    }

    /// Whether "Train" and the stepper have room for it.
    pub fn fits(&self) -> bool {
        let hidden = self.setup().hidden;
        hidden.len() <= DEEPEST && hidden.iter().all(|&(units, _)| units <= WIDEST)
    }

    /// The end of the run looked at, as a case for the stepper.
    ///
    /// # Errors
    /// More layers or units than are drawn.
    pub fn moment(&self) -> Result<Case> {
        let mut run = Run::new(self.setup())?;
        let epoch = self.setup().split()?.train.len().div_ceil(self.setup().batch.max(1));
        let steps = match self.experiment.measure {
            Measure::Training { epochs } => epochs * epoch,
            Measure::Path { steps } => steps / 10,
            Measure::Gradients | Measure::Clock => 0,
        };
        run.advance(steps as u64);
        run.next_case()
    }
}

/// Where each experiment begins: at the first value of each axis, but for the layers.
fn usual(experiment: &Experiment) -> Vec<usize> {
    let value = |axis: &super::Axis| if axis.name == "layers" { axis.tweaks.len() - 1 } else { 0 };
    experiment.chosen().iter().map(value).collect()
}

/// The place of the card `name`.
fn index(name: &str) -> Result<usize> {
    let found = ALL.iter().position(|known| *known == name);
    found.ok_or_else(|| name::unknown("card", name, ALL.into_iter()))
}

fn within(place: &str, value: usize, count: usize) -> Result<()> {
    match value < count {
        true => Ok(()),
        false => Err(Error::range(place, value, Allowed::Between(0, count.saturating_sub(1)))),
    }
}
