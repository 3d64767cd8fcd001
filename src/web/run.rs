//! A training run for a worker: a setup in, snapshots out.

use wasm_bindgen::prelude::*;

use super::{may_trap, said, thrown};
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
        may_trap!("Run::new");
        let setup = Setup::read(setup).map_err(thrown)?;
        Ok(Run(train::Run::new(setup).map_err(thrown)?))
    }

    /// The run of which [`Run::checkpoint`] was written.
    pub fn resume(checkpoint: &str) -> Result<Run, JsError> {
        may_trap!("Run::resume");
        train::Run::resume(checkpoint).map(Run).map_err(thrown)
    }

    /// All that decides what follows, as a text that is for [`Run::resume`] alone.
    pub fn checkpoint(&self) -> String {
        may_trap!("Run::checkpoint");
        self.0.checkpoint()
    }

    /// Takes so many steps of a batch each. False if numbers ran away.
    pub fn advance(&mut self, steps: u32) -> bool {
        may_trap!("Run::advance");
        self.0.advance(u64::from(steps));
        !self.0.has_diverged()
    }

    /// Whether numbers ran away, and nothing was changed since.
    pub fn has_diverged(&self) -> bool {
        may_trap!("Run::has_diverged");
        self.0.has_diverged()
    }

    /// Takes the steps that are left of the epoch.
    pub fn finish_epoch(&mut self) {
        may_trap!("Run::finish_epoch");
        self.0.finish_epoch();
    }

    /// `command` is a [`train::Command`] in JSON.
    pub fn apply(&mut self, command: &str) -> Result<(), JsError> {
        may_trap!("Run::apply");
        self.0.apply(json::read(command).map_err(thrown)?).map_err(thrown)
    }

    /// A [`train::Snapshot`] in JSON.
    pub fn snapshot(&mut self) -> Result<String, JsError> {
        may_trap!("Run::snapshot");
        Ok(json::write(&self.0.snapshot().map_err(thrown)?))
    }

    /// Steps taken so far.
    pub fn steps(&self) -> f64 {
        may_trap!("Run::steps");
        self.0.steps() as f64
    }

    /// The next step as a JSON case; an error is a sentence for the reader.
    pub fn next_case(&self) -> Result<String, JsError> {
        may_trap!("Run::next_case");
        Ok(self.0.next_case().map_err(said)?.write(None))
    }

    /// Epochs and losses as CSV.
    pub fn csv(&self) -> String {
        may_trap!("Run::csv");
        self.0.csv()
    }

    /// A PyTorch script that does the same; see [`script::script`]. An error is a sentence for the
    /// reader.
    pub fn script(&self) -> Result<String, JsError> {
        may_trap!("Run::script");
        script::script(&self.0).map_err(said)
    }
}
