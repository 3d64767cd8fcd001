//! The chapter "Why nonlinear": a stack of layers and the one matrix that it is, a boundary that
//! stays straight until there is ReLU, and a curve made of hinges.

pub mod affine;
mod change;
mod contour;
mod course;
pub mod fit;
mod link;
pub mod plane;
pub mod stack;
pub mod target;

use crate::error::{Allowed, Error, Result};
use fit::Fit;
use plane::Plane;
use stack::Stack;

pub use change::{Change, PlaneChange, StackChange};
pub(crate) use link::{read, write};

/// The state of the chapter.
#[derive(Debug, Clone)]
pub struct Nonlinear {
    pub stack: Stack,
    pub plane: Plane,
    pub fit: Fit,
    /// Where the last change was.
    touched: Part,
}

/// A part of the chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Stack,
    Plane,
    Fit,
}

impl Nonlinear {
    /// The chapter as a stranger finds it.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn new() -> Result<Nonlinear> {
        let touched = Part::Stack;
        Ok(Nonlinear { stack: Stack::new()?, plane: Plane::new()?, fit: Fit::new()?, touched })
    }

    /// Where the last change was.
    pub fn touched(&self) -> Part {
        self.touched
    }
}

/// A whole number that has to be from `least` to `most`.
fn within(place: &str, value: usize, (least, most): (usize, usize)) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::range(place, value, Allowed::Between(least, most)))
}
