//! What was found: which answer the numbers give to the question asked before, and sentences
//! chosen by the numbers.

use super::{End, Experiment, Report, Spread, Trial};
use crate::say::{Num, Say};

/// The answer that was measured, and what there is to say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub found: usize,
    pub said: Vec<Say>,
}

/// Test accuracies that differ by less are called the same.
const POINT: f64 = 0.01;

/// The numbers of a report, by variant.
struct Found<'r> {
    experiment: &'r Experiment,
    report: &'r Report,
}

impl Found<'_> {
    fn end(&self, variant: usize, end: End) -> f64 {
        let spread = self.report.variants.get(variant).and_then(|v| v.ends.get(end.index()));
        spread.map_or(f64::NAN, |spread| spread.mid)
    }

    fn curve(&self, variant: usize) -> &[Spread] {
        let curves = self.report.variants.get(variant).map(|variant| &variant.curves[..]);
        curves.and_then(|curves| curves.first()).map_or(&[], |curve| curve)
    }

    /// |dz| of the first layer by that of the last.
    fn ratio(&self, variant: usize) -> f64 {
        match self.curve(variant) {
            [first, .., last] => first.mid / last.mid,
            _ => f64::NAN,
        }
    }

    /// The variant with the least and that with the largest of `value`; NaN counts as ∞.
    fn extremes(&self, value: impl Fn(usize) -> f64) -> (usize, usize) {
        let key = |v: usize| if value(v).is_nan() { f64::INFINITY } else { value(v) };
        let all = 0..self.experiment.variants();
        let least = all.clone().min_by(|&a, &b| key(a).total_cmp(&key(b)));
        let most = all.max_by(|&a, &b| key(a).total_cmp(&key(b)));
        (least.unwrap_or_default(), most.unwrap_or_default())
    }

    fn label(&self, variant: usize) -> Say {
        self.experiment.label(variant)
    }
}

/// What `trial` has found, once it has run.
pub fn verdict(trial: &Trial) -> Option<Verdict> {
    let found = Found { experiment: &trial.experiment, report: trial.report.as_ref()? };
    let first = trial.shown().start;
    Some(match trial.experiment.name {
        "activations" => activations(&found),
        "vanishing" => vanishing(&found, first, trial.looked),
        "dead" => dead(&found),
        "centred" => centred(&found, first),
        "cost" => cost(&found),
        "linear" => linear(&found),
        "zeros" => zeros(&found, first),
        "rate" => rate(&found),
        _ => depth(&found),
    })
}

/// A part of 1 in percent.
pub fn percent(part: f64) -> String {
    if !part.is_finite() {
        return "—".into();
    }
    let tenths = if part == 1.0 { 1000.0 } else { (1000.0 * part).round().clamp(0.0, 999.0) };
    format!("{}%", crate::number::short(tenths / 10.0))
}

fn activations(found: &Found) -> Verdict {
    let loss = |v| found.end(v, End::Loss);
    let (fast, slow) = found.extremes(loss);
    let said = Say::new("experiments.activations.found")
        .say("fast", found.label(fast))
        .num("fast_loss", Num::plain(loss(fast)))
        .say("slow", found.label(slow))
        .num("slow_loss", Num::plain(loss(slow)));
    // ReLU and Leaky ReLU are one answer.
    let answers = [0, 1, 2, 2, 3];
    Verdict { found: answers.get(slow).copied().unwrap_or_default(), said: vec![said] }
}

fn vanishing(found: &Found, first: usize, looked: usize) -> Verdict {
    let layers = found.curve(first).len();
    let ratio = found.ratio(first + looked);
    let key = match ratio {
        ..0.1 => "experiments.vanishing.shrinks",
        10.0.. => "experiments.vanishing.grows",
        _ => "experiments.vanishing.holds",
    };
    let said = Say::new(key)
        .say("g", found.label(first + looked))
        .num("ratio", Num::plain(ratio))
        .text("layers", layers);
    // The question is about sigmoid, the first initialisation and the most layers.
    let asked = found.experiment.first(&[0, usize::MAX]);
    let answer = match found.ratio(asked) {
        0.1.. => 0,
        1e-3..0.1 => 1,
        _ => 2,
    };
    Verdict { found: answer, said: vec![said] }
}

fn dead(found: &Found) -> Verdict {
    let functions = 4;
    let settings = found.experiment.variants() / functions;
    let accuracy = |v| found.end(v, End::Accuracy);
    let (mut better, mut worse, mut all) = (0, 0, 0);
    for setting in 0..settings {
        let relu = accuracy(setting * functions);
        for leaky in 1..functions {
            let by = accuracy(setting * functions + leaky) - relu;
            better += usize::from(by > POINT);
            worse += usize::from(by < -POINT);
            all += 1;
        }
    }
    let most = (0..settings)
        .map(|setting| setting * functions)
        .max_by(|&a, &b| found.end(a, End::Silent).total_cmp(&found.end(b, End::Silent)));
    let most = most.unwrap_or_default();
    let dead = Say::new("experiments.dead.most")
        .text("part", percent(found.end(most, End::Silent)))
        .say("rate", found.experiment.tweaks(most)[1].label())
        .say("init", found.experiment.tweaks(most)[0].label());
    let leaky = Say::new("experiments.dead.leaky")
        .text("better", better)
        .text("same", all - better - worse)
        .text("worse", worse)
        .text("all", all);
    let answer = match (better, worse) {
        (better, _) if better == all => 0,
        (0, _) => 2,
        _ => 1,
    };
    Verdict { found: answer, said: vec![dead, leaky] }
}

fn centred(found: &Found, first: usize) -> Verdict {
    let same = |k| percent(found.end(first + k, End::SameWay));
    let detour = |k| Num::plain(found.end(first + k, End::Detour));
    let ways = Say::new("experiments.centred.found")
        .text("sigmoid", same(0))
        .text("centred", same(1))
        .text("tanh", same(2));
    let lengths = Say::new("experiments.centred.detour")
        .num("sigmoid", detour(0))
        .num("centred", detour(1))
        .num("tanh", detour(2));
    // The question is about one sample at a time.
    let answer = match found.end(0, End::SameWay) {
        ..0.25 => 0,
        0.25..0.75 => 1,
        _ => 2,
    };
    Verdict { found: answer, said: vec![ways, lengths] }
}

fn cost(found: &Found) -> Verdict {
    let value = |v| found.end(v, End::Value);
    let (relu, sigmoid) = (value(0), value(2));
    let times = sigmoid / relu;
    let said = Say::new("experiments.cost.found")
        .num("relu", Num::plain(relu))
        .num("sigmoid", Num::plain(sigmoid))
        .num("times", Num::plain((10.0 * times).round() / 10.0));
    let answer = match times {
        ..2.0 => 0,
        2.0..10.0 => 1,
        _ => 2,
    };
    Verdict { found: answer, said: vec![said] }
}

fn linear(found: &Found) -> Verdict {
    let accuracy = |v| found.end(v, End::Accuracy);
    let relu = found.experiment.variants() - 1;
    let deep = (1..relu).map(accuracy).max_by(f64::total_cmp).unwrap_or(f64::NAN);
    let said = Say::new("experiments.linear.found")
        .text("one", percent(accuracy(0)))
        .text("deep", percent(deep))
        .text("relu", percent(accuracy(relu)));
    let by = deep - accuracy(0);
    let answer = match by {
        _ if by > 2.0 * POINT => 0,
        _ if by < -2.0 * POINT => 2,
        _ => 1,
    };
    Verdict { found: answer, said: vec![said] }
}

fn zeros(found: &Found, first: usize) -> Verdict {
    let different = |v| found.end(v, End::Different);
    let last = first + found.experiment.width() - 1;
    let said = Say::new("experiments.zeros.found")
        .num("zeros", Num::plain(different(first)))
        .num("drawn", Num::plain(different(last)))
        .num("zeros_loss", Num::plain(found.end(first, End::Loss)))
        .num("drawn_loss", Num::plain(found.end(last, End::Loss)));
    // The question is about sigmoid.
    let answer = match different(0) {
        ..1.5 => 0,
        1.5..3.5 => 1,
        _ => 2,
    };
    Verdict { found: answer, said: vec![said] }
}

fn rate(found: &Found) -> Verdict {
    let loss = |v| found.end(v, End::Loss);
    let (best, _) = found.extremes(loss);
    let last = found.experiment.variants() - 1;
    let said = Say::new("experiments.rate.found")
        .say("small", found.label(0))
        .num("small_loss", Num::plain(loss(0)))
        .say("best", found.label(best))
        .num("best_loss", Num::plain(loss(best)))
        .say("large", found.label(last))
        .num("large_loss", Num::plain(loss(last)));
    // The question is about η = 10 in place of 0.1.
    let start = found.curve(last).first().map_or(f64::NAN, |spread| spread.mid);
    let answer = match loss(last) {
        large if large < loss(2) => 0,
        large if large < start => 1,
        _ => 2,
    };
    Verdict { found: answer, said: vec![said] }
}

fn depth(found: &Found) -> Verdict {
    let accuracy = |v| found.end(v, End::Accuracy);
    let (worst, best) = found.extremes(accuracy);
    let said = Say::new("experiments.depth.found")
        .say("best", found.label(best))
        .text("best_part", percent(accuracy(best)))
        .say("worst", found.label(worst))
        .text("worst_part", percent(accuracy(worst)));
    // Two and three hidden layers are one answer.
    let answers = [0, 1, 1, 2];
    Verdict { found: answers.get(best).copied().unwrap_or_default(), said: vec![said] }
}
