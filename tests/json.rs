//! The core's own reading and writing of JSON against serde_json's.

use gradstep::app::{Place, State};
use gradstep::json;
use gradstep::name::Named;
use gradstep::view;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One of everything that serde tells apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Everything {
    real: f64,
    natural: u64,
    integer: i64,
    small: u8,
    truth: bool,
    text: String,
    letter: char,
    pair: (f64, String),
    list: Vec<Kind>,
    none: Option<f64>,
    some: Option<Kind>,
    unit: (),
    one: One,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct One(u32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Bare,
    Value(f64),
    Both(i64, String),
    Fields { first: f64, second: Vec<bool> },
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Bare),
        finite().prop_map(Kind::Value),
        (any::<i64>(), any::<String>()).prop_map(|(n, text)| Kind::Both(n, text)),
        (finite(), any::<Vec<bool>>()).prop_map(|(first, second)| Kind::Fields { first, second }),
    ]
}

fn finite() -> impl Strategy<Value = f64> {
    any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |v| v.is_finite())
}

prop_compose! {
    fn everything()(
        real in finite(), natural: u64, integer: i64, small: u8, truth: bool, text: String,
        letter: char, pair in (finite(), any::<String>()), list in prop::collection::vec(kind(), 0..4),
        some in prop::option::of(kind()), one: u32,
    ) -> Everything {
        let one = One(one);
        Everything { real, natural, integer, small, truth, text, letter, pair, list, none: None, some, unit: (), one }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_what_serde_json_reads_to_the_last_bit(value in everything()) {
        let text = json::write(&value);
        let expected = serde_json::to_value(&value).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
        prop_assert_eq!(json::read::<Everything>(&text).unwrap(), value);
    }

    #[test]
    fn what_serde_json_writes_is_read(value in everything()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(json::read::<Everything>(&text).unwrap(), value);
    }
}

#[test]
fn what_is_not_finite_is_null() {
    assert_eq!(json::write(&[f64::NAN, f64::INFINITY, -0.0]), "[null,null,-0.0]");
}

#[test]
fn a_fault_is_named_with_its_place() {
    let good = r#"{"first": 1, "second": [true, false]}"#;
    let said = |text: &str| json::read::<Vec<Kind>>(text).unwrap_err().to_string();
    let of = |fields: &str| said(&format!(r#"["bare", {{"fields": {fields}}}]"#));
    assert!(json::read::<Vec<Kind>>(&format!(r#"[{{"fields": {good}}}]"#)).is_ok());
    for (fields, place) in [
        (r#"{"first": "1", "second": []}"#, "JSON[1].fields.first: "),
        (r#"{"first": 1, "second": [true, 0]}"#, "JSON[1].fields.second[1]: "),
        (r#"{"first": 1}"#, "JSON[1].fields: `second` is missing"),
        (r#"{"first": 1, "first": 1, "second": []}"#, "JSON[1].fields: `first` is there twice"),
        (r#"[1, []]"#, "JSON[1].fields: a list of 2, but an object is needed"),
        (r#"{"first": 1, "second": [tru]}"#, "JSON[1].fields.second[0]: not JSON from line 1"),
    ] {
        let said = of(fields);
        assert!(said.starts_with(place), "{fields}: {said}");
    }
    for text in [r#"["bar"]"#, r#"[{"value": null}]"#, r#"[{"bare": 1}]"#, r#"["value"]"#] {
        assert!(said(text).starts_with("JSON[0]"), "{text}: {}", said(text));
    }
    assert!(said(r#"[{"both": [1, "a", 2]}]"#).starts_with("JSON[0].both: "));
    assert!(said(r#"[{"both": [1]}]"#).starts_with("JSON[0].both: "));
    assert!(said(r#"["bare"] 1"#).starts_with("JSON: not JSON from line 1, column 10"));
}

#[test]
fn each_chapters_frame_is_written_as_serde_json_writes_it() {
    for place in Place::all() {
        let mut state = State::new().unwrap();
        state.apply_json(&serde_json::json!({"do": "go", "place": place}).to_string()).unwrap();
        for action in ["step", "step"] {
            let _ = state.apply_json(&serde_json::json!({"do": action}).to_string());
            let frame = view::frame(&state, None);
            let written: Value = serde_json::from_str(&json::write(&frame)).unwrap();
            assert_eq!(written, serde_json::to_value(&frame).unwrap(), "{place:?}");
        }
    }
}
