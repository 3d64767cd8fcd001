//! What a learner changes in the chapter "Why nonlinear".

use serde::{Deserialize, Serialize};

use super::plane::Classes;
use super::stack::Entry;
use super::{Nonlinear, Part, fit};
use crate::error::Result;
use crate::name::Named;

/// A change, as the page's JSON has it: `{"stack": {"depth": 4}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Stack(StackChange),
    Plane(PlaneChange),
    Fit(fit::Change),
}

/// A change of the stack of layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StackChange {
    Depth(usize),
    Seed(u64),
    /// How many layers, from the first on, are to be one.
    Merged(usize),
    Relu(bool),
    Input {
        unit: usize,
        value: f64,
    },
    /// The entry whose arithmetic is shown; b's have no column.
    Entry {
        row: usize,
        column: Option<usize>,
    },
}

/// A change of the plane and its network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaneChange {
    Set(String),
    Seed(u64),
    Relu(bool),
    Epoch(usize),
}

impl Nonlinear {
    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        self.touched = match change {
            Change::Stack(change) => self.change_stack(change).map(|()| Part::Stack)?,
            Change::Plane(change) => self.change_plane(change).map(|()| Part::Plane)?,
            Change::Fit(change) => self.fit.apply(change).map(|()| Part::Fit)?,
        };
        Ok(())
    }

    fn change_stack(&mut self, change: StackChange) -> Result<()> {
        let stack = &mut self.stack;
        match change {
            StackChange::Depth(depth) => stack.set_depth(depth),
            StackChange::Seed(seed) => stack.set_seed(seed),
            StackChange::Merged(merged) => stack.set_merged(merged),
            StackChange::Relu(on) => {
                stack.relu = on;
                Ok(())
            }
            StackChange::Input { unit, value } => stack.set_input(unit, value),
            StackChange::Entry { row, column } => stack.set_entry(Entry { row, column }),
        }
    }

    fn change_plane(&mut self, change: PlaneChange) -> Result<()> {
        let plane = &mut self.plane;
        match change {
            PlaneChange::Set(name) => plane.set_classes(Classes::named("set", &name)?),
            PlaneChange::Seed(seed) => plane.set_seed(seed),
            PlaneChange::Relu(on) => plane.set_relu(on),
            PlaneChange::Epoch(epoch) => plane.set_epoch(epoch),
        }
    }
}
