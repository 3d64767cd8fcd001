//! How far a training has come.

use serde::{Deserialize, Serialize};

use super::Trainer;
use super::flat::Shape;
use super::kernel::{BLOCK, PAIRS, Work};
use super::table::Table;
use crate::activation::Activation;
use crate::case::Samples;
use crate::error::Result;
use crate::json;
use crate::loss::Loss;
use crate::math;
use crate::network::LayerActivation;

/// A network on a set of samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// The mean, without regularisation.
    #[serde(with = "json::finite")]
    pub loss: f64,
    /// The part of the samples put into their class, where the loss is one of classes.
    pub accuracy: Option<f64>,
}

/// A layer on all training samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LayerState {
    /// The root of the mean square of dW in the last batch, with regularisation.
    #[serde(with = "json::finite")]
    pub gradient: f64,
    /// The part of all units and samples where g is saturated.
    pub saturated: f64,
    /// The part of all units and samples where the unit is inactive.
    pub inactive: f64,
    /// Units that are inactive on every sample.
    pub dead: usize,
    pub units: usize,
}

impl Trainer {
    /// The loss and accuracy on the training samples.
    pub fn measure(&mut self) -> Measure {
        let Trainer { shapes, now, work, table, config, .. } = self;
        measured(shapes, &now.parameters, work, table, config.loss)
    }

    /// The loss and accuracy on other samples.
    ///
    /// # Errors
    /// They do not fit the network or its loss.
    pub fn measure_on(&mut self, samples: &Samples) -> Result<Measure> {
        let Trainer { shapes, now, work, config, .. } = self;
        samples.check("", &config.network, config.loss)?;
        Ok(measured(shapes, &now.parameters, work, &Table::new(samples), config.loss))
    }

    /// ŷ₁ of each of other samples, which must fit the network; their targets do not matter.
    pub fn outputs(&mut self, samples: &Samples) -> Vec<f64> {
        let Trainer { shapes, now, work, .. } = self;
        let (last, mut outputs) = (shapes.len() - 1, Vec::with_capacity(samples.len()));
        visit(shapes, &now.parameters, work, &Table::new(samples), |work, k| {
            outputs.push(work.unit::<PAIRS>(last, 0, k).1);
        });
        outputs
    }

    /// How each layer fares on the training samples.
    pub fn layers(&mut self) -> Vec<LayerState> {
        let Trainer { shapes, now, work, table, .. } = self;
        let (p, gradients, share) = (&now.parameters, &now.gradients, now.share);
        let functions: Vec<LayerActivation> =
            shapes.iter().map(|shape| steady(shape.activation(p))).collect();
        let none = |shape: &Shape| vec![Tally::default(); shape.units];
        let mut tallies: Vec<Vec<Tally>> = shapes.iter().map(none).collect();
        visit(shapes, p, work, table, |work, k| {
            for (l, (tallies, g)) in tallies.iter_mut().zip(&functions).enumerate() {
                let LayerActivation::Unitwise(g) = g else { continue };
                for (j, tally) in tallies.iter_mut().enumerate() {
                    let (z, _) = work.unit::<PAIRS>(l, j, k);
                    tally.saturated += usize::from(g.saturated(z));
                    tally.inactive += usize::from(g.inactive(z));
                }
            }
        });
        let state = |(shape, tallies): (&Shape, &Vec<Tally>)| {
            let dw = gradients[shape.weights()].iter().map(|sum| sum * share);
            let squares = dw.fold(0.0, |sum, g| sum + g * g);
            let part = |of: fn(&Tally) -> usize| {
                let all: usize = tallies.iter().map(of).sum();
                all as f64 / (shape.units * table.len()) as f64
            };
            LayerState {
                gradient: math::sqrt(squares / shape.weights().len() as f64),
                saturated: part(|tally| tally.saturated),
                inactive: part(|tally| tally.inactive),
                dead: tallies.iter().filter(|tally| tally.inactive == table.len()).count(),
                units: shape.units,
            }
        };
        shapes.iter().zip(&tallies).map(state).collect()
    }
}

/// On how many samples a unit was saturated or inactive.
#[derive(Clone, Default)]
struct Tally {
    saturated: usize,
    inactive: usize,
}

fn measured(shapes: &[Shape], p: &[f64], work: &mut Work, table: &Table, loss: Loss) -> Measure {
    let last = shapes.len() - 1;
    let outputs = 0..shapes[last].units;
    let (mut sum, mut right) = (0.0, 0);
    visit(shapes, p, work, table, |work, k| {
        let z = outputs.clone().map(|j| work.unit::<PAIRS>(last, j, k).0);
        let a = outputs.clone().map(|j| work.unit::<PAIRS>(last, j, k).1);
        let y = outputs.clone().map(|j| work.target::<PAIRS>(j, k));
        sum += if loss.reads_z() {
            loss.value(z, y.clone())
        } else {
            loss.value(a.clone(), y.clone())
        };
        right += usize::from(class(a) == class(y));
    });
    let count = table.len() as f64;
    let classes = loss != Loss::HalfSquaredError;
    Measure { loss: sum / count, accuracy: classes.then_some(right as f64 / count) }
}

/// Computes every sample of `table` and shows each to `see`, with its place in the block.
fn visit(
    shapes: &[Shape],
    p: &[f64],
    work: &mut Work,
    table: &Table,
    mut see: impl FnMut(&Work, usize),
) {
    for start in (0..table.len()).step_by(BLOCK) {
        let live = BLOCK.min(table.len() - start);
        let activation = |shape: &Shape| steady(shape.activation(p));
        work.forward::<PAIRS>(shapes, p, activation, table, (start, live));
        (0..live).for_each(|k| see(work, k));
    }
}

/// While it is measured, RReLU has the α in the middle of those it draws.
fn steady(g: LayerActivation) -> LayerActivation {
    match g {
        LayerActivation::Unitwise(Activation::Rrelu { .. }) => {
            LayerActivation::Unitwise(Activation::Rrelu { alpha: 11.0 / 48.0 })
        }
        other => other,
    }
}

/// The largest of several, or whether the only one is above ½.
fn class(values: impl Iterator<Item = f64> + Clone) -> usize {
    let mut largest = (0, f64::NEG_INFINITY);
    for (j, value) in values.clone().enumerate() {
        if value > largest.1 {
            largest = (j, value);
        }
    }
    match values.count() {
        1 => usize::from(largest.1 > 0.5),
        _ => largest.0,
    }
}
