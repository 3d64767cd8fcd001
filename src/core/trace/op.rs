//! How a number is made of earlier ones.

use super::fault::Wrong;
use crate::activation::Activation;
use crate::loss::{self, Loss};

/// The index of a step in its trace.
pub type Id = u32;

/// `count` steps, each `stride` after the one before, from `first` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub first: Id,
    pub stride: u32,
    pub count: u32,
}

impl Run {
    /// The steps' ids, in order.
    pub fn ids(self) -> impl Iterator<Item = Id> + Clone {
        (0..self.count).map(move |n| self.first + n * self.stride)
    }
}

/// An operation on earlier steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    /// Not computed: an input, a target, a parameter, η or α.
    Given,
    /// The same number under another name.
    Copy(Id),
    /// x · y.
    Product(Id, Id),
    /// ŷ − y.
    Difference(Id, Id),
    /// The terms from left to right.
    Sum(Run),
    /// Their sum divided by their number.
    Mean(Run),
    /// The products from left to right, then the bias.
    Affine { products: Run, bias: Id },
    /// g(z); α is the operand, not the one inside `g`.
    Activate { g: Activation, z: Id, alpha: Option<Id> },
    /// softmax of all logits, the one of unit `which`.
    Softmax { logits: Run, which: u32 },
    /// g′(z), for sigmoid and tanh from a.
    Slope { g: Activation, z: Id, a: Id, alpha: Option<Id> },
    /// ∂g(z) ∕ ∂α.
    AlphaSlope { g: Activation, z: Id },
    /// The loss of a sample: from its a, or for cross entropies from its z.
    Loss { loss: Loss, outputs: Run, targets: Run },
    /// value − rate · gradient.
    Update { value: Id, rate: Id, gradient: Id },
    /// What a sound step never does.
    Wrong(Wrong),
}

use Op::*;

impl Op {
    /// The operands, in the order in which the arithmetic shows them.
    pub fn operands(self) -> Vec<Id> {
        match self {
            Given => vec![],
            Copy(x) => vec![x],
            Product(x, y) | Difference(x, y) => vec![x, y],
            Sum(terms) | Mean(terms) => terms.ids().collect(),
            Affine { products, bias } => products.ids().chain([bias]).collect(),
            Activate { z, alpha, .. } => [z].into_iter().chain(alpha).collect(),
            Softmax { logits, .. } => logits.ids().collect(),
            Slope { g, a, .. } if g.slope_uses_value() => vec![a],
            Slope { z, alpha, .. } => [z].into_iter().chain(alpha).collect(),
            AlphaSlope { z, .. } => vec![z],
            Op::Loss { outputs, targets, .. } => outputs.ids().chain(targets.ids()).collect(),
            Update { value, rate, gradient } => vec![value, rate, gradient],
            Op::Wrong(wrong) => wrong.operands(),
        }
    }

    /// The result, given each operand's value. NaN for what is given, not computed.
    pub fn evaluate(self, v: impl Fn(Id) -> f64 + std::marker::Copy) -> f64 {
        let with = |g: Activation, alpha: Option<Id>| alpha.map_or(g, |id| g.with_alpha(v(id)));
        match self {
            Given => f64::NAN,
            Copy(x) => v(x),
            Product(x, y) => v(x) * v(y),
            Difference(x, y) => v(x) - v(y),
            Sum(terms) => sum(terms.ids().map(v)),
            Mean(terms) => sum(terms.ids().map(v)) / f64::from(terms.count),
            Affine { products, bias } => sum(products.ids().map(v)) + v(bias),
            Activate { g, z, alpha } => with(g, alpha).value(v(z)),
            Softmax { logits, which } => loss::softmax(logits.ids().map(v), which as usize),
            Slope { g, z, a, alpha } => with(g, alpha).slope_at(v(z), v(a)),
            AlphaSlope { g, z } => g.alpha_slope(v(z)),
            Op::Loss { loss, outputs, targets } => {
                loss.value(outputs.ids().map(v), targets.ids().map(v))
            }
            Update { value, rate, gradient } => v(value) - v(rate) * v(gradient),
            Op::Wrong(wrong) => wrong.evaluate(v),
        }
    }

    /// A number for the kind of operation.
    pub(super) fn tag(self) -> u64 {
        match self {
            Given => 0,
            Copy(..) => 1,
            Product(..) => 2,
            Difference(..) => 3,
            Sum(..) => 4,
            Mean(..) => 5,
            Affine { .. } => 6,
            Activate { .. } => 7,
            Softmax { .. } => 8,
            Slope { .. } => 9,
            AlphaSlope { .. } => 10,
            Op::Loss { .. } => 11,
            Update { .. } => 12,
            Op::Wrong(wrong) => wrong.tag(),
        }
    }
}

/// From left to right, beginning with the first term itself.
fn sum(mut terms: impl Iterator<Item = f64>) -> f64 {
    let first = terms.next().unwrap_or(0.0);
    terms.fold(first, |sum, term| sum + term)
}
