//! An experiment under way: run after run, in pieces as small as is asked.

use super::path::Walk;
use super::report::{Outcome, Report, Summary};
use super::training::Training;
use super::{Experiment, MOST_SEEDS, Measure, experiment, gradients};
use crate::error::{Allowed, Error, Result};
use crate::train::Setup;

/// What the size of dz in all layers costs, in steps of a training.
const GRADIENTS: u64 = 20;

/// The runs of an experiment, seed by seed in each of them all variants.
#[derive(Debug, Clone)]
pub struct Job {
    experiment: Experiment,
    seeds: usize,
    now: Option<Task>,
    /// By variant.
    outcomes: Vec<Vec<Outcome>>,
    /// Runs done.
    done: usize,
}

/// One run.
#[derive(Debug, Clone)]
enum Task {
    Training(Box<Training>),
    Walk(Box<Walk>),
    Gradients(Outcome),
    /// What only a clock can measure.
    Nothing,
}

impl Job {
    /// The experiment `name` with the seeds from 1 to `seeds`, at its start.
    ///
    /// # Errors
    /// There is no such experiment, or there are too many seeds or none.
    pub fn new(name: &str, seeds: usize) -> Result<Job> {
        let experiment = experiment(name)?;
        if !(1..=MOST_SEEDS).contains(&seeds) {
            return Err(Error::range("seeds", seeds, Allowed::Between(1, MOST_SEEDS)));
        }
        let outcomes = vec![Vec::with_capacity(seeds); experiment.variants()];
        Ok(Job { experiment, seeds, now: None, outcomes, done: 0 })
    }

    /// How many runs are done, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.seeds * self.outcomes.len())
    }

    /// Whether all runs are done.
    pub fn is_done(&self) -> bool {
        self.progress().0 == self.progress().1
    }

    /// Takes about `budget` steps more. The results are the same however it is cut.
    ///
    /// # Errors
    /// A setup that cannot be trained with: an experiment that is wrongly written.
    pub fn advance(&mut self, budget: u64) -> Result<()> {
        let mut left = budget;
        while left > 0 && !self.is_done() {
            let variant = self.done % self.outcomes.len();
            let task = match &mut self.now {
                Some(task) => task,
                empty => {
                    let seed = self.done / self.outcomes.len() + 1;
                    let setup = self.experiment.setup(variant, seed as u64);
                    empty.insert(Task::new(self.experiment.measure, &setup)?)
                }
            };
            let (taken, outcome) = task.advance(left);
            left = left.saturating_sub(taken.max(1));
            if let Some(outcome) = outcome {
                self.outcomes[variant].push(outcome);
                self.now = None;
                self.done += 1;
            }
        }
        Ok(())
    }

    /// What the runs done so far have measured.
    pub fn report(&self) -> Report {
        let keeps_first = self.experiment.measure.keeps_first();
        let summary = |outcomes: &Vec<Outcome>| Summary::of(outcomes, keeps_first);
        Report { variants: self.outcomes.iter().map(summary).collect() }
    }
}

impl Task {
    fn new(measure: Measure, setup: &Setup) -> Result<Task> {
        Ok(match measure {
            Measure::Training { epochs } => Task::Training(Box::new(Training::new(setup, epochs)?)),
            Measure::Path { steps } => Task::Walk(Box::new(Walk::new(setup, steps)?)),
            Measure::Gradients => Task::Gradients(sizes(setup)?),
            Measure::Clock => Task::Nothing,
        })
    }

    /// Takes up to `budget` steps; gives how many it took, and what it measured once done.
    fn advance(&mut self, budget: u64) -> (u64, Option<Outcome>) {
        match self {
            Task::Training(training) => training.advance(budget),
            Task::Walk(walk) => walk.advance(budget),
            Task::Gradients(outcome) => (GRADIENTS, Some(outcome.clone())),
            Task::Nothing => (1, Some(Outcome { curves: vec![], ends: vec![0.0; 2] })),
        }
    }
}

fn sizes(setup: &Setup) -> Result<Outcome> {
    let samples = setup.samples(&setup.split()?.train);
    let sizes = gradients::sizes(&setup.built()?, setup.loss(), &samples);
    let curve = |of: fn(&gradients::Size) -> f64| sizes.iter().map(of).collect();
    Ok(Outcome {
        curves: vec![curve(|size| size.dz), curve(|size| size.weights), curve(|size| size.slopes)],
        ends: vec![],
    })
}
