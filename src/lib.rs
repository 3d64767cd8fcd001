//! Gradstep: every number of a neural network's training step, with where it came from.
//!
//! The core is plain Rust and knows nothing of the browser; [`web`] alone does.

pub mod activation;
pub mod case;
pub mod check;
pub mod data;
pub mod digest;
pub mod error;
pub mod loss;
pub mod math;
pub mod network;
pub mod script;
pub mod trace;

#[cfg(target_arch = "wasm32")]
pub mod web;
