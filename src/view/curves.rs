//! The chapter "Activations" at one moment.

use serde::Serialize;

use super::predict;
use crate::activation::Activation;
use crate::app::State;
use crate::case::{Case, Samples};
use crate::curves::Curves;
use crate::explain::Explainer;
use crate::formula;
use crate::link;
use crate::loss::Loss;
use crate::name::Named;
use crate::network::{Layer, LayerActivation, Network};
use crate::say::{Arg, Formula, Line, Num, Part, Say};
use crate::trace::{Slot, Trace};

/// The chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    chart: Chart,
    predict: predict::Predict,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    Frame {
        place: state.place.name(),
        chart: chart(&state.curves),
        predict: predict::predict(state),
        announce: predict::announce(state).unwrap_or_else(|| announce(&state.curves)),
        alert: None,
        error,
        link: link::write(state),
    }
}

/// The function in focus at z, in a sentence for those who can't see it.
fn announce(curves: &Curves) -> Say {
    let (g, z) = (curves.focus(), curves.z);
    Say::new("announce.curve")
        .say("name", Say::new(format!("activation.{}", g.name())))
        .num("z", Num::plain(z))
        .num("a", Num::plain(g.value(z)))
        .num("slope", Num::plain(g.slope(z)))
}

/// Everything beside the curves themselves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    functions: Vec<Function>,
    selected: Vec<&'static str>,
    focus: &'static str,
    alpha: f64,
    has_alpha: bool,
    z: f64,
    /// The range of the axis of the slopes.
    slopes: [f64; 2],
    handbook: bool,
    formula: Formula,
    derivative: Formula,
    lines: Vec<Line>,
    why: Vec<Say>,
    rows: Vec<Row>,
    facts: Facts,
    all: Vec<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Function {
    name: &'static str,
    alpha: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Row {
    name: &'static str,
    a: Num,
    slope: Num,
    saturated: bool,
    inactive: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Facts {
    range: Formula,
    zero_centred: bool,
    monotone: bool,
    saturates: Say,
    year: u16,
    source: &'static str,
    /// What to know of it beyond its formula, and where it is used today.
    known: Say,
    used: Say,
}

/// The chart's part of a frame.
pub fn chart(curves: &Curves) -> Chart {
    let (g, z) = (curves.focus(), curves.z);
    let row = |g: Activation| Row {
        name: g.name(),
        a: Num::plain(g.value(z)),
        slope: Num::plain(g.slope(z)),
        saturated: g.saturated(z),
        inactive: g.inactive(z),
    };
    let (lines, why) = arithmetic(g, z);
    Chart {
        functions: curves
            .selected()
            .map(|g| Function { name: g.name(), alpha: g.alpha() })
            .collect(),
        selected: curves.selected().map(Activation::name).collect(),
        focus: g.name(),
        alpha: curves.alpha(),
        has_alpha: g.alpha().is_some(),
        z,
        slopes: curves.slopes(),
        handbook: curves.handbook,
        formula: Formula::new(formula::of_activation("g", g)),
        derivative: Formula::new(formula::of_activation("dg", g)),
        lines,
        why,
        rows: curves.selected().map(row).collect(),
        facts: facts(g),
        all: Activation::ALL.iter().map(|g| g.name()).collect(),
    }
}

/// g(z) and g′(z) with the numbers put in: those of a hidden unit whose input is z.
fn arithmetic(g: Activation, z: f64) -> (Vec<Line>, Vec<Say>) {
    let Some((case, trace)) = unit(g, z) else {
        return (vec![], vec![]);
    };
    let explainer = Explainer { case: &case, trace: &trace };
    let slots = [Slot::A { s: 0, l: 0, j: 0 }, Slot::Slope { s: 0, l: 0, j: 0 }];
    let ids = slots.into_iter().filter_map(|slot| trace.find(slot));
    let lines = ids.clone().map(|id| unlinked(explainer.line(id))).collect();
    let why = ids.flat_map(|id| explainer.why(id)).map(unlinked_say).collect();
    (lines, why)
}

/// A unit with weight 1 and bias 0, of which a linear one makes the output.
fn unit(g: Activation, z: f64) -> Option<(Case, Trace)> {
    let layer = |l, g| Layer::new(l, vec![vec![1.0]], vec![0.0], LayerActivation::Unitwise(g));
    let layers = vec![layer(0, g).ok()?, layer(1, Activation::Identity).ok()?];
    let batch = Samples { inputs: vec![vec![z]], targets: vec![vec![0.0]] };
    let network = Network::new(layers).ok()?;
    let case = Case::new(network, Loss::HalfSquaredError, 0.0, batch).ok()?;
    let trace = Trace::record(&case).ok()?;
    Some((case, trace))
}

/// A line whose numbers lead nowhere, since the unit exists only for it.
fn unlinked(mut line: Line) -> Line {
    line.formula = None;
    for part in &mut line.parts {
        if let Part::Num(num) = part {
            num.id = None;
        }
    }
    line
}

fn unlinked_say(mut say: Say) -> Say {
    for arg in say.args.values_mut() {
        if let Arg::Num(num) = arg {
            num.id = None;
        }
    }
    say
}

fn facts(g: Activation) -> Facts {
    let facts = g.facts();
    let (below, above) = g.saturation();
    let key = match (below.is_finite(), above.is_finite()) {
        (true, true) => "saturates.both",
        (true, false) => "saturates.below",
        _ if g == Activation::Relu => "saturates.relu",
        _ if g == Activation::Step => "saturates.step",
        _ => "saturates.never",
    };
    let saturates = Say::new(key).num("below", Num::plain(below)).num("above", Num::plain(above));
    Facts {
        range: Formula::new(formula::of_activation("range", g)),
        zero_centred: facts.zero_centred,
        monotone: facts.monotone,
        saturates,
        year: facts.year,
        source: facts.source,
        known: Say::new(format!("known.{}", g.name())),
        used: Say::new(format!("used.{}", g.name())),
    }
}
