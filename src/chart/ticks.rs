//! Where an axis is marked, and what the marks say.

use crate::number;

/// The exponent of the largest finite power of ten.
const LAST: i32 = 308;

/// Minus as it is set in mathematics.
const MINUS: char = '−';

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub value: f64,
    pub label: String,
}

/// From here on a number is written with a power of ten.
const LARGE: f64 = 1e7;

/// A number as the axis shows it: as short as it is exact, with a true minus and never −0.
pub fn label(value: f64) -> String {
    if value.abs() >= LARGE {
        return number::short(value);
    }
    let sign = if value < 0.0 { MINUS.to_string() } else { String::new() };
    format!("{sign}{}", value.abs())
}

/// A tidy step, (1, 2 or 5)·10^k, as the factor and k.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TidyStep(u8, i32);

impl TidyStep {
    /// The smallest tidy step that is at least `least`, between 1e-9 and 1e308.
    pub fn at_least(least: f64) -> TidyStep {
        (-9..=LAST)
            .flat_map(|k| [1, 2, 5].map(|factor| TidyStep(factor, k)))
            .find(|step| step.times(1) >= least && step.times(1).is_finite())
            .unwrap_or(TidyStep(1, LAST))
    }

    /// n steps: the double nearest to the decimal number, so that labels come out short.
    pub fn times(self, n: i64) -> f64 {
        let TidyStep(factor, k) = self;
        let digits = n.saturating_mul(i64::from(factor));
        format!("{digits}e{k}").parse().unwrap_or(0.0)
    }

    /// The multiple of the step nearest to `value`.
    pub fn nearest(self, value: f64) -> f64 {
        // Adding 0 turns −0 into 0.
        self.times((value / self.times(1)).round() as i64) + 0.0
    }
}

/// The tidy marks within a range that is `length` px long, at least `apart` px from each other.
pub fn ticks([from, to]: [f64; 2], length: f64, apart: f64) -> Vec<Tick> {
    let step = TidyStep::at_least((to - from) * apart / length);
    // One more on either side, as the quotients are rounded; the filter has the last word.
    let first = (from / step.times(1)).floor() as i64;
    let last = (to / step.times(1)).ceil() as i64;
    let most = first.saturating_add(1000);
    (first..=last)
        .take_while(|n| *n < most)
        .map(|n| step.times(n))
        .filter(|value| (from..=to).contains(value))
        .map(|value| Tick { value, label: label(value) })
        .collect()
}
