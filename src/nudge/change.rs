//! What a learner changes in the chapter "Nudge".

use serde::{Deserialize, Serialize};

use super::{EPSILONS, FASTEST, Nudge, REACH, name, parameter};
use crate::error::{Allowed, Error, Result, quote};
use crate::trace::Id;
use crate::train::Parameter;

/// A change, as the page's JSON has it: `{"shift": 0.01}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Another parameter is to be nudged.
    Parameter(Parameter),
    /// The one whose number was pointed at in the picture.
    Point(Id),
    /// The parameter by its name in links.
    Named(String),
    /// So far from its start.
    Shift(f64),
    /// So far from its start, rounded: from a place in the chart.
    Drag(f64),
    /// One ε more or less.
    Up,
    Down,
    /// A tenth of the nudge that it has now.
    Tenth,
    /// Back to where it started.
    Back,
    /// ε, one of those offered.
    Epsilon(f64),
    /// Another start.
    Start(f64),
    /// The start is where the nudge has led.
    Here,
    /// Whether the gradients of all parameters are shown.
    All(bool),
    /// η of the second part.
    Rate(f64),
    /// Whether the second part shows every η that there is, or looks closer.
    Wide(bool),
    /// The chapter from its beginning.
    Again,
}

impl Nudge {
    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Parameter(parameter) => self.stand(parameter, None)?,
            Change::Point(id) => self.point(id)?,
            Change::Named(text) => {
                let found = self.parameters().into_iter().find(|&one| name(one) == text);
                let none = || Error::range("parameter", text, Allowed::Index);
                self.stand(found.ok_or_else(none)?, None)?;
            }
            Change::Shift(shift) => self.shift = within_reach("shift", shift)?,
            Change::Drag(shift) => self.shift = clamped(hundredths(shift)),
            Change::Up => self.shift = clamped(tidy(self.shift + self.epsilon)),
            Change::Down => self.shift = clamped(tidy(self.shift - self.epsilon)),
            Change::Tenth => self.shift = tidy(self.shift / 10.0),
            Change::Back => self.shift = 0.0,
            Change::Epsilon(epsilon) => {
                let known = EPSILONS.into_iter().find(|&one| one == epsilon);
                self.epsilon = known.ok_or_else(|| none_of_them(epsilon))?;
            }
            Change::Start(start) => {
                if !(-6.0..=6.0).contains(&start) {
                    return Err(Error::range("start", start, Allowed::InSquare));
                }
                self.stand(self.parameter(), Some(start))?;
            }
            Change::Here => {
                let start = tidy(self.start() + self.shift);
                self.apply(Change::Start(start))?;
            }
            Change::All(on) => self.all = on,
            Change::Rate(rate) => {
                if !(0.0..=FASTEST).contains(&rate) {
                    return Err(Error::range("eta", rate, Allowed::NotAboveTwo));
                }
                self.rate = rate;
                self.wide = self.wide || rate > self.fastest();
            }
            Change::Wide(on) => {
                self.wide = on;
                if self.rate > self.fastest() {
                    self.rate = self.fastest();
                }
            }
            Change::Again => *self = Nudge::new()?,
        }
        Ok(())
    }

    /// A click beside the parameters changes nothing.
    fn point(&mut self, id: Id) -> Result<()> {
        let found = self.trace().get(id).and_then(|step| parameter(step.slot));
        match found.filter(|&found| found != self.parameter()) {
            Some(found) => self.stand(found, None),
            None => Ok(()),
        }
    }
}

fn within_reach(place: &str, shift: f64) -> Result<f64> {
    match (-REACH..=REACH).contains(&shift) {
        true => Ok(shift),
        false => Err(Error::range(place, shift, Allowed::InReach)),
    }
}

fn clamped(shift: f64) -> f64 {
    if shift > REACH {
        REACH
    } else if shift < -REACH {
        -REACH
    } else if shift.is_nan() {
        0.0
    } else {
        shift
    }
}

/// Without the digits that only adding has brought in, and never −0.
fn tidy(value: f64) -> f64 {
    const PLACES: f64 = 1e9;
    (value * PLACES).round() / PLACES + 0.0
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

fn none_of_them(epsilon: f64) -> Error {
    let known = EPSILONS.map(|one| one.to_string()).join(", ");
    Error::Name { place: "epsilon".into(), name: quote(&epsilon.to_string()), known }
}
