//! The arithmetic of a training step, for K samples at a time. Every inner loop runs across the
//! samples, so that the compiler turns it into SIMD; each lane's operations and their order are
//! those of a single sample.

use super::flat::Shape;
use super::table::Table;
use crate::activation::Activation;
use crate::loss::Loss;
use crate::math;
use crate::network::LayerActivation;

/// The most samples in a block: five pairs of lanes, as many as fit the registers.
pub const BLOCK: usize = 10;

/// A unit's numbers for each sample of a block.
type Lanes<const K: usize> = [f64; K];

/// A gradient in two parts, of the even and of the odd samples; it is their sum.
pub type Halves = [f64; 2];

/// What a block of samples needs while it is computed; of every layer the units one after the
/// other, each with a number for every sample.
#[derive(Debug, Clone)]
pub struct Work {
    /// a by layer, beginning with the inputs.
    a: Vec<Vec<f64>>,
    /// z by layer.
    z: Vec<Vec<f64>>,
    y: Vec<f64>,
    /// da and dz of the layer at work.
    da: Vec<f64>,
    dz: Vec<f64>,
}

impl Work {
    pub fn new(shapes: &[Shape]) -> Work {
        let room = |units: usize| vec![0.0; units * BLOCK];
        let inputs = shapes.first().map_or(0, |shape| shape.inputs);
        let outputs = shapes.last().map_or(0, |shape| shape.units);
        let widest = shapes.iter().map(|shape| shape.units).max().unwrap_or(0);
        let sizes = shapes.iter().map(|shape| shape.units);
        Work {
            a: [inputs].into_iter().chain(sizes.clone()).map(room).collect(),
            z: sizes.map(room).collect(),
            y: room(outputs),
            da: room(widest),
            dz: room(widest),
        }
    }

    /// z and a of unit j of layer l for sample k of the block of K.
    pub fn unit<const K: usize>(&self, l: usize, j: usize, k: usize) -> (f64, f64) {
        (self.z[l][j * K + k], self.a[l + 1][j * K + k])
    }

    /// y of output j for sample k of the block of K.
    pub fn target<const K: usize>(&self, j: usize, k: usize) -> f64 {
        self.y[j * K + k]
    }

    /// Computes z and a of `live` samples from `start` on; the lanes behind them repeat the last.
    pub fn forward<const K: usize>(
        &mut self,
        shapes: &[Shape],
        parameters: &[f64],
        activations: impl Fn(&Shape) -> LayerActivation,
        samples: &Table,
        (start, live): (usize, usize),
    ) {
        samples.load::<K>(start, live, &mut self.a[0], &mut self.y);
        for (l, shape) in shapes.iter().enumerate() {
            let (below, above) = self.a.split_at_mut(l + 1);
            let (x, z, a) = (lanes(&below[l]), lanes_mut::<K>(&mut self.z[l]), &mut above[0]);
            let (w, b) = (&parameters[shape.weights()], &parameters[shape.biases()]);
            weighted_sums::<K>(w, b, &x[..shape.inputs], &mut z[..shape.units]);
            let filled = shape.units * K;
            activate::<K>(activations(shape), &self.z[l][..filled], &mut a[..filled]);
        }
    }

    /// Adds the gradients of the block's first `live` samples, which [`Work::forward`] has
    /// computed, to `gradients`.
    pub fn backward<const K: usize>(
        &mut self,
        shapes: &[Shape],
        parameters: &[f64],
        loss: Loss,
        live: usize,
        gradients: &mut [Halves],
    ) {
        for (l, shape) in shapes.iter().enumerate().rev() {
            let filled = shape.units * K;
            let (z, a) = (&self.z[l][..filled], &self.a[l + 1][..filled]);
            let (da, dz) = (&mut self.da[..filled], &mut self.dz[..filled]);
            let (g, is_last) = (shape.activation(parameters), l + 1 == shapes.len());
            if is_last {
                let pairs = a.iter().zip(&self.y[..filled]);
                da.iter_mut().zip(pairs).for_each(|(da, (a, y))| *da = a - y);
                lanes_mut::<K>(da).iter_mut().for_each(|unit| unit[live..].fill(0.0));
            }
            match g {
                LayerActivation::Unitwise(g)
                    if !(is_last && loss.matches(LayerActivation::Unitwise(g))) =>
                {
                    through(g, z, a, da, dz);
                    if g.learns_alpha() {
                        let terms = z.iter().zip(&*da).map(|(&z, da)| da * g.alpha_slope(z));
                        gradients[shape.alpha()][0] += terms.fold(0.0, |sum, term| sum + term);
                    }
                }
                _ => dz.copy_from_slice(da),
            }
            let (x, dz) = (&lanes::<K>(&self.a[l])[..shape.inputs], lanes::<K>(dz));
            outer_product(dz, x, &mut gradients[shape.weights()]);
            for (db, dz) in gradients[shape.biases()].iter_mut().zip(dz) {
                add(db, halves(dz, &[1.0; K]));
            }
            if l > 0 {
                let da = &mut lanes_mut::<K>(&mut self.da)[..shape.inputs];
                back::<K>(&parameters[shape.weights()], dz, da);
            }
        }
    }
}

fn lanes<const K: usize>(numbers: &[f64]) -> &[Lanes<K>] {
    numbers.as_chunks().0
}

fn lanes_mut<const K: usize>(numbers: &mut [f64]) -> &mut [Lanes<K>] {
    numbers.as_chunks_mut().0
}

/// z = W x + b.
fn weighted_sums<const K: usize>(w: &[f64], b: &[f64], x: &[Lanes<K>], z: &mut [Lanes<K>]) {
    for ((row, b), z) in w.chunks_exact(x.len()).zip(b).zip(z) {
        let mut sum = [0.0; K];
        for (w, x) in row.iter().zip(x) {
            for k in 0..K {
                sum[k] += w * x[k];
            }
        }
        for k in 0..K {
            z[k] = sum[k] + b;
        }
    }
}

/// da of the layer below = Wᵀ dz.
fn back<const K: usize>(w: &[f64], dz: &[Lanes<K>], da: &mut [Lanes<K>]) {
    let inputs = da.len();
    for (i, da) in da.iter_mut().enumerate() {
        let mut sum = [0.0; K];
        for (w, dz) in w[i..].iter().step_by(inputs).zip(dz) {
            for k in 0..K {
                sum[k] += w * dz[k];
            }
        }
        *da = sum;
    }
}

/// dW += dz xᵀ, summed over the samples.
fn outer_product<const K: usize>(dz: &[Lanes<K>], x: &[Lanes<K>], dw: &mut [Halves]) {
    for (dz, row) in dz.iter().zip(dw.chunks_exact_mut(x.len())) {
        for (x, dw) in x.iter().zip(row) {
            add(dw, halves(dz, x));
        }
    }
}

fn add(to: &mut Halves, more: Halves) {
    to[0] += more[0];
    to[1] += more[1];
}

/// Σ u v over the even and over the odd samples.
fn halves<const K: usize>(u: &Lanes<K>, v: &Lanes<K>) -> Halves {
    let mut sum = [0.0; 2];
    for k in (0..K).step_by(2) {
        sum[0] += u[k] * v[k];
        sum[1] += u[k + 1] * v[k + 1];
    }
    sum
}

/// a = g(z); see [`Activation::value`], with which the values agree to the bits.
fn activate<const K: usize>(g: LayerActivation, z: &[f64], a: &mut [f64]) {
    use Activation::*;
    let LayerActivation::Unitwise(g) = g else {
        return softmax::<K>(z, a);
    };
    match g {
        Identity => a.copy_from_slice(z),
        Tanh => map(z, a, math::tanh),
        Sigmoid => map(z, a, math::sigmoid),
        Relu => map(z, a, |z| if z <= 0.0 { 0.0 } else { z }),
        LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } if alpha != 0.0 => {
            map(z, a, |z| if z <= 0.0 { 0.0 + alpha * z } else { z });
        }
        _ => map(z, a, |z| g.value(z)),
    }
}

#[inline(always)]
fn map(z: &[f64], a: &mut [f64], g: impl Fn(f64) -> f64) {
    for (a, &z) in a.iter_mut().zip(z) {
        *a = g(z);
    }
}

/// e^{z_j − most} ∕ Σ e^{z_k − most} for each sample.
fn softmax<const K: usize>(z: &[f64], a: &mut [f64]) {
    let (z, a) = (lanes::<K>(z), lanes_mut::<K>(a));
    for k in 0..K {
        let most = math::max(z.iter().map(|z| z[k]));
        let mut sum = 0.0;
        for (a, z) in a.iter_mut().zip(z) {
            a[k] = math::exp(z[k] - most);
            sum += a[k];
        }
        for a in a.iter_mut() {
            a[k] /= sum;
        }
    }
}

/// dz = da g′(z); see [`Activation::slope_at`].
fn through(g: Activation, z: &[f64], a: &[f64], da: &[f64], dz: &mut [f64]) {
    use Activation::*;
    match g {
        Identity => dz.copy_from_slice(da),
        Tanh => multiply(a, da, dz, |a| 1.0 - a * a),
        Sigmoid => multiply(a, da, dz, |a| a * (1.0 - a)),
        Relu => multiply(z, da, dz, |z| if z <= 0.0 { 0.0 } else { 1.0 }),
        LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } => {
            multiply(z, da, dz, |z| if z <= 0.0 { alpha } else { 1.0 });
        }
        _ => {
            for (dz, (da, (&z, &a))) in dz.iter_mut().zip(da.iter().zip(z.iter().zip(a))) {
                *dz = da * g.slope_at(z, a);
            }
        }
    }
}

#[inline(always)]
fn multiply(of: &[f64], da: &[f64], dz: &mut [f64], slope: impl Fn(f64) -> f64) {
    for (dz, (da, &of)) in dz.iter_mut().zip(da.iter().zip(of)) {
        *dz = da * slope(of);
    }
}
