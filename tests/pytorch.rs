//! Every number against PyTorch's. The fixtures are written by `tests/fixtures/generate.py`.

use gradstep::activation::{Activation, activation};
use gradstep::case::gradient_step;
use gradstep::name::Named;
use serde_json::Value;

/// How far a number may be off, relative to max(1, what it is measured by).
const TOLERANCE: f64 = 1e-12;

fn fixture(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("the fixture is a JSON array")
}

fn activations() -> Vec<Value> {
    fixture(include_str!("fixtures/activations.json"))
}

fn networks() -> Vec<Value> {
    fixture(include_str!("fixtures/networks.json"))
}

/// A number of a fixture or a result: infinities and NaN are strings.
fn number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("inf") => Some(f64::INFINITY),
        Some("-inf") => Some(f64::NEG_INFINITY),
        Some("nan") => Some(f64::NAN),
        Some(_) => None,
        None => value.as_f64(),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|v| number(v).expect("a number")).collect()
}

/// max(1, |v| for each finite v).
fn scale(values: impl Iterator<Item = f64>) -> f64 {
    values
        .filter(|v| v.is_finite())
        .map(f64::abs)
        .fold(1.0, |most, v| if v > most { v } else { most })
}

/// |ours − theirs| in units of `scale`; infinite where only one is finite, or the signs differ.
fn distance(ours: f64, theirs: f64, scale: f64) -> f64 {
    if ours == theirs || ours.is_nan() && theirs.is_nan() {
        0.0
    } else if ours.is_finite() && theirs.is_finite() {
        (ours - theirs).abs() / scale
    } else {
        f64::INFINITY
    }
}

/// The numbers in a nested list, each with its index.
fn flat(place: &str, value: &Value, into: &mut Vec<(String, f64)>) {
    match value.as_array() {
        Some(list) => {
            for (k, inner) in list.iter().enumerate() {
                flat(&format!("{place}[{k}]"), inner, into);
            }
        }
        None => {
            let v = number(value).unwrap_or_else(|| panic!("{place}: {value} is no number"));
            into.push((place.to_owned(), v));
        }
    }
}

/// Compares two arrays, and returns the largest distance seen.
fn compare(
    network: &str,
    array: &str,
    ours: &Value,
    theirs: &Value,
    wrong: &mut Vec<String>,
) -> f64 {
    let (mut found, mut wanted) = (Vec::new(), Vec::new());
    flat(array, ours, &mut found);
    flat(array, theirs, &mut wanted);
    let places = |list: &[(String, f64)]| list.iter().map(|(p, _)| p.clone()).collect::<Vec<_>>();
    if places(&found) != places(&wanted) {
        wrong.push(format!("{network}: {array} is {ours}, PyTorch's is {theirs}"));
        return f64::INFINITY;
    }
    let scale = scale(wanted.iter().map(|(_, v)| *v));
    let mut worst = 0.0;
    for ((place, ours), (_, theirs)) in found.iter().zip(&wanted) {
        let off = distance(*ours, *theirs, scale);
        if off > TOLERANCE {
            wrong.push(format!("{network}: {place} is {ours:e}, PyTorch's is {theirs:e}"));
        }
        if off > worst {
            worst = off;
        }
    }
    worst
}

fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

/// The arrays of one layer, or of the whole result, side by side.
fn arrays(expected: &Value) -> Vec<String> {
    let layers = expected["z"].as_array().expect("z has layers").len();
    let by_layer = ["z", "a", "dz", "dw", "db"];
    let mut pointers = vec!["/loss".to_owned()];
    for l in 0..layers {
        pointers.extend(by_layer.map(|key| format!("/{key}/{l}")));
        pointers.extend(["weights", "biases"].map(|key| format!("/next/layers/{l}/{key}")));
        if !expected["dalpha"][l].is_null() {
            pointers.push(format!("/dalpha/{l}"));
            pointers.push(format!("/next/layers/{l}/alpha"));
        }
    }
    pointers
}

fn stepped(entry: &Value) -> Result<Value, String> {
    let result = gradient_step(&entry["case"].to_string()).map_err(|error| error.to_string())?;
    serde_json::from_str(&result).map_err(|error| error.to_string())
}

#[test]
fn every_network_agrees_with_pytorch() {
    let (mut wrong, mut worst) = (Vec::new(), (0.0, String::new()));
    let entries = networks();
    assert!(entries.len() >= 30, "only {} networks", entries.len());
    for entry in &entries {
        let name = entry["name"].as_str().expect("a name");
        let ours = match stepped(entry) {
            Ok(ours) => ours,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let theirs = &entry["expected"];
        for array in arrays(theirs) {
            let pair = (ours.pointer(&array), theirs.pointer(&array));
            let (Some(a), Some(b)) = pair else {
                wrong.push(format!("{name}: no {array}"));
                continue;
            };
            let off = compare(name, &array, a, b, &mut wrong);
            if off > worst.0 {
                worst = (off, format!("{name}, {array}"));
            }
        }
    }
    println!("{} networks, worst {:e} in {}", entries.len(), worst.0, worst.1);
    none_wrong(&wrong);
}

#[test]
fn every_list_has_as_many_layers_samples_and_units_as_the_case() {
    for entry in networks() {
        let (name, expected) = (&entry["name"], &entry["expected"]);
        let ours = stepped(&entry).expect("a valid case");
        for key in ["z", "a", "dz", "dw", "db"] {
            let lengths = |v: &Value| v[key].as_array().map(Vec::len);
            assert_eq!(lengths(&ours), lengths(expected), "{name}: {key}");
        }
        let layers = |v: &Value| v["next"]["layers"].as_array().map(Vec::len);
        assert_eq!(layers(&ours), layers(expected), "{name}: next.layers");
    }
}

#[test]
fn only_prelu_learns_its_alpha() {
    for entry in networks() {
        let ours = stepped(&entry).expect("a valid case");
        let layers = entry["case"]["layers"].as_array().expect("layers");
        for (l, layer) in layers.iter().enumerate() {
            let place = format!("{}: layer {l}", entry["name"]);
            let g = layer["activation"].as_str().expect("a name");
            let next = &ours["next"]["layers"][l];
            assert_eq!(next["activation"], layer["activation"], "{place}");
            assert_eq!(ours["dalpha"][l].is_number(), g == "prelu", "{place}");
            if g != "prelu" {
                let usual = Activation::named("g", g).ok().and_then(Activation::alpha);
                let kept = layer.get("alpha").map_or(usual, Value::as_f64);
                let found = next.get("alpha").map_or(usual, Value::as_f64);
                assert_eq!(found, kept, "{place}");
            }
        }
    }
}

#[test]
fn the_updated_layers_are_a_case_again() {
    for entry in networks() {
        if entry["name"].as_str().expect("a name").starts_with("overflow") {
            continue;
        }
        let mut case = entry["case"].clone();
        case["layers"] = stepped(&entry).expect("a valid case")["next"]["layers"].take();
        let again = gradient_step(&case.to_string());
        assert!(again.is_ok(), "{}: {again:?}", entry["name"]);
    }
}

#[test]
fn infinities_and_nan_come_out_as_strings() {
    let entries = networks();
    let named = |name: &str| {
        let entry = entries.iter().find(|entry| entry["name"] == name).expect("in the fixture");
        stepped(entry).expect("a valid case")
    };
    let infinite = named("overflow to infinity");
    assert_eq!(infinite["loss"], "inf");
    assert_eq!(infinite["next"]["layers"][0]["weights"][0][0], "-inf");
    assert_eq!(named("overflow to NaN")["loss"], "nan");
}

/// What is wrong with value and slope at each z of `entries`, measured by `scale(theirs)`.
fn check_activations(entries: &[Value], scale: impl Fn(f64) -> f64) {
    let (mut wrong, mut worst, mut count) = (Vec::new(), (0.0, String::new()), 0);
    for entry in entries {
        let name = entry["name"].as_str().expect("a name");
        // NaN where there is none: it must be ignored.
        let alpha = entry["alpha"].as_f64().unwrap_or(f64::NAN);
        let z = numbers(&entry["z"]);
        let (a, slope) = activation(name, alpha, &z).expect("a known function");
        let columns = [("a", a, numbers(&entry["a"])), ("slope", slope, numbers(&entry["slope"]))];
        for (what, ours, theirs) in columns {
            assert_eq!(ours.len(), z.len(), "{name}: {what}");
            for ((z, ours), theirs) in z.iter().zip(ours).zip(theirs) {
                count += 1;
                let off = distance(ours, theirs, scale(theirs));
                let place = format!("{name} (alpha {alpha}): {what} at z = {z:e}");
                if off > TOLERANCE {
                    wrong.push(format!("{place} is {ours:e}, not {theirs:e}"));
                }
                if off > worst.0 {
                    worst = (off, place);
                }
            }
        }
    }
    println!("{count} numbers, worst {:e} in {}", worst.0, worst.1);
    assert!(count > 0);
    none_wrong(&wrong);
}

#[test]
fn every_activation_and_its_slope_agree_with_pytorch() {
    let entries = activations();
    for g in Activation::ALL {
        assert!(entries.iter().any(|entry| entry["name"] == g.name()), "{} is missing", g.name());
    }
    check_activations(&entries, |v| scale([v].into_iter()));
}

/// GELU(−8) has 14 zeros behind the point: PyTorch's is 1.8 % off there, which no absolute
/// tolerance would notice.
#[test]
fn far_on_the_left_every_digit_counts() {
    let mut entries = activations();
    entries.retain(|entry| {
        ["gelu", "silu", "softplus", "elu"].map(Value::from).contains(&entry["name"])
    });
    for entry in &mut entries {
        // Left of −38 GELU is too small for a normal number, and SiLU′ has its zero at −1.28.
        let z = numbers(&entry["z"]);
        for key in ["z", "a", "slope"] {
            let values = entry[key].as_array().expect("a list");
            let kept = z.iter().zip(values).filter(|(z, _)| (-37.5..-3.0).contains(*z));
            entry[key] = kept.map(|(_, v)| v.clone()).collect();
        }
    }
    check_activations(&entries, f64::abs);
}

#[test]
fn at_a_kink_the_convention_is_pytorchs() {
    let at_zero = |name, alpha| activation(name, alpha, &[0.0, -0.0]).expect("a known function").1;
    assert_eq!(at_zero("relu", f64::NAN), [0.0, 0.0]);
    assert_eq!(at_zero("step", f64::NAN), [0.0, 0.0]);
    for alpha in [-0.5, 0.0, 0.1, 1.0, 2.0] {
        for name in ["leaky_relu", "prelu", "rrelu", "elu"] {
            assert_eq!(at_zero(name, alpha), [alpha, alpha], "{name}");
        }
    }
}

#[test]
fn softmax_and_unknown_names_are_no_functions_of_one_number() {
    for name in ["softmax", "", "ReLU", "relu ", "__proto__", "constructor", "toString", "σ"] {
        assert!(activation(name, 0.1, &[0.0]).is_err(), "{name:?}");
    }
    for alpha in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(activation("leaky_relu", alpha, &[0.0]).is_err(), "{alpha}");
    }
}

#[test]
fn no_z_gives_no_values() {
    assert_eq!(activation("tanh", 0.0, &[]), Ok((vec![], vec![])));
}
