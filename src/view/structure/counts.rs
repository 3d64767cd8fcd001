//! Shapes and numbers of parameters, what a second head would add, and the network in words.

use serde::Serialize;

use super::{joined, layer_name, shape};
use crate::say::{Arg, Num, Say};
use crate::structure::{Preset, Structure};
use crate::trace::Slot;

/// Parameters layer by layer, and how they add up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counts {
    rows: Vec<Row>,
    total: usize,
    counted: Say,
    sum: Say,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Row {
    l: usize,
    name: Say,
    units: usize,
    /// Shapes, and the sum that gives `count`; none for the inputs.
    w: Option<String>,
    b: Option<String>,
    how: Option<String>,
    count: usize,
}

/// The table of the network at hand.
pub fn counts(structure: &Structure) -> Counts {
    let sizes = structure.sizes();
    let depth = sizes.len() - 1;
    let network = &structure.lab().case().network;
    let row = |l: usize| {
        let name = layer_name(l, depth);
        let Some(layer) = l.checked_sub(1).map(|below| &network.layers()[below]) else {
            return Row { l, name, units: sizes[0], w: None, b: None, how: None, count: 0 };
        };
        let (units, below) = (layer.units(), layer.inputs());
        Row {
            l,
            name,
            units,
            w: Some(shape([units, below])),
            b: Some(shape([units, 1])),
            how: Some(format!("{units} · ({below} + 1)")),
            count: layer.parameters(),
        }
    };
    let rows: Vec<Row> = (0..=depth).map(row).collect();
    let terms: Vec<usize> = rows.iter().skip(1).map(|row| row.count).collect();
    let total = total(structure);
    let sum = match depth {
        1 => Say::new("network.total.one"),
        _ => Say::new("network.total").text("sum", joined(&terms, " + ")),
    };
    let counted = match depth {
        1 => Say::new("network.counted.one"),
        _ => Say::new("network.counted").text("depth", depth).text("hidden", depth - 1),
    };
    Counts { rows, total, counted, sum: sum.text("total", total) }
}

/// All parameters of the network at hand.
pub fn total(structure: &Structure) -> usize {
    structure.lab().case().network.layers().iter().map(|layer| layer.parameters()).sum()
}

/// One output layer of several units, and two output layers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heads {
    /// The number of layers, and the one that a second head would branch off; 0 are the inputs.
    depth: usize,
    branch: usize,
    units: usize,
    /// Of the network as it is, and with a second head.
    one: Say,
    two: Say,
    figure: Option<Say>,
}

/// What the network's one output layer is, and what a second head half-way would be.
pub fn heads(structure: &Structure) -> Heads {
    let sizes = structure.sizes();
    let depth = sizes.len() - 1;
    let (units, branch) = (sizes[depth], depth / 2);
    let below = sizes[branch];
    let loss = structure.lab().case().loss;
    let one = Say::new(if units == 1 { "network.heads.single" } else { "network.heads.one" })
        .text("units", units)
        .text("l", depth)
        .text("w", shape([units, sizes[depth - 1]]))
        .say("loss", Say::new(format!("loss.{}", crate::name::Named::name(loss))));
    let two = Say::new("network.heads.two")
        .say("branch", layer_name(branch, depth))
        .text("units", units)
        .text("below", below)
        .text("count", units * (below + 1));
    let figure = (structure.source().preset() == Some(Preset::Figure7))
        .then(|| Say::new("network.heads.figure7"));
    Heads { depth, branch, units, one, two, figure }
}

/// The network in words: its layers, every weight by row, and its size.
pub fn words(structure: &Structure) -> Vec<Say> {
    let (sizes, lab) = (structure.sizes(), structure.lab());
    let depth = sizes.len() - 1;
    let mut says = vec![Say::new("network.alt.sizes").text("sizes", joined(&sizes, "-"))];
    says.push(Say::new("network.alt.inputs").text("units", sizes[0]));
    let trace = lab.trace();
    let num = |slot| {
        let id = trace.find(slot)?;
        Some(Num { id: None, ..Num::of(trace, id) })
    };
    for l in 1..=depth {
        says.push(
            Say::new("network.alt.layer")
                .say("layer", layer_name(l, depth))
                .text("units", sizes[l])
                .text("l", l)
                .text("w", shape([sizes[l], sizes[l - 1]]))
                .text("count", sizes[l] * (sizes[l - 1] + 1)),
        );
        for j in 0..sizes[l] {
            let row = (0..sizes[l - 1]).filter_map(|i| num(Slot::W { l: l - 1, j, i }));
            let mut said = Say::new("network.alt.row").text("l", l).text("j", j + 1);
            said.args.insert("w".into(), Arg::List(row.collect()));
            says.extend(num(Slot::B { l: l - 1, j }).map(|b| said.num("b", b)));
        }
    }
    says.push(counts(structure).sum);
    says
}
