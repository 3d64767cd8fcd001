//! Laws of the picture: nothing overlaps, nothing is cut, nothing is shown too early.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use gradstep::case::Case;
use gradstep::lab::{Lab, Setup};
use gradstep::name::Named;
use gradstep::number;
use gradstep::scene::{Ink, Mark, Point, Rect, Scene, Shape, Text, View, Words};
use gradstep::stops::StopSize;
use gradstep::trace::{Id, Phase, Slot, Trace};
use gradstep::view::{self, Painted};

const CASES: [(&str, &str); 8] = [
    ("a", include_str!("cases/a.json")),
    ("a_batch", include_str!("cases/a_batch.json")),
    ("b", include_str!("cases/b.json")),
    ("xor", include_str!("cases/xor.json")),
    ("one", include_str!("cases/one.json")),
    ("three_layers", include_str!("cases/three_layers.json")),
    ("figure7", include_str!("cases/figure7.json")),
    ("deep", include_str!("cases/deep.json")),
];
const WIDTHS: [f64; 5] = [340.0, 390.0, 500.0, 780.0, 1200.0];

struct Recorded {
    case: Case,
    trace: Trace,
}

impl Recorded {
    fn named(name: &str) -> Recorded {
        let (_, json) = CASES.iter().find(|(known, _)| *known == name).unwrap();
        let (case, _) = Case::read(json).unwrap();
        let trace = Trace::record(&case).unwrap();
        Recorded { case, trace }
    }

    fn scene(&self, shown: Id, focus: Option<Id>, width: f64) -> Scene {
        let (case, trace) = (&self.case, &self.trace);
        let sample = focus.and_then(|id| trace.get(id)?.slot.sample()).unwrap_or(0);
        Scene::of(&View { case, trace, shown, sample, dead: &[], focus, width })
    }

    fn at(&self, slot: Slot, width: f64) -> Scene {
        let id = self.trace.find(slot).unwrap();
        self.scene(id, Some(id), width)
    }

    /// Every position: only what is given, then each step. In a trace of more than `most` steps
    /// about a quarter of that many, so that each kind of number is met at different units.
    fn positions(&self, most: usize) -> Vec<Id> {
        let steps = self.trace.steps();
        let first = steps.iter().position(|step| step.slot.phase() != Phase::Given).unwrap();
        let count = steps.len() - first;
        let every = if count > most { (4 * count).div_ceil(most) } else { 1 };
        let mut ids: Vec<Id> = (first - 1..steps.len()).step_by(every).map(|n| n as Id).collect();
        ids.push(steps.len() as Id - 1);
        ids
    }
}

/// The picture of a case at one width and position.
struct Drawn {
    recorded: Arc<Recorded>,
    id: Id,
    scene: Scene,
    place: String,
}

/// The most steps of a trace that are drawn one by one.
const MOST: usize = 160;

/// Every case at every width and position.
static ALL: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
    let mut all = vec![];
    for (name, _) in CASES {
        let recorded = Arc::new(Recorded::named(name));
        for width in WIDTHS {
            for id in recorded.positions(MOST) {
                let slot = recorded.trace.get(id).unwrap().slot;
                let place = format!("{name}, {width} px, at {slot:?}");
                let scene = recorded.scene(id, Some(id), width);
                all.push(Drawn { recorded: recorded.clone(), id, scene, place });
            }
        }
    }
    all
});

fn everywhere(check: impl Fn(&Recorded, Id, &Scene, &str)) {
    for drawn in ALL.iter() {
        check(&drawn.recorded, drawn.id, &drawn.scene, &drawn.place);
    }
}

fn texts(scene: &Scene) -> Vec<&Text> {
    scene.marks.iter().filter_map(Mark::text).collect()
}

fn written(text: &Text) -> &str {
    match &text.words {
        Words::Verbatim(text) => text,
        Words::Key { key, .. } => key,
    }
}

/// Texts that are numbers of the lab's, by their marks' keys.
fn texts_of_numbers(scene: &Scene) -> HashMap<&str, (Id, &str)> {
    let number = |mark: &'_ Mark| mark.text().and_then(|text| text.id);
    let known = scene.marks.iter().filter_map(|mark| Some((mark, number(mark)?)));
    known.filter_map(|(mark, id)| Some((mark.key.as_str(), (id, written(mark.text()?))))).collect()
}

#[test]
fn a_move_to_another_sample_leaves_the_numbers_of_the_one_before() {
    let (mut others, mut stale) = (0, 0);
    for (preset, batch) in [("a", 1), ("a", 2), ("lap", 1)] {
        for size in [StopSize::Unit, StopSize::Pass, StopSize::Lap] {
            let mut setup = Setup::preset(preset).unwrap();
            setup.batch = batch;
            let mut lab = Lab::new(setup, size).unwrap();
            for _ in 0..60 {
                let (t, s) = (lab.at().t, view::sample(&lab));
                let before = Painted::of(&lab, 780.0);
                lab.step().unwrap();
                if (lab.at().t, view::sample(&lab)) == (t, s) {
                    continue;
                }
                others += 1;
                let next = Painted::of(&lab, 780.0);
                for part in [0.1, 0.5, 0.9] {
                    let place = format!("{preset} by {}, {part}, t = {}", size.name(), lab.at().t);
                    let scene = before.toward(&lab, &next, part);
                    for (key, (id, words)) in texts_of_numbers(&scene) {
                        let own = |s: usize| s == view::sample(&lab);
                        let slot = lab.trace().get(id).unwrap().slot;
                        assert!(
                            id <= lab.at().id && slot.sample().is_none_or(own),
                            "{place}: {key}"
                        );
                        // Of the training step before there is nothing at all.
                        let same = texts_of_numbers(&next.scene).get(key) == Some(&(id, words));
                        assert!(same || lab.at().t == t, "{place}: {key}");
                    }
                    // Mixed without regard to the samples, the pictures have both.
                    let mixed = Scene::between(&before.scene, &next.scene, part);
                    let loss = texts_of_numbers(&mixed).contains_key("text/loss");
                    stale += usize::from(
                        loss && !texts_of_numbers(&next.scene).contains_key("text/loss"),
                    );
                }
            }
        }
    }
    assert!(others > 20 && stale > 0, "{others} moves to another sample, {stale} losses left");
}

#[test]
fn no_two_texts_overlap() {
    everywhere(|_, _, scene, place| {
        let texts = texts(scene);
        for (n, text) in texts.iter().enumerate() {
            for other in &texts[n + 1..] {
                let (a, b) = (text.bounds().grown(-0.5), other.bounds().grown(-0.5));
                let both = (written(text), written(other));
                assert!(!a.overlaps(b), "{place}: {both:?} at {a:?} and {b:?}");
            }
        }
    });
}

#[test]
fn everything_lies_inside_the_picture() {
    everywhere(|_, _, scene, place| {
        let frame = Rect::new(0.0, 0.0, scene.width, scene.height);
        for text in texts(scene) {
            assert!(frame.encloses(text.bounds()), "{place}: {} is cut", written(text));
        }
        for mark in &scene.marks {
            if let Shape::Box(rect, _) = mark.shape {
                assert!(frame.encloses(rect), "{place}: {} is cut at {rect:?}", mark.key);
            }
        }
    });
}

#[test]
fn text_is_never_smaller_than_11_px() {
    everywhere(|_, _, scene, place| {
        for text in texts(scene) {
            assert!(text.size >= 11.0, "{place}: {}", written(text));
        }
    });
}

#[test]
fn keys_are_unique() {
    everywhere(|_, _, scene, place| {
        let mut keys = HashSet::new();
        for mark in &scene.marks {
            assert!(keys.insert(&mark.key), "{place}: {} twice", mark.key);
        }
    });
}

#[test]
fn nothing_later_than_shown_is_drawn() {
    everywhere(|_, shown, scene, place| {
        assert!(scene.spots.iter().all(|spot| spot.id <= shown), "{place}");
        assert!(texts(scene).iter().all(|text| text.id.is_none_or(|id| id <= shown)), "{place}");
    });
}

#[test]
fn a_focus_that_is_not_computed_yet_is_not_drawn() {
    let a = Recorded::named("a");
    let start = a.positions(240)[0];
    let later = a.trace.find(Slot::Loss { s: 0 });
    assert_eq!(a.scene(start, later, 780.0), a.scene(start, None, 780.0));
}

#[test]
fn each_spot_shows_the_number_of_its_step() {
    everywhere(|recorded, _, scene, place| {
        for spot in &scene.spots {
            let value = recorded.trace.value(spot.id);
            let shown: Vec<String> = (1..=12).map(|width| number::within(value, width)).collect();
            let shows = |text: &&Text| {
                let last = written(text).rsplit(' ').next().unwrap_or_default().to_owned();
                text.id == Some(spot.id)
                    && spot.place.grown(1.0).contains(text.at)
                    && shown.contains(&last)
            };
            assert!(texts(scene).iter().any(shows), "{place}: {spot:?}, {value}");
        }
    });
}

#[test]
fn each_spot_can_be_hit_in_its_middle() {
    everywhere(|_, _, scene, place| {
        for spot in &scene.spots {
            let middle = spot.place.centre();
            assert_eq!(scene.hit(middle.x, middle.y), Some(spot.id), "{place}: {spot:?}");
        }
    });
}

#[test]
fn a_finger_just_beside_a_number_hits_it() {
    let scene = Recorded::named("a").at(Slot::Loss { s: 0 }, 780.0);
    let spot = scene.spots.iter().find(|spot| spot.place.h < 20.0).unwrap();
    let below = spot.place.centre().y + 11.5;
    assert_eq!(scene.hit(spot.place.centre().x, below), Some(spot.id));
    assert_eq!(scene.hit(-50.0, -50.0), None);
}

#[test]
fn the_same_position_gives_the_same_picture() {
    for Drawn { recorded, id, scene, place } in ALL.iter().step_by(17) {
        assert_eq!(&recorded.scene(*id, Some(*id), scene.width), scene, "{place}");
    }
}

#[test]
fn a_motion_begins_with_one_picture_and_ends_with_the_other() {
    for (name, _) in CASES {
        let recorded = Recorded::named(name);
        let scenes: Vec<Scene> = recorded
            .positions(30)
            .into_iter()
            .map(|id| recorded.scene(id, Some(id), 780.0))
            .collect();
        for pair in scenes.windows(2) {
            assert_eq!(Scene::between(&pair[0], &pair[1], 0.0), pair[0]);
            assert_eq!(Scene::between(&pair[0], &pair[1], 1.0), pair[1]);
            let late = Scene::between(&pair[0], &pair[1], 0.99);
            assert_eq!(numbers(&late), numbers(&pair[1]), "{name}");
        }
    }
}

fn numbers(scene: &Scene) -> HashSet<Id> {
    texts(scene).iter().filter_map(|text| text.id).collect()
}

#[test]
fn a_number_appears_only_when_its_pulse_has_arrived() {
    let a = Recorded::named("a");
    let before = a.at(Slot::A { s: 0, l: 0, j: 0 }, 780.0);
    let after = a.at(Slot::A { s: 0, l: 0, j: 1 }, 780.0);
    let z = a.trace.find(Slot::Z { s: 0, l: 0, j: 1 }).unwrap();
    let on_the_way = Scene::between(&before, &after, 0.3);
    let pulses = on_the_way.marks.iter().filter(|mark| mark.key.starts_with("pulse/")).count();
    assert_eq!(pulses, 3, "two weights and a bias");
    assert!(!numbers(&on_the_way).contains(&z));
    assert!(numbers(&Scene::between(&before, &after, 0.8)).contains(&z));
}

#[test]
fn going_back_sends_no_pulse() {
    let a = Recorded::named("a");
    let before = a.at(Slot::A { s: 0, l: 0, j: 0 }, 780.0);
    let after = a.at(Slot::A { s: 0, l: 0, j: 1 }, 780.0);
    let back = Scene::between(&after, &before, 0.3);
    assert!(back.marks.iter().all(|mark| !mark.key.starts_with("pulse/")));
}

#[test]
fn the_edge_of_a_weight_that_crosses_zero_changes_its_colour() {
    let a = Recorded::named("a");
    let (l, j, i) = (0, 0, 0);
    let before = a.at(Slot::DB { s: 0, l, j: 1 }, 780.0);
    let after = a.at(Slot::NextW { l, j, i }, 780.0);
    let half = Scene::between(&before, &after, 0.5);
    let edge = half.marks.iter().find(|mark| mark.key == "edge/0/0/0").unwrap();
    let shade = edge.stroke.unwrap().shade;
    assert_eq!((shade.from, shade.to), (Ink::PositiveIdle, Ink::Negative));
    assert!(shade.t > 0.0 && shade.t < 1.0);
}

/// The text of the number of `slot` in the picture of network A after its last step.
fn at_the_end(slot: Slot) -> Option<String> {
    let a = Recorded::named("a");
    let last = a.trace.steps().len() as Id - 1;
    let scene = a.scene(last, None, 780.0);
    let id = a.trace.find(slot);
    texts(&scene).iter().find(|text| text.id == id).map(|text| written(text).to_owned())
}

#[test]
fn network_a_shows_the_numbers_of_its_table() {
    let shown = |slot, text: &str| assert_eq!(at_the_end(slot).as_deref(), Some(text));
    shown(Slot::Z { s: 0, l: 0, j: 1 }, "−3");
    shown(Slot::A { s: 0, l: 0, j: 1 }, "−0.3");
    shown(Slot::Loss { s: 0 }, "1.125");
    shown(Slot::DZ { s: 0, l: 0, j: 1 }, "dz −0.12");
    shown(Slot::NextW { l: 0, j: 0, i: 0 }, "−0.08");
    shown(Slot::NextB { l: 0, j: 1 }, "b 0.312");
    assert_eq!(at_the_end(Slot::W { l: 0, j: 0, i: 0 }), None, "the new weight replaces the old");
}

#[test]
fn the_term_of_da_is_written_out_where_it_arrives() {
    let a = Recorded::named("a");
    let scene = a.at(Slot::DZ { s: 0, l: 0, j: 1 }, 780.0);
    assert!(texts(&scene).iter().any(|text| written(text) == "0.8 · (−1.5) = −1.2"));
}

#[test]
fn every_weight_of_a_small_network_has_its_number() {
    for (name, weights) in [("a", 6), ("b", 12), ("xor", 6)] {
        for width in WIDTHS.into_iter().filter(|&width| name != "b" || width >= 390.0) {
            let recorded = Recorded::named(name);
            for id in recorded.positions(100) {
                let scene = recorded.scene(id, Some(id), width);
                let labels = scene.marks.iter().filter(|mark| mark.key.starts_with("text/w/"));
                assert_eq!(labels.count(), weights, "{name}, {width} px, step {id}");
            }
        }
    }
}

#[test]
fn the_unit_in_focus_is_outlined() {
    everywhere(|recorded, id, scene, place| {
        let slot = recorded.trace.get(id).unwrap().slot;
        if let (Slot::Z { .. } | Slot::A { .. } | Slot::DZ { .. }, Some(l), Some(j)) =
            (slot, slot.layer(), slot.unit())
        {
            let key = format!("unit/{l}/{j}");
            let unit = scene.marks.iter().find(|mark| mark.key == key).unwrap();
            assert_eq!(unit.stroke.unwrap().width, 3.0, "{place}");
        }
    });
}

/// The lines of the edges into the layer that a label's key names, by their keys.
fn edges_of(scene: &Scene, l: &str) -> Vec<(String, (Point, Point))> {
    let of = |mark: &Mark| {
        let key = mark.key.strip_prefix("edge/")?;
        let Shape::Line(from, to) = mark.shape else { return None };
        key.starts_with(&format!("{l}/")).then(|| (key.to_owned(), (from, to)))
    };
    scene.marks.iter().filter_map(of).collect()
}

#[test]
fn each_gradient_of_the_unit_in_focus_stands_at_its_edge() {
    for (name, l, from) in
        [("a", 0, 340.0), ("a", 1, 390.0), ("xor", 0, 340.0), ("b", 0, 390.0), ("b", 1, 780.0)]
    {
        let recorded = Recorded::named(name);
        let layer = &recorded.case.network.layers()[l];
        for width in WIDTHS.into_iter().filter(|&width| width >= from) {
            for j in 0..layer.units() {
                let scene = recorded.at(Slot::DB { s: 0, l, j }, width);
                let keys: HashSet<&str> = scene.marks.iter().map(|mark| &mark.key[..]).collect();
                for i in 0..layer.inputs() {
                    let key = format!("text/dw/{l}/{j}/{i}");
                    assert!(keys.contains(&key[..]), "{name}, {width} px: no {key}");
                }
            }
        }
    }
}

/// The distance of `p` from the line between two points: at its foot, or from the nearer end.
fn distance(p: Point, (from, to): (Point, Point)) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy);
    let along = ((p.x - from.x) * dx + (p.y - from.y) * dy) / length;
    match (0.0..=length).contains(&along) {
        true => ((p.x - from.x) * dy - (p.y - from.y) * dx).abs() / length,
        false if along < 0.0 => p.distance(from),
        false => p.distance(to),
    }
}

#[test]
fn a_label_is_nearer_to_its_own_edge_and_weight_than_to_any_other() {
    everywhere(|_, _, scene, place| {
        // Where many edges cross, a weight may have to stand at a crossing, on both of them.
        let crowded = ["b, 340 px", "three_layers", "figure7", "deep"];
        let crowded = crowded.iter().any(|crowded| place.starts_with(crowded));
        // On the first lap it is clear at a glance.
        let glance = ["a, 780 px", "a, 1200 px"].iter().any(|one| place.starts_with(one));
        let middle = |key: &str| scene.marks.iter().find(|m| m.key == key)?.text().map(|t| t.at);
        let parts = scene.marks.iter().filter_map(|mark| {
            let mut parts = mark.key.strip_prefix("text/")?.splitn(2, '/');
            Some((parts.next()?, parts.next()?, mark.text()?))
        });
        for (kind, key, text) in parts.filter(|(kind, ..)| ["w", "dw", "term"].contains(kind)) {
            let edges = edges_of(scene, key.split('/').next().unwrap());
            let (own, others): (Vec<_>, Vec<_>) =
                edges.into_iter().partition(|(edge, _)| edge == key);
            let away = distance(text.at, own[0].1);
            let times = if glance { 1.5 } else { 1.0 };
            let weight = middle(&format!("text/w/{key}"));
            for (other, line) in others {
                let far = distance(text.at, line);
                assert!(
                    times * away < far || crowded && kind == "w" && away <= far + 1e-9,
                    "{place}: {kind} {key} is {away:.1} from its edge, {far:.1} from {other}"
                );
                if let (Some(weight), Some(far)) = (weight, middle(&format!("text/w/{other}"))) {
                    let (away, far) = (text.at.distance(weight), text.at.distance(far));
                    assert!(
                        times * away < far,
                        "{place}: {kind} {key} stands at the weight of {other}"
                    );
                }
            }
        }
    });
}
