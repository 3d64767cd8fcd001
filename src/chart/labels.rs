//! Where the names of the curves stand: near an end of their own, clear of all the others.
//!
//! Every place along a curve, on every side of it, is weighed and the best one taken. What an α
//! may sweep over counts as occupied, and a curve with an α of its own is labelled where α
//! changes nothing: so no label moves while α slides.

use super::curve::Function;
use super::geometry::Rect;
use super::spec::Frame;

/// px between the columns at which curves are looked at.
const COLUMN: f64 = 3.0;
/// px between a label and its curve.
const GAP: f64 = 5.0;
/// px within which another curve makes it doubtful whose label it is.
const DOUBT: f64 = 14.0;
/// px that two labels keep between each other.
const APART: f64 = 3.0;

/// What a label's place costs.
const CROSSED: f64 = 100.0;
const SWEPT: f64 = 15.0;
const ON_AXIS: f64 = 25.0;
const MOVES: f64 = 50.0;
const DOUBTFUL: f64 = 1.5;
const FAR_FROM_END: f64 = 30.0;
/// A label that would cost as much stays away, unless its curve is in focus.
const TOO_MUCH: f64 = 70.0;

/// How high a curve stands above each column of a plot, in px.
#[derive(Debug, Clone)]
pub struct Profile {
    left: f64,
    columns: Vec<f64>,
}

impl Profile {
    /// The profile of `f` over the frame's width.
    pub fn of(f: Function, frame: &Frame) -> Profile {
        let Rect { left, right, .. } = frame.pixels;
        let [from, to] = frame.x;
        let count = ((right - left) / COLUMN) as usize;
        let z = |i: usize| from + (to - from) * i as f64 * COLUMN / (right - left);
        let columns = (0..=count).map(|i| frame.place((0.0, f(z(i)))).1).collect();
        Profile { left, columns }
    }

    fn x(&self, column: usize) -> f64 {
        self.left + column as f64 * COLUMN
    }

    /// The columns that a box spans, and one more on each side.
    fn under(&self, place: &Rect) -> &[f64] {
        let column = |x: f64| ((x - self.left) / COLUMN).clamp(0.0, 1e6) as usize;
        let end = (column(place.right) + 2).clamp(0, self.columns.len());
        let start = column(place.left).saturating_sub(1).clamp(0, end);
        &self.columns[start..end]
    }

    /// px between a box and the curve, measured upwards; 0 where the curve crosses it.
    fn gap(&self, place: &Rect) -> f64 {
        let columns = self.under(place);
        let above = columns.iter().any(|y| *y < place.top);
        let below = columns.iter().any(|y| *y > place.bottom);
        if above && below {
            return 0.0;
        }
        let distance = |y: &f64| match *y {
            y if y < place.top => place.top - y,
            y if y > place.bottom => y - place.bottom,
            y if y.is_nan() => f64::INFINITY,
            _ => 0.0,
        };
        columns.iter().map(distance).fold(f64::INFINITY, |a, b| if b < a { b } else { a })
    }

    /// Where the curve is to be seen, as x and y; its ends are where a new run begins.
    fn seen(&self, within: &Rect) -> Vec<(f64, f64)> {
        let points = self.columns.iter().enumerate().map(|(i, y)| (self.x(i), *y));
        points.filter(|point| within.holds(*point)).collect()
    }
}

/// The region between two curves, which a third may sweep over.
#[derive(Debug, Clone)]
pub struct Sweep(pub Profile, pub Profile);

impl Sweep {
    fn touches(&self, place: &Rect) -> bool {
        let sides = self.0.under(place).iter().zip(self.1.under(place));
        let mut spans = sides.map(|(a, b)| if a < b { (*a, *b) } else { (*b, *a) });
        spans.any(|(top, bottom)| bottom - top > 1.0 && top < place.bottom && bottom > place.top)
    }
}

/// A label to be placed.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The index of its curve among the profiles.
    pub curve: usize,
    pub width: f64,
    pub height: f64,
    pub in_focus: bool,
    /// Whether the curve left of 0 follows α.
    pub follows_alpha: bool,
}

/// What labels keep clear of.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    pub frame: Frame,
    pub profiles: &'a [Profile],
    pub sweeps: &'a [Sweep],
}

impl Scene<'_> {
    /// A place for each wish, in their order, none of which overlaps another or anything
    /// `taken`; `None` where nothing is good enough.
    pub fn place(&self, wishes: &[Wish], mut taken: Vec<Rect>) -> Vec<Option<Rect>> {
        let mut places = Vec::new();
        for wish in wishes {
            let place = self.best(wish, &taken);
            taken.extend(place);
            places.push(place);
        }
        places
    }

    fn best(&self, wish: &Wish, taken: &[Rect]) -> Option<Rect> {
        let seen = self.profiles.get(wish.curve)?.seen(&self.frame.pixels);
        let (first, last) = (seen.first()?.0, seen.last()?.0);
        let mut best: Option<(f64, Rect)> = None;
        for point in seen.iter().step_by(2) {
            let nearer =
                if point.0 - first < last - point.0 { point.0 - first } else { last - point.0 };
            let end = FAR_FROM_END * nearer / self.frame.pixels.width();
            for place in around(*point, wish) {
                let beats = |cost: f64| best.is_none_or(|(least, _)| cost < least);
                if !beats(end) || !self.free(&place, taken) {
                    continue;
                }
                let cost = end + self.cost(wish, point.0, &place);
                if beats(cost) {
                    best = Some((cost, place));
                }
            }
        }
        best.filter(|(cost, _)| wish.in_focus || *cost < TOO_MUCH).map(|(_, place)| place)
    }

    fn free(&self, place: &Rect, taken: &[Rect]) -> bool {
        let apart = place.grown(APART);
        self.frame.pixels.grown(-2.0).encloses(place) && !taken.iter().any(|t| t.overlaps(&apart))
    }

    fn cost(&self, wish: &Wish, x: f64, place: &Rect) -> f64 {
        let origin = self.frame.place((0.0, 0.0));
        let mut cost = 0.0;
        for (i, profile) in self.profiles.iter().enumerate() {
            let gap = profile.gap(place);
            if gap == 0.0 {
                cost += CROSSED;
            } else if i != wish.curve && gap < DOUBT && !wish.in_focus {
                cost += DOUBTFUL * (DOUBT - gap);
            }
        }
        if self.sweeps.iter().any(|sweep| sweep.touches(place)) {
            cost += SWEPT;
        }
        let apart = place.grown(1.0);
        if apart.top < origin.1 && origin.1 < apart.bottom {
            cost += ON_AXIS;
        }
        if apart.left < origin.0 && origin.0 < apart.right {
            cost += ON_AXIS;
        }
        if wish.follows_alpha && x < origin.0 {
            cost += MOVES;
        }
        cost
    }
}

/// The places on all sides of a point of the curve.
fn around((x, y): (f64, f64), wish: &Wish) -> impl Iterator<Item = Rect> {
    let (across, up) = (wish.width / 2.0 + GAP, wish.height / 2.0 + GAP);
    let sides = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
    sides.into_iter().map(move |(i, j)| {
        let centre = (x + f64::from(i) * across, y + f64::from(j) * up);
        Rect::around(centre, wish.width, wish.height)
    })
}
