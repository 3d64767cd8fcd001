//! The network at hand as tables, lanes, an editor's values and words.

use serde::Serialize;

use super::{Slider, mark, sample};
use crate::activation::Activation;
use crate::explain::{self, Explainer};
use crate::lab::{self, Lab};
use crate::link;
use crate::name::Named;
use crate::say::{Arg, Num, Say};
use crate::trace::{Id, Phase, Slot};

/// A matrix or a column of the layer, as far as it has been computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    l: usize,
    name: &'static str,
    shape: [usize; 2],
    rows: Vec<Vec<Option<Num>>>,
    /// Whether these are means over a batch of several samples.
    mean: bool,
    edit: bool,
    /// Of z: the key of what there is to say about each unit; empty where there can't be anything.
    marks: Vec<Option<&'static str>>,
}

/// W, b, z, a, da, dz, dW, db of each layer, for the sample shown.
pub fn tables(lab: &Lab) -> Vec<Table> {
    let s = sample(lab);
    let trace = lab.trace();
    let num = |slot: Slot| lab.computed(slot).map(|(id, _)| Num::of(trace, id));
    let updated = |next: Slot, now: Slot| num(next).or_else(|| num(now));
    let mean_or_own = |mean: Slot, own: Slot| num(mean).or_else(|| num(own));
    let mut tables = Vec::new();
    for (l, layer) in lab.case().network.layers().iter().enumerate() {
        let (units, inputs) = (layer.units(), layer.inputs());
        let mut table = |name, columns: usize, cell: &dyn Fn(usize, usize) -> Option<Num>| {
            let row = |j| (0..columns).map(|i| cell(j, i)).collect();
            let rows = (0..units).map(row).collect();
            let edit = matches!(name, "W" | "b");
            let averaged = lab.computed(Slot::MeanDB { l, j: units - 1 }).is_some();
            let mean = averaged && matches!(name, "dW" | "db");
            let marks = if name == "z" { marks(lab, l) } else { vec![] };
            let shape = [units, columns];
            tables.push(Table { l: l + 1, name, shape, rows, mean, edit, marks });
        };
        table("W", inputs, &|j, i| updated(Slot::NextW { l, j, i }, Slot::W { l, j, i }));
        table("b", 1, &|j, _| updated(Slot::NextB { l, j }, Slot::B { l, j }));
        table("z", 1, &|j, _| num(Slot::Z { s, l, j }));
        table("a", 1, &|j, _| num(Slot::A { s, l, j }));
        table("da", 1, &|j, _| num(Slot::DA { s, l, j }));
        table("dz", 1, &|j, _| num(Slot::DZ { s, l, j }));
        table("dW", inputs, &|j, i| mean_or_own(Slot::MeanDW { l, j, i }, Slot::DW { s, l, j, i }));
        table("db", 1, &|j, _| mean_or_own(Slot::MeanDB { l, j }, Slot::DB { s, l, j }));
    }
    tables
}

fn marks(lab: &Lab, l: usize) -> Vec<Option<&'static str>> {
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    let layer = &lab.case().network.layers()[l];
    let short = |key| match key {
        "mark.dead" => "picture.dead_short",
        "mark.inactive" => "picture.inactive_short",
        _ => "picture.saturated",
    };
    match layer.activation.unitwise() {
        None | Some(Activation::Identity) => vec![],
        Some(_) => (0..layer.units()).map(|j| mark(lab, explainer, l, j).map(short)).collect(),
    }
}

/// A layer's two boxes in figure 8's lanes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    l: usize,
    activation: &'static str,
    forward: &'static str,
    backward: &'static str,
    cache: Vec<Cached>,
    out: Vec<Cached>,
}

/// Something kept or given out, with the step that made its first number.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Cached {
    name: &'static str,
    id: Option<Id>,
}

/// The lanes, layer by layer, for the sample shown.
pub fn lanes(lab: &Lab) -> Vec<Lane> {
    let s = sample(lab);
    let id = |slot| lab.computed(slot).map(|(id, _)| id);
    let cached = |name, slot| Cached { name, id: id(slot) };
    let layers = lab.case().network.layers().iter().enumerate();
    layers
        .map(|(l, layer)| {
            let last = layer.units() - 1;
            let below = match l.checked_sub(1) {
                Some(below) => Slot::A { s, l: below, j: 0 },
                None => Slot::X { s, i: 0 },
            };
            Lane {
                l: l + 1,
                activation: layer.activation.name(),
                forward: state(lab, Phase::Forward, l, Slot::A { s, l, j: last }),
                backward: state(lab, Phase::Backward, l, Slot::DB { s, l, j: last }),
                cache: vec![
                    cached("z", Slot::Z { s, l, j: 0 }),
                    cached("a", below),
                    cached("W", Slot::W { l, j: 0, i: 0 }),
                    cached("b", Slot::B { l, j: 0 }),
                ],
                out: vec![
                    cached("dW", Slot::DW { s, l, j: 0, i: 0 }),
                    cached("db", Slot::DB { s, l, j: 0 }),
                ],
            }
        })
        .collect()
}

/// Whether a box is at work, done or still to come; it is done when its `last` number is there.
fn state(lab: &Lab, phase: Phase, l: usize, last: Slot) -> &'static str {
    let at = lab.trace().get(lab.at().id).map(|step| step.slot);
    if at.is_some_and(|slot| slot.phase() == phase && slot.layer() == Some(l)) {
        "now"
    } else if lab.computed(last).is_some() {
        "done"
    } else {
        "todo"
    }
}

/// The values of the editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Setup {
    preset: Option<&'static str>,
    sizes: Vec<usize>,
    layers: Vec<Layer>,
    loss: &'static str,
    rate: Slider,
    batch: usize,
    seed: u64,
    init: &'static str,
    sample_values: crate::case::Samples,
    weights: Vec<Vec<Vec<f64>>>,
    biases: Vec<Vec<f64>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Layer {
    activation: &'static str,
    alpha: Option<f64>,
}

/// The editor's values: the parameters are those that the tables show.
pub fn setup(setup: &lab::Setup, lab: &Lab) -> Setup {
    let network = &lab.network();
    let layer = |layer: &crate::network::Layer| Layer {
        activation: layer.activation.name(),
        alpha: layer.activation.alpha(),
    };
    Setup {
        preset: link::short(setup).map(|(name, _)| name),
        sizes: network.sizes(),
        layers: network.layers().iter().map(layer).collect(),
        loss: setup.loss.name(),
        rate: Slider::at(setup.rate),
        batch: setup.batch,
        seed: setup.seed,
        init: setup.init.name(),
        sample_values: setup.samples.clone(),
        weights: network.layers().iter().map(|l| l.rows().map(<[f64]>::to_vec).collect()).collect(),
        biases: network.layers().iter().map(|l| l.biases().to_vec()).collect(),
    }
}

/// The picture in words: the network, its input, and per unit what is known of it.
pub fn picture(lab: &Lab, explainer: Explainer) -> Vec<Say> {
    let s = sample(lab);
    let trace = lab.trace();
    let network = &lab.case().network;
    let sizes: Vec<String> = network.sizes().iter().map(usize::to_string).collect();
    let list = |slots: Vec<Slot>| {
        let known = slots.into_iter().filter_map(|slot| lab.computed(slot));
        Arg::List(known.map(|(id, _)| Num { id: None, ..Num::of(trace, id) }).collect())
    };
    let mut given = Say::new("alt.given");
    let x = (0..network.layers()[0].inputs()).map(|i| Slot::X { s, i }).collect();
    let y = (0..network.last().units()).map(|j| Slot::Y { s, j }).collect();
    given.args.insert("x".into(), list(x));
    given.args.insert("y".into(), list(y));
    let mut says = vec![Say::new("alt.network").text("sizes", sizes.join("-")), given];
    for (l, layer) in network.layers().iter().enumerate() {
        for j in 0..layer.units() {
            says.extend(unit(lab, explainer, s, l, j));
        }
    }
    if let Some((id, _)) = lab.computed(Slot::Loss { s }) {
        let num = Num { id: None, ..Num::of(trace, id) };
        says.push(Say::new("alt.loss").num("loss", num));
    }
    says
}

fn unit(lab: &Lab, explainer: Explainer, s: usize, l: usize, j: usize) -> Vec<Say> {
    let num = |slot| {
        let (id, _) = lab.computed(slot)?;
        Some(Num { id: None, ..Num::of(lab.trace(), id) })
    };
    let inputs = lab.case().network.layers()[l].inputs();
    let now = |next: Slot, value: Slot| num(next).or_else(|| num(value));
    let slot = Slot::Z { s, l, j };
    let mut says = vec![];
    if let Some(b) = now(Slot::NextB { l, j }, Slot::B { l, j }) {
        let w = (0..inputs).filter_map(|i| now(Slot::NextW { l, j, i }, Slot::W { l, j, i }));
        let mut said = Say::new("alt.parameters").num("b", b);
        said.args.insert("w".into(), Arg::List(w.collect()));
        says.push(explain::with_indices(said, slot));
    }
    let (Some(z), Some(a)) = (num(slot), num(Slot::A { s, l, j })) else {
        return says;
    };
    says.push(explain::with_indices(Say::new("alt.unit").num("z", z).num("a", a), slot));
    if let Some(key) = mark(lab, explainer, l, j) {
        says.push(explain::with_indices(Say::new(key), slot));
    }
    if let Some(dz) = num(Slot::DZ { s, l, j }) {
        says.push(explain::with_indices(Say::new("alt.dz").num("dz", dz), slot));
    }
    let dw: Vec<Num> = (0..inputs).filter_map(|i| num(Slot::DW { s, l, j, i })).collect();
    if !dw.is_empty() {
        let mut said = match num(Slot::DB { s, l, j }) {
            Some(db) => Say::new("alt.gradients").num("db", db),
            None => Say::new("alt.dw"),
        };
        said.args.insert("dw".into(), Arg::List(dw));
        says.push(explain::with_indices(said, slot));
    }
    says
}
