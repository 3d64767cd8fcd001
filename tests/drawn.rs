//! Whatever the state takes is drawn, at any size.

use gradstep::app::{Place, State};
use gradstep::case::Case;
use gradstep::lab::Lab;
use gradstep::name::Named;
use gradstep::nudge::plot;
use gradstep::scene::{Mark, Point, Scene, Shape, View};
use gradstep::trace::{Id, Trace};
use gradstep::train::{Run, Setup};
use gradstep::{link, view};
use serde_json::{Value, json};

/// Finite numbers that leave the range of what is usual.
const EXTREMES: [f64; 9] = [1e308, -1e308, 1.7e308, 909_091.0, 1e17, -7e5, 5e-324, 0.0, -0.0];

/// Css pixels: each width of a narrow frame, some of a page, and a wall of screens.
fn widths() -> impl Iterator<Item = f64> {
    (1..=300).map(f64::from).chain([319.5, 340.0, 768.0, 1280.0, 3840.0, 10_000.0])
}

/// A network of these sizes whose numbers are all `v`.
fn network(sizes: &[usize], v: f64) -> (Case, Trace) {
    let layer = |pair: &[usize]| {
        json!({"weights": vec![vec![v; pair[0]]; pair[1]], "biases": vec![v; pair[1]],
               "activation": "leaky_relu", "alpha": v})
    };
    let layers: Vec<Value> = sizes.windows(2).map(layer).collect();
    let case = json!({"format": "gradstep/1", "layers": layers, "loss": "half_squared_error",
        "learning_rate": v, "inputs": [vec![v; sizes[0]]], "targets": [vec![v; sizes[sizes.len() - 1]]]});
    let (case, _) = Case::read(&case.to_string()).unwrap();
    let trace = Trace::record(&case).unwrap();
    (case, trace)
}

fn points(mark: &Mark) -> Vec<Point> {
    match &mark.shape {
        Shape::Line(from, to) => vec![*from, *to],
        Shape::Path(points) | Shape::Polygon(points) => points.clone(),
        Shape::Box(place, _) => vec![place.centre()],
        Shape::Text(text) => vec![text.at],
    }
}

/// That a canvas can draw it: finite places, no size below 0.
fn drawable(scene: &Scene, place: &str) {
    assert!(scene.width > 0.0 && scene.height > 0.0, "{place}: no size");
    assert!(scene.width.is_finite() && scene.height.is_finite(), "{place}: no size");
    for mark in &scene.marks {
        let key = &mark.key;
        let finite = points(mark).iter().all(|at| at.x.is_finite() && at.y.is_finite());
        assert!(finite, "{place}: {key} is nowhere");
        assert!(mark.stroke.is_none_or(|one| one.width.is_finite() && one.width > 0.0), "{key}");
        match &mark.shape {
            Shape::Box(at, radius) => {
                assert!(at.w >= 0.0 && at.h >= 0.0 && *radius >= 0.0, "{place}: {key} is {at:?}");
            }
            Shape::Text(text) => assert!(text.room > 0.0, "{place}: no room for {key}"),
            _ => {}
        }
    }
}

fn scene((case, trace): &(Case, Trace), shown: Id, width: f64) -> Scene {
    let dead = &[];
    Scene::of(&View { case, trace, shown, sample: 0, dead, focus: Some(shown), width })
}

#[test]
fn a_network_is_drawn_whole_at_any_width() {
    for sizes in [&[2, 2, 1][..], &[1, 1], &[2, 8, 8, 8, 8, 8, 8, 3], &[60, 2, 1], &[3, 9]] {
        let recorded = network(sizes, 0.5);
        let last = recorded.1.steps().len() as Id - 1;
        for width in widths() {
            for shown in [0, last / 2, last] {
                let place = format!("{sizes:?} at {width} px, step {shown}");
                let scene = scene(&recorded, shown, width);
                drawable(&scene, &place);
                for mark in &scene.marks {
                    let Shape::Box(at, _) = mark.shape else { continue };
                    if sizes[0] > 9 {
                        continue;
                    }
                    let whole = at.x >= 0.0 && at.right() <= scene.width;
                    assert!(whole, "{place}: {} is cut at {at:?}", mark.key);
                }
            }
        }
    }
}

#[test]
fn a_network_of_extreme_numbers_is_drawn() {
    for v in EXTREMES {
        let recorded = network(&[2, 2, 1], v);
        for shown in 0..recorded.1.steps().len() as Id {
            for width in [1.0, 320.0, 1280.0] {
                drawable(&scene(&recorded, shown, width), &format!("{v:e} at {width} px"));
            }
        }
    }
}

/// Every number that a link can hold, one at a time.
fn links(v: f64) -> Vec<String> {
    let mut links = vec![];
    let keys = [
        ("start", &["alpha", "eta"][..]),
        ("step-by-step&case=a", &["alpha", "eta"]),
        ("neuron", &["b", "alpha", "rate"]),
        ("why-nonlinear", &["x", "x1", "x2"]),
        ("nudge", &["start", "shift", "eta"]),
    ];
    for (place, keys) in keys {
        links.extend(keys.iter().map(|key| format!("{place}&{key}={v}")));
    }
    links.extend([format!("neuron&w={v},{v}"), format!("neuron&x={v},1"), format!("neuron&b={v}")]);
    for g in ["leaky_relu", "prelu", "rrelu", "elu", "gelu", "softplus"] {
        links.push(format!("activations&curves={g}.leaky_relu&alpha={v}"));
        links.push(format!("activations&curves={g}&z={v}"));
    }
    links
}

/// Every number that an action can hold, and where it is shown.
fn actions(v: f64) -> Vec<(Place, Value)> {
    let lab = [
        json!({"do": "alpha", "layer": null, "value": v}),
        json!({"do": "rate", "value": v}),
        json!({"do": "weight", "layer": 0, "unit": 0, "from": 0, "value": v}),
        json!({"do": "bias", "layer": 0, "unit": 0, "value": v}),
        json!({"do": "input", "sample": 0, "unit": 0, "value": v}),
        json!({"do": "target", "sample": 0, "unit": 0, "value": v}),
    ];
    let curves = [json!({"do": "curve_alpha", "value": v}), json!({"do": "z", "value": v})];
    let one = json!({"unit": 0, "value": v});
    let parameter = json!({"weight": {"layer": 0, "unit": 0, "from": 0}});
    let layer = json!({"units": 2, "activation": "elu", "alpha": v});
    let train = [
        json!({"rate": v}),
        json!({"parameter": {"parameter": parameter, "value": v}}),
        json!({"paint": {"x": [v, v], "class": 1}}),
        json!({"erase": {"x": [v, v]}}),
        json!({"csv": format!("0,0,{v}\n1,1,1\n")}),
        json!({"hidden": [layer]}),
        json!({"optimizer": {"momentum": {"mu": v}}}),
        json!({"regularization": {"l2": {"rate": v}}}),
    ];
    let neuron = ["bias", "alpha", "rate", "shift", "turn"].map(|name| json!({name: v}));
    let moved = ["at", "through", "toward"].map(|name| json!({name: [v, v]}));
    let changed = ["weight", "input"].map(|name| json!({name: one}));
    let nonlinear = [
        json!({"stack": {"input": one}}),
        json!({"fit": {"x": v}}),
        json!({"fit": {"heights": vec![v; 13]}}),
    ];
    let structure = [json!({"input": one}), json!({"point": {"x": v, "y": v}})];
    let nudge = ["shift", "drag", "start", "rate"].map(|name| json!({name: v}));
    let of = |place: Place, chapter: &str, changes: &[Value]| {
        let action = |change: &Value| (place, json!({"do": chapter, "change": change}));
        changes.iter().map(action).collect::<Vec<_>>()
    };
    let at = |place: Place, actions: &[Value]| {
        actions.iter().map(|action| (place, action.clone())).collect::<Vec<_>>()
    };
    [
        at(Place::Start, &lab),
        at(Place::StepByStep, &lab),
        at(Place::Activations, &curves),
        of(Place::Train, "train", &train),
        of(Place::Neuron, "neuron", &[&neuron[..], &moved, &changed].concat()),
        of(Place::WhyNonlinear, "nonlinear", &nonlinear),
        of(Place::Network, "structure", &structure),
        of(Place::Nudge, "nudge", &nudge),
    ]
    .concat()
}

/// The chapter's frame and its drawings.
fn shown(state: &State, place: &str) {
    let frame: Value = serde_json::to_value(view::frame(state, None)).unwrap();
    assert!(frame["error"].is_null(), "{place}: {}", frame["error"]);
    let again = link::write(state);
    assert!(link::read(&again).is_ok(), "{place}: {again} leads nowhere");
    match state.place {
        Place::Start | Place::StepByStep => lab(state.current().unwrap(), place),
        Place::Nudge => {
            lab(&state.nudge.lab().unwrap(), place);
            for width in [1.0, 60.0, 700.0, 10_000.0] {
                plots(&[plot::loss(&state.nudge, width), plot::step(&state.nudge, width)], place);
            }
        }
        Place::Neuron => finite(&frame["plane"], place),
        Place::Network => finite(&frame["picture"], place),
        Place::Activations => chart(&frame["chart"], place),
        _ => {}
    }
}

fn lab(lab: &Lab, place: &str) {
    let view = View {
        case: lab.case(),
        trace: lab.trace(),
        shown: lab.trace().steps().len() as Id - 1,
        sample: view::sample(lab),
        dead: lab.dead(),
        focus: view::focus(lab),
        width: 700.0,
    };
    drawable(&Scene::of(&view), place);
}

fn plots(plots: &[plot::Plot], place: &str) {
    for one in plots {
        let dots = one.dots.iter().map(|dot| dot.at);
        let lines = one.lines.iter().flat_map(|line| line.points.iter().copied());
        for at in dots.chain(lines) {
            assert!(at.iter().all(|v| v.is_finite()), "{place}: {at:?}");
        }
        assert!(one.frame.width > 0.0 && one.frame.height > 0.0, "{place}: {:?}", one.frame);
    }
}

/// That no number of a drawing was lost on its way: JSON has no infinities.
fn finite(drawing: &Value, place: &str) {
    match drawing {
        Value::Array(all) if all.iter().any(Value::is_number) => {
            assert!(all.iter().all(Value::is_number), "{place}: {drawing}");
        }
        Value::Array(all) => all.iter().for_each(|one| finite(one, place)),
        Value::Object(all) => {
            for (key, one) in all {
                let lost =
                    one.is_null() && ["x", "y", "width", "offset", "strength"].contains(&&**key);
                assert!(!lost, "{place}: {key} of {drawing}");
                finite(one, place);
            }
        }
        _ => {}
    }
}

/// The request that the page makes of the chapter's frame, as `www/chart.js` does.
fn chart(frame: &Value, place: &str) {
    let functions: Vec<Value> = frame["functions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!({"name": one["name"], "alpha": one["alpha"], "label": one["name"]}))
        .collect();
    for (size, dpr) in [([754.0, 560.0], 1.0), ([90.0, 440.0], 3.0), ([10_000.0, 560.0], 20.0)] {
        let spec = json!({"functions": functions, "focus": 0, "z": frame["z"], "z_label": "z", "slope": frame["slopes"],
            "beside": true, "beside_label": "max(αz, z)", "saturated_label": "saturated", "size": size, "dpr": dpr,
            "theme": {"ink": "#1b1d21", "grey": "#8a9099", "grid": "#eceded", "text": "#5a626d",
                      "surface": "#fcfcfb", "shade": "#ddccbb"}});
        let drawn = gradstep::chart::Plot::from_json(&spec.to_string());
        let plot = drawn.unwrap_or_else(|error| panic!("{place} at {size:?}: {error}"));
        crate::chart::whole(&plot, &format!("{place} at {size:?}"));
    }
}

#[test]
fn what_a_link_brings_is_drawn() {
    for link in EXTREMES.into_iter().flat_map(links) {
        if let Ok(state) = link::read(&link) {
            shown(&state, &link);
        }
    }
}

#[test]
fn what_an_action_sets_is_drawn() {
    let start = State::new().unwrap();
    for (place, action) in EXTREMES.into_iter().flat_map(actions) {
        let mut state = start.clone();
        state.go(place).unwrap();
        if state.apply_json(&action.to_string()).is_ok() {
            shown(&state, &format!("{} after {action}", place.name()));
        }
    }
}

#[test]
fn the_engine_takes_whatever_the_chapter_takes() {
    for seed in [0, 1 << 53, (1 << 53) + 1, u64::MAX] {
        let mut state = State::new().unwrap();
        for name in ["seed", "points_seed"] {
            let action = json!({"do": "train", "change": {name: seed}});
            state.apply_json(&action.to_string()).unwrap();
        }
        let setup = Setup::read(&state.train.written()).unwrap();
        assert_eq!(&setup, state.train.setup());
        assert!(Run::new(setup).is_ok());
    }
}
