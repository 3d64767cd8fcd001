//! Sample sets to train on: points of the square from −6 to 6, drawn from a seed.

use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::error::{Allowed, Error, Result};
use crate::math;
use crate::name::Named;
use crate::network::{normal, uniform};

/// Half the side of the square, and of the interval for a function of one number.
pub const REACH: f64 = 6.0;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// A disc (class 1) within a ring (class 0).
    Circle,
    /// Class 1 where x₁ and x₂ have the same sign.
    Xor,
    /// Two clouds.
    Gauss,
    /// Two arms that wind around each other.
    Spiral,
    /// y = (x₁ + x₂) ∕ 12.
    Plane,
    /// y from four bumps, up and down in turn.
    MultiGauss,
    /// Three clouds.
    Clouds,
    /// A disc and two rings.
    Rings,
    /// Three arms.
    Arms,
    /// y = sin x₁.
    Sine,
    /// y = |x₁| ∕ 3 − 1.
    Valley,
    /// y = 1 for x₁ > 0, else −1.
    Jump,
}

use Set::*;

/// What there is to learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One of so many classes for each point of the square.
    Classes(usize),
    /// A number for each point of the square.
    Surface,
    /// A number for each x₁.
    Curve,
}

impl Set {
    pub const ALL: [Set; 12] =
        [Circle, Xor, Gauss, Spiral, Plane, MultiGauss, Clouds, Rings, Arms, Sine, Valley, Jump];

    pub fn task(self) -> Task {
        match self {
            Circle | Xor | Gauss | Spiral => Task::Classes(2),
            Clouds | Rings | Arms => Task::Classes(3),
            Plane | MultiGauss => Task::Surface,
            Sine | Valley | Jump => Task::Curve,
        }
    }

    /// A point without noise; `class` is the one wanted where there are classes.
    fn point(self, class: usize, rng: &mut impl Rng) -> Point {
        let classed = |x| Point { x, y: class as f64 };
        match self {
            Circle => classed(around(if class == 1 { (0.0, 2.5) } else { (3.5, 5.0) }, rng)),
            Xor => {
                let x = [between(0.3, 5.0, rng), between(0.3, 5.0, rng)];
                let left = rng.random_bool(0.5);
                let sign = |negative: bool| if negative { -1.0 } else { 1.0 };
                classed([sign(left) * x[0], sign(left != (class == 0)) * x[1]])
            }
            Gauss => classed(cloud(polar(3.2, 0.125 + 0.5 * class as f64), 0.75, rng)),
            Spiral => classed(arm(1.5, 0.5 * class as f64, rng)),
            Clouds => classed(cloud(polar(3.5, 0.25 + class as f64 / 3.0), 0.75, rng)),
            Rings => {
                const RADII: [(f64, f64); 3] = [(0.0, 1.4), (2.2, 3.2), (4.0, 5.0)];
                classed(around(RADII[class], rng))
            }
            Arms => classed(arm(0.75, class as f64 / 3.0, rng)),
            Plane => valued(rng, |[x, y]| (x + y) / (2.0 * REACH)),
            MultiGauss => valued(rng, bumps),
            Sine => on_interval(rng, math::sin),
            Valley => on_interval(rng, |x| x.abs() / 3.0 - 1.0),
            Jump => on_interval(rng, |x| if x > 0.0 { 1.0 } else { -1.0 }),
        }
    }
}

impl Named for Set {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Circle => "circle",
            Xor => "xor",
            Gauss => "gauss",
            Spiral => "spiral",
            Plane => "plane",
            MultiGauss => "multi_gauss",
            Clouds => "clouds",
            Rings => "rings",
            Arms => "arms",
            Sine => "sine",
            Valley => "valley",
            Jump => "jump",
        }
    }
}

/// A sample: where it is, and its class (from 0) or value. For a curve x₂ is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: [f64; 2],
    pub y: f64,
}

/// What to draw, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    pub set: Set,
    /// Number of points, for training and testing together.
    pub size: usize,
    /// In percent. Points of a class are moved by a normal deviate of this share of
    /// [`MOST_MOVED`]; values change by one of this share of 1.
    pub noise: usize,
    /// The part to train on, in percent.
    pub train: usize,
    pub seed: u64,
}

/// Standard deviation, along each axis, of points with 100 % of noise.
const MOST_MOVED: f64 = 3.0;

/// The largest and smallest numbers of points.
pub const SIZES: (usize, usize) = (10, 1000);
/// The most points of the learner's own.
pub const MOST_POINTS: usize = SIZES.1;
/// The least and most noise, in percent.
pub const NOISES: (usize, usize) = (0, 50);
/// The least and most to train on, in percent.
pub const TRAINS: (usize, usize) = (10, 90);

/// Points to train on and points to test with; neither is empty where there are two or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    pub train: Vec<Point>,
    pub test: Vec<Point>,
}

impl Split {
    /// Takes one more point, so that `percent` of all are to train on. No other changes sides,
    /// nor do they change their order.
    pub fn add(&mut self, point: Point, percent: usize, seed: u64) {
        let count = self.train.len() + self.test.len() + 1;
        let trains = self.train.len() < share(count, percent);
        let side = if trains { &mut self.train } else { &mut self.test };
        // Batches are taken in order: a stroke of one class is spread over them.
        let mut rng = Pcg64Mcg::seed_from_u64(seed.wrapping_add(count as u64));
        side.insert(rng.random_range(0..=side.len()), point);
    }

    /// The same points with `percent` of them to train on: no more change sides than it takes.
    ///
    /// # Errors
    /// A share outside of [`TRAINS`].
    pub fn recut(&self, percent: usize) -> Result<Split> {
        check_share(percent)?;
        Ok(cut([&self.train[..], &self.test[..]].concat(), percent))
    }
}

impl Recipe {
    /// The points, in random order; the same ones for the same recipe. With the same seed, noise
    /// moves the points that there are without it.
    ///
    /// # Errors
    /// A size, noise or share outside of [`SIZES`], [`NOISES`] or [`TRAINS`].
    pub fn draw(&self) -> Result<Split> {
        within("size", self.size, SIZES)?;
        within("noise", self.noise, NOISES)?;
        check_share(self.train)?;
        let mut places = Pcg64Mcg::seed_from_u64(self.seed);
        let mut moves = Pcg64Mcg::seed_from_u64(!self.seed);
        let classes = match self.set.task() {
            Task::Classes(count) => count,
            Task::Surface | Task::Curve => 1,
        };
        let mut points: Vec<Point> = (0..self.size)
            .map(|k| {
                let point = self.set.point(k % classes, &mut places);
                self.disturbed(point, [normal(&mut moves), normal(&mut moves)])
            })
            .collect();
        shuffle(&mut points, &mut places);
        Ok(cut(points, self.train))
    }

    fn disturbed(&self, point: Point, by: [f64; 2]) -> Point {
        let noise = self.noise as f64 / 100.0;
        match self.set.task() {
            Task::Classes(_) => {
                let moved = |k: usize| point.x[k] + MOST_MOVED * noise * by[k];
                Point { x: [moved(0), moved(1)], ..point }
            }
            Task::Surface | Task::Curve => Point { y: point.y + noise * by[0], ..point },
        }
    }
}

/// Given points in random order, `train` percent of them to train on.
///
/// # Errors
/// A share outside of [`TRAINS`].
pub fn split(mut points: Vec<Point>, train: usize, seed: u64) -> Result<Split> {
    check_share(train)?;
    shuffle(&mut points, &mut Pcg64Mcg::seed_from_u64(seed));
    Ok(cut(points, train))
}

fn cut(mut train: Vec<Point>, percent: usize) -> Split {
    let test = train.split_off(share(train.len(), percent));
    Split { train, test }
}

/// How many of `count` points are to train on: all but one at most, where there are two or more.
fn share(count: usize, percent: usize) -> usize {
    let most = count.saturating_sub(1).max(1);
    ((count * percent + 50) / 100).clamp(1, most).min(count)
}

/// That so many percent can be to train on.
///
/// # Errors
/// A share outside of [`TRAINS`].
pub fn check_share(percent: usize) -> Result<()> {
    within("train", percent, TRAINS)
}

fn within(place: &str, value: usize, (least, most): (usize, usize)) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::range(place, value, Allowed::Between(least, most)))
}

/// Fisher and Yates.
fn shuffle(points: &mut [Point], rng: &mut impl Rng) {
    for k in (1..points.len()).rev() {
        points.swap(k, rng.random_range(0..=k));
    }
}

fn between(least: f64, most: f64, rng: &mut impl Rng) -> f64 {
    least + (most - least) * uniform(rng)
}

/// At this distance from the middle, after so many turns.
fn polar(radius: f64, turns: f64) -> [f64; 2] {
    let angle = std::f64::consts::TAU * turns;
    [radius * math::cos(angle), radius * math::sin(angle)]
}

fn around((least, most): (f64, f64), rng: &mut impl Rng) -> [f64; 2] {
    polar(between(least, most, rng), uniform(rng))
}

fn cloud(centre: [f64; 2], deviation: f64, rng: &mut impl Rng) -> [f64; 2] {
    // Not so far out that clouds meet.
    let mut away = || (deviation * normal(rng)).clamp(-2.0, 2.0);
    [centre[0] + away(), centre[1] + away()]
}

/// On a spiral arm of so many turns, which begins after `turned` of a turn.
fn arm(turns: f64, turned: f64, rng: &mut impl Rng) -> [f64; 2] {
    let along = between(0.08, 1.0, rng);
    polar(5.0 * along, turns * along + turned)
}

fn valued(rng: &mut impl Rng, value: impl Fn([f64; 2]) -> f64) -> Point {
    let x = [between(-REACH, REACH, rng), between(-REACH, REACH, rng)];
    Point { x, y: value(x) }
}

fn on_interval(rng: &mut impl Rng, value: impl Fn(f64) -> f64) -> Point {
    let x = between(-REACH, REACH, rng);
    Point { x: [x, 0.0], y: value(x) }
}

/// Σ ± e^{−d² ∕ 4}, of the distances d to four places.
fn bumps([x, y]: [f64; 2]) -> f64 {
    const PLACES: [(f64, f64, f64); 4] =
        [(3.0, 3.0, 1.0), (-3.0, 3.0, -1.0), (-3.0, -3.0, 1.0), (3.0, -3.0, -1.0)];
    let bump = |(u, v, up)| {
        let (du, dv): (f64, f64) = (x - u, y - v);
        up * math::exp(-(du * du + dv * dv) / 4.0)
    };
    PLACES.into_iter().map(bump).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(set: Set) -> Recipe {
        Recipe { set, size: 300, noise: 0, train: 50, seed: 3 }
    }

    fn all(recipe: Recipe) -> Vec<Point> {
        let Split { train, test } = recipe.draw().unwrap();
        [train, test].concat()
    }

    #[test]
    fn classes_are_equally_many_and_apart() {
        for set in Set::ALL {
            let Task::Classes(count) = set.task() else { continue };
            let points = all(recipe(set));
            for class in 0..count {
                let members = points.iter().filter(|point| point.y == class as f64);
                assert_eq!(members.count(), 300 / count, "{set:?}");
            }
            let apart = |a: &Point, b: &Point| {
                let (u, v) = (a.x[0] - b.x[0], a.x[1] - b.x[1]);
                a.y == b.y || u * u + v * v > 0.2 * 0.2
            };
            assert!(points.iter().all(|a| points.iter().all(|b| apart(a, b))), "{set:?}");
        }
    }

    #[test]
    fn points_lie_in_the_square_and_values_from_minus_one_to_one() {
        for set in Set::ALL {
            for Point { x, y } in all(recipe(set)) {
                assert!(x.iter().all(|x| x.abs() <= REACH), "{set:?} {x:?}");
                assert!(matches!(set.task(), Task::Classes(_)) || y.abs() <= 1.0, "{set:?} {y}");
            }
        }
    }

    #[test]
    fn the_same_recipe_draws_the_same_and_another_seed_other_points() {
        for set in Set::ALL {
            let first = recipe(set).draw().unwrap();
            assert_eq!(first, recipe(set).draw().unwrap());
            let other = Recipe { seed: 4, ..recipe(set) }.draw().unwrap();
            assert_ne!(first, other, "{set:?}");
        }
    }

    #[test]
    fn noise_moves_points_and_changes_values_by_what_it_says() {
        for set in Set::ALL {
            let (before, after) = (all(recipe(set)), all(Recipe { noise: 20, ..recipe(set) }));
            let pairs = before.iter().zip(&after);
            let square = |d: f64| d * d;
            let (moved, changed) = pairs.fold((0.0, 0.0), |(moved, changed), (a, b)| {
                let away = square(a.x[0] - b.x[0]) + square(a.x[1] - b.x[1]);
                (moved + away / 600.0, changed + square(a.y - b.y) / 300.0)
            });
            let (expected, found, none) = match set.task() {
                Task::Classes(_) => (0.6, math::sqrt(moved), changed),
                Task::Surface | Task::Curve => (0.2, math::sqrt(changed), moved),
            };
            assert!((found / expected - 1.0).abs() < 0.15 && none == 0.0, "{set:?} {found}");
        }
    }

    #[test]
    fn the_split_is_as_asked_and_what_is_out_of_range_is_refused() {
        let split = |size, train| {
            let split = Recipe { size, train, ..recipe(Circle) }.draw().unwrap();
            (split.train.len(), split.test.len())
        };
        assert_eq!([split(300, 50), split(10, 90), split(11, 50)], [(150, 150), (9, 1), (6, 5)]);
        for (broken, message) in [
            (Recipe { size: 0, ..recipe(Xor) }, "size: 0 is not from 10 to 1000"),
            (Recipe { noise: 51, ..recipe(Xor) }, "noise: 51 is not from 0 to 50"),
            (Recipe { train: 100, ..recipe(Xor) }, "train: 100 is not from 10 to 90"),
        ] {
            assert_eq!(broken.draw().unwrap_err().to_string(), message);
        }
    }
}
