//! What is said of a broken link or file: in the reader's words, and of a stranger's no more than
//! a line.

use std::collections::BTreeMap;

use gradstep::app::State;
use gradstep::case::gradient_step;
use gradstep::error::Error;
use gradstep::lab::Lab;
use gradstep::train::{Setup, Train};
use gradstep::{link, view};
use serde_json::{Value, json};

/// The most of a stranger's text in one gap, with the sign that it goes on.
const MOST: usize = 61;

/// The keys of each chapter's links.
const KEYS: [(&str, &str, &[&str]); 12] = [
    ("start", "case=lap", &["case", "alpha", "eta", "at", "size", "show"]),
    ("step-by-step", "case=b", &["case", "alpha", "eta", "at", "size", "show"]),
    ("neuron", "", &["w", "b", "x", "hold", "g", "gate", "row", "last", "right", "wrong"]),
    ("neuron", "right=2", &["rows"]),
    ("network", "", &["net", "sizes", "part", "pass"]),
    ("network", "sizes=2-3-1", &["hidden", "output", "seed"]),
    ("why-nonlinear", "", &["layers", "weights", "merged", "entry", "set", "start", "epoch"]),
    ("why-nonlinear", "", &["shape", "heights", "units", "way", "corners", "moment", "at", "x"]),
    ("activations", "", &["curves", "alpha", "z"]),
    ("nudge", "", &["of", "start", "shift", "epsilon", "eta"]),
    ("broken", "", &["seed", "case", "answer", "layer", "size", "at", "show"]),
    ("train", "", &["set", "setup"]),
];

/// Experiments' keys differ from card to card; and a place can be wrong itself.
fn links() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let keys = KEYS.map(|(place, others, keys)| (place, others, keys.to_vec()));
    let cards = ["card", "seeds", "look"];
    keys.into_iter().chain([("experiments", "", cards.to_vec())]).collect()
}

/// What somebody may have put there; all but the last few make a mess of a page.
fn bad_values() -> Vec<String> {
    let short =
        ["2.5", "-1", "NaN", "1e999", "-inf", "1e300", "abc", "__proto__", "", "神经", "🦀"];
    let short = short.into_iter().chain(["99999999999999999999", "1,2,3,4", "9.9", "9,9", "9-9"]);
    let long = ["x".repeat(13_000), "9".repeat(13_000), "神".repeat(13_000), "1,".repeat(6_500)];
    let lines = "Your computer\nhas a virus.\r\nCall\t\u{202e}now\u{2028}\u{0}".to_owned();
    short.map(str::to_owned).chain(long).chain([lines.repeat(200), lines]).collect()
}

/// JSON with every value, and every key, in turn replaced by something bad.
fn spoilt(good: &Value) -> Vec<Value> {
    let mut all: Vec<Value> = bad_values().into_iter().map(Value::from).collect();
    all.extend([json!(null), json!(true), json!(2.5), json!(-1), json!(1e300), json!(u64::MAX)]);
    all.extend([json!([]), json!({}), json!([1, 2, 3, 4]), json!({"a": 1})]);
    match good {
        Value::Array(list) => {
            for (k, inner) in list.iter().enumerate() {
                let with = |value| {
                    let mut copy = list.clone();
                    copy[k] = value;
                    copy.into()
                };
                all.extend(spoilt(inner).into_iter().map(with));
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                let with = |value| {
                    let mut copy = map.clone();
                    copy.insert(key.clone(), value);
                    copy.into()
                };
                all.extend(spoilt(inner).into_iter().map(with));
                let mut without = map.clone();
                without.remove(key);
                all.push(without.into());
            }
            for name in bad_values() {
                let mut more = map.clone();
                more.insert(name, json!(1));
                all.push(more.into());
            }
        }
        _ => {}
    }
    all
}

fn case() -> Value {
    json!({
        "format": "gradstep/1",
        "layers": [
            {"weights": [[0.1, 0.4]], "biases": [0.2], "activation": "leaky_relu", "alpha": 0.1},
        ],
        "loss": "half_squared_error",
        "learning_rate": 0.1,
        "inputs": [[2, 3]],
        "targets": [[1]],
        "page": {
            "samples": {"inputs": [[2, 3]], "targets": [[1]]},
            "batch": 1, "position": [0, 0], "granularity": "unit", "seed": 7,
        },
    })
}

fn setup() -> Value {
    let mut written = serde_json::to_value(Setup::usual(gradstep::data::Set::Circle).written());
    let written = written.as_mut().expect("a setup");
    written["batch"] = json!(1);
    written["points"] = json!([[1, 2, 0], [2, 1, 1], [0, 0, 1]]);
    written["hidden"] = json!([{"units": 2, "activation": "leaky_relu", "alpha": 0.1}]);
    written["optimizer"] = json!({"adam": {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}});
    written["regularization"] = json!({"l2": {"rate": 0.01}});
    written.take()
}

/// JSON that only text can spoil.
fn broken_text(good: &Value) -> Vec<String> {
    let text = good.to_string();
    let repeated = text.replacen('{', "{\"format\":\"gradstep/1\",\"seed\":7,", 1);
    let mut all = vec![repeated, text.replacen("0.1", "1e999", 1), "[".repeat(10_000)];
    all.extend((0..text.len()).step_by(7).map(|end| text[..end].to_owned()));
    all
}

fn texts(good: &Value) -> impl Iterator<Item = String> + use<> {
    spoilt(good).into_iter().map(|value| value.to_string()).chain(broken_text(good))
}

/// A file as a link and as an import.
fn refusals_of_files() -> Vec<(String, Error)> {
    let mut all = vec![];
    for text in texts(&case()) {
        all.extend(Lab::import(&text).err().map(|error| (text, error)));
    }
    for text in texts(&setup()) {
        let read = Setup::read(&text).and_then(Train::new);
        all.extend(read.err().map(|error| (text, error)));
    }
    let change = |change: Value| json!({"do": "train", "change": change}).to_string();
    let mut actions: Vec<String> = bad_values()
        .into_iter()
        .flat_map(|text| {
            let rows = format!("1,2,0\n{text},1,{text}");
            [change(json!({"csv": rows})), json!({"do": "import", "text": text}).to_string()]
        })
        .collect();
    actions.extend([change(json!({"csv": ""})), change(json!({"csv": "9,9,9"}))]);
    let mut state = State::new().expect("a state");
    for action in actions {
        all.extend(state.apply_json(&action).err().map(|error| (action, error)));
    }
    all
}

fn refusals_of_links() -> Vec<(String, Error)> {
    let mut all = vec![];
    for bad in bad_values() {
        all.extend(link::read(&bad).err().map(|error| (bad.clone(), error)));
        for (place, others, keys) in links() {
            for key in keys {
                let address = format!("{place}&{others}&{key}={bad}");
                all.extend(link::read(&address).err().map(|error| (address, error)));
            }
        }
    }
    all
}

type Words = BTreeMap<String, String>;

fn words(language: &str) -> Words {
    let path = format!("{}/www/words/{language}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("words")).expect("words")
}

/// The sentence as the page makes it; an error names what is wrong with it.
fn said(say: &Value, words: &Words) -> Result<String, String> {
    let key = say["key"].as_str().ok_or("no key")?;
    let mut sentence = words.get(key).ok_or_else(|| format!("no {key}"))?.clone();
    for (name, arg) in say["args"].as_object().into_iter().flatten() {
        let text = match (arg["text"].as_str(), &arg["say"]) {
            (Some(text), _) => one_line(name, text)?.to_owned(),
            (None, inner) => said(inner, words)?,
        };
        sentence = sentence.replace(&format!("{{{name}}}"), &text);
    }
    match sentence.contains('{') && !say.to_string().contains('{') {
        true => Err(format!("a gap in {sentence}")),
        false => Ok(sentence),
    }
}

fn one_line<'t>(name: &str, text: &'t str) -> Result<&'t str, String> {
    let strange = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}');
    if text.contains(strange) {
        return Err(format!("{name} is more than a line: {text:?}"));
    }
    // All names that may stand there are a list of our own.
    match name == "known" || text.chars().count() <= MOST {
        true => Ok(text),
        false => Err(format!("{name} has {} characters", text.chars().count())),
    }
}

/// What only a programmer can know.
const RUST: [&str; 16] = [
    "u64",
    "u32",
    "usize",
    "f64",
    "i64",
    "floating point",
    "expected",
    "invalid",
    "sequence",
    "struct",
    "variant",
    "duplicate field",
    "tuple",
    "integer",
    "string",
    "boolean",
];

fn jargon(sentence: &str) -> Option<&'static str> {
    RUST.into_iter().find(|word| sentence.contains(word))
}

fn check(refusals: Vec<(String, Error)>) {
    let languages = [words("en"), words("zh")];
    let mut wrong = BTreeMap::new();
    for (given, error) in refusals {
        let mut fault = |what: String| {
            let short: String = given.chars().take(80).collect();
            wrong.entry(what).or_insert(short);
        };
        let say = serde_json::to_value(view::refusal(error.clone())).expect("JSON");
        for words in &languages {
            match said(&say, words) {
                Ok(sentence) if jargon(&sentence).is_some() => fault(sentence),
                Ok(_) => {}
                Err(what) => fault(what),
            }
        }
        let english = error.to_string();
        match jargon(&english) {
            Some(_) => fault(english),
            None if english.chars().count() > 400 => fault(english.chars().take(200).collect()),
            None => {}
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), wrong.iter().take(25).collect::<Vec<_>>());
}

#[test]
fn a_broken_link_is_refused_in_a_line_of_the_readers_words() {
    let refusals = refusals_of_links();
    assert!(refusals.len() > 800, "{}", refusals.len());
    check(refusals);
}

#[test]
fn so_is_a_broken_file() {
    let refusals = refusals_of_files();
    assert!(refusals.len() > 2000, "{}", refusals.len());
    check(refusals);
}

#[test]
fn the_module_for_programs_says_no_more_of_a_strangers_text() {
    for text in texts(&case()) {
        let Err(error) = gradient_step(&text) else { continue };
        let error = error.to_string();
        assert!(jargon(&error).is_none(), "{error}");
        assert!(error.chars().count() <= 400 && !error.contains('\n'), "{error}");
    }
}

/// What is not so must not be said: each of these is something else than its message said.
#[test]
fn what_is_asked_for_is_what_is_missing() {
    for (address, said) in [
        ("experiments&seeds=NaN", "seeds: NaN is not a whole number from 0 up"),
        ("experiments&seeds=2.5", "seeds: 2.5 is not a whole number from 0 up"),
        ("experiments&seeds=", "seeds:  is not a whole number from 0 up"),
        ("broken&seed=99999999999999999999", "seed: 99999999999999999999 is not small enough"),
        ("nudge&epsilon=0.05", "epsilon: \"0.05\" is not one of 0.1, 0.01, 0.001, 0.0001"),
        ("neuron&w=1,2,3", "w: a list of 3, but a list of 2 is needed"),
        ("why-nonlinear&x=1", "x: a list of 1, but a list of 2 is needed"),
        ("activations&alpha=-inf", "alpha: -inf is not a finite number"),
        ("neuron&b=1e999", "b: 1e999 is not a finite number"),
        ("neuron&b=1e300", "bias: 1e300 is not from −1000 to 1000"),
    ] {
        assert_eq!(link::read(address).expect_err("broken").to_string(), said);
    }
}

#[test]
fn a_value_of_another_kind_is_called_what_it_is() {
    let mut case = case();
    case.as_object_mut().expect("a case").remove("page");
    for (pointer, value, said) in [
        ("/learning_rate", json!("0.1"), "learning_rate: the text \"0.1\", but a number is needed"),
        ("/learning_rate", json!(null), "learning_rate: null, but a number is needed"),
        ("/layers", json!(2.5), "layers: the number 2.5, but a list is needed"),
        ("/layers/0", json!([1, 2]), "layers[0]: a list of 2, but an object is needed"),
        ("/loss", json!({}), "loss: an object, but a text is needed"),
        ("/inputs/0/0", json!(true), "inputs[0][0]: true, but a number is needed"),
    ] {
        let mut broken = case.clone();
        *broken.pointer_mut(pointer).expect("a value") = value;
        let error = gradient_step(&broken.to_string()).expect_err("broken");
        assert_eq!(error.to_string(), said);
    }
    let enormous = case.to_string().replacen("0.1", "1e999", 1);
    let error = gradient_step(&enormous).expect_err("broken");
    assert_eq!(
        error.to_string(),
        "layers[0].alpha: a number beyond 1.8·10³⁰⁸, the largest there is"
    );
    let mut setup = setup();
    for (key, value, said) in [
        ("size", json!(2.5), "size: the number 2.5, but a whole number from 0 up is needed"),
        ("size", json!(-1), "size: the number -1, but a whole number from 0 up is needed"),
        ("points", json!([[1, 2]]), "points[0]: a list of 2, but a list of 3 is needed"),
        ("optimizer", json!("x\ny"), "optimizer: \"x y\" is not one of sgd, momentum, adam"),
    ] {
        let good = std::mem::replace(&mut setup[key], value);
        let error = Setup::read(&setup.to_string()).expect_err("broken").to_string();
        assert_eq!(error, said);
        setup[key] = good;
    }
    assert!(Train::new(Setup::read(&setup.to_string()).expect("good")).is_ok());
}
