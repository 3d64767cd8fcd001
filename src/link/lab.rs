//! The address of a lab: its case, its position, and the step in the card.

use super::{Link, Values, decode, encode, number, whole};
use crate::activation::Activation;
use crate::app::Action;
use crate::edit;
use crate::error::{Allowed, Error, Result};
use crate::lab::{Lab, Position, Setup};
use crate::name::Named;
use crate::network::LayerActivation;
use crate::stops::StopSize;

pub fn write(lab: &Lab, link: &mut Link) {
    match short(lab.setup()) {
        Some((preset, alpha)) => {
            link.put("case", preset);
            if let Some(alpha) = alpha {
                link.put("alpha", alpha);
            }
            link.put("eta", lab.setup().rate);
            write_position(lab, link);
        }
        None => link.put("case", encode(&lab.export())),
    }
    write_shown(lab, link);
}

pub fn write_position(lab: &Lab, link: &mut Link) {
    link.put("at", format_args!("{}.{}", lab.at().t, lab.at().id));
    link.put("size", lab.size().name());
}

pub fn write_shown(lab: &Lab, link: &mut Link) {
    if let Some(id) = lab.shown() {
        link.put("show", id);
    }
}

/// The preset that `setup` is, but for η and a common α of its Leaky ReLUs, and that α.
pub fn short(setup: &Setup) -> Option<(&'static str, Option<f64>)> {
    let name = setup.preset?;
    let leaky = setup.network.layers().iter().find_map(|layer| match layer.activation {
        LayerActivation::Unitwise(Activation::LeakyRelu { alpha }) => Some(alpha),
        _ => None,
    });
    let mut preset = Setup::preset(name).ok()?;
    change(&mut preset, leaky, setup.rate).ok()?;
    (preset == *setup).then_some((name, leaky))
}

fn change(setup: &mut Setup, alpha: Option<f64>, rate: f64) -> Result<()> {
    if let Some(value) = alpha {
        edit::apply(setup, &Action::Alpha { layer: None, value, given: false })?;
    }
    edit::apply(setup, &Action::Rate { value: rate })
}

pub fn read(values: &Values) -> Result<Option<Lab>> {
    let Some(&case) = values.get("case") else {
        return Ok(None);
    };
    let mut lab = read_case(case, values)?;
    read_shown(&mut lab, values)?;
    Ok(Some(lab))
}

pub fn read_shown(lab: &mut Lab, values: &Values) -> Result<()> {
    match values.get("show") {
        Some(text) => lab.show(whole("show", text)?),
        None => Ok(()),
    }
}

/// A preset, changed as `values` say, or the whole case.
fn read_case(case: &str, values: &Values) -> Result<Lab> {
    let Ok(mut setup) = Setup::preset(case) else {
        return Lab::import(&decode("case", case)?);
    };
    let alpha = values.get("alpha").map(|text| number("alpha", text)).transpose()?;
    let rate = values.get("eta").map(|text| number("eta", text)).transpose()?;
    let own = setup.rate;
    change(&mut setup, alpha, rate.unwrap_or(own))?;
    let size = match values.get("size") {
        None => StopSize::Unit,
        Some(name) => StopSize::named("size", name)?,
    };
    let mut lab = Lab::new(setup, size)?;
    if let Some(at) = values.get("at") {
        lab.go(position(at)?)?;
    }
    Ok(lab)
}

pub fn position(text: &str) -> Result<Position> {
    let parse = || {
        let (t, id) = text.split_once('.')?;
        Some(Position { t: t.parse().ok()?, id: id.parse().ok()? })
    };
    parse().ok_or_else(|| Error::range("at", text, Allowed::Position))
}
