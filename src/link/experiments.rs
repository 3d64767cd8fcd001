//! The address of "Experiments".

use super::{Link, Values, whole};
use crate::error::Result;
use crate::experiment::{self, Experiments};

/// The open card with what is chosen there; results are computed again.
pub fn write(experiments: &Experiments, link: &mut Link) {
    let trial = experiments.trial();
    link.put("card", trial.experiment.name);
    link.put("seeds", experiments.seeds());
    for (axis, value) in trial.experiment.chosen().iter().zip(&trial.values) {
        link.put(axis.name, value);
    }
    if trial.looked > 0 {
        link.put("look", trial.looked);
    }
}

pub fn read(experiments: &mut Experiments, values: &Values) -> Result<()> {
    if let Some(card) = values.get("card") {
        experiments.apply(experiment::Change::Open((*card).to_owned()))?;
    }
    if let Some(seeds) = values.get("seeds") {
        experiments.apply(experiment::Change::Seeds(whole("seeds", seeds)?))?;
    }
    let names: Vec<&str> =
        experiments.trial().experiment.chosen().iter().map(|axis| axis.name).collect();
    for (axis, name) in names.into_iter().enumerate() {
        if let Some(value) = values.get(name) {
            let value = whole(name, value)?;
            experiments.apply(experiment::Change::Choose { axis, value })?;
        }
    }
    if let Some(look) = values.get("look") {
        experiments.apply(experiment::Change::Look(whole("look", look)?))?;
    }
    Ok(())
}
