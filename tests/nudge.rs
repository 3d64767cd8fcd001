//! The chapter "Nudge": the numbers of the text, the quotients, the corners, the step.

use gradstep::app::State;
use gradstep::link;
use gradstep::nudge::{Change, EPSILONS, Nudge, name, plot};
use gradstep::trace::Slot;
use gradstep::train::Parameter;
use gradstep::view;
use serde_json::{Value, json};

fn nudge() -> Nudge {
    Nudge::new().unwrap()
}

fn weight(layer: usize, unit: usize, from: usize) -> Parameter {
    Parameter::Weight { layer, unit, from }
}

fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9, "{found}, not {wanted}");
}

/// Network A's loss, written out.
fn loss([w11, w12, w21, w22, b1, b2, v1, v2, c]: [f64; 9]) -> f64 {
    let g = |z: f64| if z > 0.0 { z } else { 0.1 * z };
    let a1 = g(2.0 * w11 + 3.0 * w12 + b1);
    let a2 = g(2.0 * w21 + 3.0 * w22 + b2);
    let y = v1 * a1 + v2 * a2 + c;
    0.5 * (y - 1.0) * (y - 1.0)
}

const A: [f64; 9] = [0.1, 0.4, -0.9, -0.5, 0.2, 0.3, -0.6, 0.8, 0.7];
const GRADIENTS: [f64; 9] = [1.8, 2.7, -0.24, -0.36, 0.9, -0.12, -2.4, 0.45, -1.5];

#[test]
fn w11_from_0_10_to_0_11_moves_the_loss_by_its_gradient() {
    let mut nudge = nudge();
    close(nudge.loss(), 1.125);
    nudge.apply(Change::Up).unwrap();
    close(nudge.start() + nudge.shift(), 0.11);
    close(nudge.loss_at(nudge.parameter(), 0.11), 1.143072);
    close(nudge.slope(nudge.parameter()).unwrap(), 1.8);
    let lab = nudge.lab().unwrap();
    close(lab.trace().value_of(Slot::Loss { s: 0 }).unwrap(), 1.143072);
}

#[test]
fn a_nudge_of_each_parameter_is_the_loss_written_out() {
    let nudge = nudge();
    for (n, parameter) in nudge.parameters().into_iter().enumerate() {
        close(nudge.value(parameter), A[n]);
        for shift in [-2.0, -0.7, -0.01, 0.01, 0.5, 2.0] {
            let mut moved = A;
            moved[n] += shift;
            close(nudge.loss_at(parameter, A[n] + shift), loss(moved));
        }
        close(nudge.slope(parameter).unwrap(), GRADIENTS[n]);
        close(nudge.gradient(parameter), GRADIENTS[n]);
    }
}

#[test]
fn quotients_close_in_on_the_gradient_from_both_sides() {
    let mut nudge = nudge();
    for (n, parameter) in nudge.parameters().into_iter().enumerate() {
        nudge.apply(Change::Parameter(parameter)).unwrap();
        let mut before = f64::INFINITY;
        for quotient in nudge.shrinking() {
            let off = |slope: f64| (slope - GRADIENTS[n]).abs();
            let far = off(quotient.up.slope) + off(quotient.down.slope);
            assert!(far < before && far < 40.0 * quotient.epsilon, "{parameter:?} {quotient:?}");
            before = far;
        }
    }
}

#[test]
fn corners_are_where_a_unit_passes_0_and_have_two_slopes() {
    let mut nudge = nudge();
    let kinks = [
        (weight(0, 0, 0), Some(-0.7_f64)),
        (weight(0, 0, 1), Some(0.4 - 1.6 / 3.0)),
        (weight(0, 1, 0), Some(0.6)),
        (weight(0, 1, 1), Some(0.5)),
        (Parameter::Bias { layer: 0, unit: 0 }, Some(-1.4)),
        (Parameter::Bias { layer: 0, unit: 1 }, None),
        (weight(1, 0, 0), None),
    ];
    for (parameter, wanted) in kinks {
        nudge.apply(Change::Parameter(parameter)).unwrap();
        let (from, to) = (nudge.start() - 2.0, nudge.start() + 2.0);
        let found: Vec<f64> = nudge.corners(from, to).iter().map(|one| one.value).collect();
        assert_eq!(found.len(), usize::from(wanted.is_some()), "{parameter:?}");
        if let Some(wanted) = wanted {
            close(found[0], (wanted * 1e9).round() / 1e9);
        }
    }
    nudge.apply(Change::Parameter(weight(0, 1, 1))).unwrap();
    nudge.apply(Change::Start(0.5)).unwrap();
    assert_eq!(nudge.slope(nudge.parameter()), None);
    let (down, up) = nudge.slopes(nudge.parameter());
    assert!((up / down - 10.0).abs() < 1e-3, "below the slope of g is 0.1, above 1: {down}, {up}");
    let gradient = nudge.gradient(nudge.parameter());
    assert!((gradient - down).abs() < 1e-5 || (gradient - up).abs() < 1e-5);
    assert!(nudge.corner_within(1e-6));
}

#[test]
fn the_drop_that_the_gradient_promises_and_the_real_one() {
    let nudge = nudge();
    let squares: f64 = GRADIENTS.iter().map(|g| g * g).sum();
    close(nudge.promise(), squares);
    for (rate, promised, real) in [(0.01, 0.198_f64, 0.185_f64), (0.1, 1.975, 1.007)] {
        let drop = nudge.loss() - nudge.loss_after(rate);
        assert!((rate * nudge.promise() - promised).abs() < 5e-4, "{rate}");
        assert!((drop - real).abs() < 5e-4, "{rate}: {drop}");
    }
    for n in 0..=200 {
        let rate = f64::from(n) / 100.0;
        let stepped: Vec<f64> = A.iter().zip(GRADIENTS).map(|(p, g)| p - rate * g).collect();
        close(nudge.loss_after(rate), loss(stepped.try_into().unwrap()));
    }
    assert!(nudge.loss_after(1.2) > nudge.loss(), "it overshoots");
}

#[test]
fn every_place_is_restored_by_its_link() {
    let mut state = State::new().unwrap();
    state.apply_json(r#"{"do":"go","place":"nudge"}"#).unwrap();
    let changes = [
        json!("up"),
        json!({"named": "w1.2.2"}),
        json!({"shift": -0.25}),
        json!("here"),
        json!("tenth"),
        json!({"epsilon": 0.001}),
        json!("down"),
        json!({"all": true}),
        json!({"rate": 0.1}),
        json!({"wide": true}),
        json!({"rate": 1.5}),
        json!({"drag": 0.123}),
        json!({"wide": false}),
        json!("back"),
        json!("again"),
    ];
    for change in changes {
        state.apply_json(&json!({"do": "nudge", "change": change}).to_string()).unwrap();
        let link = link::write(&state);
        let again = link::read(&link).unwrap();
        let frame = |state: &State| serde_json::to_value(view::frame(state, None)).unwrap();
        assert_eq!(frame(&again), frame(&state), "{link}");
    }
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    for (link, place) in [
        ("nudge&of=w9.1.1", "parameter"),
        ("nudge&of=<b>", "parameter"),
        ("nudge&shift=3", "shift"),
        ("nudge&shift=NaN", "shift"),
        ("nudge&shift=1e999", "shift"),
        ("nudge&start=7", "start"),
        ("nudge&start=abc", "start"),
        ("nudge&epsilon=0", "epsilon"),
        ("nudge&eta=-1", "eta"),
        ("nudge&eta=inf", "eta"),
    ] {
        let error = link::read(link).unwrap_err().to_string();
        assert!(error.starts_with(place), "{link}: {error}");
    }
    let mut nudge = nudge();
    nudge.apply(Change::Up).unwrap();
    for change in [
        Change::Shift(f64::NAN),
        Change::Start(f64::INFINITY),
        Change::Rate(2.1),
        Change::Parameter(weight(5, 0, 0)),
        Change::Epsilon(f64::NAN),
    ] {
        assert!(nudge.apply(change).is_err());
        close(nudge.shift(), 0.01);
        assert_eq!(name(nudge.parameter()), "w1.1.1");
    }
    // Beside a number, and on one that is no parameter.
    for id in [0, 1, 999_999] {
        nudge.apply(Change::Point(id)).unwrap();
    }
    close(nudge.shift(), 0.01);
}

#[test]
fn buttons_never_lead_out_of_reach_nor_leave_crumbs() {
    let mut nudge = nudge();
    for epsilon in EPSILONS {
        nudge.apply(Change::Epsilon(epsilon)).unwrap();
        for press in [Change::Down, Change::Up] {
            for _ in 0..30 {
                nudge.apply(press.clone()).unwrap();
                let shift = nudge.shift();
                assert!(shift.abs() <= 2.0 && format!("{shift}").len() < 8, "{shift}");
            }
        }
    }
}

#[test]
fn the_charts_lie_within_their_frames() {
    let mut nudge = nudge();
    for width in [320.0, 700.0, 1200.0, f64::NAN, -1.0] {
        for parameter in nudge.parameters() {
            nudge.apply(Change::Parameter(parameter)).unwrap();
            nudge.apply(Change::Shift(0.5)).unwrap();
            for chart in [plot::loss(&nudge, width), plot::step(&nudge, width)] {
                let frame = chart.frame;
                for dot in &chart.dots {
                    let [x, y] = dot.at;
                    assert!(x >= frame.left && x <= frame.left + frame.width + 0.1, "{dot:?}");
                    assert!(y >= frame.top && y <= frame.top + frame.height + 0.1, "{dot:?}");
                }
                assert!(
                    chart.y.len() > 2 && (width.is_nan() || width < 300.0 || chart.x.len() > 2)
                );
                let finite =
                    |line: &plot::Line| line.points.iter().flatten().all(|v| v.is_finite());
                assert!(chart.lines.iter().all(finite));
            }
        }
    }
    // Also where the loss has risen to many times what it was.
    for shift in [-2.0, 2.0] {
        for parameter in nudge.parameters() {
            nudge.apply(Change::Parameter(parameter)).unwrap();
            nudge.apply(Change::Shift(shift)).unwrap();
            let chart = plot::loss(&nudge, 700.0);
            assert!(chart.dots.iter().all(|dot| dot.at[1] >= chart.frame.top), "{parameter:?}");
        }
    }
    nudge.apply(Change::Again).unwrap();
    let chart = plot::loss(&nudge, 700.0);
    for part in [0.0, 0.25, 1.0] {
        let x = chart.frame.left + part * chart.frame.width;
        close(plot::shift_at(&nudge, 700.0, x), 4.0 * part - 2.0);
    }
}

/// By the numbers on the axes, which count upwards and to the right.
#[test]
fn the_charts_show_each_loss_at_its_height() {
    let mut nudge = nudge();
    nudge.apply(Change::Shift(0.5)).unwrap();
    nudge.apply(Change::Rate(0.1)).unwrap();
    let [start, now] = [nudge.loss(), nudge.loss_at(nudge.parameter(), 0.6)];
    let stepped = nudge.loss_after(0.1);
    for (chart, wanted) in [
        (plot::loss(&nudge, 700.0), [[0.1, start], [0.6, now]]),
        (plot::step(&nudge, 700.0), [[0.0, start], [0.1, stepped]]),
    ] {
        let read = |marks: &[plot::Mark], at: f64| {
            let [first, .., last] = marks else { panic!("{marks:?}") };
            let number = |mark: &plot::Mark| mark.label.replace('−', "-").parse::<f64>().unwrap();
            let part = (at - first.at) / (last.at - first.at);
            number(first) + part * (number(last) - number(first))
        };
        assert!(chart.x[0].at < chart.x[1].at && chart.y[0].at > chart.y[1].at);
        for (dot, [x, y]) in chart.dots.iter().zip(wanted) {
            let found = [read(&chart.x, dot.at[0]), read(&chart.y, dot.at[1])];
            assert!(
                (found[0] - x).abs() < 0.01 && (found[1] - y).abs() < 0.02,
                "{dot:?} {found:?}"
            );
            let curve = chart.lines.iter().find(|line| line.kind == "curve").unwrap();
            let near = |point: &&[f64; 2]| (point[0] - dot.at[0]).abs() < 5.0;
            let on = |point: &[f64; 2]| (point[1] - dot.at[1]).abs() < 12.0;
            assert!(curve.points.iter().filter(near).any(on), "{dot:?} is beside the curve");
        }
    }
}

#[test]
fn the_frame_says_old_and_new() {
    let mut state = State::new().unwrap();
    state.apply_json(r#"{"do":"go","place":"nudge"}"#).unwrap();
    state.apply_json(r#"{"do":"nudge","change":"up"}"#).unwrap();
    let frame: Value = serde_json::to_value(view::frame(&state, None)).unwrap();
    let changes: Vec<String> = frame["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let text = |key: &str| one[key]["text"].as_str().unwrap().to_owned();
            format!("{} {} {}", one["name"].as_str().unwrap(), text("before"), text("after"))
        })
        .collect();
    assert_eq!(
        changes,
        [
            "W[1]₁₁ 0.1 0.11",
            "z[1]₁ 1.6 1.62",
            "a[1]₁ 1.6 1.62",
            "z[2]₁ −0.5 −0.512",
            "ŷ −0.5 −0.512",
            "L 1.125 1.143072"
        ]
    );
}
