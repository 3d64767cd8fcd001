//! The chapter "Experiments": claims put to the test. An experiment is data: what is set up, what
//! is varied, what is measured and how it is shown; everything else is the same for all of them.

mod all;
pub mod cost;
pub mod gradients;
mod job;
mod path;
mod report;
mod state;
mod sweep;
mod training;
pub mod verdict;

pub use all::{ALL, experiment};
pub use job::Job;
pub use report::{Report, Spread, Summary};
pub use state::{Change, Experiments, Trial};
pub use sweep::{Axis, Inputs, Tweak};
pub use training::spacing_of;

use crate::train::Setup;

/// The most seeds that an experiment is run with, and the number that it begins with.
pub const MOST_SEEDS: usize = 20;

/// A claim's test: the setup, what is varied, what is measured, and the charts of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    pub name: &'static str,
    /// What all variants have in common.
    pub base: Setup,
    /// What is varied, each with each.
    pub axes: Vec<Axis>,
    /// How many of the axes, from the last one on, a chart shows side by side; of the others the
    /// learner chooses one value each.
    pub side_by_side: usize,
    pub measure: Measure,
    pub charts: Vec<Chart>,
    /// How many answers there are to the question asked before.
    pub answers: usize,
}

/// What is measured in each run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The training loss epoch by epoch, and how the network fares at the end.
    Training { epochs: usize },
    /// |dz| layer by layer before the first step, with its factors.
    Gradients,
    /// How the two weights of a linear unit move, step by step.
    Path { steps: usize },
    /// Nanoseconds, by a clock: not by [`Job`], and different each time.
    Clock,
}

/// A number at the end of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// After [`Measure::Training`]: the mean training loss.
    Loss,
    /// The part of the test samples put into their class.
    Accuracy,
    /// The part of the hidden units that are inactive on every training sample.
    Silent,
    /// Hidden units of the first layer that differ from all others.
    Different,
    /// After [`Measure::Path`]: the part of the steps in which both weights move to the same side.
    SameWay,
    /// The way of the weights by the distance that they have come.
    Detour,
    /// By [`Measure::Clock`]: for a value, and for a slope.
    Value,
    Slope,
}

impl End {
    /// Its place among the numbers of its measure.
    pub fn index(self) -> usize {
        match self {
            End::Loss | End::SameWay | End::Value => 0,
            End::Accuracy | End::Detour | End::Slope => 1,
            End::Silent => 2,
            End::Different => 3,
        }
    }

    /// Its name in the words.
    pub fn name(self) -> &'static str {
        match self {
            End::Loss => "loss",
            End::Accuracy => "accuracy",
            End::Silent => "silent",
            End::Different => "different",
            End::SameWay => "same_way",
            End::Detour => "detour",
            End::Value => "value",
            End::Slope => "slope",
        }
    }

    /// Whether it is a part of 1, shown in percent.
    pub fn is_part(self) -> bool {
        matches!(self, End::Accuracy | End::Silent | End::SameWay)
    }
}

/// A picture of what was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// The loss by epoch.
    Losses,
    /// |dz| by layer.
    Layers,
    /// The factors of |dz| for one variant, layer by layer.
    Factors,
    /// The two weights' path, one picture for each variant.
    Paths,
    /// A number at the end.
    Ends(End),
}

impl Measure {
    /// How many curves and how many numbers at the end a run gives.
    pub fn shape(self) -> (usize, usize) {
        match self {
            Measure::Training { .. } => (1, 4),
            Measure::Gradients => (3, 0),
            Measure::Path { .. } => (2, 2),
            Measure::Clock => (0, 2),
        }
    }

    /// Whether the curves of the first seed are kept as they are.
    pub fn keeps_first(self) -> bool {
        matches!(self, Measure::Gradients | Measure::Path { .. })
    }
}
