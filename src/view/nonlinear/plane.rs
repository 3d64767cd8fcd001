//! Two classes, and where a network draws the boundary between them.

use serde::Serialize;

use crate::name::Named;
use crate::nonlinear::plane::{self, EPOCHS};
use crate::say::{Num, Say};
use crate::view::train::percent;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plane {
    set: &'static str,
    seed: u64,
    relu: bool,
    epoch: usize,
    epochs: usize,
    accuracy: String,
    /// How many points are in their class, of how many.
    score: Say,
    /// What the boundary is.
    boundary: Say,
    /// All of it, for those who can't see the picture.
    pub describe: Say,
}

pub fn plane(plane: &plane::Plane) -> Plane {
    let (right, points) = (plane.right(), plane.points().len());
    let accuracy = percent(right as f64 / points as f64);
    let score = Say::new("nonlinear.plane.score").text("right", right).text("points", points);
    let boundary = boundary(plane);
    let describe = Say::new("nonlinear.plane.describe")
        .say("set", Say::new(format!("set.{}", plane.classes().name())))
        .say("between", Say::new(between(plane.relu())))
        .text("epoch", plane.epoch())
        .text("accuracy", &accuracy)
        .say("boundary", boundary.clone());
    Plane {
        set: plane.classes().name(),
        seed: plane.seed(),
        relu: plane.relu(),
        epoch: plane.epoch(),
        epochs: EPOCHS,
        accuracy,
        score,
        boundary,
        describe,
    }
}

/// The key of what stands between the layers.
fn between(relu: bool) -> &'static str {
    if relu { "nonlinear.with_relu" } else { "nonlinear.without_relu" }
}

fn boundary(plane: &plane::Plane) -> Say {
    let pieces = plane.pieces();
    if pieces == 0 {
        return Say::new("nonlinear.plane.nowhere");
    }
    let Some(line) = plane.line() else {
        let key = if pieces == 1 { "nonlinear.plane.unfolded" } else { "nonlinear.plane.folded" };
        return Say::new(key).text("pieces", pieces);
    };
    Say::new("nonlinear.plane.straight")
        .num("w1", Num::plain(line.weights[0][0]))
        .num("w2", Num::plain(line.weights[0][1]))
        .num("b", Num::plain(line.biases[0]))
}
