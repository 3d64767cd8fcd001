//! An experiment's runs for a worker, and the work that it times.

use wasm_bindgen::prelude::*;

use super::{may_trap, thrown};
use crate::activation::Activation;
use crate::experiment::Job;
use crate::json;
use crate::load::Load;
use crate::name::Named;

/// See [`Job`].
#[wasm_bindgen]
pub struct Trial(Job);

#[wasm_bindgen]
impl Trial {
    /// The experiment of this name with the seeds from 1 on.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, seeds: usize) -> Result<Trial, JsError> {
        may_trap!("Trial::new");
        Job::new(name, seeds).map(Trial).map_err(thrown)
    }

    /// Takes about so many steps of a batch each. True once all is done.
    pub fn advance(&mut self, steps: u32) -> Result<bool, JsError> {
        may_trap!("Trial::advance");
        self.0.advance(u64::from(steps)).map_err(thrown)?;
        Ok(self.0.is_done())
    }

    /// How many runs are done.
    pub fn done(&self) -> usize {
        may_trap!("Trial::done");
        self.0.progress().0
    }

    /// A [`crate::experiment::Report`] in JSON.
    pub fn report(&self) -> String {
        may_trap!("Trial::report");
        json::write(&self.0.report())
    }
}

/// See [`Load`].
#[wasm_bindgen]
pub struct Stopwatch(Load);

#[wasm_bindgen]
impl Stopwatch {
    /// Work for the activation of this name; `alpha` is ignored where it has none.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, alpha: f64) -> Result<Stopwatch, JsError> {
        may_trap!("Stopwatch::new");
        let g = Activation::named("activation", name).map_err(thrown)?;
        Ok(Stopwatch(Load::new(g.with_alpha(alpha))))
    }

    /// How many numbers one pass computes.
    pub fn size(&self) -> usize {
        may_trap!("Stopwatch::size");
        self.0.len()
    }

    /// Computes all values `passes` times.
    pub fn values(&mut self, passes: u32) -> f64 {
        may_trap!("Stopwatch::values");
        self.0.values(passes as usize)
    }

    /// Computes all slopes `passes` times.
    pub fn slopes(&mut self, passes: u32) -> f64 {
        may_trap!("Stopwatch::slopes");
        self.0.slopes(passes as usize)
    }
}
