//! The arithmetic of a training step, for P pairs of samples at a time. Every inner loop runs
//! across the samples, as SIMD; each sample's operations and their order are as if it were alone.

use super::flat::Shape;
use super::pair::{Pair, Pairs};
use super::table::Table;
use crate::activation::Activation;
use crate::loss::Loss;
use crate::math::{self, Lanes as _};
use crate::network::LayerActivation;

/// The pairs in a large block: as many as fit the registers, and all of a batch of ten.
pub const PAIRS: usize = 5;
/// The samples in a large block.
pub const BLOCK: usize = 2 * PAIRS;

/// A unit's numbers for each sample of a block.
type Lanes<const P: usize> = [[f64; 2]; P];

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

    /// z and a of unit j of layer l for sample k of the block of P pairs.
    pub fn unit<const P: usize>(&self, l: usize, j: usize, k: usize) -> (f64, f64) {
        (self.z[l][j * 2 * P + k], self.a[l + 1][j * 2 * P + k])
    }

    /// y of output j for sample k of the block of P pairs.
    pub fn target<const P: usize>(&self, j: usize, k: usize) -> f64 {
        self.y[j * 2 * P + k]
    }

    /// Computes z and a of `live` samples from `start` on; the lanes behind them repeat the last.
    pub fn forward<const P: usize>(
        &mut self,
        shapes: &[Shape],
        parameters: &[f64],
        activations: impl Fn(&Shape) -> LayerActivation,
        samples: &Table,
        (start, live): (usize, usize),
    ) {
        samples.load::<P>(start, live, &mut self.a[0], &mut self.y);
        for (l, shape) in shapes.iter().enumerate() {
            let (below, above) = self.a.split_at_mut(l + 1);
            let (x, filled) = (&lanes(&below[l])[..shape.inputs], shape.units * 2 * P);
            let (z, a) = (&mut self.z[l][..filled], &mut above[0][..filled]);
            let (w, b) = (&parameters[shape.weights()], &parameters[shape.biases()]);
            propagate::<P>(activations(shape), w, b, x, z, a);
        }
    }

    /// The gradients of the block's first `live` samples, which [`Work::forward`] has computed:
    /// they take the place of `gradients` if it is the batch's `first` block, else they are added.
    pub fn backward<const P: usize>(
        &mut self,
        shapes: &[Shape],
        parameters: &[f64],
        loss: Loss,
        (live, first): (usize, bool),
        gradients: &mut [f64],
    ) {
        // Whether the slope of the layer at work is in dz already.
        let mut passed = false;
        for (l, shape) in shapes.iter().enumerate().rev() {
            let filled = shape.units * 2 * P;
            let (z, a) = (&self.z[l][..filled], &self.a[l + 1][..filled]);
            let (da, dz) = (&mut self.da[..filled], &mut self.dz[..filled]);
            let (g, is_last) = (shape.activation(parameters), l + 1 == shapes.len());
            // Where loss and activation match, ŷ − y is dz already.
            if is_last {
                passed = loss.matches(g);
                let error = if passed { &mut *dz } else { &mut *da };
                let pairs = a.iter().zip(&self.y[..filled]);
                error.iter_mut().zip(pairs).for_each(|(e, (a, y))| *e = a - y);
                if live < 2 * P {
                    let units = error.chunks_exact_mut(2 * P);
                    units.for_each(|unit| unit[live..].fill(0.0));
                }
            }
            if let (LayerActivation::Unitwise(g), false) = (g, passed) {
                through::<P>(g, z, a, da, dz);
                if g.learns_alpha() {
                    let terms = z.iter().zip(&*da).map(|(&z, da)| da * g.alpha_slope(z));
                    let sum = terms.fold(0.0, |sum, term| sum + term);
                    let to = &mut gradients[shape.alpha()];
                    *to = if first { 0.0 } else { *to } + sum;
                }
            }
            let (x, dz) = (&lanes::<P>(&self.a[l])[..shape.inputs], lanes::<P>(dz));
            let dw = &mut gradients[shape.weights()];
            match first {
                true => outer_product::<P, true>(dz, x, dw),
                false => outer_product::<P, false>(dz, x, dw),
            }
            for (db, dz) in gradients[shape.biases()].iter_mut().zip(dz) {
                let sum = sum(dz.map(|pair| Pair::load(&pair))).sum();
                *db = if first { sum } else { *db + sum };
            }
            if l > 0 {
                let (w, g) = (&parameters[shape.weights()], shapes[l - 1].activation(parameters));
                let (z, a) = (&lanes(&self.z[l - 1])[..shape.inputs], x);
                passed = pull::<P>(g, w, dz, (z, a), &mut self.da);
                if passed {
                    std::mem::swap(&mut self.da, &mut self.dz);
                }
            }
        }
    }
}

fn lanes<const P: usize>(numbers: &[f64]) -> &[Lanes<P>] {
    numbers.as_chunks().0.as_chunks().0
}

fn lanes_mut<const P: usize>(numbers: &mut [f64]) -> &mut [Lanes<P>] {
    numbers.as_chunks_mut().0.as_chunks_mut().0
}

/// z = W x + b and a = g(z), of each unit while its z is still in the registers where g is among
/// the usual ones; see [`Activation::value`], with which the values agree to the bits.
fn propagate<const P: usize>(
    g: LayerActivation,
    w: &[f64],
    b: &[f64],
    x: &[Lanes<P>],
    z: &mut [f64],
    a: &mut [f64],
) {
    use Activation::*;
    let LayerActivation::Unitwise(g) = g else {
        each_unit(w, b, x, z, a, |z| z);
        return softmax::<P>(z, a);
    };
    match g {
        Identity => each_unit(w, b, x, z, a, |z| z),
        Tanh => each_unit(w, b, x, z, a, math::tanh),
        Sigmoid => each_unit(w, b, x, z, a, math::sigmoid),
        Relu => each_unit(w, b, x, z, a, |z| z.gated(z)),
        LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } if alpha != 0.0 => {
            // Adding 0 makes 0 of −0.
            let (alpha, nought) = (Pairs::all(alpha), Pairs::all(0.0));
            each_unit(w, b, x, z, a, |z| z.or_where_negative(alpha * z, z) + nought);
        }
        _ => {
            each_unit(w, b, x, z, a, |z| z);
            a.iter_mut().for_each(|a| *a = g.value(*a));
        }
    }
}

#[inline(always)]
fn each_unit<const P: usize>(
    w: &[f64],
    b: &[f64],
    x: &[Lanes<P>],
    z: &mut [f64],
    a: &mut [f64],
    g: impl Fn(Pairs<P>) -> Pairs<P>,
) {
    let (z, a) = (lanes_mut(z), lanes_mut(a));
    for (((row, b), z), a) in w.chunks_exact(x.len()).zip(b).zip(z).zip(a) {
        let sum = Pairs(combined([*b], row.iter().map(|w| [*w]), x).map(|[sum]| sum));
        put(sum, z);
        put(g(sum), a);
    }
}

/// da of the layer below = Wᵀ dz, or its dz where g, its activation, is among the usual ones:
/// the slope is taken while da is still in the registers. Whether it was.
fn pull<const P: usize>(
    g: LayerActivation,
    w: &[f64],
    dz: &[Lanes<P>],
    (z, a): (&[Lanes<P>], &[Lanes<P>]),
    to: &mut [f64],
) -> bool {
    use Activation::*;
    let (one, to) = (Pairs::all(1.0), &mut lanes_mut(to)[..z.len()]);
    match g {
        LayerActivation::Unitwise(Tanh) => back(w, dz, a, to, |da, a| da * (one - a * a)),
        LayerActivation::Unitwise(Relu) => back(w, dz, z, to, Pairs::gated),
        _ => {
            back(w, dz, z, to, |da, _| da);
            return false;
        }
    }
    true
}

/// Wᵀ dz and then `pass` with what `of` says of the unit; two units at a time.
#[inline(always)]
fn back<const P: usize>(
    w: &[f64],
    dz: &[Lanes<P>],
    of: &[Lanes<P>],
    to: &mut [Lanes<P>],
    pass: impl Fn(Pairs<P>, Pairs<P>) -> Pairs<P>,
) {
    let n = to.len();
    let ((twos, last), (of_twos, of_last)) = (to.as_chunks_mut::<2>(), of.as_chunks::<2>());
    for (k, (to, of)) in twos.iter_mut().zip(of_twos).enumerate() {
        let weights = w.chunks_exact(n).map(|row| row.as_chunks::<2>().0[k]);
        let sums = combined([0.0; 2], weights, dz);
        for (u, (to, of)) in to.iter_mut().zip(of).enumerate() {
            put(pass(Pairs(sums.map(|sums| sums[u])), get(of)), to);
        }
    }
    for (to, of) in last.iter_mut().zip(of_last) {
        let sums = combined([0.0], w.chunks_exact(n).map(|row| [row[n - 1]]), dz);
        put(pass(Pairs(sums.map(|[sum]| sum)), get(of)), to);
    }
}

/// start + Σ w x for each sample, of U units.
#[inline(always)]
fn combined<const P: usize, const U: usize>(
    start: [f64; U],
    weights: impl Iterator<Item = [f64; U]>,
    x: &[Lanes<P>],
) -> [[Pair; U]; P] {
    let mut sums = [start.map(Pair::all); P];
    for (w, x) in weights.zip(x) {
        let w = w.map(Pair::all);
        for (sums, x) in sums.iter_mut().zip(x) {
            let x = Pair::load(x);
            for (sum, w) in sums.iter_mut().zip(w) {
                *sum = *sum + w * x;
            }
        }
    }
    sums
}

#[inline(always)]
fn put<const P: usize>(Pairs(pairs): Pairs<P>, to: &mut Lanes<P>) {
    pairs.into_iter().zip(to).for_each(|(pair, to)| pair.store(to));
}

/// dz xᵀ, summed over the samples, in place of what is in dW or if not FIRST added to it. Two
/// columns at a time: their x stay in the registers while all of dz passes by.
fn outer_product<const P: usize, const FIRST: bool>(
    dz: &[Lanes<P>],
    x: &[Lanes<P>],
    dw: &mut [f64],
) {
    let (n, (twos, last)) = (x.len(), x.as_chunks::<2>());
    for (i, [x, other]) in twos.iter().enumerate() {
        let (Pairs(x), Pairs(other)) = (get(x), get(other));
        for (dz, row) in dz.iter().zip(dw.chunks_exact_mut(n)) {
            let Pairs(dz) = get(dz);
            let sums = Pair::sums(dot(x, dz), dot(other, dz));
            let dw = &mut row.as_chunks_mut::<2>().0[i];
            let sums = if FIRST { sums } else { Pair::load(dw) + sums };
            sums.store(dw);
        }
    }
    for x in last {
        let Pairs(x) = get(x);
        for (dz, row) in dz.iter().zip(dw.chunks_exact_mut(n)) {
            let (sum, dw) = (dot(x, get(dz).0).sum(), &mut row[n - 1]);
            *dw = if FIRST { sum } else { *dw + sum };
        }
    }
}

/// Of two units, over a block's pairs.
#[inline(always)]
fn dot<const P: usize>(a: [Pair; P], b: [Pair; P]) -> Pair {
    sum(std::array::from_fn::<_, P, _>(|p| a[p] * b[p]))
}

/// Over a block's pairs.
#[inline(always)]
fn sum<const P: usize>(terms: [Pair; P]) -> Pair {
    let [first, others @ ..] = &terms[..] else { return Pair::all(0.0) };
    others.iter().fold(*first, |sum, &term| sum + term)
}

/// e^{z_j − most} ∕ Σ e^{z_k − most} for each sample.
fn softmax<const P: usize>(z: &[f64], a: &mut [f64]) {
    for k in 0..2 * P {
        let z = z.iter().skip(k).step_by(2 * P);
        let most = math::max(z.clone().copied());
        let mut sum = 0.0;
        for (a, z) in a.iter_mut().skip(k).step_by(2 * P).zip(z) {
            *a = math::exp(z - most);
            sum += *a;
        }
        a.iter_mut().skip(k).step_by(2 * P).for_each(|a| *a /= sum);
    }
}

/// dz = da g′(z); see [`Activation::slope_at`].
fn through<const P: usize>(g: Activation, z: &[f64], a: &[f64], da: &[f64], dz: &mut [f64]) {
    use Activation::*;
    let one = Pairs::<P>::all(1.0);
    match g {
        Identity => dz.copy_from_slice(da),
        Tanh => each_slope(a, da, dz, |a, da| da * (one - a * a)),
        Sigmoid => each_slope(a, da, dz, |a, da| da * (a * (one - a))),
        Relu => each_slope::<P>(z, da, dz, |z, da| da.gated(z)),
        LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } => {
            let slope = |z: f64| if z <= 0.0 { alpha } else { 1.0 };
            for (dz, (da, &z)) in dz.iter_mut().zip(da.iter().zip(z)) {
                *dz = da * slope(z);
            }
        }
        _ => {
            for (dz, (da, (&z, &a))) in dz.iter_mut().zip(da.iter().zip(z.iter().zip(a))) {
                *dz = da * g.slope_at(z, a);
            }
        }
    }
}

/// A unit at a time.
#[inline(always)]
fn each_slope<const P: usize>(
    of: &[f64],
    da: &[f64],
    dz: &mut [f64],
    times_slope: impl Fn(Pairs<P>, Pairs<P>) -> Pairs<P>,
) {
    for (dz, (of, da)) in lanes_mut(dz).iter_mut().zip(lanes(of).iter().zip(lanes(da))) {
        put(times_slope(get(of), get(da)), dz);
    }
}

#[inline(always)]
fn get<const P: usize>(from: &Lanes<P>) -> Pairs<P> {
    Pairs(from.map(|pair| Pair::load(&pair)))
}
