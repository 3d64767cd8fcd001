//! What the chapter "Network" shows.

mod counts;
mod forms;
mod panel;
mod picture;

use serde::Serialize;

use crate::app::State;
use crate::link;
use crate::name::Named;
use crate::say::{Formula, Say};
use crate::structure::{HIDDEN, Output, Plan, Preset, Structure};

/// The chapter at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    preset: Option<&'static str>,
    plan: Built,
    choices: Choices,
    layers: Vec<picture::Layer>,
    picture: picture::Picture,
    panel: panel::Panel,
    pass: &'static str,
    forms: forms::Forms,
    counts: counts::Counts,
    nested: Nested,
    heads: counts::Heads,
    words: Vec<Say>,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Built {
    sizes: String,
    hidden: &'static str,
    output: &'static str,
    seed: u64,
    /// Whether the weights come from the seed.
    drawn: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Choices {
    presets: Vec<&'static str>,
    hidden: Vec<&'static str>,
    outputs: Vec<&'static str>,
}

/// The network as one expression, and layer by layer.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Nested {
    whole: Formula,
    layers: Vec<Written>,
}

/// A layer as two equations, the first with its shapes.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Written {
    z: Formula,
    a: Formula,
    activation: &'static str,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    let structure = &state.structure;
    let Plan { sizes, hidden, output, seed, .. } = structure.source().plan();
    let panel = panel::panel(structure);
    let preset = structure.source().preset();
    Frame {
        place: state.place.name(),
        preset: preset.map(Named::name),
        plan: Built {
            sizes: joined(&sizes, "-"),
            hidden: hidden.name(),
            output: output.name(),
            seed,
            drawn: preset != Some(Preset::A),
        },
        choices: Choices {
            presets: Preset::all().map(Named::name).collect(),
            hidden: HIDDEN.into_iter().map(Named::name).collect(),
            outputs: Output::all().map(Named::name).collect(),
        },
        layers: picture::layers(structure),
        picture: picture::picture(structure),
        pass: structure.pass.name(),
        forms: forms::forms(structure),
        counts: counts::counts(structure),
        nested: nested(structure),
        heads: counts::heads(structure),
        words: counts::words(structure),
        announce: panel.announce(&sizes, counts::total(structure)),
        panel,
        alert: None,
        error,
        link: link::write(state),
    }
}

fn joined(numbers: &[usize], sign: &str) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(sign)
}

/// "5 × 4", on one line.
fn shape([rows, columns]: [usize; 2]) -> String {
    format!("{rows}\u{a0}×\u{a0}{columns}")
}

/// What layer `l` is called within a sentence; 0 are the inputs.
fn layer_name(l: usize, depth: usize) -> Say {
    let kind = match l {
        0 => "input",
        l if l < depth => "hidden",
        _ => "output",
    };
    Say::new(format!("network.layer.{kind}")).text("l", l)
}

fn nested(structure: &Structure) -> Nested {
    let layers = structure.lab().case().network.layers();
    let written = |(n, layer): (usize, &crate::network::Layer)| {
        let (units, inputs, key) = (layer.units(), layer.inputs(), n == 0);
        let key = if key { "network.shapes.first" } else { "network.shapes" };
        let mut z = at_layer(Formula::new(key), n + 1);
        z.at.insert("u", shape([units, 1]));
        z.at.insert("v", shape([units, inputs]));
        z.at.insert("w", shape([inputs, 1]));
        let a = at_layer(Formula::new("network.g"), n + 1);
        Written { z, a, activation: layer.activation.name() }
    };
    Nested {
        whole: Formula::new(crate::formula::of_nested(layers.len())),
        layers: layers.iter().enumerate().map(written).collect(),
    }
}

/// `formula` for layer `l` and the one below.
fn at_layer(mut formula: Formula, l: usize) -> Formula {
    formula.at.insert("l", l.to_string());
    formula.at.insert("m", l.saturating_sub(1).to_string());
    formula
}
