//! The network as circles and lines, with what of it is looked at.

use serde::Serialize;

use super::layer_name;
use crate::edit::{LAYERS, WIDEST};
use crate::name::subscript;
use crate::number;
use crate::say::{Num, Say};
use crate::structure::picture::RADIUS;
use crate::structure::{self, Focus, Part, Pass, Structure};

/// A column of the picture, and what can be done to the layer there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Layer {
    l: usize,
    part: String,
    name: Say,
    units: usize,
    selected: bool,
    hidden: bool,
    grows: bool,
    shrinks: bool,
    /// Whether a layer can be put after it.
    room: bool,
}

/// The columns from the left.
pub fn layers(structure: &Structure) -> Vec<Layer> {
    let plan = structure.source().plan();
    let layer = |(l, &units): (usize, &usize)| {
        let own = Part::Layer { l };
        Layer {
            l,
            part: own.to_string(),
            name: layer_name(l, plan.depth()),
            units,
            selected: structure.part() == own,
            hidden: plan.is_hidden(l),
            grows: units < WIDEST,
            shrinks: units > 1,
            room: l < plan.depth() && plan.sizes.len() < *LAYERS.end(),
        }
    };
    plan.sizes.iter().enumerate().map(layer).collect()
}

/// Circles and lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    width: f64,
    height: f64,
    radius: f64,
    name: Say,
    units: Vec<Unit>,
    edges: Vec<Edge>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Unit {
    l: usize,
    part: String,
    name: Say,
    /// What stands in the circle.
    label: String,
    kind: &'static str,
    x: f64,
    y: f64,
    /// "selected", "lit" or nothing.
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Edge {
    /// The layer that it leads to.
    l: usize,
    part: String,
    name: Say,
    from: [f64; 2],
    to: [f64; 2],
    width: f64,
    negative: bool,
    state: &'static str,
}

/// The picture; what the product at hand takes up is lit.
pub fn picture(structure: &Structure) -> Picture {
    let network = &structure.lab().case().network;
    let picture = structure::picture::Picture::new(network);
    let (sizes, focus) = (structure.sizes(), structure.equation().map(|(focus, _)| focus));
    let depth = sizes.len() - 1;
    let part = structure.part();
    let lit = |lit: bool, own: Part| match () {
        () if own == part => "selected",
        () if lit => "lit",
        () => "",
    };
    let units = picture.units.iter().map(|unit| {
        let (l, j) = (unit.l, unit.j);
        let own = Part::Unit { l, j };
        Unit {
            l,
            part: own.to_string(),
            name: unit_name(l, j, &sizes),
            label: label(l, j, &sizes),
            kind: if l == 0 {
                "input"
            } else if l < depth {
                "hidden"
            } else {
                "output"
            },
            x: unit.at.x,
            y: unit.at.y,
            state: lit(focus.is_some_and(|focus| takes_unit(focus, l, j)), own),
        }
    });
    let edges = picture.edges.iter().map(|edge| {
        let (l, j, i) = (edge.l, edge.j, edge.i);
        let own = Part::Weight { l, j, i };
        let value = network.layers()[l - 1].weight(j, i);
        Edge {
            l,
            part: own.to_string(),
            name: Say::new("network.edge.name")
                .text("symbol", weight_symbol(l, j, i))
                .num("w", Num::plain(value)),
            from: [edge.from.x, edge.from.y],
            to: [edge.to.x, edge.to.y],
            width: edge.width,
            negative: edge.negative,
            state: lit(focus.is_some_and(|f| takes_edge(f, structure.pass, l, j, i)), own),
        }
    });
    Picture {
        width: picture.width,
        height: picture.height,
        radius: RADIUS,
        name: Say::new("network.picture").text("sizes", super::joined(&sizes, "-")),
        units: units.collect(),
        edges: edges.collect(),
    }
}

/// Whether the row or column at hand runs along an edge; of an entry's gradient nothing else does.
fn takes_edge(focus: Focus, pass: Pass, l: usize, j: usize, i: usize) -> bool {
    let (row, column) = (focus.row == Some(j), focus.column == Some(i));
    l == focus.l
        && match (pass, focus.row, focus.column) {
            (Pass::Gradient, Some(_), Some(_)) => row && column,
            (Pass::Backward, _, _) | (_, None, Some(_)) => column,
            _ => row,
        }
}

/// Whether a unit stands at an end of such an edge.
fn takes_unit(focus: Focus, l: usize, j: usize) -> bool {
    (l == focus.l && focus.row == Some(j)) || (l + 1 == focus.l && focus.column == Some(j))
}

/// What a unit is called.
pub fn unit_name(l: usize, j: usize, sizes: &[usize]) -> Say {
    match l {
        0 => Say::new("network.input.name").text("x", label(l, j, sizes)),
        _ => Say::new("network.unit.name")
            .text("j", j + 1)
            .say("layer", layer_name(l, sizes.len() - 1)),
    }
}

fn label(l: usize, j: usize, sizes: &[usize]) -> String {
    match l {
        0 => number::subscripted("x", j, sizes[0]),
        l if l + 1 == sizes.len() => number::subscripted("ŷ", j, sizes[l]),
        _ => (j + 1).to_string(),
    }
}

/// "W\[2\]₃,₁".
pub fn weight_symbol(l: usize, j: usize, i: usize) -> String {
    format!("W[{l}]{},{}", subscript(j + 1), subscript(i + 1))
}
