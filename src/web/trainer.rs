//! The trainer for other programs: a case in, its training steps, the trained case out.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{may_trap, thrown};
use crate::case::Case;
use crate::json;
use crate::trainer::{self, Config, Optimizer, Regularization};

/// A training of the network of a JSON case on all of the case's samples.
#[wasm_bindgen]
pub struct Trainer(trainer::Trainer);

/// How to train, beyond what a case says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    batch: usize,
    optimizer: Optimizer,
    regularization: Regularization,
    seed: u64,
}

#[wasm_bindgen]
impl Trainer {
    /// `options` is JSON such as `{"batch": 10, "optimizer": "sgd", "regularization": "none",
    /// "seed": 1}`; others are `{"momentum": {"mu": 0.9}}`, `{"adam": {"beta1": 0.9, "beta2": 0.999,
    /// "epsilon": 1e-8}}`, `{"l1": {"rate": 0.01}}` and `{"l2": {"rate": 0.01}}`.
    ///
    /// # Errors
    /// Anything wrong with either, named with its place.
    #[wasm_bindgen(constructor)]
    pub fn new(case: &str, options: &str) -> Result<Trainer, JsError> {
        may_trap!("Trainer::new");
        let (case, _) = Case::read(case).map_err(thrown)?;
        let options: Options = json::read(options).map_err(thrown)?;
        let Options { batch, optimizer, regularization, seed } = options;
        let Case { network, loss, learning_rate: rate, batch: samples } = case;
        let config = Config { network, loss, rate, batch, optimizer, regularization, seed };
        Ok(Trainer(trainer::Trainer::new(config, samples).map_err(thrown)?))
    }

    /// Takes so many steps of a batch each. False once a parameter is no longer finite.
    pub fn run(&mut self, steps: u32) -> bool {
        may_trap!("Trainer::run");
        self.0.run(steps as usize)
    }

    /// The mean loss over all samples.
    pub fn loss(&mut self) -> f64 {
        may_trap!("Trainer::loss");
        self.0.measure().loss
    }

    /// The next step as a JSON case, with the parameters as they are now.
    ///
    /// # Errors
    /// The parameters are no longer finite.
    pub fn next_case(&self) -> Result<String, JsError> {
        may_trap!("Trainer::next_case");
        Ok(self.0.next_case().map_err(thrown)?.write(None))
    }
}
