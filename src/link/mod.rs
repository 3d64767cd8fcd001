//! The state as the fragment of an address, and back.
//!
//! `place&key=value&…`. Each chapter has keys of its own. Of a lab, `case` is a preset's name or a
//! whole exported case in base64url (in "Broken backprop" its number), `alpha` and `eta` are what a
//! preset has instead of its own, `at` is the position as `t.id`, and `show` the step in the card.
//! `predict`, a setting of the reader's, stands in every link while it is on.

mod broken;
mod curves;
mod experiments;
mod lab;
mod nudge;
mod structure;
mod training;

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::num::{IntErrorKind, ParseIntError};
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::{Place, State};
use crate::error::{Allowed, Error, Result};
use crate::name::Named;
use crate::{neuron, nonlinear};

pub use lab::short;

/// What stands in a fragment behind the place.
pub(crate) type Values<'a> = BTreeMap<&'a str, &'a str>;

/// A fragment while it is put together.
pub(crate) struct Link(String);

impl Link {
    pub(crate) fn put(&mut self, key: &str, value: impl Display) {
        // Writing to a String does not fail.
        let _ = write!(self.0, "&{key}={value}");
    }

    /// A switch: there only while it is on.
    pub(crate) fn flag(&mut self, key: &str, on: bool) {
        if on {
            self.put(key, 1);
        }
    }
}

/// The fragment that restores `state`, as far as its place shows it.
pub fn write(state: &State) -> String {
    let mut link = Link(state.place.name().to_owned());
    link.flag("predict", state.predict.on);
    match state.place {
        Place::Neuron => neuron::write(&state.neuron, &mut link),
        Place::Network => structure::write(&state.structure, &mut link),
        Place::WhyNonlinear => nonlinear::write(&state.nonlinear, &mut link),
        Place::Activations => curves::write(&state.curves, &mut link),
        Place::Nudge => nudge::write(&state.nudge, &mut link),
        Place::Train => training::write(&state.train, &mut link),
        Place::Experiments => experiments::write(&state.experiments, &mut link),
        Place::Start => lab::write(&state.lap, &mut link),
        Place::StepByStep => lab::write(&state.lab, &mut link),
        Place::Broken => {
            if let Some(broken) = &state.broken {
                broken::write(broken, &mut link);
            }
        }
    }
    link.0
}

/// The state that `fragment` names; an empty one is the start.
///
/// # Errors
/// An unknown place, key or value, named.
pub fn read(fragment: &str) -> Result<State> {
    let mut state = State::new()?;
    let mut parts = fragment.split('&');
    let name = parts.next().unwrap_or_default();
    if name.is_empty() {
        return Ok(state);
    }
    let place = Place::named("#", name)?;
    let values: Values = parts.filter_map(|part| part.split_once('=')).collect();
    state.predict.on = values.contains_key("predict");
    match place {
        Place::Neuron => state.neuron = neuron::read(&values)?,
        Place::Network => structure::read(&mut state.structure, &values)?,
        Place::WhyNonlinear => state.nonlinear = nonlinear::read(&values)?,
        Place::Activations => curves::read(&mut state.curves, &values)?,
        Place::Nudge => nudge::read(&mut state.nudge, &values)?,
        Place::Train => training::read(&mut state.train, &values)?,
        Place::Experiments => experiments::read(&mut state.experiments, &values)?,
        Place::Start => state.lap = lab::read(&values)?.unwrap_or(state.lap),
        Place::StepByStep => state.lab = lab::read(&values)?.unwrap_or(state.lab),
        Place::Broken => state.broken = Some(Box::new(broken::read(&values)?)),
    }
    state.place = place;
    Ok(state)
}

/// The place that a broken `fragment` names, as a stranger finds it.
///
/// # Errors
/// None that a user can cause: the presets fit.
pub fn start_of(fragment: &str) -> Result<State> {
    let name = fragment.split('&').next().unwrap_or_default();
    let place = Place::named("#", name).unwrap_or(Place::Start);
    let mut state = State::new()?;
    state.go(place)?;
    Ok(state)
}

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn decode(place: &str, text: &str) -> Result<String> {
    let broken = || Error::NoCase { place: place.into() };
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    String::from_utf8(bytes).map_err(|_| broken())
}

/// Numbers to the last bit, eight bytes each.
fn encode_numbers(numbers: &[f64]) -> String {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode_numbers(place: &str, text: &str) -> Result<Vec<f64>> {
    let broken = || Error::NoNumbers { place: place.into() };
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    let (numbers, rest) = bytes.as_chunks();
    match rest {
        [] => Ok(numbers.iter().copied().map(f64::from_le_bytes).collect()),
        _ => Err(broken()),
    }
}

/// A whole number; whether it fits its place is for whoever takes it to tell.
pub(crate) fn whole<T: FromStr<Err = ParseIntError>>(place: &str, text: &str) -> Result<T> {
    text.parse().map_err(|error: ParseIntError| {
        let allowed = match error.kind() {
            IntErrorKind::PosOverflow => Allowed::SmallEnough,
            _ => Allowed::Whole,
        };
        Error::range(place, text, allowed)
    })
}

pub(crate) fn number(place: &str, text: &str) -> Result<f64> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| Error::range(place, text, Allowed::Finite))
}
