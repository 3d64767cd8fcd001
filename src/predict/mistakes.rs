//! Mistaken values of a number, each as the mistake would have it computed.

use super::{Candidate, Mistake};
use crate::activation::Activation;
use crate::case::Case;
use crate::loss::Loss;
use crate::math;
use crate::say::{Num, Say};
use crate::trace::{Op, Slot, Trace};

/// The mistakes about the numbers of one trace.
pub struct Mistakes<'a> {
    pub case: &'a Case,
    pub trace: &'a Trace,
}

fn mistaken(mistake: Mistake, value: f64, key: &str) -> Candidate {
    Candidate { mistake, value, say: Say::new(format!("predict.{key}")) }
}

impl Candidate {
    fn num(mut self, name: &'static str, value: f64) -> Candidate {
        self.say = self.say.num(name, Num::plain(value));
        self
    }

    fn text(mut self, name: &'static str, text: impl ToString) -> Candidate {
        self.say = self.say.text(name, text);
        self
    }
}

impl Mistakes<'_> {
    /// The mistaken values of the number in `slot`, the right one and repetitions not left out.
    pub fn of(&self, slot: Slot) -> Vec<Candidate> {
        let value = self.value(slot);
        let mut all = match slot {
            Slot::Z { s, l, j } => self.z(s, l, j),
            Slot::A { s, l, j } => self.a(s, l, j),
            Slot::Loss { s } => self.loss(s),
            Slot::DA { s, l, j } => self.da(s, l, j),
            Slot::DZ { s, l, j } => self.dz(s, l, j),
            Slot::DW { s, l, j, i } => self.dw(s, l, j, i),
            Slot::DB { s, l, j } => self.db(s, l, j),
            Slot::NextW { .. } | Slot::NextB { .. } => self.next(slot),
            Slot::MeanLoss | Slot::MeanDW { .. } | Slot::MeanDB { .. } => self.mean(slot),
            _ => vec![],
        };
        let update = matches!(slot, Slot::NextW { .. } | Slot::NextB { .. });
        if value != 0.0 && !update {
            all.push(mistaken(Mistake::WrongSign, -value, "wrong_sign"));
        }
        all
    }

    fn value(&self, slot: Slot) -> f64 {
        self.trace.value_of(slot).unwrap_or(f64::NAN)
    }

    /// What enters layer `l` from unit `i` of the layer below.
    fn entering(&self, s: usize, l: usize, i: usize) -> Slot {
        match l.checked_sub(1) {
            Some(below) => Slot::A { s, l: below, j: i },
            None => Slot::X { s, i },
        }
    }

    fn shape(&self, l: usize) -> (usize, usize) {
        self.case.network.layers().get(l).map_or((0, 0), |one| (one.units(), one.inputs()))
    }

    /// g of a unit, with the α that it has.
    fn g(&self, l: usize) -> Option<Activation> {
        self.case.network.layers().get(l)?.activation.unitwise()
    }

    fn weighted(&self, l: usize, j: usize, each: impl Fn(usize) -> (f64, f64)) -> f64 {
        let sum: f64 = (0..self.shape(l).1).map(each).map(|(w, a)| w * a).sum();
        sum + self.value(Slot::B { l, j })
    }

    /// Mistaken weighted sums, with their kinds.
    fn sums(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let (units, inputs) = self.shape(l);
        let w = |j, i| self.value(Slot::W { l, j, i });
        let a = |i| self.value(self.entering(s, l, i));
        let b = self.value(Slot::B { l, j });
        let z = self.value(Slot::Z { s, l, j });
        let mut all = vec![mistaken(Mistake::NoBias, z - b, "no_bias").num("bias", b)];
        if units == inputs {
            let value = self.weighted(l, j, |i| (w(i, j), a(i)));
            all.push(mistaken(Mistake::Transposed, value, "transposed_forward"));
        }
        if let Some(below) = l.checked_sub(1) {
            let value =
                self.weighted(l, j, |i| (w(j, i), self.value(Slot::Z { s, l: below, j: i })));
            all.push(mistaken(Mistake::ZForA, value, "z_for_a"));
        }
        all
    }

    fn z(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        self.sums(s, l, j)
    }

    fn a(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let z = self.value(Slot::Z { s, l, j });
        let Some(g) = self.g(l) else {
            return self.softmax(s, l, j);
        };
        let mut all = activated(g, z);
        let after = |one: Candidate| Candidate { value: g.value(one.value), ..one };
        all.extend(self.sums(s, l, j).into_iter().map(after));
        all
    }

    fn softmax(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let z = self.value(Slot::Z { s, l, j });
        let mut all = vec![
            mistaken(Mistake::NoActivation, z, "no_softmax"),
            mistaken(Mistake::OneTerm, math::exp(z), "not_shared"),
        ];
        let others = (0..self.shape(l).0).filter(|&k| k != j);
        all.extend(others.map(|k| {
            mistaken(Mistake::OtherUnit, self.value(Slot::A { s, l, j: k }), "other_unit")
                .text("unit", k + 1)
        }));
        all
    }

    fn loss(&self, s: usize) -> Vec<Candidate> {
        let l = self.case.network.layers().len() - 1;
        let outputs = self.shape(l).0;
        let loss = self.value(Slot::Loss { s });
        let pair = |j| (self.value(Slot::A { s, l, j }), self.value(Slot::Y { s, j }));
        match self.case.loss {
            Loss::HalfSquaredError => {
                let mut all = vec![mistaken(Mistake::NoHalf, 2.0 * loss, "no_half")];
                if outputs == 1 {
                    let (output, target) = pair(0);
                    let difference = output - target;
                    let half = difference / 2.0;
                    let size = difference.abs();
                    for value in [difference, size, -size, half, -half] {
                        all.push(mistaken(Mistake::NoSquare, value, "no_square"));
                    }
                }
                all
            }
            Loss::BinaryCrossEntropy | Loss::SoftmaxCrossEntropy => (0..outputs)
                .map(pair)
                .filter(|(_, target)| *target == 1.0)
                .map(|(output, _)| mistaken(Mistake::NoLogarithm, output, "no_logarithm"))
                .collect(),
        }
    }

    /// Σ W·dz of the layer above, each factor as `w` and `dz` have it.
    fn back(&self, l: usize, w: impl Fn(usize) -> f64, dz: impl Fn(usize) -> f64) -> f64 {
        (0..self.shape(l + 1).0).map(|k| w(k) * dz(k)).sum()
    }

    /// da through the weights after the update.
    fn updated_da(&self, s: usize, l: usize, j: usize) -> Option<f64> {
        (l + 1 < self.case.network.layers().len()).then(|| {
            let w = |k| self.value(Slot::NextW { l: l + 1, j: k, i: j });
            self.back(l, w, |k| self.value(Slot::DZ { s, l: l + 1, j: k }))
        })
    }

    fn updated(&self, l: usize, j: usize, value: f64) -> Candidate {
        let single = self.shape(l + 1).0 == 1;
        let above = l + 1;
        let weight = Slot::W { l: above, j: 0, i: j };
        let next = Slot::NextW { l: above, j: 0, i: j };
        match single {
            true => mistaken(Mistake::Updated, value, "updated_one")
                .num("new", self.value(next))
                .num("old", self.value(weight)),
            false => mistaken(Mistake::Updated, value, "updated"),
        }
    }

    fn da(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let above = l + 1;
        let (units, inputs) = self.shape(above);
        if units == 0 {
            return vec![];
        }
        let w = |k, i| self.value(Slot::W { l: above, j: k, i });
        let dz = |k| self.value(Slot::DZ { s, l: above, j: k });
        let mut all = vec![];
        all.extend(self.updated_da(s, l, j).map(|value| self.updated(l, j, value)));
        if units == inputs && units > 1 {
            let value = self.back(l, |k| w(j, k), dz);
            all.push(mistaken(Mistake::Transposed, value, "transposed_back"));
        }
        for i in (0..inputs).filter(|&i| i != j) {
            let value = self.back(l, |k| w(k, i), dz);
            all.push(mistaken(Mistake::OtherUnit, value, "other_weight").text("unit", i + 1));
        }
        if self.trace.find(Slot::DA { s, l: above, j: 0 }).is_some() {
            let value = self.back(l, |k| w(k, j), |k| self.value(Slot::DA { s, l: above, j: k }));
            all.push(mistaken(Mistake::NoSlope, value, "no_slope_above"));
        }
        if units > 1 {
            all.extend((0..units).map(|k| {
                mistaken(Mistake::OneTerm, w(k, j) * dz(k), "one_term").text("unit", k + 1)
            }));
        }
        all
    }

    /// What a unit's g′ may have been mistaken for: the mistake, its factor, and what is said.
    fn slopes(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let (z, a) = (self.value(Slot::Z { s, l, j }), self.value(Slot::A { s, l, j }));
        let (Some(g), Some(slope)) = (self.g(l), self.trace.value_of(Slot::Slope { s, l, j }))
        else {
            return vec![];
        };
        sloped(g, z, a, slope)
    }

    fn dz(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let Some(da) = self.trace.value_of(Slot::DA { s, l, j }) else {
            return vec![];
        };
        let slope = self.value(Slot::Slope { s, l, j });
        let z = self.value(Slot::Z { s, l, j });
        let mut all = vec![
            mistaken(Mistake::NoSlope, da, "is_da")
                .text("da", Slot::DA { s, l, j }.symbol())
                .num("z", z)
                .num("slope", slope),
        ];
        all.extend(self.slopes(s, l, j).into_iter().map(|one| times(one, da)));
        let updated = self.updated_da(s, l, j);
        all.extend(updated.map(|value| self.updated(l, j, value * slope)));
        all
    }

    fn dw(&self, s: usize, l: usize, j: usize, i: usize) -> Vec<Candidate> {
        let (units, inputs) = self.shape(l);
        let dz = |j| self.value(Slot::DZ { s, l, j });
        let entering = |i| self.value(self.entering(s, l, i));
        let came = entering(i);
        let mut all = vec![];
        if let Some(da) = self.trace.value_of(Slot::DA { s, l, j }) {
            let slope = self.value(Slot::Slope { s, l, j });
            let z = self.value(Slot::Z { s, l, j });
            all.push(
                mistaken(Mistake::NoSlope, da * came, "no_slope").num("z", z).num("slope", slope),
            );
            all.extend(self.slopes(s, l, j).into_iter().map(|one| times(one, da * came)));
            let updated = self.updated_da(s, l, j);
            all.extend(updated.map(|value| self.updated(l, j, value * slope * came)));
        }
        for other in (0..inputs).filter(|&other| other != i) {
            all.push(
                mistaken(Mistake::OtherInput, dz(j) * entering(other), "other_input")
                    .num("used", entering(other))
                    .num("right", came),
            );
        }
        for other in (0..units).filter(|&other| other != j) {
            all.push(
                mistaken(Mistake::OtherUnit, dz(other) * came, "other_dz").text("unit", other + 1),
            );
        }
        if let Some(below) = l.checked_sub(1) {
            let z = self.value(Slot::Z { s, l: below, j: i });
            all.push(mistaken(Mistake::ZForA, dz(j) * z, "z_entered").num("z", z).num("a", came));
        }
        all.push(mistaken(Mistake::NoInput, dz(j), "no_input").num("a", came));
        all
    }

    fn db(&self, s: usize, l: usize, j: usize) -> Vec<Candidate> {
        let dz = self.value(Slot::DZ { s, l, j });
        let inputs = self.shape(l).1;
        let mut all = vec![
            mistaken(Mistake::OncePerInput, dz * inputs as f64, "once_per_input").text("n", inputs),
        ];
        if let Some(da) = self.trace.value_of(Slot::DA { s, l, j }) {
            let slope = self.value(Slot::Slope { s, l, j });
            let z = self.value(Slot::Z { s, l, j });
            all.push(mistaken(Mistake::NoSlope, da, "no_slope").num("z", z).num("slope", slope));
        }
        all
    }

    /// The sum, and each sample alone.
    fn mean(&self, slot: Slot) -> Vec<Candidate> {
        let step = self.trace.find(slot).and_then(|id| self.trace.get(id));
        let Some(Op::Mean(terms)) = step.map(|step| step.op) else {
            return vec![];
        };
        let samples = terms.ids().map(|id| self.trace.value(id)).enumerate();
        let alone = samples.map(|(s, value)| {
            mistaken(Mistake::OneSample, value, "one_sample").text("sample", s + 1)
        });
        let sum = self.value(slot) * f64::from(terms.count);
        let sum = mistaken(Mistake::NotDivided, sum, "not_divided");
        [sum].into_iter().chain(alone).map(|one| one.text("n", terms.count)).collect()
    }

    fn next(&self, slot: Slot) -> Vec<Candidate> {
        let step = self.trace.find(slot).and_then(|id| self.trace.get(id));
        let Some(Op::Update { value, rate, gradient }) = step.map(|step| step.op) else {
            return vec![];
        };
        let [value, rate, gradient] = [value, rate, gradient].map(|id| self.trace.value(id));
        let change = -rate * gradient;
        vec![
            mistaken(Mistake::Added, value - change, "added"),
            mistaken(Mistake::NoRate, value - gradient, "no_rate").num("rate", rate),
            mistaken(Mistake::OnlyChange, change, "only_change").num("old", value),
            mistaken(Mistake::OnlyGradient, gradient, "only_gradient"),
            mistaken(Mistake::Unchanged, value, "unchanged").num("gradient", gradient),
        ]
    }
}

fn times(one: Candidate, factor: f64) -> Candidate {
    Candidate { value: one.value * factor + 0.0, ..one }
}

/// Whether plain ReLU would give 0 where g does not.
fn leaks(g: Activation, z: f64) -> bool {
    z <= 0.0 && g.has_kink() && g.alpha().is_some()
}

/// What a = g(z) may be mistaken for.
pub fn activated(g: Activation, z: f64) -> Vec<Candidate> {
    let mut all = vec![
        mistaken(Mistake::NoActivation, z, "is_z"),
        mistaken(Mistake::SlopeForValue, g.slope(z), "is_slope"),
    ];
    if leaks(g, z) {
        all.push(mistaken(Mistake::PlainRelu, 0.0, "plain_relu"));
    }
    all
}

/// What g′(z) may be mistaken for, at a = g(z).
pub fn sloped(g: Activation, z: f64, a: f64, slope: f64) -> Vec<Candidate> {
    let mut all = vec![
        mistaken(Mistake::SlopeAtA, g.slope(a), "slope_at_a").num("z", z).num("a", a),
        mistaken(Mistake::ValueForSlope, a, "value_for_slope").num("a", a),
    ];
    if !matches!(g, Activation::Sigmoid) {
        all.push(mistaken(Mistake::SigmoidSlope, a * (1.0 - a), "sigmoid_slope"));
    }
    if leaks(g, z) && slope != 0.0 {
        all.push(mistaken(Mistake::PlainRelu, 0.0, "plain_relu"));
    }
    all
}
