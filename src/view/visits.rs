//! The losses of the training steps visited, as many as a chart can show.

use serde::Serialize;

use crate::lab::Lab;
use crate::say::Num;

/// Training steps to each side of the one at hand that can be gone to from the chart.
const REACH: usize = 100;
/// Stretches of the curve that are told apart. Of a longer run each holds several training steps,
/// of which the lowest and the highest stand for all: a frame must not grow from Step to Step.
const STRETCHES: usize = 150;

/// The loss of a training step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loss {
    t: usize,
    value: Option<f64>,
    /// As a number, where the training step can be gone to.
    #[serde(skip_serializing_if = "Option::is_none")]
    num: Option<Num>,
}

/// The curve so far, in the order of t; the newest training step only once its loss is computed.
pub fn losses(lab: &Lab) -> Vec<Loss> {
    let ahead = lab.visited().len() == lab.at().t + 1 && lab.computed(lab.trace().cost()).is_none();
    let count = lab.visited().len() - usize::from(ahead);
    let costs: Vec<f64> = lab.visited().iter().take(count).map(|visit| visit.cost).collect();
    let mut shown = corners(&costs);
    let points = points(&costs, lab.at().t);
    shown.extend(&points);
    shown.sort_unstable();
    shown.dedup();
    let loss = |t: usize| Loss {
        t,
        value: Some(costs[t]).filter(|cost| cost.is_finite()),
        num: points.contains(&t).then(|| Num::plain(costs[t])),
    };
    shown.into_iter().map(loss).collect()
}

/// Where the curve is lowest and highest in each of its stretches.
fn corners(costs: &[f64]) -> Vec<usize> {
    let mut found = Vec::new();
    let length = costs.len().div_ceil(STRETCHES).max(1);
    for (n, stretch) in costs.chunks(length).enumerate() {
        let places = || (n * length..).zip(stretch).filter(|(_, cost)| cost.is_finite());
        let by_cost = |a: &(usize, &f64), b: &(usize, &f64)| a.1.total_cmp(b.1);
        let ends = [places().min_by(by_cost), places().max_by(by_cost)];
        found.extend(ends.into_iter().flatten().map(|(t, _)| t));
    }
    found
}

/// The training steps that can be gone to: the first, the highest, the last, and those near `at`.
fn points(costs: &[f64], at: usize) -> Vec<usize> {
    let near = at.saturating_sub(REACH)..(at + REACH + 1).min(costs.len());
    let finite = costs.iter().enumerate().filter(|(_, cost)| cost.is_finite());
    let highest = finite.max_by(|a, b| a.1.total_cmp(b.1)).map(|(t, _)| t);
    let ends = (!costs.is_empty()).then_some([0, costs.len().saturating_sub(1)]);
    near.chain(highest).chain(ends.into_iter().flatten()).collect()
}
