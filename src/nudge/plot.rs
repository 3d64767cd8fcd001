//! The chapter's two charts, as lines and places in css pixels.

use serde::Serialize;

use super::{Nudge, REACH};
use crate::chart::ticks::{Tick, ticks};

/// A chart of this size; everything else lies within `frame`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plot {
    pub width: f64,
    pub height: f64,
    pub frame: Frame,
    pub x: Vec<Mark>,
    pub y: Vec<Mark>,
    pub lines: Vec<Line>,
    pub dots: Vec<Dot>,
}

/// The part of a chart in which its lines run; what leaves it is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// A number on an axis, and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    pub at: f64,
    pub label: String,
}

/// A line through these points, of a kind that the style sheet knows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub kind: &'static str,
    pub points: Vec<[f64; 2]>,
}

/// A point of a kind that the style sheet knows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dot {
    pub kind: &'static str,
    pub at: [f64; 2],
}

/// Values from which to which the axes go.
#[derive(Debug, Clone, Copy)]
struct Range {
    x: [f64; 2],
    y: [f64; 2],
}

/// Room for the axes' numbers.
const LEFT: f64 = 46.0;
const BELOW: f64 = 26.0;
const AROUND: f64 = 14.0;
/// Lowest and highest chart.
const HEIGHTS: [f64; 2] = [220.0, 340.0];
/// Pieces of a curve.
const PIECES: usize = 160;
/// Distance of the numbers on an axis.
const APART: [f64; 2] = [64.0, 44.0];
/// How many times the loss at hand the chart reaches up, if the curve does.
const TALLEST: f64 = 4.0;

/// A narrower chart is one of this width made smaller.
const NARROWEST: f64 = 120.0;

/// The loss over the parameter at hand, `width` css pixels wide.
pub fn loss(nudge: &Nudge, width: f64) -> Plot {
    let (start, here) = (nudge.start(), nudge.loss());
    let after = nudge.loss_at(nudge.parameter(), start + nudge.shift());
    let x = [start - REACH, start + REACH];
    let corners = nudge.corners(x[0], x[1]);
    let mut curve: Vec<[f64; 2]> =
        along(x).map(|value| [value, nudge.loss_at(nudge.parameter(), value)]).collect();
    // A corner is sharp also where no piece ends on it.
    curve
        .extend(corners.iter().map(|one| [one.value, nudge.loss_at(nudge.parameter(), one.value)]));
    curve.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let top = larger(height_of(&curve, here), 1.1 * after);
    let draft = Draft::new(width, Range { x, y: [0.0, top] });
    let mut lines: Vec<Line> = corners
        .iter()
        .map(|one| draft.line("corner", &[[one.value, 0.0], [one.value, top]]))
        .collect();
    lines.push(draft.line("curve", &curve));
    let (below, above) = nudge.slopes(nudge.parameter());
    let straight = |slope: f64, to: f64| [start + to, here + slope * to];
    lines.push(
        draft.line("tangent", &[straight(below, -REACH), [start, here], straight(above, REACH)]),
    );
    if nudge.shift() != 0.0 {
        let slope = (after - here) / nudge.shift();
        lines.push(draft.line("secant", &[straight(slope, -REACH), straight(slope, REACH)]));
    }
    let dots = vec![
        Dot { kind: "start", at: draft.place([start, here]) },
        Dot { kind: "now", at: draft.place([start + nudge.shift(), after]) },
    ];
    draft.plot(lines, dots)
}

/// The loss after a step of η against the gradient, and what the gradient promises of it.
pub fn step(nudge: &Nudge, width: f64) -> Plot {
    let (here, promise) = (nudge.loss(), nudge.promise());
    let most = nudge.fastest();
    let curve: Vec<[f64; 2]> =
        along([0.0, most]).map(|rate| [rate, nudge.loss_after(rate)]).collect();
    let top = larger(height_of(&curve, here), 1.2 * here);
    let y = [-0.5 * larger(here, 0.1 * top), top];
    let draft = Draft::new(width, Range { x: [0.0, most], y });
    let promised = |rate: f64| [rate, here - rate * promise];
    // Down to the chart's edge and no farther.
    let end = if promise > 0.0 { (here - y[0]) / promise } else { most };
    let end = if end < most { end } else { most };
    let lines = vec![
        draft.line("none", &[[0.0, 0.0], [most, 0.0]]),
        draft.line("corner", &[[nudge.rate(), y[0]], [nudge.rate(), top]]),
        draft.line("curve", &curve),
        draft.line("tangent", &[promised(0.0), promised(end)]),
    ];
    let mut dots = vec![
        Dot { kind: "start", at: draft.place([0.0, here]) },
        Dot { kind: "now", at: draft.place([nudge.rate(), nudge.loss_after(nudge.rate())]) },
    ];
    let promised = promised(nudge.rate());
    if promised[1] >= y[0] {
        dots.push(Dot { kind: "promised", at: draft.place(promised) });
    }
    draft.plot(lines, dots)
}

/// How far from the start a place of the chart of the loss is, which is `width` css pixels wide.
pub fn shift_at(nudge: &Nudge, width: f64, x: f64) -> f64 {
    let start = nudge.start();
    let draft = Draft::new(width, Range { x: [start - REACH, start + REACH], y: [0.0, 1.0] });
    let x = x * draft.width / width;
    (2.0 * (x - draft.frame.left) / draft.frame.width - 1.0) * REACH
}

fn along([from, to]: [f64; 2]) -> impl Iterator<Item = f64> {
    (0..=PIECES).map(move |n| from + (to - from) * n as f64 / PIECES as f64)
}

fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// The chart's top: the curve's, unless it towers above the loss at hand.
fn height_of(curve: &[[f64; 2]], here: f64) -> f64 {
    let highest = curve.iter().map(|point| point[1]).filter(|y| y.is_finite()).fold(0.0, larger);
    let top = if here > 0.0 && highest > TALLEST * here { TALLEST * here } else { highest };
    larger(1.05 * top, 1e-9)
}

struct Draft {
    width: f64,
    height: f64,
    frame: Frame,
    range: Range,
}

impl Draft {
    fn new(width: f64, range: Range) -> Draft {
        let width = if width.is_finite() { larger(width, NARROWEST) } else { NARROWEST };
        let height = (0.45 * width).clamp(HEIGHTS[0], HEIGHTS[1]);
        let frame = Frame {
            left: LEFT,
            top: AROUND,
            width: width - LEFT - AROUND,
            height: height - AROUND - BELOW,
        };
        Draft { width, height, frame, range }
    }

    /// Where a point lies, to a tenth of a pixel; far outside, at a distance that can be drawn.
    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let part = |value: f64, [from, to]: [f64; 2]| (value - from) / (to - from);
        let at = |part: f64, length: f64| part.clamp(-10.0, 10.0) * length;
        let tenth = |at: f64| (at * 10.0).round() / 10.0;
        let Frame { left, top, width, height } = self.frame;
        [
            tenth(left + at(part(x, self.range.x), width)),
            tenth(top + height - at(part(y, self.range.y), height)),
        ]
    }

    fn line(&self, kind: &'static str, points: &[[f64; 2]]) -> Line {
        let finite = points.iter().filter(|point| point.iter().all(|v| v.is_finite()));
        Line { kind, points: finite.map(|&point| self.place(point)).collect() }
    }

    fn plot(self, lines: Vec<Line>, dots: Vec<Dot>) -> Plot {
        let Frame { left, top, width, height } = self.frame;
        let Range { x, y } = self.range;
        let mark = |tick: Tick, at: f64| Mark { at, label: tick.label };
        let across = ticks(x, width, APART[0]).into_iter();
        let up = ticks(y, height, APART[1]).into_iter();
        Plot {
            width: self.width,
            height: self.height,
            frame: Frame { left, top, width, height },
            x: across
                .map(|t| (self.place([t.value, y[0]])[0], t))
                .map(|(at, t)| mark(t, at))
                .collect(),
            y: up.map(|t| (self.place([x[0], t.value])[1], t)).map(|(at, t)| mark(t, at)).collect(),
            lines,
            dots,
        }
    }
}
