//! A step of a trace in words and numbers: its title, why it is what it is, and its arithmetic.

mod fault;

use std::collections::BTreeMap;

use crate::activation::Activation;
use crate::case::Case;
use crate::loss::Loss;
use crate::math;
use crate::name::Named;
use crate::network::LayerActivation;
use crate::number;
use crate::say::{Arg, Formula, Line, Num, Part, Say};
use crate::trace::{Id, Op, Run, Slot, Step, Trace};

/// Explains the steps of one trace.
#[derive(Clone, Copy)]
pub struct Explainer<'a> {
    pub case: &'a Case,
    pub trace: &'a Trace,
}

impl Explainer<'_> {
    /// What step `id` is called: "weighted sum z of unit 2, layer \[1\]".
    pub fn title(&self, id: Id) -> Say {
        let slot = self.slot(id);
        let say = Say::new(format!("title.{}", slot_key(slot)));
        let layers = self.case.network.layers().len();
        let last = slot.layer().is_some_and(|l| l + 1 == layers);
        let op = self.trace.get(id).map(|step| step.op);
        let say = match slot {
            Slot::Slope { .. } if matches!(op, Some(Op::Wrong(_))) => Say::new("title.slope_any"),
            Slot::A { j, .. } if last => Say::new("title.output").text("y", self.output(j)),
            Slot::DA { j, .. } if last => Say::new("title.da_output").text("y", self.output(j)),
            _ => say,
        };
        with_source(with_indices(say, slot), slot)
    }

    /// ŷ, with its index where there are several: ŷ₁.
    fn output(&self, j: usize) -> String {
        number::subscripted("ŷ", j, self.case.network.last().units())
    }

    /// The formula and the numbers put in: operands with as many digits as it takes to get the
    /// result from what is shown of them.
    pub fn line(&self, id: Id) -> Line {
        let Some(&Step { slot, op, value }) = self.trace.get(id) else {
            return Line { id, formula: None, parts: vec![] };
        };
        let more = number::more_digits(value, |shown| self.computed(op, shown));
        let operands = self.arithmetic(op).into_iter().map(|part| self.finer(part, more));
        let sign = Part::Op(if number::is_exact(value) { "=" } else { "≈" });
        let operands: Vec<Part> = operands.collect();
        let parts = match &operands[..] {
            [] => vec![self.num(id)],
            // The same digits once.
            [Part::Num(one)] if one.text == number::short(value) => vec![sign, operands[0].clone()],
            _ => [vec![Part::Op("=")], operands, vec![sign, self.num(id)]].concat(),
        };
        Line { id, formula: Some(self.formula(slot, op)), parts }
    }

    /// What comes of `op` with its operands as `shown` has them, each by the formula that is shown.
    fn computed(&self, op: Op, shown: &dyn Fn(f64) -> f64) -> f64 {
        let one = |id: Id| shown(self.trace.value(id));
        let factors = matches!(op, Op::Sum(_) | Op::Mean(_) | Op::Affine { .. });
        let operand = |id: Id| match self.trace.get(id).map(|step| step.op) {
            Some(Op::Product(x, y)) if factors => one(x) * one(y),
            _ => one(id),
        };
        match op {
            Op::Loss { loss: Loss::SoftmaxCrossEntropy, outputs, targets } => {
                let term = |(z, y): (Id, Id)| match self.trace.value(y) {
                    0.0 => 0.0,
                    _ => -one(y) * math::ln(one(self.activation_at(z))),
                };
                outputs.ids().zip(targets.ids()).map(term).sum()
            }
            _ => op.evaluate(operand),
        }
    }

    /// A number of the trace with `more` digits.
    fn finer(&self, part: Part, more: usize) -> Part {
        match part {
            Part::Num(num) => Part::Num(match num.id {
                Some(id) => num.finer(self.trace.value(id), more),
                None => num,
            }),
            op => op,
        }
    }

    /// Why the number is what it is, in a sentence or two.
    pub fn why(&self, id: Id) -> Vec<Say> {
        let Some(&Step { slot, op, .. }) = self.trace.get(id) else {
            return vec![];
        };
        match (slot, op) {
            (_, Op::Activate { g, z, .. }) => vec![self.why_activation(g, z)],
            (Slot::DZ { .. }, Op::Product(da, slope)) => vec![self.why_dz(da, slope)],
            (Slot::DZ { .. }, _) => {
                vec![Say::new(format!("why.dz_output.{}", self.case.loss.name()))]
            }
            (_, Op::Slope { g, z, .. }) => vec![self.why_slope(g, z, id)],
            (Slot::DA { .. }, Op::Sum(terms)) => {
                let key = if terms.count == 1 { "why.da_one" } else { "why.da_many" };
                vec![with_indices(Say::new(key).text("n", terms.count), slot)]
            }
            (Slot::DW { .. }, Op::Product(dz, a)) => vec![self.why_dw(dz, a)],
            (Slot::NextW { .. } | Slot::NextB { .. }, Op::Update { value, rate, gradient }) => {
                vec![self.why_update(value, rate, gradient)]
            }
            (Slot::Loss { .. }, _) => vec![Say::new(format!("why.loss.{}", self.case.loss.name()))],
            _ => vec![with_indices(Say::new(format!("why.{}", slot_key(slot))), slot)],
        }
    }

    fn why_activation(&self, g: Activation, z: Id) -> Say {
        let above = self.trace.value(z) > 0.0;
        let key = match g {
            Activation::Relu | Activation::Step => {
                format!("why.a.{}.{}", g.name(), if above { "above" } else { "below" })
            }
            _ if g.alpha().is_some() && above => "why.a.above".into(),
            Activation::LeakyRelu { .. } | Activation::Prelu { .. } | Activation::Rrelu { .. } => {
                "why.a.leaky.below".into()
            }
            _ => format!("why.a.{}", g.name()),
        };
        self.with_alpha(Say::new(key).num("z", Num::of(self.trace, z)), g)
    }

    fn why_dz(&self, da: Id, slope: Id) -> Say {
        let say = match self.trace.get(slope) {
            Some(Step { op: Op::Slope { g, z, .. }, .. }) => self.why_slope(*g, *z, slope),
            _ => Say::new("why.dz"),
        };
        Say::new("why.dz").num("da", Num::of(self.trace, da)).say("slope", say)
    }

    fn why_slope(&self, g: Activation, z: Id, slope: Id) -> Say {
        let value = self.trace.value(z);
        let one_sided = g.has_kink() && !matches!(g, Activation::Step | Activation::Elu { .. });
        let key = match g {
            Activation::Identity => "why.slope.identity",
            Activation::Step => "why.slope.step",
            _ if one_sided && value == 0.0 => "why.slope.corner",
            _ if one_sided && value > 0.0 => "why.slope.above",
            Activation::Relu => "why.slope.relu.below",
            _ if one_sided => match g.alpha() {
                Some(0.0) => "why.slope.leaky.none",
                Some(alpha) if alpha > 0.0 && alpha < 1.0 => "why.slope.leaky.below",
                _ => "why.slope.leaky.other",
            },
            _ if g.saturated(value) => "why.slope.saturated",
            _ if self.trace.value(slope) < 0.0 => "why.slope.negative",
            _ => "why.slope.some",
        };
        let say = Say::new(key).num("z", Num::of(self.trace, z));
        self.with_alpha(say.num("slope", Num::of(self.trace, slope)), g)
    }

    fn why_dw(&self, dz: Id, a: Id) -> Say {
        let (zero_dz, zero_a) = (self.trace.value(dz) == 0.0, self.trace.value(a) == 0.0);
        let key = match (zero_dz, zero_a) {
            (true, _) => "why.dw.no_dz",
            (_, true) => "why.dw.no_input",
            _ => "why.dw",
        };
        Say::new(key).num("dz", Num::of(self.trace, dz)).num("a", Num::of(self.trace, a))
    }

    fn why_update(&self, value: Id, rate: Id, gradient: Id) -> Say {
        let g = self.trace.value(gradient);
        let eta = self.trace.value(rate);
        let key = if g == 0.0 {
            "why.next.stays"
        } else if eta == 0.0 {
            "why.next.no_rate"
        } else if eta < 0.0 {
            "why.next.climbs"
        } else if g > 0.0 {
            "why.next.down"
        } else {
            "why.next.up"
        };
        let change = -eta * g;
        Say::new(key)
            .num("value", Num::of(self.trace, value))
            .num("gradient", Num::of(self.trace, gradient))
            .num("change", Num::plain(change))
    }

    fn with_alpha(&self, say: Say, g: Activation) -> Say {
        match g.alpha() {
            Some(alpha) => say.num("alpha", Num::plain(alpha)),
            None => say,
        }
    }

    fn slot(&self, id: Id) -> Slot {
        self.trace.get(id).map_or(Slot::Rate, |step| step.slot)
    }

    fn num(&self, id: Id) -> Part {
        Part::Num(Num::of(self.trace, id))
    }

    fn formula(&self, slot: Slot, op: Op) -> Formula {
        if let Some(key) = self.faulty_formula(slot, op) {
            return Formula { key: key.into(), at: indices(slot) };
        }
        let key = match (slot, op) {
            (Slot::A { .. }, Op::Softmax { .. }) => "a.softmax".into(),
            (Slot::Loss { .. }, _) => format!("loss.{}", self.case.loss.name()),
            (Slot::DA { .. }, Op::Difference(..)) => "da.output".into(),
            (Slot::DZ { .. }, Op::Difference(..)) => "dz.output".into(),
            (Slot::MeanDB { .. }, _) => "mean_b".into(),
            (Slot::MeanDW { .. }, _) => "mean".into(),
            (Slot::DAlphaTerm { .. } | Slot::DAlpha { .. } | Slot::MeanDAlpha { .. }, _) => {
                "dalpha".into()
            }
            _ => slot_key(slot).to_owned(),
        };
        Formula { key, at: indices(slot) }
    }

    /// The operation with its operands' numbers, without the result.
    fn arithmetic(&self, op: Op) -> Vec<Part> {
        match op {
            Op::Given => vec![],
            Op::Copy(x) => vec![self.num(x)],
            Op::Product(x, y) => self.product(x, y),
            Op::Difference(x, y) => {
                let mut parts = vec![self.num(x), Part::Op("−")];
                self.operand(&mut parts, y);
                parts
            }
            Op::Sum(terms) => self.sum(terms),
            Op::Mean(terms) => {
                let mut parts = vec![Part::Op("(")];
                parts.extend(self.sum(terms));
                parts.push(Part::Op(") ∕"));
                parts.push(Part::Num(Num::plain(f64::from(terms.count))));
                parts
            }
            Op::Affine { products, bias } => {
                let mut parts = self.sum(products);
                parts.push(Part::Op("+"));
                self.operand(&mut parts, bias);
                parts
            }
            Op::Activate { g, z, alpha } => self.activate(g, z, alpha),
            Op::Softmax { logits, which } => self.softmax(logits, which),
            Op::Slope { g, z, a, alpha } => self.slope(g, z, a, alpha),
            Op::AlphaSlope { z, .. } => self.call("min(0,", z, ")"),
            Op::Loss { loss, outputs, targets } => self.loss(loss, outputs, targets),
            Op::Wrong(wrong) => self.faulty_arithmetic(wrong),
            Op::Update { value, rate, gradient } => {
                let mut parts = vec![self.num(value), Part::Op("−")];
                self.operand(&mut parts, rate);
                parts.push(Part::Op("·"));
                self.operand(&mut parts, gradient);
                parts
            }
        }
    }

    /// A number after a sign: in parentheses if it is negative.
    fn operand(&self, parts: &mut Vec<Part>, id: Id) {
        if self.trace.value(id) < 0.0 {
            parts.extend([Part::Op("("), self.num(id), Part::Op(")")]);
        } else {
            parts.push(self.num(id));
        }
    }

    fn product(&self, x: Id, y: Id) -> Vec<Part> {
        let mut parts = vec![self.num(x), Part::Op("·")];
        self.operand(&mut parts, y);
        parts
    }

    /// Terms joined by plus; a product is shown as its factors.
    fn sum(&self, terms: Run) -> Vec<Part> {
        let mut parts = Vec::new();
        for (n, id) in terms.ids().enumerate() {
            if n > 0 {
                parts.push(Part::Op("+"));
            }
            match self.trace.get(id).map(|step| step.op) {
                Some(Op::Product(x, y)) => {
                    let negative = n > 0 && self.trace.value(x) < 0.0;
                    if negative {
                        parts.push(Part::Op("("));
                    }
                    parts.push(self.num(x));
                    if negative {
                        parts.push(Part::Op(")"));
                    }
                    parts.push(Part::Op("·"));
                    self.operand(&mut parts, y);
                }
                _ if n > 0 => self.operand(&mut parts, id),
                _ => parts.push(self.num(id)),
            }
        }
        parts
    }

    fn call(&self, open: &'static str, id: Id, close: &'static str) -> Vec<Part> {
        vec![Part::Op(open), self.num(id), Part::Op(close)]
    }

    fn activate(&self, g: Activation, z: Id, alpha: Option<Id>) -> Vec<Part> {
        let above = self.trace.value(z) > 0.0;
        match (g, alpha) {
            (Activation::Identity, _) => self.call("g(", z, ")"),
            (Activation::Relu, _) => self.call("max(0,", z, ")"),
            (Activation::Elu { .. }, Some(alpha)) if !above => {
                vec![self.num(alpha), Part::Op("· (exp("), self.num(z), Part::Op(") − 1)")]
            }
            (_, Some(alpha)) if !above => {
                let mut parts = vec![self.num(alpha), Part::Op("·")];
                self.operand(&mut parts, z);
                parts
            }
            (_, Some(_)) => self.call("g(", z, ")"),
            (Activation::Sigmoid, _) => {
                let mut parts = vec![Part::Op("1 ∕ (1 + exp(−")];
                self.operand(&mut parts, z);
                parts.push(Part::Op("))"));
                parts
            }
            (Activation::Silu, _) => {
                vec![self.num(z), Part::Op("· σ("), self.num(z), Part::Op(")")]
            }
            (Activation::Gelu, _) => {
                vec![self.num(z), Part::Op("· Φ("), self.num(z), Part::Op(")")]
            }
            (Activation::Softplus, _) => self.call("ln(1 + exp(", z, "))"),
            (Activation::Tanh, _) => self.call("tanh(", z, ")"),
            _ => self.call("g(", z, ")"),
        }
    }

    fn slope(&self, g: Activation, z: Id, a: Id, alpha: Option<Id>) -> Vec<Part> {
        let above = self.trace.value(z) > 0.0;
        match (g, alpha) {
            (Activation::Sigmoid, _) => {
                vec![self.num(a), Part::Op("· (1 −"), self.num(a), Part::Op(")")]
            }
            (Activation::Tanh, _) => self.call("1 − (", a, ")²"),
            (Activation::Elu { .. }, Some(alpha)) if !above => {
                vec![self.num(alpha), Part::Op("· exp("), self.num(z), Part::Op(")")]
            }
            (_, Some(alpha)) if !above => vec![self.num(alpha)],
            _ => self.call("g′(", z, ")"),
        }
    }

    fn softmax(&self, logits: Run, which: u32) -> Vec<Part> {
        let own = logits.first + which * logits.stride;
        let mut parts = self.call("exp(", own, ") ∕ (");
        for (n, id) in logits.ids().enumerate() {
            parts.extend(self.call(if n == 0 { "exp(" } else { "+ exp(" }, id, ")"));
        }
        parts.push(Part::Op(")"));
        parts
    }

    /// The loss from ŷ and y, as its formula shows it, though cross entropies are computed from z.
    fn loss(&self, loss: Loss, outputs: Run, targets: Run) -> Vec<Part> {
        let mut parts = Vec::new();
        for (z, y) in outputs.ids().zip(targets.ids()) {
            let term = match loss {
                Loss::HalfSquaredError => self.half_square(z, y),
                Loss::BinaryCrossEntropy => self.binary(z, y),
                Loss::SoftmaxCrossEntropy => self.surprise(z, y),
            };
            if !parts.is_empty() && !term.is_empty() {
                parts.push(Part::Op("+"));
            }
            parts.extend(term);
        }
        parts
    }

    fn half_square(&self, a: Id, y: Id) -> Vec<Part> {
        let mut parts = vec![Part::Op("½ ·"), Part::Op("("), self.num(a), Part::Op("−")];
        self.operand(&mut parts, y);
        parts.push(Part::Op(")²"));
        parts
    }

    /// −y ln ŷ − (1 − y) ln(1 − ŷ) = ln(1 + e^z) − y·z.
    fn binary(&self, z: Id, y: Id) -> Vec<Part> {
        let mut parts = self.call("ln(1 + exp(", z, ")) −");
        parts.extend(self.product(y, z));
        parts
    }

    fn surprise(&self, z: Id, y: Id) -> Vec<Part> {
        if self.trace.value(y) == 0.0 {
            return vec![];
        }
        let a = self.num(self.activation_at(z));
        vec![Part::Op("−"), self.num(y), Part::Op("· ln("), a, Part::Op(")")]
    }

    /// The step of the activation a of a z.
    fn activation_at(&self, z: Id) -> Id {
        let a = match self.slot(z) {
            Slot::Z { s, l, j } => self.trace.find(Slot::A { s, l, j }),
            _ => None,
        };
        a.unwrap_or(z)
    }

    /// Whether layer `l` is inactive or saturated at a unit's z: the key of the mark.
    pub fn mark(&self, s: usize, l: usize, j: usize) -> Option<&'static str> {
        let g = self.case.network.layers().get(l)?.activation.unitwise()?;
        let z = self.trace.value_of(Slot::Z { s, l, j })?;
        if g.inactive(z) {
            Some("mark.inactive")
        } else if g.saturated(z) {
            Some("mark.saturated")
        } else {
            None
        }
    }
}

/// Whether the last layer's activation is softmax.
pub fn ends_in_softmax(case: &Case) -> bool {
    case.network.last().activation == LayerActivation::Softmax
}

/// The kind of a slot in the keys of words and formulas.
pub fn slot_key(slot: Slot) -> &'static str {
    match slot {
        Slot::X { .. } => "x",
        Slot::Y { .. } => "y",
        Slot::W { .. } => "w",
        Slot::B { .. } => "b",
        Slot::Alpha { .. } => "alpha",
        Slot::Rate => "rate",
        Slot::LeftW { .. } => "left_w",
        Slot::LeftB { .. } => "left_b",
        Slot::Product { .. } => "product",
        Slot::Z { .. } => "z",
        Slot::A { .. } => "a",
        Slot::Loss { .. } => "loss",
        Slot::MeanLoss => "mean_loss",
        Slot::BackProduct { .. } => "back_product",
        Slot::DA { .. } => "da",
        Slot::Slope { .. } => "slope",
        Slot::DZ { .. } => "dz",
        Slot::DW { .. } => "dw",
        Slot::DB { .. } => "db",
        Slot::AlphaSlope { .. } => "alpha_slope",
        Slot::DAlphaTerm { .. } => "dalpha_term",
        Slot::DAlpha { .. } => "dalpha",
        Slot::MeanDW { .. } => "mean_dw",
        Slot::MeanDB { .. } => "mean_db",
        Slot::MeanDAlpha { .. } => "mean_dalpha",
        Slot::NextW { .. } => "next_w",
        Slot::NextB { .. } => "next_b",
        Slot::NextAlpha { .. } => "next_alpha",
    }
}

/// A slot's indices as the page writes them, from 1.
pub fn indices(slot: Slot) -> BTreeMap<&'static str, String> {
    let mut at = BTreeMap::new();
    let mut put = |name, index: Option<usize>| {
        if let Some(index) = index {
            at.insert(name, index.to_string());
        }
    };
    put("l", slot.layer().map(|l| l + 1));
    put("m", slot.layer());
    put("n", slot.layer().map(|l| l + 2));
    put("j", slot.unit().map(|j| j + 1));
    put("i", slot.incoming().map(|i| i + 1));
    put("s", slot.sample().map(|s| s + 1));
    if let Slot::BackProduct { k, .. } = slot {
        put("k", Some(k + 1));
    }
    at
}

/// `say` with where the slot's weight comes from in its gap: an input, or a unit of the layer below.
fn with_source(say: Say, slot: Slot) -> Say {
    match (slot.layer(), slot.incoming()) {
        (Some(0), Some(i)) => say.text("from", Slot::X { s: 0, i }.symbol()),
        (Some(_), Some(i)) => say.say("from", Say::new("title.from_unit").text("i", i + 1)),
        _ => say,
    }
}

/// `say` with the slot's indices in its gaps.
pub fn with_indices(mut say: Say, slot: Slot) -> Say {
    for (name, index) in indices(slot) {
        say.args.insert(name.into(), Arg::Text(index));
    }
    say
}
