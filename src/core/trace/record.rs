//! Recording a trace: the arithmetic of a training step, one number after the other.

use std::collections::HashMap;

use super::{Fault, FaultKind, Id, LIMIT, Left, Op, Run, Slot, Step, Trace};
use crate::activation::Activation;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::network::{Layer, LayerActivation};

pub(super) fn record(case: &Case, fault: Option<Fault>, left: &Left) -> Result<Trace> {
    let steps = count(case);
    if steps > LIMIT as u64 {
        return Err(Error::TooLong {
            steps: usize::try_from(steps).unwrap_or(usize::MAX),
            limit: LIMIT,
        });
    }
    let mut recorder = Recorder {
        case,
        steps: Vec::with_capacity(steps as usize),
        ids: HashMap::with_capacity(steps as usize),
        fault: fault.filter(|fault| fault.fits(case)),
    };
    recorder.givens();
    recorder.left_over(left);
    let samples = 0..case.batch.len();
    samples.clone().for_each(|s| recorder.forward(s));
    recorder.loss();
    samples.for_each(|s| recorder.backward(s));
    recorder.means();
    recorder.update();
    Ok(Trace { steps: recorder.steps, ids: recorder.ids, batch: case.batch.len() })
}

/// The number of steps of `case`'s trace, from the shapes alone.
pub(super) fn count(case: &Case) -> u64 {
    let batch = case.batch.len() as u64;
    let several = u64::from(batch > 1);
    let layers = case.network.layers();
    let ends = (layers[0].inputs() + case.network.last().units()) as u64;
    // η; each sample's x, y and loss; their mean.
    let mut total = 1 + batch.saturating_mul(ends + 1) + several;
    for (l, layer) in layers.iter().enumerate() {
        let (units, inputs) = (layer.units() as u64, layer.inputs() as u64);
        let weights = units.saturating_mul(inputs);
        let learned = u64::from(layer.activation.unitwise().is_some_and(Activation::learns_alpha));
        let short = l + 1 == layers.len() && case.loss.matches(layer.activation);
        let above = layers.get(l + 1).map_or(0, |above| above.units() as u64);
        // Products, z and a; dW, dz and db; unless ŷ − y is dz: the terms of da, da and g′.
        let by_slope = if short { 0 } else { units.saturating_mul(above + 2) };
        let sample = weights.saturating_mul(2) + 4 * units + by_slope + learned * (2 * units + 1);
        let given = weights + units + u64::from(layer.activation.alpha().is_some());
        let updated = (weights + units + learned).saturating_mul(1 + several);
        total = total.saturating_add(batch.saturating_mul(sample)).saturating_add(given + updated);
    }
    total
}

struct Recorder<'a> {
    case: &'a Case,
    steps: Vec<Step>,
    ids: HashMap<Slot, Id>,
    /// What is to go wrong.
    fault: Option<Fault>,
}

impl<'a> Recorder<'a> {
    fn push(&mut self, slot: Slot, op: Op, value: f64) -> Id {
        let id = self.steps.len() as Id;
        self.steps.push(Step { slot, op, value });
        self.ids.insert(slot, id);
        id
    }

    fn given(&mut self, slot: Slot, value: f64) {
        self.push(slot, Op::Given, value);
    }

    fn compute(&mut self, slot: Slot, op: Op) -> Id {
        let op = match self.fault {
            None => op,
            Some(fault) => fault.instead(slot, op, |slot| self.ids.get(&slot).copied()),
        };
        let value = op.evaluate(|id| self.steps[id as usize].value);
        self.push(slot, op, value)
    }

    /// The step that filled `slot`: recording follows the order of computation, so it is there.
    fn id(&self, slot: Slot) -> Id {
        self.ids[&slot]
    }

    /// The steps that filled `slot(0)`, `slot(1)`, …: evenly spaced, since each unit of a layer,
    /// and each sample, takes the same steps.
    fn run(&self, count: usize, slot: impl Fn(usize) -> Slot) -> Run {
        let first = self.id(slot(0));
        let stride = if count > 1 { self.id(slot(1)) - first } else { 1 };
        Run { first, stride, count: count as u32 }
    }

    fn layer(&self, l: usize) -> &'a Layer {
        &self.case.network.layers()[l]
    }

    fn layers(&self) -> usize {
        self.case.network.layers().len()
    }

    fn alpha(&self, l: usize) -> Option<Id> {
        self.ids.get(&Slot::Alpha { l }).copied()
    }

    /// The activation of layer `l` if its α is learned.
    fn learned(&self, l: usize) -> Option<Activation> {
        self.layer(l).activation.unitwise().filter(|g| g.learns_alpha())
    }

    /// a_i of the layer below `l`; for the first layer the input x_i.
    fn below(&self, s: usize, l: usize, i: usize) -> Id {
        self.id(match l.checked_sub(1) {
            Some(l) => Slot::A { s, l, j: i },
            None => Slot::X { s, i },
        })
    }

    fn givens(&mut self) {
        let case = self.case;
        for (s, (x, y)) in case.batch.inputs.iter().zip(&case.batch.targets).enumerate() {
            for (i, &value) in x.iter().enumerate() {
                self.given(Slot::X { s, i }, value);
            }
            for (j, &value) in y.iter().enumerate() {
                self.given(Slot::Y { s, j }, value);
            }
        }
        for (l, layer) in case.network.layers().iter().enumerate() {
            for (j, row) in layer.rows().enumerate() {
                for (i, &value) in row.iter().enumerate() {
                    self.given(Slot::W { l, j, i }, value);
                }
                self.given(Slot::B { l, j }, layer.bias(j));
            }
            if let Some(alpha) = layer.activation.alpha() {
                self.given(Slot::Alpha { l }, alpha);
            }
        }
        self.given(Slot::Rate, case.learning_rate);
    }

    /// The gradients that were not zeroed, 0 before the first training step.
    fn left_over(&mut self, left: &Left) {
        let Some(Fault { kind: FaultKind::NotZeroed, l }) = self.fault else {
            return;
        };
        let value = |slot| left.get(&slot).copied().unwrap_or(0.0);
        for j in 0..self.layer(l).units() {
            for i in 0..self.layer(l).inputs() {
                self.given(Slot::LeftW { l, j, i }, value(Slot::LeftW { l, j, i }));
            }
            self.given(Slot::LeftB { l, j }, value(Slot::LeftB { l, j }));
        }
    }

    fn forward(&mut self, s: usize) {
        for l in 0..self.layers() {
            for j in 0..self.layer(l).units() {
                let z = self.weighted_sum(s, l, j);
                if let LayerActivation::Unitwise(g) = self.layer(l).activation {
                    let alpha = self.alpha(l);
                    self.compute(Slot::A { s, l, j }, Op::Activate { g, z, alpha });
                }
            }
            if self.layer(l).activation == LayerActivation::Softmax {
                self.softmax(s, l);
            }
        }
    }

    fn weighted_sum(&mut self, s: usize, l: usize, j: usize) -> Id {
        let inputs = self.layer(l).inputs();
        for i in 0..inputs {
            let product = Op::Product(self.id(Slot::W { l, j, i }), self.below(s, l, i));
            self.compute(Slot::Product { s, l, j, i }, product);
        }
        let products = self.run(inputs, |i| Slot::Product { s, l, j, i });
        let bias = self.id(Slot::B { l, j });
        self.compute(Slot::Z { s, l, j }, Op::Affine { products, bias })
    }

    fn softmax(&mut self, s: usize, l: usize) {
        let units = self.layer(l).units();
        let logits = self.run(units, |j| Slot::Z { s, l, j });
        for j in 0..units {
            let which = j as u32;
            self.compute(Slot::A { s, l, j }, Op::Softmax { logits, which });
        }
    }

    fn loss(&mut self) {
        let (l, loss) = (self.layers() - 1, self.case.loss);
        let units = self.layer(l).units();
        let batch = self.case.batch.len();
        for s in 0..batch {
            let op = Op::Loss {
                loss,
                outputs: self.run(units, |j| match loss.reads_z() {
                    true => Slot::Z { s, l, j },
                    false => Slot::A { s, l, j },
                }),
                targets: self.run(units, |j| Slot::Y { s, j }),
            };
            self.compute(Slot::Loss { s }, op);
        }
        if batch > 1 {
            let losses = self.run(batch, |s| Slot::Loss { s });
            self.compute(Slot::MeanLoss, Op::Mean(losses));
        }
    }

    fn backward(&mut self, s: usize) {
        for l in (0..self.layers()).rev() {
            for j in 0..self.layer(l).units() {
                let dz = self.unit_backward(s, l, j);
                for i in 0..self.layer(l).inputs() {
                    let product = Op::Product(dz, self.below(s, l, i));
                    self.compute(Slot::DW { s, l, j, i }, product);
                }
                self.compute(Slot::DB { s, l, j }, Op::Copy(dz));
            }
            if self.learned(l).is_some() {
                let terms = self.run(self.layer(l).units(), |j| Slot::DAlphaTerm { s, l, j });
                self.compute(Slot::DAlpha { s, l }, Op::Sum(terms));
            }
            if self.fault.is_some_and(|fault| fault.updates_early(l)) {
                self.update_layer(l);
            }
        }
    }

    /// dz_j, and on the way to it da_j and g′(z_j), and α's term where α is learned.
    fn unit_backward(&mut self, s: usize, l: usize, j: usize) -> Id {
        let (z, a) = (self.id(Slot::Z { s, l, j }), self.id(Slot::A { s, l, j }));
        let last = l + 1 == self.layers();
        let activation = self.layer(l).activation;
        let g = match activation {
            LayerActivation::Unitwise(g) if !last || !self.case.loss.matches(activation) => g,
            _ => {
                let y = self.id(Slot::Y { s, j });
                return self.compute(Slot::DZ { s, l, j }, Op::Difference(a, y));
            }
        };
        let da = if last {
            let y = self.id(Slot::Y { s, j });
            self.compute(Slot::DA { s, l, j }, Op::Difference(a, y))
        } else {
            self.sum_from_above(s, l, j)
        };
        let alpha = self.alpha(l);
        let slope = self.compute(Slot::Slope { s, l, j }, Op::Slope { g, z, a, alpha });
        if g.learns_alpha() {
            let by_alpha = self.compute(Slot::AlphaSlope { s, l, j }, Op::AlphaSlope { g, z });
            self.compute(Slot::DAlphaTerm { s, l, j }, Op::Product(da, by_alpha));
        }
        self.compute(Slot::DZ { s, l, j }, Op::Product(da, slope))
    }

    /// da_j = Σ_k W_{k,j} dz_k over the units k of the layer above.
    fn sum_from_above(&mut self, s: usize, l: usize, j: usize) -> Id {
        let above = self.layer(l + 1).units();
        for k in 0..above {
            let w = self.id(Slot::W { l: l + 1, j: k, i: j });
            let dz = self.id(Slot::DZ { s, l: l + 1, j: k });
            self.compute(Slot::BackProduct { s, l, j, k }, Op::Product(w, dz));
        }
        let terms = self.run(above, |k| Slot::BackProduct { s, l, j, k });
        self.compute(Slot::DA { s, l, j }, Op::Sum(terms))
    }

    fn means(&mut self) {
        if self.case.batch.len() == 1 {
            return;
        }
        for (l, layer) in self.case.network.layers().iter().enumerate() {
            for j in 0..layer.units() {
                for i in 0..layer.inputs() {
                    self.mean(Slot::MeanDW { l, j, i }, |s| Slot::DW { s, l, j, i });
                }
                self.mean(Slot::MeanDB { l, j }, |s| Slot::DB { s, l, j });
            }
            if layer.activation.unitwise().is_some_and(Activation::learns_alpha) {
                self.mean(Slot::MeanDAlpha { l }, |s| Slot::DAlpha { s, l });
            }
        }
    }

    fn mean(&mut self, slot: Slot, of: impl Fn(usize) -> Slot) {
        let terms = self.run(self.case.batch.len(), of);
        self.compute(slot, Op::Mean(terms));
    }

    fn update(&mut self) {
        for l in 0..self.layers() {
            if !self.ids.contains_key(&Slot::NextB { l, j: 0 }) {
                self.update_layer(l);
            }
        }
    }

    fn update_layer(&mut self, l: usize) {
        let mean = self.case.batch.len() > 1;
        for j in 0..self.layer(l).units() {
            for i in 0..self.layer(l).inputs() {
                let gradient = match mean {
                    true => Slot::MeanDW { l, j, i },
                    false => Slot::DW { s: 0, l, j, i },
                };
                self.step_down(Slot::NextW { l, j, i }, Slot::W { l, j, i }, gradient);
            }
            let gradient = match mean {
                true => Slot::MeanDB { l, j },
                false => Slot::DB { s: 0, l, j },
            };
            self.step_down(Slot::NextB { l, j }, Slot::B { l, j }, gradient);
        }
        if self.learned(l).is_some() {
            let gradient = match mean {
                true => Slot::MeanDAlpha { l },
                false => Slot::DAlpha { s: 0, l },
            };
            self.step_down(Slot::NextAlpha { l }, Slot::Alpha { l }, gradient);
        }
    }

    fn step_down(&mut self, next: Slot, value: Slot, gradient: Slot) {
        let op = Op::Update {
            value: self.id(value),
            rate: self.id(Slot::Rate),
            gradient: self.id(gradient),
        };
        self.compute(next, op);
    }
}
