//! The plane of the two inputs.

use serde::Serialize;

use crate::name::Named;
use crate::neuron::{self, Gate, HIGH, LOW, Neuron};
use crate::number;
use crate::say::{Num, Say};

/// Where everything lies in the plane; x₁ and x₂ of each place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plane {
    low: f64,
    high: f64,
    /// The ends of the line, where it crosses the square.
    line: Option<[[f64; 2]; 2]>,
    /// Where it lay before the last corrections, the oldest first.
    earlier: Vec<[[f64; 2]; 2]>,
    /// Where the line is held, or where it would be; none without weights.
    handle: Option<[f64; 2]>,
    /// The tip of w, drawn from the handle.
    tip: Option<[f64; 2]>,
    /// Of w, in whole degrees, for the handle that turns it.
    angle: f64,
    /// How far the line lies from x = 0, along w, for the handle that shifts it.
    shift: f64,
    shift_words: Say,
    turn_words: Say,
    shade: Shade,
    equation: String,
    words: Vec<Say>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Shade {
    from: [f64; 2],
    to: [f64; 2],
    stops: Vec<Stop>,
    /// The answers that are drawn lightest and darkest.
    least: Num,
    most: Num,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Stop {
    offset: f64,
    /// From 0, the lightest, to 1.
    strength: f64,
}

/// The plane of `neuron`.
pub fn plane(neuron: &Neuron) -> Plane {
    let equation = equation(neuron);
    let angle = neuron.angle().round() + 0.0;
    let shift = neuron::distance(neuron, [0.0; 2]).map_or(0.0, |away| 0.0 - away);
    let handle = neuron::direction(neuron).map(|_| neuron::handle(neuron).map(to_square));
    let [w1, w2] = neuron.weights.map(Num::plain);
    Plane {
        low: LOW,
        high: HIGH,
        line: neuron::line(neuron),
        earlier: neuron.course().iter().filter_map(|one| neuron::line(&one.before)).collect(),
        handle,
        tip: neuron::tip(neuron),
        angle,
        shift,
        shift_words: Say::new("neuron.shift_value")
            .num("distance", Num::plain(shift))
            .num("b", Num::plain(neuron.bias)),
        turn_words: Say::new("neuron.turn_value")
            .text("angle", number::short(angle))
            .num("w1", w1)
            .num("w2", w2),
        shade: shade(neuron),
        words: words(neuron, &equation),
        equation,
    }
}

fn to_square(x: f64) -> f64 {
    x.clamp(LOW, HIGH)
}

fn shade(neuron: &Neuron) -> Shade {
    let shade = neuron::shade(neuron);
    let span = shade.most - shade.least;
    let stop = |stop: neuron::Stop| Stop {
        offset: stop.offset,
        strength: (stop.answer - shade.least) / span,
    };
    Shade {
        from: shade.from,
        to: shade.to,
        stops: shade.stops.into_iter().map(stop).collect(),
        least: Num::plain(shade.least),
        most: Num::plain(shade.most),
    }
}

/// w₁x₁ + w₂x₂ + b = 0 with its numbers.
fn equation(neuron: &Neuron) -> String {
    let [w1, w2] = neuron.weights;
    let sign = |value: f64| if value < 0.0 { "−" } else { "+" };
    let size = |value: f64| number::short(value.abs());
    let b = neuron.bias;
    format!("{}·x₁ {} {}·x₂ {} {} = 0", number::short(w1), sign(w2), size(w2), sign(b), size(b))
}

fn words(neuron: &Neuron, equation: &str) -> Vec<Say> {
    let line = match (neuron::direction(neuron), neuron::line(neuron)) {
        (_, Some(_)) => Say::new("neuron.line").text("equation", equation),
        (Some(_), None) => Say::new("neuron.line_outside").text("equation", equation),
        (None, None) => Say::new("neuron.no_line").num("b", Num::plain(neuron.bias)),
    };
    let corner = |x: [f64; 2]| {
        let right =
            if neuron.is_right_at(x) { "neuron.corner_right" } else { "neuron.corner_wrong" };
        let fires = if neuron.fires(x) { "neuron.corner_fires" } else { "neuron.corner_rests" };
        Say::new(fires)
            .num("x1", Num::plain(x[0]))
            .num("x2", Num::plain(x[1]))
            .text("wanted", u8::from(neuron.gate.on(x)))
            .say("gate", Say::new(format!("gate.{}", neuron.gate.name())))
            .say("right", Say::new(right))
    };
    [line].into_iter().chain(Gate::INPUTS.map(corner)).collect()
}
