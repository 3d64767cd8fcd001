//! Broken and hostile cases: each is refused with the place of what is wrong, none panics.

use gradstep::case::gradient_step;
use serde_json::{Value, json};

/// 2-2-1, all in order.
fn good() -> Value {
    json!({
        "format": "gradstep/1",
        "layers": [
            {"weights": [[0.1, 0.4], [-0.9, -0.5]], "biases": [0.2, 0.3],
             "activation": "leaky_relu", "alpha": 0.1},
            {"weights": [[-0.6, 0.8]], "biases": [0.7], "activation": "sigmoid"},
        ],
        "loss": "binary_cross_entropy",
        "learning_rate": 0.1,
        "inputs": [[2, 3], [-2, 1]],
        "targets": [[1], [0]],
    })
}

/// 2-2 with softmax, all in order.
fn softmax() -> Value {
    json!({
        "format": "gradstep/1",
        "layers": [{"weights": [[1, 2], [3, 4]], "biases": [0, 0], "activation": "softmax"}],
        "loss": "softmax_cross_entropy",
        "learning_rate": 0.1,
        "inputs": [[1, 2]],
        "targets": [[0.25, 0.75]],
    })
}

/// `case` with `value` at `pointer`, where a value or a list's next entry may stand.
fn with(mut case: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match case.pointer_mut(parent).expect("a parent") {
        Value::Array(list) => match key.parse::<usize>().expect("an index") {
            k if k < list.len() => list[k] = value,
            _ => list.push(value),
        },
        parent => parent[key] = value,
    }
    case
}

/// `good` with `value` at `pointer`.
fn bad(pointer: &str, value: Value) -> String {
    with(good(), pointer, value).to_string()
}

/// `good` without what is at `pointer`.
fn without(pointer: &str) -> String {
    let mut case = good();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = case.pointer_mut(parent).and_then(Value::as_object_mut).expect("a parent");
    parent.remove(key).expect("a key");
    case.to_string()
}

/// `good` as text with `old`, which must occur, replaced by `new`.
fn edited(old: &str, new: &str) -> String {
    let text = good().to_string();
    assert!(text.contains(old), "{old} is not in {text}");
    text.replacen(old, new, 1)
}

/// What is handed in, and what the message must contain.
fn broken() -> Vec<(String, &'static str)> {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    let keys = |n: usize| format!("{}1{}", r#"{"layers":"#.repeat(n), "}".repeat(n));
    let text = good().to_string();
    let wide = |n: usize| Value::from(vec![0.5; n]);
    let mut table = vec![
        // Not this JSON at all.
        (String::new(), "JSON"),
        (" \n\t".into(), "JSON"),
        ("gradstep".into(), "JSON"),
        ("null".into(), "JSON"),
        ("true".into(), "JSON"),
        ("0".into(), "JSON"),
        ("\"gradstep/1\"".into(), "JSON"),
        ("[]".into(), "JSON"),
        ("{}".into(), "format"),
        ("NaN".into(), "JSON"),
        ("\0".into(), "JSON"),
        (format!("\u{feff}\u{feff}{text}"), "JSON"),
        (format!("{text},"), "JSON"),
        (format!("{text}{text}"), "JSON"),
        (format!("/* a */{text}"), "JSON"),
        (edited("0.8", &deep(100)), "layers[1].weights[0][1]"),
        (edited("0.8", &deep(100_000)), "layers[1].weights[0][1]"),
        (keys(100), "layers"),
        (keys(100_000), "layers"),
        // Keys.
        (without("/format"), "format"),
        (without("/layers"), "layers"),
        (without("/loss"), "loss"),
        (without("/learning_rate"), "learning_rate"),
        (without("/inputs"), "inputs"),
        (without("/targets"), "targets"),
        (without("/layers/1/weights"), "layers[1]: `weights` is missing"),
        (without("/layers/0/biases"), "layers[0]: `biases` is missing"),
        (without("/layers/0/activation"), "layers[0]: `activation` is missing"),
        (bad("/optimizer", json!("adam")), "optimizer"),
        (bad("/Format", json!("gradstep/1")), "Format"),
        (bad("/__proto__", json!({})), "__proto__"),
        (bad("/constructor", json!({})), "constructor"),
        (bad("/toString", json!(1)), "toString"),
        (bad("/", json!(1)), "`` is unknown here"),
        (bad("/layers/1/bias", json!([1])), "layers[1].bias"),
        (bad("/layers/0/__proto__", json!({"alpha": 1})), "layers[0].__proto__"),
        (bad("/layers/1/dropout", json!(0.5)), "layers[1].dropout"),
        (edited("\"loss\":", "\"loss\":\"half_squared_error\",\"loss\":"), "`loss` is there twice"),
        (edited("\"biases\":", "\"biases\":[1,2],\"biases\":"), "layers[0]"),
        // Names.
        (bad("/format", json!("gradstep/2")), "format: \"gradstep/2\""),
        (bad("/format", json!("")), "format: \"\""),
        (bad("/format", json!(1)), "format"),
        (edited("gradstep/1", "\\ud800"), "format"),
        (bad("/layers/0/activation", json!("swish")), "layers[0].activation: \"swish\""),
        (bad("/layers/0/activation", json!("ReLU")), "layers[0].activation: \"ReLU\""),
        (bad("/layers/0/activation", json!("")), "layers[0].activation: \"\""),
        (bad("/layers/0/activation", json!("__proto__")), "layers[0].activation"),
        (bad("/layers/0/activation", json!("constructor")), "layers[0].activation"),
        (bad("/layers/0/activation", json!({"tanh": 1})), "layers[0].activation"),
        (bad("/layers/0/activation", json!(null)), "layers[0].activation"),
        (bad("/layers/0/activation", json!("x".repeat(1_000_000))), "layers[0].activation"),
        (bad("/loss", json!("mse")), "loss: \"mse\""),
        (bad("/loss", json!("constructor")), "loss: \"constructor\""),
        (bad("/loss", json!(null)), "loss"),
        // Numbers.
        (bad("/layers/1/weights/0/1", json!("0.8")), "layers[1].weights[0][1]"),
        (bad("/layers/1/weights/0/1", json!(null)), "layers[1].weights[0][1]"),
        (bad("/layers/1/weights/0/1", json!(true)), "layers[1].weights[0][1]"),
        (bad("/layers/1/weights/0/1", json!([0.8])), "layers[1].weights[0][1]"),
        (bad("/layers/1/weights/0/1", json!("nan")), "layers[1].weights[0][1]"),
        (bad("/layers/1/weights/0/1", json!("inf")), "layers[1].weights[0][1]"),
        (edited("0.8", "1e999"), "layers[1].weights[0][1]"),
        (edited("0.8", "-1e999"), "layers[1].weights[0][1]"),
        (edited("0.8", &"9".repeat(400)), "layers[1].weights[0][1]"),
        (edited("0.8", "NaN"), "layers[1].weights[0][1]"),
        (edited("0.8", "Infinity"), "layers[1].weights[0][1]"),
        (edited("0.8", "0x10"), "layers[1].weights[0]"),
        (edited("0.8", "0,8"), "layers[1].weights[0]: 3 numbers, but layer 0 has 2 units"),
        (edited("0.8", ".8"), "layers[1].weights[0][1]"),
        (edited("0.8", "+0.8"), "layers[1].weights[0][1]"),
        (edited("0.8", "1e"), "layers[1].weights[0][1]"),
        (edited("0.8", ""), "layers[1].weights[0]"),
        (edited("0.8", "0.8,"), "layers[1].weights[0]"),
        (bad("/layers/0/biases/1", json!("0.3")), "layers[0].biases[1]"),
        (bad("/layers/0/biases", json!(0.3)), "layers[0].biases"),
        (bad("/layers/0/biases", json!({"0": 1, "1": 2})), "layers[0].biases"),
        (bad("/inputs/1/0", json!("-inf")), "inputs[1][0]"),
        (bad("/inputs/1/0", json!(null)), "inputs[1][0]"),
        (bad("/inputs/1", json!(2)), "inputs[1]"),
        (bad("/inputs", json!("2 3")), "inputs"),
        (bad("/targets/0/0", json!({})), "targets[0][0]"),
        (bad("/learning_rate", json!("abc")), "learning_rate"),
        (bad("/learning_rate", json!(null)), "learning_rate"),
        (bad("/learning_rate", json!([0.1])), "learning_rate"),
        (edited("\"learning_rate\":0.1", "\"learning_rate\":1e999"), "learning_rate"),
        // α.
        (bad("/layers/0/alpha", json!("0.1")), "layers[0].alpha"),
        (bad("/layers/0/alpha", json!("nan")), "layers[0].alpha"),
        (bad("/layers/0/alpha", json!([0.1, 0.2])), "layers[0].alpha"),
        (edited("\"alpha\":0.1", "\"alpha\":1e400"), "layers[0].alpha"),
        (bad("/layers/1/alpha", json!(0.1)), "layers[1].alpha: sigmoid has no alpha"),
        (bad("/layers/0/activation", json!("relu")), "layers[0].alpha: relu has no alpha"),
        (with(softmax(), "/layers/0/alpha", json!(1)).to_string(), "layers[0].alpha: softmax"),
        // Shapes.
        (bad("/layers", json!([])), "layers: empty"),
        (bad("/layers", json!({})), "layers"),
        (bad("/layers/0", json!([])), "layers[0]"),
        (bad("/layers/0", json!(null)), "layers[0]"),
        (bad("/layers/0/weights", json!([])), "layers[0].weights: empty"),
        (bad("/layers/0/weights", json!([[], []])), "layers[0].weights[0]: empty"),
        (bad("/layers/0/weights/1", json!([])), "layers[0].weights[1]"),
        (bad("/layers/0/weights/1", json!([1])), "layers[0].weights[1]"),
        (bad("/layers/0/weights/1", json!([1, 2, 3])), "layers[0].weights[1]"),
        (bad("/layers/0/weights/2", json!([1, 2])), "layers[0].biases"),
        (bad("/layers/1/weights", json!([-0.6, 0.8])), "layers[1].weights[0]"),
        (bad("/layers/1/weights/0", json!([1])), "layers[1].weights[0]: 1 numbers, but layer 0"),
        (bad("/layers/1/weights/0", json!([])), "layers[1].weights[0]"),
        (bad("/layers/0/biases", json!([])), "layers[0].biases"),
        (bad("/layers/0/biases", json!([1])), "layers[0].biases"),
        (bad("/layers/0/biases", json!([1, 2, 3])), "layers[0].biases"),
        (bad("/layers/2", good()["layers"][0].clone()), "layers[2].weights[0]: 2 numbers"),
        // Samples.
        (bad("/inputs", json!([])), "inputs: empty"),
        (with(with(good(), "/inputs", json!([])), "/targets", json!([])).to_string(), "inputs"),
        (bad("/inputs", json!([[], []])), "inputs[0]"),
        (bad("/inputs/1", json!([1])), "inputs[1]"),
        (bad("/inputs/1", json!([1, 2, 3])), "inputs[1]"),
        (bad("/inputs/2", json!([1, 2])), "targets: 2 entries"),
        (bad("/targets", json!([])), "targets: 0 entries"),
        (bad("/targets", json!([[1]])), "targets: 1 entries"),
        (bad("/targets", json!([[1], [0], [1]])), "targets: 3 entries"),
        (bad("/targets/1", json!([])), "targets[1]"),
        (bad("/targets/1", json!([0, 1])), "targets[1]"),
        // Losses and what they ask for.
        (bad("/targets/1/0", json!(1.0000001)), "targets[1][0]"),
        (bad("/targets/1/0", json!(-1e-9)), "targets[1][0]"),
        (bad("/layers/1/activation", json!("tanh")), "layers[1].activation: tanh"),
        (bad("/layers/1/activation", json!("identity")), "layers[1].activation"),
        (bad("/layers/1/activation", json!("softmax")), "layers[1].activation"),
        (bad("/loss", json!("softmax_cross_entropy")), "layers[1].activation: sigmoid"),
        (with(softmax(), "/loss", json!("half_squared_error")).to_string(), "layers[0].activation"),
        (
            with(softmax(), "/loss", json!("binary_cross_entropy")).to_string(),
            "layers[0].activation",
        ),
        (with(softmax(), "/targets/0", json!([0.25, 0.7])).to_string(), "targets[0]"),
        (with(softmax(), "/targets/0", json!([0, 0])).to_string(), "targets[0]"),
        (with(softmax(), "/targets/0", json!([1, 1])).to_string(), "targets[0]"),
        (with(softmax(), "/targets/0", json!([1.5, -0.5])).to_string(), "targets[0][0]"),
        // Too much.
        (bad("/inputs/0", wide(1_000_000)), "inputs[0]"),
        (bad("/targets/0", wide(1_000_000)), "targets[0]"),
        (bad("/layers/0/weights/0", wide(1_000_000)), "layers[0].weights"),
        (bad("/layers/0/biases", wide(1_000_000)), "layers[0].biases"),
    ];
    let mut hidden = good();
    hidden["layers"][0] = softmax()["layers"][0].clone();
    table.push((hidden.to_string(), "layers[0].activation: softmax"));
    // Too large a trace, although all fits: many samples; a wide layer; many layers.
    let mut many = good();
    many["inputs"] = vec![json!([1, 2]); 50_000].into();
    many["targets"] = vec![json!([1]); 50_000].into();
    table.push((many.to_string(), "at most 200000"));
    let mut broad = good();
    broad["layers"][0]["weights"] = vec![wide(2); 20_000].into();
    broad["layers"][0]["biases"] = wide(20_000);
    broad["layers"][1]["weights"][0] = wide(20_000);
    table.push((broad.to_string(), "at most 200000"));
    let mut tall = good();
    let one = tall["layers"][0].clone();
    let last = tall["layers"][1].clone();
    tall["layers"] = vec![one; 20_000].into();
    table.push((with(tall, "/layers/20000", last).to_string(), "at most 200000"));
    table
}

/// Runs `check`, and tells a panic from its result.
fn caught<T>(check: impl FnOnce() -> T + std::panic::UnwindSafe) -> Result<T, &'static str> {
    std::panic::catch_unwind(check).map_err(|_| "panicked")
}

fn short(text: &str) -> String {
    text.chars().take(300).collect()
}

#[test]
fn every_broken_case_is_refused_with_its_place() {
    assert!(gradient_step(&good().to_string()).is_ok());
    assert!(gradient_step(&softmax().to_string()).is_ok());
    let table = broken();
    assert!(table.len() >= 40);
    let mut wrong = Vec::new();
    for (text, place) in &table {
        match caught(|| gradient_step(text)) {
            Ok(Err(error)) if error.to_string().contains(place) => {}
            Ok(Err(error)) => wrong.push(format!("no {place} in: {error}\n    {}", short(text))),
            Ok(Ok(_)) => wrong.push(format!("accepted, though {place}:\n    {}", short(text))),
            Err(panicked) => wrong.push(format!("{panicked} ({place}):\n    {}", short(text))),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn a_row_too_long_is_named_as_the_contract_says() {
    let error = gradient_step(&bad("/layers/1/weights/0", json!([1, 2, 3]))).expect_err("too long");
    assert_eq!(error.to_string(), "layers[1].weights[0]: 3 numbers, but layer 0 has 2 units");
}

#[test]
fn a_case_cut_off_anywhere_is_refused() {
    for text in [good().to_string(), softmax().to_string()] {
        for end in 0..text.len() {
            let cut = &text[..end];
            let result = caught(|| gradient_step(cut));
            assert!(matches!(result, Ok(Err(_))), "{cut}");
        }
    }
}

/// Any byte replaced by any of these: accepted or refused, but with numbers or a message.
#[test]
fn a_case_with_any_one_character_changed_never_panics() {
    let text = good().to_string();
    for at in 0..text.len() {
        for c in ["", "0", "9", "-", "e", ".", ",", "[", "]", "{", "}", "\"", "\\", "é", "\u{0}"] {
            let changed = format!("{}{c}{}", &text[..at], &text[at + 1..]);
            match caught(|| gradient_step(&changed)) {
                Ok(Ok(result)) => assert!(result.starts_with('{')),
                Ok(Err(error)) => assert!(!error.to_string().is_empty()),
                Err(panicked) => panic!("{panicked}: {changed}"),
            }
        }
    }
}

/// `good` with every value in turn, at any depth, replaced by `value`.
fn everywhere(case: &Value, value: &Value) -> Vec<Value> {
    let mut all = vec![value.clone()];
    match case {
        Value::Array(list) => {
            for (k, inner) in list.iter().enumerate() {
                for changed in everywhere(inner, value) {
                    let mut copy = list.clone();
                    copy[k] = changed;
                    all.push(copy.into());
                }
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                for changed in everywhere(inner, value) {
                    let mut copy = map.clone();
                    copy.insert(key.clone(), changed);
                    all.push(copy.into());
                }
            }
        }
        _ => {}
    }
    all
}

#[test]
fn no_value_can_be_replaced_by_one_of_another_kind() {
    let foreign = [json!(null), json!(true), json!({}), json!("inf"), json!([[[[]]]])];
    let mut accepted = Vec::new();
    for case in [good(), softmax()] {
        for value in &foreign {
            for changed in everywhere(&case, value) {
                let text = changed.to_string();
                match caught(|| gradient_step(&text)) {
                    Ok(Err(_)) => {}
                    Ok(Ok(_)) => accepted.push(text),
                    Err(panicked) => panic!("{panicked}: {text}"),
                }
            }
        }
    }
    assert!(accepted.is_empty(), "accepted:\n{}", accepted.join("\n"));
}

/// Finite but enormous: the result says inf or nan where it overflows, and stays JSON.
#[test]
fn enormous_numbers_give_a_result_all_the_same() {
    for size in [1e308, -1e308, 1.7976931348623157e308, 5e-324, -0.0] {
        let mut softmax_too = softmax();
        for case in [&mut good(), &mut softmax_too] {
            for changed in everywhere(case, &json!(size)) {
                let text = changed.to_string();
                if let Ok(result) = caught(|| gradient_step(&text)).expect("no panic") {
                    let result: Value = serde_json::from_str(&result).expect("JSON");
                    assert!(result["loss"].is_number() || result["loss"].is_string(), "{text}");
                }
            }
        }
    }
}

#[test]
fn what_only_looks_broken_is_accepted() {
    let fine = [
        // The order of keys, space and escapes don't matter.
        format!("\n\t {} \r\n", good()),
        edited("leaky_relu", "leaky\\u005frelu"),
        edited("0.8", "8E-1"),
        edited("0.8", "0.80000000000000000000000000000000000000000000000001"),
        edited("0.8", "1e-999"),
        edited("0.8", "-0"),
        bad("/targets/1/0", json!(0.5)),
        bad("/learning_rate", json!(0)),
        bad("/learning_rate", json!(-1)),
        bad("/layers/0/alpha", json!(-3)),
        without("/layers/0/alpha"),
        // Thirds don't quite sum to 1.
        with(softmax(), "/targets/0", json!([0.1 + 0.2, 0.7])).to_string(),
    ];
    for text in &fine {
        let result = gradient_step(text);
        assert!(result.is_ok(), "{result:?}: {text}");
    }
}

#[test]
fn the_pages_part_changes_nothing() {
    let page = json!({
        "samples": {"inputs": [[2, 3], [-2, 1]], "targets": [[1], [0]]},
        "batch": 2, "position": [0, 0], "granularity": "unit", "seed": 7,
    });
    assert_eq!(gradient_step(&bad("/page", page)), gradient_step(&good().to_string()));
}

#[test]
fn null_is_no_alpha() {
    for l in [0, 1] {
        let error = gradient_step(&bad(&format!("/layers/{l}/alpha"), json!(null)));
        let error = error.expect_err("null is no number").to_string();
        assert!(error.contains(&format!("layers[{l}].alpha")), "{error}");
    }
}

/// An object is read by its keys only: a list could hold its values in any order.
#[test]
fn a_list_of_an_objects_values_is_not_the_object() {
    let case = good();
    let keys = ["format", "layers", "loss", "learning_rate", "inputs", "targets"];
    let values = Value::from(keys.map(|key| case[key].clone()).to_vec());
    let error = gradient_step(&values.to_string()).expect_err("a list is no case").to_string();
    assert!(error.starts_with("JSON"), "{error}");

    let keys = ["weights", "biases", "activation", "alpha"];
    let layer = Value::from(keys.map(|key| case["layers"][0][key].clone()).to_vec());
    let error = gradient_step(&bad("/layers/0", layer)).expect_err("a list is no layer");
    assert!(error.to_string().starts_with("layers[0]: "), "{error}");

    // Brackets all the way down are no case either, however many.
    for n in [1, 100, 100_000] {
        let deep = format!("{}{}", "[".repeat(n), "]".repeat(n));
        let error = gradient_step(&deep).expect_err("no case").to_string();
        assert!(error.starts_with("JSON"), "{error}");
    }
}

#[test]
fn a_place_never_has_a_question_mark() {
    let single = good().to_string().replace('"', "'");
    for text in ["{", "{\"a\\", &single, &edited("\"biases\":", "biases:")] {
        let error = gradient_step(text).expect_err("broken").to_string();
        let place = error.split(": ").next().expect("a place");
        assert!(!place.contains('?') && !place.is_empty(), "{error}");
    }
}
