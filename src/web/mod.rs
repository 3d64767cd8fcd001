//! What JavaScript sees: each export converts, calls, wraps.

pub mod painter;

use wasm_bindgen::prelude::*;

use crate::error::Error;

fn thrown(error: Error) -> JsError {
    JsError::new(&error.to_string())
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
