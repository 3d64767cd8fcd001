//! The address of "Broken backprop".

use super::lab::{position, read_shown, write_position, write_shown};
use super::{Link, Values, whole};
use crate::broken::{Answer, Broken, CASES, Change};
use crate::error::{Allowed, Error, Result};
use crate::name::Named;
use crate::stops::StopSize;

/// The case by its number, and so the answer: a link does not tell what is broken.
pub fn write(broken: &Broken, link: &mut Link) {
    link.put("seed", broken.seed());
    link.put("case", broken.case() + 1);
    write_position(&broken.lab, link);
    write_shown(&broken.lab, link);
    if let Some(n) = Answer::all().position(|answer| broken.answer() == Some(answer)) {
        link.put("answer", n + 1);
    }
    if let Some(l) = broken.layer() {
        link.put("layer", l + 1);
    }
    link.flag("asked", broken.asked());
    link.flag("told", broken.told());
}

pub fn read(values: &Values) -> Result<Broken> {
    // Counted from 1.
    let nth = |key, most: usize| {
        let Some(text) = values.get(key) else {
            return Ok(None);
        };
        let n: usize = whole(key, text)?;
        let within = (1..=most).contains(&n).then(|| n - 1);
        within.map(Some).ok_or_else(|| Error::range(key, text, Allowed::Between(1, most)))
    };
    let seed = values.get("seed").map_or(Ok(1), |text| whole("seed", text))?;
    let mut broken = Broken::new(seed, nth("case", CASES)?.unwrap_or(0))?;
    if let Some(n) = nth("answer", Answer::all().count())? {
        let name = Answer::all().nth(n).map_or("", Named::name);
        broken.apply(Change::Answer(name.into()))?;
    }
    if let Some(l) = nth("layer", broken.lab.case().network.layers().len())? {
        broken.apply(Change::Layer(l))?;
    }
    for (key, change) in [("asked", Change::Ask), ("told", Change::Tell)] {
        if values.contains_key(key) {
            broken.apply(change)?;
        }
    }
    if let Some(name) = values.get("size") {
        broken.lab.set_size(StopSize::named("size", name)?);
    }
    if let Some(at) = values.get("at") {
        broken.lab.go(position(at)?)?;
    }
    read_shown(&mut broken.lab, values)?;
    broken.news = false;
    Ok(broken)
}
