//! Points and rectangles in css pixels, y downwards.

use crate::math;

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// This point moved by `dx` and `dy`.
    pub fn shifted(self, dx: f64, dy: f64) -> Point {
        Point::new(self.x + dx, self.y + dy)
    }

    /// The point a part `t` of the way to `other`.
    pub fn toward(self, other: Point, t: f64) -> Point {
        Point::new(mix(self.x, other.x, t), mix(self.y, other.y, t))
    }

    pub fn distance(self, other: Point) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        math::sqrt(dx * dx + dy * dy)
    }
}

/// A point's distance from the line between two others.
pub fn distance_from_line(p: Point, (from, to): (Point, Point)) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let square = dx * dx + dy * dy;
    let along = (p.x - from.x) * dx + (p.y - from.y) * dy;
    let part = if square > 0.0 { within(along / square, 0.0, 1.0) } else { 0.0 };
    p.distance(from.toward(to, part))
}

/// A rectangle by its upper left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Rect {
    pub fn new(x: f64, y: f64, w: f64, h: f64) -> Rect {
        Rect { x, y, w, h }
    }

    pub fn centred(centre: Point, w: f64, h: f64) -> Rect {
        Rect::new(centre.x - w / 2.0, centre.y - h / 2.0, w, h)
    }

    pub fn centre(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    pub fn right(self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// This rectangle with `margin` more on each side.
    pub fn grown(self, margin: f64) -> Rect {
        Rect::new(self.x - margin, self.y - margin, self.w + 2.0 * margin, self.h + 2.0 * margin)
    }

    /// The same centre, and no side shorter than `least`.
    pub fn at_least(self, least: f64) -> Rect {
        Rect::centred(self.centre(), larger(self.w, least), larger(self.h, least))
    }

    pub fn contains(self, p: Point) -> bool {
        (self.x..=self.right()).contains(&p.x) && (self.y..=self.bottom()).contains(&p.y)
    }

    /// Whether `other` lies inside.
    pub fn encloses(self, other: Rect) -> bool {
        self.contains(Point::new(other.x, other.y))
            && self.contains(Point::new(other.right(), other.bottom()))
    }

    /// Whether the insides have a point in common.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// The rectangle a part `t` of the way to `other`.
    pub fn toward(self, other: Rect, t: f64) -> Rect {
        Rect::new(
            mix(self.x, other.x, t),
            mix(self.y, other.y, t),
            mix(self.w, other.w, t),
            mix(self.h, other.h, t),
        )
    }

    /// How far the line from `from` to `to` stays away; 0 where it runs through.
    pub fn clearance(self, from: Point, to: Point) -> f64 {
        const SAMPLES: u32 = 24;
        let distance = |n: u32| self.distance(from.toward(to, f64::from(n) / f64::from(SAMPLES)));
        (0..=SAMPLES).map(distance).fold(f64::INFINITY, smaller)
    }

    fn distance(self, p: Point) -> f64 {
        let nearest =
            Point::new(within(p.x, self.x, self.right()), within(p.y, self.y, self.bottom()));
        p.distance(nearest)
    }
}

pub fn mix(a: f64, b: f64, t: f64) -> f64 {
    a + (b - a) * t
}

pub fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

pub fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// `v`, but not below `least` nor above `most`; `least` where the two contradict.
pub fn within(v: f64, least: f64, most: f64) -> f64 {
    larger(smaller(v, most), least)
}
