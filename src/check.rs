//! What a gradient is for: change a number a little and watch the loss, and check backpropagation
//! that way.

use crate::trace::{Id, Op, Slot, Step, Trace};

/// A number that can be nudged, and the loss to watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// W, b, α, z, a or x.
    pub variable: Slot,
    /// The cost for a parameter, the sample's own loss for what belongs to a sample.
    pub loss: Slot,
    /// ∂loss ∕ ∂variable as backpropagation computes it, if it does.
    pub gradient: Option<Slot>,
}

/// What the gradient in `slot` is taken by, or the variable in `slot` itself. `None` where the
/// trace has no such number, where it is no gradient, and where the loss does not read it: ŷ
/// under a cross entropy, which is computed from z.
pub fn subject(trace: &Trace, slot: Slot) -> Option<Subject> {
    let of_sample = |variable, s, gradient| (variable, Slot::Loss { s }, gradient);
    let of_batch = |variable, gradient| (variable, trace.cost(), gradient);
    trace.find(slot)?;
    let (variable, loss, gradient) = match slot {
        Slot::DW { s, l, j, i } => of_sample(Slot::W { l, j, i }, s, slot),
        Slot::DB { s, l, j } => of_sample(Slot::B { l, j }, s, slot),
        Slot::DAlpha { s, l } => of_sample(Slot::Alpha { l }, s, slot),
        Slot::Z { s, l, j } | Slot::DZ { s, l, j } => {
            of_sample(Slot::Z { s, l, j }, s, Slot::DZ { s, l, j })
        }
        Slot::A { s, l, j } | Slot::DA { s, l, j } => {
            of_sample(Slot::A { s, l, j }, s, Slot::DA { s, l, j })
        }
        // Backpropagation stops at the first layer's parameters: no gradient is there to find.
        Slot::X { s, .. } => of_sample(slot, s, slot),
        Slot::W { l, j, i } | Slot::MeanDW { l, j, i } | Slot::NextW { l, j, i } => {
            of_batch(Slot::W { l, j, i }, trace.dw(l, j, i))
        }
        Slot::B { l, j } | Slot::MeanDB { l, j } | Slot::NextB { l, j } => {
            of_batch(Slot::B { l, j }, trace.db(l, j))
        }
        Slot::Alpha { l } | Slot::MeanDAlpha { l } | Slot::NextAlpha { l } => {
            of_batch(Slot::Alpha { l }, trace.dalpha(l))
        }
        _ => return None,
    };
    let (id, end) = (trace.find(variable)?, trace.find(loss)?);
    let gradient = Some(gradient).filter(|&g| g != variable && trace.find(g).is_some());
    reads(trace, id, end).then_some(Subject { variable, loss, gradient })
}

/// Whether a step up to `end` has `id` as an operand.
fn reads(trace: &Trace, id: Id, end: Id) -> bool {
    let between = &trace.steps()[id as usize..=end as usize];
    between.iter().any(|step| step.op.operands().contains(&id))
}

/// What a small change of a number does to the loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nudge {
    /// The number v itself.
    pub value: f64,
    /// The loss at v − ε, at v and at v + ε.
    pub minus: f64,
    pub here: f64,
    pub plus: f64,
    /// (plus − here) ∕ ε.
    pub change_up: f64,
    /// (here − minus) ∕ ε.
    pub change_down: f64,
    /// What backpropagation says that both changes are near to.
    pub gradient: Option<f64>,
}

/// Nudges `subject` by ε up and down.
pub fn nudge(trace: &Trace, subject: Subject, epsilon: f64) -> Nudge {
    let value = trace.value_of(subject.variable).unwrap_or(f64::NAN);
    let here = trace.value_of(subject.loss).unwrap_or(f64::NAN);
    let at = |v| match trace.find(subject.variable) {
        Some(id) => trace.with(id, v, subject.loss),
        None => f64::NAN,
    };
    let (minus, plus) = (at(value - epsilon), at(value + epsilon));
    Nudge {
        value,
        minus,
        here,
        plus,
        change_up: (plus - here) / epsilon,
        change_down: (here - minus) / epsilon,
        gradient: subject.gradient.and_then(|slot| trace.value_of(slot)),
    }
}

/// Whether backpropagation's gradient is the slope of the loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check {
    /// Backpropagation's.
    pub analytic: f64,
    /// (loss(v + ε) − loss(v − ε)) ∕ 2ε.
    pub numeric: f64,
    /// The ε that was used.
    pub epsilon: f64,
    /// How many decimal digits agree, 0 to 16.
    pub digits: u32,
    pub verdict: Verdict,
}

/// The outcome of a [`Check`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// At least six digits agree.
    Agrees,
    /// They differ, and between v − ε and v + ε a unit passes a corner or a jump of its
    /// activation, where there is no derivative to compare with.
    Kink,
    /// They differ by no more than rounding explains: the loss has 16 digits, and its change is
    /// lost in them; or few are left of 1 − a², a(1 − a) or ŷ − y at saturation.
    Cancellation,
    /// They differ, and nothing excuses it.
    Differs,
    /// An infinity or NaN on the way.
    NotFinite,
}

/// As many digits are asked for.
pub(crate) const DIGITS: u32 = 6;
/// ∛(2⁻⁵³), about 5e-6, balances the truncation of a central difference (ε²) and the rounding of
/// the loss (2⁻⁵³ ∕ ε).
const EPSILON: f64 = 6e-6;
/// How often another ε is tried, and the relative uncertainty that needs none.
const TRIES: usize = 8;
const SURE: f64 = 1e-8;

/// Compares the gradient with a central difference; `None` where backpropagation computes none.
pub fn check(trace: &Trace, subject: Subject) -> Option<Check> {
    let analytic = trace.value_of(subject.gradient?)?;
    let probe = Probe::new(trace, subject)?;
    let best = probe.best();
    let Quotient { numeric, epsilon, .. } = best;
    let digits = agreement(analytic, numeric);
    let verdict = if !(analytic.is_finite() && numeric.is_finite()) {
        Verdict::NotFinite
    } else if digits >= DIGITS {
        Verdict::Agrees
    } else if probe.passes_kink(epsilon) {
        Verdict::Kink
    } else if (analytic - numeric).abs() <= best.uncertainty + probe.backward_noise(epsilon) {
        Verdict::Cancellation
    } else {
        Verdict::Differs
    };
    Some(Check { analytic, numeric, epsilon, digits, verdict })
}

/// The number of decimal digits in which `x` and `y` agree, 0 to 16.
pub(crate) fn agreement(x: f64, y: f64) -> u32 {
    let size = if x.abs() > y.abs() { x.abs() } else { y.abs() };
    if x == y {
        return 16;
    }
    let mut error = (x - y).abs() / size;
    let mut digits = 0;
    while digits < 16 && error <= 0.1 {
        error *= 10.0;
        digits += 1;
    }
    digits
}

/// A difference quotient and how far it may be off.
#[derive(Clone, Copy)]
struct Quotient {
    numeric: f64,
    epsilon: f64,
    uncertainty: f64,
}

struct Probe<'a> {
    trace: &'a Trace,
    subject: Subject,
    variable: Id,
    loss: Id,
    value: f64,
    /// How far the loss may be off by rounding.
    noise: f64,
}

impl<'a> Probe<'a> {
    fn new(trace: &'a Trace, subject: Subject) -> Option<Probe<'a>> {
        let variable = trace.find(subject.variable)?;
        let loss = trace.find(subject.loss)?;
        let value = trace.value(variable);
        Some(Probe { trace, subject, variable, loss, value, noise: noise(trace, subject.loss) })
    }

    /// The quotient at the usual ε; or at a smaller one where the loss bends too much for it, or
    /// a larger one where rounding hides the change, as long as that is surer and meets no kink.
    fn best(&self) -> Quotient {
        let size = if self.value.abs() > 1.0 { self.value.abs() } else { 1.0 };
        let usual = self.quotient(EPSILON * size);
        let smaller = self.search(usual, 0.125);
        if smaller.epsilon < usual.epsilon { smaller } else { self.search(usual, 8.0) }
    }

    fn search(&self, mut best: Quotient, factor: f64) -> Quotient {
        for _ in 0..TRIES {
            let next = self.quotient(best.epsilon * factor);
            let surer = next.uncertainty < best.uncertainty
                || best.uncertainty.is_nan() && next.numeric.is_finite();
            let enough = best.uncertainty <= SURE * best.numeric.abs();
            if enough || !surer || factor > 1.0 && self.passes_kink(next.epsilon) {
                break;
            }
            best = next;
        }
        best
    }

    /// Of its uncertainty, what the truncation has, O(ε²), shows itself at 2ε.
    fn quotient(&self, epsilon: f64) -> Quotient {
        let (numeric, twice) = (self.central(epsilon), self.central(2.0 * epsilon));
        let uncertainty = (twice - numeric).abs() + self.noise / epsilon;
        Quotient { numeric, epsilon, uncertainty }
    }

    fn central(&self, epsilon: f64) -> f64 {
        let (below, above) = (self.value - epsilon, self.value + epsilon);
        let at = |v| self.trace.with(self.variable, v, self.subject.loss);
        (at(above) - at(below)) / (above - below)
    }

    /// How far the analytic gradient may be off by rounding, to first order. ŷ − y is off by 2⁻⁵²
    /// of ŷ; σ′ = a(1 − a) and tanh′ = 1 − a² are off by 2⁻⁵², and da times that reaches dz. From
    /// there ∂z ∕ ∂v, or ∂ŷ ∕ ∂v, of it reaches the variable.
    fn backward_noise(&self, epsilon: f64) -> f64 {
        let at = |v| self.trace.values_with(self.variable, v, self.loss);
        let (below, above) = (at(self.value - epsilon), at(self.value + epsilon));
        let by_variable = |id: Id| (above[id as usize] - below[id as usize]) / (2.0 * epsilon);
        let own = self.subject.loss.sample();
        let error = |step: &Step| match (step.slot, step.op) {
            (Slot::Slope { s, l, j }, Op::Slope { g, z, .. }) if g.slope_uses_value() => {
                let da = self.trace.value_of(Slot::DA { s, l, j }).unwrap_or(0.0);
                da * by_variable(z)
            }
            (Slot::DZ { s, l, j }, Op::Difference(a, _)) => {
                let z = self.trace.find(Slot::Z { s, l, j });
                self.trace.value(a) * z.map_or(0.0, by_variable)
            }
            (Slot::DA { .. }, Op::Difference(a, _)) => self.trace.value(a) * by_variable(a),
            _ => 0.0,
        };
        let steps = self.trace.steps()[self.loss as usize..].iter();
        let matters = |step: &&Step| own.is_none() || own == step.slot.sample();
        let total: f64 = steps.filter(matters).map(|step| error(step).abs()).sum();
        let samples = if own.is_some() { 1 } else { self.trace.batch() };
        f64::EPSILON * total / samples as f64
    }

    /// Whether between v − ε and v + ε the z of a unit with a kink changes its side, or leaves or
    /// reaches 0.
    fn passes_kink(&self, epsilon: f64) -> bool {
        let at = |v| self.trace.values_with(self.variable, v, self.loss);
        let (below, above) = (at(self.value - epsilon), at(self.value + epsilon));
        let own = self.subject.loss.sample();
        let steps = self.trace.steps()[..=self.loss as usize].iter();
        let matters = |slot: Slot| own.is_none() || own == slot.sample();
        steps.filter(|step| matters(step.slot)).any(|step| match step.op {
            Op::Activate { g, z, .. } if g.has_kink() => {
                let (z, here) = (z as usize, self.trace.value(z));
                let (low, high) = match below[z] < above[z] {
                    true => (below[z], above[z]),
                    false => (above[z], below[z]),
                };
                low < high && low <= 0.0 && high >= 0.0 || here == 0.0 && low < high
            }
            _ => false,
        })
    }
}

/// How far `loss` may be off by rounding, to first order: each weighted sum is rounded by 2⁻⁵³ of
/// its largest terms, each activation by 2⁻⁵³ of itself, and the gradients say what becomes of it
/// in the loss.
fn noise(trace: &Trace, loss: Slot) -> f64 {
    let own = loss.sample();
    let gradient = |slot| trace.value_of(slot).map_or(0.0, f64::abs);
    let rounding = |slot: Slot| match slot {
        Slot::Product { s, l, j, .. } | Slot::Z { s, l, j } => gradient(Slot::DZ { s, l, j }),
        Slot::A { s, l, j } => gradient(Slot::DA { s, l, j }),
        Slot::Loss { .. } => 1.0,
        _ => 0.0,
    };
    let matters = |slot: &Slot| slot.sample().is_some_and(|s| own.is_none_or(|own| own == s));
    let steps = trace.steps().iter().filter(|step| matters(&step.slot));
    let total: f64 = steps.map(|step| rounding(step.slot) * step.value.abs()).sum();
    let samples = if own.is_some() { 1 } else { trace.batch() };
    f64::EPSILON * total / samples as f64
}
