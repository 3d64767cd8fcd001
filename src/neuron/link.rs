//! The chapter as a part of an address, and back.

use super::{Gate, KEPT, Lesson, Neuron};
use crate::error::{Allowed, Error, Result};
use crate::link::{Link, Values, number, whole};
use crate::name::Named;

/// Adds the whole chapter to `link`.
pub(crate) fn write(neuron: &Neuron, link: &mut Link) {
    link.put("w", list(&neuron.weights));
    link.put("b", neuron.bias);
    link.put("x", list(&neuron.at));
    link.put("g", neuron.activation.name());
    link.put("gate", neuron.gate.name());
    link.put("row", neuron.next);
    if neuron.hold != Neuron::default().hold {
        link.put("hold", list(&neuron.hold));
    }
    match &neuron.lesson {
        None => {}
        Some(Lesson::Row { row, said, weights: [w1, w2], bias }) => {
            link.put("last", format_args!("{row},{},{w1},{w2},{bias}", u8::from(*said)));
        }
        Some(Lesson::Right { corrections, last }) => taught(link, "right", *corrections, last),
        Some(Lesson::Wrong { corrections, last }) => taught(link, "wrong", *corrections, last),
    }
}

/// How many corrections, and the rows of the last of them.
fn taught(link: &mut Link, key: &str, corrections: usize, last: &[usize]) {
    link.put(key, corrections);
    if !last.is_empty() {
        link.put("rows", last.iter().map(usize::to_string).collect::<Vec<_>>().join(","));
    }
}

/// The state that `values` name; what they leave out is as at first.
///
/// # Errors
/// A value that is none, named.
pub(crate) fn read(values: &Values) -> Result<Neuron> {
    let first = Neuron::default();
    let pair = |key: &str, usual| values.get(key).map_or(Ok(usual), |text| numbers(key, text));
    let neuron = Neuron {
        weights: pair("w", first.weights)?,
        bias: values.get("b").map_or(Ok(first.bias), |text| number("b", text))?,
        at: pair("x", first.at)?,
        hold: pair("hold", first.hold)?,
        activation: named(values, "g", first.activation)?,
        gate: named(values, "gate", first.gate)?,
        next: values.get("row").map_or(Ok(first.next), |text| whole("row", text))?,
        lesson: lesson(values)?,
    };
    neuron.checked()
}

fn lesson(values: &Values) -> Result<Option<Lesson>> {
    let corrections = |key| values.get(key).map(|text| whole(key, text)).transpose();
    if let Some(text) = values.get("last") {
        let [row, said, w1, w2, bias] = numbers("last", text)?;
        // Those of before, which nobody but the learner's own link has told.
        let before = Neuron { weights: [w1, w2], bias, ..Neuron::default() }.checked()?;
        let row = (0..Gate::INPUTS.len()).find(|&one| one as f64 == row);
        let row = row.ok_or_else(|| Error::range("last", text, Allowed::Between(0, 3)))?;
        let Neuron { weights, bias, .. } = before;
        return Ok(Some(Lesson::Row { row, said: said == 1.0, weights, bias }));
    }
    if let Some(corrections) = corrections("right")? {
        return Ok(Some(Lesson::Right { corrections, last: rows(values, corrections)? }));
    }
    let Some(corrections) = corrections("wrong")? else {
        return Ok(None);
    };
    Ok(Some(Lesson::Wrong { corrections, last: rows(values, corrections)? }))
}

/// The rows of the last corrections, which are no more than there were corrections.
fn rows(values: &Values, corrections: usize) -> Result<Vec<usize>> {
    let Some(text) = values.get("rows") else {
        return Ok(vec![]);
    };
    let refused = || Error::range("rows", text, Allowed::Between(0, Gate::INPUTS.len() - 1));
    let row = |one: &str| one.parse().ok().filter(|&row: &usize| row < Gate::INPUTS.len());
    let rows: Option<Vec<usize>> = text.split(',').map(row).collect();
    let most = if corrections < KEPT { corrections } else { KEPT };
    rows.filter(|rows| rows.len() <= most).ok_or_else(refused)
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
}

fn named<T: Named>(values: &Values, key: &str, usual: T) -> Result<T> {
    values.get(key).map_or(Ok(usual), |name| T::named(key, name))
}

fn numbers<const N: usize>(place: &str, text: &str) -> Result<[f64; N]> {
    let found = text.split(',').map(|one| number(place, one)).collect::<Result<Vec<_>>>()?;
    let wrong = |found: Vec<f64>| Error::length(place, found.len(), N);
    found.try_into().map_err(wrong)
}
