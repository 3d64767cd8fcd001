//! The chart as a recorder sees it.

mod recorder;

use gradstep::activation::Activation;
use gradstep::chart::{Handbook, Layout, Of, Plot, Point, Rect, dash, names, names_beside, z_at};
use gradstep::name::Named;
use recorder::{Mark, Rgb, axes, curves};
use serde_json::{Value, json};

const INK: Rgb = (0x1b, 0x1d, 0x21);
const GREY: Rgb = (0x8a, 0x90, 0x99);
const SHADE: Rgb = (0xdd, 0xcc, 0xbb);
const FOUR: [&str; 4] = ["sigmoid", "tanh", "relu", "leaky_relu"];
/// The chart's size on pages 1280, 820 and 390 px wide.
const SIZES: [[f64; 2]; 3] = [[754.0, 560.0], [788.0, 480.0], [358.0, 440.0]];
const ALPHAS: [f64; 8] = [0.0, 0.01, 0.1, 0.3, 0.5, 1.0, 1.5, 2.0];

fn theme() -> Value {
    json!({"ink": "#1b1d21", "grey": "#8a9099", "grid": "#eceded", "text": "#5a626d",
           "surface": "#fcfcfb", "shade": "#ddccbb"})
}

/// A request for these functions, the last of them in focus.
fn request(functions: &[(&str, f64)]) -> Value {
    let functions: Vec<Value> = functions
        .iter()
        .map(|(name, alpha)| json!({"name": name, "alpha": alpha, "label": name}))
        .collect();
    json!({"functions": functions, "focus": functions.len() - 1, "z": -3.4, "z_label": "z = −3.4",
           "beside": true, "beside_label": "max(αz, z)", "captions": ["g(z)", "slope g′(z)"],
           "saturated_label": "saturated", "theme": theme(), "size": SIZES[0], "dpr": 1})
}

fn four(alpha: f64) -> Value {
    request(&FOUR.map(|name| (name, alpha)))
}

fn with(mut request: Value, key: &str, value: Value) -> Value {
    request[key] = value;
    request
}

fn plot(request: &Value) -> Plot {
    Plot::from_json(&request.to_string()).unwrap()
}

fn layout(plot: &Plot) -> Layout {
    Layout::of(plot).unwrap()
}

fn texts(marks: &[Mark]) -> Vec<(String, Rect)> {
    let text = |mark: &Mark| match mark {
        Mark::Text { text, place, .. } => Some((text.clone(), *place)),
        _ => None,
    };
    marks.iter().filter_map(text).collect()
}

/// The lines that belong to curves: of their colours, and thicker than what else is drawn.
fn strokes(marks: &[Mark]) -> Vec<Vec<Point>> {
    let stroke = |mark: &Mark| match mark {
        Mark::Line { points, width, rgb } if *width >= 2.0 && [INK, GREY].contains(rgb) => {
            Some(points.clone())
        }
        _ => None,
    };
    marks.iter().filter_map(stroke).collect()
}

/// Where a point of the data is drawn, to an eighth of a px.
fn near(a: Point, b: Point) -> bool {
    (a.0 - b.0).abs() <= 0.07 && (a.1 - b.1).abs() <= 0.07
}

#[test]
fn another_alpha_changes_the_curves_and_no_mark_of_the_axes() {
    let (one, other) = (plot(&four(0.1)), plot(&four(0.5)));
    assert_eq!(axes(&one), axes(&other));
    assert_ne!(curves(&one), curves(&other));
    assert!(axes(&one).len() > 20);
}

#[test]
fn the_axes_follow_the_range_and_the_size() {
    let drawn = axes(&plot(&four(0.1)));
    assert_ne!(drawn, axes(&plot(&with(four(0.1), "x", json!([-4, 4])))));
    assert_ne!(drawn, axes(&plot(&with(four(0.1), "size", json!([700, 560])))));
}

#[test]
fn no_text_overlaps_another_at_any_width_focus_or_alpha() {
    let all = Activation::ALL.map(Activation::name);
    for size in SIZES {
        for (functions, alphas) in [(&FOUR[..], &ALPHAS[..]), (&all[..], &[0.1, 2.0][..])] {
            for focus in 0..functions.len() {
                for alpha in alphas {
                    let wanted: Vec<_> = functions.iter().map(|name| (*name, *alpha)).collect();
                    let asked = with(request(&wanted), "focus", json!(focus));
                    let asked = with(with(asked, "size", json!(size)), "z_label", json!(""));
                    let plot = plot(&asked);
                    let shown = texts(&[axes(&plot), curves(&plot)].concat());
                    assert!(shown.iter().any(|(text, _)| *text == functions[focus]));
                    for (i, (text, place)) in shown.iter().enumerate() {
                        let over = shown[..i].iter().find(|(_, other)| other.overlaps(place));
                        assert_eq!(over, None, "{text} at {size:?}, α = {alpha}");
                    }
                }
            }
        }
    }
}

#[test]
fn each_of_four_functions_is_named_beside_its_curve_of_g() {
    for size in SIZES {
        let plot = plot(&with(four(0.1), "size", json!(size)));
        let named = names(&plot, &layout(&plot), Of::Value, Vec::new());
        assert_eq!(named.len(), 4, "{size:?}");
        for name in named {
            let crossed = strokes(&curves(&plot)).concat().into_iter();
            let crossed = crossed.filter(|point| name.place.grown(-1.0).holds(*point)).count();
            assert_eq!(crossed, 0, "{} at {size:?}", name.text);
        }
    }
}

#[test]
fn names_stand_still_while_alpha_slides() {
    let still = |alpha: f64| {
        let plot = plot(&four(alpha));
        let mut named = names(&plot, &layout(&plot), Of::Value, Vec::new());
        named.retain(|name| name.text != "max(αz, z)");
        named
    };
    for alpha in ALPHAS {
        assert_eq!(still(alpha), still(0.1), "α = {alpha}");
    }
}

#[test]
fn the_still_layer_stays_while_the_only_alpha_slides_and_is_in_focus() {
    for names in [
        ["sigmoid", "tanh", "relu", "leaky_relu"],
        ["gelu", "silu", "softplus", "prelu"],
        ["step", "identity", "tanh", "rrelu"],
    ] {
        let at = |alpha| plot(&request(&names.map(|name| (name, alpha))));
        for alpha in ALPHAS {
            assert_eq!(recorder::still(&at(alpha)), recorder::still(&at(0.1)), "{names:?} {alpha}");
            assert_eq!(names_beside(&at(alpha)), names_beside(&at(0.1)), "{names:?} {alpha}");
        }
    }
}

#[test]
fn no_curve_leaves_its_plot_or_runs_along_an_edge() {
    for g in Activation::ALL {
        for alpha in [-3.0, 0.1, 2.0, 1e300] {
            let plot = plot(&request(&[(g.name(), alpha)]));
            let layout = layout(&plot);
            let boxes = [layout.value.pixels, layout.slope.pixels];
            for stroke in strokes(&curves(&plot)) {
                let home = boxes.iter().find(|b| b.grown(0.07).holds(stroke[0])).unwrap();
                assert!(stroke.iter().all(|point| home.grown(0.07).holds(*point)), "{g:?}");
                for edge in [home.top, home.bottom] {
                    let mut pairs = stroke.windows(2);
                    let along = pairs.any(|p| {
                        p[1].0 - p[0].0 > 1.0 && p.iter().all(|q| (q.1 - edge).abs() < 0.3)
                    });
                    assert!(!along, "{g:?} with α = {alpha}");
                }
            }
        }
    }
}

/// The functions whose slope jumps, and how far on each side of 0.
const JUMPS: [(&str, f64, f64); 6] = [
    ("relu", 0.0, 0.0),
    ("leaky_relu", 0.1, 0.1),
    ("leaky_relu", 2.0, 2.0),
    ("prelu", 0.25, 0.25),
    ("rrelu", 0.3, 0.3),
    ("elu", 0.5, 0.5),
];

#[test]
fn no_line_joins_the_two_sides_of_a_jump() {
    let steep = |plot: &Plot| {
        let zero = layout(plot).value.place((0.0, 0.0)).0;
        let lines = strokes(&curves(plot)).into_iter();
        let mut pairs =
            lines.flat_map(|line| line.windows(2).map(<[_]>::to_vec).collect::<Vec<_>>());
        pairs.any(|p| p[0].0 <= zero + 0.1 && p[1].0 >= zero - 0.1 && (p[0].1 - p[1].1).abs() > 8.0)
    };
    for (name, alpha, _) in JUMPS {
        // g itself is drawn too: in a wide range no line of it is steep.
        let flat = with(request(&[(name, alpha)]), "y", json!([-600, 600]));
        assert!(!steep(&plot(&flat)), "{name}");
    }
    assert!(!steep(&plot(&request(&[("step", 0.0)]))));
}

#[test]
fn a_jump_is_filled_on_the_side_that_holds_at_zero() {
    for (name, alpha, left) in JUMPS {
        let plot = plot(&request(&[(name, alpha)]));
        let frame = layout(&plot).slope;
        check_ends(&plot, frame.place((0.0, left)), frame.place((0.0, 1.0)), name);
    }
    let step = plot(&request(&[("step", 0.0)]));
    let frame = layout(&step).value;
    check_ends(&step, frame.place((0.0, 0.0)), frame.place((0.0, 1.0)), "step");
}

fn check_ends(plot: &Plot, filled: Point, open: Point, name: &str) {
    let drawn = curves(plot);
    let is_ring = |m: &Mark| matches!(m, Mark::Ring { centre, .. } if near(*centre, open));
    let is_disc =
        |m: &Mark| matches!(m, Mark::Disc { centre, rgb: INK, .. } if near(*centre, filled));
    assert_eq!(drawn.iter().filter(|m| is_ring(m)).count(), 1, "{name}");
    assert_eq!(drawn.iter().filter(|m| is_disc(m)).count(), 1, "{name}");
    assert_eq!(drawn.iter().filter(|m| matches!(m, Mark::Ring { .. })).count(), 1, "{name}");
}

#[test]
fn a_smooth_function_has_no_ends() {
    for name in ["sigmoid", "tanh", "identity", "gelu", "silu", "softplus"] {
        // The cursor stands outside, so that it has no points.
        let drawn = curves(&plot(&with(request(&[(name, 1.0)]), "z", json!(99))));
        let round = |mark: &Mark| matches!(mark, Mark::Ring { .. } | Mark::Disc { .. });
        assert!(!drawn.iter().any(round), "{name}");
    }
}

#[test]
fn a_corner_lies_exactly_at_zero() {
    for x in [[-6.0, 6.0], [-1.7, 5.3], [-100.0, 3.0]] {
        let plot = plot(&with(request(&[("leaky_relu", 0.1)]), "x", json!(x)));
        let corner = layout(&plot).value.place((0.0, 0.0));
        let lines = strokes(&curves(&plot));
        let met = lines.iter().filter(|line| line.iter().any(|point| near(*point, corner))).count();
        assert_eq!(met, 1, "{x:?}");
    }
}

#[test]
fn above_one_the_larger_of_both_lines_stands_beside_leaky_relu() {
    let drawn = |alpha: f64, beside: bool| {
        strokes(&curves(&plot(&with(request(&[("leaky_relu", alpha)]), "beside", json!(beside)))))
    };
    assert_eq!(drawn(0.5, true), drawn(0.5, false));
    assert_eq!(drawn(1.0, true), drawn(1.0, false));
    assert!(drawn(2.0, true).len() > drawn(2.0, false).len() + 10);
    let plot = plot(&request(&[("leaky_relu", 2.0)]));
    let (frame, dashes) = (layout(&plot).value, drawn(2.0, true));
    let on = |line: &Vec<Point>, z: f64, y: f64| {
        let (x, y) = frame.place((z, y));
        line.len() == 2 && line.iter().all(|p| (p.0 - x).abs() < 6.0 && (p.1 - y).abs() < 12.0)
    };
    assert!(dashes.iter().any(|line| on(line, 1.0, 2.0)));
    assert!(dashes.iter().any(|line| on(line, -1.0, -1.0)));
}

#[test]
fn only_the_function_in_focus_is_whole_and_thick() {
    let drawn = curves(&plot(&four(0.1)));
    let thick = |mark: &&Mark| matches!(mark, Mark::Line { width, .. } if *width == 3.0);
    // g is one line; g′ jumps, so it is two.
    assert_eq!(drawn.iter().filter(thick).count(), 3);
    let patterns = Activation::ALL.map(dash);
    for (i, pattern) in patterns.iter().enumerate() {
        assert!(!patterns[..i].contains(pattern), "{pattern:?}");
    }
}

#[test]
fn saturated_regions_are_tinted_for_the_function_in_focus_only() {
    let tinted = |name: &str| {
        let drawn = curves(&plot(&request(&[("tanh", 0.0), (name, 1.0)])));
        let shade = |mark: &&Mark| matches!(mark, Mark::Fill { rgb: SHADE, .. });
        drawn.iter().filter(shade).count()
    };
    // Each region in both plots.
    assert_eq!(
        [tinted("sigmoid"), tinted("elu"), tinted("relu"), tinted("leaky_relu")],
        [4, 2, 0, 0]
    );
}

#[test]
fn numbers_on_the_axes_are_tidy_and_have_a_true_minus() {
    let numbers = |x: [f64; 2], width: f64| -> Vec<String> {
        let asked = with(with(four(0.1), "x", json!(x)), "size", json!([width, 560]));
        let plot = plot(&asked);
        layout(&plot).numbers_along().into_iter().map(|(tick, _)| tick.label).collect()
    };
    assert_eq!(numbers([-6.0, 6.0], 754.0), ["−6", "−4", "−2", "0", "2", "4"]);
    assert_eq!(numbers([-6.0, 6.0], 340.0), ["−6", "−4", "−2", "0", "2", "4"]);
    assert_eq!(numbers([-0.3, 0.3], 400.0), ["−0.3", "−0.2", "−0.1", "0", "0.1", "0.2"]);
    assert_eq!(numbers([-1e6, 1e6], 754.0), ["−500000", "0", "500000"]);
    let shown = texts(&axes(&plot(&four(0.1))));
    assert!(shown.iter().all(|(text, _)| !text.contains('-')));
}

#[test]
fn numbers_never_touch_each_other_or_the_edge() {
    for x in [[-6.0, 6.0], [-1e6, 1e6], [-1e-4, 3e-4], [999.0, 1000.0], [-123_456.0, 7.0]] {
        for width in [130.0, 340.0, 754.0, 2000.0] {
            let asked = with(with(four(0.1), "x", json!(x)), "size", json!([width, 560]));
            let plot = plot(&asked);
            let shown = texts(&axes(&plot));
            let canvas = layout(&plot).canvas;
            for (i, (text, place)) in shown.iter().enumerate() {
                let over = shown[..i].iter().find(|(_, other)| other.overlaps(place));
                assert_eq!(over, None, "{text} in {x:?} at {width}");
                assert!(canvas.encloses(place) || text.contains('g'), "{text} in {x:?} at {width}");
            }
        }
    }
}

#[test]
fn the_tag_hides_the_numbers_it_would_cut() {
    let plot = plot(&four(0.1));
    let drawn = curves(&plot);
    let (_, four) = layout(&plot).numbers_along().remove(1);
    let hides = |mark: &Mark| matches!(mark, Mark::Fill { place, .. } if place.encloses(&four));
    let tag = |mark: &Mark| matches!(mark, Mark::Text { text, .. } if text == "z = −3.4");
    let (hidden, told) = (drawn.iter().position(hides), drawn.iter().position(tag));
    assert!(hidden.is_some() && hidden < told);
}

#[test]
fn a_pointer_gives_the_z_below_it_as_round_as_a_pixel_allows() {
    let plot = plot(&four(0.1));
    let frame = layout(&plot).value;
    for z in [-6.0, -3.4, 0.0, 0.02, 1.0, 5.98, 6.0] {
        assert_eq!(z_at(&plot, frame.place((z, 0.0)).0), z);
    }
    assert_eq!([z_at(&plot, -1e300), z_at(&plot, f64::INFINITY)], [-6.0, 6.0]);
    assert_eq!(z_at(&plot, f64::NAN), -3.4);
    assert_eq!(z_at(&self::plot(&with(four(0.1), "size", json!([0, 0]))), 10.0), -3.4);
}

#[test]
fn the_points_at_z_lie_on_their_curves() {
    let plot = plot(&four(0.1));
    for (of, frame) in [(Of::Value, layout(&plot).value), (Of::Slope, layout(&plot).slope)] {
        for g in &plot.functions {
            let at = frame.place((-3.4, of.at(*g, -3.4)));
            let drawn = curves(&plot);
            let point =
                |mark: &Mark| matches!(mark, Mark::Disc { centre, .. } if near(*centre, at));
            assert!(drawn.iter().any(point), "{g:?}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_request_is_named_with_its_place() {
    let refused = |key: &str, value: Value| {
        let asked = with(with(four(0.1), "focus", json!(null)), key, value);
        Plot::from_json(&asked.to_string()).unwrap_err().to_string()
    };
    let function = |name: &str| json!([{"name": name, "label": ""}]);
    assert!(refused("z", json!(null)).starts_with("z: "));
    assert!(refused("focus", json!(4)).starts_with("focus: 4, but at most 3"));
    assert!(
        refused("functions", function("softmax")).starts_with("functions[0].name: \"softmax\"")
    );
    assert!(refused("x", json!([1, 1])).starts_with("x[1]: 1 is not"));
    assert!(refused("y", json!([-1e300, 1])).starts_with("y[0]: "));
    assert!(refused("size", json!([-1, 5])).starts_with("size[0]: -1 is not"));
    assert!(refused("dpr", json!(0)).starts_with("dpr: 0 is not"));
    assert!(refused("zoom", json!(0)).contains("`zoom` is unknown here"));
    let theme = with(theme(), "ink", json!("red"));
    assert!(refused("theme", theme).starts_with("theme.ink: \"red\" is not a colour"));
    assert!(Plot::from_json("").is_err());
}

/// That all of a chart can be drawn: its axes with their numbers, and finite places everywhere.
pub fn whole(plot: &Plot, place: &str) {
    let axes = axes(plot);
    assert!(!texts(&axes).is_empty(), "{place}: no numbers");
    for mark in axes.into_iter().chain(curves(plot)) {
        let finite = match &mark {
            Mark::Line { points, width, .. } => {
                points.iter().all(|(x, y)| x.is_finite() && y.is_finite()) && *width > 0.0
            }
            Mark::Fill { place, .. } | Mark::Text { place, .. } => {
                place.width() >= 0.0 && place.height() >= 0.0
            }
            Mark::Disc { centre, radius, .. } => centre.0.is_finite() && *radius > 0.0,
            Mark::Ring { centre, .. } => centre.0.is_finite(),
        };
        assert!(finite, "{place}: {mark:?}");
    }
}

#[test]
fn nothing_is_drawn_where_the_canvas_has_no_size_and_nothing_panics() {
    for size in [[0.0, 0.0], [0.0, 500.0], [500.0, 0.0]] {
        let plot = plot(&with(four(0.1), "size", json!(size)));
        assert!(axes(&plot).is_empty() && curves(&plot).is_empty(), "{size:?}");
    }
    let none = with(with(four(0.1), "functions", json!([])), "focus", json!(null));
    assert!(strokes(&curves(&plot(&none))).is_empty());
    for z in [-1e308, 1e308, 6.1] {
        let drawn = curves(&plot(&with(four(1e300), "z", json!(z))));
        assert!(
            !drawn.iter().any(|mark| matches!(mark, Mark::Text { text, .. } if text.contains('=')))
        );
    }
}

#[test]
fn a_canvas_of_any_size_and_ratio_holds_the_whole_chart() {
    let sides = (1..=300).step_by(7).map(f64::from).chain([560.0, 10_000.0]);
    for side in sides {
        for (size, dpr) in [([side, 440.0], 2.0), ([754.0, side], 20.0), ([side, side], 0.3)] {
            let asked = with(with(four(0.1), "size", json!(size)), "dpr", json!(dpr));
            let plot = plot(&asked);
            whole(&plot, &format!("{size:?} at {dpr}"));
            let [width, height] = plot.spec.size.map(|length| length * plot.spec.dpr);
            let surface = plot.sheet.surface;
            let holds = |pixels: u32, length: f64| length <= f64::from(pixels) + 1e-6;
            assert!(holds(surface.width, width) && holds(surface.height, height), "{size:?}");
            // The pointer finds the z that it points at.
            let frame = layout(&plot).value;
            let x = plot.sheet.part * frame.place((0.0, 0.0)).0;
            assert_eq!(z_at(&plot, x), 0.0, "{size:?} at {dpr}");
        }
        let asked = json!({"name": "tanh", "theme": theme(), "size": [side, side], "dpr": 20});
        let book = Handbook::from_json(&asked.to_string()).unwrap();
        assert!(!recorder::handbook(&book).is_empty(), "{side}");
    }
}

fn book(name: &str) -> Handbook {
    let asked = json!({"name": name, "alpha": 0.1, "theme": theme(), "size": [360, 240], "dpr": 2});
    Handbook::from_json(&asked.to_string()).unwrap()
}

#[test]
fn the_handbook_joins_sixty_points_and_never_hits_zero() {
    for (name, y) in [
        ("sigmoid", [0.0, 1.0]),
        ("tanh", [-1.0, 1.0]),
        ("relu", [-3.0, 10.0]),
        ("leaky_relu", [-3.0, 10.0]),
    ] {
        let book = book(name);
        assert_eq!(book.y(), y);
        let lines = strokes(&recorder::handbook(&book));
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [60], "{name}");
        let z = |i: usize| -10.0 + 20.0 * i as f64 / 59.0;
        let px = |i: usize| 10.0 + 340.0 * (z(i) + 11.0) / 22.0;
        for (i, point) in lines[0].iter().enumerate() {
            assert!((point.0 - px(i)).abs() < 0.07, "{name}, point {i}");
        }
        assert!((z(29) + 0.169).abs() < 0.001 && (z(30) - 0.169).abs() < 0.001);
    }
}
