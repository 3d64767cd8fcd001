//! A stack of layers of two units, beside the one matrix and bias that they multiply into.

use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::affine::{Affine, weighted};
use super::within;
use crate::activation::Activation;
use crate::error::{Allowed, Error, Result};
use crate::network::{Layer, LayerActivation};

/// The most layers.
pub const DEEPEST: usize = 6;
/// Units in each layer, and inputs.
pub const WIDTH: usize = 2;
/// The largest input, to both sides of 0.
pub const FARTHEST: usize = 10;
/// Weights and biases are so many tenths, and never 0.
const TENTHS: i32 = 12;

/// The stack, how much of it is multiplied, and what goes in.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    depth: usize,
    seed: u64,
    layers: Vec<Layer>,
    /// How many layers, from the first on, are one by now.
    merged: usize,
    /// Whether there is ReLU between two layers.
    pub relu: bool,
    x: [f64; WIDTH],
    entry: Entry,
}

/// An entry of the product: its row, and its column of W, or `None` for b.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub row: usize,
    pub column: Option<usize>,
}

impl Stack {
    /// Three layers, of which none is multiplied yet.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn new() -> Result<Stack> {
        let (depth, seed) = (3, 1);
        let entry = Entry { row: 0, column: Some(0) };
        let layers = drawn(depth, seed)?;
        Ok(Stack { depth, seed, layers, merged: 1, relu: false, x: [1.0, -2.0], entry })
    }

    /// Takes another number of layers; those that stay keep their numbers.
    ///
    /// # Errors
    /// Fewer than 1 or more than [`DEEPEST`].
    pub fn set_depth(&mut self, depth: usize) -> Result<()> {
        within("depth", depth, (1, DEEPEST))?;
        self.layers = drawn(depth, self.seed)?;
        self.depth = depth;
        self.merged = self.merged.clamp(1, depth);
        Ok(())
    }

    /// Draws other weights and biases.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn set_seed(&mut self, seed: u64) -> Result<()> {
        self.layers = drawn(self.depth, seed)?;
        self.seed = seed;
        Ok(())
    }

    /// Makes one of the first `merged` layers.
    ///
    /// # Errors
    /// Fewer than 1 or more than there are.
    pub fn set_merged(&mut self, merged: usize) -> Result<()> {
        within("merged", merged, (1, self.depth))?;
        self.merged = merged;
        Ok(())
    }

    /// Sets input `unit`.
    ///
    /// # Errors
    /// There is no such input, or the value is beyond [`FARTHEST`].
    pub fn set_input(&mut self, unit: usize, value: f64) -> Result<()> {
        if value.is_nan() || value.abs() > FARTHEST as f64 {
            return Err(Error::range("x", value, Allowed::Within(FARTHEST)));
        }
        within("unit", unit, (0, WIDTH - 1))?;
        self.x[unit] = value;
        Ok(())
    }

    /// Chooses the entry whose arithmetic is shown.
    ///
    /// # Errors
    /// There is no such row or column.
    pub fn set_entry(&mut self, entry: Entry) -> Result<()> {
        within("row", entry.row, (0, WIDTH - 1))?;
        within("column", entry.column.unwrap_or(0), (0, WIDTH - 1))?;
        self.entry = entry;
        Ok(())
    }

    /// All layers, the first one nearest to the input.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    pub fn depth(&self) -> usize {
        self.depth
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn merged(&self) -> usize {
        self.merged
    }

    pub fn x(&self) -> [f64; WIDTH] {
        self.x
    }

    pub fn entry(&self) -> Entry {
        self.entry
    }

    /// The one map of the first `count` layers.
    pub fn product(&self, count: usize) -> Option<Affine> {
        Affine::collapsed(self.layers.get(..count)?)
    }

    /// What each of the merged layers gives for x, one after the other, the last one's without
    /// ReLU.
    pub fn path(&self) -> Vec<Passed> {
        let mut inputs = self.x.to_vec();
        let pass = |(l, layer): (usize, &Layer)| {
            let z = weighted(layer, &inputs);
            let between = self.relu && l + 1 < self.merged;
            let g = if between { Activation::Relu } else { Activation::Identity };
            inputs = z.iter().map(|&z| g.value(z)).collect();
            Passed { z, a: inputs.clone() }
        };
        self.layers[..self.merged].iter().enumerate().map(pass).collect()
    }
}

/// What a layer has made of its inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    pub z: Vec<f64>,
    /// g(z), with ReLU or nothing for g.
    pub a: Vec<f64>,
}

impl Passed {
    /// How many of its units ReLU has set to 0.
    pub fn inactive(&self) -> usize {
        self.z.iter().zip(&self.a).filter(|(z, a)| z != a).count()
    }
}

/// Layers of whole tenths: the same first ones for any depth.
fn drawn(depth: usize, seed: u64) -> Result<Vec<Layer>> {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let layer = |l: usize| {
        let weights = (0..WIDTH).map(|_| tenths(&mut rng)).collect();
        let biases = tenths(&mut rng);
        Layer::new(l, weights, biases, LayerActivation::Unitwise(Activation::Identity))
    };
    (0..depth).map(layer).collect()
}

fn tenths(rng: &mut impl Rng) -> Vec<f64> {
    let tenth = |_| {
        let size = rng.random_range(1..=TENTHS);
        let sign = if rng.random_bool(0.5) { -1 } else { 1 };
        f64::from(sign * size) / 10.0
    };
    (0..WIDTH).map(tenth).collect()
}
