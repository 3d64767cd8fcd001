//! Rectangles, and lines cut at their edges and into dashes. Lengths are CSS px, y points down.

use crate::math;

/// x and y.
pub type Point = (f64, f64);

/// A rectangle with sides parallel to the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// The rectangle of this size around a centre.
    pub fn around((x, y): Point, width: f64, height: f64) -> Rect {
        let (w, h) = (width / 2.0, height / 2.0);
        Rect { left: x - w, top: y - h, right: x + w, bottom: y + h }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The same with every side moved outwards; inwards where `by` is negative.
    pub fn grown(&self, by: f64) -> Rect {
        Rect {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// Whether the point lies inside or on an edge.
    pub fn holds(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether all of `other` lies inside.
    pub fn encloses(&self, other: &Rect) -> bool {
        self.holds((other.left, other.top)) && self.holds((other.right, other.bottom))
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn nearest(&self, (x, y): Point) -> Point {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// The smaller of two lengths.
pub fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// Beyond this many px a point is as good as infinitely far: products of such numbers stay finite.
const FAR: f64 = 1e7;

/// The parts of a line that lie within a rectangle. What leaves it ends on the edge where it
/// crosses, so that nothing runs along an edge. A NaN interrupts the line.
pub fn clip(line: &[Point], within: &Rect) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let (from, to) = (bounded(pair[0]), bounded(pair[1]));
        let Some((enter, leave)) = visible(from, to, within) else {
            open = false;
            continue;
        };
        let along =
            |t: f64| within.nearest((from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1)));
        match parts.last_mut() {
            Some(part) if open && enter == 0.0 => part.push(along(leave)),
            _ => parts.push(vec![along(enter), along(leave)]),
        }
        open = leave == 1.0;
    }
    parts
}

fn bounded((x, y): Point) -> Point {
    (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR))
}

/// Which part of the segment lies within, as the two fractions of its length (Liang and Barsky).
fn visible(from: Point, to: Point, within: &Rect) -> Option<(f64, f64)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    if !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
    let edges = [
        (-dx, from.0 - within.left),
        (dx, within.right - from.0),
        (-dy, from.1 - within.top),
        (dy, within.bottom - from.1),
    ];
    let (mut enter, mut leave) = (0.0, 1.0);
    for (outwards, room) in edges {
        if outwards == 0.0 && room < 0.0 {
            return None;
        }
        let t = room / outwards;
        if outwards < 0.0 && t > enter {
            enter = t;
        } else if outwards > 0.0 && t < leave {
            leave = t;
        }
    }
    (enter < leave).then_some((enter, leave))
}

/// Cuts a line into dashes. `pattern` is lengths on and off in turn; without one, or with one
/// that makes no way, the line stays whole.
pub fn dashes(line: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    if pattern.is_empty() || pattern.iter().any(|length| *length < 0.5) {
        return vec![line.to_vec()];
    }
    let mut parts: Vec<Vec<Point>> = line.first().map(|start| vec![*start]).into_iter().collect();
    let (mut turn, mut left) = (0, pattern[0]);
    for pair in line.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut rest = distance(from, to);
        while rest > left {
            from = between(from, to, left / rest);
            rest -= left;
            if turn % 2 == 0 {
                push_last(&mut parts, from);
            } else {
                parts.push(vec![from]);
            }
            turn += 1;
            left = pattern[turn % pattern.len()];
        }
        left -= rest;
        if turn % 2 == 0 {
            push_last(&mut parts, to);
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

fn push_last(parts: &mut [Vec<Point>], point: Point) {
    if let Some(part) = parts.last_mut() {
        part.push(point);
    }
}

fn distance(from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    math::sqrt(dx * dx + dy * dy)
}

fn between(from: Point, to: Point, t: f64) -> Point {
    (from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1))
}

/// Leaves out the points that lie within `tolerance` px of the line through their neighbours
/// that stay: straight stretches become one segment.
pub fn simplified(line: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(first) = line.first() else {
        return Vec::new();
    };
    let mut kept = vec![*first];
    let mut start = 0;
    for end in 2..line.len() {
        let between = &line[start + 1..end];
        if between.len() > LONGEST_RUN || strays(between, line[start], line[end], tolerance) {
            start = end - 1;
            kept.push(line[start]);
        }
    }
    kept.extend(line[1..].last());
    kept
}

/// How many points one segment may replace, which bounds the work.
const LONGEST_RUN: usize = 40;

/// Whether any of the points lies off the line through two others.
fn strays(points: &[Point], from: Point, to: Point, tolerance: f64) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let most = tolerance * tolerance * (dx * dx + dy * dy);
    points.iter().any(|point| {
        let cross = dx * (point.1 - from.1) - dy * (point.0 - from.0);
        cross * cross > most
    })
}
