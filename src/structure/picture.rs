//! Where the parts of the network stand in its picture, which is `width` by `height` and stretched
//! to whatever room there is.

use crate::math;
use crate::network::Network;
use crate::scene::{Point, edge_width};
use crate::structure::Part;

/// From one layer to the next.
const COLUMN: f64 = 120.0;
/// From one unit to the next.
const ROW: f64 = 56.0;
/// Of a unit.
pub const RADIUS: f64 = 20.0;
/// How far from an edge it is still meant.
const NEAR: f64 = 12.0;
/// Edges stand close together, so they are thinner than where a few are drawn.
const THIN: f64 = 0.6;

/// The network as circles and lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub width: f64,
    pub height: f64,
    pub units: Vec<Unit>,
    pub edges: Vec<Edge>,
}

/// A unit, or an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    pub l: usize,
    pub j: usize,
    pub at: Point,
}

/// The line of a weight, from the rim of one unit to that of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    pub l: usize,
    pub j: usize,
    pub i: usize,
    pub from: Point,
    pub to: Point,
    pub width: f64,
    pub negative: bool,
}

impl Picture {
    /// The picture of `network`: a column for each layer, as many rows as the widest needs.
    pub fn new(network: &Network) -> Picture {
        let sizes = network.sizes();
        let height = ROW * sizes.iter().copied().max().unwrap_or(1) as f64;
        let at = |l: usize, j: usize| Point {
            x: COLUMN * (l as f64 + 0.5),
            y: height / 2.0 + ROW * (j as f64 - (sizes[l] as f64 - 1.0) / 2.0),
        };
        let units = sizes.iter().enumerate().flat_map(|(l, &n)| (0..n).map(move |j| (l, j)));
        let units = units.map(|(l, j)| Unit { l, j, at: at(l, j) }).collect();
        let mut edges = vec![];
        for (below, layer) in network.layers().iter().enumerate() {
            for j in 0..layer.units() {
                for i in 0..layer.inputs() {
                    let (l, w) = (below + 1, layer.weight(j, i));
                    let (from, to) = between_rims(at(below, i), at(l, j));
                    let (width, negative) = (THIN * edge_width(w), w < 0.0);
                    edges.push(Edge { l, j, i, from, to, width, negative });
                }
            }
        }
        Picture { width: COLUMN * sizes.len() as f64, height, units, edges }
    }

    /// The part at a point: the unit there, else the nearest edge close by.
    pub fn hit(&self, x: f64, y: f64) -> Option<Part> {
        let far = |at: Point| (at.x - x) * (at.x - x) + (at.y - y) * (at.y - y);
        if let Some(&Unit { l, j, .. }) = self.units.iter().find(|u| far(u.at) <= RADIUS * RADIUS) {
            return Some(Part::Unit { l, j });
        }
        let near = self.edges.iter().map(|edge| (far(nearest(edge, x, y)), edge));
        let near = near.filter(|(distance, _)| *distance <= NEAR * NEAR);
        let (_, &Edge { l, j, i, .. }) = near.reduce(|a, b| if b.0 < a.0 { b } else { a })?;
        Some(Part::Weight { l, j, i })
    }
}

/// The part of a line between two units that lies outside of both.
fn between_rims(from: Point, to: Point) -> (Point, Point) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let part = RADIUS / math::hypot(dx, dy);
    let inward =
        |at: Point, sign: f64| Point { x: at.x + sign * part * dx, y: at.y + sign * part * dy };
    (inward(from, 1.0), inward(to, -1.0))
}

/// The point of an edge that lies nearest.
fn nearest(edge: &Edge, x: f64, y: f64) -> Point {
    let (dx, dy) = (edge.to.x - edge.from.x, edge.to.y - edge.from.y);
    let part = ((x - edge.from.x) * dx + (y - edge.from.y) * dy) / (dx * dx + dy * dy);
    let part = part.clamp(0.0, 1.0);
    Point { x: edge.from.x + part * dx, y: edge.from.y + part * dy }
}
