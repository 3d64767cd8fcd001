//! The part that is pointed at, in words, as a formula and with its numbers.

use serde::Serialize;

use super::picture::{unit_name, weight_symbol};
use super::{at_layer, joined, layer_name, shape};
use crate::activation::Activation;
use crate::explain::ends_in_softmax;
use crate::lab::Lab;
use crate::name::Named;
use crate::network::LayerActivation;
use crate::number;
use crate::say::{Formula, Num, Say};
use crate::structure::{Part, Structure};
use crate::trace::Slot;

/// What is said of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    part: String,
    /// The layer that keys change.
    l: usize,
    title: Say,
    formula: Formula,
    says: Vec<Say>,
}

impl Panel {
    /// The part, and the network that it is in.
    pub fn announce(&self, sizes: &[usize], total: usize) -> Say {
        let said = Say::new("network.announce").say("part", self.title.clone());
        let first = self.says.first().cloned().unwrap_or_else(|| Say::new("network.layer.none"));
        said.say("first", first).text("sizes", joined(sizes, "-")).text("total", total)
    }
}

/// The panel of the part at hand.
pub fn panel(structure: &Structure) -> Panel {
    let (part, sizes, lab) = (structure.part(), structure.sizes(), structure.lab());
    let (title, formula, says) = match part {
        Part::Layer { l: 0 } => inputs(&sizes),
        Part::Layer { l } => layer(lab, l, &sizes),
        Part::Unit { l: 0, j } => input(lab, j, &sizes),
        Part::Unit { l, j } => unit(lab, l, j, &sizes),
        Part::Weight { l, j, i } => weight(lab, l, j, i),
    };
    Panel { part: part.to_string(), l: part.layer(), title, formula, says }
}

type Said = (Say, Formula, Vec<Say>);

fn num(lab: &Lab, slot: Slot) -> Num {
    let trace = lab.trace();
    match trace.find(slot) {
        Some(id) => Num { id: None, ..Num::of(trace, id) },
        None => Num::plain(f64::NAN),
    }
}

fn inputs(sizes: &[usize]) -> Said {
    let what = Say::new("network.inputs.what").text("units", sizes[0]);
    (Say::new("network.title.input"), Formula::new("network.x"), vec![what])
}

fn layer(lab: &Lab, l: usize, sizes: &[usize]) -> Said {
    let (units, below, depth) = (sizes[l], sizes[l - 1], sizes.len() - 1);
    let activation = lab.case().network.layers()[l - 1].activation;
    let kind = if l < depth { "hidden" } else { "output" };
    let mut says = vec![
        Say::new("network.layer.shapes")
            .text("l", l)
            .text("w", shape([units, below]))
            .text("b", shape([units, 1])),
        Say::new("network.layer.parameters")
            .text("units", units)
            .text("below", below)
            .text("count", units * (below + 1)),
        Say::new("network.layer.g")
            .text("l", l)
            .say("name", Say::new(format!("activation.{}", activation.name()))),
    ];
    if l == depth {
        let linear = activation.unitwise() == Some(Activation::Identity);
        says.push(Say::new(if linear { "network.layer.linear" } else { "network.layer.classes" }));
    }
    if activation == LayerActivation::Softmax && units == 1 {
        says.push(Say::new("network.layer.softmax_one"));
    }
    let title = Say::new(format!("network.title.{kind}")).text("l", l);
    (title, at_layer(Formula::new("network.layer"), l), says)
}

fn input(lab: &Lab, i: usize, sizes: &[usize]) -> Said {
    let what = Say::new("network.input.what")
        .num("x", num(lab, Slot::X { s: 0, i }))
        .text("i", i + 1)
        .text("units", sizes[1]);
    let mut formula = Formula::new("x");
    formula.at.insert("i", (i + 1).to_string());
    (unit_name(0, i, sizes), formula, vec![what])
}

fn unit(lab: &Lab, l: usize, j: usize, sizes: &[usize]) -> Said {
    let (s, below, depth) = (0, l - 1, sizes.len() - 1);
    let place = Say::new("network.unit.place").text("l", l).text("j", j + 1);
    let numbers = Say::new("network.unit.numbers")
        .num("b", num(lab, Slot::B { l: below, j }))
        .num("z", num(lab, Slot::Z { s, l: below, j }))
        .num("a", num(lab, Slot::A { s, l: below, j }));
    let onward = match l < depth {
        true => Say::new("network.unit.onward").text("j", j + 1).text("n", l + 1),
        false => Say::new("network.unit.output").text("y", number::subscripted("ŷ", j, sizes[l])),
    };
    let softmax = l == depth && ends_in_softmax(lab.case());
    let key = if softmax { "a.softmax" } else { "network.unit" };
    let mut formula = at_layer(Formula::new(key), l);
    formula.at.insert("j", (j + 1).to_string());
    let title = Say::new("network.title.unit").text("j", j + 1).say("layer", layer_name(l, depth));
    (title, formula, vec![place, numbers, onward])
}

fn weight(lab: &Lab, l: usize, j: usize, i: usize) -> Said {
    let symbol = weight_symbol(l, j, i);
    let key = if l == 1 { "network.weight.first" } else { "network.weight.place" };
    let place = Say::new(key).text("l", l).text("m", l - 1).text("j", j + 1).text("i", i + 1);
    let value = Say::new("network.weight.value")
        .text("symbol", &symbol)
        .num("w", num(lab, Slot::W { l: l - 1, j, i }));
    let layer = &lab.case().network.layers()[l - 1];
    let shapes = Say::new("network.weight.shape")
        .text("l", l)
        .text("w", shape([layer.units(), layer.inputs()]));
    let mut formula = at_layer(Formula::new("network.w"), l);
    formula.at.insert("j", (j + 1).to_string());
    formula.at.insert("i", (i + 1).to_string());
    (Say::new("network.title.weight").text("symbol", symbol), formula, vec![place, value, shapes])
}
