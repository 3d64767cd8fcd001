//! The chapter as a part of an address, and back.

use super::fit::Way;
use super::stack::{Entry, WIDTH};
use super::target::Shape;
use super::{Change, Nonlinear, PlaneChange, StackChange, fit};
use crate::error::{Allowed, Error, Result};
use crate::link::{Link, Values, number, whole};
use crate::name::Named;

/// What stands in place of a column for the bias.
const BIAS: &str = "b";

/// Adds the whole chapter to `link`.
pub(crate) fn write(chapter: &Nonlinear, link: &mut Link) {
    let Nonlinear { stack, plane, fit, .. } = chapter;
    link.put("layers", stack.depth());
    link.put("weights", stack.seed());
    link.put("merged", stack.merged());
    link.flag("between", stack.relu);
    link.put("x", joined(&stack.x()));
    let Entry { row, column } = stack.entry();
    let column = column.map_or(BIAS.into(), |column| column.to_string());
    link.put("entry", format_args!("{row},{column}"));
    link.put("set", plane.classes().name());
    link.put("start", plane.seed());
    link.flag("relu", plane.relu());
    link.put("epoch", plane.epoch());
    match fit.target().shape() {
        Some(shape) => link.put("shape", shape.name()),
        None => link.put("heights", joined(fit.target().heights())),
    }
    link.put("units", fit.units());
    link.put("way", fit.way().name());
    link.put("corners", fit.seed());
    link.put("moment", fit.moment());
    link.put("at", fit.x());
}

/// The chapter with all that `values` say of it.
///
/// # Errors
/// A value that is none, or is refused, named.
pub(crate) fn read(values: &Values) -> Result<Nonlinear> {
    let mut chapter = Nonlinear::new()?;
    for change in changes(values)? {
        chapter.apply(change)?;
    }
    // None of these is news to the learner.
    chapter.touched = super::Part::Stack;
    Ok(chapter)
}

/// In an order in which none undoes another.
fn changes(values: &Values) -> Result<Vec<Change>> {
    let mut changes = vec![];
    let mut add = |key: &str, change: &dyn Fn(&str) -> Result<Change>| -> Result<()> {
        if let Some(text) = values.get(key) {
            changes.push(change(text)?);
        }
        Ok(())
    };
    add("layers", &|text| Ok(Change::Stack(StackChange::Depth(whole("layers", text)?))))?;
    add("weights", &|text| Ok(Change::Stack(StackChange::Seed(whole("weights", text)?))))?;
    add("merged", &|text| Ok(Change::Stack(StackChange::Merged(whole("merged", text)?))))?;
    add("between", &|_| Ok(Change::Stack(StackChange::Relu(true))))?;
    add("entry", &entry)?;
    add("set", &|text| Ok(Change::Plane(PlaneChange::Set(text.into()))))?;
    add("start", &|text| Ok(Change::Plane(PlaneChange::Seed(whole("start", text)?))))?;
    add("relu", &|_| Ok(Change::Plane(PlaneChange::Relu(true))))?;
    add("epoch", &|text| Ok(Change::Plane(PlaneChange::Epoch(whole("epoch", text)?))))?;
    add("shape", &|text| Ok(Change::Fit(fit::Change::Shape(Shape::named("shape", text)?))))?;
    add("heights", &|text| Ok(Change::Fit(fit::Change::Heights(numbers("heights", text)?))))?;
    add("units", &|text| Ok(Change::Fit(fit::Change::Units(whole("units", text)?))))?;
    add("way", &|text| Ok(Change::Fit(fit::Change::Way(Way::named("way", text)?))))?;
    add("corners", &|text| Ok(Change::Fit(fit::Change::Seed(whole("corners", text)?))))?;
    add("moment", &|text| Ok(Change::Fit(fit::Change::Moment(whole("moment", text)?))))?;
    add("at", &|text| Ok(Change::Fit(fit::Change::X(number("at", text)?))))?;
    if let Some(text) = values.get("x") {
        changes.extend(inputs(text)?);
    }
    Ok(changes)
}

fn entry(text: &str) -> Result<Change> {
    let parse = || {
        let (row, column) = text.split_once(',')?;
        let column = if column == BIAS { None } else { Some(column.parse().ok()?) };
        Some(StackChange::Entry { row: row.parse().ok()?, column })
    };
    parse().map(Change::Stack).ok_or_else(|| Error::range("entry", text, Allowed::Index))
}

fn inputs(text: &str) -> Result<Vec<Change>> {
    let x = numbers("x", text)?;
    if x.len() != WIDTH {
        return Err(Error::length("x", x.len(), WIDTH));
    }
    let input = |(unit, value)| Change::Stack(StackChange::Input { unit, value });
    Ok(x.into_iter().enumerate().map(input).collect())
}

fn joined(values: &[f64]) -> String {
    values.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
}

fn numbers(place: &str, text: &str) -> Result<Vec<f64>> {
    text.split(',').map(|one| number(place, one)).collect()
}
