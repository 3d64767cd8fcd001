//! The chapters.

use serde::{Deserialize, Serialize};

use crate::name::Named;

/// A place of the page: a chapter with its own address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Start,
    Neuron,
    Network,
    WhyNonlinear,
    Activations,
    Nudge,
    StepByStep,
    Train,
    Broken,
    Experiments,
}

impl Place {
    /// Whether questions are asked here: not where a number may be wrong.
    pub fn asks(self) -> bool {
        matches!(self, Place::Start | Place::StepByStep | Place::Activations)
    }
}

impl Named for Place {
    fn all() -> impl Iterator<Item = Self> {
        [
            Place::Start,
            Place::Neuron,
            Place::Network,
            Place::WhyNonlinear,
            Place::Activations,
            Place::Nudge,
            Place::StepByStep,
            Place::Train,
            Place::Broken,
            Place::Experiments,
        ]
        .into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Place::Start => "start",
            Place::Neuron => "neuron",
            Place::Network => "network",
            Place::WhyNonlinear => "why-nonlinear",
            Place::Activations => "activations",
            Place::Nudge => "nudge",
            Place::StepByStep => "step-by-step",
            Place::Train => "train",
            Place::Broken => "broken",
            Place::Experiments => "experiments",
        }
    }
}
