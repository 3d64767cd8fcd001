//! How large dz is in each layer, and what made it so.

use crate::case::Samples;
use crate::loss::Loss;
use crate::math;
use crate::network::{LayerActivation, Network};

/// A layer's dz, as the root of its mean square over units and samples, and what it was made of:
/// |dz^{[l]}| = |dz^{[l+1]}| · weights · slopes. In the last layer both factors are 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    pub dz: f64,
    /// |da^{[l]}| ∕ |dz^{[l+1]}|: what W^{[l+1]ᵀ} makes of it.
    pub weights: f64,
    /// |dz^{[l]}| ∕ |da^{[l]}|: what g′ makes of it.
    pub slopes: f64,
}

/// z and a of each layer for one sample.
type Cache = Vec<(Vec<f64>, Vec<f64>)>;

/// The sizes of all layers, from the first on; dz is that of each sample's own loss.
pub fn sizes(network: &Network, loss: Loss, samples: &Samples) -> Vec<Size> {
    let layers = network.layers();
    // Sums of squares of da and dz.
    let mut squares = vec![(0.0, 0.0); layers.len()];
    for (x, y) in samples.inputs.iter().zip(&samples.targets) {
        let cache = forward(network, x);
        let mut da: Vec<f64> = vec![];
        for (l, layer) in layers.iter().enumerate().rev() {
            let (z, a) = &cache[l];
            let dz: Vec<f64> = if l + 1 == layers.len() {
                output(layer.activation, loss, (z, a), y)
            } else {
                let slope = slope(layer.activation);
                (0..z.len()).map(|j| da[j] * slope(z[j], a[j])).collect()
            };
            squares[l].0 += da.iter().map(|d| d * d).sum::<f64>();
            squares[l].1 += dz.iter().map(|d| d * d).sum::<f64>();
            da = (0..layer.inputs())
                .map(|i| (0..layer.units()).fold(0.0, |sum, j| sum + layer.weight(j, i) * dz[j]))
                .collect();
        }
    }
    let size =
        |l: usize, of: f64| math::sqrt(of / (layers[l].units() * samples.len().max(1)) as f64);
    let dz: Vec<f64> = squares.iter().enumerate().map(|(l, s)| size(l, s.1)).collect();
    let made = |(l, s): (usize, &(f64, f64))| match dz.get(l + 1) {
        None => Size { dz: dz[l], weights: 1.0, slopes: 1.0 },
        Some(&above) => {
            let da = size(l, s.0);
            Size { dz: dz[l], weights: part(da, above), slopes: part(dz[l], da) }
        }
    };
    squares.iter().enumerate().map(made).collect()
}

/// a ∕ b; nothing of nothing is 0.
fn part(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { a / b }
}

fn forward(network: &Network, x: &[f64]) -> Cache {
    let mut below = x.to_vec();
    let layer = |layer: &crate::network::Layer| {
        let sum = |(j, row): (usize, &[f64])| {
            row.iter().zip(&below).fold(layer.bias(j), |sum, (w, a)| sum + w * a)
        };
        let z: Vec<f64> = layer.rows().enumerate().map(sum).collect();
        let a: Vec<f64> = match layer.activation {
            LayerActivation::Unitwise(g) => z.iter().map(|&z| g.value(z)).collect(),
            LayerActivation::Softmax => softmax(&z),
        };
        below.clone_from(&a);
        (z, a)
    };
    network.layers().iter().map(layer).collect()
}

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = math::max(z.iter().copied());
    let powers: Vec<f64> = z.iter().map(|z| math::exp(z - largest)).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

fn slope(activation: LayerActivation) -> impl Fn(f64, f64) -> f64 {
    move |z, a| activation.unitwise().map_or(1.0, |g| g.slope_at(z, a))
}

/// dz of the last layer: ŷ − y, and for the squared error times g′.
fn output(
    activation: LayerActivation,
    loss: Loss,
    (z, a): (&[f64], &[f64]),
    y: &[f64],
) -> Vec<f64> {
    let slope = slope(activation);
    let error = |j: usize| match loss {
        Loss::HalfSquaredError => (a[j] - y[j]) * slope(z[j], a[j]),
        Loss::BinaryCrossEntropy | Loss::SoftmaxCrossEntropy => a[j] - y[j],
    };
    (0..a.len()).map(error).collect()
}
