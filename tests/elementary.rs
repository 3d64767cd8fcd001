//! The elementary functions against mpmath with 60 digits (fixtures/elementary.py).

use std::collections::BTreeMap;

use gradstep::math;
use proptest::prelude::*;

/// The distance between the f64 on both sides of `v`.
fn ulp(v: f64) -> f64 {
    let v = v.abs();
    v.next_up() - v
}

/// `rows` are x, the f64 nearest to the exact value, and what is left to it.
fn within(name: &str, function: fn(f64) -> f64, most: f64, rows: &[[f64; 3]]) {
    let off = |&[x, value, rest]: &[f64; 3]| (((function(x) - value) - rest).abs() / ulp(value), x);
    let worst = rows.iter().map(off).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    println!("{name}: {:.2} ulp at {}", worst.0, worst.1);
    assert!(worst.0 <= most, "{name} is off by {} ulp at {}", worst.0, worst.1);
}

#[test]
fn each_is_within_its_ulps() {
    let text = include_str!("fixtures/elementary.json");
    let all: BTreeMap<String, Vec<[f64; 3]>> = serde_json::from_str(text).unwrap();
    within("exp", math::exp, 1.0, &all["exp"]);
    within("tanh", math::tanh, 3.0, &all["tanh"]);
    within("sigmoid", math::sigmoid, 3.0, &all["sigmoid"]);
}

proptest! {
    #[test]
    fn values_stay_in_range_and_in_order(x in -800.0..800.0f64, by in 1e-9..10.0f64) {
        let y = x + by;
        prop_assert!(0.0 <= math::exp(x) && math::exp(x) <= math::exp(y));
        prop_assert!(math::tanh(x).abs() <= 1.0 && math::tanh(x) <= math::tanh(y));
        prop_assert!((0.0..=1.0).contains(&math::sigmoid(x)));
        prop_assert!(math::sigmoid(x) <= math::sigmoid(y));
        prop_assert_eq!(math::tanh(-x), -math::tanh(x));
    }
}
