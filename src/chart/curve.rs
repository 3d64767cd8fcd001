//! A curve's points: enough of them, with its corner exactly at 0 and its jump left open.

use super::geometry::Point;

/// The closest that a number gets to 0 before the limit is taken.
const BESIDE_ZERO: f64 = f64::MIN_POSITIVE;

/// Two sides of 0 that differ by less are the same.
const NO_JUMP: f64 = 1e-9;

/// A function of one number, such as an activation or its slope.
pub type Function<'a> = &'a dyn Fn(f64) -> f64;

/// Where a function jumps: its limits on both sides of 0, and what it is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    pub left: f64,
    pub right: f64,
    pub at: f64,
}

impl Jump {
    /// The jump of `f` at 0, the only place where an activation or its slope has one.
    pub fn of(f: Function) -> Option<Jump> {
        let (left, right) = (f(-BESIDE_ZERO), f(BESIDE_ZERO));
        let apart = (left - right).abs() > NO_JUMP;
        apart.then(|| Jump { left, right, at: f(0.0) })
    }

    /// The two ends, each with whether it belongs to the curve.
    pub fn ends(&self) -> [(f64, bool); 2] {
        [self.left, self.right].map(|end| (end, (end - self.at).abs() <= NO_JUMP))
    }
}

/// `count` or so points (z, f(z)) from one end of a range to the other, with one exactly at 0;
/// two lines where `f` jumps there.
pub fn lines(f: Function, [from, to]: [f64; 2], count: usize) -> Vec<Vec<Point>> {
    if !(from < 0.0 && 0.0 < to) {
        return vec![even(f, from, to, count)];
    }
    let share = (count as f64 * -from / (to - from)) as usize;
    let mut left = even(f, from, 0.0, share);
    let mut right = even(f, 0.0, to, count.saturating_sub(share));
    match Jump::of(f) {
        Some(jump) => {
            left.pop();
            left.push((0.0, jump.left));
            right[0] = (0.0, jump.right);
            vec![left, right]
        }
        None => {
            left.extend_from_slice(&right[1..]);
            vec![left]
        }
    }
}

/// At least two evenly spaced points, the first and the last exactly at the ends.
pub fn even(f: Function, from: f64, to: f64, count: usize) -> Vec<Point> {
    let last = count.clamp(2, 10_000) - 1;
    let z = |i: usize| if i == last { to } else { from + (to - from) * i as f64 / last as f64 };
    (0..=last).map(|i| (z(i), f(z(i)))).collect()
}
