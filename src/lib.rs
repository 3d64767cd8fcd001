//! Gradstep: every number of a neural network's training step, with where it came from.
//!
//! The core is plain Rust and knows nothing of the browser; `web` alone does.

pub use gradstep_core::{
    activation, case, colour, error, feature, heatmap, json, load, loss, math, name, network,
    trace, trainer,
};

pub mod app;
pub mod broken;
pub mod chart;
pub mod check;
pub mod curves;
pub mod data;
pub mod digest;
pub mod edit;
pub mod experiment;
pub mod explain;
pub mod formula;
pub mod lab;
pub mod link;
pub mod neuron;
pub mod nonlinear;
pub mod nudge;
pub mod number;
pub mod predict;
pub mod presets;
pub mod say;
pub mod scene;
pub mod script;
pub mod stops;
pub mod structure;
pub mod surface;
pub mod train;
pub mod tries;
pub mod typed;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod web;
