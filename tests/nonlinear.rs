//! The chapter "Why nonlinear": what it says of stacks, boundaries and curves holds.

use gradstep::activation::Activation;
use gradstep::app::{Place, State};
use gradstep::data::{Point, REACH};
use gradstep::link;
use gradstep::name::Named;
use gradstep::network::{Init, LayerActivation, Network};
use gradstep::nonlinear::Nonlinear;
use gradstep::nonlinear::affine::Affine;
use gradstep::nonlinear::fit::{self, FARTHEST, Fit, Way};
use gradstep::nonlinear::plane::{self, Classes, EPOCHS, Plane};
use gradstep::nonlinear::stack::{self, Stack};
use gradstep::nonlinear::target::{self, HANDLES, Shape};
use gradstep::view;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What the layers give, one after the other, written out.
fn one_after_the_other(network: &Network, x: &[f64]) -> Vec<f64> {
    network.layers().iter().fold(x.to_vec(), |a, layer| {
        let row = |j: usize| {
            (0..layer.inputs()).map(|i| layer.weight(j, i) * a[i]).sum::<f64>() + layer.bias(j)
        };
        (0..layer.units()).map(row).collect()
    })
}

/// Agrees to 1e-12, as the design has it: within 1e-12 of the array's largest value, at least 1.
fn agrees(a: &[f64], b: &[f64]) -> bool {
    let most = b.iter().fold(1.0, |most: f64, v| if v.abs() > most { v.abs() } else { most });
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-12 * most)
}

proptest! {
    #[test]
    fn the_collapsed_matrix_equals_the_stack_to_1e_12(
        sizes in prop::collection::vec(1usize..6, 2..8),
        seed in any::<u64>(),
        x in prop::collection::vec(-10.0..10.0f64, 6),
        biases in prop::collection::vec(-2.0..2.0f64, 42),
    ) {
        let identity = LayerActivation::Unitwise(Activation::Identity);
        let mut network =
            Network::drawn(&sizes, Activation::Identity, identity, Init::Xavier, seed).unwrap();
        for (l, layer) in network.layers_mut().iter_mut().enumerate() {
            for j in 0..layer.units() {
                *layer.bias_mut(j).unwrap() = biases[6 * l + j];
            }
        }
        let x = &x[..sizes[0]];
        let one = Affine::collapsed(network.layers()).unwrap();
        prop_assert!(agrees(&one.value(x), &one_after_the_other(&network, x)));
    }

    #[test]
    fn both_ways_through_the_stack_agree_to_1e_12(
        depth in 1..=stack::DEEPEST,
        seed in any::<u64>(),
        x in prop::array::uniform2(-10.0..10.0f64),
    ) {
        let mut stack = Stack::new().unwrap();
        stack.set_depth(depth).unwrap();
        stack.set_seed(seed).unwrap();
        stack.set_input(0, x[0]).unwrap();
        stack.set_input(1, x[1]).unwrap();
        for merged in 1..=depth {
            stack.set_merged(merged).unwrap();
            let one = stack.product(merged).unwrap().value(&x);
            prop_assert!(agrees(&one, &stack.path().last().unwrap().a));
        }
    }

    #[test]
    fn the_numbers_of_a_stack_are_tenths_and_its_products_show_all_their_digits(seed in any::<u64>()) {
        let mut state = State::new().unwrap();
        state.place = Place::WhyNonlinear;
        act(&mut state, json!({"stack": {"depth": 6}})).unwrap();
        act(&mut state, json!({"stack": {"seed": seed}})).unwrap();
        act(&mut state, json!({"stack": {"merged": 6}})).unwrap();
        for layer in state.nonlinear.stack.layers() {
            for w in layer.rows().flatten().chain(layer.biases()) {
                let tenths = (10.0 * w).round();
                prop_assert!(tenths / 10.0 == *w && (1.0..=12.0).contains(&tenths.abs()));
            }
        }
        for row in frame(&state)["stack"]["product"]["weights"].as_array().unwrap() {
            for num in row.as_array().unwrap() {
                let short = num["text"].as_str().unwrap().contains('×');
                prop_assert!(short || num["approx"] == false, "{num}");
            }
        }
    }
}

#[test]
fn a_product_of_two_is_the_one_worked_out_by_hand() {
    let map = |w: [[f64; 2]; 2], b: [f64; 2]| Affine {
        weights: w.map(|row| row.to_vec()).to_vec(),
        biases: b.to_vec(),
    };
    let first = map([[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0]);
    let second = map([[-1.0, 2.0], [0.5, 0.0]], [10.0, 20.0]);
    let both = second.after(&first);
    assert_eq!(both, map([[5.0, 6.0], [0.5, 1.0]], [17.0, 22.5]));
    assert_eq!(both.value(&[1.0, 1.0]), [28.0, 24.0]);
}

#[test]
fn relu_between_the_layers_changes_the_answer_where_a_unit_is_inactive_and_only_there() {
    let mut stack = Stack::new().unwrap();
    stack.relu = true;
    stack.set_merged(3).unwrap();
    let (mut bent, mut kept) = (0, 0);
    for k in 0..400 {
        stack.set_input(0, f64::from(k % 20) - 9.53).unwrap();
        stack.set_input(1, f64::from(k / 20) - 9.57).unwrap();
        let path = stack.path();
        let one = stack.product(3).unwrap().value(&stack.x());
        let same = agrees(&one, &path.last().unwrap().a);
        let inactive: usize = path.iter().map(stack::Passed::inactive).sum();
        assert_eq!(same, inactive == 0, "{:?}", stack.x());
        if same { kept += 1 } else { bent += 1 }
    }
    assert!(bent > 0 && kept > 0, "{bent} {kept}");
}

fn plane(classes: Classes, seed: u64, relu: bool) -> Plane {
    let mut plane = Plane::new().unwrap();
    plane.set_classes(classes).unwrap();
    plane.set_seed(seed).unwrap();
    plane.set_relu(relu).unwrap();
    plane
}

/// The most points that any straight line puts into their class. A best line can be moved until it
/// goes through two points, on either side of which it may pass: so all these are tried.
fn best_of_all_lines(points: &[Point]) -> usize {
    let mut best = 0;
    for (n, a) in points.iter().enumerate() {
        for b in &points[n + 1..] {
            let (u, v) = (b.x[0] - a.x[0], b.x[1] - a.x[1]);
            let right = |p: &&Point| {
                let side = u * (p.x[1] - a.x[1]) - v * (p.x[0] - a.x[0]);
                side != 0.0 && (side > 0.0) == (p.y == 1.0)
            };
            let count = points.iter().filter(right).count();
            // Those on the line itself, a and b, may fall to any side.
            best = best.max(count + 2).max(points.len() - count);
        }
    }
    best
}

#[test]
fn no_straight_line_gets_three_quarters_of_the_points_right() {
    for classes in Classes::all() {
        let plane = plane(classes, 1, false);
        let (best, all) = (best_of_all_lines(plane.points()), plane.points().len());
        assert!(4 * best < 3 * all, "{classes:?}: {best} of {all}");
    }
}

#[test]
fn without_relu_the_boundary_is_straight_and_accuracy_below_three_quarters_at_every_epoch() {
    for classes in Classes::all() {
        for seed in 1..=10 {
            let mut plane = plane(classes, seed, false);
            for epoch in 0..=EPOCHS {
                plane.set_epoch(epoch).unwrap();
                assert!(4 * plane.right() < 3 * plane.points().len(), "{classes:?} {epoch}");
                assert!(plane.pieces() <= 1);
            }
            collinear(&plane);
        }
    }
}

/// All ends of the boundary's pieces lie on the line of the collapsed network, and on that through
/// two of them.
fn collinear(plane: &Plane) {
    let line = plane.line().unwrap();
    let ends: Vec<[f64; 2]> = plane.boundary().into_iter().flatten().collect();
    let scale = line.weights[0].iter().map(|w| w.abs()).sum::<f64>();
    for x in &ends {
        assert!(line.value(x)[0].abs() < 1e-9 * scale, "{x:?}");
    }
    let far = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]).abs() + (a[1] - b[1]).abs();
    let Some(a) = ends.first() else { return };
    let b = ends.iter().max_by(|p, q| far(a, p).total_cmp(&far(a, q))).unwrap();
    for x in &ends {
        let cross = (b[0] - a[0]) * (x[1] - a[1]) - (b[1] - a[1]) * (x[0] - a[0]);
        assert!(cross.abs() < 1e-9, "{x:?} is off the line by {cross}");
    }
}

#[test]
fn with_relu_the_same_first_weights_get_19_of_20_points_right_and_the_boundary_folds() {
    for classes in Classes::all() {
        let mut bent = plane(classes, 1, true);
        let straight = plane(classes, 1, false);
        assert_eq!(bent.network().flat(), straight.network().flat());
        bent.set_epoch(EPOCHS).unwrap();
        assert!(20 * bent.right() >= 19 * bent.points().len(), "{classes:?}: {}", bent.right());
        assert!(bent.pieces() > 2, "{}", bent.pieces());
        assert!(bent.line().is_none());
    }
}

#[test]
fn training_gets_stuck_on_xor_with_the_weights_that_the_text_names() {
    let mut plane = plane(Classes::Xor, 17, true);
    plane.set_epoch(EPOCHS).unwrap();
    assert!(5 * plane.right() < 4 * plane.points().len(), "{}", plane.right());
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/www/nonlinear/plane.js");
    assert!(std::fs::read_to_string(page).unwrap().contains("{ set: \"xor\" }, { seed: 17 }"));
}

#[test]
fn the_boundary_lies_where_the_output_changes_its_class() {
    let mut plane = plane(Classes::Circle, 1, true);
    plane.set_epoch(EPOCHS).unwrap();
    let boundary = plane.boundary();
    assert!(boundary.len() > 50);
    for [a, b] in boundary {
        let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
        let around = [[0.2, 0.0], [-0.2, 0.0], [0.0, 0.2], [0.0, -0.2]];
        let signs =
            around.map(|[u, v]| plane::z(plane.network(), [middle[0] + u, middle[1] + v]) > 0.0);
        assert!(signs.contains(&true) && signs.contains(&false), "{middle:?}");
    }
}

#[test]
fn an_epoch_has_the_same_parameters_however_it_is_reached() {
    let mut there = plane(Classes::Xor, 3, true);
    let mut back = there.clone();
    there.set_epoch(30).unwrap();
    back.set_epoch(60).unwrap();
    back.set_epoch(10).unwrap();
    back.set_epoch(30).unwrap();
    assert_eq!(there.network(), back.network());
}

fn fitted(shape: Shape, units: usize) -> Fit {
    let mut fit = Fit::new().unwrap();
    fit.apply(fit::Change::Shape(shape)).unwrap();
    fit.apply(fit::Change::Units(units)).unwrap();
    fit
}

const DRAWN: [f64; HANDLES] =
    [0.5, -0.25, 1.75, 2.0, -2.0, 0.0, 0.1, 0.35, -1.5, -1.45, 0.0, 0.0, 1.0];

#[test]
fn the_constructed_fit_passes_through_the_drawn_points() {
    for units in [12, 24, 36] {
        let mut fit = fitted(Shape::Sine, units);
        fit.apply(fit::Change::Heights(DRAWN.to_vec())).unwrap();
        for (k, height) in DRAWN.into_iter().enumerate() {
            let found = fit.value(target::place(k));
            assert!((found - height).abs() < 1e-12, "{units} units, handle {k}: {found}");
        }
        assert!(fit.error_inside() < 1e-12);
    }
}

#[test]
fn with_any_number_of_units_the_constructed_fit_meets_the_curve_where_it_says() {
    for shape in Shape::all() {
        for units in 1..=fit::WIDEST {
            let fit = fitted(shape, units);
            let corners = fit.hinges().into_iter().map(|hinge| hinge.corner().unwrap());
            let places: Vec<f64> = corners.chain([REACH]).collect();
            assert_eq!(places.len(), units + 1);
            for x in places {
                let wanted = fit.target().value(x).unwrap();
                assert!((fit.value(x) - wanted).abs() < 1e-9, "{shape:?} {units} at {x}");
            }
        }
    }
}

#[test]
fn more_units_bring_a_continuous_curve_closer_and_a_jump_never() {
    for shape in Shape::all() {
        let errors = [5, 10, 20, 40].map(|units| fitted(shape, units).error_inside());
        match shape {
            Shape::Jump => assert!(errors.iter().all(|&error| error >= 1.0), "{errors:?}"),
            _ => assert!(errors.is_sorted_by(|a, b| b < a) && errors[3] < 0.02, "{errors:?}"),
        }
    }
}

/// Both ways, before and after training.
fn every_fit(mut look: impl FnMut(&Fit)) {
    for shape in Shape::all() {
        for units in [1, 3, 12, 40] {
            let mut fit = fitted(shape, units);
            look(&fit);
            fit.apply(fit::Change::Way(Way::Trained)).unwrap();
            for moment in [0, 1, 20] {
                fit.apply(fit::Change::Moment(moment)).unwrap();
                look(&fit);
            }
        }
    }
}

#[test]
fn the_sum_of_the_hinges_is_the_networks_output() {
    every_fit(|fit| {
        for n in -18..=18 {
            let x = f64::from(n) / 2.0;
            let relu = |z: f64| if z > 0.0 { z } else { 0.0 };
            let [hidden, last] = fit.network().layers() else { panic!("two layers") };
            let a: Vec<f64> = (0..hidden.units())
                .map(|j| relu(hidden.weight(j, 0) * x + hidden.bias(j)))
                .collect();
            let output = a.iter().enumerate().map(|(j, a)| last.weight(0, j) * a).sum::<f64>()
                + last.bias(0);
            let hinges = fit.hinges().iter().map(|hinge| hinge.value(x)).sum::<f64>();
            let scale = 1.0 + fit.hinges().iter().map(|hinge| hinge.value(x).abs()).sum::<f64>();
            assert!((hinges + fit.constant() - output).abs() < 1e-12 * scale);
            assert!((fit.value(x) - output).abs() < 1e-12 * scale);
        }
    });
}

#[test]
fn beyond_the_last_corner_the_fit_is_a_straight_line() {
    every_fit(|fit| {
        let corners: Vec<f64> = fit.hinges().iter().filter_map(fit::Hinge::corner).collect();
        for side in [-1.0, 1.0] {
            let last =
                gradstep::math::max(corners.iter().map(|corner| side * corner).chain([REACH]));
            let at = |n: f64| fit.value(side * (last + n));
            let bend = at(3.0) - 2.0 * at(2.0) + at(1.0);
            assert!(bend.abs() < 1e-9 * (1.0 + at(3.0).abs()), "bends by {bend}");
        }
    });
}

#[test]
fn the_line_that_is_drawn_is_the_fit() {
    every_fit(|fit| {
        let line = fit.line();
        assert_eq!((line[0][0], line[line.len() - 1][0]), (-(FARTHEST as f64), FARTHEST as f64));
        for pair in line.windows(2) {
            let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
            let middle = fit.value((x0 + x1) / 2.0);
            let scale = 1.0 + y0.abs() + y1.abs();
            assert!((middle - (y0 + y1) / 2.0).abs() < 1e-9 * scale, "{pair:?}");
        }
    });
}

#[test]
fn training_lowers_the_error_and_may_end_above_what_exists() {
    let mut worse = 0;
    for seed in 1..=5 {
        let mut fit = fitted(Shape::Sine, 20);
        let exists = fit.error_inside();
        fit.apply(fit::Change::Way(Way::Trained)).unwrap();
        fit.apply(fit::Change::Seed(seed)).unwrap();
        let before = fit.error_inside();
        fit.apply(fit::Change::Moment(fit::MOMENTS)).unwrap();
        let found = fit.error_inside();
        assert!(found < before, "seed {seed}: {before} to {found}");
        worse += usize::from(found > exists);
    }
    assert!(worse >= 3, "{worse} of 5");
}

#[test]
fn where_nothing_is_drawn_there_is_no_error_and_no_curve() {
    let mut fit = fitted(Shape::Sine, 12);
    assert!(fit.error_outside().unwrap() > 1.0);
    fit.apply(fit::Change::Height { handle: 3, value: 1.0 }).unwrap();
    assert_eq!((fit.error_outside(), fit.target().shape()), (None, None));
    assert_eq!(
        (fit.target().value(6.5), fit.target().value(-6.0)),
        (None, Some(fit.target().heights()[0]))
    );
}

fn act(state: &mut State, change: Value) -> Result<(), String> {
    let action = json!({"do": "nonlinear", "change": change});
    state.apply_json(&action.to_string()).map_err(|error| error.to_string())
}

fn frame(state: &State) -> Value {
    serde_json::to_value(view::frame(state, None)).unwrap()
}

fn chapter() -> State {
    let mut state = State::new().unwrap();
    state.place = Place::WhyNonlinear;
    state
}

#[test]
fn a_link_restores_the_chapter_exactly() {
    let mut state = chapter();
    for changes in [
        json!([]),
        json!([
            {"stack": {"depth": 6}}, {"stack": {"seed": 7}}, {"stack": {"merged": 4}},
            {"stack": {"relu": true}}, {"stack": {"input": {"unit": 1, "value": 0.1}}},
            {"stack": {"entry": {"row": 1, "column": null}}},
        ]),
        json!([
            {"plane": {"set": "circle"}}, {"plane": {"seed": 3}}, {"plane": {"epoch": 12}},
            {"plane": {"relu": true}},
        ]),
        json!([
            {"fit": {"shape": "bump"}}, {"fit": {"units": 5}}, {"fit": {"way": "trained"}},
            {"fit": {"seed": 2}}, {"fit": {"moment": 3}}, {"fit": {"x": -0.7}},
        ]),
        json!([{"fit": {"height": {"handle": 12, "value": -1.35}}}, {"fit": {"moment": 1}}]),
    ] {
        for change in changes.as_array().unwrap() {
            act(&mut state, change.clone()).unwrap();
        }
        let address = link::write(&state);
        let again = link::read(&address).unwrap();
        assert_eq!(link::write(&again), address);
        let (mut now, mut then) = (frame(&state), frame(&again));
        // What was changed last is no news in a link.
        (now["announce"], then["announce"]) = (Value::Null, Value::Null);
        assert_eq!(now, then, "{address}");
    }
}

#[test]
fn what_is_wrong_in_a_link_is_named() {
    for (values, said) in [
        ("layers=7", "depth: 7 is not from 1 to 6"),
        ("layers=0", "depth: 0 is not from 1 to 6"),
        ("layers=-1", "layers: -1 is not a whole number from 0 up"),
        ("layers=2&merged=3", "merged: 3 is not from 1 to 2"),
        ("weights=1e99", "weights: 1e99 is not a whole number from 0 up"),
        ("x=1", "x: a list of 1, but a list of 2 is needed"),
        ("x=1,NaN", "x: NaN is not a finite number"),
        ("x=11,0", "x: 11 is not from −10 to 10"),
        ("x=1e999,0", "x: 1e999 is not a finite number"),
        ("entry=2,0", "row: 2 is not from 0 to 1"),
        ("entry=0,9", "column: 9 is not from 0 to 1"),
        ("entry=b", "entry: b is not within the network"),
        ("set=spiral", "set: \"spiral\" is not one of xor, circle"),
        ("set=__proto__", "set: \"__proto__\" is not one of xor, circle"),
        ("epoch=101", "epoch: 101 is not from 0 to 100"),
        ("epoch=1000000000000", "epoch: 1000000000000 is not from 0 to 100"),
        ("shape=own", "shape: \"own\" is not one of sine, bump, jump"),
        ("heights=1,2", "heights: a list of 2, but a list of 13 is needed"),
        ("heights=0,0,0,0,0,0,0,0,0,0,0,0,2.5", "heights[12]: 2.5 is not from −2 to 2"),
        ("units=0", "units: 0 is not from 1 to 40"),
        ("units=99999999999999999999", "units: 99999999999999999999 is not small enough"),
        ("way=guessed", "way: \"guessed\" is not one of placed, trained"),
        ("moment=201", "moment: 201 is not from 0 to 200"),
        ("at=9.5", "at: 9.5 is not from −9 to 9"),
        ("at=", "at:  is not a finite number"),
    ] {
        let found = link::read(&format!("why-nonlinear&{values}")).unwrap_err().to_string();
        assert_eq!(found, said, "{values}");
    }
}

#[test]
fn a_refused_change_leaves_everything_as_it_was() {
    let mut state = chapter();
    act(&mut state, json!({"stack": {"depth": 4}})).unwrap();
    act(&mut state, json!({"plane": {"epoch": 3}})).unwrap();
    let before = frame(&state);
    for change in [
        json!({"stack": {"depth": 0}}),
        json!({"stack": {"merged": 5}}),
        json!({"stack": {"input": {"unit": 2, "value": 1}}}),
        json!({"stack": {"input": {"unit": 0, "value": 1e300}}}),
        json!({"stack": {"entry": {"row": 0, "column": 2}}}),
        json!({"stack": {"seed": -1}}),
        json!({"plane": {"set": "gauss"}}),
        json!({"plane": {"epoch": 4_000_000_000u64}}),
        json!({"plane": {"relu": "yes"}}),
        json!({"fit": {"units": 41}}),
        json!({"fit": {"shape": "own"}}),
        json!({"fit": {"height": {"handle": 13, "value": 0}}}),
        json!({"fit": {"height": {"handle": 0, "value": 2.001}}}),
        json!({"fit": {"heights": []}}),
        json!({"fit": {"moment": 500}}),
        json!({"fit": {"x": -10}}),
        json!({"fit": {"way": "both"}}),
        json!({"fit": {}}),
        json!({"nothing": 1}),
    ] {
        assert!(act(&mut state, change.clone()).is_err(), "{change}");
        assert_eq!(frame(&state), before, "{change}");
    }
}

#[test]
fn fewer_layers_never_leave_more_merged_than_there_are() {
    let mut chapter = Nonlinear::new().unwrap();
    chapter.stack.set_depth(6).unwrap();
    chapter.stack.set_merged(6).unwrap();
    let first = chapter.stack.layers()[0].clone();
    chapter.stack.set_depth(2).unwrap();
    assert_eq!((chapter.stack.merged(), &chapter.stack.layers()[0]), (2, &first));
}
