//! A network's parameters: layers with their shapes, checked once on construction.

use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::activation::Activation;
use crate::error::{Error, Result};
use crate::loss;
use crate::math;
use crate::name::Named;

/// What a layer does with its weighted sums z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LayerActivation {
    /// The same function for each unit by itself.
    Unitwise(Activation),
    /// ŷ_j = e^{z_j} ∕ Σ e^{z_k}: each output depends on all of the layer's z.
    Softmax,
}

use LayerActivation::*;

impl LayerActivation {
    /// α, where there is one.
    pub fn alpha(self) -> Option<f64> {
        self.unitwise()?.alpha()
    }

    /// The function of one number, where there is one.
    pub fn unitwise(self) -> Option<Activation> {
        match self {
            Unitwise(g) => Some(g),
            Softmax => None,
        }
    }
}

impl Named for LayerActivation {
    fn all() -> impl Iterator<Item = Self> {
        Activation::all().map(Unitwise).chain([Softmax])
    }

    fn name(self) -> &'static str {
        match self {
            Unitwise(g) => g.name(),
            Softmax => "softmax",
        }
    }
}

/// A layer: a = g(W a_below + b), with W of n_out × n_in.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// n_out rows of n_in, one after the other.
    weights: Vec<f64>,
    biases: Vec<f64>,
    inputs: usize,
    pub activation: LayerActivation,
}

impl Layer {
    /// A layer from `weights` as n_out rows of n_in numbers.
    ///
    /// # Errors
    /// No rows, empty rows, rows of different lengths, or another number of biases than of rows.
    /// The place is within `layers[l]`.
    pub fn new(
        l: usize,
        weights: Vec<Vec<f64>>,
        biases: Vec<f64>,
        activation: LayerActivation,
    ) -> Result<Layer> {
        let empty = |place: String| Error::Empty { place };
        let inputs = weights.first().ok_or_else(|| empty(format!("layers[{l}].weights")))?.len();
        if inputs == 0 {
            return Err(empty(format!("layers[{l}].weights[0]")));
        }
        for (j, row) in weights.iter().enumerate() {
            if row.len() != inputs {
                return Err(Error::Count {
                    place: format!("layers[{l}].weights[{j}]"),
                    found: row.len(),
                    wanted: inputs,
                    counterpart: format!("layers[{l}].weights[0]"),
                });
            }
        }
        if biases.len() != weights.len() {
            return Err(Error::Count {
                place: format!("layers[{l}].biases"),
                found: biases.len(),
                wanted: weights.len(),
                counterpart: format!("layers[{l}].weights"),
            });
        }
        let weights = weights.concat();
        Ok(Layer { weights, biases, inputs, activation })
    }

    /// Number of units below, n_in.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Number of units, n_out.
    pub fn units(&self) -> usize {
        self.biases.len()
    }

    /// Number of parameters: weights, biases and α where it is learned.
    pub fn parameters(&self) -> usize {
        let learned = self.activation.unitwise().is_some_and(Activation::learns_alpha);
        self.weights.len() + self.biases.len() + usize::from(learned)
    }

    /// W_{j,i}: unit j's weight for incoming unit i.
    pub fn weight(&self, j: usize, i: usize) -> f64 {
        self.weights[j * self.inputs + i]
    }

    /// b_j.
    pub fn bias(&self, j: usize) -> f64 {
        self.biases[j]
    }

    /// W_{j,i}, to change it; `None` outside of the matrix.
    pub fn weight_mut(&mut self, j: usize, i: usize) -> Option<&mut f64> {
        if i >= self.inputs {
            return None;
        }
        self.weights.get_mut(j.checked_mul(self.inputs)? + i)
    }

    /// b_j, to change it; `None` outside of the layer.
    pub fn bias_mut(&mut self, j: usize) -> Option<&mut f64> {
        self.biases.get_mut(j)
    }

    /// Sets all of W, row by row, and b; what is beyond their lengths is left out.
    pub fn set_parameters(&mut self, weights: &[f64], biases: &[f64]) {
        self.weights.iter_mut().zip(weights).for_each(|(to, from)| *to = *from);
        self.biases.iter_mut().zip(biases).for_each(|(to, from)| *to = *from);
    }

    /// Sets α of the layer's activation, where it has one.
    pub fn set_alpha(&mut self, alpha: f64) {
        if let Unitwise(g) = self.activation {
            self.activation = Unitwise(g.with_alpha(alpha));
        }
    }

    /// The rows of W.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.weights.chunks(self.inputs)
    }

    /// b.
    pub fn biases(&self) -> &[f64] {
        &self.biases
    }
}

/// Layers of which each fits on the one below.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
}

impl Network {
    /// A network of `layers`, the first one nearest to the input.
    ///
    /// # Errors
    /// No layer; a layer whose rows are not as long as the layer below has units; softmax
    /// below the last layer.
    pub fn new(layers: Vec<Layer>) -> Result<Network> {
        if layers.is_empty() {
            let place = "layers".into();
            return Err(Error::Empty { place });
        }
        for (below, pair) in layers.windows(2).enumerate() {
            if pair[1].inputs() != pair[0].units() {
                return Err(Error::UnitsBelow {
                    place: format!("layers[{}].weights[0]", below + 1),
                    found: pair[1].inputs(),
                    below,
                    units: pair[0].units(),
                });
            }
            if pair[0].activation == Softmax {
                let place = format!("layers[{below}].activation");
                return Err(Error::Softmax { place });
            }
        }
        Ok(Network { layers })
    }

    /// A network of these sizes (inputs first) with parameters drawn by `scheme` from `seed`.
    ///
    /// # Errors
    /// Fewer than two sizes or an empty layer.
    pub fn drawn(
        sizes: &[usize],
        hidden: Activation,
        last: LayerActivation,
        scheme: Init,
        seed: u64,
    ) -> Result<Network> {
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let layers = sizes.windows(2).enumerate().map(|(l, pair)| {
            let (inputs, units) = (pair[0], pair[1]);
            let activation = if l + 2 == sizes.len() { last } else { Unitwise(hidden) };
            let row = |_| (0..inputs).map(|_| scheme.draw(inputs, units, &mut rng)).collect();
            Layer::new(l, (0..units).map(row).collect(), vec![0.0; units], activation)
        });
        Network::new(layers.collect::<Result<_>>()?)
    }

    /// This network with other `sizes`: what is there already stays, and only what is new is drawn.
    /// `from[l]` is the layer of this network that becomes layer l, 0 being the inputs; a weight
    /// stays where both its ends and no layer between them do.
    ///
    /// # Errors
    /// As [`Network::drawn`].
    pub fn resized(
        &self,
        sizes: &[usize],
        from: &[Option<usize>],
        hidden: Activation,
        scheme: Init,
        seed: u64,
    ) -> Result<Network> {
        // Of a stream of its own: that of the seed gave the numbers that are there.
        let parameters = sizes.windows(2).map(|pair| pair[1] * (pair[0] + 1)).sum::<usize>();
        let seed = seed ^ (parameters as u64).wrapping_mul(GOLDEN);
        let last = self.last().activation;
        let mut network = Network::drawn(sizes, hidden, last, scheme, seed)?;
        let origin = |l: usize| from.get(l).copied().flatten();
        for (n, layer) in network.layers.iter_mut().enumerate() {
            let Some(o) = origin(n + 1).and_then(|l| l.checked_sub(1)) else {
                continue;
            };
            let Some(old) = self.layers.get(o) else {
                continue;
            };
            let below = origin(n) == Some(o);
            layer.activation = old.activation;
            for (j, (row, &bias)) in old.rows().zip(&old.biases).enumerate() {
                layer.bias_mut(j).into_iter().for_each(|to| *to = bias);
                for (i, &weight) in row.iter().enumerate().filter(|_| below) {
                    layer.weight_mut(j, i).into_iter().for_each(|to| *to = weight);
                }
            }
        }
        Network::new(network.layers)
    }

    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layers, to change their numbers; shapes can't change.
    pub fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    /// Number of inputs, then of units layer by layer.
    pub fn sizes(&self) -> Vec<usize> {
        let first = self.layers[0].inputs();
        std::iter::once(first).chain(self.layers.iter().map(Layer::units)).collect()
    }

    /// All parameters, in the order of [`Network::set_parameters`].
    pub fn flat(&self) -> Vec<f64> {
        let of = |layer: &Layer| {
            let learned = layer.activation.unitwise().filter(|g| g.learns_alpha());
            let alpha = learned.and_then(Activation::alpha);
            layer.weights.iter().chain(&layer.biases).copied().chain(alpha).collect::<Vec<_>>()
        };
        self.layers.iter().flat_map(of).collect()
    }

    /// Sets all parameters: layer by layer the rows of W, then b, then α where it is learned.
    ///
    /// # Errors
    /// Another number of `parameters` than the network has; it then stays as it is.
    pub fn set_parameters(&mut self, parameters: &[f64]) -> Result<()> {
        let (found, wanted) = (parameters.len(), self.layers.iter().map(Layer::parameters).sum());
        if found != wanted {
            let (place, counterpart) = ("parameters".into(), "layers".into());
            return Err(Error::Count { place, found, wanted, counterpart });
        }
        let mut rest = parameters;
        for layer in &mut self.layers {
            let (own, others) = rest.split_at(layer.parameters());
            let (weights, own) = own.split_at(layer.weights.len());
            let (biases, learned) = own.split_at(layer.biases.len());
            layer.set_parameters(weights, biases);
            learned.iter().for_each(|&alpha| layer.set_alpha(alpha));
            rest = others;
        }
        Ok(())
    }

    /// z of every unit for the input `x`, layer by layer.
    pub fn sums(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut below = x.to_vec();
        let mut all = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let products = |row: &[f64]| row.iter().zip(&below).map(|(w, a)| w * a).sum::<f64>();
            let z: Vec<f64> =
                layer.rows().zip(layer.biases()).map(|(row, b)| products(row) + b).collect();
            below = match layer.activation {
                Unitwise(g) => z.iter().map(|&z| g.value(z)).collect(),
                Softmax => (0..z.len()).map(|k| loss::softmax(z.iter().copied(), k)).collect(),
            };
            all.push(z);
        }
        all
    }

    /// The last layer.
    pub fn last(&self) -> &Layer {
        &self.layers[self.layers.len() - 1]
    }
}

/// 2⁶⁴ over the golden ratio: its multiples lie far apart.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// How the first weights are drawn; biases start at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Init {
    /// U(−½, ½), TensorFlow Playground's way.
    Uniform,
    /// N(0, 1).
    Normal,
    /// N(0, 2 ∕ (n_in + n_out)), Glorot & Bengio 2010.
    Xavier,
    /// N(0, 2 ∕ n_in), He et al. 2015.
    He,
    /// 0: the units of a layer can never become different.
    Zeros,
}

impl Init {
    pub const ALL: [Init; 5] = [Init::Uniform, Init::Normal, Init::Xavier, Init::He, Init::Zeros];

    fn draw(self, inputs: usize, units: usize, rng: &mut impl Rng) -> f64 {
        match self {
            Init::Uniform => uniform(rng) - 0.5,
            Init::Normal => normal(rng),
            Init::Xavier => normal(rng) * math::sqrt(2.0 / (inputs + units) as f64),
            Init::He => normal(rng) * math::sqrt(2.0 / inputs as f64),
            Init::Zeros => 0.0,
        }
    }
}

impl Named for Init {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Init::Uniform => "uniform",
            Init::Normal => "normal",
            Init::Xavier => "xavier",
            Init::He => "he",
            Init::Zeros => "zeros",
        }
    }
}

/// U[0, 1).
pub fn uniform(rng: &mut impl Rng) -> f64 {
    rng.random()
}

/// N(0, 1) by Box and Muller: √(−2 ln u) cos 2πv.
pub fn normal(rng: &mut impl Rng) -> f64 {
    let (u, v) = (1.0 - uniform(rng), uniform(rng));
    math::sqrt(-2.0 * math::ln(u)) * math::cos(std::f64::consts::TAU * v)
}
