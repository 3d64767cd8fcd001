//! Faulty steps in formulas and arithmetic: what is done, as it is done.

use super::Explainer;
use crate::activation::Activation;
use crate::say::Part;
use crate::trace::{Id, Op, Run, Slot, Wrong};

impl Explainer<'_> {
    /// The key of the formula of a faulty step; `None` for a sound one.
    pub(super) fn faulty_formula(&self, slot: Slot, op: Op) -> Option<&'static str> {
        Some(match (slot, op) {
            (Slot::DZ { .. }, Op::Copy(_)) => "dz.copy",
            (Slot::DA { .. }, Op::Sum(terms)) => match self.reads(terms)? {
                Reads::Updated => "da.updated",
                Reads::Row => "da.row",
            },
            (Slot::BackProduct { .. }, Op::Product(w, _)) => match self.weight_of(slot, w)? {
                Reads::Updated => "back_product.updated",
                Reads::Row => "back_product.row",
            },
            (_, Op::Wrong(wrong)) => match (slot, wrong) {
                (_, Wrong::SlopeAt { .. }) => "slope.a",
                (_, Wrong::AddProduct { .. }) => "dw.added",
                (_, Wrong::Add { .. }) => "db.added",
                (_, Wrong::Repeated { .. }) => "next_b.repeated",
                (Slot::NextW { .. }, Wrong::Uphill { .. }) => "next_w.uphill",
                (_, Wrong::Uphill { .. }) => "next_b.uphill",
            },
            _ => return None,
        })
    }

    /// What the terms of da are made with, if not with the weights that are due.
    fn reads(&self, terms: Run) -> Option<Reads> {
        terms.ids().find_map(|id| match self.trace.get(id)?.op {
            Op::Product(w, _) => self.weight_of(self.slot(id), w),
            _ => None,
        })
    }

    fn weight_of(&self, term: Slot, weight: Id) -> Option<Reads> {
        let Slot::BackProduct { j, k, .. } = term else {
            return None;
        };
        match self.slot(weight) {
            Slot::NextW { .. } => Some(Reads::Updated),
            Slot::W { j: row, i: column, .. } if (row, column) != (k, j) => Some(Reads::Row),
            _ => None,
        }
    }

    /// The operation with its operands' numbers, without the result.
    pub(super) fn faulty_arithmetic(&self, wrong: Wrong) -> Vec<Part> {
        match wrong {
            Wrong::SlopeAt { g, x } => match g {
                Activation::Tanh => self.call("1 − tanh(", x, ")²"),
                Activation::Sigmoid => {
                    let mut parts = self.call("σ(", x, ") · (1 − σ(");
                    parts.extend([self.num(x), Part::Op("))")]);
                    parts
                }
                _ => self.call("g′(", x, ")"),
            },
            Wrong::AddProduct { left, x, y } => {
                let mut parts = vec![self.num(left), Part::Op("+")];
                self.operand(&mut parts, x);
                parts.push(Part::Op("·"));
                self.operand(&mut parts, y);
                parts
            }
            Wrong::Add { left, x } => {
                let mut parts = vec![self.num(left), Part::Op("+")];
                self.operand(&mut parts, x);
                parts
            }
            Wrong::Repeated { value, rate, gradient, times } => {
                let once = (rate, gradient);
                (0..times).fold(vec![self.num(value)], |parts, _| self.moved(parts, "−", once))
            }
            Wrong::Uphill { value, rate, gradient } => {
                self.moved(vec![self.num(value)], "+", (rate, gradient))
            }
        }
    }

    fn moved(
        &self,
        mut parts: Vec<Part>,
        sign: &'static str,
        (rate, gradient): (Id, Id),
    ) -> Vec<Part> {
        parts.push(Part::Op(sign));
        self.operand(&mut parts, rate);
        parts.push(Part::Op("·"));
        self.operand(&mut parts, gradient);
        parts
    }
}

/// Which weights came into da in place of the right ones.
enum Reads {
    Updated,
    Row,
}
