//! What the commands of `cargo xtask` and the browser tests share.

pub mod project;
pub mod server;
pub mod tools;
