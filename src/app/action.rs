//! Everything that a learner can do.

use serde::{Deserialize, Serialize};

use super::Place;
use crate::error::{Error, Result};
use crate::predict::Answer;
use crate::stops::StopSize;
use crate::trace::Id;
use crate::train::Change;
use crate::{broken, experiment, json, neuron, nonlinear, nudge, structure};

/// The key of an action's name in JSON.
pub const NAME: &str = "do";

/// Everything that a learner can do. In the page's JSON an action's name stands beside its values,
/// under [`NAME`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Go {
        place: Place,
    },
    Step,
    Back,
    Home,
    End,
    Reset,
    Undo,
    Seek {
        stop: usize,
    },
    Lap {
        t: usize,
    },
    Show {
        id: Id,
    },
    Return,
    StopSize {
        size: StopSize,
    },
    Ways {
        way: Way,
    },
    Import {
        text: String,
    },
    Preset {
        name: String,
    },
    /// α, a weight or a bias, as it stands now: once it is updated, what the next training step
    /// starts from; `given` is what this one started from.
    Alpha {
        layer: Option<usize>,
        value: f64,
        #[serde(default)]
        given: bool,
    },
    Rate {
        value: f64,
    },
    Weight {
        layer: usize,
        unit: usize,
        from: usize,
        value: f64,
        #[serde(default)]
        given: bool,
    },
    Bias {
        layer: usize,
        unit: usize,
        value: f64,
        #[serde(default)]
        given: bool,
    },
    Input {
        sample: usize,
        unit: usize,
        value: f64,
    },
    Target {
        sample: usize,
        unit: usize,
        value: f64,
    },
    AddSample,
    RemoveSample {
        sample: usize,
    },
    Activation {
        layer: usize,
        name: String,
    },
    Loss {
        name: String,
    },
    Sizes {
        sizes: Vec<usize>,
    },
    Seed {
        seed: u64,
    },
    Init {
        scheme: String,
    },
    Batch {
        size: usize,
    },
    Curve {
        name: String,
    },
    Focus {
        name: String,
    },
    CurveAlpha {
        value: f64,
    },
    Z {
        value: f64,
    },
    Handbook,
    /// Whether questions are asked before numbers are computed.
    Predict {
        on: bool,
    },
    /// The next question of "Activations".
    Ask,
    Answer {
        answer: Answer,
    },
    /// The number without an answer.
    ShowMe,
    /// What is wrong has been read.
    Dismiss,
    Neuron {
        change: neuron::Change,
    },
    Nudge {
        change: nudge::Change,
    },
    Nonlinear {
        change: nonlinear::Change,
    },
    Train {
        change: Change,
    },
    Structure {
        change: structure::Change,
    },
    /// The network of the chapter "Network" becomes the stepper's.
    OpenNetwork,
    Experiments {
        change: experiment::Change,
    },
    /// A run of the open experiment becomes that of "Train", or its end the stepper's.
    OpenRun {
        place: Place,
    },
    Broken {
        change: broken::Change,
    },
    /// A moment of a training, as a case, becomes the stepper's.
    OpenMoment {
        case: String,
    },
}

/// The most that is read as one text, in millions of characters: more than the JSON of all that
/// a trace may hold.
const MOST: usize = 10;

impl Action {
    /// Whether a text of so many characters, or a file of so many bytes, is to be read at all.
    ///
    /// # Errors
    /// It is larger than anything that the page can take.
    pub fn check_size(characters: usize) -> Result<()> {
        let found = characters.div_ceil(1_000_000);
        if found > MOST { Err(Error::TooMuch { found, most: MOST }) } else { Ok(()) }
    }

    /// An action in the page's JSON.
    ///
    /// # Errors
    /// It is none.
    pub fn read(text: &str) -> Result<Action> {
        json::read_named(NAME, text)
    }

    /// Whether it only tells what has come of an earlier action, and is none of the learner's.
    pub fn is_news(&self) -> bool {
        match self {
            Action::Train { change } => matches!(change, Change::Snapshot { .. }),
            Action::Experiments { change } => change.is_news(),
            _ => false,
        }
    }
}

/// The three ways on from the end of the first lap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    EveryNumber,
    Softmax,
    Alpha,
}
