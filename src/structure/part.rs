//! The parts of a network that can be pointed at, and the way from one to the next.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Allowed, Error, Result};

/// A layer, a unit or a weight. Layer 0 are the inputs; units count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Layer {
        l: usize,
    },
    Unit {
        l: usize,
        j: usize,
    },
    /// The entry of W\[l\] in row j and column i: the edge from unit i of the layer below to
    /// unit j.
    Weight {
        l: usize,
        j: usize,
        i: usize,
    },
}

use Part::*;

/// The way of an arrow key, or to the first or last layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Left,
    Right,
    Up,
    Down,
    First,
    Last,
}

impl Part {
    /// The layer that it belongs to.
    pub fn layer(self) -> usize {
        match self {
            Layer { l } | Unit { l, .. } | Weight { l, .. } => l,
        }
    }

    /// Whether a network of these `sizes` (inputs first) has it.
    pub fn is_in(self, sizes: &[usize]) -> bool {
        let units = |l: usize| sizes.get(l).copied().unwrap_or(0);
        match self {
            Layer { l } => l < sizes.len(),
            Unit { l, j } => j < units(l),
            Weight { l, j, i } => l > 0 && j < units(l) && i < units(l - 1),
        }
    }

    /// The nearest part that a network of these `sizes` does have.
    pub fn nearest(self, sizes: &[usize]) -> Part {
        let layer = |l: usize| l.min(sizes.len() - 1);
        let unit = |l: usize, j: usize| j.min(sizes[l] - 1);
        match self {
            Layer { l } => Layer { l: layer(l) },
            Unit { l, j } => Unit { l: layer(l), j: unit(layer(l), j) },
            Weight { l, j, i } => {
                let l = layer(l);
                Weight { l, j: unit(l, j), i: unit(l - 1, i) }
            }
        }
    }

    /// Where an arrow leads from here: along a layer's units, across from unit to edge to unit,
    /// and entry by entry through W; at the end of the way it stays.
    pub fn walk(self, way: Way, sizes: &[usize]) -> Part {
        let last = sizes.len() - 1;
        match (way, self) {
            (Way::First, _) => Layer { l: 0 },
            (Way::Last, _) => Layer { l: last },
            (Way::Left, Layer { l }) if l > 0 => Layer { l: l - 1 },
            (Way::Right, Layer { l }) if l < last => Layer { l: l + 1 },
            (Way::Down, Layer { l }) => Unit { l, j: 0 },
            (Way::Up, Unit { l, j: 0 }) => Layer { l },
            (Way::Up, Unit { l, j }) => Unit { l, j: j - 1 },
            (Way::Down, Unit { l, j }) if j + 1 < sizes[l] => Unit { l, j: j + 1 },
            (Way::Left, Unit { l, j }) if l > 0 => Weight { l, j, i: j }.nearest(sizes),
            (Way::Right, Unit { l, j }) if l < last => Weight { l: l + 1, j, i: j }.nearest(sizes),
            (Way::Left, Weight { l, i, .. }) => Unit { l: l - 1, j: i },
            (Way::Right, Weight { l, j, .. }) => Unit { l, j },
            (Way::Down, Weight { l, j, i }) => entry(l, j * sizes[l - 1] + i + 1, sizes),
            (Way::Up, Weight { l, j, i }) => {
                entry(l, (j * sizes[l - 1] + i).saturating_sub(1), sizes)
            }
            (_, stays) => stays,
        }
    }

    /// The part that a link calls `name`.
    ///
    /// # Errors
    /// It is no such name, or of no part of a network of these `sizes`.
    pub fn read(name: &str, sizes: &[usize]) -> Result<Part> {
        let found = parse(name).filter(|part| part.is_in(sizes));
        found.ok_or_else(|| Error::range("part", name, Allowed::Index))
    }
}

/// Number `n` of the entries of W\[l\], row by row; the last one if there are not so many.
fn entry(l: usize, n: usize, sizes: &[usize]) -> Part {
    let n = n.min(sizes[l] * sizes[l - 1] - 1);
    Weight { l, j: n / sizes[l - 1], i: n % sizes[l - 1] }
}

fn parse(name: &str) -> Option<Part> {
    let kind = name.get(..1)?;
    let numbers = name.get(1..)?.split('.').map(|text| text.parse().ok());
    let numbers: Vec<usize> = numbers.collect::<Option<_>>()?;
    match (kind, &numbers[..]) {
        ("l", &[l]) => Some(Layer { l }),
        ("u", &[l, j]) => Some(Unit { l, j: j.checked_sub(1)? }),
        ("w", &[l, j, i]) => Some(Weight { l, j: j.checked_sub(1)?, i: i.checked_sub(1)? }),
        _ => None,
    }
}

/// As in a link: "l2", "u2.3", "w2.3.1", with units, rows and columns from 1.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Layer { l } => write!(f, "l{l}"),
            Unit { l, j } => write!(f, "u{l}.{}", j + 1),
            Weight { l, j, i } => write!(f, "w{l}.{}.{}", j + 1, i + 1),
        }
    }
}
