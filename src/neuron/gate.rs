//! The logic gates that one unit is asked to be.

use crate::name::Named;

/// A gate of two inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    And,
    Or,
    Nand,
    Nor,
    Xor,
}

impl Gate {
    /// The four pairs of inputs, in the order of a truth table.
    pub const INPUTS: [[f64; 2]; 4] = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];

    /// Whether the gate is on for these inputs.
    pub fn on(self, [x1, x2]: [f64; 2]) -> bool {
        let (one, other) = (x1 == 1.0, x2 == 1.0);
        match self {
            Gate::And => one && other,
            Gate::Or => one || other,
            Gate::Nand => !(one && other),
            Gate::Nor => !(one || other),
            Gate::Xor => one != other,
        }
    }
}

impl Named for Gate {
    fn all() -> impl Iterator<Item = Self> {
        [Gate::And, Gate::Or, Gate::Nand, Gate::Nor, Gate::Xor].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Gate::And => "and",
            Gate::Or => "or",
            Gate::Nand => "nand",
            Gate::Nor => "nor",
            Gate::Xor => "xor",
        }
    }
}
