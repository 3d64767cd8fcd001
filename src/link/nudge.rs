//! The address of "Nudge".

use super::{Link, Values, number};
use crate::error::Result;
use crate::nudge::{self, Nudge};

pub fn write(nudge: &Nudge, link: &mut Link) {
    link.put("of", nudge::name(nudge.parameter()));
    if nudge.start() != nudge.own_start() {
        link.put("start", nudge.start());
    }
    link.put("shift", nudge.shift());
    link.put("epsilon", nudge.epsilon());
    link.put("eta", nudge.rate());
    link.flag("all", nudge.all());
    link.flag("wide", nudge.wide());
}

pub fn read(nudge: &mut Nudge, values: &Values) -> Result<()> {
    if let Some(&name) = values.get("of") {
        nudge.apply(nudge::Change::Named(name.into()))?;
    }
    nudge.apply(nudge::Change::Wide(values.contains_key("wide")))?;
    type Set = fn(f64) -> nudge::Change;
    let set = |nudge: &mut Nudge, key: &str, change: Set| match values.get(key) {
        Some(text) => nudge.apply(change(number(key, text)?)),
        None => Ok(()),
    };
    set(nudge, "start", nudge::Change::Start)?;
    set(nudge, "shift", nudge::Change::Shift)?;
    set(nudge, "epsilon", nudge::Change::Epsilon)?;
    set(nudge, "eta", nudge::Change::Rate)?;
    nudge.apply(nudge::Change::All(values.contains_key("all")))
}
