//! The trainer against the trace, and against a hundred steps of PyTorch's optimisers
//! (fixtures/generate.py).

use gradstep::activation::Activation;
use gradstep::case::{Case, Samples};
use gradstep::digest::seeded_cases;
use gradstep::loss::Loss;
use gradstep::network::{Layer, LayerActivation, Network};
use gradstep::trace::{Slot, Trace};
use gradstep::trainer::{Config, Optimizer, Regularization, Trainer};
use serde::Deserialize;
use serde_json::Value;

const SGD: Optimizer = Optimizer::Sgd;

fn config(case: &Case, batch: usize, optimizer: Optimizer) -> Config {
    Config {
        network: case.network.clone(),
        loss: case.loss,
        rate: case.learning_rate,
        batch,
        optimizer,
        regularization: Regularization::None,
        seed: 1,
    }
}

fn trainer(case: &Case, batch: usize) -> Trainer {
    Trainer::new(config(case, batch, SGD), case.batch.clone()).unwrap()
}

/// Weights, biases and α of each layer: arrays that belong together.
fn arrays(network: &Network) -> Vec<Vec<f64>> {
    let of = |layer: &Layer| {
        let alpha = layer.activation.alpha().into_iter().collect();
        [layer.rows().flatten().copied().collect(), layer.biases().to_vec(), alpha]
    };
    network.layers().iter().flat_map(of).collect()
}

/// How far `found` is from `wanted`, as DESIGN.md measures it, over all their arrays.
fn distance(found: &Network, wanted: &Network) -> f64 {
    let apart = |(found, wanted): (&Vec<f64>, &Vec<f64>)| {
        let largest =
            wanted.iter().fold(1.0_f64, |most, v| if v.abs() > most { v.abs() } else { most });
        let off = |(a, b): (&f64, &f64)| (a - b).abs() / largest;
        found.iter().zip(wanted).map(off).fold(0.0_f64, |most, d| if d > most { d } else { most })
    };
    let pairs = (arrays(found), arrays(wanted));
    pairs.0.iter().zip(&pairs.1).map(apart).fold(0.0, |most, d| if d > most { d } else { most })
}

/// The network after the step that `case` is, by its trace; `None` if not all of it is finite.
fn stepped(case: &Case) -> Option<Network> {
    let trace = Trace::record(case).unwrap();
    let value = |slot| trace.value_of(slot).filter(|v| v.is_finite());
    let mut network = case.network.clone();
    for (l, layer) in network.layers_mut().iter_mut().enumerate() {
        for j in 0..layer.units() {
            for i in 0..layer.inputs() {
                *layer.weight_mut(j, i)? = value(Slot::NextW { l, j, i })?;
            }
            *layer.bias_mut(j)? = value(Slot::NextB { l, j })?;
        }
        if layer.activation.unitwise().is_some_and(|g| g.learns_alpha()) {
            layer.set_alpha(value(Slot::NextAlpha { l })?);
        }
    }
    Some(network)
}

/// Without RReLU's α, which is drawn anew for the next step.
fn undrawn(mut network: Network) -> Network {
    for layer in network.layers_mut() {
        if matches!(layer.activation, LayerActivation::Unitwise(g) if g.alpha().is_some() && !g.learns_alpha())
        {
            layer.set_alpha(0.0);
        }
    }
    network
}

#[test]
fn a_step_is_the_traces() {
    let (mut compared, mut worst) = (0, 0.0);
    for case in seeded_cases() {
        let mut trainer = trainer(&case, case.batch.len());
        let case = trainer.next_case().unwrap();
        let Some(wanted) = stepped(&case) else { continue };
        trainer.step();
        let off = distance(&undrawn(trainer.network()), &undrawn(wanted));
        assert!(off <= 1e-12, "off by {off:e} in {}", case.write(None));
        compared += 1;
        worst = if off > worst { off } else { worst };
    }
    println!("{compared} cases, worst {worst:e}");
    assert!(compared >= 140, "only {compared} cases are finite");
}

#[test]
fn batches_follow_each_other_and_the_last_may_be_smaller() {
    let finite = |case: &Case| stepped(case).is_some();
    for case in seeded_cases().filter(finite).take(50) {
        for size in 1..=case.batch.len() {
            let mut trainer = trainer(&case, size);
            for t in 0..2 * trainer.steps_per_epoch() {
                let Ok(next) = trainer.next_case() else { break };
                let start = t % trainer.steps_per_epoch() * size;
                let end = case.batch.len().min(start + size);
                assert_eq!(next.batch, case.batch.batch(start, end - start));
                let Some(wanted) = stepped(&next) else { break };
                trainer.step();
                let off = distance(&undrawn(trainer.network()), &undrawn(wanted));
                assert!(off <= 1e-12, "step {t} with batches of {size}: off by {off:e}");
            }
        }
    }
}

#[derive(Deserialize)]
struct Training {
    name: String,
    case: Value,
    batch: usize,
    optimizer: Optimizer,
    regularization: Regularization,
    every: usize,
    losses: Vec<f64>,
    after: Value,
}

#[test]
fn a_hundred_steps_are_pytorchs() {
    let text = include_str!("fixtures/training.json");
    let all: Vec<Training> = serde_json::from_str(text).unwrap();
    assert!(all.len() >= 20);
    for Training { name, case, batch, optimizer, regularization, every, losses, after } in all {
        let read = |case: &Value| Case::read(&case.to_string()).unwrap().0;
        let (case, after) = (read(&case), read(&after));
        let config = Config { regularization, ..config(&case, batch, optimizer) };
        let mut trainer = Trainer::new(config, case.batch).unwrap();
        for (n, wanted) in losses.iter().enumerate() {
            let found = trainer.measure().loss;
            let off = (found - wanted).abs();
            assert!(off <= 1e-9, "{name}: loss {found} instead of {wanted} after {}", n * every);
            if n + 1 < losses.len() {
                assert!(trainer.run(every));
            }
        }
        assert_eq!(trainer.steps(), 100);
        let off = distance(&trainer.network(), &after.network);
        println!("{name}: {off:e}");
        assert!(off <= 1e-9, "{name}: off by {off:e}");
        assert!(losses[5] < losses[0], "{name} learns nothing");
    }
}

fn preset(name: &str) -> Case {
    gradstep::presets::preset(name).unwrap().case().unwrap()
}

#[test]
fn a_run_that_diverges_says_so_and_goes_back() {
    let case = preset("a");
    let start = || {
        let momentum = config(&case, 1, Optimizer::Momentum { mu: 0.5 });
        Trainer::new(momentum, case.batch.clone()).unwrap()
    };
    let mut trainer = start();
    assert!(trainer.run(100));
    assert!(trainer.run(7));
    let good = trainer.network();
    trainer.keep();
    trainer.set_rate(1e9).unwrap();
    assert!(!trainer.run(50));
    trainer.restore();
    assert_eq!((trainer.steps(), trainer.network() == good), (107, true));
    trainer.set_rate(case.learning_rate).unwrap();
    let mut straight = start();
    straight.run(117);
    trainer.run(10);
    assert_eq!(trainer.network(), straight.network());
}

#[test]
fn what_is_edited_is_what_is_trained_on() {
    let mut trainer = trainer(&preset("xor"), 4);
    trainer.set_weight(0, 1, 0, 0.25).unwrap();
    trainer.set_bias(1, 0, -2.0).unwrap();
    let network = trainer.network();
    assert_eq!((network.layers()[0].weight(1, 0), network.layers()[1].bias(0)), (0.25, -2.0));
    let wanted = stepped(&trainer.next_case().unwrap()).unwrap();
    trainer.step();
    assert!(distance(&trainer.network(), &wanted) <= 1e-12);
    for (l, j, i) in [(2, 0, 0), (0, 2, 0), (0, 0, 2), (usize::MAX, 0, 0), (0, usize::MAX, 1)] {
        let message = trainer.set_weight(l, j, i, 0.0).unwrap_err().to_string();
        assert_eq!(message, "weight: 0 is not within the network");
    }
    assert!(trainer.set_bias(0, 2, 0.0).is_err() && trainer.set_bias(0, 0, f64::NAN).is_err());
    assert!(trainer.set_rate(f64::INFINITY).is_err());
}

#[test]
fn rrelu_draws_within_its_interval_and_the_same_for_a_seed() {
    let text = r#"{"format": "gradstep/1", "layers": [
        {"weights": [[0.5]], "biases": [0.1], "activation": "rrelu"},
        {"weights": [[0.5]], "biases": [0], "activation": "rrelu"}],
        "loss": "half_squared_error", "learning_rate": 0.001, "inputs": [[-1]], "targets": [[1]]}"#;
    let (case, _) = Case::read(text).unwrap();
    let run = |seed| {
        let config = Config { seed, ..config(&case, 1, SGD) };
        let mut trainer = Trainer::new(config, case.batch.clone()).unwrap();
        let mut alphas = vec![];
        for _ in 0..200 {
            let network = trainer.network();
            alphas.extend(network.layers().iter().filter_map(|layer| layer.activation.alpha()));
            trainer.step();
        }
        alphas
    };
    let alphas = run(1);
    assert!(alphas.iter().all(|alpha| (1.0 / 8.0..1.0 / 3.0).contains(alpha)));
    let mean = alphas.iter().sum::<f64>() / 400.0;
    assert!((mean - 11.0 / 48.0).abs() < 0.01, "{mean}");
    assert!(alphas == run(1) && alphas != run(2));
}

#[test]
fn at_the_corner_the_slope_is_the_traces() {
    for g in Activation::ALL {
        let layer = |l, w: &[f64], g| Layer::new(l, vec![w.to_vec()], vec![0.0], g).unwrap();
        let first = layer(0, &[0.0, 0.0], LayerActivation::Unitwise(g));
        let last = layer(1, &[0.7], LayerActivation::Unitwise(Activation::Identity));
        let network = Network::new(vec![first, last]).unwrap();
        let batch = Samples { inputs: vec![vec![1.0, -2.0]], targets: vec![vec![3.0]] };
        let case = Case::new(network, Loss::HalfSquaredError, 0.1, batch).unwrap();
        let mut trainer = trainer(&case, 1);
        let wanted = stepped(&trainer.next_case().unwrap()).unwrap();
        trainer.step();
        assert_eq!(undrawn(trainer.network()), undrawn(wanted), "{g:?}");
    }
}

#[test]
fn rrelu_is_measured_with_the_alpha_in_the_middle() {
    let case = |alpha: &str| {
        let text = r#"{"format": "gradstep/1", "layers": [
            {"weights": [[0.5]], "biases": [0.1], "activation": "rrelu"ALPHA}],
            "loss": "half_squared_error", "learning_rate": 0.1, "inputs": [[-1]], "targets": [[1]]}"#;
        Case::read(&text.replace("ALPHA", alpha)).unwrap().0
    };
    let trace = Trace::record(&case("")).unwrap();
    let wanted = trace.value_of(trace.cost()).unwrap();
    assert_eq!(trainer(&case(r#", "alpha": 0.3"#), 1).measure().loss, wanted);
}

#[test]
fn layers_are_counted_as_their_activations_say() {
    let case = seeded_cases().find(|case| {
        let finite = Trace::record(case).unwrap().steps().iter().all(|step| step.value.is_finite());
        finite && case.network.layers().len() > 3 && case.batch.len() > 5
    });
    let case = case.unwrap();
    let trace = Trace::record(&case).unwrap();
    let mut trainer = trainer(&case, 1);
    for (l, (layer, found)) in case.network.layers().iter().zip(trainer.layers()).enumerate() {
        let Some(g) = layer.activation.unitwise() else { continue };
        let z = |s: usize, j: usize| trace.value_of(Slot::Z { s, l, j }).unwrap();
        let samples = case.batch.len();
        let all = (0..layer.units()).flat_map(|j| (0..samples).map(move |s| (s, j)));
        let part = |is: &dyn Fn(f64) -> bool| {
            all.clone().filter(|&(s, j)| is(z(s, j))).count() as f64 / all.clone().count() as f64
        };
        assert_eq!(found.saturated, part(&|z| g.saturated(z)));
        assert_eq!(found.inactive, part(&|z| g.inactive(z)));
        let dead = (0..layer.units()).filter(|&j| (0..samples).all(|s| g.inactive(z(s, j))));
        assert_eq!((found.dead, found.units), (dead.count(), layer.units()));
    }
}

#[test]
fn accuracy_is_the_part_put_into_its_class() {
    let case = Case::read(
        r#"{"format": "gradstep/1", "layers": [
        {"weights": [[1], [0], [-1]], "biases": [0, 0.5, 0], "activation": "softmax"}],
        "loss": "softmax_cross_entropy", "learning_rate": 0.1,
        "inputs": [[2], [0], [-2], [3]], "targets": [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]}"#,
    );
    let case = case.unwrap().0;
    let mut trainer = trainer(&case, 4);
    assert_eq!(trainer.measure().accuracy, Some(0.75));
    let right = Samples {
        inputs: case.batch.inputs[..3].to_vec(),
        targets: case.batch.targets[..3].to_vec(),
    };
    assert_eq!(trainer.measure_on(&right).unwrap().accuracy, Some(1.0));
    let narrow = Samples { inputs: vec![vec![1.0]], targets: vec![vec![1.0]] };
    assert!(trainer.measure_on(&narrow).is_err());
    // One output says yes above ½: it does so on the first and the last.
    let one = r#"{"format": "gradstep/1",
        "layers": [{"weights": [[1]], "biases": [0], "activation": "sigmoid"}],
        "loss": "binary_cross_entropy", "learning_rate": 0.1,
        "inputs": [[2], [-1], [-2], [0.1]], "targets": [[1], [0], [1], [1]]}"#;
    let case = Case::read(one).unwrap().0;
    assert_eq!(self::trainer(&case, 1).measure().accuracy, Some(0.75));
}

#[test]
fn what_cannot_be_trained_is_refused_with_its_place() {
    let case = preset("xor");
    let refused = |change: &dyn Fn(&mut Config)| {
        let mut config = config(&case, 4, SGD);
        change(&mut config);
        Trainer::new(config, case.batch.clone()).unwrap_err().to_string()
    };
    let adam = |beta1, epsilon| Optimizer::Adam { beta1, beta2: 0.9, epsilon };
    assert_eq!(refused(&|c| c.batch = 0), "batch: 0 is not from 1 to 4");
    assert_eq!(refused(&|c| c.batch = 5), "batch: 5 is not from 1 to 4");
    assert_eq!(refused(&|c| c.rate = f64::NAN), "learning_rate: NaN is not a finite number");
    let mu = |mu| refused(&|c| c.optimizer = Optimizer::Momentum { mu });
    assert_eq!(mu(1.0), "optimizer.mu: 1 is not from 0 to less than 1");
    assert_eq!(mu(f64::NAN), "optimizer.mu: NaN is not from 0 to less than 1");
    let beta = refused(&|c| c.optimizer = adam(-0.1, 1e-8));
    assert_eq!(beta, "optimizer.beta1: -0.1 is not from 0 to less than 1");
    let epsilon = refused(&|c| c.optimizer = adam(0.9, 0.0));
    assert_eq!(epsilon, "optimizer.epsilon: 0 is not above 0");
    let rate = refused(&|c| c.regularization = Regularization::L2 { rate: -1.0 });
    assert_eq!(rate, "regularization.rate: -1 is not 0 or more");
    let none = Samples { inputs: vec![], targets: vec![] };
    assert!(Trainer::new(config(&case, 1, SGD), none).is_err());
}
