//! The chapter "Experiments": what its sentences say is what 20 seeds show.

use gradstep::app::{Action, Place};
use gradstep::case::Case;
use gradstep::experiment::verdict::verdict;
use gradstep::experiment::{
    ALL, Change, End, Experiments, Job, MOST_SEEDS, Measure, Report, experiment, gradients,
};
use gradstep::link;
use gradstep::trace::{Slot, Trace};
use serde_json::{Value, json};

fn report(name: &str, seeds: usize) -> Report {
    let mut job = Job::new(name, seeds).unwrap();
    while !job.is_done() {
        job.advance(10_000).unwrap();
    }
    job.report()
}

fn change(experiments: &mut Experiments, change: Value) -> Result<(), String> {
    let change: Change = serde_json::from_value(change).unwrap();
    experiments.apply(change).map_err(|error| error.to_string())
}

/// The chapter with this card's results over 20 seeds.
fn run(name: &str) -> Experiments {
    let mut experiments = Experiments::new().unwrap();
    change(&mut experiments, json!({"open": name})).unwrap();
    change(&mut experiments, json!("start")).unwrap();
    let report = report(name, MOST_SEEDS);
    experiments.apply(Change::Report { run: experiments.run(), report }).unwrap();
    experiments
}

/// The median of a number at the end of each variant.
fn ends(experiments: &Experiments, end: End) -> Vec<f64> {
    let report = experiments.trial().report.as_ref().unwrap();
    report.variants.iter().map(|variant| variant.ends[end.index()].mid).collect()
}

fn found(experiments: &Experiments) -> usize {
    verdict(experiments.trial()).unwrap().found
}

#[test]
fn sigmoid_is_slow_relu_ahead_of_tanh_leaky_no_different_and_gelu_ahead_of_all() {
    let experiments = run("activations");
    let [sigmoid, tanh, relu, leaky, gelu] = ends(&experiments, End::Loss)[..] else { panic!() };
    assert!(sigmoid > 10.0 * tanh && tanh > 2.0 * relu, "{sigmoid} {tanh} {relu}");
    assert!((leaky / relu - 1.0).abs() < 0.1, "{leaky} {relu}");
    assert!(gelu < relu && gelu < leaky, "{gelu}");
    assert_eq!(found(&experiments), 0);
}

#[test]
fn dz_vanishes_with_sigmoid_holds_with_he_and_relu_and_explodes_with_normal_weights() {
    let mut experiments = run("vanishing");
    assert_eq!(found(&experiments), 2);
    let report = experiments.trial().report.clone().unwrap();
    let ratio = |init: usize, g: usize| {
        let first = experiments.trial().experiment.first(&[init, 8]) + g;
        let dz = &report.variants[first].curves[0];
        assert_eq!(dz.len(), 10);
        dz[0].mid / dz[9].mid
    };
    let (xavier, he, uniform, normal, relu) = (0, 1, 2, 3, 2);
    assert!(ratio(xavier, 0) < 1e-5);
    assert!((0.1..10.0).contains(&ratio(he, relu)), "{}", ratio(he, relu));
    assert!(ratio(normal, relu) > 10.0 && ratio(uniform, relu) < 1e-2);
    let key = |experiments: &Experiments| verdict(experiments.trial()).unwrap().said[0].key.clone();
    assert_eq!(key(&experiments), "experiments.vanishing.shrinks");
    change(&mut experiments, json!({"choose": {"axis": 0, "value": normal}})).unwrap();
    change(&mut experiments, json!({"look": relu})).unwrap();
    assert_eq!(key(&experiments), "experiments.vanishing.grows");
}

#[test]
fn no_slope_of_sigmoid_lets_more_than_a_quarter_through_though_none_is_saturated() {
    let report = report("vanishing", 5);
    let experiment = experiment("vanishing").unwrap();
    let deepest = experiment.first(&[0, 8]);
    let slopes = &report.variants[deepest].curves[2];
    assert!(slopes[..9].iter().all(|slope| slope.high <= 0.25), "{slopes:?}");
    // Slopes near ¼ are those of units near 0.
    assert!(slopes[..9].iter().all(|slope| slope.low > 0.15), "{slopes:?}");
}

#[test]
fn each_size_of_dz_is_the_one_above_times_its_factors_and_that_of_the_trace() {
    let experiment = experiment("vanishing").unwrap();
    for variant in (0..experiment.variants()).step_by(13) {
        let setup = experiment.setup(variant, 3);
        let samples = setup.samples(&setup.split().unwrap().train).batch(0, 7);
        let network = setup.built().unwrap();
        let sizes = gradients::sizes(&network, setup.loss(), &samples);
        for pair in sizes.windows(2) {
            let product = pair[1].dz * pair[0].weights * pair[0].slopes;
            assert!((product / pair[0].dz - 1.0).abs() < 1e-12);
        }
        let case = Case::new(network, setup.loss(), 0.1, samples).unwrap();
        let trace = Trace::record(&case).unwrap();
        for (l, size) in sizes.iter().enumerate() {
            let units = case.network.layers()[l].units();
            let dz = (0..7).flat_map(|s| (0..units).map(move |j| Slot::DZ { s, l, j }));
            let squares: f64 = dz.map(|slot| trace.value_of(slot).unwrap()).map(|d| d * d).sum();
            let wanted = (squares / (7 * units) as f64).sqrt();
            assert!((size.dz - wanted).abs() <= 1e-12 * wanted, "{variant} {l}");
        }
    }
}

#[test]
fn few_relus_die_at_small_steps_many_at_large_ones_and_leaky_relu_is_not_always_better() {
    let experiments = run("dead");
    let (silent, accuracy) = (ends(&experiments, End::Silent), ends(&experiments, End::Accuracy));
    let at = |init: usize, rate: usize, g: usize| (init * 3 + rate) * 4 + g;
    let (he, normal) = (0, 1);
    for init in [he, normal] {
        assert!([0, 1].iter().all(|&rate| silent[at(init, rate, 0)] < 0.1));
        assert!(silent[at(init, 2, 0)] > 1.0 / 3.0);
        // α = 0.3 runs away at η = 1.
        assert!(!silent[at(init, 2, 3)].is_finite() && accuracy[at(init, 2, 3)] == 0.0);
    }
    let quarter = |g| {
        let report = experiments.trial().report.as_ref().unwrap();
        report.variants[at(he, 2, g)].ends[End::Accuracy.index()].low
    };
    assert!(quarter(0) < 0.9 && quarter(2) > 0.99, "α = 0.1 helps at η = 1 with He");
    assert_eq!(found(&experiments), 1);
}

#[test]
fn with_positive_inputs_both_weights_always_move_to_the_same_side_but_not_in_a_batch() {
    let experiments = run("centred");
    let (same, detour) = (ends(&experiments, End::SameWay), ends(&experiments, End::Detour));
    assert_eq!((same[0], found(&experiments)), (1.0, 2));
    assert!((0.4..0.6).contains(&same[1]) && (0.4..0.6).contains(&same[2]));
    assert!(detour[0] > 2.0 * detour[1] && detour[0] > 2.0 * detour[2]);
    let sigmoid: Vec<f64> = [0, 3, 6].map(|v| detour[v]).to_vec();
    assert!(sigmoid[0] > sigmoid[1] && sigmoid[1] > sigmoid[2] && sigmoid[2] < 1.01);
    // Not slower: with and without ½ the weights come about equally far, with tanh farther.
    let report = experiments.trial().report.as_ref().unwrap();
    let last = |v: usize| report.variants[v].curves[0].last().unwrap().mid;
    assert!((last(0) / last(1) - 1.0).abs() < 0.05 && last(2) > last(0));
}

#[test]
fn linear_layers_are_no_better_than_none_and_one_of_relu_is() {
    let experiments = run("linear");
    let (accuracy, loss) = (ends(&experiments, End::Accuracy), ends(&experiments, End::Loss));
    assert!(accuracy[1..4].iter().all(|a| (a - accuracy[0]).abs() < 0.02), "{accuracy:?}");
    assert!(loss[1..4].iter().all(|l| (l - loss[0]).abs() < 0.01), "{loss:?}");
    assert!(accuracy[0] < 0.7 && accuracy[4] > 0.99);
    assert_eq!(found(&experiments), 1);
}

#[test]
fn units_that_begin_as_zeros_stay_the_same_and_drawn_ones_differ() {
    let experiments = run("zeros");
    let (different, loss) = (ends(&experiments, End::Different), ends(&experiments, End::Loss));
    for g in 0..3 {
        assert_eq!(different[3 * g..3 * g + 3], [1.0, 4.0, 4.0]);
        assert!(loss[3 * g] > 0.69 && loss[3 * g + 2] < 0.2);
    }
    assert_eq!(found(&experiments), 0);
    // With tanh and ReLU no weight ever moves.
    let experiment = experiment("zeros").unwrap();
    for variant in [3, 6] {
        let mut trainer = experiment.setup(variant, 1).start().unwrap().0;
        trainer.run(500);
        let network = trainer.network();
        let weights = network.layers().iter().flat_map(|layer| layer.rows().flatten());
        assert!(weights.copied().all(|w| w == 0.0) && network.last().bias(0) != 0.0);
    }
}

#[test]
fn a_rate_is_too_small_right_twice_or_too_large() {
    let experiments = run("rate");
    let loss = ends(&experiments, End::Loss);
    assert!(loss[0] > 0.6 && loss[2] < 0.2 && loss[3] < 0.1, "{loss:?}");
    let report = experiments.trial().report.as_ref().unwrap();
    assert!(loss[4] > report.variants[4].curves[0][0].mid);
    assert_eq!(found(&experiments), 2);
}

#[test]
fn two_or_three_hidden_layers_get_further_than_one_or_four_of_as_many_parameters() {
    let experiments = run("depth");
    let experiment = experiment("depth").unwrap();
    for variant in 0..4 {
        let network = experiment.setup(variant, 1).built().unwrap();
        assert_eq!(network.flat().len(), 105);
    }
    let accuracy = ends(&experiments, End::Accuracy);
    assert!(accuracy[1] > 0.95 && accuracy[2] > 0.95, "{accuracy:?}");
    assert!(accuracy[0] < 0.93 && accuracy[3] < 0.93, "{accuracy:?}");
    let report = experiments.trial().report.as_ref().unwrap();
    let spread = |v: usize| report.variants[v].ends[1].high - report.variants[v].ends[1].low;
    assert!((0..3).all(|v| spread(v) < spread(3)), "four layers depend most on the seed");
    assert_eq!(found(&experiments), 1);
}

#[test]
fn a_report_is_the_same_however_the_job_is_cut() {
    for name in ["activations", "centred", "vanishing"] {
        let whole = report(name, 2);
        let mut job = Job::new(name, 2).unwrap();
        for piece in [1, 3, 10, 77, 500].into_iter().cycle() {
            if job.is_done() {
                break;
            }
            let before = job.progress().0;
            job.advance(piece).unwrap();
            assert!(job.progress().0 - before <= piece as usize);
        }
        assert_eq!(job.report(), whole, "{name}");
    }
}

#[test]
fn a_run_of_the_experiment_is_that_of_train() {
    let report = report("rate", 1);
    let experiment = experiment("rate").unwrap();
    for (variant, summary) in report.variants.iter().enumerate() {
        let mut trainer = experiment.setup(variant, 1).start().unwrap().0;
        trainer.run(50 * trainer.steps_per_epoch());
        assert_eq!(summary.ends[0].mid, trainer.measure().loss);
    }
}

#[test]
fn news_of_another_run_or_of_one_cancelled_changes_nothing() {
    let mut experiments = Experiments::new().unwrap();
    let report = report("activations", 1);
    change(&mut experiments, json!("start")).unwrap();
    let late = Change::Report { run: experiments.run(), report: report.clone() };
    change(&mut experiments, json!("cancel")).unwrap();
    experiments.apply(late.clone()).unwrap();
    assert!(experiments.trial().report.is_none() && experiments.progress().is_none());
    change(&mut experiments, json!("start")).unwrap();
    experiments.apply(late).unwrap();
    assert!(experiments.trial().report.is_none() && experiments.progress().is_some());
    experiments.apply(Change::Report { run: experiments.run(), report }).unwrap();
    assert!(experiments.trial().report.is_some() && experiments.progress().is_none());
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut experiments = Experiments::new().unwrap();
    change(&mut experiments, json!("start")).unwrap();
    let before = experiments.clone();
    let run = experiments.run();
    for (broken, message) in [
        (json!({"open": "luck"}), "card: \"luck\" is not one of activations, vanishing,"),
        (json!({"seeds": 0}), "seeds: 0 is not from 1 to 20"),
        (json!({"seeds": 1_000_000}), "seeds: 1000000 is not from 1 to 20"),
        (json!({"expect": 4}), "answer: 4 is not from 0 to 3"),
        (json!({"look": 5}), "variant: 5 is not from 0 to 4"),
        (json!({"choose": {"axis": 0, "value": 0}}), "axis: 0 is not from 0 to 0"),
        (json!({"report": {"run": run, "report": {"variants": []}}}), "report.variants: 0 entries"),
        (json!({"times": {"run": run, "times": [[[-1.0], []]]}}), "times: "),
        (json!({"times": {"run": run, "times": [[[0.0], [1.0]]]}}), "times: "),
    ] {
        let said = change(&mut experiments, broken.clone()).unwrap_err();
        assert!(said.starts_with(message), "{broken}: {said}");
        assert_eq!(experiments, before);
    }
}

#[test]
fn times_become_medians_and_quarters_and_the_answer_follows_from_them() {
    let mut experiments = Experiments::new().unwrap();
    change(&mut experiments, json!({"open": "cost"})).unwrap();
    change(&mut experiments, json!("start")).unwrap();
    let run = experiments.run();
    let times: Vec<[Vec<f64>; 2]> =
        (0..8).map(|g| [vec![1.0 + f64::from(g), 3.0, 2.0], vec![0.5; 3]]).collect();
    experiments.apply(Change::Times { run, times }).unwrap();
    assert_eq!(ends(&experiments, End::Value)[..3], [2.0, 2.0, 3.0]);
    assert_eq!(ends(&experiments, End::Slope), [0.5; 8]);
    assert_eq!(found(&experiments), 0);
    // Sigmoid's value by ReLU's.
    for (sigmoid, answer) in [(3.0, 0), (5.0, 1), (50.0, 2)] {
        change(&mut experiments, json!("start")).unwrap();
        let value = |g: usize| if g == 2 { sigmoid } else { 2.0 };
        let times = (0..8).map(|g| [vec![value(g)], vec![1.0]]).collect();
        experiments.apply(Change::Times { run: experiments.run(), times }).unwrap();
        assert_eq!(found(&experiments), answer, "{sigmoid}");
    }
}

#[test]
fn a_link_restores_the_card_its_seeds_and_what_is_chosen() {
    for fragment in [
        "experiments&card=activations&seeds=20",
        "experiments&card=vanishing&seeds=5&init=3&layers=2&look=4",
        "experiments&card=dead&seeds=1&init=1&look=11",
        "experiments&card=centred&seeds=20&batch=2",
        "experiments&card=cost&seeds=20",
    ] {
        assert_eq!(link::write(&link::read(fragment).unwrap()), fragment);
    }
    for (broken, place) in [
        ("experiments&card=luck", "card"),
        ("experiments&seeds=0", "seeds"),
        ("experiments&seeds=-1", "seeds"),
        ("experiments&card=vanishing&layers=9", "value"),
        ("experiments&card=dead&look=12", "variant"),
        ("experiments&look=1e9", "look"),
    ] {
        let said = link::read(broken).unwrap_err().to_string();
        assert!(said.starts_with(place), "{broken}: {said}");
    }
}

#[test]
fn a_run_opens_in_train_and_its_end_in_the_stepper() {
    for name in ALL.into_iter().filter(|name| *name != "cost") {
        let mut state = link::read(&format!("experiments&card={name}")).unwrap();
        let trial = state.experiments.trial();
        let setup = trial.setup();
        if !trial.fits() {
            let before = link::write(&state);
            state.apply(Action::OpenRun { place: Place::Train }).unwrap_err();
            state.apply(Action::OpenRun { place: Place::StepByStep }).unwrap_err();
            assert_eq!(link::write(&state), before, "{name}");
            continue;
        }
        assert_eq!(setup, trial.experiment.setup(trial.shown().start, 1), "{name}");
        state.apply(Action::OpenRun { place: Place::StepByStep }).unwrap();
        assert_eq!((state.place, state.lab.setup().rate), (Place::StepByStep, setup.rate));
        // Trained as far as the experiment goes, on its way where that is a path.
        let mut trainer = setup.start().unwrap().0;
        trainer.run(match state.experiments.trial().experiment.measure {
            Measure::Training { epochs } => epochs * trainer.steps_per_epoch(),
            Measure::Path { steps } => steps / 10,
            _ => 0,
        });
        assert_eq!(state.lab.case().network, trainer.network(), "{name}");
        state.apply(Action::Go { place: Place::Experiments }).unwrap();
        state.apply(Action::OpenRun { place: Place::Train }).unwrap();
        assert_eq!((state.place, state.train.setup()), (Place::Train, &setup), "{name}");
    }
}
