//! What the page says is worth trying holds where its links lead.

use gradstep::app::{Place, State};
use gradstep::lab::{Lab, Position};
use gradstep::name::Named;
use gradstep::trace::{Phase, Slot};
use gradstep::view::inspect;
use gradstep::{link, tries};

/// Every sentence of every place.
fn all() -> impl Iterator<Item = &'static tries::Try> {
    Place::all().flat_map(tries::of)
}

fn links(key: &str) -> Vec<State> {
    let found = tries::of(Place::StepByStep).iter().find(|one| one.sentence == key).unwrap();
    found.links.iter().map(|link| link::read(link).unwrap()).collect()
}

fn value(lab: &Lab, slot: Slot) -> f64 {
    lab.trace().value_of(slot).unwrap()
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

fn gradients(lab: &Lab) -> Vec<f64> {
    let steps = lab.trace().steps().iter();
    let is = |slot| matches!(slot, Slot::DW { .. } | Slot::DB { .. });
    steps.filter(|step| is(step.slot)).map(|step| step.value).collect()
}

#[test]
fn every_link_leads_to_a_state_whose_address_it_is() {
    for one in all() {
        for link in one.links {
            assert_eq!(&link::write(&link::read(link).unwrap()), link);
        }
    }
}

#[test]
fn a_nudged_weight_moves_the_loss_by_its_gradient_times_the_nudge() {
    let state = links("try.nudge").remove(0);
    let lab = &state.lab;
    let shown = lab.trace().get(lab.shown().unwrap()).unwrap();
    assert_eq!(shown.slot, Slot::W { l: 0, j: 0, i: 0 });
    assert_eq!((shown.value, value(lab, Slot::Loss { s: 0 })), (0.1, 1.125));
    let said = serde_json::to_value(inspect::nudge(lab, 0.01)).unwrap().to_string();
    assert!(said.contains("\"1.143072\""), "{said}");
    assert!(near(value(lab, Slot::DW { s: 0, l: 0, j: 0, i: 0 }), 1.8, 1e-12));
}

#[test]
fn the_promised_drop_and_the_real_one_part_as_the_rate_grows() {
    let drops = [(0.198, 0.185), (1.975, 1.007)];
    for (state, (promised, real)) in links("try.promise").into_iter().zip(drops) {
        let mut lab = state.lab;
        let after = value(&lab, Slot::Loss { s: 0 });
        lab.go(Position { t: 0, id: 0 }).unwrap();
        let before = value(&lab, Slot::Loss { s: 0 });
        let squares: f64 = gradients(&lab).iter().map(|g| g * g).sum();
        assert!(near(squares * lab.setup().rate, promised, 5e-4));
        assert!(near(before - after, real, 5e-4));
    }
}

#[test]
fn with_alpha_zero_four_of_nine_gradients_are_exactly_zero() {
    let lab = links("try.zeros").remove(0).lab;
    let all = gradients(&lab);
    assert_eq!((all.len(), all.iter().filter(|&&g| g == 0.0).count()), (9, 4));
}

#[test]
fn the_next_steps_take_the_first_weight_across_zero() {
    let mut lab = links("try.crosses").remove(0).lab;
    let next = Slot::NextW { l: 0, j: 0, i: 0 };
    assert!(lab.computed(next).is_none());
    lab.step().unwrap();
    let (_, now) = lab.computed(next).unwrap();
    assert!(value(&lab, Slot::W { l: 0, j: 0, i: 0 }) > 0.0 && near(now, -0.08, 1e-12));
}

#[test]
fn alpha_changes_the_forward_pass_and_a_large_one_diverges_here() {
    let [mut none, mut two] = links("try.alpha").try_into().unwrap();
    assert!(near(value(&none.lab, Slot::Loss { s: 0 }), 0.794, 5e-4));
    assert!(near(value(&two.lab, Slot::Loss { s: 0 }), 18.4, 5e-2));
    for _ in 0..200 {
        none.lab.step().unwrap();
        if two.lab.can_step() {
            two.lab.step().unwrap();
        }
    }
    assert!(none.lab.diverged().is_none() && two.lab.diverged().is_some());
}

#[test]
fn after_two_laps_unit_2_is_inactive_on_both_samples_and_unit_1_on_one() {
    let mut lab = links("try.dead").remove(0).lab;
    assert_eq!(lab.at().t, 2);
    for _ in 0..4 {
        let inactive = [0, 1].map(|j| value(&lab, Slot::Z { s: 0, l: 0, j }) <= 0.0);
        assert_eq!(inactive, [lab.sample(0) == 0, true]);
        lab.go(Position { t: lab.at().t + 1, id: 0 }).unwrap();
    }
}

#[test]
fn each_starts_where_its_pass_has_ended() {
    for one in tries::of(Place::StepByStep) {
        for link in one.links {
            let state = link::read(link).unwrap();
            let slot = state.lab.trace().get(state.lab.at().id).unwrap().slot;
            assert!(matches!(slot.phase(), Phase::Loss | Phase::Backward), "{link}: {slot:?}");
            assert_eq!(state.lab.stop().unwrap().last, state.lab.at().id, "{link}");
        }
    }
}

#[test]
fn each_sentence_has_as_many_words_in_brackets_as_links_in_both_languages() {
    for language in ["en", "zh"] {
        let path = format!("{}/www/words/{language}.json", env!("CARGO_MANIFEST_DIR"));
        let words: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for one in all() {
            let sentence = words[one.sentence].as_str().unwrap();
            assert_eq!(sentence.matches('[').count(), one.links.len(), "{sentence}");
        }
    }
}

/// Dead is another thing than inactive, and every part of the page tells them apart.
#[test]
fn unit_2_is_called_dead_and_unit_1_inactive_on_its_sample() {
    let state = &links("try.dead")[0];
    let frame = serde_json::to_value(gradstep::view::frame(state, None)).unwrap();
    let keys = |list: &str| -> Vec<String> {
        let said = frame[list].as_array().unwrap().iter();
        let marks = said.filter(|say| say["key"].as_str().unwrap().starts_with("mark."));
        marks.map(|say| format!("{} {}", say["key"], say["args"]["j"]["text"])).collect()
    };
    let wanted = [r#""mark.inactive" "1""#, r#""mark.dead" "2""#];
    assert_eq!(
        (keys("marks"), keys("picture")),
        (wanted.map(String::from).to_vec(), wanted.map(String::from).to_vec())
    );
    let z = frame["tables"].as_array().unwrap().iter().find(|table| table["name"] == "z").unwrap();
    assert_eq!(z["marks"][1], "picture.dead_short");
    assert_eq!(z["marks"][0], "picture.inactive_short");
}

#[test]
fn a_unit_that_still_learns_is_not_dead() {
    let dead = |link: &str| link::read(link).unwrap().current().unwrap().dead().to_vec();
    assert_eq!(dead("step-by-step&case=a&at=0.26"), [vec![false, false], vec![false]]);
    // On its only sample unit 2 is inactive, but α = 0.1 lets something back.
    assert_eq!(dead("start&case=lap&at=0.21"), [vec![false, false], vec![false]]);
    assert_eq!(dead("start&case=lap&alpha=0&at=0.21"), [vec![false, true], vec![false]]);
    assert_eq!(dead("step-by-step&case=dead&at=2.26"), [vec![false, true], vec![false]]);
}
