//! The chapter "Neuron": one unit, its line, and the gates that it can be.

use gradstep::activation::Activation;
use gradstep::app::{Place, State};
use gradstep::name::Named;
use gradstep::neuron::{self, Change, Gate, HIGH, LIMIT, LOW, Lesson, Neuron};
use gradstep::{link, number, tries, view};
use serde_json::{Value, json};

/// The state of the chapter after `changes`.
fn after(changes: &[Value]) -> State {
    let mut state = State { place: Place::Neuron, ..State::new().unwrap() };
    changes.iter().for_each(|one| change(&mut state, one).unwrap());
    state
}

fn change(state: &mut State, change: &Value) -> Result<(), String> {
    let action = json!({"do": "neuron", "change": change});
    state.apply_json(&action.to_string()).map_err(|error| error.to_string())
}

fn frame(state: &State) -> Value {
    serde_json::to_value(view::frame(state, None)).unwrap()
}

fn with(weights: [f64; 2], bias: f64) -> Neuron {
    Neuron { weights, bias, ..Neuron::default() }
}

fn gates() -> impl Iterator<Item = Gate> {
    Gate::all().filter(|&gate| gate != Gate::Xor)
}

/// Weights and biases on a grid, 0 among them.
fn grid() -> impl Iterator<Item = Neuron> {
    let values = || (-12..=12).map(|n| f64::from(n) * 0.25);
    values()
        .flat_map(move |w1| values().flat_map(move |w2| values().map(move |b| with([w1, w2], b))))
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

fn inside(x: [f64; 2]) -> bool {
    x.iter().all(|one| (LOW..=HIGH).contains(one))
}

/// z in whole numbers, from weights in 1/4: an oracle without rounding.
fn quarters(neuron: &Neuron, x: [f64; 2]) -> i64 {
    let whole = |v: f64| (4.0 * v) as i64;
    let (x1, x2) = (x[0] as i64, x[1] as i64);
    whole(neuron.weights[0]) * x1 + whole(neuron.weights[1]) * x2 + whole(neuron.bias)
}

#[test]
fn the_gates_are_those_of_the_logic_book() {
    let tables = [
        (Gate::And, [0, 0, 0, 1]),
        (Gate::Or, [0, 1, 1, 1]),
        (Gate::Nand, [1, 1, 1, 0]),
        (Gate::Nor, [1, 0, 0, 0]),
        (Gate::Xor, [0, 1, 1, 0]),
    ];
    for (gate, table) in tables {
        assert_eq!(Gate::INPUTS.map(|x| u8::from(gate.on(x))), table, "{gate:?}");
    }
}

#[test]
fn a_unit_fires_exactly_above_its_threshold() {
    for one in grid() {
        for x in Gate::INPUTS {
            assert_eq!(one.fires(x), quarters(&one, x) > 0, "{one:?} at {x:?}");
            assert_eq!(one.fires(x), one.weighed(x) > -one.bias, "{one:?} at {x:?}");
            assert_eq!(one.fires(x), one.output(x) == 1.0, "{one:?} at {x:?}");
        }
    }
}

#[test]
fn every_gate_but_xor_is_on_the_grid_and_xor_never() {
    for gate in Gate::all() {
        let best = grid().map(|one| Neuron { gate, ..one }.right()).max().unwrap();
        assert_eq!(best, if gate == Gate::Xor { 3 } else { 4 }, "{gate:?}");
    }
}

#[test]
fn without_a_bias_only_or_can_be_done() {
    for gate in gates() {
        let found = grid().any(|one| one.bias == 0.0 && Neuron { gate, ..one }.is_right());
        assert_eq!(found, gate == Gate::Or, "{gate:?}");
    }
}

#[test]
fn the_perceptron_rule_learns_each_gate_from_several_starts() {
    let starts = [([0.0, 0.0], 0.0), ([-0.5, 1.0], 0.5), ([1.0, 1.0], -0.5), ([-3.0, 3.0], 3.0)];
    for gate in gates() {
        for (weights, bias) in starts {
            let mut state = after(&[json!({"gate": gate.name()})]);
            (state.neuron.weights, state.neuron.bias) = (weights, bias);
            change(&mut state, &json!("teach")).unwrap();
            let Some(Lesson::Right { corrections, .. }) = state.neuron.lesson else {
                panic!("{gate:?} from {weights:?}: {:?}", state.neuron);
            };
            assert!(state.neuron.is_right() && corrections <= 60, "{gate:?}: {corrections}");
            for v in [state.neuron.weights[0], state.neuron.weights[1], state.neuron.bias] {
                assert_eq!((2.0 * v).fract(), 0.0, "{gate:?}: {v} is no multiple of a half");
            }
        }
    }
}

#[test]
fn one_sample_at_a_time_leads_where_teaching_does() {
    for gate in gates() {
        let mut slow = after(&[json!({"gate": gate.name()})]);
        let mut fast = slow.clone();
        change(&mut fast, &json!("teach")).unwrap();
        while !slow.neuron.is_right() {
            let before = slow.neuron.clone();
            let x = Gate::INPUTS[before.next];
            change(&mut slow, &json!("sample")).unwrap();
            // Rosenblatt's rule, written out.
            let error = f64::from(u8::from(gate.on(x))) - before.output(x);
            let now = &slow.neuron;
            assert_eq!(now.weights[0], before.weights[0] + 0.5 * error * x[0]);
            assert_eq!(now.weights[1], before.weights[1] + 0.5 * error * x[1]);
            assert_eq!(now.bias, before.bias + 0.5 * error);
        }
        let end = |state: &State| (state.neuron.weights, state.neuron.bias, state.neuron.next);
        assert_eq!(end(&slow), end(&fast), "{gate:?}");
    }
}

#[test]
fn xor_is_never_learned_and_always_one_of_its_conditions_fails() {
    let mut state = after(&[json!({"gate": "xor"})]);
    for _ in 0..3 {
        change(&mut state, &json!("teach")).unwrap();
        assert!(matches!(state.neuron.lesson, Some(Lesson::Wrong { .. })));
        assert!(frame(&state)["lesson"]["key"] == "neuron.taught_in_vain");
    }
    for Neuron { weights, bias, .. } in grid().step_by(37) {
        let [w1, w2] = weights;
        (state.neuron.weights, state.neuron.bias) = (weights, bias);
        let wanted = [bias <= 0.0, w2 + bias > 0.0, w1 + bias > 0.0, w1 + w2 + bias <= 0.0];
        let proof = frame(&state)["proof"].clone();
        let holds = [0, 1, 2, 3].map(|n| proof["conditions"][n]["holds"] == true);
        assert_eq!((holds, holds.contains(&false)), (wanted, true), "{weights:?}, {bias}");
    }
    let network = link::read(neuron_network(&state).as_str()).unwrap();
    assert_eq!(link::write(&network), neuron_network(&state));
    assert_eq!(network.lab.setup().preset, Some("xor"));
}

fn neuron_network(state: &State) -> String {
    frame(state)["proof"]["network"].as_str().unwrap().into()
}

#[test]
fn the_ends_of_the_line_lie_on_it_and_on_the_border() {
    let mut lines = 0;
    for one in grid() {
        let Some(ends) = neuron::line(&one) else {
            // All four corners of the square, and so all of it, on one side.
            let corners = [[LOW, LOW], [LOW, HIGH], [HIGH, LOW], [HIGH, HIGH]];
            let z = corners.map(|x| one.sum(x));
            let apart = z.iter().any(|&z| z > 0.0) && z.iter().any(|&z| z < 0.0);
            assert!(!apart, "{one:?} crosses the square");
            continue;
        };
        lines += 1;
        for x in ends {
            assert!(near(one.sum(x), 0.0, 1e-12), "{one:?}: z = {} at {x:?}", one.sum(x));
            let border = x.iter().any(|&v| near(v, LOW, 1e-12) || near(v, HIGH, 1e-12));
            assert!(border && x.iter().all(|&v| v > LOW - 1e-12 && v < HIGH + 1e-12), "{x:?}");
        }
        let held = neuron::handle(&one);
        assert!(inside(held) && near(one.sum(held), 0.0, 1e-12), "{one:?} held at {held:?}");
        let tip = neuron::tip(&one).unwrap();
        assert!(one.sum(tip) > 0.0, "w points to the side that rests: {one:?}");
    }
    assert!(lines > 5_000, "{lines}");
}

#[test]
fn the_line_goes_through_the_point_that_it_is_dragged_to() {
    for one in grid() {
        let mut now = one.clone();
        now.apply(Change::Through([0.35, -0.6])).unwrap();
        if neuron::direction(&now).is_some() {
            assert!(near(now.sum([0.35, -0.6]), 0.0, 5.1e-4), "{now:?}");
            let held = neuron::handle(&now);
            assert!(near(held[0], 0.35, 5e-3) && near(held[1], -0.6, 5e-3), "{held:?}");
        }
        assert_eq!(now.weights, one.weights);
    }
}

#[test]
fn the_line_turns_where_it_is_held_and_keeps_the_length_of_w() {
    let mut state = after(&[json!({"through": [0.5, 0.25]})]);
    let (length, held) = (state.neuron.length(), neuron::handle(&state.neuron));
    for turn in 0..72 {
        let degrees = f64::from(5 * turn);
        change(&mut state, &json!({"turn": degrees})).unwrap();
        let now = &state.neuron;
        assert!(near(now.length(), length, 0.02), "{} at {degrees}", now.length());
        let [x1, x2] = neuron::handle(now);
        assert!(near(x1, held[0], 0.02) && near(x2, held[1], 0.02), "{x1}, {x2} at {degrees}");
        let off = (now.angle() - degrees).rem_euclid(360.0);
        assert!(near(off, 0.0, 0.1) || near(off, 360.0, 0.1), "{} at {degrees}", now.angle());
        // Thousandths, so that what is shown is the whole number.
        for v in [now.weights[0], now.weights[1], now.bias] {
            assert!(near(1000.0 * v, (1000.0 * v).round(), 1e-9), "{v}");
        }
    }
}

#[test]
fn w_turns_toward_a_point() {
    let mut state = after(&[json!({"through": [0.5, 0.5]})]);
    for (to, angle) in [([2.0, 0.5], 0.0), ([0.5, 2.0], 90.0), ([-1.0, 0.5], 180.0)] {
        change(&mut state, &json!({"toward": to})).unwrap();
        assert!(near(state.neuron.angle().abs(), angle, 0.1), "{}", state.neuron.angle());
        assert!(neuron::distance(&state.neuron, to).unwrap() > 0.0);
    }
    let before = state.neuron.clone();
    let held = neuron::handle(&state.neuron);
    change(&mut state, &json!({"toward": held})).unwrap();
    assert_eq!(state.neuron, before);
}

#[test]
fn shifting_says_how_far_the_line_lies_from_the_origin() {
    let mut state = after(&[
        json!({"weight": {"input": 0, "value": 3.0}}),
        json!({"weight": {"input": 1, "value": 4.0}}),
    ]);
    change(&mut state, &json!({"shift": 0.5})).unwrap();
    assert_eq!(state.neuron.bias, -2.5);
    assert_eq!(frame(&state)["plane"]["shift"], 0.5);
    let foot = [0.3, 0.4];
    assert!(near(state.neuron.sum(foot), 0.0, 1e-12));
}

#[test]
fn the_shade_is_what_the_unit_answers() {
    for g in Activation::ALL {
        for (weights, bias) in [([1.0, 1.0], -1.5), ([-2.0, 0.5], 0.25), ([0.0, 0.0], 0.5)] {
            let one = Neuron { activation: g, ..with(weights, bias) };
            let shade = neuron::shade(&one);
            let mut before = 0.0;
            for stop in &shade.stops {
                let at = |i: usize| shade.from[i] + stop.offset * (shade.to[i] - shade.from[i]);
                let (x, on_line) = ([at(0), at(1)], near(one.sum([at(0), at(1)]), 0.0, 1e-9));
                // Of a jump at 0 both sides are told.
                assert!(on_line || near(one.output(x), stop.answer, 1e-9), "{g:?} at {x:?}");
                assert!(stop.offset >= before, "{g:?}: not in order");
                assert!((shade.least..=shade.most).contains(&stop.answer), "{g:?}");
                before = stop.offset;
            }
        }
    }
    let stops = neuron::shade(&with([1.0, 0.0], -0.5)).stops;
    assert!(
        stops.windows(2).any(|pair| pair[0].offset == pair[1].offset
            && (pair[0].answer, pair[1].answer) == (0.0, 1.0))
    );
}

#[test]
fn the_shade_of_a_step_has_no_slope() {
    for one in grid().step_by(7) {
        for pair in neuron::shade(&one).stops.windows(2) {
            let jumps = pair[0].offset == pair[1].offset;
            assert!(jumps || pair[0].answer == pair[1].answer, "{one:?}: {pair:?}");
        }
    }
}

#[test]
fn the_arithmetic_on_screen_is_that_of_the_unit() {
    let state = after(&[json!({"input": {"input": 0, "value": -0.5}})]);
    let line = |n: usize| -> String {
        let part = |part: &Value| {
            let text = part["num"]["text"].as_str().or(part["op"].as_str());
            text.unwrap().to_owned()
        };
        let frame = frame(&state);
        frame["lines"][n]["parts"].as_array().unwrap().iter().map(part).collect()
    };
    // w = (−0.5, 1), b = 0.5, x = (−0.5, 1).
    let lines = [0, 1, 2, 3, 4].map(line);
    assert_eq!(lines, ["−0.5·(−0.5)=0.25", "1·1=1", "0.25+1=1.25", "1.25+0.5=1.75", "g(1.75)=1"]);
    let frame = frame(&state);
    assert_eq!(frame["plane"]["equation"], "−0.5·x₁ + 1·x₂ + 0.5 = 0");
    assert_eq!(frame["unit"]["threshold"]["text"], "−0.5");
}

#[test]
fn a_link_restores_the_chapter_exactly() {
    let third = 1.0 / 3.0;
    for changes in [
        vec![],
        vec![json!("sample")],
        vec![json!("teach")],
        vec![json!({"gate": "xor"}), json!("teach")],
        vec![
            json!({"gate": "nor"}),
            json!("sample"),
            json!("sample"),
            json!({"activation": "tanh"}),
        ],
        vec![json!({"through": [0.1, 0.7]}), json!({"turn": 33.0}), json!({"at": [third, -0.4]})],
        vec![json!({"weight": {"input": 1, "value": third}}), json!({"bias": -1e-9})],
    ] {
        let state = after(&changes);
        let written = link::write(&state);
        let read = link::read(&written).unwrap();
        assert_eq!(read.neuron, state.neuron, "{written}");
        assert_eq!(frame(&read), frame(&state), "{written}");
    }
}

#[test]
fn what_a_link_has_wrong_is_named() {
    for (values, message) in [
        ("w=1", "w: a list of 1, but a list of 2 is needed"),
        ("w=1,2,3", "w: a list of 3, but a list of 2 is needed"),
        ("w=NaN,1", "w: NaN is not a finite number"),
        ("w=1,1e999", "w: 1e999 is not a finite number"),
        ("b=1000.5", "bias: 1000.5 is not from −1000 to 1000"),
        ("b=", "b:  is not a finite number"),
        ("x=a,b", "x: a is not a finite number"),
        ("hold=1,inf", "hold: inf is not a finite number"),
        ("g=softmax", "g: \"softmax\" is not one of"),
        ("gate=__proto__", "gate: \"__proto__\" is not one of and, or, nand, nor, xor"),
        ("row=4", "row: 4 is not from 0 to 3"),
        ("row=-1", "row: -1 is not a whole number from 0 up"),
        ("last=0,1,1,1", "last: a list of 4, but a list of 5 is needed"),
        ("last=7,1,1,1,1", "last: 7,1,1,1,1 is not from 0 to 3"),
        ("last=0,1,NaN,1,1", "last: NaN is not a finite number"),
        ("right=many", "right: many is not a whole number from 0 up"),
    ] {
        let found = link::read(&format!("neuron&{values}")).unwrap_err().to_string();
        assert!(found.starts_with(message), "{values}: {found}");
    }
}

#[test]
fn what_cannot_be_is_refused_and_nothing_changes() {
    let mut state = after(&[json!("sample")]);
    let before = state.neuron.clone();
    for (broken, message) in [
        (json!({"weight": {"input": 2, "value": 1.0}}), "weights[2]: 2 is not within"),
        (json!({"weight": {"input": 0, "value": 1001.0}}), "weights[0]: 1001 is not from"),
        (json!({"bias": -1e300}), "bias: "),
        (json!({"input": {"input": 9, "value": 0.0}}), "x[9]: 9 is not within"),
        (json!({"at": [0.0, 2e3]}), "x[1]: 2000 is not from"),
        (json!({"through": [1e308, 1e308]}), "bias: "),
        (json!({"shift": 1e308}), "bias: "),
        (json!({"activation": "softmax"}), "activation: \"softmax\""),
        (json!({"gate": "if"}), "gate: \"if\""),
    ] {
        let found = change(&mut state, &broken).unwrap_err();
        assert!(found.starts_with(message), "{broken}: {found}");
        assert_eq!(state.neuron, before, "{broken}");
    }
}

#[test]
fn every_frame_is_finite_however_far_the_numbers_go() {
    let start = after(&[json!({"at": [LIMIT, -LIMIT]})]);
    let extremes = [-LIMIT, -1e-300, 0.0, 5e-324, 1e-9, LIMIT];
    for w1 in extremes {
        for w2 in extremes {
            for bias in extremes {
                let mut state = start.clone();
                (state.neuron.weights, state.neuron.bias) = ([w1, w2], bias);
                let shown = frame(&state);
                for name in ["handle", "tip", "line", "angle", "shift"] {
                    let text = shown["plane"][name].to_string();
                    assert!(
                        text == "null" || !text.contains("null"),
                        "{w1}, {w2}, {bias}: {name} {text}"
                    );
                }
                assert!(!shown["plane"]["shade"]["stops"].to_string().contains("null"));
                for step in [json!({"turn": 40.0}), json!({"through": [0.0, 1.0]}), json!("teach")]
                {
                    // Taken or refused, but finite.
                    let _ = change(&mut state, &step);
                    assert!(state.neuron.weights.iter().all(|w| w.abs() <= LIMIT));
                }
            }
        }
    }
}

#[test]
fn far_weights_need_more_than_one_lesson_but_get_there() {
    let mut state = after(&[json!({"weight": {"input": 0, "value": -200.0}})]);
    change(&mut state, &json!("teach")).unwrap();
    assert_eq!(frame(&state)["lesson"]["key"], "neuron.taught_not_yet");
    for _ in 0..20 {
        change(&mut state, &json!("teach")).unwrap();
    }
    assert!(state.neuron.is_right());
}

#[test]
fn what_is_worth_trying_is_so() {
    let of = |key: &str| -> Vec<Neuron> {
        let found = tries::of(Place::Neuron).iter().find(|one| one.sentence == key).unwrap();
        found.links.iter().map(|link| link::read(link).unwrap().neuron).collect()
    };
    let [or, and] = of("try.neuron_threshold").try_into().unwrap();
    assert_eq!((or.gate, and.gate, or.weights == and.weights), (Gate::Or, Gate::And, true));
    let [nand] = of("try.neuron_signs").try_into().unwrap();
    assert_eq!(
        (nand.gate, nand.weights, nand.bias),
        (Gate::Nand, and.weights.map(|w| -w), -and.bias)
    );
    assert!(or.is_right() && and.is_right() && nand.is_right());
    let [soft, steep] = of("try.neuron_grade").try_into().unwrap();
    assert!(near(steep.length(), 10.0 * soft.length(), 1e-9));
    assert_eq!(neuron::line(&soft), neuron::line(&steep));
    for x in Gate::INPUTS {
        let step = f64::from(u8::from(steep.fires(x)));
        assert!(near(steep.output(x), step, 0.01) && !near(soft.output(x), step, 0.1));
    }
    let [xor] = of("try.neuron_xor").try_into().unwrap();
    assert_eq!(xor, Neuron { gate: Gate::Xor, ..Neuron::default() });
}

#[test]
fn a_correction_is_announced_with_what_was_before_and_what_is_after() {
    let mut state = after(&[]);
    let num =
        |say: &Value, name: &str| say["args"][name]["num"]["text"].as_str().unwrap().to_owned();
    let mut corrected = 0;
    for _ in 0..10 {
        let before = state.neuron.clone();
        let x = Gate::INPUTS[before.next];
        change(&mut state, &json!("sample")).unwrap();
        let said = frame(&state)["announce"].clone();
        let then = &said["args"]["then"]["say"];
        assert_eq!(num(then, "z"), number::short(before.sum(x)));
        assert_eq!(then["args"]["said"]["text"], u8::from(before.fires(x)).to_string());
        let now = &state.neuron;
        if now.weights == before.weights && now.bias == before.bias {
            assert_eq!(said["key"], "neuron.announce");
            continue;
        }
        corrected += 1;
        assert_eq!(said["key"], "neuron.announce_corrected");
        for (name, value) in [
            ("w1", now.weights[0]),
            ("w2", now.weights[1]),
            ("b", now.bias),
            ("z", now.sum(x)),
            ("a", now.output(x)),
        ] {
            assert_eq!(num(&said, name), number::short(value), "{name}");
        }
    }
    assert!(corrected > 2, "{corrected}");
}

#[test]
fn a_whole_teaching_shows_its_last_corrections_as_they_were_made() {
    for gate in gates() {
        let mut slow = after(&[json!({"gate": gate.name()})]);
        let mut fast = slow.clone();
        change(&mut fast, &json!("teach")).unwrap();
        let mut all = vec![];
        while !slow.neuron.is_right() {
            let (row, before) = (slow.neuron.next, slow.neuron.clone());
            change(&mut slow, &json!("sample")).unwrap();
            let pair = |one: &Neuron| (one.weights, one.bias);
            if pair(&slow.neuron) != pair(&before) {
                all.push((row, pair(&before), pair(&slow.neuron)));
            }
        }
        let course = fast.neuron.course();
        let pair = |one: &Neuron| (one.weights, one.bias);
        let found: Vec<_> =
            course.iter().map(|one| (one.row, pair(&one.before), pair(&one.after))).collect();
        assert_eq!(found, all[all.len() - found.len()..], "{gate:?}");
        assert!(found.len() == all.len().min(neuron::KEPT), "{gate:?}");
        let numbers: Vec<usize> = course.iter().map(|one| one.n).collect();
        let wanted: Vec<usize> = (all.len() - found.len() + 1..=all.len()).collect();
        assert_eq!(numbers, wanted, "{gate:?}");
        assert_eq!(frame(&fast)["course"].as_array().unwrap().len(), found.len());
        assert!(!frame(&fast)["plane"]["earlier"].as_array().unwrap().is_empty(), "{gate:?}");
        // And the address keeps them.
        assert_eq!(link::read(&link::write(&fast)).unwrap().neuron, fast.neuron);
    }
    for rows in ["4", "0,0,0,0,0,0", "0,1", "", "a", "-1"] {
        assert!(link::read(&format!("neuron&right=1&rows={rows}")).is_err(), "{rows}");
    }
}
