//! Gradstep: every number of a neural network's training step, with where it came from.
//!
//! The core is plain Rust and knows nothing of the browser; [`web`] alone does.

pub mod activation;
pub mod error;
pub mod formula;
pub mod math;

#[cfg(target_arch = "wasm32")]
pub mod web;
