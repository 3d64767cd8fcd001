//! A setup as JSON: for the worker, the link and files.

use serde::{Deserialize, Serialize};

use super::{Setup, points};
use crate::activation::Activation;
use crate::data::{Point, Recipe, Set, Split};
use crate::error::{Error, Result};
use crate::feature::Feature;
use crate::json;
use crate::name::Named;
use crate::network::Init;
use crate::trainer::{Optimizer, Regularization};

/// A [`Setup`] with names in place of what they stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub set: String,
    pub size: usize,
    pub noise: usize,
    /// The part to train on, in percent.
    pub train: usize,
    /// The seed of the points.
    pub points_seed: u64,
    /// x₁, x₂ and class or value of the learner's own points to train on.
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<[f64; 3]>>,
    /// Of those to test with. Where this is missing, as in links from before there was it,
    /// `points` are all of them, still to be dealt.
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub test_points: Option<Vec<[f64; 3]>>,
    pub inputs: Vec<String>,
    pub hidden: Vec<Hidden>,
    pub init: String,
    pub seed: u64,
    pub rate: f64,
    pub batch: usize,
    pub optimizer: Optimizer,
    pub regularization: Regularization,
}

/// A hidden layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hidden {
    pub units: usize,
    pub activation: String,
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub alpha: Option<f64>,
}

impl Hidden {
    /// The layer number `l` of hidden ones, from 0.
    ///
    /// # Errors
    /// An unknown activation, or an α where there is none.
    pub fn read(&self, l: usize) -> Result<(usize, Activation)> {
        let g = Activation::named(format!("hidden[{l}].activation"), &self.activation)?;
        match (self.alpha, g.alpha()) {
            (None, _) => Ok((self.units, g)),
            (Some(alpha), Some(_)) if alpha.is_finite() => Ok((self.units, g.with_alpha(alpha))),
            (Some(alpha), Some(_)) => Err(Error::not_finite(format!("hidden[{l}].alpha"), alpha)),
            (Some(_), None) => {
                let place = format!("hidden[{l}].alpha");
                Err(Error::NoAlpha { place, activation: self.activation.clone() })
            }
        }
    }

    pub fn of(&(units, g): &(usize, Activation)) -> Hidden {
        Hidden { units, activation: g.name().into(), alpha: g.alpha() }
    }
}

/// Features from their names.
///
/// # Errors
/// An unknown one.
pub fn features(names: &[String]) -> Result<Vec<Feature>> {
    let named = |(i, name): (usize, &String)| Feature::named(format!("inputs[{i}]"), name);
    names.iter().enumerate().map(named).collect()
}

/// Hidden layers from how they are written.
///
/// # Errors
/// What [`Hidden::read`] refuses.
pub fn hidden(layers: &[Hidden]) -> Result<Vec<(usize, Activation)>> {
    layers.iter().enumerate().map(|(l, layer)| layer.read(l)).collect()
}

/// The learner's own points, if there are any.
fn own(
    train: Option<Vec<[f64; 3]>>,
    test: Option<Vec<[f64; 3]>>,
    recipe: &Recipe,
) -> Result<Option<Split>> {
    let point = |[x1, x2, y]: [f64; 3]| Point { x: [x1, x2], y };
    let listed = |points: Vec<[f64; 3]>| points.into_iter().map(point).collect();
    Ok(match (train, test) {
        (None, None) => None,
        (Some(all), None) => Some(points::dealt(listed(all), recipe)?),
        (train, Some(test)) => {
            Some(Split { train: listed(train.unwrap_or_default()), test: listed(test) })
        }
    })
}

impl Setup {
    /// The setup as it is written.
    pub fn written(&self) -> Written {
        let Recipe { set, size, noise, train, seed } = self.recipe;
        let listed = |points: &[Point]| {
            points.iter().map(|point| [point.x[0], point.x[1], point.y]).collect()
        };
        Written {
            set: set.name().into(),
            size,
            noise,
            train,
            points_seed: seed,
            points: self.own.as_ref().map(|own| listed(&own.train)),
            test_points: self.own.as_ref().map(|own| listed(&own.test)),
            inputs: self.features.iter().map(|feature| feature.name().into()).collect(),
            hidden: self.hidden.iter().map(Hidden::of).collect(),
            init: self.init.name().into(),
            seed: self.seed,
            rate: self.rate,
            batch: self.batch,
            optimizer: self.optimizer,
            regularization: self.regularization,
        }
    }

    /// Reads what [`Setup::written`] writes, from its JSON.
    ///
    /// # Errors
    /// Not of this form, or what [`Setup::of`] refuses.
    pub fn read(text: &str) -> Result<Setup> {
        Setup::of(json::read(text)?)
    }

    /// The setup of which [`Setup::written`] wrote this.
    ///
    /// # Errors
    /// An unknown name; what does not fit together is refused when a run begins.
    pub fn of(from: Written) -> Result<Setup> {
        let recipe = Recipe {
            set: Set::named("set", &from.set)?,
            size: from.size,
            noise: from.noise,
            train: from.train,
            seed: from.points_seed,
        };
        Ok(Setup {
            recipe,
            own: own(from.points, from.test_points, &recipe)?,
            features: features(&from.inputs)?,
            hidden: hidden(&from.hidden)?,
            init: Init::named("init", &from.init)?,
            seed: from.seed,
            rate: from.rate,
            batch: from.batch,
            optimizer: from.optimizer,
            regularization: from.regularization,
        })
    }
}
