//! Each set of points is learned by a stated network within stated epochs.

use gradstep::activation::Activation;
use gradstep::data::Set;
use gradstep::name::Named;
use gradstep::train::Setup;
use gradstep::trainer::Measure;

/// The measure on the test set after so many epochs.
fn after(setup: &Setup, epochs: usize) -> Measure {
    let (mut trainer, test) = setup.start().unwrap();
    assert!(trainer.run(epochs * trainer.steps_per_epoch()));
    trainer.measure_on(&test).unwrap()
}

/// Within how many epochs the usual network learns a set.
const EPOCHS: [(Set, usize); 12] = [
    (Set::Circle, 50),
    (Set::Xor, 50),
    (Set::Gauss, 10),
    (Set::Spiral, 300),
    (Set::Plane, 50),
    (Set::MultiGauss, 800),
    (Set::Clouds, 20),
    (Set::Rings, 100),
    (Set::Arms, 100),
    (Set::Sine, 400),
    (Set::Valley, 50),
    (Set::Jump, 50),
];

#[test]
fn each_set_is_learned() {
    assert_eq!(EPOCHS.map(|(set, _)| set), Set::ALL);
    for (set, epochs) in EPOCHS {
        let setup = Setup::usual(set);
        let Measure { loss, accuracy } = after(&setup, epochs);
        println!("{} after {epochs} epochs: loss {loss:.4}, {accuracy:?}", set.name());
        // Of values the part of their variance that is explained.
        let (_, test) = setup.start().unwrap();
        let mean = |of: &dyn Fn(f64) -> f64| {
            test.targets.iter().map(|y| of(y[0])).sum::<f64>() / test.len() as f64
        };
        let middle = mean(&|y| y);
        let variance = mean(&|y| (y - middle) * (y - middle));
        let learned = accuracy.unwrap_or(1.0 - 2.0 * loss / variance);
        println!("{}: {learned:.3}", set.name());
        assert!(learned >= 0.95, "{}: only {learned:.3}", set.name());
    }
}

#[test]
fn a_linear_network_does_not_learn_what_no_line_divides() {
    let identity = |units: &[usize]| units.iter().map(|&n| (n, Activation::Identity)).collect();
    for set in [Set::Xor, Set::Circle, Set::Spiral] {
        for hidden in [&[][..], &[4], &[8, 8, 4]] {
            let setup = Setup { hidden: identity(hidden), rate: 0.03, ..Setup::usual(set) };
            let accuracy = after(&setup, 200).accuracy.unwrap();
            assert!(accuracy < 0.75, "{} with {hidden:?}: {accuracy}", set.name());
        }
    }
}

#[test]
fn a_setup_that_cannot_be_trained_is_refused() {
    let usual = || Setup::usual(Set::Circle);
    let tanh = |units| (units, Activation::Tanh);
    for (setup, message) in [
        (Setup { hidden: vec![tanh(2); 7], ..usual() }, "hidden: 7 is not from 0 to 6"),
        (Setup { hidden: vec![tanh(4), tanh(0)], ..usual() }, "hidden[1]: 0 is not from 1 to 8"),
        (Setup { features: vec![], ..usual() }, "features: empty, but at least one is needed"),
        (Setup { batch: 251, ..usual() }, "batch: 251 is not from 1 to 250"),
        (Setup { rate: f64::NAN, ..usual() }, "learning_rate: NaN is not a finite number"),
    ] {
        assert_eq!(setup.start().unwrap_err().to_string(), message);
    }
}
