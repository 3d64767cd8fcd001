//! Tests the built page in real browsers, by roles and names, as a person would use it.

pub mod bench;
pub mod browser;
pub mod chromium;
pub mod control;
pub mod monkey;
pub mod page;
pub mod process;
pub mod runner;
pub mod shots;
pub mod site;
pub mod suite;
