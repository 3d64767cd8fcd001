//! The state, its actions and the frames made of it.

use gradstep::app::{Action, Place, State};
use gradstep::error::Error;
use gradstep::explain::Explainer;
use gradstep::lab::{Lab, Position};
use gradstep::name::Named;
use gradstep::network::Network;
use gradstep::stops::StopSize;
use gradstep::trace::Slot;
use gradstep::view;
use gradstep::{lab::Setup, link};
use serde_json::{Value, json};

fn lab(preset: &str, size: StopSize) -> Lab {
    Lab::new(Setup::preset(preset).unwrap(), size).unwrap()
}

fn frame(state: &State) -> Value {
    serde_json::to_value(view::frame(state, None)).unwrap()
}

/// Every bit of the training step at hand, up to the position.
fn bits(lab: &Lab) -> (Position, Vec<u64>) {
    let shown = lab.trace().steps().iter().take(lab.at().id as usize + 1);
    (lab.at(), shown.map(|step| step.value.to_bits()).collect())
}

#[test]
fn a_lap_at_the_finest_stops_at_every_number_once() {
    for (preset, numbers) in [("lap", 30), ("b", 53), ("figure7", 370)] {
        assert_eq!(lab(preset, StopSize::Number).stops().len(), numbers, "{preset}");
    }
}

/// The texts of all numbers anywhere in `value`.
fn texts_of_numbers(value: &Value) -> Vec<String> {
    let each = |all: &mut dyn Iterator<Item = &Value>| all.flat_map(texts_of_numbers).collect();
    match value {
        Value::Object(object) if object.contains_key("exact") => {
            vec![object["text"].as_str().unwrap_or_default().to_owned()]
        }
        Value::Object(object) => each(&mut object.values()),
        Value::Array(list) => each(&mut list.iter()),
        _ => vec![],
    }
}

#[test]
fn each_number_stands_in_the_words_of_the_picture_once_it_is_computed() {
    let mut state = State::new().unwrap();
    state.apply_json(r#"{"do":"go","place":"step-by-step"}"#).unwrap();
    state.apply_json(r#"{"do":"preset","name":"lap"}"#).unwrap();
    state.apply_json(r#"{"do":"stop_size","size":"number"}"#).unwrap();
    let mut seen = 0;
    let picture = |state: &State| texts_of_numbers(&frame(state)["picture"]);
    for _ in 0..30 {
        let before = picture(&state);
        state.apply(Action::Step).unwrap();
        let step = state.lab.trace().get(state.lab.at().id).unwrap();
        // a and dz come with the z and da that they are made of; da has no place in the picture.
        if matches!(step.slot, Slot::Z { .. } | Slot::DA { .. }) {
            continue;
        }
        let now = picture(&state);
        let shown = gradstep::say::Num::of(state.lab.trace(), state.lab.at().id).text;
        let count = |all: &[String]| all.iter().filter(|text| **text == shown).count();
        assert!(count(&now) > count(&before), "{:?} = {shown}: {now:?}", step.slot);
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_weight_is_said_to_come_from_an_input_or_a_unit() {
    let lab = lab("lap", StopSize::Number);
    let explainer = Explainer { case: lab.case(), trace: lab.trace() };
    let from = |slot| {
        let title = explainer.title(lab.trace().find(slot).unwrap());
        serde_json::to_value(title).unwrap()["args"]["from"].clone()
    };
    assert_eq!(from(Slot::DW { s: 0, l: 0, j: 1, i: 1 })["text"], "x₂");
    assert_eq!(from(Slot::NextW { l: 0, j: 1, i: 0 })["text"], "x₁");
    let unit = from(Slot::W { l: 1, j: 0, i: 1 });
    assert_eq!(unit["say"]["key"], "title.from_unit");
    assert_eq!(unit["say"]["args"]["i"]["text"], "2");
}

#[test]
fn the_first_lap_has_nine_stops_and_the_same_input_again() {
    let mut lab = lab("lap", StopSize::Lap);
    assert_eq!(lab.stops().len(), 9);
    for _ in 0..10 {
        lab.step().unwrap();
    }
    assert_eq!(lab.at().t, 1);
    let visited = lab.visited();
    assert!((visited[0].output + 0.5).abs() < 1e-12);
    assert!((visited[1].output - 0.513784).abs() < 1e-12, "{}", visited[1].output);
}

#[test]
fn the_update_of_the_first_lap_says_which_unit_learns_slowly_and_why() {
    let mut state = State::new().unwrap();
    let moves = |state: &State| {
        let why = frame(state)["card"]["why"].clone();
        let found = why.as_array().unwrap().iter().find(|say| say["key"] == "why.moves.slope");
        found.map(|say| say["args"].clone())
    };
    for _ in 0..7 {
        state.apply(Action::Step).unwrap();
        assert_eq!(moves(&state), None);
    }
    state.apply(Action::Step).unwrap();
    let said = moves(&state).unwrap();
    let text = |name: &str| said[name]["num"]["text"].as_str().map(str::to_owned);
    let shown = ["large", "small", "slope"].map(|name| text(name).unwrap());
    assert_eq!(shown, ["−0.27", "0.036", "0.1"]);
    assert_eq!((&said["most"]["text"], &said["least"]["text"]), (&"1".into(), &"2".into()));
    // Layer [2] has one unit: there is nothing to compare.
    state.apply(Action::Step).unwrap();
    assert_eq!(moves(&state), None);
}

#[test]
fn as_many_backs_as_steps_pass_the_same_positions_with_the_same_bits() {
    let sizes = [StopSize::Lap, StopSize::Number, StopSize::Unit, StopSize::Layer, StopSize::Pass];
    for size in sizes {
        let mut lab = lab("a", size);
        let mut walked = vec![bits(&lab)];
        for _ in 0..80 {
            lab.step().unwrap();
            walked.push(bits(&lab));
        }
        while let Some(before) = walked.pop() {
            assert_eq!(bits(&lab), before, "{size:?}");
            lab.back().unwrap();
        }
    }
}

#[test]
fn an_epoch_stops_after_its_last_batch() {
    let mut lab = lab("a", StopSize::Epoch);
    lab.step().unwrap();
    let end = lab.trace().steps().len() as u32 - 1;
    assert_eq!(lab.at(), Position { t: 1, id: end });
}

#[test]
fn a_far_position_is_reached_with_the_same_bits_as_by_walking() {
    let mut walked = lab("a", StopSize::Pass);
    for _ in 0..4 * 40 {
        walked.step().unwrap();
    }
    let mut jumped = lab("a", StopSize::Pass);
    jumped.go(walked.at()).unwrap();
    assert_eq!(bits(&jumped), bits(&walked));
    walked.go(Position { t: 3, id: 20 }).unwrap();
    let mut fresh = lab("a", StopSize::Pass);
    fresh.go(Position { t: 3, id: 20 }).unwrap();
    assert_eq!(bits(&walked), bits(&fresh));
}

#[test]
fn an_edit_mid_pass_gives_the_numbers_of_the_exported_case_and_undo_takes_it_back() {
    let mut state = State::new().unwrap();
    state.apply(Action::Go { place: Place::StepByStep }).unwrap();
    for _ in 0..45 {
        state.apply(Action::Step).unwrap();
    }
    let before = frame(&state);
    let edit = Action::Weight { layer: 0, unit: 1, from: 0, value: 0.25, given: false };
    state.apply(edit).unwrap();
    assert_eq!(state.lab.case().network.layers()[0].weight(1, 0), 0.25);
    let opened = Lab::import(&state.lab.export()).unwrap();
    assert_eq!(bits(&opened), bits(&state.lab));
    state.apply(Action::Undo).unwrap();
    let mut after = frame(&state);
    after["controls"]["undo"] = before["controls"]["undo"].clone();
    assert_eq!(after, before);
}

/// W and b of each layer as the tables show them, to three digits, and as they are to be edited.
fn tables_and_fields(state: &State) -> [Vec<String>; 2] {
    let frame = frame(state);
    let tables = frame["tables"].as_array().unwrap();
    let parameters = tables.iter().filter(|table| table["edit"] == true);
    let shown = parameters.flat_map(|table| texts_of_numbers(&table["rows"]));
    let [weights, biases] = ["weights", "biases"].map(|name| frame["setup"][name].clone());
    let layers = weights.as_array().unwrap().iter().zip(biases.as_array().unwrap());
    let short = |value: &Value| gradstep::number::short(value.as_f64().unwrap());
    let rows =
        |layer: &Value| layer.as_array().unwrap().iter().flat_map(numbers).collect::<Vec<_>>();
    fn numbers(row: &Value) -> Vec<Value> {
        row.as_array().unwrap().clone()
    }
    let fields = layers.flat_map(|(w, b)| rows(w).into_iter().chain(numbers(b)));
    [shown.collect(), fields.map(|value| short(&value)).collect()]
}

#[test]
fn the_parameters_to_edit_are_those_of_the_tables_at_every_position() {
    let mut state = link::read("step-by-step&case=a&size=number").unwrap();
    for _ in 0..50 {
        let [shown, fields] = tables_and_fields(&state);
        assert_eq!(fields, shown, "at {:?}", state.lab.at());
        state.apply(Action::Step).unwrap();
    }
}

#[test]
fn an_edit_of_an_updated_parameter_is_of_the_training_step_that_comes() {
    let mut state = link::read("step-by-step&case=xor&size=pass").unwrap();
    act(&mut state, json!({"do": "batch", "size": 1}));
    act(&mut state, json!({"do": "end"}));
    let (before, given, [mut shown, _]) =
        (bits(&state.lab), state.lab.case().clone(), tables_and_fields(&state));
    act(&mut state, json!({"do": "weight", "layer": 0, "unit": 0, "from": 0, "value": 0.25}));
    shown[0] = "0.25".into();
    assert_eq!(tables_and_fields(&state), [shown.clone(), shown]);
    assert_eq!(state.lab.at(), Position { t: 0, id: stops_start(&state) });
    // The samples go on too.
    assert_ne!(state.lab.case().batch, given.batch);
    act(&mut state, json!({"do": "undo"}));
    assert_eq!(bits(&state.lab), before);
    // What the step was given is still to be changed in its card: all is recorded anew.
    let first = state.lab.trace().find(Slot::W { l: 0, j: 0, i: 0 }).unwrap();
    act(&mut state, json!({"do": "show", "id": first}));
    let mut edit = frame(&state)["card"]["edit"].clone();
    edit["value"] = json!(0.25);
    act(&mut state, edit);
    assert_eq!(state.lab.case().network.layers()[0].weight(0, 0), 0.25);
    assert_eq!((state.lab.at(), &state.lab.case().batch), (before.0, &given.batch));
}

#[test]
fn an_alpha_that_is_learned_is_edited_as_it_stands() {
    let mut state = link::read("step-by-step&case=a&size=pass").unwrap();
    act(&mut state, json!({"do": "activation", "layer": 0, "name": "prelu"}));
    act(&mut state, json!({"do": "end"}));
    let next = state.lab.trace().value_of(Slot::NextAlpha { l: 0 }).unwrap();
    let shown = |state: &State| frame(state)["setup"]["layers"][0]["alpha"].as_f64();
    assert_eq!(shown(&state), Some(next));
    act(&mut state, json!({"do": "alpha", "layer": 0, "value": 0.5}));
    assert_eq!((shown(&state), state.lab.at().id), (Some(0.5), stops_start(&state)));
}

#[test]
fn a_pasted_case_may_begin_with_a_byte_order_mark() {
    let case = lab("a", StopSize::Unit).export();
    let marked = format!("\u{feff}{case}");
    assert_eq!(Lab::import(&marked).unwrap().export(), case);
    let step = gradstep::case::gradient_step;
    assert_eq!(step(&marked), step(&case));
    assert!(Lab::import(&format!("\u{feff}{marked}")).is_err());
}

#[test]
fn what_is_far_too_large_is_not_read() {
    assert_eq!(Action::check_size(10_000_000), Ok(()));
    let error = Action::check_size(50_000_001).unwrap_err();
    assert_eq!(error.to_string(), "51 MB, but at most 10 MB are read");
}

#[test]
fn sliding_alpha_counts_as_one_edit() {
    let mut state = State::new().unwrap();
    for value in [0.2, 0.3, 0.4] {
        state.apply(Action::Alpha { layer: None, value, given: false }).unwrap();
    }
    state.apply(Action::Undo).unwrap();
    assert_eq!(state.lap.setup(), &Setup::preset("lap").unwrap());
}

#[test]
fn alpha_moves_the_whole_first_lap() {
    let mut state = State::new().unwrap();
    for _ in 0..10 {
        state.apply(Action::Step).unwrap();
    }
    state.apply(Action::Alpha { layer: None, value: 0.0, given: false }).unwrap();
    assert_eq!(state.lap.at().t, 1);
    assert!((state.lap.visited()[0].cost - 0.7938).abs() < 1e-3);
}

#[test]
fn a_refused_action_leaves_the_state_as_it_was() {
    let mut state = State::new().unwrap();
    state.apply(Action::Go { place: Place::StepByStep }).unwrap();
    let before = frame(&state);
    let refused = [
        r#"{"do":"weight","layer":9,"unit":0,"from":0,"value":1}"#,
        r#"{"do":"weight","layer":0,"unit":0,"from":7,"value":1}"#,
        r#"{"do":"weight","layer":0,"unit":0,"from":0,"value":null}"#,
        r#"{"do":"weight","layer":0,"unit":0,"from":0,"value":1e999}"#,
        r#"{"do":"alpha","layer":5,"value":1}"#,
        r#"{"do":"sizes","sizes":[2,9,1]}"#,
        r#"{"do":"sizes","sizes":[2]}"#,
        r#"{"do":"sizes","sizes":[2,2,2,2,2,2,2,2,1]}"#,
        r#"{"do":"batch","size":0}"#,
        r#"{"do":"batch","size":3}"#,
        r#"{"do":"activation","layer":0,"name":"softmax"}"#,
        r#"{"do":"activation","layer":0,"name":"__proto__"}"#,
        r#"{"do":"loss","name":"constructor"}"#,
        r#"{"do":"preset","name":""}"#,
        r#"{"do":"init","scheme":"x"}"#,
        r#"{"do":"show","id":4000000000}"#,
        r#"{"do":"seek","stop":1000}"#,
        r#"{"do":"lap","t":1000}"#,
        r#"{"do":"import","text":"{"}"#,
        r#"{"do":"nothing"}"#,
        r#"{"do":"input","sample":0,"unit":9,"value":1}"#,
        r#"{"do":"target","sample":9,"unit":0,"value":1}"#,
        "",
    ];
    for action in refused {
        assert!(state.apply_json(action).is_err(), "{action} was taken");
        assert_eq!(frame(&state), before, "{action}");
    }
}

/// What a click, a key or a late answer could send to a lab.
const FOR_A_LAB: [&str; 23] = [
    r#"{"do":"step"}"#,
    r#"{"do":"back"}"#,
    r#"{"do":"home"}"#,
    r#"{"do":"end"}"#,
    r#"{"do":"reset"}"#,
    r#"{"do":"undo"}"#,
    r#"{"do":"seek","stop":3}"#,
    r#"{"do":"lap","t":0}"#,
    r#"{"do":"show","id":3}"#,
    r#"{"do":"return"}"#,
    r#"{"do":"stop_size","size":"pass"}"#,
    r#"{"do":"preset","name":"b"}"#,
    r#"{"do":"rate","value":0.7}"#,
    r#"{"do":"alpha","layer":null,"value":0.7}"#,
    r#"{"do":"weight","layer":0,"unit":0,"from":0,"value":1}"#,
    r#"{"do":"bias","layer":0,"unit":0,"value":1}"#,
    r#"{"do":"input","sample":0,"unit":0,"value":1}"#,
    r#"{"do":"target","sample":0,"unit":0,"value":1}"#,
    r#"{"do":"add_sample"}"#,
    r#"{"do":"sizes","sizes":[2,3,1]}"#,
    r#"{"do":"seed","seed":9}"#,
    r#"{"do":"init","scheme":"he"}"#,
    r#"{"do":"batch","size":2}"#,
];

#[test]
fn where_no_lab_is_shown_none_is_moved() {
    for place in Place::all()
        .filter(|place| !matches!(place, Place::Start | Place::StepByStep | Place::Broken))
    {
        let mut state = State::new().unwrap();
        for _ in 0..3 {
            state.lap.step().unwrap();
            state.lab.step().unwrap();
        }
        state.apply(Action::Go { place }).unwrap();
        state.predict.on = true;
        let hidden = |state: &State| {
            [&state.lap, &state.lab]
                .map(|lab| (bits(lab), lab.size(), lab.shown(), lab.setup().clone()))
        };
        let before = (hidden(&state), frame(&state));
        for action in FOR_A_LAB {
            let taken = state.apply_json(action);
            assert!(taken.is_err(), "{action} in {}", place.name());
            assert_eq!((hidden(&state), frame(&state)), before, "{action} in {}", place.name());
        }
        let case = state.lab.export();
        let import = json!({"do": "import", "text": case}).to_string();
        assert!(state.apply_json(&import).is_err(), "import in {}", place.name());
    }
}

#[test]
fn a_chapter_without_a_lab_shows_nothing_of_one() {
    let mut state = State::new().unwrap();
    state.lab.step().unwrap();
    state.apply(Action::Go { place: Place::Activations }).unwrap();
    state.apply(Action::Z { value: 2.0 }).unwrap();
    let frame = frame(&state);
    for key in ["card", "setup", "progress", "tables", "controls", "losses"] {
        assert!(frame.get(key).is_none(), "{key}");
    }
    let said = frame["announce"].to_string();
    assert!(said.contains("activation.leaky_relu") && said.contains("\"2\""), "{said}");
}

#[test]
fn predict_first_holds_in_every_chapter_and_its_link() {
    let mut state = State::new().unwrap();
    state.apply(Action::Predict { on: true }).unwrap();
    for place in Place::all() {
        state.apply(Action::Go { place }).unwrap();
        assert!(state.predict.on, "{}", place.name());
        let restored = link::read(&link::write(&state)).unwrap();
        assert!(restored.predict.on, "{}", place.name());
    }
    assert!(!link::read("train").unwrap().predict.on);
}

/// How many weights `new` has of `old` in those of its layers that are one of the old ones, each
/// checked to be the same to the bit.
fn shared(old: &Network, new: &Network, layers: &[(usize, usize)]) -> usize {
    let mut count = 0;
    for &(o, n) in layers {
        let (a, b) = (&old.layers()[o - 1], &new.layers()[n - 1]);
        for j in 0..a.units().min(b.units()) {
            assert_eq!(a.bias(j).to_bits(), b.bias(j).to_bits(), "b[{n}]_{j}");
            let follows = o == 1 && n == 1 || layers.contains(&(o - 1, n - 1));
            for i in (0..a.inputs().min(b.inputs())).filter(|_| follows) {
                assert_eq!(a.weight(j, i).to_bits(), b.weight(j, i).to_bits(), "W[{n}]_{j}{i}");
                count += 1;
            }
        }
    }
    count
}

#[test]
fn other_sizes_keep_the_parameters_that_are_there() {
    for (sizes, layers, weights) in [
        ("[2,3,1]", vec![(1, 1), (2, 2)], 6),
        ("[2,1,1]", vec![(1, 1), (2, 2)], 3),
        ("[4,2,1]", vec![(1, 1), (2, 2)], 6),
        ("[2,2,3]", vec![(1, 1), (2, 2)], 6),
        ("[2,2,5,1]", vec![(1, 1), (2, 3)], 4),
        ("[2,1]", vec![(2, 1)], 0),
    ] {
        let mut state = State::new().unwrap();
        state.apply(Action::Go { place: Place::StepByStep }).unwrap();
        // Biases that are not 0, and weights that no seed gives.
        state.apply(Action::StopSize { size: StopSize::Epoch }).unwrap();
        state.apply(Action::Step).unwrap();
        state.apply(Action::Step).unwrap();
        let old = state.lab.here().network;
        state.apply_json(&format!(r#"{{"do":"sizes","sizes":{sizes}}}"#)).unwrap();
        let new = state.lab.setup().network.clone();
        assert_eq!(shared(&old, &new, &layers), weights, "{sizes}");
        let drawn = new.flat().iter().filter(|w| !old.flat().contains(w)).count();
        assert!(drawn > 0 || sizes == "[2,1,1]", "{sizes}");
        state.apply(Action::Undo).unwrap();
        assert_eq!(state.lab.here().network, old, "{sizes}");
    }
}

#[test]
fn a_link_restores_exactly_this_state() {
    let mut state = State::new().unwrap();
    let same = |state: &State| {
        let restored = link::read(&link::write(state)).unwrap();
        let (mut a, mut b) = (frame(state), frame(&restored));
        // The way back and the way here are not part of the state that a link carries.
        for frame in [&mut a, &mut b] {
            frame["controls"]["undo"] = Value::Null;
            frame["controls"]["reset"] = Value::Null;
        }
        // The chart's address carries the chart alone.
        let chart = ["place", "chart", "link"];
        let chapter = state.place == Place::Activations;
        let shown = |key: &str| !chapter || chart.contains(&key);
        for (key, value) in a.as_object().unwrap().iter().filter(|(key, _)| shown(key)) {
            assert_eq!(value, &b[key], "{key}");
        }
    };
    same(&state);
    let actions = [
        r#"{"do":"step"}"#,
        r#"{"do":"alpha","layer":null,"value":0.37}"#,
        r#"{"do":"go","place":"step-by-step"}"#,
        r#"{"do":"stop_size","size":"pass"}"#,
        r#"{"do":"step"}"#,
        r#"{"do":"step"}"#,
        r#"{"do":"rate","value":0.05}"#,
        r#"{"do":"weight","layer":0,"unit":0,"from":0,"value":0.123456789012345678}"#,
        r#"{"do":"step"}"#,
        r#"{"do":"step"}"#,
        r#"{"do":"step"}"#,
        r#"{"do":"sizes","sizes":[3,8,8,2]}"#,
        r#"{"do":"activation","layer":1,"name":"tanh"}"#,
        r#"{"do":"loss","name":"softmax_cross_entropy"}"#,
        r#"{"do":"step"}"#,
        r#"{"do":"go","place":"activations"}"#,
        r#"{"do":"curve","name":"gelu"}"#,
        r#"{"do":"focus","name":"elu"}"#,
        r#"{"do":"curve_alpha","value":1.5}"#,
        r#"{"do":"z","value":-0.1}"#,
    ];
    for action in actions {
        state.apply_json(action).unwrap_or_else(|error| panic!("{action}: {error}"));
        same(&state);
    }
}

#[test]
fn a_broken_link_is_refused_with_its_place() {
    let cases = [
        ("nowhere", "#"),
        ("start&case=!", "case"),
        ("start&case=lap&alpha=x", "alpha"),
        ("start&case=lap&alpha=NaN", "alpha"),
        ("start&case=lap&eta=1e999", "eta"),
        ("start&case=lap&at=1", "at"),
        ("start&case=lap&at=99999999999.0", "position"),
        ("start&case=lap&at=0.9999", "position"),
        ("start&case=lap&size=x", "size"),
        ("activations&curves=toString", "activation"),
        ("activations&z=inf", "z"),
        ("__proto__", "#"),
        ("step-by-step&case=__proto__", "case"),
        ("step-by-step&case=constructor", "case"),
        ("step-by-step&case=a&at=99999999999.0", "at"),
        ("step-by-step&case=a&at=0.99999999999", "at"),
        ("step-by-step&case=a&at=-1.0", "at"),
        ("step-by-step&case=a&at=1", "at"),
        ("step-by-step&case=a&at=NaN.NaN", "at"),
        ("step-by-step&case=a&alpha=NaN", "alpha"),
        ("step-by-step&case=a&alpha=1e999", "alpha"),
        ("step-by-step&case=a&eta=1e999", "eta"),
        ("step-by-step&case=a&eta=", "eta"),
        ("step-by-step&case=a&size=toString", "size"),
        ("step-by-step&case=a&size=__proto__", "size"),
        ("step-by-step&case=", "JSON"),
        ("step-by-step&case=%00%ff", "case"),
        ("step-by-step&case=e30", "format"),
        ("start&case=hasOwnProperty", "case"),
        ("start&case=lap&at=5.5.5", "at"),
        ("activations&curves=valueOf", "activation"),
        ("activations&alpha=Infinity", "alpha"),
        ("activations&z=1e400", "z"),
        ("activations&z=x", "z"),
    ];
    for (fragment, place) in cases {
        let error = link::read(fragment).unwrap_err();
        assert!(error.to_string().contains(place), "{fragment}: {error}");
        let kept = Place::named("place", fragment.split('&').next().unwrap_or_default());
        let start = link::start_of(fragment).unwrap();
        assert_eq!(start.place, kept.unwrap_or(Place::Start), "{fragment}");
    }
}

#[test]
fn a_diverging_run_stops_and_can_go_back() {
    let mut state = State::new().unwrap();
    state.apply_json(r#"{"do":"go","place":"step-by-step"}"#).unwrap();
    state.apply_json(r#"{"do":"rate","value":1000}"#).unwrap();
    state.apply_json(r#"{"do":"stop_size","size":"pass"}"#).unwrap();
    let mut steps = 0;
    while state.lab.can_step() {
        state.apply(Action::Step).unwrap();
        steps += 1;
        assert!(steps < 1000, "never diverged");
    }
    let at = state.lab.at();
    assert!(frame(&state)["alert"].is_object());
    state.apply(Action::Step).unwrap();
    assert_eq!(state.lab.at(), at);
    state.apply(Action::Back).unwrap();
    assert!(state.lab.can_step());
}

#[test]
fn every_operand_link_of_a_and_b_leads_to_a_step_that_shows_the_same_number() {
    for preset in ["a", "b"] {
        let mut state = State::new().unwrap();
        state.apply(Action::Go { place: Place::StepByStep }).unwrap();
        state.apply(Action::Preset { name: preset.into() }).unwrap();
        state.apply(Action::StopSize { size: StopSize::Unit }).unwrap();
        state.apply(Action::End).unwrap();
        let all = state.lab.trace().steps().len() as u32;
        for id in 0..all {
            state.apply(Action::Show { id }).unwrap();
            let line = frame(&state)["card"]["lines"].as_array().unwrap().last().unwrap().clone();
            for num in line["parts"].as_array().unwrap().iter().filter_map(|part| part.get("num")) {
                let Some(operand) = num["id"].as_u64() else { continue };
                state.apply(Action::Show { id: operand as u32 }).unwrap();
                let there =
                    frame(&state)["card"]["lines"].as_array().unwrap().last().unwrap().clone();
                let result = there["parts"].as_array().unwrap().last().unwrap()["num"].clone();
                assert_eq!(result["exact"], num["exact"], "{preset}: step {id}");
                state.apply(Action::Return).unwrap();
            }
        }
    }
}

#[test]
fn a_file_whose_page_leads_elsewhere_is_refused() {
    let exported = lab("a", StopSize::Unit).export().replace("0.9", "0.8");
    let error = Lab::import(&exported).err();
    assert_eq!(error, None, "an edited file without a past is its own start");
    let mut later = lab("a", StopSize::Unit);
    later.go(Position { t: 2, id: 0 }).unwrap();
    let edited = later.export().replacen("\"inputs\":[[2.0,3.0]]", "\"inputs\":[[9.0,3.0]]", 1);
    assert!(matches!(Lab::import(&edited), Err(Error::Mismatch { .. })));
}

fn act(state: &mut State, action: Value) {
    state.apply_json(&action.to_string()).unwrap();
}

#[test]
fn a_given_number_in_the_card_names_the_action_that_sets_it() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    let given = stops_start(&state);
    for id in 0..=given {
        act(&mut state, json!({"do": "show", "id": id}));
        let mut edit = frame(&state)["card"]["edit"].clone();
        let before = state.lab.trace().value(id);
        assert_eq!(edit["value"].as_f64(), Some(before));
        edit["value"] = json!(before + 0.25);
        act(&mut state, edit);
        assert_eq!(state.lab.trace().value(id), before + 0.25, "step {id}");
    }
    act(&mut state, json!({"do": "end"}));
    assert_eq!(frame(&state)["card"]["edit"], Value::Null);
}

fn stops_start(state: &State) -> u32 {
    gradstep::stops::start(state.lab.trace())
}

#[test]
fn on_the_first_lap_alpha_changes_all_of_it_and_a_weight_what_comes() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "lap", "t": 0}));
    (0..10).for_each(|_| act(&mut state, json!({"do": "step"})));
    assert_eq!(state.lap.at().t, 1);
    act(&mut state, json!({"do": "weight", "layer": 0, "unit": 0, "from": 0, "value": 0.5}));
    let shown = state.lap.case().network.layers()[0].rows().next().unwrap()[0];
    assert_eq!((state.lap.at().t, shown), (0, 0.5));
}

#[test]
fn samples_come_and_go_one_edit_each() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "preset", "name": "xor"}));
    let count = |state: &State| state.lab.setup().samples.len();
    let had = count(&state);
    act(&mut state, json!({"do": "add_sample"}));
    act(&mut state, json!({"do": "add_sample"}));
    assert_eq!(count(&state), had + 2);
    act(&mut state, json!({"do": "undo"}));
    assert_eq!(count(&state), had + 1);
    act(&mut state, json!({"do": "batch", "size": had + 1}));
    act(&mut state, json!({"do": "remove_sample", "sample": 0}));
    assert_eq!((count(&state), state.lab.setup().batch), (had, had));
    for _ in 1..had {
        act(&mut state, json!({"do": "remove_sample", "sample": 0}));
    }
    let refused = state.apply_json(r#"{"do": "remove_sample", "sample": 0}"#).unwrap_err();
    assert_eq!(refused, Error::range("samples", 0, gradstep::error::Allowed::Between(1, 64)));
    assert_eq!(count(&state), 1);
}

#[test]
fn training_goes_on_with_the_next_sample_when_an_earlier_one_is_taken_away() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "preset", "name": "xor"}));
    act(&mut state, json!({"do": "stop_size", "size": "pass"}));
    act(&mut state, json!({"do": "batch", "size": 1}));
    while state.lab.at().t < 2 {
        act(&mut state, json!({"do": "step"}));
    }
    let x = |state: &State| state.lab.setup().samples.inputs[state.lab.sample(0)].clone();
    let (at, before) = (state.lab.sample(0), x(&state));
    assert_eq!(at, 2);
    act(&mut state, json!({"do": "remove_sample", "sample": 0}));
    assert_eq!(x(&state), before);
}

#[test]
fn a_loss_stands_in_the_curve_once_it_is_computed() {
    let mut state = State::new().unwrap();
    assert_eq!(frame(&state)["losses"], json!([]));
    (0..4).for_each(|_| act(&mut state, json!({"do": "step"})));
    assert_eq!(frame(&state)["losses"][0]["value"], json!(1.125));
}

#[test]
fn a_long_run_makes_no_larger_frames_and_its_curve_keeps_its_highest_and_lowest() {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "go", "place": "step-by-step"}));
    act(&mut state, json!({"do": "preset", "name": "xor"}));
    act(&mut state, json!({"do": "stop_size", "size": "pass"}));
    let mut run = |steps: usize| {
        while state.lab.at().t < steps {
            act(&mut state, json!({"do": "step"}));
        }
        let losses = frame(&state)["losses"].as_array().unwrap().clone();
        (losses, state.lab.visited().to_vec(), view::frame(&state, None))
    };
    let length = |frame| gradstep::json::write(&frame).len();
    let (_, _, before) = run(400);
    let (losses, visited, after) = run(1200);
    let (before, after) = (length(before), length(after));
    assert!(after < before + before / 10, "{before} characters, and then {after}");
    let mut costs: Vec<f64> = visited.iter().take(1200).map(|visit| visit.cost).collect();
    costs.sort_by(f64::total_cmp);
    let shown = |wanted: f64| losses.iter().any(|loss| loss["value"] == json!(wanted));
    assert!(shown(costs[0]) && shown(costs[costs.len() - 1]));
    let all: Vec<usize> = losses.iter().map(|loss| loss["t"].as_u64().unwrap() as usize).collect();
    assert!(all.is_sorted_by(|a, b| a < b) && all[0] == 0 && all.last() == Some(&1199), "{all:?}");
    let to = |t: usize| losses.iter().any(|loss| loss["t"] == json!(t) && loss["num"].is_object());
    assert!([0, 1100, 1150, 1199].into_iter().all(to));
}

#[test]
fn an_unknown_name_is_repeated_only_in_part() {
    let long = "x".repeat(1_000_000);
    let error = link::read(&format!("{long}&case=a")).unwrap_err().to_string();
    assert!(error.len() < 200 && error.contains("xxx…"), "{}", error.len());
}

/// The keys of the card's sentences, and its first line of arithmetic as text.
fn card_of(link: &str) -> (Vec<String>, String) {
    let card = frame(&link::read(link).unwrap())["card"].clone();
    let why = card["why"].as_array().unwrap().iter();
    let parts = card["lines"][0]["parts"].as_array().unwrap().iter();
    let word = |part: &Value| {
        part["op"].as_str().or(part["num"]["text"].as_str()).unwrap_or_default().to_owned()
    };
    let keys = why.map(|say| say["key"].as_str().unwrap().to_owned()).collect();
    (keys, parts.map(word).collect::<Vec<_>>().join(" "))
}

#[test]
fn the_sentence_of_an_update_follows_the_signs_of_gradient_and_rate() {
    let at = |eta: &str, id: usize| {
        card_of(&format!("step-by-step&case=a&alpha=0.1&eta={eta}&at=0.{id}&size=number"))
    };
    assert_eq!(at("0.1", 45).0, ["why.next.down"]);
    assert_eq!(at("0.1", 48).0, ["why.next.up"]);
    assert_eq!(at("0", 45).0, ["why.next.no_rate"]);
    let (why, sum) = at("-0.1", 45);
    assert_eq!(
        (why, sum.contains("− ( −0.1 ) · 1.8")),
        (vec!["why.next.climbs".into()], true),
        "{sum}"
    );
}

#[test]
fn a_negative_z_stands_in_parentheses_behind_the_minus_of_sigmoid() {
    let mut state = link::read("step-by-step&case=a&size=number&at=0.13").unwrap();
    act(&mut state, json!({"do": "activation", "layer": 0, "name": "sigmoid"}));
    act(&mut state, json!({"do": "end"}));
    let a = state.lab.trace().find(gradstep::trace::Slot::A { s: 0, l: 0, j: 1 }).unwrap();
    act(&mut state, json!({"do": "show", "id": a}));
    let (_, sum) = card_of(&link::write(&state));
    assert!(sum.contains("exp(− ( −3 ) ))"), "{sum}");
}

#[test]
fn at_a_corner_the_slope_is_called_a_convention() {
    let mut state = link::read("step-by-step&case=a&size=number&at=0.13").unwrap();
    act(&mut state, json!({"do": "bias", "layer": 0, "unit": 0, "value": 0}));
    for unit in 0..2 {
        act(&mut state, json!({"do": "input", "sample": 0, "unit": unit, "value": 0}));
    }
    act(&mut state, json!({"do": "end"}));
    let slope = state.lab.trace().find(gradstep::trace::Slot::Slope { s: 0, l: 0, j: 0 }).unwrap();
    act(&mut state, json!({"do": "show", "id": slope}));
    let said = frame(&state)["card"]["why"][0]["key"].clone();
    let z = state.lab.trace().value_of(gradstep::trace::Slot::Z { s: 0, l: 0, j: 0 });
    assert_eq!((z, said), (Some(0.0), json!("why.slope.corner")));
}
