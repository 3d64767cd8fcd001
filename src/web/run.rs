//! A training run for a worker: a setup in, snapshots out.

use wasm_bindgen::prelude::*;

use super::thrown;
use crate::json;
use crate::train::{self, Setup, script};

/// See [`train::Run`].
#[wasm_bindgen]
pub struct Run(train::Run);

#[wasm_bindgen]
impl Run {
    /// `setup` is a [`train::Written`] in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(setup: &str) -> Result<Run, JsError> {
        let setup = Setup::read(setup).map_err(thrown)?;
        Ok(Run(train::Run::new(setup).map_err(thrown)?))
    }

    /// Takes so many steps of a batch each. False if numbers ran away.
    pub fn advance(&mut self, steps: u32) -> bool {
        self.0.advance(u64::from(steps));
        !self.0.has_diverged()
    }

    /// Whether numbers ran away, and nothing was changed since.
    pub fn has_diverged(&self) -> bool {
        self.0.has_diverged()
    }

    /// Takes the steps that are left of the epoch.
    pub fn finish_epoch(&mut self) {
        self.0.finish_epoch();
    }

    /// `command` is a [`train::Command`] in JSON.
    pub fn apply(&mut self, command: &str) -> Result<(), JsError> {
        self.0.apply(json::read(command).map_err(thrown)?).map_err(thrown)
    }

    /// A [`train::Snapshot`] in JSON.
    pub fn snapshot(&mut self) -> Result<String, JsError> {
        Ok(json::write(&self.0.snapshot().map_err(thrown)?))
    }

    /// Steps taken so far.
    pub fn steps(&self) -> f64 {
        self.0.steps() as f64
    }

    /// The next step as a JSON case.
    pub fn next_case(&self) -> Result<String, JsError> {
        Ok(self.0.next_case().map_err(thrown)?.write(None))
    }

    /// Epochs and losses as CSV.
    pub fn csv(&self) -> String {
        self.0.csv()
    }

    /// A PyTorch script that does the same; see [`script::script`].
    pub fn script(&self) -> Result<String, JsError> {
        script::script(&self.0).map_err(thrown)
    }
}
