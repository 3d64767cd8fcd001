//! The open question, and what is said of the last answer.

use serde::Serialize;

use crate::app::State;
use crate::predict::Wanted;
use crate::say::Say;

/// What "Predict first" shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Predict {
    on: bool,
    question: Option<Question>,
    told: Vec<Say>,
}

/// A question without its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Question {
    ask: Say,
    /// Whether a value is asked for, or a way.
    value: bool,
}

/// The state's part of the frame.
pub fn predict(state: &State) -> Predict {
    Predict {
        on: state.predict.on,
        question: state.predict.asked().map(|asked| Question {
            ask: asked.ask.clone(),
            value: matches!(asked.wanted, Wanted::Value(_)),
        }),
        told: state.predict.told().to_vec(),
    }
}

/// What is said aloud of a question or an answer, before anything else.
pub fn announce(state: &State) -> Option<Say> {
    if let Some(asked) = state.predict.asked() {
        return Some(asked.ask.clone());
    }
    let told = state.predict.told();
    let (first, last) = (told.first()?, told.last()?);
    let said = Say::new("predict.said").say("first", first.clone());
    let middle = told.get(1).filter(|_| told.len() > 3);
    Some(match middle {
        Some(middle) => Say::new("predict.said").say("first", first.clone()).say(
            "last",
            Say::new("predict.said").say("first", middle.clone()).say("last", last.clone()),
        ),
        None => said.say("last", last.clone()),
    })
}
