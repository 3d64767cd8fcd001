//! From one picture to the next: first the number travels, then what it changes.

use std::collections::{HashMap, HashSet};

use super::geometry::{Point, Rect, mix, within};
use super::marks::{Ink, Mark, Shape, Stroke, Travel};
use super::{Scene, Spot};
use crate::trace::Id;

/// The part of the time in which the pulse travels, where there is one.
const PULSE: f64 = 0.6;
/// The pulse's diameter in css pixels.
const PULSE_SIZE: f64 = 12.0;

pub fn between(a: &Scene, b: &Scene, t: f64) -> Scene {
    if t <= 0.0 {
        return a.clone();
    }
    if t >= 1.0 {
        return b.clone();
    }
    let pulses = pulses(a, b, within(t / PULSE, 0.0, 1.0));
    let change = match pulses.is_empty() {
        true => t,
        false => within((t - PULSE) / (1.0 - PULSE), 0.0, 1.0),
    };
    let mut marks = changed(a, b, eased(change));
    if t < PULSE {
        marks.extend(pulses);
    }
    let spots = if change > 0.0 { &b.spots } else { &a.spots };
    Scene {
        width: b.width,
        height: mix(a.height, b.height, eased(change)),
        marks,
        spots: spots.clone(),
    }
}

/// Slow at both ends.
fn eased(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

/// A dot on each edge that carried a number, if `b` has a number which `a` has not.
fn pulses(a: &Scene, b: &Scene, t: f64) -> Vec<Mark> {
    let ids = |spots: &[Spot]| spots.iter().map(|spot| spot.id).collect::<HashSet<Id>>();
    if ids(&b.spots).is_subset(&ids(&a.spots)) {
        return vec![];
    }
    b.marks.iter().filter_map(|mark| pulse(mark, eased(t))).collect()
}

fn pulse(mark: &Mark, t: f64) -> Option<Mark> {
    let Shape::Line(from, to) = mark.shape else {
        return None;
    };
    let (at, ink) = match mark.travel? {
        Travel::Forward => (from.toward(to, t), Ink::Forward),
        Travel::Backward => (to.toward(from, t), Ink::Backward),
        Travel::Still => return None,
    };
    Some(dot(format!("pulse/{}", mark.key), at, ink))
}

fn dot(key: String, at: Point, ink: Ink) -> Mark {
    let place = Rect::centred(at, PULSE_SIZE, PULSE_SIZE);
    Mark::new(key, Shape::Box(place, PULSE_SIZE / 2.0)).filled(ink)
}

/// The marks of `b`, moved back toward `a`; before anything changes, those of `a`.
fn changed(a: &Scene, b: &Scene, t: f64) -> Vec<Mark> {
    let old: HashMap<&str, &Mark> = a.marks.iter().map(|mark| (mark.key.as_str(), mark)).collect();
    if t <= 0.0 {
        return a.marks.clone();
    }
    b.marks
        .iter()
        .map(|mark| match old.get(mark.key.as_str()) {
            Some(before) => blended(before, mark, t),
            None => Mark { opacity: mark.opacity * t, ..mark.clone() },
        })
        .collect()
}

fn blended(a: &Mark, b: &Mark, t: f64) -> Mark {
    let same_text = match (a.text(), b.text()) {
        (Some(old), Some(new)) => old.words == new.words,
        _ => true,
    };
    let fill = match (a.fill, b.fill) {
        (Some(old), Some(new)) if old != new => Some(old.toward(new, t)),
        (_, new) => new,
    };
    let stroke = match (a.stroke, b.stroke) {
        (Some(old), Some(new)) if old != new => Some(Stroke {
            shade: old.shade.toward(new.shade, t),
            width: mix(old.width, new.width, t),
        }),
        (_, new) => new,
    };
    let appearing = if same_text { 1.0 } else { t };
    Mark {
        shape: a.shape.toward(&b.shape, t),
        fill,
        stroke,
        opacity: mix(a.opacity, b.opacity, t) * appearing,
        ..b.clone()
    }
}
