//! The chapter "Train": its runs, its changes, its files.

use gradstep::activation::Activation;
use gradstep::app::State;
use gradstep::data::{self, Point, Set};
use gradstep::link;
use gradstep::name::Named;
use gradstep::train::{Change, Command, Parameter, Run, Setup, Train};
use gradstep::trainer::{Optimizer, Regularization};
use gradstep::view;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

fn run(set: Set) -> Run {
    Run::new(Setup::usual(set)).unwrap()
}

fn change(train: &mut Train, change: Value) -> Result<(), String> {
    let change: Change = serde_json::from_value(change).unwrap();
    train.apply(change).map_err(|error| error.to_string())
}

fn train() -> Train {
    Train::new(Setup::usual(Set::Circle)).unwrap()
}

#[test]
fn a_run_is_the_same_however_it_is_paced() {
    for set in Set::ALL {
        let (mut whole, mut pieces) = (run(set), run(set));
        whole.advance(7_000);
        let paces = [1, 2, 24, 25, 26, 300, 1_000];
        let mut left = 7_000;
        for pace in paces.into_iter().cycle() {
            let piece = pace.min(left);
            pieces.advance(piece);
            left -= piece;
            if left == 0 {
                break;
            }
        }
        assert_eq!(whole.snapshot().unwrap(), pieces.snapshot().unwrap(), "{set:?}");
    }
}

/// Everything that a run shows and everything that it goes on from.
fn whole(run: &mut Run) -> [String; 2] {
    [gradstep::json::write(&run.snapshot().unwrap()), run.checkpoint()]
}

/// Setups that remember something from step to step: of every optimiser, regularised in every way,
/// one of them with α that are drawn.
fn remembering() -> impl Iterator<Item = Setup> {
    let adam = Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    let optimizers = [Optimizer::Sgd, Optimizer::Momentum { mu: 0.9 }, adam];
    let penalties = [
        Regularization::None,
        Regularization::L1 { rate: 0.003 },
        Regularization::L2 { rate: 0.003 },
    ];
    let activations = [Activation::Tanh, Activation::Rrelu { alpha: 11.0 / 48.0 }];
    optimizers.into_iter().flat_map(move |optimizer| {
        penalties.into_iter().flat_map(move |regularization| {
            activations.into_iter().map(move |g| Setup {
                optimizer,
                regularization,
                hidden: vec![(5, g), (3, g)],
                rate: 0.02,
                batch: 7,
                ..Setup::usual(Set::Arms)
            })
        })
    })
}

#[test]
fn a_run_that_is_cut_and_resumed_is_the_same_to_the_last_bit() {
    let mut rng = Pcg64Mcg::seed_from_u64(14);
    for setup in remembering() {
        let mut uncut = Run::new(setup.clone()).unwrap();
        let mut cut = Run::new(setup.clone()).unwrap();
        for piece in 0..12 {
            let steps = rng.random_range(0..200);
            uncut.advance(steps);
            cut.advance(steps);
            if piece == 4 || piece == 7 {
                for command in [
                    Command::Rate(0.01 * f64::from(piece)),
                    Command::Set {
                        parameter: Parameter::Weight { layer: 1, unit: 2, from: 4 },
                        value: 1.0 / 3.0,
                    },
                ] {
                    uncut.apply(command).unwrap();
                    cut.apply(command).unwrap();
                }
            }
            cut = Run::resume(&cut.checkpoint()).unwrap();
            assert_eq!(whole(&mut cut), whole(&mut uncut), "{setup:?}, piece {piece}");
        }
        assert_eq!((cut.setup(), cut.changes()), (uncut.setup(), uncut.changes()));
    }
}

#[test]
fn so_is_one_that_ran_away_and_goes_on() {
    for setup in remembering() {
        let mut uncut = Run::new(setup.clone()).unwrap();
        uncut.advance(300);
        uncut.apply(Command::Rate(f64::MAX)).unwrap();
        let mut cut = Run::resume(&uncut.checkpoint()).unwrap();
        for run in [&mut uncut, &mut cut] {
            run.advance(400);
        }
        assert!(uncut.has_diverged() && cut.has_diverged(), "{setup:?}");
        assert_eq!(whole(&mut cut), whole(&mut uncut), "{setup:?}");
        cut = Run::resume(&cut.checkpoint()).unwrap();
        for run in [&mut uncut, &mut cut] {
            run.apply(Command::Rate(0.02)).unwrap();
            run.advance(300);
        }
        assert!(!uncut.has_diverged(), "{setup:?}");
        assert_eq!(whole(&mut cut), whole(&mut uncut), "{setup:?}");
    }
}

#[test]
fn what_is_no_checkpoint_of_this_run_is_refused() {
    let one = run(Set::Circle).checkpoint();
    let other = gradstep::json::write(&Setup::usual(Set::Arms).written());
    let setup = gradstep::json::write(&Setup::usual(Set::Circle).written());
    assert!(Run::resume(&one).is_ok() && one.contains(&setup));
    let digits = one.replacen("\"gradients\":\"0", "\"gradients\":\"", 1);
    let word = one.replacen("\"gradients\":\"0", "\"gradients\":\"x", 1);
    let outside = one.replace("\"next\":0", "\"next\":250");
    for text in
        ["", "{}", &one[..one.len() / 2], &one.replace(&setup, &other), &digits, &word, &outside]
    {
        assert!(Run::resume(text).is_err(), "{text}");
    }
}

#[test]
fn an_epoch_ends_where_the_samples_do() {
    for begun in [0, 1, 24] {
        let mut run = run(Set::Xor);
        run.advance(begun);
        for epochs in 1..3 {
            run.finish_epoch();
            assert_eq!((run.steps(), run.snapshot().unwrap().next), (25 * epochs, 0), "{begun}");
        }
    }
}

#[test]
fn a_run_that_diverges_goes_back_to_its_lowest_loss_and_can_go_on() {
    let setup = Setup { rate: 1e4, ..Setup::usual(Set::Plane) };
    let mut run = Run::new(setup).unwrap();
    let start = run.snapshot().unwrap();
    run.advance(1_000_000);
    let stopped = run.snapshot().unwrap();
    let lowest = stopped.history.iter().map(|record| record.train).min_by(f64::total_cmp).unwrap();
    assert!(run.has_diverged() && stopped.diverged.is_some());
    assert_eq!(stopped.train.loss, lowest);
    assert!(stopped.train.loss <= start.train.loss);
    run.apply(Command::Rate(0.05)).unwrap();
    run.advance(2_500);
    let healed = run.snapshot().unwrap();
    assert!(healed.diverged.is_none() && healed.train.loss < 0.01, "{}", healed.train.loss);
    let epochs: Vec<u64> = healed.history.iter().map(|record| record.epoch).collect();
    assert!(epochs.is_sorted());
}

#[test]
fn a_snapshot_comes_back_from_json_as_it_was() {
    for set in [Set::Circle, Set::Arms, Set::Sine] {
        let mut run = run(set);
        run.advance(123);
        let snapshot = run.snapshot().unwrap();
        let text = gradstep::json::write(&snapshot);
        let read: gradstep::train::Snapshot = gradstep::json::read(&text).unwrap();
        assert_eq!(read, snapshot, "{set:?}");
    }
}

#[test]
fn a_moment_opened_in_the_stepper_has_the_loss_of_the_next_batch() {
    for set in Set::ALL {
        let mut run = run(set);
        run.advance(321);
        let case = run.next_case().unwrap();
        let trace = gradstep::trace::Trace::record(&case).unwrap();
        let (cost, shown) =
            (trace.value_of(trace.cost()).unwrap(), run.snapshot().unwrap().batch.loss);
        assert!((cost - shown).abs() <= 1e-12 * (1.0 + shown), "{set:?}: {cost} {shown}");
    }
}

#[test]
fn a_setup_comes_back_from_its_json() {
    let mut odd = Setup::usual(Set::Arms);
    odd.optimizer = Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    odd.regularization = Regularization::L1 { rate: 0.003 };
    odd.own = Some(odd.split().unwrap());
    for setup in Set::ALL.into_iter().map(Setup::usual).chain([odd]) {
        let text = gradstep::json::write(&setup.written());
        assert_eq!(Setup::read(&text).unwrap(), setup);
    }
}

#[test]
fn a_change_begins_anew_and_a_late_snapshot_is_ignored() {
    let mut train = train();
    let mut run = Run::new(train.setup().clone()).unwrap();
    run.advance(100);
    let late = run.snapshot().unwrap();
    change(&mut train, json!({"noise": 20})).unwrap();
    assert_eq!(train.run(), 1);
    train.take(0, late.clone()).unwrap();
    assert_eq!(train.snapshot().steps, 0);
    change(&mut train, json!({"rate": 0.5})).unwrap();
    assert_eq!((train.run(), train.setup().rate), (1, 0.5));
    let before = train.network().clone();
    change(&mut train, json!("again")).unwrap();
    assert_eq!((train.run(), train.network() == &before), (2, true));
    change(&mut train, json!({"seed": 9})).unwrap();
    assert_ne!(train.network(), &before);
}

#[test]
fn what_cannot_be_trained_is_refused_and_nothing_changes() {
    let mut train = train();
    let layer = |units: usize, activation: &str| json!({"units": units, "activation": activation});
    for (broken, message) in [
        (json!({"set": "moon"}), "set: \"moon\" is not one of circle, xor"),
        (json!({"noise": 51}), "noise: 51 is not from 0 to 50"),
        (json!({"batch": 0}), "batch: 0 is not from 1 to 250"),
        (json!({"inputs": []}), "features: empty"),
        (json!({"inputs": ["x3"]}), "inputs[0]: \"x3\" is not one of"),
        (json!({"hidden": [layer(9, "tanh")]}), "hidden[0]: 9 is not from 1 to 8"),
        (json!({"hidden": [layer(2, "softmax")]}), "hidden[0].activation: \"softmax\""),
        (json!({"csv": ""}), "points: empty"),
        (json!({"csv": "1,2"}), "line 1: 1,2 is not x1, x2 and a class or a value"),
        (json!({"csv": "7,2,1"}), "points[0]: 7 is not from −6 to 6"),
        (json!({"paint": {"x": [0.0, 6.5], "class": 1}}), "points[500]: 6.5 is not from −6 to 6"),
        (
            json!({"parameter": {"parameter": {"bias": {"layer": 3, "unit": 0}}, "value": 1.0}}),
            "parameter:  is not within the network",
        ),
    ] {
        let found = change(&mut train, broken.clone()).unwrap_err();
        assert!(found.starts_with(message), "{broken}: {found}");
        assert_eq!((train.run(), train.setup()), (0, &Setup::usual(Set::Circle)), "{broken}");
    }
}

#[test]
fn own_points_are_classes_or_values() {
    let mut train = train();
    change(&mut train, json!({"csv": "-1,0,0\n1,0,1\n2,0,1\n-2,0,0"})).unwrap();
    assert_eq!((train.network().last().units(), train.setup().batch), (1, 2));
    change(&mut train, json!({"paint": {"x": [0.0, 3.0], "class": 2}})).unwrap();
    assert_eq!(train.network().last().units(), 3);
    change(&mut train, json!({"erase": {"x": [0.0, 3.2]}})).unwrap();
    assert_eq!(train.network().last().units(), 1);
    change(&mut train, json!({"csv": "0,0,0.5"})).unwrap();
    assert_eq!((train.split().train.len(), train.split().test.len()), (1, 0));
    let mut run = Run::new(train.setup().clone()).unwrap();
    run.advance(100);
    assert!(run.snapshot().unwrap().train.loss < 1e-6 && run.snapshot().unwrap().test.is_none());
}

#[test]
fn the_csv_holds_every_record() {
    let mut run = run(Set::Gauss);
    run.advance(250);
    let csv = run.csv();
    let rows: Vec<&str> = csv.lines().collect();
    let snapshot = run.snapshot().unwrap();
    assert_eq!((rows.len(), rows[0]), (12, "epoch,training loss,test loss"));
    let wanted = format!("10,{},{}", snapshot.train.loss, snapshot.test.unwrap().loss);
    assert_eq!(rows[11], wanted);
}

#[test]
fn an_edited_weight_is_where_it_was_put() {
    let mut run = run(Set::Xor);
    let parameter = Parameter::Weight { layer: 1, unit: 1, from: 3 };
    run.apply(Command::Set { parameter, value: 0.125 }).unwrap();
    let mut network = run.setup().network().unwrap();
    network.set_parameters(&run.snapshot().unwrap().parameters).unwrap();
    assert_eq!(parameter.of(&network), Some(0.125));
}

#[test]
fn a_script_is_written_for_every_activation_that_draws_nothing() {
    for g in gradstep::activation::Activation::ALL {
        let mut setup = Setup::usual(Set::Gauss);
        setup.hidden = vec![(2, g)];
        let mut run = Run::new(setup).unwrap();
        run.advance(3);
        let script = gradstep::train::script::script(&run);
        assert_eq!(script.is_ok(), g.name() != "rrelu", "{g:?}");
    }
}

fn places(points: &[Point]) -> Vec<[u64; 3]> {
    points.iter().map(|p| [p.x[0].to_bits(), p.x[1].to_bits(), p.y.to_bits()]).collect()
}

/// `after` without `new` is `before`, in its order.
fn kept(before: &[Point], after: &[Point], new: &[Point]) -> bool {
    let new = places(new);
    let after: Vec<_> = places(after).into_iter().filter(|p| !new.contains(p)).collect();
    places(before) == after
}

#[test]
fn a_painted_point_moves_no_other_between_training_and_test() {
    let mut train = train();
    change(&mut train, json!({"share": 70})).unwrap();
    for n in 0..40 {
        let x = [f64::from(n) / 10.0, 1.25];
        let (before, new) = (train.split().clone(), [Point { x, y: 2.0 }]);
        change(&mut train, json!({"paint": {"x": x, "class": 2}})).unwrap();
        let after = train.split();
        assert!(kept(&before.train, &after.train, &new), "point {n}");
        assert!(kept(&before.test, &after.test, &new), "point {n}");
        assert_eq!(after.train.len() + after.test.len(), 501 + n as usize);
    }
    // The share stays as it was asked for.
    assert_eq!((train.split().train.len(), train.split().test.len()), (378, 162));
}

#[test]
fn an_erased_point_moves_no_other_between_training_and_test() {
    let mut train = train();
    for x in [[0.0, 0.0], [2.0, 1.0], [-4.0, 0.5]] {
        let before = train.split().clone();
        change(&mut train, json!({"erase": {"x": x}})).unwrap();
        let gone = |p: &Point| {
            let [u, v] = [p.x[0] - x[0], p.x[1] - x[1]];
            u * u + v * v <= 0.25
        };
        for (before, after) in
            [(before.train, &train.split().train), (before.test, &train.split().test)]
        {
            let left: Vec<Point> = before.into_iter().filter(|p| !gone(p)).collect();
            assert_eq!(places(&left), places(after), "{x:?}");
        }
    }
}

#[test]
fn a_link_says_of_each_own_point_which_of_the_two_it_is() {
    let mut state = page();
    for n in 0..7 {
        act(&mut state, json!({"paint": {"x": [f64::from(n) / 4.0, 5.0], "class": n % 3}}));
    }
    act(&mut state, json!({"erase": {"x": [0.0, 0.0]}}));
    let again = link::read(&link::write(&state)).unwrap();
    assert_eq!(again.train.split(), state.train.split());
    assert_eq!(again.train.network(), state.train.network());
}

#[test]
fn an_old_link_deals_own_points_as_it_did() {
    let points: Vec<Point> = (0..11)
        .map(|n| Point { x: [f64::from(n) / 2.0 - 3.0, 1.0], y: f64::from(n % 3) })
        .collect();
    let mut old = serde_json::to_value(Setup::usual(Set::Circle).written()).unwrap();
    old["points"] = points.iter().map(|p| json!([p.x[0], p.x[1], p.y])).collect();
    (old["train"], old["points_seed"], old["batch"]) = (json!(60), json!(4), json!(3));
    let setup = Setup::read(&old.to_string()).unwrap();
    assert_eq!(setup.split().unwrap(), data::split(points.clone(), 60, 4).unwrap());
    // Sliding the share there and back brings the same split again.
    let mut train = Train::new(setup).unwrap();
    let before = train.split().clone();
    for share in [70, 80, 60] {
        change(&mut train, json!({"share": share})).unwrap();
    }
    assert_eq!(train.split(), &before);
}

#[test]
fn there_is_nothing_to_paint_where_points_have_values() {
    let mut train = train();
    for set in ["sine", "plane"] {
        change(&mut train, json!({"set": set})).unwrap();
        let setup = train.setup().clone();
        for what in
            [json!({"paint": {"x": [1.0, 1.0], "class": 1}}), json!({"erase": {"x": [1.0, 0.0]}})]
        {
            assert!(change(&mut train, what.clone()).is_err(), "{set}: {what}");
            assert_eq!(train.setup(), &setup);
        }
    }
}

fn runaway() -> Run {
    let mut run = Run::new(Setup { rate: 3.0, ..Setup::usual(Set::Plane) }).unwrap();
    run.advance(1_000_000);
    assert!(run.has_diverged());
    run
}

#[test]
fn what_is_exported_of_a_run_that_diverged_ends_where_it_went_back_to() {
    let mut run = runaway();
    let stopped = run.snapshot().unwrap();
    let csv = run.csv();
    let losses: Vec<f64> =
        csv.lines().skip(1).map(|row| row.split(',').nth(1).unwrap().parse().unwrap()).collect();
    assert_eq!(losses.last(), Some(&stopped.train.loss), "{csv}");
    assert_eq!(stopped.history.last().unwrap().epoch, stopped.steps / 25);
}

#[test]
fn the_layers_of_a_run_that_diverged_have_the_numbers_of_the_state_shown() {
    let mut run = runaway();
    let stopped = run.snapshot().unwrap();
    let mut straight = Run::new(run.setup().clone()).unwrap();
    straight.advance(stopped.steps);
    assert_eq!(stopped.layers, straight.snapshot().unwrap().layers);
}

/// The page in the chapter "Train".
fn page() -> State {
    let mut state = State::new().unwrap();
    state.apply_json(r#"{"do":"go","place":"train"}"#).unwrap();
    state
}

fn act(state: &mut State, change: Value) {
    state.apply_json(&json!({"do": "train", "change": change}).to_string()).unwrap();
}

fn shown(state: &State) -> Value {
    serde_json::to_value(view::frame(state, None)).unwrap()
}

/// What the worker tells of `run`.
fn tell(state: &mut State, run: &mut Run) {
    let number = state.train.run();
    act(state, json!({"snapshot": {"run": number, "snapshot": run.snapshot().unwrap()}}));
}

#[test]
fn the_brush_is_put_away_where_there_is_nothing_to_paint() {
    let mut state = page();
    act(&mut state, json!({"set": "gauss"}));
    act(&mut state, json!({"brush": "class1"}));
    // A point to test with would be painted out of sight.
    assert_eq!(
        (&shown(&state)["brush"], &shown(&state)["shown"]["test"]),
        (&json!("class1"), &json!(true))
    );
    act(&mut state, json!({"noise": 10}));
    assert_eq!(shown(&state)["brush"], "class1");
    act(&mut state, json!({"set": "sine"}));
    assert_eq!(shown(&state)["brush"], "none");
    act(&mut state, json!({"set": "gauss"}));
    assert_eq!(shown(&state)["brush"], "none");
    act(&mut state, json!({"brush": "erase"}));
    act(&mut state, json!({"csv": "0,0,0.5\n1,1,0.25"}));
    assert_eq!(shown(&state)["brush"], "none");
}

#[test]
fn what_is_held_in_the_picture_is_let_go_with_its_network() {
    let mut state = page();
    let bias = |unit| json!({"bias": {"layer": 0, "unit": unit}});
    let at = |state: &State| shown(state)["pointed"]["parameter"].clone();
    act(&mut state, json!({"hold": bias(1)}));
    act(&mut state, json!({"point": bias(0)}));
    assert_eq!(at(&state), bias(1));
    act(&mut state, json!({"seed": 2}));
    assert_eq!(at(&state), Value::Null);
    act(&mut state, json!({"point": bias(0)}));
    assert_eq!(at(&state), bias(0));
}

#[test]
fn it_starts_at_100_batches_a_second_and_a_link_says_another_speed() {
    let mut state = page();
    assert_eq!(
        (&shown(&state)["speed"], link::write(&state).as_str()),
        (&json!(100), "train&set=circle")
    );
    act(&mut state, json!({"speed": "1000"}));
    act(&mut state, json!({"seed": 2}));
    assert_eq!(shown(&state)["speed"], 1000);
    let again = link::read(&link::write(&state)).unwrap();
    assert_eq!(shown(&again)["speed"], 1000);
    act(&mut state, json!({"speed": "fastest"}));
    let link = link::write(&state);
    assert!(link.ends_with("&speed=fastest"), "{link}");
    assert_eq!(shown(&link::read(&link).unwrap())["speed"], Value::Null);
    let refused = link::read("train&speed=7").unwrap_err().to_string();
    assert!(refused.starts_with("speed: \"7\" is not one of 1, 10, 100"), "{refused}");
}

#[test]
fn the_first_epochs_are_as_readable_after_ten_minutes_as_after_ten_seconds() {
    for epochs in [40, 2_400] {
        let mut state = page();
        let mut run = Run::new(state.train.setup().clone()).unwrap();
        run.advance(25 * epochs + 3);
        tell(&mut state, &mut run);
        let losses = shown(&state)["losses"].clone();
        let points = losses["points"].as_array().unwrap();
        let at = |n: usize| points[n]["at"].as_f64().unwrap();
        for (n, point) in points[..=10].iter().enumerate() {
            assert_eq!(point["epoch"], n.to_string(), "after {epochs} epochs");
        }
        assert!(
            at(0) == 0.0 && at(10) > 0.25 && at(points.len() - 1) == 1.0,
            "{epochs}: {}",
            at(10)
        );
        let places: Vec<f64> = (0..points.len()).map(at).collect();
        assert!(places.is_sorted() && points.len() < 200, "{}", points.len());
        let names: Vec<&str> = losses["across"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tick| tick["text"].as_str().unwrap())
            .collect();
        assert!(names.contains(&"1") && names.contains(&"10"), "{names:?}");
    }
}

#[test]
fn an_alert_that_was_read_is_gone_until_there_is_another() {
    let mut state = page();
    act(&mut state, json!({"set": "plane"}));
    act(&mut state, json!({"rate": 3.0}));
    let mut run = Run::new(state.train.setup().clone()).unwrap();
    run.advance(100_000);
    tell(&mut state, &mut run);
    assert_eq!(shown(&state)["alert"]["key"], "train.diverged");
    state.apply_json(r#"{"do":"dismiss"}"#).unwrap();
    tell(&mut state, &mut run);
    assert_eq!(shown(&state)["alert"], Value::Null);
    run.advance(100_000);
    tell(&mut state, &mut run);
    assert_eq!(shown(&state)["alert"]["key"], "train.diverged");
}

#[test]
fn nothing_is_said_of_a_rate_that_is_not_the_one_which_was_too_large() {
    let mut state = page();
    act(&mut state, json!({"set": "plane"}));
    act(&mut state, json!({"rate": 3.0}));
    let mut run = Run::new(state.train.setup().clone()).unwrap();
    run.advance(100_000);
    tell(&mut state, &mut run);
    act(&mut state, json!({"rate": 0.05}));
    assert_eq!(shown(&state)["alert"], Value::Null);
    // The answer to the change; nothing has been learned since.
    run.apply(Command::Rate(0.05)).unwrap();
    tell(&mut state, &mut run);
    assert_eq!(shown(&state)["alert"], Value::Null);
}

#[test]
fn the_script_of_a_run_that_went_back_goes_on_at_the_rate_in_use() {
    let mut run = run(Set::Plane);
    run.advance(60);
    run.apply(Command::Rate(1e4)).unwrap();
    run.advance(100_000);
    assert!(run.has_diverged());
    let steps = run.steps();
    assert_eq!(run.changes(), [(steps, Command::Rate(1e4))]);
}

#[test]
fn numbers_that_are_shown_are_finite_however_far_a_run_has_run_away() {
    let mut run = Run::new(Setup { rate: 3.0, ..Setup::usual(Set::Plane) }).unwrap();
    for step in 0..3_000 {
        run.advance(1);
        let now = run.snapshot().unwrap();
        let sizes = now.layers.iter().map(|layer| layer.gradient);
        let losses = [now.train.loss, now.test.unwrap().loss, now.batch.loss];
        assert!(sizes.chain(losses).all(f64::is_finite), "step {step}: {:?}", now.layers);
        if run.has_diverged() {
            return;
        }
    }
    panic!("it does not diverge");
}
