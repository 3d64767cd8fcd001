//! What JavaScript sees: each export converts, calls, wraps.

mod canvas;
mod chart;
mod heatmap;
mod nonlinear;
mod page;
mod painter;
mod run;
mod train;
mod trainer;
mod trial;

use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::{json, view};

pub use heatmap::HeatMaps;
pub use page::App;

fn thrown(error: Error) -> JsError {
    JsError::new(&error.to_string())
}

/// An error that a reader is to be told: its message is the sentence, as JSON.
fn said(error: Error) -> JsError {
    JsError::new(&json::write(&view::refusal(error)))
}

/// One training step of a case in JSON; see [`crate::case::gradient_step`].
#[wasm_bindgen]
pub fn gradient_step(case: &str) -> Result<String, JsError> {
    crate::case::gradient_step(case).map_err(thrown)
}

/// One number for the traces of 200 seeded cases: the same on every machine and in every browser.
#[wasm_bindgen]
pub fn digest() -> String {
    format!("{:016x}", crate::digest::digest())
}

/// One number for the trainings of the same cases.
#[wasm_bindgen]
pub fn training_digest() -> String {
    format!("{:016x}", crate::digest::training_digest())
}

/// Values and slopes of one activation function; see [`crate::activation::activation`].
#[wasm_bindgen]
pub fn activation(name: &str, alpha: f64, z: &[f64]) -> Result<Curve, JsError> {
    let (a, slope) = crate::activation::activation(name, alpha, z).map_err(thrown)?;
    Ok(Curve { a, slope })
}

/// What [`activation`] gives: one entry for each z.
#[wasm_bindgen(getter_with_clone)]
pub struct Curve {
    pub a: Vec<f64>,
    pub slope: Vec<f64>,
}
