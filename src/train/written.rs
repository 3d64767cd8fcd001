//! A setup as JSON: for the worker, the link and files.

use serde::{Deserialize, Serialize};

use super::Setup;
use crate::activation::Activation;
use crate::data::{Point, Recipe, Set};
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
    /// x₁, x₂ and class or value of the learner's own points.
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<[f64; 3]>>,
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

impl Setup {
    /// The setup as it is written.
    pub fn written(&self) -> Written {
        let Recipe { set, size, noise, train, seed } = self.recipe;
        let point = |point: &Point| [point.x[0], point.x[1], point.y];
        Written {
            set: set.name().into(),
            size,
            noise,
            train,
            points_seed: seed,
            points: self.own.as_ref().map(|points| points.iter().map(point).collect()),
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
        let point = |&[x1, x2, y]: &[f64; 3]| Point { x: [x1, x2], y };
        Ok(Setup {
            recipe: Recipe {
                set: Set::named("set", &from.set)?,
                size: from.size,
                noise: from.noise,
                train: from.train,
                seed: from.points_seed,
            },
            own: from.points.map(|points| points.iter().map(point).collect()),
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
