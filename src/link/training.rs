//! The address of "Train".

use super::{Link, Values, decode, encode};
use crate::data::Set;
use crate::error::Result;
use crate::json;
use crate::name::Named;
use crate::train::{self, Shown, Speed, Train};

pub fn write(train: &Train, link: &mut Link) {
    let (setup, shown) = (train.setup(), train.shown);
    let usual = train::Setup::usual(setup.recipe.set);
    match *setup == usual {
        true => link.put("set", setup.recipe.set.name()),
        false => link.put("setup", encode(&json::write(&setup.written()))),
    }
    link.flag("test", shown.test);
    link.flag("discrete", shown.discrete);
    link.flag("log", shown.log);
    if train.speed != Speed::default() {
        link.put("speed", train.speed.name());
    }
}

pub fn read(train: &mut Train, values: &Values) -> Result<()> {
    if let Some(name) = values.get("set") {
        *train = Train::new(train::Setup::usual(Set::named("set", name)?))?;
    }
    if let Some(text) = values.get("setup") {
        *train = Train::new(train::Setup::read(&decode("setup", text)?)?)?;
    }
    let on = |name| values.contains_key(name);
    train.shown = Shown { test: on("test"), discrete: on("discrete"), log: on("log") };
    if let Some(name) = values.get("speed") {
        train.speed = Speed::named("speed", name)?;
    }
    Ok(())
}
