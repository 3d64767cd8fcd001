//! What Gradstep computes: networks, every number of a training step, and the same step fast.
//!
//! A package of its own since it is built for speed, and all that shows it for size.

pub mod activation;
pub mod case;
pub mod colour;
pub mod error;
pub mod feature;
pub mod heatmap;
pub mod json;
pub mod load;
pub mod loss;
pub mod math;
pub mod name;
pub mod network;
pub mod trace;
pub mod trainer;
