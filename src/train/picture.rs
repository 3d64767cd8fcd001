//! Where the units and weights of a trained network lie in its picture, and what lies at a point.

use super::Parameter;

/// A unit's square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Square {
    pub x: f64,
    pub y: f64,
    pub side: f64,
}

/// A weight's line: a cubic curve from the unit below to the unit above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    pub parameter: Parameter,
    /// Start, two control points, end.
    pub points: [(f64, f64); 4],
}

/// A network of these sizes on `width` css pixels: a column for the inputs and for each layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub width: f64,
    pub height: f64,
    /// Css pixels to one of the picture's: less than 1 where there is no room for it.
    pub part: f64,
    columns: Vec<Vec<Square>>,
}

/// The largest and the smallest side of a unit.
const SIDES: (f64, f64) = (18.0, 44.0);
/// The least from column to column, as a part of a side.
const STEP: f64 = 1.4;
/// Space between two units, as a part of a side.
const GAP: f64 = 0.28;
/// Around everything, so that marks at the border are whole.
const MARGIN: f64 = 6.0;
/// Left of the inputs, for their names.
const NAMES: f64 = 34.0;
/// How far from a line it is still pointed at.
const REACH: f64 = 6.0;

impl Picture {
    pub fn new(sizes: &[usize], shown: f64) -> Picture {
        let steps = sizes.len().saturating_sub(1) as f64;
        let least = NAMES + 2.0 * MARGIN + SIDES.0 * (1.0 + STEP * steps);
        let width = larger(shown, least);
        let room = width - NAMES - 2.0 * MARGIN;
        let across = room / sizes.len() as f64;
        let side = (0.55 * across).clamp(SIDES.0, SIDES.1);
        let most = sizes.iter().copied().max().unwrap_or(1) as f64;
        let pitch = side * (1.0 + GAP);
        let height = most * pitch - side * GAP + 2.0 * MARGIN;
        let step = match sizes.len() {
            0 | 1 => 0.0,
            count => (room - side) / (count - 1) as f64,
        };
        let column = |(n, &size): (usize, &usize)| {
            let top = (height - (size as f64 * pitch - side * GAP)) / 2.0;
            let square = |j: usize| Square {
                x: NAMES + MARGIN + n as f64 * step,
                y: top + j as f64 * pitch,
                side,
            };
            (0..size).map(square).collect()
        };
        let columns = sizes.iter().enumerate().map(column).collect();
        Picture { width, height, part: shown / width, columns }
    }

    /// The squares of the inputs and of all units, layer by layer.
    pub fn units(&self) -> impl Iterator<Item = Square> {
        self.columns.iter().flatten().copied()
    }

    /// The lines of all weights, in the order of the parameters.
    pub fn edges(&self) -> impl Iterator<Item = Edge> {
        self.columns.windows(2).enumerate().flat_map(|(layer, pair)| {
            pair[1].iter().enumerate().flat_map(move |(unit, &to)| {
                pair[0].iter().enumerate().map(move |(from, &below)| {
                    let parameter = Parameter::Weight { layer, unit, from };
                    Edge { parameter, points: line(below, to) }
                })
            })
        })
    }

    /// The square of a layer's unit.
    pub fn unit(&self, layer: usize, unit: usize) -> Option<Square> {
        self.columns.get(layer + 1)?.get(unit).copied()
    }

    /// The bias of the unit, or the weight of the line, at a point in css pixels: of several lines
    /// the nearest.
    pub fn hit(&self, x: f64, y: f64) -> Option<Parameter> {
        let (x, y) = (x / self.part, y / self.part);
        for (n, column) in self.columns.iter().enumerate() {
            let within = |square: &Square| {
                let (u, v) = (x - square.x, y - square.y);
                (0.0..=square.side).contains(&u) && (0.0..=square.side).contains(&v)
            };
            if let Some(unit) = column.iter().position(within) {
                return n.checked_sub(1).map(|layer| Parameter::Bias { layer, unit });
            }
        }
        let near = self.edges().map(|edge| (distance(&edge, x, y), edge.parameter));
        let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(away, _)| *away <= REACH).map(|(_, parameter)| parameter)
    }
}

/// The plane of the points, on a canvas as wide as high, with room for the axes' numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    /// Of the canvas.
    pub width: f64,
    /// Css pixels to one of the canvas': less than 1 where there is no room for it.
    pub part: f64,
    pub left: f64,
    pub top: f64,
    pub side: f64,
    /// x₁ from −`across` to `across`, and the values of the other axis.
    pub across: f64,
    pub up: f64,
}

impl Plane {
    /// On a canvas that is shown on so many css pixels; `up` is the largest value of the vertical
    /// axis.
    pub fn new(shown: f64, up: f64) -> Plane {
        const AXIS: f64 = 24.0;
        // Room for the axes' numbers.
        const NARROWEST: f64 = 120.0;
        let (width, across) = (larger(shown, NARROWEST), crate::data::REACH);
        let (part, side) = (shown / width, width - AXIS - 4.0);
        Plane { width, part, left: AXIS, top: 4.0, side, across, up }
    }

    /// The middle of a number beside the vertical axis, which stays within it.
    pub fn beside(&self, value: f64) -> f64 {
        const HALF: f64 = 6.0;
        let (_, y) = self.place([0.0, value]);
        y.clamp(self.top + HALF, self.top + self.side - HALF)
    }

    /// Where a point lies on the canvas.
    pub fn place(&self, [x1, x2]: [f64; 2]) -> (f64, f64) {
        let part = |value: f64, reach: f64| (value / reach + 1.0) / 2.0 * self.side;
        (self.left + part(x1, self.across), self.top + self.side - part(x2, self.up))
    }

    /// The point that lies there, in css pixels.
    pub fn point(&self, x: f64, y: f64) -> [f64; 2] {
        let (x, y) = (x / self.part, y / self.part);
        let value = |part: f64, reach: f64| (2.0 * part / self.side - 1.0) * reach;
        [value(x - self.left, self.across), value(self.top + self.side - y, self.up)]
    }
}

fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

fn line(from: Square, to: Square) -> [(f64, f64); 4] {
    let (a, b) = ((from.x + from.side, from.y + from.side / 2.0), (to.x, to.y + to.side / 2.0));
    let middle = (a.0 + b.0) / 2.0;
    [a, (middle, a.1), (middle, b.1), b]
}

/// How far a point is from a line, which is taken as so many straight pieces.
fn distance(edge: &Edge, x: f64, y: f64) -> f64 {
    const PIECES: usize = 16;
    let [a, b, c, d] = edge.points;
    let at = |n: usize| {
        let t = n as f64 / PIECES as f64;
        let u = 1.0 - t;
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        (mix(a.0, b.0, c.0, d.0), mix(a.1, b.1, c.1, d.1))
    };
    let piece = |n: usize| {
        let ((ax, ay), (bx, by)) = (at(n), at(n + 1));
        let (u, v) = (bx - ax, by - ay);
        let along = ((x - ax) * u + (y - ay) * v) / (u * u + v * v);
        // A piece without length is its start.
        let along = if along.is_nan() { 0.0 } else { along.clamp(0.0, 1.0) };
        let (p, q) = (ax + along * u - x, ay + along * v - y);
        p * p + q * q
    };
    let least = (0..PIECES).map(piece).min_by(f64::total_cmp);
    crate::math::sqrt(least.unwrap_or(f64::INFINITY))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [usize; 8] = [7, 8, 8, 8, 8, 8, 8, 3];

    #[test]
    fn every_unit_lies_in_the_picture_and_none_on_another() {
        for (sizes, width) in [(&SIZES[..], 340.0), (&SIZES[..], 700.0), (&[1, 1][..], 300.0)] {
            let picture = Picture::new(sizes, width);
            let units: Vec<Square> = picture.units().collect();
            assert_eq!(units.len(), sizes.iter().sum::<usize>());
            for (n, a) in units.iter().enumerate() {
                assert!(a.x >= 0.0 && a.x + a.side <= width && a.y >= 0.0, "{a:?}");
                assert!(a.y + a.side <= picture.height, "{a:?}");
                for b in &units[n + 1..] {
                    let apart = (a.x - b.x).abs() >= a.side || (a.y - b.y).abs() >= a.side;
                    assert!(apart, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_picture_of_any_width_lies_in_it_whole() {
        let widths = (1..=400).map(f64::from).chain([1280.0, 10_000.0]);
        for shown in widths {
            for sizes in [&SIZES[..], &[1, 1][..], &[2, 4, 2, 1][..]] {
                let picture = Picture::new(sizes, shown);
                assert!((picture.part * picture.width - shown).abs() < 1e-9 * shown);
                for n in 1..sizes.len() {
                    let (a, b) = (picture.columns[n - 1][0], picture.columns[n][0]);
                    assert!(a.side > 0.0 && b.x > a.x + a.side, "{sizes:?} at {shown}");
                    assert!(b.x + b.side <= picture.width, "{sizes:?} at {shown}");
                }
            }
            let plane = Plane::new(shown, 6.0);
            assert!((plane.part * plane.width - shown).abs() < 1e-9 * shown);
            assert!(plane.side > 0.0, "{shown}");
            let numbers = [-6.0, -3.0, 0.0, 3.0, 6.0].map(|value| plane.beside(value));
            assert!(numbers.windows(2).all(|pair| pair[0] - pair[1] >= 11.0), "{numbers:?}");
            assert!(numbers.iter().all(|y| (0.0..=plane.width).contains(y)), "{numbers:?}");
            let (x, y) = plane.place([2.5, -1.25]);
            let [x1, x2] = plane.point(plane.part * x, plane.part * y);
            assert!((x1 - 2.5).abs() < 1e-9 && (x2 + 1.25).abs() < 1e-9, "{x1}, {x2}");
        }
    }

    #[test]
    fn a_place_on_the_plane_is_the_point_that_lies_there() {
        let plane = Plane::new(300.0, 6.0);
        for x in [[0.0, 0.0], [-6.0, 6.0], [2.5, -1.25]] {
            let (u, v) = plane.place(x);
            assert!((0.0..=300.0).contains(&u) && (0.0..=300.0).contains(&v));
            let found = plane.point(u, v);
            assert!((found[0] - x[0]).abs() < 1e-12 && (found[1] - x[1]).abs() < 1e-12);
        }
        assert!(plane.place([0.0, 6.0]).1 < plane.place([0.0, -6.0]).1);
    }

    #[test]
    fn a_unit_is_its_bias_and_a_line_its_weight() {
        let picture = Picture::new(&[2, 4, 2, 1], 500.0);
        let middle = |square: Square| (square.x + square.side / 2.0, square.y + square.side / 2.0);
        let (x, y) = middle(picture.unit(1, 1).unwrap());
        assert_eq!(picture.hit(x, y), Some(Parameter::Bias { layer: 1, unit: 1 }));
        let (x, y) = middle(picture.units().next().unwrap());
        assert_eq!(picture.hit(x, y), None);
        assert_eq!(picture.hit(picture.width, 0.0), None);
        // Where a line leaves its unit it is the nearest.
        for edge in picture.edges() {
            let (x, y) = edge.points[3];
            let found = picture.hit(x - 1.0, y);
            let Parameter::Weight { layer, unit, .. } = edge.parameter else { panic!() };
            let same = matches!(found, Some(Parameter::Weight { layer: l, unit: j, .. }) if (l, j) == (layer, unit));
            assert!(same, "{edge:?}: {found:?}");
        }
        assert_eq!(picture.edges().count(), 2 * 4 + 4 * 2 + 2);
    }
}
