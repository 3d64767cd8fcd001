//! Nudges and gradient checks: the numbers of the text, and each verdict.

use gradstep::case::{Case, Samples};
use gradstep::check::{Check, Subject, Verdict, check, nudge, subject};
use gradstep::digest::seeded_cases;
use gradstep::presets::preset;
use gradstep::trace::{Slot, Trace};

fn trace(name: &str) -> Trace {
    Trace::record(&preset(name).unwrap().case().unwrap()).unwrap()
}

fn checked(trace: &Trace, slot: Slot) -> Check {
    check(trace, subject(trace, slot).unwrap()).unwrap()
}

/// One unit, 1-1, with the loss ½(a − y)².
fn unit(activation: &str, [w, b, x, y]: [f64; 4]) -> Trace {
    let text = format!(
        r#"{{"format":"gradstep/1","layers":[{{"weights":[[{w:e}]],"biases":[{b:e}],
        "activation":"{activation}"}}],"loss":"half_squared_error","learning_rate":0.1,
        "inputs":[[{x:e}]],"targets":[[{y:e}]]}}"#
    );
    Trace::record(&Case::read(&text).unwrap().0).unwrap()
}

const W: Slot = Slot::W { l: 0, j: 0, i: 0 };

#[test]
fn a_nudge_of_w11_moves_the_loss_by_its_gradient() {
    let trace = trace("lap");
    let nudge = nudge(&trace, subject(&trace, W).unwrap(), 0.01);
    assert_eq!(nudge.gradient.map(|g| (g * 1e12).round()), Some(1.8e12));
    assert_eq!(((nudge.here * 1e3).round(), (nudge.plus * 1e3).round()), (1125.0, 1143.0));
    assert!((nudge.change_up - 1.8072).abs() < 1e-9, "{nudge:?}");
    assert!((nudge.change_down - 1.7928).abs() < 1e-9, "{nudge:?}");
}

#[test]
fn each_slot_knows_what_it_is_taken_by() {
    let (one, four) = (trace("lap"), trace("xor"));
    let (l, j, i, s) = (0, 1, 0, 0);
    let (w, b, z, a) =
        (Slot::W { l, j, i }, Slot::B { l, j }, Slot::Z { s, l, j }, Slot::A { s, l, j });
    let of = |trace: &Trace, slot| subject(trace, slot).map(|s| (s.variable, s.loss, s.gradient));
    let (loss, mean) = (Slot::Loss { s }, Slot::MeanLoss);
    let dw = Slot::DW { s, l, j, i };
    for slot in [w, dw, Slot::NextW { l, j, i }] {
        assert_eq!(of(&one, slot), Some((w, loss, Some(dw))));
    }
    for slot in [w, Slot::MeanDW { l, j, i }, Slot::NextW { l, j, i }] {
        assert_eq!(of(&four, slot), Some((w, mean, Some(Slot::MeanDW { l, j, i }))));
    }
    assert_eq!(of(&four, dw), Some((w, loss, Some(dw))));
    for slot in [b, Slot::MeanDB { l, j }, Slot::NextB { l, j }] {
        assert_eq!(of(&four, slot), Some((b, mean, Some(Slot::MeanDB { l, j }))));
    }
    for slot in [z, Slot::DZ { s, l, j }] {
        assert_eq!(of(&four, slot), Some((z, loss, Some(Slot::DZ { s, l, j }))));
    }
    for slot in [a, Slot::DA { s, l, j }] {
        assert_eq!(of(&four, slot), Some((a, loss, Some(Slot::DA { s, l, j }))));
    }
    let x = Slot::X { s, i };
    assert_eq!(of(&one, x), Some((x, loss, None)));
    // α is not learned here, so it has no gradient, but it can be nudged.
    assert_eq!(of(&one, Slot::Alpha { l }), Some((Slot::Alpha { l }, loss, None)));
    // Cross entropies read z, not ŷ.
    assert_eq!(of(&four, Slot::A { s, l: 1, j: 0 }), None);
    for slot in
        [Slot::Rate, Slot::Y { s, j: 0 }, Slot::Slope { s, l, j }, Slot::Product { s, l, j, i }]
    {
        assert_eq!(of(&one, slot), None);
    }
    assert_eq!(of(&one, Slot::Z { s: 9, l, j }), None);
}

#[test]
fn a_learned_alpha_is_checked() {
    let trace = unit("prelu", [1.0, 0.0, -2.0, 1.0]);
    let alpha = checked(&trace, Slot::NextAlpha { l: 0 });
    assert_eq!((alpha.verdict, alpha.analytic), (Verdict::Agrees, 3.0));
}

#[test]
fn every_gradient_of_the_presets_agrees() {
    for name in ["lap", "a", "b", "xor", "one", "figure7"] {
        let trace = trace(name);
        let subjects: Vec<Subject> =
            trace.steps().iter().filter_map(|step| subject(&trace, step.slot)).collect();
        for subject in subjects.into_iter().filter(|subject| subject.gradient.is_some()) {
            let check = check(&trace, subject).unwrap();
            assert_eq!(check.verdict, Verdict::Agrees, "{name} {subject:?} {check:?}");
        }
    }
}

#[test]
fn a_kink_is_called_a_kink() {
    // z = 0 exactly, and z = 1e-7, which ε takes across 0.
    for b in [-1.0, -1.0 + 1e-7] {
        for activation in ["relu", "leaky_relu"] {
            let check = checked(&unit(activation, [1.0, b, 1.0, 3.0]), W);
            assert_eq!(check.verdict, Verdict::Kink, "{activation} {b} {check:?}");
        }
        let smooth = checked(&unit("tanh", [1.0, b, 1.0, 3.0]), W);
        assert_eq!(smooth.verdict, Verdict::Agrees, "{smooth:?}");
    }
    assert_eq!(checked(&unit("step", [1.0, -1.0, 1.0, 3.0]), W).verdict, Verdict::Kink);
    // Far from the kink nothing is wrong, and the step's slope is 0 as the difference says.
    assert_eq!(checked(&unit("step", [1.0, 1.0, 1.0, 3.0]), W).verdict, Verdict::Agrees);
    assert_eq!(checked(&unit("relu", [1.0, 1.0, 1.0, 3.0]), W).verdict, Verdict::Agrees);
}

#[test]
fn a_change_lost_in_rounding_is_called_so() {
    // The loss is 5e19, and its change 1e10 · 6e-6 · 1e-4.
    let check = checked(&unit("identity", [0.0, 0.0, 1e-10, 1e10]), W);
    assert_eq!((check.verdict, check.analytic), (Verdict::Cancellation, -1.0));
    // The same gradient where the loss is small.
    assert_eq!(checked(&unit("identity", [0.0, 0.0, 1.0, 1.0]), W).verdict, Verdict::Agrees);
}

#[test]
fn a_sharp_bend_gets_a_smaller_step() {
    let check = checked(&unit("sigmoid", [1e-6, 0.0, 1e6, 0.0]), W);
    assert_eq!(check.verdict, Verdict::Agrees, "{check:?}");
    assert!(check.epsilon < 6e-6);
}

#[test]
fn so_is_a_slope_lost_in_rounding() {
    // 1 − a² = 2.0e-11, with 5 digits left of 16.
    let check = checked(&unit("tanh", [13.0, 0.0, 1.0, 1.0 - 1e-9]), W);
    assert_eq!(check.verdict, Verdict::Cancellation, "{check:?}");
}

#[test]
fn no_gradient_of_the_seeded_cases_differs() {
    // All but those with extreme values; every third, to be quick.
    let ordinary = (0..).zip(seeded_cases()).filter(|(seed, _)| seed % 4 != 3);
    let traces = ordinary.step_by(3).map(|(seed, case)| (seed, Trace::record(&case).unwrap()));
    for (seed, trace) in traces.filter(|(_, trace)| trace.steps().len() < 1000) {
        let subjects = trace.steps().iter().filter_map(|step| subject(&trace, step.slot));
        for check in subjects.filter_map(|subject| check(&trace, subject)) {
            let fine = matches!(check.verdict, Verdict::Agrees | Verdict::Cancellation);
            assert!(fine || check.verdict == Verdict::Kink, "seed {seed}: {check:?}");
        }
    }
}

#[test]
fn a_wrong_gradient_differs() {
    // The first sample's gradient, compared with the second one's loss.
    let mut preset = preset("a").unwrap();
    preset.batch = 2;
    let trace = Trace::record(&preset.case().unwrap()).unwrap();
    let (l, j, i) = (1, 0, 0);
    let gradient = Some(Slot::DW { s: 0, l, j, i });
    let wrong = Subject { variable: Slot::W { l, j, i }, loss: Slot::Loss { s: 1 }, gradient };
    assert_eq!(check(&trace, wrong).unwrap().verdict, Verdict::Differs);
}

#[test]
fn what_overflows_is_not_finite() {
    let check = checked(&unit("identity", [1e200, 0.0, 1e200, 1.0]), W);
    assert_eq!(check.verdict, Verdict::NotFinite);
    let mut case = preset("a").unwrap().case().unwrap();
    case.batch = Samples { inputs: vec![vec![f64::NAN, 1.0]], ..case.batch };
    let trace = Trace::record(&case).unwrap();
    assert_eq!(checked(&trace, W).verdict, Verdict::NotFinite);
}
