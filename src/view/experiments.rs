//! What the chapter "Experiments" shows.

use serde::Serialize;

use super::trial::{Picture, pictures};
use crate::app::State;
use crate::experiment::verdict::{Verdict, verdict};
use crate::experiment::{Axis, MOST_SEEDS, Measure, Trial, Tweak};
use crate::link;
use crate::name::Named;
use crate::say::Say;

/// The chapter at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    place: &'static str,
    cards: Vec<&'static str>,
    card: &'static str,
    seeds: usize,
    most_seeds: usize,
    /// Counts the runs begun.
    run: u64,
    progress: Option<Progress>,
    /// Whether it is measured by a clock, and then of which activations.
    clock: Option<Vec<Timed>>,
    expected: Option<usize>,
    answers: Vec<Say>,
    choices: Vec<Choice>,
    /// Those side by side, of which one is looked at.
    variants: Vec<Say>,
    looked: usize,
    pictures: Vec<Picture>,
    found: Vec<Say>,
    /// Whether other chapters have room for the network looked at.
    fits: bool,
    announce: Say,
    alert: Option<Say>,
    error: Option<Say>,
    link: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Progress {
    done: usize,
    runs: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Timed {
    activation: &'static str,
    alpha: f64,
}

/// An axis of which one value is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Choice {
    name: &'static str,
    options: Vec<Say>,
    value: usize,
}

/// The frame of `state`, with what was refused just now.
pub fn frame(state: &State, error: Option<Say>) -> Frame {
    let experiments = &state.experiments;
    let trial = experiments.trial();
    let experiment = &trial.experiment;
    let progress = experiments.progress();
    let verdict = verdict(trial);
    let found = verdict.as_ref().map(|verdict| found(trial, verdict)).unwrap_or_default();
    Frame {
        place: state.place.name(),
        cards: experiments.trials().iter().map(|trial| trial.experiment.name).collect(),
        card: experiment.name,
        seeds: experiments.seeds(),
        most_seeds: MOST_SEEDS,
        run: experiments.run(),
        progress: progress.map(|(done, runs)| Progress { done, runs }),
        clock: (experiment.measure == Measure::Clock).then(|| timed(trial)),
        expected: trial.expected,
        answers: (0..experiment.answers).map(|n| answer(trial, n)).collect(),
        choices: experiment.chosen().iter().zip(&trial.values).map(choice).collect(),
        variants: trial.shown().map(|variant| experiment.label(variant)).collect(),
        looked: trial.looked,
        pictures: pictures(trial),
        announce: match (progress, found.last()) {
            (Some(_), _) => Say::new("experiments.running"),
            (None, Some(_)) => both(&found),
            (None, None) => Say::new(format!("experiments.{}.claim", experiment.name)),
        },
        found,
        fits: experiment.measure != Measure::Clock && trial.fits(),
        alert: None,
        error,
        link: link::write(state),
    }
}

fn answer(trial: &Trial, n: usize) -> Say {
    Say::new(format!("experiments.{}.answer{n}", trial.experiment.name))
}

/// What was measured, after what was expected.
fn found(trial: &Trial, verdict: &Verdict) -> Vec<Say> {
    let expected = trial.expected.map(|expected| {
        Say::new("experiments.expected")
            .say("expected", answer(trial, expected))
            .say("found", answer(trial, verdict.found))
    });
    expected.into_iter().chain(verdict.said.iter().cloned()).collect()
}

/// Sentences as one.
fn both(found: &[Say]) -> Say {
    let join = |a: Say, b: Say| Say::new("experiments.sentences").say("a", a).say("b", b);
    found.iter().cloned().reduce(join).unwrap_or_else(|| Say::new("experiments.running"))
}

fn choice((axis, &value): (&Axis, &usize)) -> Choice {
    Choice { name: axis.name, options: axis.tweaks.iter().map(Tweak::label).collect(), value }
}

fn timed(trial: &Trial) -> Vec<Timed> {
    let tweaks = trial.experiment.axes.iter().flat_map(|axis| &axis.tweaks);
    let of = |tweak: &Tweak| match tweak {
        Tweak::Activation(g) => {
            Some(Timed { activation: g.name(), alpha: g.alpha().unwrap_or_default() })
        }
        _ => None,
    };
    tweaks.filter_map(of).collect()
}
