//! The state as the fragment of an address, and back.
//!
//! `place&key=value&…`: `case` is a preset's name or a whole exported case in base64url;
//! in "Broken backprop" its number. `alpha` and `eta` are what a preset has instead of its own; `at` is the position as `t.id`, and
//! `show` the step put into the card.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::activation::Activation;
use crate::app::{Action, Place, State, finite};
use crate::broken::{Answer, Broken, CASES, Change};
use crate::curves::Curves;
use crate::data::Set;
use crate::edit;
use crate::error::{Allowed, Error, Result};
use crate::experiment::{self, Experiments};
use crate::json;
use crate::lab::{Lab, Position, Setup};
use crate::name::Named;
use crate::network::LayerActivation;
use crate::neuron;
use crate::nonlinear;
use crate::nudge::{self, Nudge};
use crate::stops::StopSize;
use crate::structure::{self, Output, Part, Pass, Plan, Source, Structure};
use crate::train::{self, Shown, Train};

/// A fragment while it is put together.
pub(crate) struct Link(String);

impl Link {
    pub(crate) fn put(&mut self, key: &str, value: impl Display) {
        // Writing to a String does not fail.
        let _ = write!(self.0, "&{key}={value}");
    }

    /// A switch: there only while it is on.
    pub(crate) fn flag(&mut self, key: &str, on: bool) {
        if on {
            self.put(key, 1);
        }
    }
}

/// The fragment that restores `state`, as far as its place shows it.
pub fn write(state: &State) -> String {
    let mut link = Link(state.place.name().to_owned());
    link.flag("predict", state.predict.on && state.place.asks());
    match state.place {
        Place::Neuron => write_all(neuron::write(&state.neuron), &mut link),
        Place::Network => write_structure(&state.structure, &mut link),
        Place::WhyNonlinear => nonlinear::write(&state.nonlinear, &mut link),
        Place::Activations => write_curves(&state.curves, &mut link),
        Place::Nudge => write_nudge(&state.nudge, &mut link),
        Place::Train => write_training(&state.train, &mut link),
        Place::Experiments => write_experiments(&state.experiments, &mut link),
        Place::Start | Place::StepByStep => write_lab(state.current(), &mut link),
        Place::Broken => {
            if let Some(broken) = &state.broken {
                write_broken(broken, &mut link);
            }
        }
    }
    link.0
}

fn write_all(values: Vec<(&str, String)>, link: &mut Link) {
    for (key, value) in values {
        link.put(key, value);
    }
}

fn write_curves(curves: &Curves, link: &mut Link) {
    let focus = curves.focus().name();
    let others = curves.selected().map(Activation::name).filter(|&name| name != focus);
    link.put("curves", [focus].into_iter().chain(others).collect::<Vec<_>>().join("."));
    link.put("alpha", curves.alpha());
    link.put("z", curves.z);
    link.flag("handbook", curves.handbook);
}

fn write_structure(structure: &Structure, link: &mut Link) {
    match structure.source() {
        Source::Preset(preset) => link.put("net", preset.name()),
        Source::Own(Plan { sizes, hidden, output, seed }) => {
            let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
            link.put("sizes", sizes.join("-"));
            link.put("hidden", hidden.name());
            link.put("output", output.name());
            link.put("seed", seed);
        }
    }
    link.put("part", structure.part());
    link.put("pass", structure.pass.name());
}

fn write_nudge(nudge: &Nudge, link: &mut Link) {
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

fn write_training(train: &Train, link: &mut Link) {
    let (setup, shown) = (train.setup(), train.shown);
    let usual = train::Setup::usual(setup.recipe.set);
    match *setup == usual {
        true => link.put("set", setup.recipe.set.name()),
        false => link.put("setup", URL_SAFE_NO_PAD.encode(json::write(&setup.written()))),
    }
    link.flag("test", shown.test);
    link.flag("discrete", shown.discrete);
    link.flag("log", shown.log);
}

/// The open card with what is chosen there; results are computed again.
fn write_experiments(experiments: &Experiments, link: &mut Link) {
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

fn write_lab(lab: &Lab, link: &mut Link) {
    match short(lab.setup()) {
        Some((preset, alpha)) => {
            link.put("case", preset);
            if let Some(alpha) = alpha {
                link.put("alpha", alpha);
            }
            link.put("eta", lab.setup().rate);
            write_position(lab, link);
        }
        None => link.put("case", URL_SAFE_NO_PAD.encode(lab.export())),
    }
    write_shown(lab, link);
}

fn write_position(lab: &Lab, link: &mut Link) {
    link.put("at", format_args!("{}.{}", lab.at().t, lab.at().id));
    link.put("size", lab.size().name());
}

fn write_shown(lab: &Lab, link: &mut Link) {
    if let Some(id) = lab.shown() {
        link.put("show", id);
    }
}

/// The case by its number, and so the answer: a link does not tell what is broken.
fn write_broken(broken: &Broken, link: &mut Link) {
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
        edit::apply(setup, &Action::Alpha { layer: None, value })?;
    }
    edit::apply(setup, &Action::Rate { value: rate })
}

/// The state that `fragment` names; an empty one is the start.
///
/// # Errors
/// An unknown place, key or value, named.
pub fn read(fragment: &str) -> Result<State> {
    let mut state = State::new()?;
    let mut parts = fragment.split('&');
    let name = parts.next().unwrap_or_default();
    if name.is_empty() {
        return Ok(state);
    }
    let place = Place::named("#", name)?;
    let values: BTreeMap<&str, &str> = parts.filter_map(|part| part.split_once('=')).collect();
    state.predict.on = place.asks() && values.contains_key("predict");
    match place {
        Place::Neuron => state.neuron = neuron::read(&values)?,
        Place::Network => read_structure(&mut state.structure, &values)?,
        Place::WhyNonlinear => state.nonlinear = nonlinear::read(&values)?,
        Place::Activations => read_curves(&mut state.curves, &values)?,
        Place::Nudge => read_nudge(&mut state.nudge, &values)?,
        Place::Train => read_training(&mut state.train, &values)?,
        Place::Experiments => read_experiments(&mut state.experiments, &values)?,
        Place::Start => state.lap = read_lab(&values)?.unwrap_or(state.lap),
        Place::StepByStep => state.lab = read_lab(&values)?.unwrap_or(state.lab),
        Place::Broken => state.broken = Some(Box::new(read_broken(&values)?)),
    }
    state.place = place;
    Ok(state)
}

/// The place that a broken `fragment` names, as a stranger finds it.
///
/// # Errors
/// None that a user can cause: the presets fit.
pub fn start_of(fragment: &str) -> Result<State> {
    let name = fragment.split('&').next().unwrap_or_default();
    let place = Place::named("#", name).unwrap_or(Place::Start);
    let mut state = State::new()?;
    state.go(place)?;
    Ok(state)
}

fn read_curves(curves: &mut Curves, values: &BTreeMap<&str, &str>) -> Result<()> {
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

fn read_structure(structure: &mut Structure, values: &BTreeMap<&str, &str>) -> Result<()> {
    if let Some(name) = values.get("net") {
        *structure = Structure::new(Source::Preset(structure::Preset::named("net", name)?))?;
    }
    if let Some(text) = values.get("sizes") {
        *structure = Structure::new(Source::of(read_plan(text, values)?))?;
    }
    if let Some(name) = values.get("part") {
        structure.select(Part::read(name, &structure.sizes())?)?;
    }
    if let Some(name) = values.get("pass") {
        structure.pass = Pass::named("pass", name)?;
    }
    Ok(())
}

/// Sizes, and the functions and seed that stand beside them; of what is missing, figure 7's.
fn read_plan(sizes: &str, values: &BTreeMap<&str, &str>) -> Result<Plan> {
    let index = |place: &str, text: &str| Error::range(place, text, Allowed::Index);
    let mut plan = structure::Preset::Figure7.plan();
    let numbers = sizes.split('-').map(|text| text.parse().map_err(|_| index("sizes", text)));
    plan.sizes = numbers.collect::<Result<_>>()?;
    if let Some(name) = values.get("hidden") {
        plan.hidden = structure::hidden(name)?;
    }
    if let Some(name) = values.get("output") {
        plan.output = Output::named("output", name)?;
    }
    if let Some(text) = values.get("seed") {
        plan.seed = text.parse().map_err(|_| Error::range("seed", text, Allowed::NotNegative))?;
    }
    Ok(plan)
}

fn read_nudge(nudge: &mut Nudge, values: &BTreeMap<&str, &str>) -> Result<()> {
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

fn read_training(train: &mut Train, values: &BTreeMap<&str, &str>) -> Result<()> {
    if let Some(name) = values.get("set") {
        *train = Train::new(train::Setup::usual(Set::named("set", name)?))?;
    }
    if let Some(text) = values.get("setup") {
        *train = Train::new(train::Setup::read(&decode("setup", text)?)?)?;
    }
    let on = |name| values.contains_key(name);
    train.shown = Shown { test: on("test"), discrete: on("discrete"), log: on("log") };
    Ok(())
}

fn read_experiments(experiments: &mut Experiments, values: &BTreeMap<&str, &str>) -> Result<()> {
    let index = |place: &str, text: &str| -> Result<usize> {
        text.parse().map_err(|_| Error::range(place, text, Allowed::Index))
    };
    if let Some(card) = values.get("card") {
        experiments.apply(experiment::Change::Open((*card).to_owned()))?;
    }
    if let Some(seeds) = values.get("seeds") {
        experiments.apply(experiment::Change::Seeds(index("seeds", seeds)?))?;
    }
    let names: Vec<&str> =
        experiments.trial().experiment.chosen().iter().map(|axis| axis.name).collect();
    for (axis, name) in names.into_iter().enumerate() {
        if let Some(value) = values.get(name) {
            let value = index(name, value)?;
            experiments.apply(experiment::Change::Choose { axis, value })?;
        }
    }
    if let Some(look) = values.get("look") {
        experiments.apply(experiment::Change::Look(index("look", look)?))?;
    }
    Ok(())
}

fn read_lab(values: &BTreeMap<&str, &str>) -> Result<Option<Lab>> {
    let Some(&case) = values.get("case") else {
        return Ok(None);
    };
    let mut lab = read_case(case, values)?;
    read_shown(&mut lab, values)?;
    Ok(Some(lab))
}

fn read_shown(lab: &mut Lab, values: &BTreeMap<&str, &str>) -> Result<()> {
    match values.get("show") {
        Some(text) => lab.show(index("show", text)?),
        None => Ok(()),
    }
}

fn read_broken(values: &BTreeMap<&str, &str>) -> Result<Broken> {
    // Counted from 1.
    let nth = |key, most: usize| {
        let Some(text) = values.get(key) else {
            return Ok(None);
        };
        let n: usize = index(key, text)?;
        let within = (1..=most).contains(&n).then(|| n - 1);
        within.map(Some).ok_or_else(|| Error::range(key, text, Allowed::Between(1, most)))
    };
    let seed = values.get("seed").map_or(Ok(1), |text| index("seed", text))?;
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

/// A preset, changed as `values` say, or the whole case.
fn read_case(case: &str, values: &BTreeMap<&str, &str>) -> Result<Lab> {
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

fn decode(place: &str, text: &str) -> Result<String> {
    let broken = || Error::NoCase { place: place.into() };
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    String::from_utf8(bytes).map_err(|_| broken())
}

fn index<T: FromStr>(place: &str, text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::range(place, text, Allowed::Index))
}

fn position(text: &str) -> Result<Position> {
    let parse = || {
        let (t, id) = text.split_once('.')?;
        Some(Position { t: t.parse().ok()?, id: id.parse().ok()? })
    };
    parse().ok_or_else(|| Error::range("at", text, Allowed::Position))
}

pub(crate) fn number(place: &str, text: &str) -> Result<f64> {
    finite(place, text.parse().map_err(|_| Error::range(place, text, Allowed::Finite))?)
}
