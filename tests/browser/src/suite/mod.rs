//! The tests, by topic. A test is an `async fn name(page: &Page) -> Result<()>` in one of the
//! modules below, listed in its `tests!`; a new module is listed in [`all`].

mod api;
mod boot;
mod broken;
mod canvas;
mod chart;
mod edit;
mod experiments;
mod fields;
mod files;
mod fit;
mod growth;
mod harness;
mod keyboard;
mod languages;
mod lap;
mod layout;
mod links;
mod network;
mod neuron;
mod nonlinear;
mod nudge;
mod predict;
mod seen;
mod smoke;
mod steps;
mod train;
mod trap;
mod tries;
mod worker;

use std::pin::Pin;

use anyhow::Result;

use crate::page::Page;

/// One test.
pub struct Test {
    pub name: &'static str,
    /// Whether it tells something of each engine. What one engine can tell of all (layout, words,
    /// what the core decides) is not paid for thrice.
    pub in_each: bool,
    pub run: for<'p> fn(&'p Page) -> Running<'p>,
}

/// A test under way.
pub type Running<'p> = Pin<Box<dyn Future<Output = Result<()>> + 'p>>;

/// Every test, in the order in which they run.
pub fn all() -> Vec<Test> {
    [
        harness::tests(),
        boot::tests(),
        smoke::tests(),
        lap::tests(),
        network::tests(),
        steps::tests(),
        links::tests(),
        edit::tests(),
        fields::tests(),
        files::tests(),
        tries::tests(),
        neuron::tests(),
        nudge::tests(),
        nonlinear::tests(),
        predict::tests(),
        train::tests(),
        trap::tests(),
        experiments::tests(),
        worker::tests(),
        broken::tests(),
        canvas::tests(),
        chart::tests(),
        keyboard::tests(),
        languages::tests(),
        layout::tests(),
        growth::tests(),
        api::tests(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `tests!(topic: name, name; once: name)` lists the tests of a module: those to be run in each
/// engine, and those that Chromium alone can answer.
macro_rules! tests {
    ($topic:ident: $($name:ident),* $(,)? $(; once: $($once:ident),+ $(,)?)?) => {
        pub fn tests() -> Vec<$crate::suite::Test> {
            vec![
                $($crate::suite::test!($topic, $name, true),)*
                $($($crate::suite::test!($topic, $once, false),)+)?
            ]
        }
    };
}
use tests;

macro_rules! test {
    ($topic:ident, $name:ident, $in_each:literal) => {
        $crate::suite::Test {
            name: concat!(stringify!($topic), "::", stringify!($name)),
            in_each: $in_each,
            run: |page| Box::pin($name(page)),
        }
    };
}
use test;
