//! "Broken backprop": each fault is really there, in just one place, and the checks find it.

use std::collections::BTreeSet;

use gradstep::app::{Action, Place, State};
use gradstep::broken::{Answer, Broken, CASES, Change, UPDATES, clue, effect, puzzle, rows};
use gradstep::lab::Position;
use gradstep::link;
use gradstep::name::Named;
use gradstep::trace::{Fault, FaultKind, Op, Slot, Step, Trace};
use gradstep::view;
use serde_json::{Value, json};

const SEEDS: [u64; 4] = [1, 2, 3, u64::MAX];

/// Every case of some seeds.
fn cases() -> impl Iterator<Item = Broken> {
    let each = |seed| (0..CASES).map(move |case| Broken::new(seed, case).unwrap());
    SEEDS.into_iter().flat_map(each)
}

fn fault(broken: &Broken) -> Option<Fault> {
    broken.puzzle().setup.fault
}

fn is_of_update(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::BiasPerInput | FaultKind::WrongSign)
}

#[test]
fn every_seed_has_each_fault_once_and_a_sound_case_in_an_order_of_its_own() {
    let order =
        |seed| (0..CASES).map(move |n| puzzle(seed, n).unwrap().setup.fault.map(|f| f.kind.name()));
    let mut orders = BTreeSet::new();
    for seed in SEEDS {
        let found: Vec<_> = order(seed).collect();
        let all: BTreeSet<_> = found.iter().copied().collect();
        assert_eq!(all.len(), CASES, "{found:?}");
        orders.insert(found);
    }
    assert_eq!(orders.len(), SEEDS.len());
}

#[test]
fn a_seed_repeats_its_cases_and_no_other_seed_has_them() {
    let mut networks = vec![];
    for case in 0..CASES {
        assert_eq!(puzzle(7, case).unwrap(), puzzle(7, case).unwrap());
        networks.extend([7, 8].map(|seed| puzzle(seed, case).unwrap().setup.network));
    }
    for (n, network) in networks.iter().enumerate() {
        assert!(!networks[..n].contains(network), "{network:?} twice");
    }
}

/// Every gradient fault is caught by the gradient check and passes the update check, every update
/// fault the other way round, a sound run passes both, at each of the first updates.
#[test]
fn gradient_faults_fail_the_gradient_check_update_faults_the_update_check_sound_runs_neither() {
    for mut broken in cases() {
        let (mut gradients, mut updates) = (0, 0);
        for t in 0..UPDATES {
            broken.lab.go(Position { t, id: 0 }).unwrap();
            for row in rows(&broken.lab) {
                gradients += usize::from(row.gradient_differs());
                updates += usize::from(!row.moved_by_gradient);
            }
        }
        let found = (gradients > 0, updates > 0);
        let kind = fault(&broken).map(|fault| fault.kind);
        let wanted = kind.map_or((false, false), |kind| (!is_of_update(kind), is_of_update(kind)));
        assert_eq!(found, wanted, "{kind:?}");
        assert_eq!(clue(&broken.lab).unwrap().is_some(), kind.is_some());
    }
}

#[test]
fn what_is_not_zeroed_does_no_harm_in_the_first_update() {
    for broken in cases() {
        let clue = clue(&broken.lab).unwrap();
        let late = fault(&broken).is_some_and(|fault| fault.kind == FaultKind::NotZeroed);
        assert!(clue.is_none_or(|clue| clue.t == usize::from(late)));
    }
}

#[test]
fn the_first_wrong_number_is_in_the_layer_named_and_the_highest_that_a_check_finds() {
    for broken in cases() {
        let Some(fault) = fault(&broken) else { continue };
        let found = effect(&broken.lab, fault).unwrap().unwrap();
        assert_eq!(found.slot.layer(), Some(fault.l));
        assert!(found.is == found.would && found.is != found.right, "{found:?}");
        let clue = clue(&broken.lab).unwrap().unwrap();
        assert_eq!(clue.row.parameter.layer(), Some(fault.l), "{fault:?}");
    }
}

#[test]
fn the_loss_goes_another_way_than_in_a_sound_run() {
    for broken in cases() {
        let puzzle = broken.puzzle();
        assert_eq!((puzzle.losses.len(), puzzle.sound.len()), (UPDATES + 1, UPDATES + 1));
        assert_eq!(puzzle.losses[0], puzzle.sound[0]);
        assert!(puzzle.sound[UPDATES] < 0.5 * puzzle.sound[0]);
        assert_eq!(puzzle.losses != puzzle.sound, fault(&broken).is_some());
    }
}

fn steps_of(broken: &mut Broken, t: usize) -> Trace {
    broken.lab.go(Position { t, id: 0 }).unwrap();
    broken.lab.trace().clone()
}

/// The laws of the trace hold for a faulty step as for a sound one.
#[test]
fn each_number_is_its_op_on_earlier_ones_and_each_slot_is_written_once() {
    for mut broken in cases() {
        for t in [0, 1, 17] {
            let trace = steps_of(&mut broken, t);
            let mut seen = std::collections::HashSet::new();
            for (id, step) in trace.steps().iter().enumerate() {
                assert!(seen.insert(step.slot), "{:?} twice", step.slot);
                assert!(step.op.operands().iter().all(|&operand| (operand as usize) < id));
                if step.op != Op::Given {
                    let value = step.op.evaluate(|id| trace.value(id));
                    assert_eq!(value.to_bits(), step.value.to_bits(), "{step:?}");
                }
            }
        }
    }
}

/// The operands of a step by name.
fn operands(trace: &Trace, step: &Step) -> Vec<Slot> {
    step.op.operands().iter().map(|&id| trace.get(id).unwrap().slot).collect()
}

/// By name and operation a faulty step differs from the sound one nowhere but in its own layer.
#[test]
fn nothing_else_is_done_differently() {
    for broken in cases() {
        let lab = &broken.lab;
        let sound = Trace::record(lab.case()).unwrap();
        let different: Vec<Slot> = lab
            .trace()
            .steps()
            .iter()
            .filter(|step| {
                let Some(id) = sound.find(step.slot) else { return false };
                let other = sound.get(id).unwrap();
                let kind = std::mem::discriminant(&other.op) != std::mem::discriminant(&step.op);
                kind || operands(lab.trace(), step) != operands(&sound, other)
            })
            .map(|step| step.slot)
            .collect();
        assert_eq!(different.is_empty(), fault(&broken).is_none());
        let l = fault(&broken).map(|fault| fault.l);
        assert!(different.iter().all(|slot| slot.layer() == l), "{different:?}");
        let left = |slot: &Slot| matches!(slot, Slot::LeftW { .. } | Slot::LeftB { .. });
        let more = lab.trace().steps().iter().filter(|step| sound.find(step.slot).is_none());
        assert!(more.map(|step| step.slot).all(|slot| left(&slot)));
    }
}

/// No other answer gives the same numbers, so that there is one that is right.
#[test]
fn no_two_answers_are_right() {
    for broken in cases() {
        let truth = fault(&broken);
        let layers = broken.lab.case().network.layers().len();
        for kind in FaultKind::all() {
            for l in 0..layers {
                let supposed = Fault { kind, l };
                let Some(found) = effect(&broken.lab, supposed).unwrap() else { continue };
                assert_eq!(found.is == found.would, truth == Some(supposed), "{truth:?} {found:?}");
            }
        }
    }
}

/// By hand: what each fault makes of the numbers of its step.
#[test]
fn each_fault_does_what_its_name_says() {
    for mut broken in cases() {
        let Some(Fault { kind, l }) = fault(&broken) else { continue };
        let before = steps_of(&mut broken, 0);
        let trace = steps_of(&mut broken, 1);
        let (s, eta) = (0, broken.lab.setup().rate);
        let v = |slot: Slot| trace.value_of(slot).unwrap();
        let g = broken.lab.case().network.layers()[l].activation.unitwise().unwrap();
        let same = |x: f64, y: f64| assert!((x - y).abs() < 1e-14, "{kind:?}: {x} and {y}");
        for j in 0..2 {
            let sum = |w: &dyn Fn(usize) -> f64| {
                (0..2).map(|k| w(k) * v(Slot::DZ { s, l: l + 1, j: k })).sum::<f64>()
            };
            let b = v(Slot::B { l, j }) - v(Slot::NextB { l, j });
            match kind {
                FaultKind::NoSlope => same(v(Slot::DZ { s, l, j }), v(Slot::DA { s, l, j })),
                FaultKind::SlopeOfA => {
                    let slope = g.slope(v(Slot::A { s, l, j }));
                    same(v(Slot::DZ { s, l, j }), v(Slot::DA { s, l, j }) * slope);
                }
                FaultKind::EarlyUpdate => {
                    let new = |k| v(Slot::NextW { l: l + 1, j: k, i: j });
                    same(v(Slot::DA { s, l, j }), sum(&new));
                }
                FaultKind::Transposed => {
                    same(v(Slot::DA { s, l, j }), sum(&|k| v(Slot::W { l: l + 1, j, i: k })));
                }
                FaultKind::NotZeroed => {
                    let left = before.value_of(Slot::DB { s, l, j }).unwrap();
                    same(v(Slot::DB { s, l, j }), left + v(Slot::DZ { s, l, j }));
                }
                FaultKind::BiasPerInput => same(b, 2.0 * eta * v(Slot::DB { s, l, j })),
                FaultKind::WrongSign => same(b, -eta * v(Slot::DB { s, l, j })),
            }
        }
    }
}

#[test]
fn a_training_step_is_the_same_from_wherever_it_is_reached() {
    for mut broken in cases() {
        let walked: Vec<u64> = (0..25).map(|t| steps_of(&mut broken, t).digest()).collect();
        for t in [24, 3, 17, 0, 16, 1] {
            assert_eq!(steps_of(&mut broken, t).digest(), walked[t], "{t}");
        }
    }
}

fn act(state: &mut State, action: Value) {
    state.apply_json(&action.to_string()).unwrap();
}

fn at(seed: u64, case: usize) -> State {
    let mut state = State::new().unwrap();
    act(&mut state, json!({"do": "broken", "change": {"seed": seed}}));
    act(&mut state, json!({"do": "broken", "change": {"case": case}}));
    state
}

fn frame(state: &State) -> Value {
    serde_json::to_value(view::frame(state, None)).unwrap()
}

fn feedback(state: &State) -> Vec<String> {
    let frame = frame(state);
    let said = frame["broken"]["feedback"].as_array().unwrap().iter();
    said.map(|say| say["key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_right_answer_is_told_apart_from_every_other() {
    for seed in [1, 2] {
        for case in 0..CASES {
            let mut state = at(seed, case);
            let truth = state.broken.as_ref().unwrap().puzzle().setup.fault;
            for answer in Answer::all() {
                for layer in 0..2 {
                    for change in
                        [json!({"answer": answer.name()}), json!({"layer": layer}), json!("ask")]
                    {
                        act(&mut state, json!({"do": "broken", "change": change}));
                    }
                    let right = match answer {
                        Answer::Sound => truth.is_none(),
                        Answer::Fault(kind) => truth == Some(Fault { kind, l: layer }),
                    };
                    let said = feedback(&state);
                    let praised = said[0].starts_with("broken.right");
                    assert_eq!(praised, right, "{truth:?} {answer:?} {layer} {said:?}");
                    let says = [
                        "broken.right",
                        "broken.not_sound",
                        "broken.as_it_should",
                        "broken.would",
                        "broken.no_effect",
                    ];
                    assert!(says.iter().any(|one| said[0].starts_with(one)), "{said:?}");
                }
            }
        }
    }
}

/// With the right fault in the wrong layer there is still something to be told.
#[test]
fn who_asked_for_another_layer_can_be_told_the_right_one() {
    for case in 0..CASES {
        let mut state = at(1, case);
        let Some(fault) = fault(state.broken.as_ref().unwrap()) else { continue };
        let layer = usize::from(fault.l == 0);
        let answer = json!({"answer": fault.kind.name()});
        for change in [answer, json!({"layer": layer}), json!("ask"), json!("tell")] {
            act(&mut state, json!({"do": "broken", "change": change}));
        }
        assert!(feedback(&state).iter().any(|key| key.starts_with("broken.told")), "{fault:?}");
        act(&mut state, json!({"do": "broken", "change": {"layer": fault.l}}));
        act(&mut state, json!({"do": "broken", "change": "ask"}));
        let said = feedback(&state);
        assert!(said[0].starts_with("broken.right"), "{said:?}");
        assert!(!said.iter().any(|key| key.starts_with("broken.told")), "{said:?}");
    }
}

#[test]
fn show_me_leads_to_the_step_where_it_goes_wrong() {
    for case in 0..CASES {
        let mut state = at(3, case);
        act(&mut state, json!({"do": "broken", "change": "tell"}));
        let broken = state.broken.as_ref().unwrap();
        let Some(fault) = fault(broken) else {
            assert_eq!(feedback(&state), ["broken.told_sound"]);
            continue;
        };
        let at = broken.lab.at();
        let card = frame(&state)["card"]["shown"].as_u64().unwrap() as usize;
        let slot = broken.lab.trace().steps()[card].slot;
        assert_eq!(slot.layer(), Some(fault.l), "{fault:?} {slot:?}");
        assert_eq!(at.t, usize::from(fault.kind == FaultKind::NotZeroed));
        let wanted = match fault.kind {
            FaultKind::NoSlope | FaultKind::SlopeOfA => matches!(slot, Slot::DZ { .. }),
            FaultKind::EarlyUpdate | FaultKind::Transposed => matches!(slot, Slot::DA { .. }),
            FaultKind::NotZeroed => matches!(slot, Slot::DW { .. } | Slot::DB { .. }),
            FaultKind::BiasPerInput => matches!(slot, Slot::NextB { .. }),
            FaultKind::WrongSign => matches!(slot, Slot::NextW { .. } | Slot::NextB { .. }),
        };
        assert!(wanted, "{fault:?}: {slot:?}");
    }
}

/// Everything under `value` that is text.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| texts(one, found)),
        Value::Object(object) => object.values().for_each(|one| texts(one, found)),
        _ => {}
    }
}

/// Where something may be wrong, the card's words are the same in every case; and the name of the
/// fault stands nowhere but in the list of all.
#[test]
fn nothing_gives_it_away_in_words() {
    for case in 0..CASES {
        let mut state = at(1, case);
        let own = fault(state.broken.as_ref().unwrap()).map(|fault| fault.kind.name());
        for t in 0..2 {
            act(&mut state, json!({"do": "broken", "change": {"look": t}}));
            for size in ["number", "unit", "layer", "pass"] {
                act(&mut state, json!({"do": "home"}));
                act(&mut state, json!({"do": "stop_size", "size": size}));
                for _ in 0..80 {
                    act(&mut state, json!({"do": "step"}));
                    if state.current().unwrap().at().t != t {
                        break;
                    }
                    let mut frame = frame(&state);
                    let card = &frame["card"];
                    if matches!(card["phase"].as_str(), Some("backward" | "update")) {
                        let why = card["why"].as_array().unwrap();
                        assert!(why.len() == 1 && why[0]["key"] == "why.broken");
                    }
                    assert_eq!(card["edit"], Value::Null);
                    frame["broken"]["answers"] = Value::Null;
                    let mut found = vec![];
                    texts(&frame, &mut found);
                    let told = |text: &String| own.is_some_and(|own| text.contains(own));
                    assert!(!found.iter().any(told), "{own:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_broken_cannot_be_changed_or_exported_away() {
    let mut state = at(1, 0);
    let before = link::write(&state);
    for action in [
        json!({"do": "weight", "layer": 0, "unit": 0, "from": 0, "value": 1}),
        json!({"do": "rate", "value": 1}),
        json!({"do": "preset", "name": "a"}),
        json!({"do": "import", "text": "{}"}),
        json!({"do": "broken", "change": {"case": CASES}}),
        json!({"do": "broken", "change": {"layer": 9}}),
        json!({"do": "broken", "change": {"answer": "toString"}}),
        json!({"do": "broken", "change": {"look": UPDATES}}),
        json!({"do": "broken", "change": "nothing"}),
    ] {
        assert!(state.apply_json(&action.to_string()).is_err(), "{action}");
        assert_eq!(link::write(&state), before, "{action}");
    }
}

#[test]
fn another_leads_through_all_cases_and_then_to_the_next_seed() {
    let mut state = at(4, 0);
    let here = |state: &State| state.broken.as_ref().map(|b| (b.seed(), b.case())).unwrap();
    for n in 1..CASES {
        act(&mut state, json!({"do": "broken", "change": "another"}));
        assert_eq!(here(&state), (4, n));
    }
    act(&mut state, json!({"do": "broken", "change": "another"}));
    assert_eq!(here(&state), (5, 0));
}

#[test]
fn a_link_restores_all_of_it_and_does_not_tell() {
    let mut state = at(9, 4);
    let mut same = |action: Value| {
        act(&mut state, action);
        let link = link::write(&state);
        let again = link::read(&link).unwrap();
        assert_eq!(link::write(&again), link);
        let [mut now, mut then] = [frame(&state), frame(&again)];
        // What was said just now is not repeated.
        (now["announce"], then["announce"]) = (Value::Null, Value::Null);
        now["losses"] = Value::Null;
        then["losses"] = Value::Null;
        assert_eq!(now, then, "{link}");
        for kind in FaultKind::all() {
            assert!(!link.contains(kind.name()), "{link}");
        }
    };
    same(json!({"do": "step"}));
    same(json!({"do": "broken", "change": {"answer": "no_slope"}}));
    same(json!({"do": "broken", "change": {"layer": 1}}));
    same(json!({"do": "broken", "change": "ask"}));
    same(json!({"do": "broken", "change": {"look": 3}}));
    same(json!({"do": "stop_size", "size": "number"}));
    same(json!({"do": "end"}));
    same(json!({"do": "show", "id": 3}));
    same(json!({"do": "broken", "change": "tell"}));
}

#[test]
fn a_hostile_link_is_refused_with_its_place() {
    for (values, place) in [
        ("case=0", "case"),
        ("case=9", "case"),
        ("case=-1", "case"),
        ("seed=x", "seed"),
        ("seed=1e999", "seed"),
        ("answer=9", "answer"),
        ("answer=no_slope", "answer"),
        ("layer=0", "layer"),
        ("layer=4", "layer"),
        ("at=1", "at"),
        ("at=0.99999", "position"),
        ("at=99999999.0", "position"),
        ("size=x", "size"),
        ("show=9999", "step"),
    ] {
        let error = link::read(&format!("broken&{values}")).unwrap_err().to_string();
        assert!(error.contains(place), "{values}: {error}");
    }
    let start = link::start_of("broken&case=0").unwrap();
    assert_eq!((start.place, start.broken.is_some()), (Place::Broken, true));
}

#[test]
fn a_change_takes_the_learner_there() {
    let mut state = State::new().unwrap();
    state.apply(Action::Broken { change: Change::Case(2) }).unwrap();
    assert_eq!(state.place, Place::Broken);
    let wanted = Broken::new(1, 2).unwrap().lab.trace().digest();
    assert_eq!(state.current().unwrap().trace().digest(), wanted);
}
