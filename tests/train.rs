//! The chapter "Train": its runs, its changes, its files.

use gradstep::activation::Activation;
use gradstep::data::Set;
use gradstep::name::Named;
use gradstep::train::{Change, Command, Parameter, Run, Setup, Train};
use gradstep::trainer::{Optimizer, Regularization};
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
    odd.own = Some(odd.split().unwrap().test);
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
