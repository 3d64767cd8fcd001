//! The chapter "Train": what is set up, and the network that comes of it.

mod setup;

pub use setup::Setup;
