//! Forward propagation of a block of points through the whole network, in f32.

use super::lanes::{LANES, Lanes, activate};
use crate::network::{LayerActivation, Network};

/// A network's parameters in f32, and room for one block's activations.
pub struct Forward {
    layers: Vec<Layer>,
    /// The inputs, then the units, layer by layer.
    activations: Vec<Lanes>,
}

struct Layer {
    inputs: usize,
    /// n_out rows of n_in.
    weights: Vec<f32>,
    biases: Vec<f32>,
    activation: LayerActivation,
}

impl Forward {
    pub fn new(network: &Network) -> Forward {
        let layers = network.layers().iter().map(|layer| Layer {
            inputs: layer.inputs(),
            weights: vec![0.0; layer.inputs() * layer.units()],
            biases: vec![0.0; layer.units()],
            activation: layer.activation,
        });
        let activations = vec![[0.0; LANES]; network.sizes().iter().sum()];
        let mut forward = Forward { layers: layers.collect(), activations };
        forward.update(network);
        forward
    }

    /// Takes over the parameters of `network`, which must be of the same shape.
    pub fn update(&mut self, network: &Network) {
        for (layer, from) in self.layers.iter_mut().zip(network.layers()) {
            let weights = from.rows().flatten();
            layer.weights.iter_mut().zip(weights).for_each(|(to, from)| *to = *from as f32);
            layer.biases.iter_mut().zip(from.biases()).for_each(|(to, from)| *to = *from as f32);
            layer.activation = from.activation;
        }
    }

    /// Where to put the inputs before [`Forward::run`].
    pub fn inputs(&mut self) -> &mut [Lanes] {
        let count = self.layers.first().map_or(0, |layer| layer.inputs);
        &mut self.activations[..count]
    }

    /// a of the inputs and of all units, layer by layer.
    pub fn run(&mut self) -> &[Lanes] {
        let mut start = 0;
        for layer in &self.layers {
            let (below, above) = self.activations[start..].split_at_mut(layer.inputs);
            let above = &mut above[..layer.biases.len()];
            layer.sums(below, above);
            activate(layer.activation, above);
            start += layer.inputs;
        }
        &self.activations
    }
}

impl Layer {
    /// z = W a_below + b.
    fn sums(&self, below: &[Lanes], above: &mut [Lanes]) {
        let rows = self.weights.chunks_exact(self.inputs);
        for ((z, row), bias) in above.iter_mut().zip(rows).zip(&self.biases) {
            // In registers until the sum is complete.
            let mut sum = [*bias; LANES];
            for (weight, a) in row.iter().zip(below) {
                for (sum, a) in sum.iter_mut().zip(a) {
                    *sum += weight * a;
                }
            }
            *z = sum;
        }
    }
}
