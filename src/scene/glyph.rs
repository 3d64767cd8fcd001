//! The little curve in a unit: its own activation, with its own α.

use super::geometry::{Point, Rect, within};
use crate::activation::Activation;

/// The part of the plane that a glyph shows.
struct Window {
    z: (f64, f64),
    a: (f64, f64),
}

impl Window {
    fn of(g: Activation) -> Window {
        let (z, a) = match g {
            Activation::Identity => ((-1.0, 1.0), (-1.0, 1.0)),
            Activation::Step => ((-1.0, 1.0), (-0.3, 1.3)),
            Activation::Sigmoid => ((-6.0, 6.0), (-0.1, 1.1)),
            Activation::Tanh => ((-3.0, 3.0), (-1.2, 1.2)),
            Activation::Gelu | Activation::Silu | Activation::Softplus | Activation::Elu { .. } => {
                ((-3.5, 1.5), (-1.1, 1.7))
            }
            _ => ((-2.0, 1.0), (-0.7, 1.0)),
        };
        Window { z, a }
    }

    fn place(&self, frame: Rect, z: f64, a: f64) -> Point {
        let part =
            |v: f64, (least, most): (f64, f64)| (within(v, least, most) - least) / (most - least);
        Point::new(frame.x + part(z, self.z) * frame.w, frame.bottom() - part(a, self.a) * frame.h)
    }
}

/// Straight pieces of a curve.
const PIECES: u32 = 48;

/// The curve of `g` in `frame`, as far as it lies inside.
pub fn curve(g: Activation, frame: Rect) -> Vec<Point> {
    let window = Window::of(g);
    let (least, most) = window.z;
    let z = |n: u32| least + (most - least) * f64::from(n) / f64::from(PIECES);
    let points = (0..=PIECES).map(|n| (z(n), g.value(z(n))));
    let inside = points.filter(|(_, a)| (window.a.0..=window.a.1).contains(a));
    inside.map(|(z, a)| window.place(frame, z, a)).collect()
}

/// The lines a = 0 and z = 0 in `frame`.
pub fn axes(g: Activation, frame: Rect) -> [(Point, Point); 2] {
    let origin = Window::of(g).place(frame, 0.0, 0.0);
    [
        (Point::new(frame.x, origin.y), Point::new(frame.right(), origin.y)),
        (Point::new(origin.x, frame.y), Point::new(origin.x, frame.bottom())),
    ]
}

/// Where on the curve in `frame` the unit stands; at the border where it stands outside.
pub fn standing(g: Activation, frame: Rect, z: f64) -> Point {
    let window = Window::of(g);
    let z = within(z, window.z.0, window.z.1);
    window.place(frame, z, g.value(z))
}

/// The bars of a softmax in `frame`: one an output, `parts` of the whole each.
pub fn bars(frame: Rect, parts: &[f64]) -> Vec<Rect> {
    let pitch = frame.w / parts.len() as f64;
    let bar = |(k, part): (usize, &f64)| {
        let h = within(*part, 0.06, 1.0) * frame.h;
        Rect::new(frame.x + (k as f64 + 0.15) * pitch, frame.bottom() - h, 0.7 * pitch, h)
    };
    parts.iter().enumerate().map(bar).collect()
}
