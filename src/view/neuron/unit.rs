//! The unit itself: its picture, and its arithmetic.

use serde::Serialize;

use super::{Line, product, sum};
use crate::activation::Activation;
use crate::name::Named;
use crate::neuron::Neuron;
use crate::number;
use crate::say::{Num, Part, Say};
use crate::scene::{Point, Rect, glyph};

/// Characters that a cell of the capsule has room for.
const ROOM: usize = 7;
/// The side of the little curve.
const GLYPH: f64 = 30.0;

/// The unit as figure 6 has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    edges: [Edge; 3],
    x: [String; 2],
    z: String,
    a: String,
    /// −b.
    threshold: Num,
    fires: bool,
    curve: Vec<[f64; 2]>,
    axes: Vec<[[f64; 2]; 2]>,
    /// Where on the curve the unit stands.
    standing: [f64; 2],
    words: Vec<Say>,
}

/// An edge with its weight, or that of the bias.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Edge {
    text: String,
    /// In css pixels.
    width: f64,
    negative: bool,
}

/// The picture of the unit with its inputs at hand.
pub fn unit(neuron: &Neuron) -> Unit {
    let [w1, w2] = neuron.weights;
    let (z, g) = (neuron.sum(neuron.at), neuron.activation);
    let frame = Rect::new(0.0, 0.0, GLYPH, GLYPH);
    let place = |point: Point| [point.x, point.y];
    let axes = glyph::axes(g, frame).map(|(from, to)| [place(from), place(to)]);
    let cell = |value: f64| number::within(value, ROOM);
    Unit {
        edges: [w1, w2, neuron.bias].map(edge),
        x: neuron.at.map(cell),
        z: cell(z),
        a: cell(neuron.output(neuron.at)),
        threshold: Num::plain(-neuron.bias),
        fires: neuron.fires(neuron.at),
        curve: glyph::curve(g, frame).into_iter().map(place).collect(),
        axes: axes.into(),
        standing: place(glyph::standing(g, frame, z)),
        words: words(neuron),
    }
}

fn edge(value: f64) -> Edge {
    // As wide as it is strong, as far as there is room.
    let width = 1.5 + 2.0 * value.abs();
    Edge {
        text: number::within(value, ROOM),
        width: if width < 8.0 { width } else { 8.0 },
        negative: value < 0.0,
    }
}

fn words(neuron: &Neuron) -> Vec<Say> {
    let inputs = Say::new("neuron.picture_inputs")
        .num("x1", Num::plain(neuron.at[0]))
        .num("x2", Num::plain(neuron.at[1]))
        .num("w1", Num::plain(neuron.weights[0]))
        .num("w2", Num::plain(neuron.weights[1]))
        .num("b", Num::plain(neuron.bias));
    let outcome = Say::new("neuron.picture_outcome")
        .num("z", Num::plain(neuron.sum(neuron.at)))
        .say("g", g(neuron))
        .num("a", Num::plain(neuron.output(neuron.at)));
    vec![inputs, outcome]
}

fn g(neuron: &Neuron) -> Say {
    Say::new(format!("activation.{}", neuron.activation.name()))
}

/// The products, their sum, z and a.
pub fn lines(neuron: &Neuron) -> Vec<Line> {
    let ([w1, w2], [x1, x2]) = (neuron.weights, neuron.at);
    let (weighed, z) = (neuron.weighed(neuron.at), neuron.sum(neuron.at));
    let line = |what, parts| Line { what, parts };
    let answer = neuron.output(neuron.at);
    let more = number::more_digits(answer, |shown| neuron.activation.value(shown(z)));
    let (z_num, a) = (Num::plain(z).finer(z, more), Num::plain(answer));
    let sign = if z_num.approx || a.approx { "≈" } else { "=" };
    let g = [Part::Op("g("), Part::Num(z_num), Part::Op(")"), Part::Op(sign), Part::Num(a)];
    vec![
        line("w₁x₁", product(w1, x1)),
        line("w₂x₂", product(w2, x2)),
        line("w·x", sum(w1 * x1, w2 * x2)),
        line("z", sum(weighed, neuron.bias)),
        line("a", g.into()),
    ]
}

/// Whether the sum is above the threshold.
pub fn fires(neuron: &Neuron) -> Say {
    let weighed = neuron.weighed(neuron.at);
    let key = match (neuron.fires(neuron.at), weighed == -neuron.bias) {
        (true, _) => "neuron.fires",
        (false, true) => "neuron.on_the_line",
        (false, false) => "neuron.rests",
    };
    Say::new(key).num("weighed", Num::plain(weighed)).num("threshold", Num::plain(-neuron.bias))
}

/// What the activation at hand makes of z.
pub fn passes(neuron: &Neuron) -> Say {
    let key = match neuron.activation {
        Activation::Step => "step",
        Activation::Sigmoid => "sigmoid",
        Activation::Tanh => "tanh",
        Activation::Identity => "identity",
        Activation::Relu => "relu",
        Activation::LeakyRelu { .. } | Activation::Prelu { .. } | Activation::Rrelu { .. } => {
            "leaky"
        }
        _ => "smooth",
    };
    let say = Say::new(format!("neuron.passes_{key}")).say("g", g(neuron));
    match neuron.activation.alpha() {
        Some(alpha) => say.num("alpha", Num::plain(alpha)),
        None => say,
    }
}
