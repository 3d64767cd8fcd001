//! The numbers that the lessons tell: networks A and B, and what is worth seeing in them.

use gradstep::case::gradient_step;
use serde_json::{Value, json};

/// Asserts that the numbers at `pointer`, a list as deep as `wanted` or one number, are `wanted`.
#[track_caller]
fn assert_near(result: &Value, pointer: &str, wanted: Value, tolerance: f64) {
    fn near(found: &Value, wanted: &Value, tolerance: f64) -> bool {
        match (found, wanted) {
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(a, b, tolerance))
            }
            _ => match (found.as_f64(), wanted.as_f64()) {
                (Some(a), Some(b)) => (a - b).abs() <= tolerance,
                _ => false,
            },
        }
    }
    let found = result.pointer(pointer).unwrap_or(&Value::Null);
    assert!(near(found, &wanted, tolerance), "{pointer} is {found}, not {wanted}");
}

/// Exact in a few decimals, so only rounding may be in the way.
#[track_caller]
fn assert_is(result: &Value, pointer: &str, wanted: Value) {
    assert_near(result, pointer, wanted, 1e-12);
}

fn step(case: &Value) -> Value {
    let result = gradient_step(&case.to_string()).expect("a valid case");
    serde_json::from_str(&result).expect("JSON")
}

fn number(result: &Value, pointer: &str) -> f64 {
    result.pointer(pointer).and_then(Value::as_f64).expect("a number")
}

/// Steps `case` and puts the updated layers into it.
fn learn(case: &mut Value) -> Value {
    let mut result = step(case);
    case["layers"] = result["next"]["layers"].take();
    result
}

const FIRST: [[f64; 2]; 1] = [[2.0, 3.0]];
const SECOND: [[f64; 2]; 1] = [[-2.0, 1.0]];

fn with_sample(mut case: Value, inputs: [[f64; 2]; 1], target: f64) -> Value {
    case["inputs"] = json!(inputs);
    case["targets"] = json!([[target]]);
    case
}

fn network_a(alpha: f64, eta: f64) -> Value {
    json!({
        "format": "gradstep/1",
        "layers": [
            {"weights": [[0.1, 0.4], [-0.9, -0.5]], "biases": [0.2, 0.3],
             "activation": "leaky_relu", "alpha": alpha},
            {"weights": [[-0.6, 0.8]], "biases": [0.7], "activation": "identity"},
        ],
        "loss": "half_squared_error",
        "learning_rate": eta,
        "inputs": FIRST,
        "targets": [[1.0]],
    })
}

fn network_b() -> Value {
    json!({
        "format": "gradstep/1",
        "layers": [
            {"weights": [[0.1, 0.4], [-0.9, -0.5], [-0.7, 0.6]], "biases": [0.2, 0.3, 0.8],
             "activation": "leaky_relu", "alpha": 0.1},
            {"weights": [[0.3, 0.2, -0.1], [0.7, -0.6, 0.5]], "biases": [-0.4, -0.9],
             "activation": "softmax"},
        ],
        "loss": "softmax_cross_entropy",
        "learning_rate": 0.1,
        "inputs": FIRST,
        "targets": [[1.0, 0.0]],
    })
}

/// dw and db of all layers in one list.
fn all_gradients(result: &Value) -> Vec<f64> {
    fn collect(value: &Value, into: &mut Vec<f64>) {
        match value.as_array() {
            Some(list) => list.iter().for_each(|inner| collect(inner, into)),
            None => into.push(value.as_f64().expect("a number")),
        }
    }
    let mut all = Vec::new();
    collect(&result["dw"], &mut all);
    collect(&result["db"], &mut all);
    all
}

#[test]
fn network_a_has_the_numbers_of_the_table() {
    let a = step(&network_a(0.1, 0.1));
    assert_is(&a, "/z/0/0", json!([1.6, -3]));
    assert_is(&a, "/a/0/0", json!([1.6, -0.3]));
    assert_is(&a, "/z/1/0", json!([-0.5]));
    assert_is(&a, "/a/1/0", json!([-0.5]));
    assert_is(&a, "/loss", json!(1.125));
    assert_is(&a, "/dz/1/0", json!([-1.5]));
    assert_is(&a, "/dw/1", json!([[-2.4, 0.45]]));
    assert_is(&a, "/db/1", json!([-1.5]));
    assert_is(&a, "/dz/0/0", json!([0.9, -0.12]));
    assert_is(&a, "/dw/0", json!([[1.8, 2.7], [-0.24, -0.36]]));
    assert_is(&a, "/db/0", json!([0.9, -0.12]));
    assert_is(&a, "/next/layers/1/weights", json!([[-0.36, 0.755]]));
    assert_is(&a, "/next/layers/1/biases", json!([0.85]));
    assert_is(&a, "/next/layers/0/weights", json!([[-0.08, 0.13], [-0.876, -0.464]]));
    assert_is(&a, "/next/layers/0/biases", json!([0.11, 0.312]));
    assert_is(&a, "/next/layers/0/alpha", json!(0.1));
}

/// With the identity as g, dz is da: −1.2 before g′ = 0.1 is applied.
#[test]
fn what_arrives_at_unit_2_is_minus_1_2() {
    let mut linear = network_a(1.0, 0.1);
    linear["layers"][0]["biases"] = json!([0.2, 3.0]);
    // The bias lifts z₂ to −0.3 = a₂, so that ŷ is as before.
    let result = step(&linear);
    assert_is(&result, "/a/0/0", json!([1.6, -0.3]));
    assert_is(&result, "/dz/0/0", json!([0.9, -1.2]));
}

#[test]
fn on_the_second_sample_both_units_of_a_are_active() {
    let a = step(&with_sample(network_a(0.1, 0.1), SECOND, 0.0));
    assert_is(&a, "/z/0/0", json!([0.4, 1.6]));
    assert_is(&a, "/a/0/0", json!([0.4, 1.6]));
    assert_is(&a, "/a/1/0", json!([1.74]));
    assert_is(&a, "/loss", json!(1.5138));
    // Active: g′ = 1, so dz is −0.6 and 0.8 times 1.74.
    assert_is(&a, "/dz/0/0", json!([-1.044, 1.392]));
}

#[test]
fn both_samples_as_a_batch_give_the_mean_of_their_gradients() {
    let a = network_a(0.1, 0.1);
    let alone = [step(&a), step(&with_sample(a.clone(), SECOND, 0.0))];
    let mut batch = a;
    batch["inputs"] = json!([FIRST[0], SECOND[0]]);
    batch["targets"] = json!([[1.0], [0.0]]);
    let batch = step(&batch);
    let means = |of: fn(&Value) -> Vec<f64>| -> Vec<f64> {
        of(&alone[0]).iter().zip(of(&alone[1])).map(|(a, b)| (a + b) / 2.0).collect()
    };
    for (found, wanted) in all_gradients(&batch).iter().zip(means(all_gradients)) {
        assert!((found - wanted).abs() <= 1e-12, "{found} is not {wanted}");
    }
    assert_is(&batch, "/loss", json!((1.125 + 1.5138) / 2.0));
    // Each sample's dz is of its own loss.
    for (s, one) in alone.iter().enumerate() {
        assert_is(&batch, &format!("/dz/0/{s}"), one["dz"][0][0].clone());
        assert_is(&batch, &format!("/dz/1/{s}"), one["dz"][1][0].clone());
    }
}

#[test]
fn one_lap_takes_a_from_minus_0_5_to_0_514_and_the_loss_from_1_125_to_0_118() {
    let mut a = network_a(0.1, 0.1);
    let before = learn(&mut a);
    let after = step(&a);
    assert_is(&before, "/a/1/0/0", json!(-0.5));
    assert_is(&before, "/loss", json!(1.125));
    assert_near(&after, "/a/1/0/0", json!(0.514), 5e-4);
    assert_near(&after, "/loss", json!(0.118), 5e-4);
    // The new z[1] is (0.34, −2.832), so all digits of ŷ are known.
    assert_is(&after, "/z/0/0", json!([0.34, -2.832]));
    assert_is(&after, "/a/1/0/0", json!(-0.36 * 0.34 + 0.755 * -0.2832 + 0.85));
}

#[test]
fn nudging_w11_by_0_01_moves_the_loss_by_about_dw11_times_0_01() {
    let mut a = network_a(0.1, 0.1);
    let before = step(&a);
    a["layers"][0]["weights"][0][0] = json!(0.11);
    let after = step(&a);
    assert_is(&before, "/loss", json!(1.125));
    assert_near(&after, "/loss", json!(1.143), 5e-4);
    assert_is(&before, "/dw/0/0/0", json!(1.8));
    let moved = number(&after, "/loss") - 1.125;
    assert!((moved - 1.8 * 0.01).abs() < 1e-4, "{moved}");
}

#[test]
fn the_gradient_promises_more_than_a_large_step_keeps() {
    for (eta, promised, real) in [(0.01, 0.198, 0.185), (0.1, 1.975, 1.007)] {
        let mut a = network_a(0.1, eta);
        let before = learn(&mut a);
        let squares: f64 = all_gradients(&before).iter().map(|g| g * g).sum();
        let drop = number(&before, "/loss") - number(&step(&a), "/loss");
        assert!((eta * squares - promised).abs() <= 5e-4, "η {eta} promises {}", eta * squares);
        assert!((drop - real).abs() <= 5e-4, "η {eta} keeps {drop}");
    }
}

#[test]
fn at_alpha_0_exactly_four_of_nine_gradients_are_0() {
    let a = step(&network_a(0.0, 0.1));
    let gradients = all_gradients(&a);
    assert_eq!(gradients.len(), 9);
    assert_eq!(gradients.iter().filter(|g| **g == 0.0).count(), 4);
    // Those of unit 2, and of the weight that carries its a = 0.
    assert_eq!(a["dw"][0][1], json!([0.0, 0.0]));
    assert_eq!(a["db"][0][1], json!(0.0));
    assert_eq!(a["dw"][1][0][1], json!(0.0));
    // With α = 0.1 there is none.
    let leaking = all_gradients(&step(&network_a(0.1, 0.1)));
    assert_eq!(leaking.iter().filter(|g| **g == 0.0).count(), 0);
}

#[test]
fn alpha_changes_the_loss_too_and_at_2_learning_diverges() {
    assert_is(&step(&network_a(0.0, 0.1)), "/loss", json!(0.7938));
    assert_near(&step(&network_a(0.0, 0.1)), "/loss", json!(0.794), 5e-4);
    let mut a = network_a(2.0, 0.1);
    let losses: Vec<f64> = (0..4).map(|_| number(&learn(&mut a), "/loss")).collect();
    assert!((losses[0] - 18.4).abs() <= 5e-2, "{losses:?}");
    assert!(losses.windows(2).all(|pair| pair[1] > pair[0]), "{losses:?}");
}

#[test]
fn in_the_update_w11_crosses_0() {
    let mut a = network_a(0.1, 0.1);
    let before = number(&a, "/layers/0/weights/0/0");
    learn(&mut a);
    let after = number(&a, "/layers/0/weights/0/0");
    assert!(before > 0.0 && after < 0.0, "{before} → {after}");
}

#[test]
fn network_b_has_the_numbers_of_the_text() {
    let b = step(&network_b());
    assert_is(&b, "/z/0/0", json!([1.6, -3, 1.2]));
    assert_is(&b, "/a/0/0", json!([1.6, -0.3, 1.2]));
    assert_is(&b, "/z/1/0", json!([-0.1, 1]));
    assert_near(&b, "/a/1/0", json!([0.250, 0.750]), 5e-4);
    assert_near(&b, "/loss", json!(1.387), 5e-4);
    assert_near(&b, "/dz/1/0", json!([-0.750, 0.750]), 5e-4);
    assert_near(&b, "/dz/0/0", json!([0.300, -0.060, 0.450]), 5e-4);
    // dz = ŷ − y and nothing else.
    let y1 = number(&b, "/a/1/0/0");
    assert_is(&b, "/dz/1/0", json!([y1 - 1.0, 1.0 - y1]));
    assert_is(&b, "/dz/0/0", json!([0.4, -0.08, 0.6].map(|w| w * (1.0 - y1))));
}

#[test]
fn one_update_takes_network_b_from_25_to_50_percent() {
    let mut b = network_b();
    let percent = |result: &Value| (100.0 * number(result, "/a/1/0/0")).round();
    assert_eq!(percent(&learn(&mut b)), 25.0);
    assert_eq!(percent(&step(&b)), 50.0);
}

/// Two laps at α = 0 and η = 0.3: first sample, then second.
fn dead_relu_preset() -> Value {
    let mut a = network_a(0.0, 0.3);
    learn(&mut a);
    let mut a = with_sample(a, SECOND, 0.0);
    learn(&mut a);
    a
}

/// Which hidden units have z ≤ 0, on the first and on the second sample.
fn inactive(a: &Value) -> [[bool; 2]; 2] {
    [FIRST, SECOND].map(|inputs| {
        let z = step(&with_sample(a.clone(), inputs, 0.0))["z"][0][0].clone();
        [0, 1].map(|j| z[j].as_f64().expect("a number") <= 0.0)
    })
}

#[test]
fn at_the_start_unit_2_is_inactive_on_one_sample_but_not_dead() {
    assert_eq!(inactive(&network_a(0.0, 0.3)), [[false, true], [false, false]]);
}

#[test]
fn two_laps_at_alpha_0_leave_unit_1_inactive_on_one_sample_and_unit_2_dead() {
    let [first, second] = inactive(&dead_relu_preset());
    assert_eq!((first[1], second[1]), (true, true), "unit 2 is inactive on both");
    assert_ne!(first[0], second[0], "unit 1 is inactive on one");
}

#[test]
fn a_dead_unit_stays_dead() {
    let mut a = dead_relu_preset();
    let weights = a["layers"][0]["weights"][1].clone();
    for _ in 0..20 {
        for (inputs, target) in [(FIRST, 1.0), (SECOND, 0.0)] {
            a = with_sample(a, inputs, target);
            learn(&mut a);
            let [first, second] = inactive(&a);
            assert!(first[1] && second[1]);
        }
    }
    assert_eq!(a["layers"][0]["weights"][1], weights);
}

#[test]
fn the_answers_of_predict_first_are_right() {
    let a = step(&network_a(0.1, 0.1));
    // dw₂₁, and the wrong answers' names.
    let da2 = 0.8 * number(&a, "/dz/1/0/0");
    let updated = number(&a, "/next/layers/1/weights/0/1") * number(&a, "/dz/1/0/0");
    assert_is(&a, "/dw/0/1/0", json!(-0.24));
    for (wrong, made) in
        [(-2.4, da2 * 2.0), (-0.2265, updated * 0.1 * 2.0), (-0.36, da2 * 0.1 * 3.0)]
    {
        assert!((wrong - made).abs() <= 1e-12, "{made} is not {wrong}");
    }
}

#[test]
fn the_exit_question_has_the_answer_minus_0_06() {
    // One weight w = −0.6 above, ŷ − y = 1: da₂ = −0.6; z₂ = −2.
    let case = json!({
        "format": "gradstep/1",
        "layers": [
            {"weights": [[1.0]], "biases": [0.0], "activation": "leaky_relu", "alpha": 0.1},
            {"weights": [[-0.6]], "biases": [0.0], "activation": "identity"},
        ],
        "loss": "half_squared_error",
        "learning_rate": 0.1,
        "inputs": [[-2.0]],
        "targets": [[-0.88]],
    });
    let result = step(&case);
    assert_is(&result, "/dz/1/0", json!([1.0]));
    assert_is(&result, "/dz/0/0", json!([-0.06]));
}

#[test]
fn what_is_known_of_sigmoid_and_tanh_holds() {
    use gradstep::activation::Activation::{Sigmoid, Tanh};
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 0.035;
    let at = [0.0, 1.0, 2.0, 4.0];
    for (g, slopes) in [(Sigmoid, [0.25, 0.197, 0.105, 0.0177]), (Tanh, [1.0, 0.42, 0.071, 0.0013])]
    {
        assert!(at.iter().zip(slopes).all(|(&z, slope)| near(g.slope(z), slope)), "{g:?}");
    }
    assert!(Sigmoid.value(36.5) < 1.0 && Sigmoid.value(37.0) == 1.0);
}
