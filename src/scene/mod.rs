//! The picture of a network at one moment of a training step, as plain data.
//!
//! A [`Scene`] is what the eye sees, the same for the same [`View`]; who paints it knows colours
//! and fonts, and nothing of networks.

mod edges;
mod ends;
mod focus;
mod geometry;
pub(crate) mod glyph;
mod layout;
mod marks;
mod motion;
mod sketch;
mod theme;
mod units;

pub use edges::edge_width;
pub use geometry::{Point, Rect};
pub use marks::{Align, Face, Ink, Mark, Shade, Shape, Stroke, Text, Travel, Words};
pub use theme::Theme;

use crate::case::Case;
use crate::trace::{Id, Trace};
use sketch::Sketch;

/// What is to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub case: &'a Case,
    /// The trace of `case`.
    pub trace: &'a Trace,
    /// The last step that is computed: the numbers of later ones are left empty.
    pub shown: Id,
    /// The sample of the batch whose numbers stand in the units.
    pub sample: usize,
    /// Which units are dead, layer by layer: see [`crate::lab::Lab::dead`].
    pub dead: &'a [Vec<bool>],
    /// The step in the card.
    pub focus: Option<Id>,
    /// In css pixels.
    pub width: f64,
}

/// Where the number of a step can be clicked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub id: Id,
    pub place: Rect,
}

/// A picture: marks from the back to the front. Lengths are css pixels, or where it is wider than
/// was asked for, as many times less as makes it fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    pub marks: Vec<Mark>,
    pub spots: Vec<Spot>,
}

/// The least side of what a finger can hit, in css pixels.
const TAPPABLE: f64 = 24.0;

impl Scene {
    /// The picture of `view`.
    pub fn of(view: &View) -> Scene {
        let mut sketch = Sketch::new(view);
        sketch.reserve_units();
        sketch.weight_lines();
        sketch.loss_lines();
        sketch.biases();
        sketch.inputs();
        sketch.units();
        sketch.loss();
        sketch.captions();
        sketch.weight_labels();
        sketch.edge_extras();
        let Sketch { layout, marks, spots, .. } = sketch;
        Scene { width: layout.width, height: layout.height, marks, spots }
    }

    /// What lies a part `t` of the way from picture `a` to picture `b`: at 0 it is `a`, at 1 `b`.
    pub fn between(a: &Scene, b: &Scene, t: f64) -> Scene {
        motion::between(a, b, t)
    }

    /// The step whose number is at a point, in css pixels: the one that is hit, or else the
    /// nearest one that a finger could have meant.
    pub fn hit(&self, x: f64, y: f64) -> Option<Id> {
        let p = Point::new(x, y);
        let distance = |spot: &&Spot| spot.place.centre().distance(p);
        let nearest = |spots: Vec<&Spot>| {
            spots.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|s| s.id)
        };
        let hit = self.spots.iter().filter(|spot| spot.place.contains(p)).collect();
        let near = self.spots.iter().filter(|spot| spot.place.at_least(TAPPABLE).contains(p));
        nearest(hit).or_else(|| nearest(near.collect()))
    }
}
