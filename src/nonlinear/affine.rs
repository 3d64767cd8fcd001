//! Layers without an activation, multiplied into one.

use crate::network::Layer;

/// x ↦ W x + b, with W of n_out rows of n_in.
#[derive(Debug, Clone, PartialEq)]
pub struct Affine {
    pub weights: Vec<Vec<f64>>,
    pub biases: Vec<f64>,
}

impl Affine {
    /// What `layer` does to its inputs before its activation.
    pub fn of(layer: &Layer) -> Affine {
        let weights = layer.rows().map(<[f64]>::to_vec).collect();
        Affine { weights, biases: layer.biases().to_vec() }
    }

    /// The one map that does what all of `layers` do, the first one nearest to the input, if none
    /// had an activation; `None` for no layer.
    pub fn collapsed(layers: &[Layer]) -> Option<Affine> {
        layers.iter().map(Affine::of).reduce(|product, next| next.after(&product))
    }

    /// First `first`, then this one: W W₁ and W b₁ + b.
    pub fn after(&self, first: &Affine) -> Affine {
        let columns = first.weights.first().map_or(0, Vec::len);
        let entry = |row: &[f64], i: usize| dot(row, first.weights.iter().map(|under| under[i]));
        let row = |row: &Vec<f64>| (0..columns).map(|i| entry(row, i)).collect();
        Affine {
            weights: self.weights.iter().map(row).collect(),
            biases: self.value(&first.biases),
        }
    }

    /// W x + b.
    pub fn value(&self, x: &[f64]) -> Vec<f64> {
        sums(self.weights.iter().map(Vec::as_slice), &self.biases, x)
    }
}

/// A layer's weighted sums, W x + b.
pub fn weighted(layer: &Layer, x: &[f64]) -> Vec<f64> {
    sums(layer.rows(), layer.biases(), x)
}

fn sums<'a>(rows: impl Iterator<Item = &'a [f64]>, biases: &[f64], x: &[f64]) -> Vec<f64> {
    rows.zip(biases).map(|(row, b)| dot(row, x.iter().copied()) + b).collect()
}

fn dot(row: &[f64], column: impl Iterator<Item = f64>) -> f64 {
    row.iter().zip(column).map(|(w, x)| w * x).reduce(|sum, product| sum + product).unwrap_or(0.0)
}
