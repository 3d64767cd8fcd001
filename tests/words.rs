//! Every sentence and formula that the page can ask for is there, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use gradstep::activation::Activation;
use gradstep::app::State;
use gradstep::broken::{Answer, CASES};
use gradstep::experiment;
use gradstep::formula;
use gradstep::lab::{Lab, Setup};
use gradstep::loss::Loss;
use gradstep::name::Named;
use gradstep::neuron::Gate;
use gradstep::predict;
use gradstep::presets;
use gradstep::say::Num;
use gradstep::stops::StopSize;
use gradstep::view;
use serde_json::{Value, json};

type Words = BTreeMap<String, String>;

fn words(language: &str) -> Words {
    let path = format!("{}/www/words/{language}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The gaps of a sentence: "{name}".
fn gaps(sentence: &str) -> BTreeSet<&str> {
    let after = sentence.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn apply(state: &mut State, action: Value) {
    state.apply_json(&action.to_string()).unwrap();
}

/// Every activation, gate and outcome of the chapter "Neuron".
fn neuron_changes() -> Vec<Value> {
    let activations = Activation::ALL.iter().map(|g| json!({"activation": g.name()}));
    let lessons = Gate::all().flat_map(|gate| {
        let one = || (0..8).map(|_| json!("sample"));
        let begin = [json!({"gate": gate.name()}), json!("again")];
        begin.into_iter().chain(one()).chain([json!("teach"), json!("teach")])
    });
    let weight = |value: f64| json!({"weight": {"input": 0, "value": value}});
    let lines = [
        json!("again"),
        json!({"at": [1.0, 0.0]}),
        json!({"at": [1.0, -1.0]}),
        json!({"gate": "and"}),
        weight(-200.0),
        json!("teach"),
        json!({"bias": 900.0}),
        weight(0.0),
        json!({"weight": {"input": 1, "value": 0.0}}),
    ];
    activations.chain(lessons).chain(lines).collect()
}

/// Calls `look` with the frame at every step of every preset, loss, activation and stop size.
fn every_frame(mut look: impl FnMut(Value)) {
    let mut state = State::new().unwrap();
    let mut see = |state: &State| look(serde_json::to_value(view::frame(state, None)).unwrap());
    for _ in 0..12 {
        see(&state);
        apply(&mut state, json!({"do": "step"}));
    }
    every_network(&mut state, &mut see);
    apply(&mut state, json!({"do": "go", "place": "activations"}));
    for g in Activation::ALL {
        apply(&mut state, json!({"do": "focus", "name": g.name()}));
        for z in [-9.0, -1.0, 0.0, 1.0, 9.0] {
            apply(&mut state, json!({"do": "z", "value": z}));
            see(&state);
        }
    }
    apply(&mut state, json!({"do": "go", "place": "neuron"}));
    for change in neuron_changes() {
        apply(&mut state, json!({"do": "neuron", "change": change}));
        see(&state);
    }
    apply(&mut state, json!({"do": "go", "place": "nudge"}));
    for change in nudges() {
        apply(&mut state, json!({"do": "nudge", "change": change}));
        see(&state);
    }
    why_nonlinear(&mut state, &mut see);
    apply(&mut state, json!({"do": "go", "place": "step-by-step"}));
    for preset in presets::NAMES {
        apply(&mut state, json!({"do": "preset", "name": preset}));
        for size in ["number", "unit", "layer", "pass", "epoch"] {
            apply(&mut state, json!({"do": "home"}));
            apply(&mut state, json!({"do": "stop_size", "size": size}));
            let many = if preset == "figure7" { 5 } else { 60 };
            for _ in 0..many {
                see(&state);
                apply(&mut state, json!({"do": "step"}));
            }
        }
    }
    for seed in [1, 2] {
        apply(&mut state, json!({"do": "broken", "change": {"seed": seed}}));
        for case in 0..CASES {
            apply(&mut state, json!({"do": "broken", "change": {"case": case}}));
            for t in [0, 1] {
                apply(&mut state, json!({"do": "broken", "change": {"look": t}}));
                apply(&mut state, json!({"do": "end"}));
                for id in 0..state.current().unwrap().trace().steps().len() {
                    apply(&mut state, json!({"do": "show", "id": id}));
                    see(&state);
                }
            }
            for answer in Answer::all() {
                apply(&mut state, json!({"do": "broken", "change": {"answer": answer.name()}}));
                for layer in [0, 1] {
                    apply(&mut state, json!({"do": "broken", "change": {"layer": layer}}));
                    apply(&mut state, json!({"do": "broken", "change": "ask"}));
                    see(&state);
                }
            }
            apply(&mut state, json!({"do": "broken", "change": "tell"}));
            see(&state);
        }
    }
    apply(&mut state, json!({"do": "go", "place": "step-by-step"}));
    for loss in Loss::ALL {
        for g in Activation::ALL {
            apply(&mut state, json!({"do": "preset", "name": "a"}));
            apply(&mut state, json!({"do": "loss", "name": loss.name()}));
            apply(&mut state, json!({"do": "batch", "size": 2}));
            apply(&mut state, json!({"do": "activation", "layer": 0, "name": g.name()}));
            if loss == Loss::HalfSquaredError {
                apply(&mut state, json!({"do": "activation", "layer": 1, "name": g.name()}));
            }
            apply(&mut state, json!({"do": "stop_size", "size": "unit"}));
            apply(&mut state, json!({"do": "end"}));
            for id in 0..state.lab.trace().steps().len() {
                apply(&mut state, json!({"do": "show", "id": id}));
                see(&state);
            }
        }
    }
}

/// Shows every kind of part of several networks, with each product and function.
fn every_network(state: &mut State, see: &mut impl FnMut(&State)) {
    apply(state, json!({"do": "go", "place": "network"}));
    let change = |state: &mut State, change: Value| {
        apply(state, json!({"do": "structure", "change": change}));
    };
    let small = [json!({"remove_layer": 1}), json!({"output": "identity"})];
    let large =
        [json!({"preset": "a"}), json!({"output": "sigmoid"}), json!({"output": "softmax"})];
    let figure = [json!({"preset": "figure7"}), json!({"hidden": "tanh"})];
    for edit in large.into_iter().chain(small).chain(figure) {
        change(state, edit);
        let last = state.structure.sizes().len() - 1;
        for l in [0, 1, last] {
            let weight = json!({"weight": {"l": if l == 0 { last } else { l }, "j": 0, "i": 0}});
            for part in [json!({"layer": {"l": l}}), json!({"unit": {"l": l, "j": 0}}), weight] {
                change(state, json!({"select": part}));
                for pass in ["forward", "backward", "gradient"] {
                    change(state, json!({"pass": pass}));
                    see(state);
                }
            }
        }
    }
}

/// Changes of the chapter "Nudge" that lead to each of its sentences.
fn nudges() -> Vec<Value> {
    let named = |name: &str| json!({"named": name});
    let mut changes: Vec<Value> = ["w1.1.1", "w1.2.2", "b1.2", "w2.1.1"]
        .into_iter()
        .flat_map(|name| [named(name), json!("up")])
        .collect();
    // At a corner; and where the answer is right, so that all gradients are 0.
    changes.extend([named("w1.2.2"), json!({"start": 0.5})]);
    changes.extend([named("b2.1"), json!({"start": 2.2}), json!("again")]);
    changes.extend([0.0, 0.01, 0.05, 0.1, 0.7, 2.0].map(|rate| json!({"rate": rate})));
    changes
}

/// The chapter "Why nonlinear" in every state of its sentences.
fn why_nonlinear(state: &mut State, see: &mut impl FnMut(&State)) {
    apply(state, json!({"do": "go", "place": "why-nonlinear"}));
    let entries =
        json!([{"entry": {"row": 0, "column": 1}}, {"entry": {"row": 1, "column": null}}]);
    let mut changes = vec![];
    for (depth, x) in [(1, 1.0), (3, 0.0), (6, 0.7), (3, 10.0), (3, -10.0)] {
        changes.push(json!({"stack": {"depth": depth}}));
        changes.push(json!({"stack": {"input": {"unit": 0, "value": x}}}));
        for relu in [false, true] {
            changes.push(json!({"stack": {"relu": relu}}));
            changes.extend((1..=depth).map(|merged| json!({"stack": {"merged": merged}})));
            changes.extend(entries.as_array().unwrap().iter().map(|entry| json!({"stack": entry})));
        }
    }
    for (set, relu) in [("xor", false), ("circle", true)] {
        changes.push(json!({"plane": {"set": set}}));
        changes.push(json!({"plane": {"relu": relu}}));
        changes.extend((0..3).map(|epoch| json!({"plane": {"epoch": 10 * epoch}})));
        changes.extend((1..12).map(|seed| json!({"plane": {"seed": seed}})));
    }
    for way in ["trained", "placed"] {
        changes.push(json!({"fit": {"way": way}}));
        for shape in ["jump", "bump", "sine"] {
            changes.push(json!({"fit": {"shape": shape}}));
            changes.push(json!({"fit": {"moment": 1}}));
            changes.push(json!({"fit": {"units": 40}}));
        }
        changes.push(json!({"fit": {"units": 12}}));
        changes.push(json!({"fit": {"height": {"handle": 0, "value": 0.5}}}));
    }
    for change in changes {
        apply(state, json!({"do": "nonlinear", "change": change}));
        see(state);
    }
}

/// Calls `found` with the key and the names of the arguments of each sentence, and with the key
/// alone of each formula, anywhere in `value`.
fn keys(value: &Value, found: &mut impl FnMut(&str, Option<BTreeSet<&str>>)) {
    match value {
        Value::Object(object) => {
            if let Some(key) = object.get("key").and_then(Value::as_str) {
                let args = object.get("args").and_then(Value::as_object);
                found(key, args.map(|args| args.keys().map(String::as_str).collect()));
            }
            object.values().for_each(|value| keys(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_gaps() {
    let (en, zh) = (words("en"), words("zh"));
    let only = |a: &Words, b: &Words| -> Vec<String> {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect()
    };
    assert_eq!((only(&en, &zh), only(&zh, &en)), (vec![], vec![]));
    for (key, sentence) in &en {
        assert_eq!(gaps(sentence), gaps(&zh[key]), "{key}");
        assert!(!sentence.trim().is_empty() && !zh[key].trim().is_empty(), "{key} is empty");
    }
}

#[test]
fn every_sentence_and_formula_of_every_frame_exists_with_its_gaps_filled() {
    let mut lacking = Lacking::new();
    every_frame(|frame| lacking.look(&frame));
    every_experiment(&mut |frame| lacking.look(&frame));
    assert!(lacking.missing.is_empty(), "{:#?}", lacking.missing);
}

#[test]
fn so_does_every_sentence_about_a_prediction() {
    let mut lacking = Lacking::new();
    for preset in presets::NAMES {
        let lab = Lab::new(Setup::preset(preset).unwrap(), StopSize::Number).unwrap();
        predictions(&lab, |say| lacking.look(&say));
    }
    other_predictions(|say| lacking.look(&say));
    for way in ["up", "down", "stays"] {
        for key in ["way", "yes", "no"] {
            assert!(lacking.words.contains_key(&format!("predict.{key}.{way}")));
        }
    }
    for key in ["right", "other", "other_sign_right", "either", "closed"] {
        assert!(lacking.words.contains_key(&format!("predict.{key}")));
    }
    assert!(lacking.missing.is_empty(), "{:#?}", lacking.missing);
}

/// What "Predict first" may say of a batch, and of the gradients that vanish.
fn other_predictions(mut look: impl FnMut(Value)) {
    let mut state = State::new().unwrap();
    apply(&mut state, json!({"do": "go", "place": "step-by-step"}));
    apply(&mut state, json!({"do": "preset", "name": "a"}));
    apply(&mut state, json!({"do": "batch", "size": 2}));
    predictions(&state.lab, &mut look);
    apply(&mut state, json!({"do": "batch", "size": 1}));
    apply(&mut state, json!({"do": "stop_size", "size": "pass"}));
    apply(&mut state, json!({"do": "alpha", "layer": 0, "value": 0.0}));
    apply(&mut state, json!({"do": "predict", "on": true}));
    while state.predict.asked().is_none() {
        apply(&mut state, json!({"do": "step"}));
    }
    let question = state.predict.asked().unwrap();
    look(json!([question.ask, question.solution]));
    for candidate in &question.candidates {
        look(json!(candidate.say.clone().num("given", Num::plain(candidate.value))));
    }
}

/// What "Predict first" may say of each number of `lab`.
fn predictions(lab: &Lab, mut look: impl FnMut(Value)) {
    for step in lab.trace().steps() {
        let Some(question) = predict::question(lab, step.slot) else {
            continue;
        };
        look(json!([question.ask, question.solution]));
        for candidate in question.candidates {
            look(json!(candidate.say.num("given", Num::plain(candidate.value))));
        }
    }
}

/// Sentences and formulas that are asked for and are not there.
struct Lacking {
    words: Words,
    formulas: BTreeSet<String>,
    missing: BTreeSet<String>,
}

impl Lacking {
    fn new() -> Lacking {
        let formulas = formula::all().into_iter().map(|(key, _)| key).collect();
        Lacking { words: words("en"), formulas, missing: BTreeSet::new() }
    }

    fn look(&mut self, frame: &Value) {
        let Lacking { words, formulas, missing } = self;
        keys(frame, &mut |key, args| match (args, words.get(key)) {
            (None, _) if formulas.contains(key) => {}
            (None, _) => {
                missing.insert(format!("formula {key}"));
            }
            (_, None) => {
                missing.insert(key.to_owned());
            }
            (Some(args), Some(sentence)) => {
                for gap in gaps(sentence).difference(&args) {
                    missing.insert(format!("{key}: {{{gap}}}"));
                }
            }
        });
    }
}

#[test]
fn every_key_of_a_formula_is_there_once() {
    let all = formula::all();
    let keys: BTreeSet<&String> = all.iter().map(|(key, _)| key).collect();
    assert_eq!(keys.len(), all.len());
}

/// Calls `look` with the frame of every card of "Experiments": before, while it runs, and with what
/// few seeds show, for each answer and each value of what is chosen.
fn every_experiment(look: &mut impl FnMut(Value)) {
    let mut state = State::new().unwrap();
    apply(&mut state, json!({"do": "go", "place": "experiments"}));
    let mut see = |state: &State| look(serde_json::to_value(view::frame(state, None)).unwrap());
    let change = |state: &mut State, change: Value| {
        apply(state, json!({"do": "experiments", "change": change}));
    };
    for name in experiment::ALL {
        change(&mut state, json!({"open": name}));
        change(&mut state, json!({"seeds": 1}));
        see(&state);
        change(&mut state, json!("start"));
        see(&state);
        let run = state.experiments.run();
        let mut job = experiment::Job::new(name, 1).unwrap();
        while !job.is_done() {
            job.advance(10_000).unwrap();
        }
        change(&mut state, json!({"report": {"run": run, "report": job.report()}}));
        let experiment = state.experiments.trial().experiment.clone();
        for answer in 0..experiment.answers {
            change(&mut state, json!({"expect": answer}));
            see(&state);
        }
        for (axis, values) in experiment.chosen().iter().enumerate() {
            for value in 0..values.tweaks.len() {
                change(&mut state, json!({"choose": {"axis": axis, "value": value}}));
                (0..experiment.width()).for_each(|look| {
                    change(&mut state, json!({"look": look}));
                    see(&state);
                });
            }
        }
    }
}

/// The keys that the page makes of an experiment's name by itself.
#[test]
fn every_experiment_has_its_words() {
    let en = words("en");
    for name in experiment::ALL {
        for key in ["name", "claim", "ask", "means", "not"] {
            let key = format!("experiments.{name}.{key}");
            assert!(en.contains_key(&key), "{key}");
        }
    }
}
