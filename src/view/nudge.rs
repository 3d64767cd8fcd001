//! What the chapter "Nudge" shows.

use serde::Serialize;

use super::network;
use crate::app::State;
use crate::explain::Explainer;
use crate::lab::Lab;
use crate::link;
use crate::name::Named;
use crate::nudge::{self, Corner, EPSILONS, FASTEST, Nudge, REACH};
use crate::number;
use crate::say::{Num, Say};
use crate::trace::{Slot, Trace};
use crate::train::Parameter;

/// The chapter at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    parameters: Vec<Choice>,
    chosen: Chosen,
    /// What the nudge has changed, from the parameter to the loss.
    changes: Vec<Changed>,
    /// What was seen, in sentences.
    seen: Vec<Say>,
    quotients: Vec<Quotient>,
    /// What the quotients close in on.
    verdict: Vec<Say>,
    /// Where the curve has corners, and the one to go to.
    corners: Option<Say>,
    corner: Option<f64>,
    legend: Vec<Label>,
    all: bool,
    gradients: Vec<Gradient>,
    step: Step,
    picture: Vec<Say>,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
}

/// A parameter to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Choice {
    name: String,
    symbol: String,
    title: Say,
    value: Num,
}

/// The parameter at hand.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Chosen {
    name: String,
    symbol: String,
    title: Say,
    start: Num,
    now: Num,
    shift: Num,
    value: f64,
    reach: f64,
    epsilon: f64,
    epsilons: [f64; 4],
    /// Whether it starts from elsewhere than network A's own value.
    elsewhere: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Changed {
    name: String,
    title: Say,
    before: Num,
    after: Num,
}

/// A row of the table of shrinking nudges.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Quotient {
    epsilon: Num,
    down: Num,
    up: Num,
    /// Whether a corner lies within ε, so that two slopes mix.
    corner: bool,
}

/// A line of a chart in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Label {
    kind: &'static str,
    say: Say,
}

/// A parameter with what nudging it gives, and what a step of η makes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Gradient {
    symbol: String,
    before: Num,
    /// The loss after a nudge of [`nudge::TINY`], and its change divided by that.
    loss: Num,
    slope: Num,
    gradient: Num,
    change: Num,
    after: Num,
}

/// The second part: all parameters take a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Step {
    rate: Num,
    value: f64,
    fastest: f64,
    wide: bool,
    most: f64,
    promised: Num,
    real: Num,
    before: Num,
    after: Num,
    says: Vec<Say>,
    legend: Vec<Label>,
    alt: Say,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    let nudge = &state.nudge;
    let lab = nudge.lab().ok();
    let after = lab.as_ref().map_or(nudge.trace(), Lab::trace);
    let changes = changes(nudge, after);
    let seen = seen(nudge, after);
    let corners = nudge.corners(nudge.start() - REACH, nudge.start() + REACH);
    Frame {
        place: state.place.name(),
        parameters: nudge.parameters().into_iter().map(|one| choice(nudge, one)).collect(),
        chosen: chosen(nudge),
        announce: seen.first().cloned().unwrap_or_else(|| Say::new("nudge.not_yet")),
        changes,
        seen,
        quotients: nudge.shrinking().into_iter().map(|one| quotient(nudge, one)).collect(),
        verdict: verdict(nudge, &corners),
        corner: corners
            .iter()
            .map(|one| one.value)
            .filter(|&value| value != nudge.start())
            .min_by(|a, b| (a - nudge.start()).abs().total_cmp(&(b - nudge.start()).abs())),
        corners: corners_say(&corners),
        legend: legend(nudge, after),
        all: nudge.all(),
        gradients: nudge.parameters().into_iter().map(|one| gradient(nudge, one)).collect(),
        step: step(nudge),
        picture: lab.as_ref().map(picture).unwrap_or_default(),
        alert: None,
        error,
        link: link::write(state),
    }
}

fn picture(lab: &Lab) -> Vec<Say> {
    network::picture(lab, Explainer { case: lab.case(), trace: lab.trace() })
}

fn symbol(parameter: Parameter) -> String {
    nudge::slot(parameter).symbol()
}

fn title(nudge: &Nudge, parameter: Parameter) -> Say {
    let explainer = Explainer { case: nudge.case(), trace: nudge.trace() };
    let id = nudge.trace().find(nudge::slot(parameter));
    id.map_or(Say::new("title.start"), |id| explainer.title(id))
}

fn choice(nudge: &Nudge, parameter: Parameter) -> Choice {
    Choice {
        name: nudge::name(parameter),
        symbol: symbol(parameter),
        title: title(nudge, parameter),
        value: Num::plain(nudge.value(parameter)),
    }
}

fn chosen(nudge: &Nudge) -> Chosen {
    let parameter = nudge.parameter();
    Chosen {
        name: nudge::name(parameter),
        symbol: symbol(parameter),
        title: title(nudge, parameter),
        start: Num::fine(nudge.start()),
        now: Num::fine(nudge.start() + nudge.shift()),
        shift: Num::fine(nudge.shift()),
        value: nudge.shift(),
        reach: REACH,
        epsilon: nudge.epsilon(),
        epsilons: EPSILONS,
        elsewhere: nudge.start() != nudge.own_start(),
    }
}

/// What a step is called here: ŷ for the output.
fn called(slot: Slot, trace: &Trace) -> String {
    let last = trace.steps().iter().filter_map(|step| step.slot.layer()).max();
    match slot {
        Slot::A { l, .. } if Some(l) == last => "ŷ".into(),
        Slot::Loss { .. } => "L".into(),
        slot => slot.symbol(),
    }
}

/// Weighted sums, activations and the loss.
fn watched(slot: Slot) -> bool {
    matches!(slot, Slot::Z { .. } | Slot::A { .. } | Slot::Loss { .. })
}

fn changes(nudge: &Nudge, after: &Trace) -> Vec<Changed> {
    let before = nudge.trace();
    let explainer = Explainer { case: nudge.case(), trace: before };
    let own = nudge::slot(nudge.parameter());
    let steps = (0..).zip(before.steps().iter().zip(after.steps()));
    let different = steps.filter(|(_, (old, new))| {
        (old.slot == own || watched(old.slot)) && old.value.to_bits() != new.value.to_bits()
    });
    different
        .map(|(id, (old, new))| Changed {
            name: called(old.slot, before),
            title: explainer.title(id),
            before: Num::fine(old.value),
            after: Num::fine(new.value),
        })
        .collect()
}

fn seen(nudge: &Nudge, after: &Trace) -> Vec<Say> {
    let (before, now) = (nudge.loss(), after.value_of(after.cost()).unwrap_or(f64::NAN));
    let name = symbol(nudge.parameter());
    if nudge.shift() == 0.0 {
        return vec![
            Say::new("nudge.not_yet")
                .text("name", name)
                .num("value", Num::fine(nudge.start()))
                .num("loss", Num::fine(before)),
        ];
    }
    let change = now - before;
    let mut says = vec![
        Say::new("nudge.moved")
            .text("name", name)
            .num("from", Num::fine(nudge.start()))
            .num("to", Num::fine(nudge.start() + nudge.shift()))
            .num("before", Num::fine(before))
            .num("after", Num::fine(now)),
        Say::new("nudge.quotient")
            .num("change", Num::fine(change))
            .num("shift", Num::fine(nudge.shift()))
            .num("slope", Num::fine(change / nudge.shift())),
    ];
    let steps = nudge.trace().steps().iter().zip(after.steps());
    let same: Vec<String> = steps
        .filter(|(old, new)| watched(old.slot) && old.value.to_bits() == new.value.to_bits())
        .map(|(old, _)| called(old.slot, nudge.trace()))
        .collect();
    if !same.is_empty() {
        says.push(Say::new("nudge.same").text("names", same.join(" ")));
    }
    says
}

fn quotient(nudge: &Nudge, one: nudge::Quotient) -> Quotient {
    Quotient {
        epsilon: Num { text: number::exact(one.epsilon), ..Num::plain(one.epsilon) },
        down: Num::fine(one.down.slope),
        up: Num::fine(one.up.slope),
        corner: nudge.corner_within(one.epsilon),
    }
}

fn verdict(nudge: &Nudge, corners: &[Corner]) -> Vec<Say> {
    let parameter = nudge.parameter();
    let name = symbol(parameter);
    let gradient = Num::plain(nudge.gradient(parameter));
    let Some(slope) = nudge.slope(parameter) else {
        let (down, up) = nudge.slopes(parameter);
        let nearest = corners.iter().min_by(|a, b| {
            (a.value - nudge.start()).abs().total_cmp(&(b.value - nudge.start()).abs())
        });
        let (layer, unit) = nearest.map_or((0, 0), |one| (one.layer, one.unit));
        return vec![
            Say::new("nudge.corner")
                .text("l", layer + 1)
                .text("j", unit + 1)
                .num("down", Num::plain(down))
                .num("up", Num::plain(up)),
            Say::new("nudge.convention").num("gradient", gradient),
        ];
    };
    let key = match slope {
        0.0 => "nudge.flat",
        slope if slope > 0.0 => "nudge.rises",
        _ => "nudge.falls",
    };
    vec![
        Say::new("nudge.named")
            .text("name", &name)
            .text("symbol", format!("d{name}"))
            .num("gradient", Num::plain(slope)),
        Say::new(key).text("name", name),
    ]
}

fn corners_say(corners: &[Corner]) -> Option<Say> {
    (!corners.is_empty()).then(|| {
        let one = |corner: &Corner| {
            Say::new("nudge.corner_at")
                .num("value", Num::plain(corner.value))
                .text("l", corner.layer + 1)
                .text("j", corner.unit + 1)
        };
        // Network A has one for each weight: of several the first is named.
        let first = corners.first().map_or(Say::new("nudge.corner_at"), one);
        Say::new("nudge.corners").say("first", first).text("n", corners.len())
    })
}

fn legend(nudge: &Nudge, after: &Trace) -> Vec<Label> {
    let name = symbol(nudge.parameter());
    let label = |kind, say| Label { kind, say };
    let mut labels = vec![label("curve", Say::new("nudge.curve").text("name", name))];
    if nudge.shift() != 0.0 {
        let now = after.value_of(after.cost()).unwrap_or(f64::NAN);
        let slope = Num::fine((now - nudge.loss()) / nudge.shift());
        labels.push(label("secant", Say::new("nudge.secant").num("slope", slope)));
    }
    labels.push(match nudge.slope(nudge.parameter()) {
        Some(slope) => label("tangent", Say::new("nudge.tangent").num("slope", Num::fine(slope))),
        None => label("tangent", Say::new("nudge.no_tangent")),
    });
    labels
}

fn gradient(nudge: &Nudge, parameter: Parameter) -> Gradient {
    let (value, gradient) = (nudge.value(parameter), nudge.gradient(parameter));
    let tiny = nudge.quotient(parameter, nudge::TINY).up;
    let change = -nudge.rate() * gradient + 0.0;
    Gradient {
        symbol: symbol(parameter),
        before: Num::plain(value),
        loss: Num { text: number::exact(tiny.loss), ..Num::plain(tiny.loss) },
        slope: Num::plain(tiny.slope),
        gradient: Num::plain(gradient),
        change: Num::fine(change),
        after: Num::fine(value + change),
    }
}

fn step(nudge: &Nudge) -> Step {
    let (rate, promise) = (nudge.rate(), nudge.promise());
    let (before, after) = (nudge.loss(), nudge.loss_after(rate));
    let promised = rate * promise;
    let drop = Say::new("nudge.promise")
        .num("rate", Num::plain(rate))
        .num("sum", Num::plain(promise))
        .num("promised", Num::plain(promised))
        .num("real", Num::plain(before - after))
        .num("before", Num::plain(before))
        .num("after", Num::plain(after));
    let key = match () {
        () if rate == 0.0 => "nudge.no_step",
        () if after > before => "nudge.overshoots",
        () if nudge.loss_after(rate + nudge::SMALL) > after => "nudge.too_far",
        () if promised > before => "nudge.impossible",
        () if before - after > 0.9 * promised => "nudge.near",
        () => "nudge.less",
    };
    let verdict = Say::new(key)
        .num("before", Num::plain(before))
        .num("after", Num::plain(after))
        .num("promised", Num::plain(promised));
    Step {
        rate: Num::plain(rate),
        value: rate,
        fastest: nudge.fastest(),
        wide: nudge.wide(),
        most: FASTEST,
        promised: Num::plain(promised),
        real: Num::plain(before - after),
        before: Num::plain(before),
        after: Num::plain(after),
        alt: drop.clone(),
        says: vec![drop, verdict],
        legend: vec![
            Label { kind: "curve", say: Say::new("nudge.real_line") },
            Label { kind: "tangent", say: Say::new("nudge.promise_line") },
        ],
    }
}
