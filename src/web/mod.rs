//! What JavaScript sees: each export converts, calls, wraps.

mod canvas;
mod chart;
mod heatmap;
mod nonlinear;
mod page;
mod painter;
#[cfg(feature = "provoke")]
mod provoke;
mod run;
mod train;
mod trainer;
mod trial;

use wasm_bindgen::prelude::*;

use js_sys::JsString;
use serde::Serialize;

use crate::app::Action;
use crate::error::Error;
use crate::say::Say;
use crate::{json, typed, view};

/// Where each export begins: a place to trap at, in a build for the tests alone; see [`provoke`].
macro_rules! may_trap {
    ($export:literal) => {
        #[cfg(feature = "provoke")]
        $crate::web::provoke::trap_if_due($export);
    };
}
use may_trap;

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
    may_trap!("gradient_step");
    crate::case::gradient_step(case).map_err(thrown)
}

/// The number that the text of the field `name` says, or why it says none, as JSON: `value` or
/// `refused`.
#[wasm_bindgen]
pub fn read_number(text: &JsString, name: &str) -> String {
    may_trap!("read_number");
    // What is longer is none, and need not be taken over whole.
    let text = String::from(text.slice(0, typed::LONGEST as u32 + 1));
    let read = typed::read(&text).map_err(|refusal| refusal.say(name, &text));
    json::write(&match read {
        Ok(value) => Read { value: Some(value), refused: None },
        Err(refused) => Read { value: None, refused: Some(refused) },
    })
}

/// What [`read_number`] gives.
#[derive(Serialize)]
struct Read {
    value: Option<f64>,
    refused: Option<Say>,
}

/// Why a text of so many characters, or a file of so many bytes, is not read, as JSON; nothing if
/// it may be.
#[wasm_bindgen]
pub fn too_much(characters: f64) -> Option<String> {
    may_trap!("too_much");
    let refused = Action::check_size(characters as usize).err()?;
    Some(json::write(&view::refusal(refused)))
}

/// One number for the traces of 200 seeded cases: the same on every machine and in every browser.
#[wasm_bindgen]
pub fn digest() -> String {
    may_trap!("digest");
    format!("{:016x}", crate::digest::digest())
}

/// One number for the trainings of the same cases.
#[wasm_bindgen]
pub fn training_digest() -> String {
    may_trap!("training_digest");
    format!("{:016x}", crate::digest::training_digest())
}

/// Values and slopes of one activation function; see [`crate::activation::activation`].
#[wasm_bindgen]
pub fn activation(name: &str, alpha: f64, z: &[f64]) -> Result<Curve, JsError> {
    may_trap!("activation");
    let (a, slope) = crate::activation::activation(name, alpha, z).map_err(thrown)?;
    Ok(Curve { a, slope })
}

/// What [`activation`] gives: one entry for each z.
#[wasm_bindgen(getter_with_clone)]
pub struct Curve {
    pub a: Vec<f64>,
    pub slope: Vec<f64>,
}
