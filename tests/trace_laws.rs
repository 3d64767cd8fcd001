//! Laws that hold for the trace of every network, whatever its shape.

use std::collections::HashSet;

use gradstep::activation::Activation;
use gradstep::case::{Case, Samples};
use gradstep::error::Error;
use gradstep::loss::{Loss, softmax};
use gradstep::network::{Layer, LayerActivation, Network};
use gradstep::presets::preset;
use gradstep::trace::{Id, LIMIT, Op, Run, Slot, Trace};
use proptest::collection::vec;
use proptest::prelude::*;

/// Sizes (inputs first), the layers' activations with their α, loss and batch size.
#[derive(Debug, Clone)]
struct Shape {
    sizes: Vec<usize>,
    activations: Vec<LayerActivation>,
    loss: Loss,
    batch: usize,
}

impl Shape {
    /// How many numbers a case of this shape takes.
    fn numbers(&self) -> usize {
        let layers = self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum::<usize>();
        layers + self.batch * (self.sizes[0] + self.sizes[self.sizes.len() - 1])
    }

    /// The case with these `numbers` between −1 and 1.
    fn case(&self, numbers: Vec<f64>, rate: f64) -> Case {
        let mut numbers = numbers.into_iter();
        let mut row = |n: usize| -> Vec<f64> { numbers.by_ref().take(n).collect() };
        let layer = |(l, pair): (usize, &[usize])| {
            let weights = (0..pair[1]).map(|_| row(pair[0])).collect();
            Layer::new(l, weights, row(pair[1]), self.activations[l]).unwrap()
        };
        let network = Network::new(self.sizes.windows(2).enumerate().map(layer).collect()).unwrap();
        let inputs = (0..self.batch).map(|_| row(self.sizes[0])).collect();
        let target = |_| self.target(row(self.sizes[self.sizes.len() - 1]));
        let samples = Samples { inputs, targets: (0..self.batch).map(target).collect() };
        Case::new(network, self.loss, rate, samples).unwrap()
    }

    fn target(&self, numbers: Vec<f64>) -> Vec<f64> {
        let share = |&v: &f64| if v.abs() <= 1.0 { 0.5 + 0.5 * v } else { 1.0 };
        let shares: Vec<f64> = numbers.iter().map(share).collect();
        match self.loss {
            Loss::HalfSquaredError => numbers,
            Loss::BinaryCrossEntropy => shares,
            Loss::SoftmaxCrossEntropy => {
                let total: f64 = shares.iter().sum::<f64>() + shares.len() as f64;
                shares.iter().map(|v| (v + 1.0) / total).collect()
            }
        }
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
    let activation = (0..12_usize, -0.5..2.0)
        .prop_map(|(g, alpha)| LayerActivation::Unitwise(Activation::ALL[g].with_alpha(alpha)));
    let layers = vec((1..=8_usize, activation), 1..=7);
    let parts = (1..=8_usize, layers, 0..3_usize, 1..=6_usize);
    parts.prop_map(|(inputs, layers, loss, batch)| {
        let (units, mut activations): (Vec<_>, Vec<_>) = layers.into_iter().unzip();
        let sizes = [vec![inputs], units].concat();
        let loss = Loss::ALL[loss];
        if let (Some(needed), Some(last)) = (loss.needs(), activations.last_mut()) {
            *last = needed;
        }
        Shape { sizes, activations, loss, batch }
    })
}

fn cases(value: impl Strategy<Value = f64> + Clone) -> impl Strategy<Value = Case> {
    shapes().prop_flat_map(move |shape| {
        let numbers = vec(value.clone(), shape.numbers());
        (Just(shape), numbers, 0.0..1.0)
            .prop_map(|(shape, numbers, rate)| shape.case(numbers, rate))
    })
}

fn ordinary() -> impl Strategy<Value = Case> {
    cases(-1.0..1.0)
}

fn same(x: f64, y: f64) -> bool {
    x.to_bits() == y.to_bits() || x.is_nan() && y.is_nan()
}

/// The runs of an op with what each of their numbers must be, for the step in `slot`.
fn runs(case: &Case, slot: Slot, op: Op) -> Vec<(Run, Vec<Slot>)> {
    let layers = case.network.layers();
    let (last, batch) = (layers.len() - 1, case.batch.len());
    let all = |count: usize, of: &dyn Fn(usize) -> Slot| (0..count).map(of).collect::<Vec<_>>();
    match (slot, op) {
        (Slot::Z { s, l, j }, Op::Affine { products, .. }) => {
            vec![(products, all(layers[l].inputs(), &|i| Slot::Product { s, l, j, i }))]
        }
        (Slot::A { s, l, .. }, Op::Softmax { logits, .. }) => {
            vec![(logits, all(layers[l].units(), &|j| Slot::Z { s, l, j }))]
        }
        (Slot::Loss { s }, Op::Loss { loss, outputs, targets }) => {
            let z = |j| Slot::Z { s, l: last, j };
            let a = |j| Slot::A { s, l: last, j };
            let units = layers[last].units();
            let read = if loss.reads_z() { all(units, &z) } else { all(units, &a) };
            vec![(outputs, read), (targets, all(units, &|j| Slot::Y { s, j }))]
        }
        (Slot::DA { s, l, j }, Op::Sum(terms)) => {
            vec![(terms, all(layers[l + 1].units(), &|k| Slot::BackProduct { s, l, j, k }))]
        }
        (Slot::DAlpha { s, l }, Op::Sum(terms)) => {
            vec![(terms, all(layers[l].units(), &|j| Slot::DAlphaTerm { s, l, j }))]
        }
        (Slot::MeanLoss, Op::Mean(terms)) => vec![(terms, all(batch, &|s| Slot::Loss { s }))],
        (Slot::MeanDW { l, j, i }, Op::Mean(terms)) => {
            vec![(terms, all(batch, &|s| Slot::DW { s, l, j, i }))]
        }
        (Slot::MeanDB { l, j }, Op::Mean(terms)) => {
            vec![(terms, all(batch, &|s| Slot::DB { s, l, j }))]
        }
        (Slot::MeanDAlpha { l }, Op::Mean(terms)) => {
            vec![(terms, all(batch, &|s| Slot::DAlpha { s, l }))]
        }
        (
            _,
            Op::Sum(_) | Op::Mean(_) | Op::Affine { .. } | Op::Softmax { .. } | Op::Loss { .. },
        ) => {
            panic!("{slot:?} is no sum")
        }
        _ => vec![],
    }
}

/// The operands of what is no run: their slots, in order.
fn singles(case: &Case, slot: Slot, op: Op) -> Option<Vec<Slot>> {
    let below = |s: usize, l: usize, i: usize| match l.checked_sub(1) {
        Some(l) => Slot::A { s, l, j: i },
        None => Slot::X { s, i },
    };
    let mean = case.batch.len() > 1;
    let alpha = |l: usize| case.network.layers()[l].activation.alpha().map(|_| Slot::Alpha { l });
    Some(match (slot, op) {
        (Slot::Product { s, l, j, i }, _) => vec![Slot::W { l, j, i }, below(s, l, i)],
        (Slot::BackProduct { s, l, j, k }, _) => {
            vec![Slot::W { l: l + 1, j: k, i: j }, Slot::DZ { s, l: l + 1, j: k }]
        }
        (Slot::DW { s, l, j, i }, _) => vec![Slot::DZ { s, l, j }, below(s, l, i)],
        (Slot::DB { s, l, j }, _) => vec![Slot::DZ { s, l, j }],
        (Slot::A { s, l, j }, Op::Activate { .. }) => {
            [Slot::Z { s, l, j }].into_iter().chain(alpha(l)).collect()
        }
        (Slot::DZ { s, l, j }, Op::Difference(..)) => vec![Slot::A { s, l, j }, Slot::Y { s, j }],
        (Slot::DA { s, l, j }, Op::Difference(..)) => vec![Slot::A { s, l, j }, Slot::Y { s, j }],
        (Slot::DZ { s, l, j }, _) => vec![Slot::DA { s, l, j }, Slot::Slope { s, l, j }],
        (Slot::Slope { s, l, j }, Op::Slope { g, .. }) if g.slope_uses_value() => {
            vec![Slot::A { s, l, j }]
        }
        (Slot::Slope { s, l, j }, _) => [Slot::Z { s, l, j }].into_iter().chain(alpha(l)).collect(),
        (Slot::AlphaSlope { s, l, j }, _) => vec![Slot::Z { s, l, j }],
        (Slot::DAlphaTerm { s, l, j }, _) => {
            vec![Slot::DA { s, l, j }, Slot::AlphaSlope { s, l, j }]
        }
        (Slot::NextW { l, j, i }, _) => {
            let gradient = if mean { Slot::MeanDW { l, j, i } } else { Slot::DW { s: 0, l, j, i } };
            vec![Slot::W { l, j, i }, Slot::Rate, gradient]
        }
        (Slot::NextB { l, j }, _) => {
            let gradient = if mean { Slot::MeanDB { l, j } } else { Slot::DB { s: 0, l, j } };
            vec![Slot::B { l, j }, Slot::Rate, gradient]
        }
        (Slot::NextAlpha { l }, _) => {
            let gradient = if mean { Slot::MeanDAlpha { l } } else { Slot::DAlpha { s: 0, l } };
            vec![Slot::Alpha { l }, Slot::Rate, gradient]
        }
        _ => return None,
    })
}

fn check_structure(case: &Case) -> Result<(), TestCaseError> {
    let trace = Trace::record(case).unwrap();
    let mut seen = HashSet::new();
    for (id, step) in trace.steps().iter().enumerate() {
        let (slot, id) = (step.slot, id as Id);
        prop_assert!(seen.insert(slot), "{slot:?} twice");
        prop_assert_eq!(trace.find(slot), Some(id));
        for operand in step.op.operands() {
            prop_assert!(operand < id, "{slot:?} reads {operand}, later than {id}");
            let slot = trace.steps()[operand as usize].slot;
            let next =
                matches!(slot, Slot::NextW { .. } | Slot::NextB { .. } | Slot::NextAlpha { .. });
            prop_assert!(!next, "{slot:?} is read");
        }
        if step.op != Op::Given {
            let value = step.op.evaluate(|id| trace.value(id));
            prop_assert!(same(value, step.value), "{step:?} but {value}");
        }
        for (run, slots) in runs(case, slot, step.op) {
            let found: Vec<_> = run.ids().map(|id| trace.steps()[id as usize].slot).collect();
            prop_assert_eq!(found, slots, "{:?}", slot);
        }
        if let Some(slots) = singles(case, slot, step.op) {
            let operands = step.op.operands().into_iter();
            let found: Vec<_> = operands.map(|id| trace.steps()[id as usize].slot).collect();
            prop_assert_eq!(found, slots, "{:?}", slot);
        }
        let bias = match step.op {
            Op::Affine { bias, .. } => trace.get(bias).map(|step| step.slot),
            _ => None,
        };
        if let (Slot::Z { l, j, .. }, Some(bias)) = (slot, bias) {
            prop_assert_eq!(bias, Slot::B { l, j });
        }
    }
    prop_assert_eq!(Trace::count(case), trace.steps().len() as u64);
    Ok(())
}

/// The cost, and every unit's z where g has a kink, by plain loops.
fn cost(case: &Case) -> (f64, Vec<f64>) {
    let (mut total, mut kinks) = (0.0, vec![]);
    for (x, y) in case.batch.inputs.iter().zip(&case.batch.targets) {
        let (mut a, mut z) = (x.clone(), vec![]);
        for layer in case.network.layers() {
            let sum =
                |(row, b): (&[f64], &f64)| row.iter().zip(&a).map(|(w, a)| w * a).sum::<f64>() + b;
            z = layer.rows().zip(layer.biases()).map(sum).collect::<Vec<f64>>();
            a = match layer.activation {
                LayerActivation::Unitwise(g) => z.iter().map(|&z| g.value(z)).collect(),
                LayerActivation::Softmax => {
                    (0..z.len()).map(|k| softmax(z.iter().copied(), k)).collect()
                }
            };
            if layer.activation.unitwise().is_some_and(Activation::has_kink) {
                kinks.extend_from_slice(&z);
            }
        }
        let outputs = if case.loss.reads_z() { &z } else { &a };
        total += case.loss.value(outputs.iter().copied(), y.iter().copied());
    }
    (total / case.batch.len() as f64, kinks)
}

const EPSILON: f64 = 6e-6;

/// The central difference by what `change` moves by ε; `None` where a kink lies between.
fn difference(case: &Case, change: impl Fn(&mut Case, f64)) -> Option<f64> {
    let at = |epsilon| {
        let mut changed = case.clone();
        change(&mut changed, epsilon);
        cost(&changed)
    };
    let ((below, kinks_below), (above, kinks_above)) = (at(-EPSILON), at(EPSILON));
    let mut sides = kinks_below.iter().zip(&kinks_above);
    let clear = sides.all(|(below, above)| below * above > 0.0 || below == above);
    clear.then(|| (above - below) / (2.0 * EPSILON))
}

/// The central difference of sample s's loss by a z, with all else that follows from it.
fn difference_by_z(trace: &Trace, s: usize, id: Id) -> Option<f64> {
    let end = trace.find(Slot::Loss { s })?;
    let at = |epsilon| trace.values_with(id, trace.value(id) + epsilon, end);
    let (below, above) = (at(-EPSILON), at(EPSILON));
    let clear = trace.steps()[..=end as usize].iter().all(|step| match step.op {
        Op::Activate { g, z, .. } if g.has_kink() => {
            let (below, above) = (below[z as usize], above[z as usize]);
            below * above > 0.0 || below == above
        }
        _ => true,
    });
    clear.then(|| (above[end as usize] - below[end as usize]) / (2.0 * EPSILON))
}

/// Each gradient beside its central difference, where there is one.
fn gradients(case: &Case, trace: &Trace) -> Vec<(Slot, f64, Option<f64>)> {
    let mut found = vec![];
    let mut add = |slot: Slot, numeric| found.push((slot, trace.value_of(slot).unwrap(), numeric));
    for (l, layer) in case.network.layers().iter().enumerate() {
        for j in 0..layer.units() {
            for i in 0..layer.inputs() {
                let change = |case: &mut Case, by: f64| {
                    *case.network.layers_mut()[l].weight_mut(j, i).unwrap() += by;
                };
                add(trace.dw(l, j, i), difference(case, change));
            }
            let change =
                |case: &mut Case, by: f64| *case.network.layers_mut()[l].bias_mut(j).unwrap() += by;
            add(trace.db(l, j), difference(case, change));
            for s in 0..case.batch.len() {
                let z = trace.find(Slot::Z { s, l, j }).unwrap();
                add(Slot::DZ { s, l, j }, difference_by_z(trace, s, z));
            }
        }
        if let LayerActivation::Unitwise(g @ Activation::Prelu { alpha }) = layer.activation {
            let change = |case: &mut Case, by: f64| {
                let g = g.with_alpha(alpha + by);
                case.network.layers_mut()[l].activation = LayerActivation::Unitwise(g);
            };
            add(trace.dalpha(l), difference(case, change));
        }
    }
    found
}

fn check_gradients(case: &Case) -> Result<(), TestCaseError> {
    let trace = Trace::record(case).unwrap();
    let (plain, _) = cost(case);
    let recorded = trace.value_of(trace.cost()).unwrap();
    let mut size = if plain > 1.0 { plain } else { 1.0 };
    prop_assert!((plain - recorded).abs() <= 1e-12 * size, "cost {recorded}, by loops {plain}");
    let found = gradients(case, &trace);
    for &(_, analytic, _) in &found {
        size = if analytic.abs() > size { analytic.abs() } else { size };
    }
    for (slot, analytic, numeric) in found {
        if let Some(numeric) = numeric {
            let error = (analytic - numeric).abs();
            prop_assert!(error <= 1e-6 * size, "{slot:?}: {analytic}, numerically {numeric}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_number_is_its_op_on_earlier_ones_and_each_slot_is_written_once(case in ordinary()) {
        check_structure(&case)?;
    }

    #[test]
    fn so_it_is_with_infinities_and_nan(case in cases(prop_oneof![
        4 => -1.0..1.0,
        1 => Just(f64::INFINITY),
        1 => Just(-1e200),
        1 => Just(f64::NAN),
    ])) {
        check_structure(&case)?;
    }

    #[test]
    fn each_gradient_agrees_with_a_central_difference(case in ordinary()) {
        check_gradients(&case)?;
    }
}

#[test]
fn stops_by_number_are_as_many_as_the_text_says() {
    for (name, stops) in [("lap", 30), ("b", 53), ("figure7", 370)] {
        let trace = Trace::record(&preset(name).unwrap().case().unwrap()).unwrap();
        let found = trace.steps().iter().filter(|step| step.slot.is_stop()).count();
        assert_eq!(found, stops, "{name}");
    }
}

#[test]
fn network_a_is_as_computed_by_hand() {
    let trace = Trace::record(&preset("lap").unwrap().case().unwrap()).unwrap();
    let is = |slot: Slot, wanted: f64| {
        let found = trace.value_of(slot).unwrap();
        assert!((found - wanted).abs() < 1e-14, "{slot:?}: {found}, by hand {wanted}");
    };
    let s = 0;
    let hidden = [(1.6, 1.6, 0.9, 0.9), (-3.0, -0.3, -1.2, -0.12)];
    for (j, (z, a, da, dz)) in hidden.into_iter().enumerate() {
        is(Slot::Z { s, l: 0, j }, z);
        is(Slot::A { s, l: 0, j }, a);
        is(Slot::DA { s, l: 0, j }, da);
        is(Slot::DZ { s, l: 0, j }, dz);
    }
    is(Slot::A { s, l: 1, j: 0 }, -0.5);
    is(Slot::DZ { s, l: 1, j: 0 }, -1.5);
    is(Slot::Loss { s }, 1.125);
    let weights = [
        (0, 0, 0, 1.8, -0.08),
        (0, 0, 1, 2.7, 0.13),
        (0, 1, 0, -0.24, -0.876),
        (0, 1, 1, -0.36, -0.464),
        (1, 0, 0, -2.4, -0.36),
        (1, 0, 1, 0.45, 0.755),
    ];
    for (l, j, i, dw, next) in weights {
        is(Slot::DW { s, l, j, i }, dw);
        is(Slot::NextW { l, j, i }, next);
    }
    for (l, j, db, next) in [(0, 0, 0.9, 0.11), (0, 1, -0.12, 0.312), (1, 0, -1.5, 0.85)] {
        is(Slot::DB { s, l, j }, db);
        is(Slot::NextB { l, j }, next);
    }
}

#[test]
fn a_trace_beyond_the_limit_is_refused_with_its_count() {
    let case = |units: usize, batch: usize| {
        let identity = LayerActivation::Unitwise(Activation::Identity);
        let layer = Layer::new(0, vec![vec![0.1; 10]; units], vec![0.0; units], identity).unwrap();
        let samples =
            Samples { inputs: vec![vec![1.0; 10]; batch], targets: vec![vec![0.0; units]; batch] };
        let network = Network::new(vec![layer]).unwrap();
        Case::new(network, Loss::HalfSquaredError, 0.1, samples).unwrap()
    };
    // η, the mean loss, 3 · 110 for W and b, and 10 + 10 + 1 + 2 · 100 + 4 · 10 a sample.
    assert_eq!(Trace::record(&case(10, 765)).unwrap().steps().len(), 199_997);
    let steps = 200_258;
    assert_eq!(Trace::record(&case(10, 766)).err(), Some(Error::TooLong { steps, limit: LIMIT }));
}
