//! Axes of the pictures that are made of parts of a width and a height.

use serde::Serialize;

use crate::math;
use crate::number;

/// The least that a logarithmic axis shows.
const LEAST: f64 = 1e-12;

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    pub at: f64,
    pub text: String,
}

/// From values to parts of the picture's height or width.
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub log: bool,
}

impl Scale {
    /// From the least to the largest of them.
    pub fn linear(values: impl Iterator<Item = f64> + Clone) -> Scale {
        let (low, high) = ends(values);
        let (low, high) = if low < high { (low, high) } else { (low, low + 1.0) };
        Scale { low, high, log: false }
    }

    /// Whole powers of ten around the values above 0.
    pub fn log(values: impl Iterator<Item = f64> + Clone) -> Scale {
        let (low, high) = ends(values.filter(|&v| v > LEAST).map(log10));
        let (low, high) = (low.floor(), high.ceil());
        Scale { low, high: if high > low { high } else { low + 1.0 }, log: true }
    }

    /// Where `value` lies, from 0 to 1.
    pub fn at(&self, value: f64) -> f64 {
        let value = if self.log { log10(if value > LEAST { value } else { LEAST }) } else { value };
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Round numbers so far apart that about `parts` lie between them, or powers of ten.
    pub fn ticks(&self, parts: f64) -> Vec<Tick> {
        if self.log {
            let every = ((self.high - self.low) / 5.0).ceil() as usize;
            let (low, count) = (self.low as i32, (self.high - self.low) as i32);
            let power = |n: i32| Tick { at: self.at(power(low + n)), text: power_text(low + n) };
            return (0..=count).step_by(every.max(1)).map(power).collect();
        }
        let step = nice((self.high - self.low) / parts);
        let (first, last) = ((self.low / step).ceil() as i64, (self.high / step).floor() as i64);
        let tick =
            |n: i64| Tick { at: self.at(n as f64 * step), text: number::short(n as f64 * step) };
        (first..=last).map(tick).collect()
    }
}

/// The least and the largest; 0 and 1 of nothing.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut values = values.filter(|v| v.is_finite());
    let Some(first) = values.next() else { return (0.0, 1.0) };
    values.fold((first, first), |(low, high), v| {
        (if v < low { v } else { low }, if v > high { v } else { high })
    })
}

fn log10(v: f64) -> f64 {
    math::ln(v) / std::f64::consts::LN_10
}

fn power(n: i32) -> f64 {
    let size = (0..n.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if n < 0 { 1.0 / size } else { size }
}

fn power_text(n: i32) -> String {
    if (-3..4).contains(&n) {
        return number::short(power(n));
    }
    let raised = |c: char| match c {
        '-' => '⁻',
        c => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c.to_digit(10).unwrap_or_default() as usize).unwrap_or(c),
    };
    format!("10{}", n.to_string().chars().map(raised).collect::<String>())
}

/// 1, 2 or 5 times a power of ten, at least `least`.
pub fn nice(least: f64) -> f64 {
    let size = power(log10(least).floor() as i32);
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|times| times * size)
        .find(|&v| v >= least)
        .unwrap_or(10.0 * size)
}

/// Heights count from above.
pub fn turned(ticks: Vec<Tick>) -> Vec<Tick> {
    ticks.into_iter().map(|tick| Tick { at: 1.0 - tick.at, ..tick }).collect()
}
