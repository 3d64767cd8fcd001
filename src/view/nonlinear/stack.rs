//! The stack of layers beside the one matrix and bias that it is.

use serde::Serialize;

use super::{all_digits, operand, six};
use crate::nonlinear::affine::Affine;
use crate::nonlinear::stack::{self, Entry, WIDTH};
use crate::say::{Num, Part, Say};

/// Larger than what rounding can do to an answer here; ReLU may set less than that to 0 as well.
const ROUNDING: f64 = 1e-9;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stack {
    depth: usize,
    seed: u64,
    relu: bool,
    merged: usize,
    /// All layers, the first one nearest to the input.
    layers: Vec<Map>,
    /// What the merged layers are by the multiplication before the last.
    before: Option<Map>,
    product: Map,
    entry: Chosen,
    inputs: Vec<Input>,
    /// What the merged layers give, one after the other.
    path: Vec<Passed>,
    /// What their one matrix and bias give, and how far off that is.
    single: Vec<Num>,
    difference: Vec<Num>,
    lead: Say,
    verdict: Say,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Map {
    weights: Vec<Vec<Num>>,
    biases: Vec<Num>,
}

/// The entry of the product that is explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Chosen {
    row: usize,
    /// `None` for the bias.
    column: Option<usize>,
    title: Say,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Input {
    value: f64,
    num: Num,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Passed {
    values: Vec<Num>,
    /// Units that ReLU has set to 0.
    inactive: usize,
}

impl Stack {
    /// What a change has led to.
    pub fn announce(&self) -> Say {
        Say::new("nonlinear.stack.announce")
            .say("lead", self.lead.clone())
            .say("verdict", self.verdict.clone())
    }
}

pub fn stack(stack: &stack::Stack) -> Stack {
    let merged = stack.merged();
    let layers: Vec<Affine> = stack.layers().iter().map(Affine::of).collect();
    // There are as many layers as are merged, at least one.
    let product = stack.product(merged).unwrap_or_else(|| layers[0].clone());
    let before = (merged > 1).then(|| stack.product(merged - 1)).flatten();
    let path = stack.path();
    let single = product.value(&stack.x());
    let last = path.last().map(|passed| passed.a.clone()).unwrap_or_default();
    let difference: Vec<f64> = single.iter().zip(&last).map(|(one, all)| one - all).collect();
    let inactive = path.iter().map(stack::Passed::inactive).sum();
    Stack {
        depth: stack.depth(),
        seed: stack.seed(),
        relu: stack.relu,
        merged,
        entry: chosen(stack.entry(), &layers[merged - 1], before.as_ref(), &product),
        layers: layers.iter().map(map).collect(),
        before: before.as_ref().map(map),
        product: map(&product),
        inputs: stack.x().map(|value| Input { value, num: Num::plain(value) }).to_vec(),
        path: path.iter().map(passed).collect(),
        single: single.iter().copied().map(all_digits).collect(),
        lead: lead(stack),
        verdict: verdict(stack, inactive, &difference),
        difference: difference.into_iter().map(all_digits).collect(),
    }
}

fn map(map: &Affine) -> Map {
    let row = |row: &Vec<f64>| row.iter().copied().map(six).collect();
    Map {
        weights: map.weights.iter().map(row).collect(),
        biases: map.biases.iter().copied().map(six).collect(),
    }
}

fn passed(passed: &stack::Passed) -> Passed {
    let values = passed.a.iter().copied().map(all_digits).collect();
    Passed { values, inactive: passed.inactive() }
}

fn lead(stack: &stack::Stack) -> Say {
    let (merged, depth) = (stack.merged(), stack.depth());
    let key = match merged {
        1 if depth == 1 => "nonlinear.stack.alone",
        1 => "nonlinear.stack.begin",
        _ if merged == depth => "nonlinear.stack.whole",
        _ => "nonlinear.stack.part",
    };
    Say::new(key).text("merged", merged).text("depth", depth)
}

/// How the stack's answer and that of its one matrix compare.
fn verdict(stack: &stack::Stack, inactive: usize, difference: &[f64]) -> Say {
    let same = difference.iter().all(|&difference| difference == 0.0);
    let close = difference.iter().all(|difference| difference.abs() < ROUNDING);
    let key = match (stack.merged(), stack.relu) {
        (1, _) => "nonlinear.verdict.one",
        (_, false) if same => "nonlinear.verdict.same",
        (_, false) => "nonlinear.verdict.rounding",
        (_, true) if inactive == 0 || close => "nonlinear.verdict.all_active",
        (_, true) => "nonlinear.verdict.bent",
    };
    Say::new(key).text("count", inactive)
}

/// One entry of `product`, which is `factor` after `before`.
fn chosen(entry: Entry, factor: &Affine, before: Option<&Affine>, product: &Affine) -> Chosen {
    let Entry { row, column } = entry;
    let title = match column {
        Some(column) => {
            Say::new("nonlinear.entry.weight").text("row", row + 1).text("column", column + 1)
        }
        None => Say::new("nonlinear.entry.bias").text("row", row + 1),
    };
    let parts = match before {
        Some(before) => arithmetic(entry, factor, before, product),
        None => vec![],
    };
    Chosen { row, column, title, parts }
}

fn arithmetic(entry: Entry, factor: &Affine, before: &Affine, product: &Affine) -> Vec<Part> {
    let Entry { row, column } = entry;
    let under = |k: usize| match column {
        Some(column) => before.weights[k][column],
        None => before.biases[k],
    };
    let mut parts = vec![];
    for k in 0..WIDTH {
        if k > 0 {
            parts.push(Part::Op("+"));
        }
        operand(&mut parts, six(factor.weights[row][k]), k > 0);
        parts.push(Part::Op("·"));
        operand(&mut parts, six(under(k)), true);
    }
    if column.is_none() {
        parts.push(Part::Op("+"));
        operand(&mut parts, six(factor.biases[row]), true);
    }
    let result = six(column.map_or(product.biases[row], |column| product.weights[row][column]));
    parts.push(Part::Op(if result.approx { "≈" } else { "=" }));
    parts.push(Part::Num(result));
    parts
}
