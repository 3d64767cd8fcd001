//! Gradstep: every number of a neural network's training step, with where it came from.
//!
//! The core is plain Rust and knows nothing of the browser; `web` alone does.

pub mod activation;
pub mod app;
pub mod broken;
pub mod case;
pub mod chart;
pub mod check;
pub mod curves;
pub mod data;
pub mod digest;
pub mod edit;
pub mod error;
pub mod experiment;
pub mod explain;
pub mod feature;
pub mod formula;
pub mod heatmap;
pub mod json;
pub mod lab;
pub mod link;
pub mod loss;
pub mod math;
pub mod name;
pub mod network;
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
pub mod trace;
pub mod train;
pub mod trainer;
pub mod tries;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod web;
