//! What is told of the times that activations take.

use super::report::{Report, Spread, Summary};

/// A report of times: for each activation the nanoseconds for a value and for a slope, once for
/// each repeat.
pub fn report(times: &[[Vec<f64>; 2]]) -> Report {
    let summary = |times: &[Vec<f64>; 2]| Summary {
        curves: vec![],
        ends: times.iter().map(|times| Spread::of(times.iter().copied())).collect(),
        first: vec![],
    };
    Report { variants: times.iter().map(summary).collect() }
}
