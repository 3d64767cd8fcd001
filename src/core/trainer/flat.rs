//! A network's parameters in one row, with the place of each.

use std::ops::Range;

use crate::activation::Activation;
use crate::network::{LayerActivation, Network};

/// One layer's shape, and where its parameters stand.
#[derive(Debug, Clone)]
pub struct Shape {
    pub inputs: usize,
    pub units: usize,
    activation: LayerActivation,
    first: usize,
}

impl Shape {
    /// W, row by row.
    pub fn weights(&self) -> Range<usize> {
        self.first..self.first + self.units * self.inputs
    }

    /// b.
    pub fn biases(&self) -> Range<usize> {
        let end = self.weights().end;
        end..end + self.units
    }

    /// α; unused where the activation has none.
    pub fn alpha(&self) -> usize {
        self.biases().end
    }

    /// The activation with the α among `parameters`.
    pub fn activation(&self, parameters: &[f64]) -> LayerActivation {
        match self.activation {
            LayerActivation::Unitwise(g) => {
                LayerActivation::Unitwise(g.with_alpha(parameters[self.alpha()]))
            }
            LayerActivation::Softmax => LayerActivation::Softmax,
        }
    }

    pub fn draws_alpha(&self) -> bool {
        matches!(self.activation.unitwise(), Some(Activation::Rrelu { .. }))
    }
}

/// The shapes of `network`'s layers.
pub fn shapes(network: &Network) -> Vec<Shape> {
    let mut first = 0;
    let shape = |layer: &crate::network::Layer| {
        let (inputs, units) = (layer.inputs(), layer.units());
        let shape = Shape { inputs, units, activation: layer.activation, first };
        first = shape.alpha() + 1;
        shape
    };
    network.layers().iter().map(shape).collect()
}

/// The parameters of `network`, as [`shapes`] places them.
pub fn parameters(network: &Network) -> Vec<f64> {
    let layer = |layer: &crate::network::Layer| {
        let weights: Vec<f64> = layer.rows().flatten().copied().collect();
        let alpha = layer.activation.alpha().unwrap_or_default();
        [weights, layer.biases().to_vec(), vec![alpha]].concat()
    };
    network.layers().iter().flat_map(layer).collect()
}

/// Puts `parameters` into `network`, which has these `shapes`.
pub fn put_back(network: &mut Network, shapes: &[Shape], parameters: &[f64]) {
    for (layer, shape) in network.layers_mut().iter_mut().zip(shapes) {
        layer.set_parameters(&parameters[shape.weights()], &parameters[shape.biases()]);
        layer.set_alpha(parameters[shape.alpha()]);
    }
}
