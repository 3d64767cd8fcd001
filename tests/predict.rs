//! Predict first: every mistaken answer is told apart by its value, and nothing is given away.

use std::collections::BTreeSet;

use gradstep::app::{Action, State};
use gradstep::digest::seeded_cases;
use gradstep::lab::{Lab, Position, Setup};
use gradstep::link;
use gradstep::network::Init;
use gradstep::predict::{self, Answer, Candidate, Mistake, Question, Verdict, Wanted, Way};
use gradstep::stops::StopSize;
use gradstep::trace::Slot;
use gradstep::view;
use serde_json::{Value, json};

fn lab(preset: &str, size: StopSize) -> Lab {
    Lab::new(Setup::preset(preset).unwrap(), size).unwrap()
}

fn about(preset: &str, slot: Slot) -> Question {
    predict::question(&lab(preset, StopSize::Number), slot).unwrap()
}

fn kinds(question: &Question, given: f64) -> BTreeSet<Mistake> {
    match question.judge(Answer::Value(given)) {
        Verdict::Mistaken(all) => all.into_iter().map(|one| one.mistake).collect(),
        other => panic!("{given} is {other:?}"),
    }
}

const L0: usize = 0;

#[test]
fn the_mistakes_about_dw21_are_those_of_the_text() {
    let question = about("lap", Slot::DW { s: 0, l: L0, j: 1, i: 0 });
    assert_eq!(question.judge(Answer::Value(-0.24)), Verdict::Right);
    for (given, kind) in [
        (-2.4, Mistake::NoSlope),
        (0.24, Mistake::WrongSign),
        (-0.2265, Mistake::Updated),
        (0.0, Mistake::PlainRelu),
        (-0.36, Mistake::OtherInput),
    ] {
        assert_eq!(kinds(&question, given), BTreeSet::from([kind]), "{given}");
    }
}

#[test]
fn the_other_numbers_of_the_text_too() {
    let a2 = about("lap", Slot::A { s: 0, l: L0, j: 1 });
    assert_eq!(a2.judge(Answer::Value(-0.3)), Verdict::Right);
    for (given, kind) in
        [(-3.0, Mistake::NoActivation), (0.0, Mistake::PlainRelu), (0.3, Mistake::WrongSign)]
    {
        assert_eq!(kinds(&a2, given), BTreeSet::from([kind]), "{given}");
    }
    let dz2 = about("lap", Slot::DZ { s: 0, l: L0, j: 1 });
    assert_eq!(dz2.judge(Answer::Value(-0.12)), Verdict::Right);
    for (given, kind) in [
        (-1.2, Mistake::NoSlope),
        (0.0, Mistake::PlainRelu),
        (0.12, Mistake::WrongSign),
        (-0.11325, Mistake::Updated),
    ] {
        assert_eq!(kinds(&dz2, given), BTreeSet::from([kind]), "{given}");
    }
    let da2 = about("lap", Slot::DA { s: 0, l: L0, j: 1 });
    assert_eq!(da2.judge(Answer::Value(-1.2)), Verdict::Right);
    assert_eq!(kinds(&da2, -1.1325), BTreeSet::from([Mistake::Updated]));
    let output = about("lap", Slot::DZ { s: 0, l: 1, j: 0 });
    assert_eq!(output.judge(Answer::Way(Way::Up)), Verdict::Right);
    assert_ne!(output.judge(Answer::Way(Way::Down)), Verdict::Right);
    let w11 = about("lap", Slot::DW { s: 0, l: L0, j: 0, i: 0 });
    assert_eq!(w11.judge(Answer::Way(Way::Up)), Verdict::Right);
}

/// Each mistaken value is named as what it is, the right one is right, and so is what is near it.
fn told_apart(question: &Question, where_: &str) -> usize {
    let Wanted::Value(right) = question.wanted else {
        return 0;
    };
    assert_eq!(question.judge(Answer::Value(right)), Verdict::Right, "{where_}");
    for Candidate { mistake, value, .. } in &question.candidates {
        let found = kinds(question, *value);
        assert!(found.contains(mistake), "{where_}: {value} is {found:?}, not {mistake:?}");
        for other in &question.candidates {
            let same = predict::same(other.value, *value);
            assert!(!same || found.contains(&other.mistake), "{where_}: {:?}", other.mistake);
        }
    }
    question.candidates.len()
}

#[test]
fn every_mistake_is_recognised_in_every_network() {
    let mut tried = 0;
    for preset in ["lap", "a", "dead", "b", "xor", "one", "figure7"] {
        tried += every_question(&lab(preset, StopSize::Number), preset);
    }
    for (seed, case) in (0..).zip(seeded_cases()).filter(|(seed, _)| seed % 4 != 3).step_by(2) {
        let (batch, samples) = (case.batch.len(), case.batch);
        let setup = Setup {
            network: case.network,
            loss: case.loss,
            rate: case.learning_rate,
            samples,
            batch,
            first: 0,
            init: Init::Xavier,
            seed: 1,
            preset: None,
            fault: None,
        };
        let lab = Lab::new(setup, StopSize::Number).unwrap();
        if lab.trace().steps().len() < 1500 {
            tried += every_question(&lab, &format!("seed {seed}"));
        }
    }
    assert!(tried > 10_000, "{tried}");
}

fn every_question(lab: &Lab, where_: &str) -> usize {
    let slots: Vec<Slot> = lab.trace().steps().iter().map(|step| step.slot).collect();
    let asked = slots.into_iter().filter(|slot| slot.is_stop());
    asked
        .filter_map(|slot| Some((slot, predict::question(lab, slot)?)))
        .map(|(slot, question)| told_apart(&question, &format!("{where_}, {slot:?}")))
        .sum()
}

/// Network A with its two samples as one batch.
fn batch_of_two() -> State {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "preset", "name": "a"}));
    act(&mut state, json!({"do": "batch", "size": 2}));
    state
}

#[test]
fn a_sum_or_one_sample_is_no_mean() {
    let state = batch_of_two();
    let trace = state.lab.trace();
    for (mean, own) in [
        (Slot::MeanLoss, [0, 1].map(|s| Slot::Loss { s })),
        (Slot::MeanDB { l: 1, j: 0 }, [0, 1].map(|s| Slot::DB { s, l: 1, j: 0 })),
        (Slot::MeanDW { l: 0, j: 1, i: 0 }, [0, 1].map(|s| Slot::DW { s, l: 0, j: 1, i: 0 })),
    ] {
        let question = predict::question(&state.lab, mean).unwrap();
        assert_eq!(question.ask.key, "predict.ask.mean");
        let [one, two] = own.map(|slot| trace.value_of(slot).unwrap());
        let right = (one + two) / 2.0;
        assert_eq!(question.judge(Answer::Value(right)), Verdict::Right, "{mean:?}");
        assert!(kinds(&question, one + two).contains(&Mistake::NotDivided), "{mean:?}");
        for alone in [one, two] {
            assert!(kinds(&question, alone).contains(&Mistake::OneSample), "{mean:?}");
        }
        told_apart(&question, &format!("{mean:?}"));
    }
}

#[test]
fn every_size_of_stop_but_an_epoch_asks_and_for_means_too() {
    for size in ["number", "unit", "layer", "pass"] {
        let mut state = batch_of_two();
        act(&mut state, json!({"do": "stop_size", "size": size}));
        act(&mut state, json!({"do": "predict", "on": true}));
        let mut asked = BTreeSet::new();
        for _ in 0..80 {
            act(&mut state, json!({"do": "step"}));
            if let Some(question) = state.predict.asked() {
                asked.insert(question.ask.key.clone());
                act(&mut state, json!({"do": "show_me"}));
            }
        }
        let has = |key: &str| asked.contains(&format!("predict.ask.{key}"));
        assert_eq!(has("mean"), size != "pass", "{size}: {asked:?}");
        assert_eq!(has("value"), size != "pass", "{size}: {asked:?}");
    }
}

#[test]
fn four_of_the_nine_gradients_of_a_vanish_without_a_slope() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "preset", "name": "a"}));
    act(&mut state, json!({"do": "stop_size", "size": "pass"}));
    act(&mut state, json!({"do": "alpha", "layer": 0, "value": 0.0}));
    act(&mut state, json!({"do": "predict", "on": true}));
    while state.predict.asked().is_none() {
        act(&mut state, json!({"do": "step"}));
    }
    let question = state.predict.asked().cloned().unwrap();
    assert_eq!(question.ask.key, "predict.ask.vanish");
    assert_eq!(question.wanted, Wanted::Value(4.0));
    assert_eq!(question.judge(Answer::Value(4.0)), Verdict::Right);
    // Three: the weights alone, or those at the unit alone. Both are named.
    assert_eq!(kinds(&question, 3.0), BTreeSet::from([Mistake::NoBias, Mistake::OnlyIncoming]));
    assert_eq!(kinds(&question, 2.0), BTreeSet::from([Mistake::OnlyIncoming]));
    assert_eq!(kinds(&question, 5.0), BTreeSet::from([Mistake::Complement]));
    told_apart(&question, "vanish");
}

#[test]
fn within_a_tenth_is_right_and_beyond_is_not() {
    let z = about("lap", Slot::Z { s: 0, l: L0, j: 1 });
    for given in [-3.0, -2.75, -3.25] {
        assert_eq!(z.judge(Answer::Value(given)), Verdict::Right, "{given}");
    }
    assert_eq!(z.judge(Answer::Value(-2.5)), Verdict::Other { sign: true });
    assert_eq!(z.judge(Answer::Value(2.5)), Verdict::Other { sign: false });
    assert_ne!(z.judge(Answer::Value(f64::NAN)), Verdict::Right);
}

#[test]
fn the_transposed_matrix_is_recognised_where_it_is_square() {
    let setup = Setup::preset("a").unwrap();
    let mut state = State::new().unwrap();
    state.lab = Lab::new(setup, StopSize::Number).unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "sizes", "sizes": [2, 2, 2, 1]}));
    let of = |slot| predict::question(&state.lab, slot).unwrap().candidates;
    let has = |all: Vec<Candidate>| all.iter().any(|one| one.mistake == Mistake::Transposed);
    assert!(has(of(Slot::DA { s: 0, l: 0, j: 0 })));
    assert!(has(of(Slot::Z { s: 0, l: 1, j: 1 })));
}

fn act(state: &mut State, action: Value) {
    state.apply_json(&action.to_string()).unwrap();
}

fn frame(state: &State) -> Value {
    serde_json::to_value(view::frame(state, None)).unwrap()
}

/// The frame without what only "Predict first" puts into it.
fn without_questions(state: &State) -> Value {
    let mut frame = frame(state);
    for key in ["predict", "announce", "link"] {
        frame[key] = Value::Null;
    }
    frame
}

#[test]
fn nothing_moves_while_a_question_is_open_and_step_skips_it() {
    for (place, preset, size) in [
        ("start", None, None),
        ("step-by-step", Some("a"), Some("number")),
        ("step-by-step", Some("b"), Some("unit")),
        ("step-by-step", Some("xor"), Some("number")),
    ] {
        let mut state = State::new().unwrap();
        act(&mut state, json!({"do": "go", "place": place}));
        if let Some(name) = preset {
            act(&mut state, json!({"do": "preset", "name": name}));
        }
        if let Some(size) = size {
            act(&mut state, json!({"do": "stop_size", "size": size}));
        }
        let mut plain = state.clone();
        act(&mut state, json!({"do": "predict", "on": true}));
        let mut asked = 0;
        for n in 0..90 {
            let before = without_questions(&state);
            act(&mut state, json!({"do": "step"}));
            if state.predict.asked().is_some() {
                asked += 1;
                assert_eq!(without_questions(&state), before, "{place} {n}");
                act(&mut state, json!({"do": if n % 2 == 0 { "show_me" } else { "step" }}));
            }
            act(&mut plain, json!({"do": "step"}));
            assert_eq!(without_questions(&state), without_questions(&plain), "{place} {n}");
        }
        assert!(asked > 5, "{place} asks {asked} questions");
    }
}

#[test]
fn the_answer_is_nowhere_in_the_frame_before_it_is_given() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "stop_size", "size": "number"}));
    act(&mut state, json!({"do": "predict", "on": true}));
    let mut asked = 0;
    for _ in 0..70 {
        act(&mut state, json!({"do": "step"}));
        let Some(Wanted::Value(right)) = state.predict.asked().map(|asked| asked.wanted) else {
            continue;
        };
        asked += 1;
        // A number that happens to be there already, of another step, is no leak.
        let lab = &state.lab;
        let shown = gradstep::say::Num::plain(right);
        let known = lab.trace().steps()[..=lab.at().id as usize]
            .iter()
            .any(|step| gradstep::say::Num::plain(step.value).exact == shown.exact);
        let text = frame(&state).to_string();
        assert!(known || !text.contains(&format!("\"exact\":\"{}\"", shown.exact)), "{right}");
        act(&mut state, json!({"do": "show_me"}));
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn an_answer_moves_on_and_says_what_was_done() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "preset", "name": "lap"}));
    act(&mut state, json!({"do": "stop_size", "size": "number"}));
    let trace = state.lab.trace();
    let before = trace.find(Slot::DA { s: 0, l: 0, j: 1 }).unwrap();
    let mut lab = state.lab.clone();
    lab.go(Position { t: 0, id: before }).unwrap();
    state.lab = lab;
    act(&mut state, json!({"do": "predict", "on": true}));
    act(&mut state, json!({"do": "step"}));
    assert!(state.predict.asked().is_some());
    act(&mut state, json!({"do": "answer", "answer": {"value": -1.2}}));
    let told = &frame(&state)["predict"]["told"];
    assert_eq!(told[0]["key"], "predict.is_da");
    assert_eq!(told[0]["args"]["given"]["num"]["text"], "−1.2");
    assert_eq!(told[0]["args"]["z"]["num"]["text"], "−3");
    assert_eq!(told[0]["args"]["slope"]["num"]["text"], "0.1");
    assert_eq!(told[1]["args"]["value"]["num"]["text"], "−0.12");
    assert!(state.lab.at().id > before);
    act(&mut state, json!({"do": "back"}));
    assert!(state.predict.asked().is_none() && state.predict.told().is_empty());
}

#[test]
fn going_back_looking_up_and_what_is_wrong() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "predict", "on": true}));
    act(&mut state, json!({"do": "step"}));
    let question = state.predict.asked().cloned();
    assert!(question.is_some());
    act(&mut state, json!({"do": "show", "id": 2}));
    assert_eq!(state.predict.asked().cloned(), question, "looking up closes it");
    for action in [
        r#"{"do":"answer","answer":{"way":"up"}}"#,
        r#"{"do":"answer","answer":{"value":1e999}}"#,
        r#"{"do":"answer","answer":{"value":"a"}}"#,
        r#"{"do":"answer","answer":{"way":"left"}}"#,
        r#"{"do":"answer"}"#,
    ] {
        assert!(state.apply_json(action).is_err(), "{action}");
        assert_eq!(state.predict.asked().cloned(), question, "{action}");
    }
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert!(state.apply(Action::Answer { answer: Answer::Value(value) }).is_err(), "{value}");
        assert_eq!(state.predict.asked().cloned(), question, "{value}");
    }
    act(&mut state, json!({"do": "back"}));
    assert!(state.predict.asked().is_none());
    let at = state.lap.at();
    act(&mut state, json!({"do": "answer", "answer": {"value": 1.0}}));
    assert_eq!(state.lap.at(), at, "an answer to nothing moves the page");
}

#[test]
fn the_switch_is_in_the_link_and_off_by_default() {
    for place in ["start", "step-by-step", "activations"] {
        let mut state = link::read(place).unwrap();
        assert!(!state.predict.on && !link::write(&state).contains("predict"));
        act(&mut state, json!({"do": "predict", "on": true}));
        assert!(link::read(&link::write(&state)).unwrap().predict.on, "{place}");
    }
}

#[test]
fn activations_asks_at_another_z_and_goes_there_with_the_answer() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "activations"}));
    act(&mut state, json!({"do": "predict", "on": true}));
    for g in gradstep::activation::Activation::ALL {
        use gradstep::name::Named;
        act(&mut state, json!({"do": "focus", "name": g.name()}));
        for n in 0..8 {
            let before = state.curves.z;
            act(&mut state, json!({"do": "ask"}));
            let question = state.predict.asked().cloned().unwrap();
            told_apart(&question, g.name());
            assert_eq!(state.curves.z, before);
            let Wanted::Value(right) = question.wanted else { panic!() };
            let answer = if n % 3 == 0 {
                json!({"do": "show_me"})
            } else {
                json!({"do": "answer", "answer": {"value": right}})
            };
            act(&mut state, answer);
            assert_ne!(state.curves.z, before);
            assert!(state.predict.asked().is_none());
        }
    }
}
