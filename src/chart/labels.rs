//! Where the names of the curves stand: near an end of their own, clear of all the others.
//!
//! Every place along a curve, on every side of it, is weighed and the best one taken. What an α
//! may sweep over counts as occupied, and a curve with an α of its own is labelled where α
//! changes nothing: so no label moves while α slides.

use super::curve::Function;
use super::geometry::{Point, Rect};
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
const SWEPT: f64 = 50.0;
const ON_AXIS: f64 = 60.0;
const MOVES: f64 = 20.0;
const DOUBTFUL: f64 = 2.5;
const HIDDEN: f64 = 30.0;
const FAR_FROM_END: f64 = 15.0;
/// A label that would cost as much stays away, unless its curve is in focus.
const TOO_MUCH: f64 = 90.0;

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

    /// px between a box and the curve right of `from`, measured upwards; 0 where the curve
    /// crosses the box.
    fn gap(&self, place: &Rect, from: f64) -> f64 {
        let Some(place) = right_of(place, from) else {
            return f64::INFINITY;
        };
        let columns = self.under(&place);
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

    /// Every second column at which the curve is to be seen, as x and y.
    fn seen(&self, within: &Rect) -> Vec<Point> {
        let points = self.columns.iter().enumerate().step_by(2).map(|(i, y)| (self.x(i), *y));
        points.filter(|point| within.holds(*point)).collect()
    }
}

/// The region between two curves, which a third may sweep over.
#[derive(Debug, Clone)]
pub struct Sweep(pub Profile, pub Profile);

impl Sweep {
    /// Whether the region touches a box right of `from`.
    fn touches(&self, place: &Rect, from: f64) -> bool {
        let Some(place) = right_of(place, from) else {
            return false;
        };
        let sides = self.0.under(&place).iter().zip(self.1.under(&place));
        let mut spans = sides.map(|(a, b)| if a < b { (*a, *b) } else { (*b, *a) });
        spans.any(|(top, bottom)| bottom - top > 1.0 && top < place.bottom && bottom > place.top)
    }
}

/// The part of a box right of `from`, if any.
fn right_of(place: &Rect, from: f64) -> Option<Rect> {
    let left = if place.left > from { place.left } else { from };
    (left < place.right).then_some(Rect { left, ..*place })
}

/// A label to be placed.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The index of its curve among the profiles.
    pub curve: usize,
    pub width: f64,
    pub height: f64,
    pub in_focus: bool,
    /// The side of 0 on which α moves the curve, if it does.
    pub moves: Option<Side>,
}

/// A side of 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// What labels keep clear of.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    pub frame: Frame,
    pub profiles: &'a [Profile],
    /// For each profile whether it follows α.
    pub follows: &'a [bool],
    /// The profile that lies on top of the others.
    pub top: Option<usize>,
    pub sweeps: &'a [Sweep],
    /// The profile that comes and goes with α: the others' names, which stand still, keep clear
    /// of what it may sweep over instead.
    pub passing: Option<usize>,
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
        let (mut least, mut best) = (f64::INFINITY, None);
        if !wish.in_focus {
            least = TOO_MUCH;
        }
        for anchor in &seen {
            let (before, after) = (anchor.0 - first, last - anchor.0);
            let from_end = if before < after { before } else { after };
            let base = FAR_FROM_END * from_end / self.frame.pixels.width();
            let base = base + self.cost_of_anchor(wish, *anchor);
            if base >= least {
                continue;
            }
            for place in around(*anchor, wish).filter(|place| self.free(place, taken)) {
                let cost = self.cost_of_place(wish, &place, base, least);
                if cost < least {
                    (least, best) = (cost, Some(place));
                }
            }
        }
        best
    }

    fn free(&self, place: &Rect, taken: &[Rect]) -> bool {
        let apart = place.grown(APART);
        self.frame.pixels.grown(-2.0).encloses(place) && !taken.iter().any(|t| t.overlaps(&apart))
    }

    /// What it costs to stand at this point of the curve, on whichever side.
    fn cost_of_anchor(&self, wish: &Wish, anchor: Point) -> f64 {
        let side = if anchor.0 < self.frame.place((0.0, 0.0)).0 { Side::Left } else { Side::Right };
        let moving = match wish.moves == Some(side) {
            true if wish.in_focus || side == Side::Right => CROSSED,
            true => MOVES,
            false => 0.0,
        };
        if self.hidden(wish, anchor) { moving + HIDDEN } else { moving }
    }

    /// `cost` and what this place adds to it; no further than to `least`.
    fn cost_of_place(&self, wish: &Wish, place: &Rect, mut cost: f64, least: f64) -> f64 {
        let origin = self.frame.place((0.0, 0.0));
        let right_of_0 = |only: bool| if only { origin.0 } else { f64::NEG_INFINITY };
        let apart = place.grown(1.0);
        if apart.top < origin.1 && origin.1 < apart.bottom {
            cost += ON_AXIS;
        }
        if apart.left < origin.0 && origin.0 < apart.right {
            cost += ON_AXIS;
        }
        let passing = self.passing.filter(|passing| *passing != wish.curve);
        let all = self.profiles.iter().enumerate();
        for (i, profile) in all.filter(|(i, _)| Some(*i) != passing) {
            if cost >= least {
                return cost;
            }
            let gap = profile.gap(place, right_of_0(self.follows(i) && i != wish.curve));
            if gap == 0.0 {
                cost += CROSSED;
            } else if i != wish.curve && gap < DOUBT && !wish.in_focus {
                cost += DOUBTFUL * (DOUBT - gap);
            }
        }
        if self
            .sweeps
            .iter()
            .any(|sweep| sweep.touches(place, right_of_0(self.follows(wish.curve))))
        {
            cost += SWEPT;
        }
        cost
    }

    fn follows(&self, curve: usize) -> bool {
        self.follows.get(curve).is_some_and(|follows| *follows)
    }

    /// Whether the curve on top covers this point of the wish's, wherever α stands.
    fn hidden(&self, wish: &Wish, (x, y): Point) -> bool {
        let still = |top: &usize| !self.follows(*top) || x >= self.frame.place((0.0, 0.0)).0;
        let top = self.top.filter(|top| *top != wish.curve).filter(still);
        let spot = Rect::around((x, y), 1.0, 2.0 * APART);
        top.and_then(|top| self.profiles.get(top))
            .is_some_and(|top| top.gap(&spot, f64::NEG_INFINITY) == 0.0)
    }
}

/// The places on all sides of a point of the curve.
fn around((x, y): Point, wish: &Wish) -> impl Iterator<Item = Rect> {
    let (across, up) = (wish.width / 2.0 + GAP, wish.height / 2.0 + GAP);
    let sides = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
    sides.into_iter().map(move |(i, j)| {
        let centre = (x + f64::from(i) * across, y + f64::from(j) * up);
        Rect::around(centre, wish.width, wish.height)
    })
}
