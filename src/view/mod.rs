//! What the front end shows: a frame of plain data, made of the state alone.

mod broken;
mod card;
mod curves;
mod experiments;
pub mod inspect;
mod losses;
mod network;
mod neuron;
mod nonlinear;
pub mod nudge;
mod painted;
mod predict;
mod scale;
mod structure;
mod train;
mod trial;
mod visits;

use serde::Serialize;

pub use painted::Painted;

use crate::app::{Place, State};
use crate::error::Error;
use crate::explain::Explainer;
use crate::json::{self, Tree};
use crate::lab::Lab;
use crate::link;
use crate::name::Named;
use crate::say::{Arg, Num, Say, phase_name};
use crate::stops::StopSize;
use crate::trace::{Id, Phase, Slot};
use crate::tries::{self, Try};

/// The whole page at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Frame {
    Bench(Box<Bench>),
    Curves(Box<curves::Frame>),
    Neuron(Box<neuron::Frame>),
    Nudge(Box<nudge::Frame>),
    Nonlinear(Box<nonlinear::Frame>),
    Train(Box<train::Frame>),
    Structure(Box<structure::Frame>),
    Experiments(Box<experiments::Frame>),
}

/// The chapters around one network's trace.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bench {
    place: &'static str,
    lead: Say,
    controls: Controls,
    alpha: Option<Slider>,
    progress: Progress,
    card: card::Card,
    again: Option<Say>,
    tables: Vec<network::Table>,
    lanes: Vec<network::Lane>,
    /// The loss of the sample shown, once computed.
    loss: Option<Num>,
    losses: Vec<visits::Loss>,
    setup: network::Setup,
    marks: Vec<Say>,
    picture: Vec<Say>,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    chart: curves::Chart,
    predict: predict::Predict,
    link: String,
    tries: &'static [Try],
    /// In "Broken backprop" only.
    broken: Option<broken::Panel>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Controls {
    step: bool,
    back: bool,
    undo: bool,
    reset: bool,
    size: &'static str,
}

/// A slider's quantity.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Slider {
    #[serde(flatten)]
    num: Num,
    value: f64,
}

impl Slider {
    fn at(value: f64) -> Slider {
        Slider { num: Num::plain(value), value }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Progress {
    t: usize,
    /// 0 at the start of the training step, n after its nth stop.
    stop: usize,
    phases: Vec<&'static str>,
    phase: &'static str,
    epoch: usize,
    sample: usize,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Error>) -> Frame {
    if let Some(lab) = state.current() {
        return Frame::Bench(Box::new(bench(state, lab, error)));
    }
    match state.place {
        Place::Neuron => Frame::Neuron(Box::new(neuron::frame(state, error.map(refusal)))),
        Place::Network => Frame::Structure(Box::new(structure::frame(state, error.map(refusal)))),
        Place::Nudge => Frame::Nudge(Box::new(nudge::frame(state, error.map(refusal)))),
        Place::WhyNonlinear => {
            Frame::Nonlinear(Box::new(nonlinear::frame(state, error.map(refusal))))
        }
        Place::Train => Frame::Train(Box::new(train::frame(state, error.map(refusal)))),
        Place::Experiments => {
            Frame::Experiments(Box::new(experiments::frame(state, error.map(refusal))))
        }
        _ => Frame::Curves(Box::new(curves::frame(state, error.map(refusal)))),
    }
}

fn bench(state: &State, lab: &Lab, error: Option<Error>) -> Bench {
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    let puzzle = state.broken.as_deref().filter(|_| state.place == Place::Broken);
    let card = match puzzle {
        None => card::card(lab, explainer),
        Some(_) => hushed(card::card(lab, explainer), lab),
    };
    Bench {
        place: state.place.name(),
        lead: puzzle.map_or_else(|| lead(lab), |_| Say::new("lead.broken")),
        controls: controls(lab),
        alpha: alpha(lab).filter(|_| puzzle.is_none()),
        progress: progress(lab),
        again: again(lab),
        tables: network::tables(lab),
        lanes: network::lanes(lab),
        loss: lab.computed(Slot::Loss { s: sample(lab) }).map(|(id, _)| Num::of(lab.trace(), id)),
        losses: visits::losses(lab),
        setup: network::setup(lab.setup(), lab),
        marks: marks(lab, explainer),
        picture: network::picture(lab, explainer),
        announce: match puzzle.filter(|broken| broken.news) {
            Some(broken) => broken::announce(broken),
            None => predict::announce(state).unwrap_or_else(|| announce(lab, explainer, &card)),
        },
        alert: lab.alert().map(|id| {
            let say = explainer.title(id);
            Say::new(if puzzle.is_some() { "alert.not_finite" } else { "alert.diverged" })
                .say("what", say)
                .num("rate", Num::plain(lab.setup().rate))
        }),
        error: error.map(refusal),
        chart: curves::chart(&state.curves),
        predict: predict::predict(state),
        link: link::write(state),
        tries: tries::of(state.place),
        broken: puzzle.map(broken::panel),
        card,
    }
}

/// The card where something may be wrong: nothing can be set there, and on the way back and in the
/// update no sentence says why a number is what it is. The arithmetic shows what was done.
fn hushed(card: card::Card, lab: &Lab) -> card::Card {
    let phase = lab.trace().get(card.shown).map(|step| step.slot.phase());
    let why = match phase {
        Some(Phase::Backward | Phase::Update) => vec![Say::new("why.broken")],
        _ => card.why,
    };
    card::Card { why, edit: None, ..card }
}

/// The sample whose numbers are shown: the one at work, else the batch's first.
pub fn sample(lab: &Lab) -> usize {
    let at = lab.shown().unwrap_or(lab.at().id);
    let step = lab.trace().get(at).filter(|step| step.slot.phase() != Phase::Given);
    step.and_then(|step| step.slot.sample()).unwrap_or(0)
}

/// The step in the card, if there is one to point at in the picture.
pub fn focus(lab: &Lab) -> Option<Id> {
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    let started = lab.shown().is_some() || lab.stop().is_some();
    started.then(|| card::card(lab, explainer).shown)
}

fn controls(lab: &Lab) -> Controls {
    let back = lab.can_back();
    let undo = lab.can_undo();
    Controls { step: lab.can_step(), back, undo, reset: back || undo, size: lab.size().name() }
}

fn alpha(lab: &Lab) -> Option<Slider> {
    let mut alphas =
        lab.case().network.layers().iter().filter_map(|layer| layer.activation.alpha());
    alphas.next().map(Slider::at)
}

fn phase(lab: &Lab) -> Phase {
    lab.trace().get(lab.at().id).map_or(Phase::Given, |step| step.slot.phase())
}

fn progress(lab: &Lab) -> Progress {
    let (stops, at) = (lab.stops(), lab.at());
    Progress {
        t: at.t,
        stop: stops.iter().filter(|stop| stop.first <= at.id).count(),
        phases: stops.iter().map(|stop| phase_name(stop.phase)).collect(),
        phase: phase_name(phase(lab)),
        epoch: at.t / lab.batches(),
        sample: lab.sample(sample(lab)),
    }
}

/// ŷ₁ and y₁ of the sample shown.
fn answer(lab: &Lab) -> (f64, f64) {
    let (s, l) = (sample(lab), lab.case().network.layers().len() - 1);
    let value = |slot| lab.trace().value_of(slot).unwrap_or(f64::NAN);
    (value(Slot::A { s, l, j: 0 }), value(Slot::Y { s, j: 0 }))
}

/// The sentence under the title.
fn lead(lab: &Lab) -> Say {
    let ends = lab.at().id as usize + 1 == lab.trace().steps().len();
    let key = match (phase(lab), lab.size()) {
        (Phase::Given, StopSize::Lap) => "lead.lap",
        (Phase::Given, _) if lab.at().t > 0 => "lead.next",
        (Phase::Given, _) => "lead.start",
        (Phase::Update, StopSize::Lap) if ends => "lead.again",
        (Phase::Forward, _) => "lead.forward",
        (Phase::Loss, _) => "lead.loss",
        (Phase::Backward, _) => "lead.backward",
        (Phase::Update, _) => "lead.update",
    };
    let (output, target) = answer(lab);
    let mut say = Say::new(key);
    // Elsewhere ŷ may be what a question asks for.
    if matches!(key, "lead.lap" | "lead.loss") {
        say = say.num("output", Num::plain(output));
    }
    say.num("target", Num::plain(target))
        .num("rate", Num::plain(lab.setup().rate))
        .text("sample", lab.sample(sample(lab)) + 1)
}

/// In a later lap: what the update has brought.
fn again(lab: &Lab) -> Option<Say> {
    let t = lab.at().t;
    let before = lab.visited().get(t.checked_sub(1)?)?;
    let now = lab.visited().get(t)?;
    let verdict = if now.cost < before.cost { "again.closer" } else { "again.farther" };
    (lab.size() == StopSize::Lap).then(|| {
        Say::new("again")
            .say("verdict", Say::new(verdict))
            .num("before", Num::plain(before.output))
            .num("after", Num::plain(now.output))
            .num("loss_before", Num::plain(before.cost))
            .num("loss_after", Num::plain(now.cost))
    })
}

/// The key of what there is to say about a unit on the sample shown: inactive, saturated, or dead,
/// which is inactive on all of the data.
fn mark(lab: &Lab, explainer: Explainer, l: usize, j: usize) -> Option<&'static str> {
    let s = sample(lab);
    lab.computed(Slot::Z { s, l, j })?;
    let dead = lab.dead().get(l).and_then(|layer| layer.get(j)) == Some(&true);
    if dead { Some("mark.dead") } else { explainer.mark(s, l, j) }
}

/// Inactive, saturated and dead units of the sample shown, layer by layer.
fn marks(lab: &Lab, explainer: Explainer) -> Vec<Say> {
    let mut marks = Vec::new();
    for (l, layer) in lab.case().network.layers().iter().enumerate() {
        for key in ["mark.inactive", "mark.saturated", "mark.dead"] {
            let marked = (0..layer.units()).filter(|&j| mark(lab, explainer, l, j) == Some(key));
            let units: Vec<String> = marked.map(|j| (j + 1).to_string()).collect();
            if !units.is_empty() {
                marks.push(Say::new(key).text("l", l + 1).text("j", units.join(", ")));
            }
        }
    }
    marks
}

/// What the last action has changed, in a sentence for those who can't see it.
fn announce(lab: &Lab, explainer: Explainer, card: &card::Card) -> Say {
    if phase(lab) == Phase::Given && lab.shown().is_none() {
        return lead(lab);
    }
    let headline = card.shown;
    let value = Num { id: None, ..Num::of(lab.trace(), headline) };
    Say::new("announce.step").say("what", explainer.title(headline)).num("value", value)
}

/// An error as a sentence: its own fields fill the gaps.
pub fn refusal(error: Error) -> Say {
    let error = json::tree(&error);
    let key = error.get("key").map(Tree::to_string).unwrap_or_default();
    let mut say = Say::new(format!("error.{key}"));
    let Tree::Object(fields) = error else { return say };
    for (name, value) in fields {
        let arg = match name.as_str() {
            "key" => continue,
            "allowed" => Arg::Say(allowed(&value)),
            "given" | "asked" => Arg::Say(kind(&name, &value)),
            _ => Arg::Text(value.to_string()),
        };
        say.args.insert(name, arg);
    }
    say
}

/// What a value is, or should be.
fn kind(name: &str, value: &Tree) -> Say {
    match value {
        Tree::Object(entries) if entries.len() == 1 => {
            Say::new(format!("{name}.{}", entries[0].0)).text("value", &entries[0].1)
        }
        alone => Say::new(format!("{name}.{alone}")),
    }
}

fn allowed(value: &Tree) -> Say {
    if let Some(Tree::List(bounds)) = value.get("between") {
        return Say::new("allowed.between").text("least", &bounds[0]).text("most", &bounds[1]);
    }
    if let Some(most) = value.get("within") {
        return Say::new("allowed.within").text("most", most);
    }
    Say::new(format!("allowed.{value}"))
}
