//! The plane of the two inputs: where the line lies in it, and what the unit answers beside it.

use super::Neuron;
use crate::activation::Activation;

/// The square of the plane that is shown: both inputs from [`LOW`] to [`HIGH`].
pub const LOW: f64 = -1.0;
pub const HIGH: f64 = 2.0;
pub(super) const MIDDLE: [f64; 2] = [(LOW + HIGH) / 2.0; 2];
/// The farthest that a point of the square is from its middle.
const REACH: f64 = (HIGH - LOW) * std::f64::consts::FRAC_1_SQRT_2;
/// Pieces of the shade from one end to the other.
const PIECES: usize = 48;
/// The length of w as it is drawn, and how far it may stand out of the square, or how short it may
/// become instead.
const ARROW: f64 = 0.55;
const MARGIN: f64 = 0.1;
const SHORTEST: f64 = 0.25;

/// w / |w|; none where w is 0.
pub fn direction(neuron: &Neuron) -> Option<[f64; 2]> {
    let length = neuron.length();
    (length > 0.0).then(|| neuron.weights.map(|w| w / length))
}

/// How far the point `x` lies from the line, along w: (w·x + b) / |w|; none where w is 0.
pub fn distance(neuron: &Neuron, x: [f64; 2]) -> Option<f64> {
    let distance = neuron.sum(x) / neuron.length();
    distance.is_finite().then_some(distance)
}

/// The point of the line that is nearest to `x`; without a line `x` itself.
fn foot(neuron: &Neuron, x: [f64; 2]) -> [f64; 2] {
    match (direction(neuron), distance(neuron, x)) {
        (Some(n), Some(away)) => [x[0] - away * n[0], x[1] - away * n[1]],
        _ => x,
    }
}

fn inside([x1, x2]: [f64; 2]) -> bool {
    (LOW..=HIGH).contains(&x1) && (LOW..=HIGH).contains(&x2)
}

/// Where the line is held: near where it was held last; in the middle of what there is of it in the
/// square; else where it is nearest to the square's middle.
pub fn handle(neuron: &Neuron) -> [f64; 2] {
    let near = foot(neuron, neuron.hold);
    match line(neuron) {
        _ if inside(near) => near,
        Some([from, to]) => [(from[0] + to[0]) / 2.0, (from[1] + to[1]) / 2.0],
        None => foot(neuron, MIDDLE),
    }
}

/// The two ends of the line w·x + b = 0 at the border of the square; none if it doesn't cross it.
pub fn line(neuron: &Neuron) -> Option<[[f64; 2]; 2]> {
    let [n1, n2] = direction(neuron)?;
    let [f1, f2] = foot(neuron, MIDDLE);
    // Liang and Barsky: foot + t·d, with d along the line.
    let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
    for (start, step) in [(f1, -n2), (f2, n1)] {
        if step == 0.0 {
            if !(LOW..=HIGH).contains(&start) {
                return None;
            }
            continue;
        }
        let (one, other) = ((LOW - start) / step, (HIGH - start) / step);
        let (enter, leave) = if one < other { (one, other) } else { (other, one) };
        from = if enter > from { enter } else { from };
        to = if leave < to { leave } else { to };
    }
    (from < to).then(|| [from, to].map(|t| [f1 - t * n2, f2 + t * n1]))
}

/// The tip of w, drawn from where the line is held; none where there is no line to be seen.
pub fn tip(neuron: &Neuron) -> Option<[f64; 2]> {
    line(neuron)?;
    let (from, n) = (handle(neuron), direction(neuron)?);
    let room = |i: usize| match n[i] {
        step if step > 0.0 => (HIGH + MARGIN - from[i]) / step,
        step if step < 0.0 => (LOW - MARGIN - from[i]) / step,
        _ => ARROW,
    };
    let room = if room(0) < room(1) { room(0) } else { room(1) };
    let length = room.clamp(SHORTEST, ARROW);
    Some([from[0] + length * n[0], from[1] + length * n[1]])
}

/// The answer at a distance along w from the middle of the square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// From 0, at the first end, to 1, at the second.
    pub offset: f64,
    pub answer: f64,
}

/// What the unit answers in the square. The answer depends on nothing but the distance from the
/// line, so the whole of it is told along one way across the middle.
#[derive(Debug, Clone, PartialEq)]
pub struct Shade {
    pub from: [f64; 2],
    pub to: [f64; 2],
    pub stops: Vec<Stop>,
    /// The answers that are drawn lightest and darkest.
    pub least: f64,
    pub most: f64,
}

/// The shade of the square; on the line itself both sides are told.
pub fn shade(neuron: &Neuron) -> Shade {
    let n = direction(neuron).unwrap_or([1.0, 0.0]);
    let end = |sign: f64| [0, 1].map(|i| MIDDLE[i] + sign * REACH * n[i]);
    let (middle, slope) = (neuron.sum(MIDDLE), neuron.length() * REACH);
    let answer = |z: f64| neuron.activation.value(z);
    let mut stops: Vec<Stop> = (0..=PIECES)
        .map(|piece| piece as f64 / PIECES as f64)
        .map(|offset| Stop { offset, answer: answer(middle + slope * (2.0 * offset - 1.0)) })
        .collect();
    let zero = (1.0 - middle / slope) / 2.0;
    if zero > 0.0 && zero < 1.0 {
        // One as good as on the line would come between its two sides.
        stops.retain(|stop| (stop.offset - zero).abs() > 1e-9);
        let at = stops.partition_point(|stop| stop.offset < zero);
        let side = |z: f64| Stop { offset: zero, answer: answer(z) };
        stops.splice(at..at, [side(0.0), side(f64::MIN_POSITIVE)]);
    }
    let (least, most) = scale(neuron.activation, &stops);
    Shade { from: end(-1.0), to: end(1.0), stops, least, most }
}

/// From the least to the most that `g` can answer where there are such; else what is met, with 0
/// and 1 in any case.
fn scale(g: Activation, stops: &[Stop]) -> (f64, f64) {
    match g {
        Activation::Step | Activation::Sigmoid => (0.0, 1.0),
        Activation::Tanh => (-1.0, 1.0),
        _ => stops.iter().fold((0.0, 1.0), |(least, most), &Stop { answer, .. }| {
            (if answer < least { answer } else { least }, if answer > most { answer } else { most })
        }),
    }
}
