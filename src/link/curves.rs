//! The address of "Activations".

use super::{Link, Values, number};
use crate::activation::Activation;
use crate::curves::Curves;
use crate::error::Result;
use crate::name::Named;

pub fn write(curves: &Curves, link: &mut Link) {
    let focus = curves.focus().name();
    let others = curves.selected().map(Activation::name).filter(|&name| name != focus);
    link.put("curves", [focus].into_iter().chain(others).collect::<Vec<_>>().join("."));
    link.put("alpha", curves.alpha());
    link.put("z", curves.z);
    link.flag("handbook", curves.handbook);
}

pub fn read(curves: &mut Curves, values: &Values) -> Result<()> {
    if let Some(names) = values.get("curves") {
        curves.select(names.split('.'))?;
    }
    if let Some(alpha) = values.get("alpha") {
        curves.set_alpha(number("alpha", alpha)?);
    }
    if let Some(z) = values.get("z") {
        curves.z = number("z", z)?;
    }
    curves.handbook = values.contains_key("handbook");
    Ok(())
}
