//! A curve made of hinges.

use serde::Serialize;

use super::operand;
use crate::data::REACH;
use crate::name::Named;
use crate::nonlinear::fit::{self, FARTHEST, Hinge, MOMENTS, STRIDE, Way};
use crate::nonlinear::target::{self, HIGHEST, Target};
use crate::number;
use crate::say::{Num, Part, Say};

/// Hinges whose numbers are listed: those that add the most.
const LISTED: usize = 6;
/// Places of a curve, to each unit of x.
const FINENESS: usize = 20;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    shape: Option<&'static str>,
    handles: Vec<Handle>,
    /// What is drawn lies between −`reach` and `reach`, the picture between −`farthest` and
    /// `farthest`, heights between −`highest` and `highest`.
    reach: f64,
    farthest: usize,
    highest: usize,
    units: usize,
    way: &'static str,
    seed: u64,
    moment: usize,
    moments: usize,
    epochs: usize,
    /// The curve to fit, in pieces: a jump parts it.
    target: Vec<Vec<[f64; 2]>>,
    hinges: Vec<Drawn>,
    line: Vec<[f64; 2]>,
    x: f64,
    at: Num,
    y: f64,
    value: Num,
    constant: Num,
    terms: Vec<Term>,
    /// The sum of those that are not listed, and how many add nothing.
    rest: Option<Rest>,
    silent: Say,
    inside: Num,
    outside: Option<Num>,
    /// What the errors come from.
    verdict: Say,
    /// All of it, for those who can't see the picture.
    pub describe: Say,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Handle {
    x: f64,
    y: f64,
    num: Num,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Drawn {
    corner: Option<f64>,
    line: Vec<[f64; 2]>,
}

/// What a unit adds at x.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Term {
    unit: usize,
    corner: Option<Num>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Rest {
    count: usize,
    sum: Num,
}

pub fn fit(fit: &fit::Fit) -> Fit {
    let (hinges, x) = (fit.hinges(), fit.x());
    let mut active: Vec<(usize, Hinge)> =
        hinges.iter().copied().enumerate().filter(|(_, hinge)| hinge.a(x) > 0.0).collect();
    let silent = hinges.len() - active.len();
    active.sort_by(|(_, one), (_, other)| other.value(x).abs().total_cmp(&one.value(x).abs()));
    let (listed, others) = active.split_at(active.len().min(LISTED));
    let rest = (!others.is_empty()).then(|| Rest {
        count: others.len(),
        sum: Num::plain(others.iter().map(|(_, hinge)| hinge.value(x)).sum()),
    });
    let (y, inside, outside) = (fit.value(x), fit.error_inside(), fit.error_outside());
    let verdict = verdict(fit, inside);
    Fit {
        shape: fit.target().shape().map(Named::name),
        handles: handles(fit.target()),
        reach: REACH,
        farthest: FARTHEST,
        highest: HIGHEST,
        units: fit.units(),
        way: fit.way().name(),
        seed: fit.seed(),
        moment: fit.moment(),
        moments: MOMENTS,
        epochs: fit.moment() * STRIDE,
        target: curve(fit.target()),
        hinges: hinges.iter().map(drawn).collect(),
        line: fit.line(),
        x,
        at: Num::plain(x),
        y,
        value: Num::plain(y),
        constant: Num::plain(fit.constant()),
        terms: listed.iter().map(|&(unit, hinge)| term(unit, hinge, x)).collect(),
        rest,
        silent: Say::new("nonlinear.fit.silent").text("count", silent),
        inside: Num::plain(inside),
        outside: outside.map(Num::plain),
        describe: describe(fit, inside, outside, &verdict),
        verdict,
    }
}

fn handles(target: &Target) -> Vec<Handle> {
    let handle = |(k, &y): (usize, &f64)| Handle { x: target::place(k), y, num: Num::plain(y) };
    target.heights().iter().enumerate().map(handle).collect()
}

/// The target from end to end, or as far as it is drawn; a jump parts it at 0.
fn curve(target: &Target) -> Vec<Vec<[f64; 2]>> {
    let count = FARTHEST * FINENESS;
    let left = (0..=count).map(|n| n as f64 / FINENESS as f64 - FARTHEST as f64);
    let right = (1..=count).map(|n| n as f64 / FINENESS as f64);
    let point = |x: f64| target.value(x).map(|y| [x, y]);
    let (left, right): (Vec<_>, Vec<_>) =
        (left.filter_map(point).collect(), right.filter_map(point).collect());
    match target.jump() {
        Some(beside) => vec![left, [vec![beside], right].concat()],
        None => vec![[left, right].concat()],
    }
}

fn drawn(hinge: &Hinge) -> Drawn {
    let end = FARTHEST as f64;
    let corner = hinge.corner().filter(|corner| corner.abs() < end);
    let places = [Some(-end), corner, Some(end)];
    Drawn { corner, line: places.into_iter().flatten().map(|x| [x, hinge.value(x)]).collect() }
}

/// v · max(0, w x + b), with its numbers.
fn term(unit: usize, hinge: Hinge, x: f64) -> Term {
    let result = hinge.value(x);
    let more = number::more_digits(result, |shown| {
        let [v, w, b] = [hinge.v, hinge.w, hinge.b].map(shown);
        Hinge { v, w, b }.value(shown(x))
    });
    let num = |value: f64| Num::plain(value).finer(value, more);
    let mut parts = vec![];
    operand(&mut parts, num(hinge.v), false);
    parts.extend([Part::Op("·"), Part::Op("max(0, ")]);
    operand(&mut parts, num(hinge.w), false);
    parts.push(Part::Op("·"));
    operand(&mut parts, num(x), true);
    parts.push(Part::Op("+"));
    operand(&mut parts, num(hinge.b), true);
    parts.push(Part::Op(")"));
    let value = Num::plain(result);
    parts.push(Part::Op(if value.approx { "≈" } else { "=" }));
    parts.push(Part::Num(value));
    Term { unit: unit + 1, corner: hinge.corner().map(Num::plain), parts }
}

fn verdict(fit: &fit::Fit, inside: f64) -> Say {
    let key = match fit.way() {
        _ if fit.target().jump().is_some() => "nonlinear.fit.jump",
        Way::Placed if inside <= 1e-9 => "nonlinear.fit.exact",
        Way::Placed => "nonlinear.fit.placed",
        Way::Trained if fit.moment() == 0 => "nonlinear.fit.untrained",
        Way::Trained => "nonlinear.fit.trained",
    };
    Say::new(key).text("points", fit.units() + 1)
}

fn describe(fit: &fit::Fit, inside: f64, outside: Option<f64>, verdict: &Say) -> Say {
    let shape = match fit.target().shape() {
        Some(shape) => format!("nonlinear.shape.{}", shape.name()),
        None => "nonlinear.shape.own".into(),
    };
    let outside = match outside {
        Some(error) => Say::new("nonlinear.fit.outside_is").num("error", Num::plain(error)),
        None => Say::new("nonlinear.fit.outside_unknown"),
    };
    Say::new("nonlinear.fit.describe")
        .say("shape", Say::new(shape))
        .text("units", fit.units())
        .say("way", Say::new(format!("nonlinear.way.{}", fit.way().name())))
        .num("x", Num::plain(fit.x()))
        .num("value", Num::plain(fit.value(fit.x())))
        .num("inside", Num::plain(inside))
        .say("outside", outside)
        .say("verdict", verdict.clone())
}
