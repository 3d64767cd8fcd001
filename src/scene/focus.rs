//! What the number in the card means for the picture: its unit, and the edges that carried it.

use super::View;
use super::marks::{Ink, Travel};
use crate::trace::{Id, Phase, Slot};

/// A line along which a number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    Weight {
        l: usize,
        j: usize,
        i: usize,
    },
    Bias {
        l: usize,
        j: usize,
    },
    /// From output j to the loss.
    Output {
        j: usize,
    },
    /// From target j to the loss.
    Target {
        j: usize,
    },
}

/// A place that can be outlined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    Input(usize),
    Unit { l: usize, j: usize },
    Loss,
}

/// The step in the card, as far as the picture shows it.
#[derive(Debug, Clone, Default)]
pub struct Focus {
    pub id: Option<Id>,
    pub slot: Option<Slot>,
    pub node: Option<Node>,
    operands: Vec<Id>,
    lit: Vec<(Wire, Travel)>,
}

impl Focus {
    /// Nothing while the step is not computed yet, or belongs to another sample.
    pub fn of(view: &View) -> Focus {
        let Some(id) = view.focus.filter(|&id| id <= view.shown) else {
            return Focus::default();
        };
        let Some(step) = view.trace.get(id) else {
            return Focus::default();
        };
        if step.slot.sample().is_some_and(|s| s != view.sample) {
            return Focus::default();
        }
        Focus {
            id: Some(id),
            slot: Some(step.slot),
            node: node(step.slot),
            operands: step.op.operands(),
            lit: lit(view, step.slot),
        }
    }

    /// Which way a number went along `wire`, if it did.
    pub fn travel(&self, wire: Wire) -> Option<Travel> {
        self.lit.iter().find(|(lit, _)| *lit == wire).map(|(_, travel)| *travel)
    }

    /// Whether `id` is the number in the card or one that it was made of.
    pub fn uses(&self, id: Id) -> bool {
        self.id == Some(id) || self.operands.contains(&id)
    }

    /// The unit in focus.
    pub fn unit(&self) -> Option<(usize, usize)> {
        match self.node {
            Some(Node::Unit { l, j }) => Some((l, j)),
            _ => None,
        }
    }

    pub fn phase(&self) -> Phase {
        self.slot.map_or(Phase::Given, Slot::phase)
    }

    /// The colour of the outline.
    pub fn ink(&self) -> Ink {
        match self.phase() {
            Phase::Forward | Phase::Loss => Ink::Forward,
            Phase::Backward => Ink::Backward,
            Phase::Given | Phase::Update => Ink::Ink,
        }
    }
}

fn node(slot: Slot) -> Option<Node> {
    match slot {
        Slot::X { i, .. } => Some(Node::Input(i)),
        Slot::Loss { .. } | Slot::MeanLoss | Slot::Y { .. } => Some(Node::Loss),
        _ => Some(Node::Unit { l: slot.layer()?, j: slot.unit()? }),
    }
}

fn lit(view: &View, slot: Slot) -> Vec<(Wire, Travel)> {
    use Travel::{Backward, Forward, Still};
    let layers = view.case.network.layers();
    let outputs = || 0..view.case.network.last().units();
    match slot {
        Slot::Product { l, j, i, .. } => vec![(Wire::Weight { l, j, i }, Forward)],
        Slot::A { l, .. } if layers[l].activation.unitwise().is_none() => vec![],
        Slot::Z { l, j, .. } | Slot::A { l, j, .. } => {
            let weights = (0..layers[l].inputs()).map(|i| Wire::Weight { l, j, i });
            weights.chain([Wire::Bias { l, j }]).map(|wire| (wire, Forward)).collect()
        }
        Slot::Loss { .. } | Slot::MeanLoss => outputs()
            .flat_map(|j| [Wire::Output { j }, Wire::Target { j }])
            .map(|wire| (wire, Forward))
            .collect(),
        Slot::Y { j, .. } => vec![(Wire::Target { j }, Still)],
        Slot::BackProduct { l, j, k, .. } => {
            vec![(Wire::Weight { l: l + 1, j: k, i: j }, Backward)]
        }
        Slot::DA { l, j, .. } | Slot::DZ { l, j, .. } if l + 1 == layers.len() => {
            vec![(Wire::Output { j }, Backward)]
        }
        Slot::DA { l, j, .. } | Slot::DZ { l, j, .. } => (0..layers[l + 1].units())
            .map(|k| (Wire::Weight { l: l + 1, j: k, i: j }, Backward))
            .collect(),
        Slot::DW { l, j, i, .. } => vec![(Wire::Weight { l, j, i }, Backward)],
        Slot::DB { l, j, .. } => vec![(Wire::Bias { l, j }, Backward)],
        Slot::W { l, j, i } | Slot::MeanDW { l, j, i } | Slot::NextW { l, j, i } => {
            vec![(Wire::Weight { l, j, i }, Still)]
        }
        Slot::B { l, j } | Slot::MeanDB { l, j } | Slot::NextB { l, j } => {
            vec![(Wire::Bias { l, j }, Still)]
        }
        _ => vec![],
    }
}
