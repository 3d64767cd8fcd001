//! What the chapter "Broken backprop" shows besides its network: the evidence, the learner's
//! answer, and what the evidence says about it.

use serde::Serialize;

use crate::broken::{self, Answer, Broken, CASES, Clue, Effect, UPDATES};
use crate::check::Verdict;
use crate::explain::Explainer;
use crate::lab::Lab;
use crate::name::Named;
use crate::say::{Num, Say};
use crate::trace::{Fault, Slot};

/// The panel "Find the fault".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    seed: u64,
    /// From 1.
    case: usize,
    cases: usize,
    curves: Curves,
    /// The update that the checks are about, from 1, and how many there are.
    update: usize,
    updates: usize,
    checks: Vec<Check>,
    answers: Vec<&'static str>,
    answer: Option<&'static str>,
    layers: usize,
    /// From 1.
    layer: Option<usize>,
    can_ask: bool,
    feedback: Vec<Say>,
}

/// The mean loss before each update and after the last one; `None` where it is not finite.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Curves {
    here: Vec<Option<f64>>,
    sound: Vec<Option<f64>>,
    said: Say,
}

/// A parameter's row in the table of checks.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Check {
    name: String,
    numeric: Num,
    gradient: Num,
    step: Num,
    gradient_digits: u32,
    step_digits: u32,
    gradient_verdict: &'static str,
    step_verdict: &'static str,
}

/// The panel of the case at hand.
pub fn panel(broken: &Broken) -> Panel {
    let lab = &broken.lab;
    Panel {
        seed: broken.seed(),
        case: broken.case() + 1,
        cases: CASES,
        curves: curves(broken),
        update: lab.at().t + 1,
        updates: UPDATES,
        checks: broken::rows(lab).iter().map(check).collect(),
        answers: Answer::all().map(Named::name).collect(),
        answer: broken.answer().map(Named::name),
        layers: lab.case().network.layers().len(),
        layer: broken.layer().map(|l| l + 1),
        can_ask: broken.can_ask(),
        feedback: feedback(broken),
    }
}

fn curves(broken: &Broken) -> Curves {
    let puzzle = broken.puzzle();
    let finite =
        |losses: &[f64]| losses.iter().map(|&v| Some(v).filter(|v| v.is_finite())).collect();
    let last = |losses: &[f64]| Num::plain(losses.last().copied().unwrap_or(f64::NAN));
    Curves {
        here: finite(&puzzle.losses),
        sound: finite(&puzzle.sound),
        said: Say::new("broken.curves")
            .num("start", Num::plain(puzzle.sound.first().copied().unwrap_or(f64::NAN)))
            .num("here", last(&puzzle.losses))
            .num("sound", last(&puzzle.sound))
            .text("n", UPDATES),
    }
}

fn check(row: &broken::Row) -> Check {
    Check {
        name: row.parameter.symbol(),
        numeric: Num::fine(row.check.numeric),
        gradient: Num::fine(row.check.analytic),
        step: Num::fine(row.step),
        gradient_digits: row.check.digits,
        step_digits: row.digits,
        gradient_verdict: match row.check.verdict {
            Verdict::Agrees | Verdict::Cancellation => "agrees",
            Verdict::Kink => "kink",
            Verdict::Differs | Verdict::NotFinite => "differs",
        },
        step_verdict: if row.moved_by_gradient { "agrees" } else { "differs" },
    }
}

/// A number in words, without a link to its step.
fn what(lab: &Lab, slot: Slot) -> Say {
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    lab.trace().find(slot).map_or(Say::new("title.start"), |id| explainer.title(id))
}

/// What the evidence says about the answer; and if the learner wanted to be told, what it is.
fn feedback(broken: &Broken) -> Vec<Say> {
    let truth = broken.puzzle().setup.fault;
    let mut said = match (broken.asked(), broken.answer()) {
        (true, Some(answer)) => judged(broken, truth, answer),
        _ => vec![],
    };
    if broken.told() && !is_right(broken, truth) {
        said.push(match truth {
            Some(fault) => named("broken.told", fault),
            None => Say::new("broken.told_sound"),
        });
        said.extend(truth.into_iter().flat_map(|fault| explained(&broken.lab, fault)));
    }
    said
}

fn is_right(broken: &Broken, truth: Option<Fault>) -> bool {
    broken.asked()
        && match (broken.answer(), truth) {
            (Some(Answer::Sound), None) => true,
            (Some(Answer::Fault(kind)), Some(fault)) => {
                kind == fault.kind && broken.layer() == Some(fault.l)
            }
            _ => false,
        }
}

fn judged(broken: &Broken, truth: Option<Fault>, answer: Answer) -> Vec<Say> {
    let lab = &broken.lab;
    let kind = match answer {
        Answer::Sound if truth.is_none() => {
            return vec![Say::new("broken.right_sound").text("n", UPDATES)];
        }
        Answer::Sound => return vec![Say::new("broken.not_sound"), pointer(lab)],
        Answer::Fault(kind) => kind,
    };
    let supposed = Fault { kind, l: broken.layer().unwrap_or(0) };
    if truth == Some(supposed) {
        let mut said = vec![named("broken.right", supposed)];
        said.extend(explained(lab, supposed));
        return said;
    }
    vec![refuted(lab, supposed), pointer(lab)]
}

/// "g′ is left out, in layer \[1\]" and the like, in the gaps of a sentence.
fn named(key: &str, fault: Fault) -> Say {
    let kind = Say::new(format!("broken.answer.{}", fault.kind.name()));
    Say::new(key).say("fault", kind).text("l", fault.l + 1)
}

/// What the fault does, and to which number.
fn explained(lab: &Lab, fault: Fault) -> Vec<Say> {
    let mut said = vec![Say::new(format!("broken.why.{}", fault.kind.name()))];
    if let Ok(Some(found)) = broken::effect(lab, fault) {
        said.push(numbers(lab, "broken.numbers", found));
    }
    said
}

/// Why it can't be that.
fn refuted(lab: &Lab, supposed: Fault) -> Say {
    let Ok(Some(found)) = broken::effect(lab, supposed) else {
        return named("broken.no_effect", supposed);
    };
    let key = if found.is == found.right { "broken.as_it_should" } else { "broken.would" };
    let Say { key, args } = numbers(lab, key, found);
    let mut said = named("", supposed);
    said.args.extend(args);
    Say { key, ..said }
}

fn numbers(lab: &Lab, key: &str, Effect { t, slot, is, right, would }: Effect) -> Say {
    let num = |value| Num::plain(value);
    Say::new(key)
        .text("t", t + 1)
        .say("what", what(lab, slot))
        .num("is", num(is))
        .num("right", num(right))
        .num("would", num(would))
}

/// Where to look: the first check that fails.
fn pointer(lab: &Lab) -> Say {
    let Ok(Some(Clue { t, row, gradient })) = broken::clue(lab) else {
        return Say::new("broken.clue.none").text("n", UPDATES);
    };
    let say = Say::new(if gradient { "broken.clue.gradient" } else { "broken.clue.update" });
    say.text("t", t + 1)
        .say("what", what(lab, row.parameter))
        .num("gradient", Num::fine(row.check.analytic))
        .num("numeric", Num::fine(row.check.numeric))
        .num("step", Num::fine(row.step))
}

/// What has become of the case, in one sentence for those who can't see it.
pub fn announce(broken: &Broken) -> Say {
    let case = Say::new("broken.announce").text("case", broken.case() + 1).text("cases", CASES);
    let update = case.text("update", broken.lab.at().t + 1);
    let joined =
        |first: Say, then: Say| Say::new("broken.and").say("first", first).say("then", then);
    feedback(broken).into_iter().reduce(joined).unwrap_or(update)
}
