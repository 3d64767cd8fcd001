//! Presets: networks with their samples, as data.

use crate::activation::Activation;
use crate::case::{Case, Samples};
use crate::error::Result;
use crate::loss::Loss;
use crate::network::{Init, Layer, LayerActivation, Network};

/// A network, what it learns from, and how fast.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    pub network: Network,
    pub loss: Loss,
    /// η.
    pub learning_rate: f64,
    pub samples: Samples,
    /// Samples in a batch.
    pub batch: usize,
}

/// The names that [`preset`] knows.
pub const NAMES: [&str; 7] = ["lap", "a", "dead", "b", "xor", "one", "figure7"];

/// The preset called `name`.
pub fn preset(name: &str) -> Option<Preset> {
    match name {
        "lap" => Preset::lap(),
        "a" => Preset::a(),
        "dead" => Preset::dead(),
        "b" => Preset::b(),
        "xor" => Preset::xor(),
        "one" => Preset::one(),
        "figure7" => Preset::figure7(),
        _ => None,
    }
}

impl Preset {
    /// The first lap: network A on its first sample alone.
    pub fn lap() -> Option<Preset> {
        Preset::a().map(|a| Preset { samples: a.samples.batch(0, 1), ..a })
    }

    /// Network A, 2-2-1, on two samples, one after the other: unit 2 is inactive on the first
    /// and active on the second. Its parameters are ± 0.1 to 0.9, each digit once, so that any
    /// number shows where it came from.
    pub fn a() -> Option<Preset> {
        Preset::of_a(0.1, 0.1)
    }

    /// Network A with α = 0 and η = 0.3: after two steps unit 1 is inactive on one sample, and
    /// unit 2 on both, so that it never learns again.
    pub fn dead() -> Option<Preset> {
        Preset::of_a(0.0, 0.3)
    }

    fn of_a(alpha: f64, learning_rate: f64) -> Option<Preset> {
        let hidden = Plain { w: &[&[0.1, 0.4], &[-0.9, -0.5]], b: &[0.2, 0.3], g: leaky(alpha) };
        let last = Plain { w: &[&[-0.6, 0.8]], b: &[0.7], g: IDENTITY };
        let network = network(&[hidden, last])?;
        let samples = rows(&[&[2.0, 3.0], &[-2.0, 1.0]], &[&[1.0], &[0.0]]);
        Some(Preset { network, loss: Loss::HalfSquaredError, learning_rate, samples, batch: 1 })
    }

    /// Network B, 2-3-2 with softmax; the first class is true. With its η = 0.1 one update takes
    /// ŷ₁ from 0.2497 to 0.5005.
    pub fn b() -> Option<Preset> {
        let hidden = Plain {
            w: &[&[0.1, 0.4], &[-0.9, -0.5], &[-0.7, 0.6]],
            b: &[0.2, 0.3, 0.8],
            g: leaky(0.1),
        };
        let last = Plain {
            w: &[&[0.3, 0.2, -0.1], &[0.7, -0.6, 0.5]],
            b: &[-0.4, -0.9],
            g: LayerActivation::Softmax,
        };
        Some(Preset {
            network: network(&[hidden, last])?,
            loss: Loss::SoftmaxCrossEntropy,
            learning_rate: 0.1,
            samples: rows(&[&[2.0, 3.0]], &[&[1.0, 0.0]]),
            batch: 1,
        })
    }

    /// Exclusive or, 2-2-1 with tanh and sigmoid, all four samples in a batch: with its η = 0.5
    /// every output is within 0.1 of its target after 150 steps.
    pub fn xor() -> Option<Preset> {
        let tanh = LayerActivation::Unitwise(Activation::Tanh);
        let sigmoid = LayerActivation::Unitwise(Activation::Sigmoid);
        let hidden = Plain { w: &[&[-0.3, 0.4], &[0.7, -0.9]], b: &[-0.5, 0.1], g: tanh };
        let last = Plain { w: &[&[0.8, 0.6]], b: &[0.2], g: sigmoid };
        let inputs: [&[f64]; 4] = [&[0.0, 0.0], &[0.0, 1.0], &[1.0, 0.0], &[1.0, 1.0]];
        Some(Preset {
            network: network(&[hidden, last])?,
            loss: Loss::BinaryCrossEntropy,
            learning_rate: 0.5,
            samples: rows(&inputs, &[&[0.0], &[1.0], &[1.0], &[0.0]]),
            batch: 4,
        })
    }

    /// One input, one unit: z = a = 0.5, its target is 1, and an update takes w from 0.4 to 0.5.
    pub fn one() -> Option<Preset> {
        Some(Preset {
            network: network(&[Plain { w: &[&[0.4]], b: &[-0.3], g: leaky(0.1) }])?,
            loss: Loss::HalfSquaredError,
            learning_rate: 0.1,
            samples: rows(&[&[2.0]], &[&[1.0]]),
            batch: 1,
        })
    }

    /// The network of figure 7, 4-4-5-6-4-3-3, with its three outputs as classes.
    pub fn figure7() -> Option<Preset> {
        const SIZES: [usize; 7] = [4, 4, 5, 6, 4, 3, 3];
        const SEED: u64 = 7;
        let hidden = Activation::LeakyRelu { alpha: 0.1 };
        let softmax = LayerActivation::Softmax;
        let inputs: [&[f64]; 3] =
            [&[0.9, -0.4, 0.1, 0.6], &[-0.7, 0.8, 0.3, -0.2], &[0.2, 0.5, -0.9, -0.6]];
        let targets: [&[f64]; 3] = [&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0], &[0.0, 0.0, 1.0]];
        Some(Preset {
            network: Network::drawn(&SIZES, hidden, softmax, Init::He, SEED).ok()?,
            loss: Loss::SoftmaxCrossEntropy,
            learning_rate: 0.1,
            samples: rows(&inputs, &targets),
            batch: 1,
        })
    }

    /// The first training step.
    ///
    /// # Errors
    /// None for a preset as it is; after a change whatever [`Case::new`] refuses.
    pub fn case(&self) -> Result<Case> {
        let batch = self.samples.batch(0, self.batch);
        Case::new(self.network.clone(), self.loss, self.learning_rate, batch)
    }
}

/// A layer as it stands above.
struct Plain<'a> {
    w: &'a [&'a [f64]],
    b: &'a [f64],
    g: LayerActivation,
}

const IDENTITY: LayerActivation = LayerActivation::Unitwise(Activation::Identity);

fn leaky(alpha: f64) -> LayerActivation {
    LayerActivation::Unitwise(Activation::LeakyRelu { alpha })
}

fn network(layers: &[Plain]) -> Option<Network> {
    let layer =
        |(l, plain): (usize, &Plain)| Layer::new(l, owned(plain.w), plain.b.to_vec(), plain.g).ok();
    Network::new(layers.iter().enumerate().map(layer).collect::<Option<_>>()?).ok()
}

fn rows(inputs: &[&[f64]], targets: &[&[f64]]) -> Samples {
    Samples { inputs: owned(inputs), targets: owned(targets) }
}

fn owned(rows: &[&[f64]]) -> Vec<Vec<f64>> {
    rows.iter().map(|row| row.to_vec()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Slot, Trace};

    fn step(case: &mut Case) -> Trace {
        let trace = Trace::record(case).unwrap();
        for (l, layer) in case.network.layers_mut().iter_mut().enumerate() {
            for j in 0..layer.units() {
                for i in 0..layer.inputs() {
                    *layer.weight_mut(j, i).unwrap() =
                        trace.value_of(Slot::NextW { l, j, i }).unwrap();
                }
                *layer.bias_mut(j).unwrap() = trace.value_of(Slot::NextB { l, j }).unwrap();
            }
        }
        trace
    }

    fn value(trace: &Trace, slot: Slot) -> f64 {
        trace.value_of(slot).unwrap()
    }

    #[test]
    fn every_name_is_a_case() {
        for name in NAMES {
            preset(name).unwrap().case().unwrap();
        }
        assert_eq!(preset("c"), None);
    }

    #[test]
    fn b_goes_from_a_quarter_to_a_half() {
        let mut case = Preset::b().unwrap().case().unwrap();
        let before = value(&step(&mut case), Slot::A { s: 0, l: 1, j: 0 });
        let after = value(&step(&mut case), Slot::A { s: 0, l: 1, j: 0 });
        assert!((before - 0.2497).abs() < 5e-5 && (after - 0.5005).abs() < 5e-5);
    }

    #[test]
    fn unit_2_dies() {
        let preset = Preset::dead().unwrap();
        let mut case = preset.case().unwrap();
        for t in 0..8 {
            case.batch = preset.samples.batch(t, 1);
            step(&mut case);
            case.batch = preset.samples.clone();
            let trace = Trace::record(&case).unwrap();
            let z = |s, j| value(&trace, Slot::Z { s, l: 0, j });
            if t >= 1 {
                assert!(z(0, 0) < 0.0 && z(1, 0) > 0.0);
                assert!(z(0, 1) < 0.0 && z(1, 1) < 0.0);
            }
        }
    }

    #[test]
    fn xor_learns_with_each_batch_size() {
        for (batch, steps) in [(4, 150), (1, 200)] {
            let preset = Preset::xor().unwrap();
            let mut case = preset.case().unwrap();
            for t in 0..steps {
                case.batch = preset.samples.batch(t * batch, batch);
                step(&mut case);
            }
            case.batch = preset.samples.clone();
            let trace = Trace::record(&case).unwrap();
            for (s, y) in preset.samples.targets.iter().enumerate() {
                assert!((value(&trace, Slot::A { s, l: 1, j: 0 }) - y[0]).abs() < 0.1);
            }
        }
    }

    #[test]
    fn figure_7_has_units_of_both_kinds() {
        let case = Preset::figure7().unwrap().case().unwrap();
        let trace = Trace::record(&case).unwrap();
        for (l, layer) in case.network.layers().iter().enumerate().take(5) {
            let z = |j| value(&trace, Slot::Z { s: 0, l, j });
            let inactive = (0..layer.units()).filter(|&j| z(j) < 0.0).count();
            assert!(0 < inactive && inactive < layer.units(), "layer {l}");
        }
    }
}
