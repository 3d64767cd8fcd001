//! What the chapter "Why nonlinear" shows.

mod fit;
mod plane;
mod stack;

use serde::Serialize;

use crate::app::State;
use crate::link;
use crate::name::Named;
use crate::nonlinear::Part;
use crate::number;
use crate::say::{Num, Part as Piece, Say};

/// The chapter at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    stack: stack::Stack,
    plane: plane::Plane,
    fit: fit::Fit,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    let chapter = &state.nonlinear;
    let stack = stack::stack(&chapter.stack);
    let plane = plane::plane(&chapter.plane);
    let fit = fit::fit(&chapter.fit);
    let announce = match chapter.touched() {
        Part::Stack => stack.announce(),
        Part::Plane => plane.describe.clone(),
        Part::Fit => fit.describe.clone(),
    };
    let (place, link) = (state.place.name(), link::write(state));
    Frame { place, stack, plane, fit, announce, alert: None, error, link }
}

/// All digits of a number, in its place.
fn all_digits(value: f64) -> Num {
    Num { text: number::exact(value), approx: false, ..Num::plain(value) }
}

/// Up to six decimals, and whether these are the value to 12 digits.
fn six(value: f64) -> Num {
    let num = Num::fine(value);
    let shown = number::parse(&num.text).unwrap_or(f64::NAN);
    let close = (shown - value).abs() <= 1e-12 * (1.0 + value.abs());
    Num { approx: !close, ..num }
}

/// A number; behind a sign in parentheses if it is negative.
fn operand(parts: &mut Vec<Piece>, num: Num, after_sign: bool) {
    match after_sign && num.text.starts_with('−') {
        true => parts.extend([Piece::Op("("), Piece::Num(num), Piece::Op(")")]),
        false => parts.push(Piece::Num(num)),
    }
}
