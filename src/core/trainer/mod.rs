//! The fast path: the training step of [`crate::trace`] without its record, thousands of times
//! in a blink. Parameters, gradients and samples are flat arrays, and a step allocates nothing.

mod config;
mod flat;
mod kernel;
mod measure;
mod optimizer;
mod pair;
mod saved;
mod table;

use serde::{Deserialize, Serialize};

pub use config::{Config, Optimizer, Regularization};
pub use measure::{LayerState, Measure};
pub use saved::Saved;

use crate::case::{Case, Samples};
use crate::error::{Allowed, Error, Result};
use crate::json;
use crate::network::Network;
use flat::Shape;
use kernel::{BLOCK, PAIRS, Work};
use optimizer::Memory;
use saved::Draws;
use table::Table;

/// RReLU's α while training is drawn from this interval.
const RRELU: (f64, f64) = (1.0 / 8.0, 1.0 / 3.0);

/// A network that learns its samples, batch by batch in their order.
#[derive(Debug, Clone)]
pub struct Trainer {
    config: Config,
    samples: Samples,
    shapes: Vec<Shape>,
    table: Table,
    work: Work,
    now: Moment,
    kept: Moment,
}

/// All that changes from step to step.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Moment {
    #[serde(with = "json::bits")]
    parameters: Vec<f64>,
    /// Sums over the last batch, with regularisation.
    #[serde(with = "json::bits")]
    gradients: Vec<f64>,
    /// What makes means of them: 1 ∕ the batch's size.
    share: f64,
    memory: Memory,
    /// What RReLU's α come from.
    draws: Draws,
    /// Steps taken.
    steps: u64,
    /// Where the next batch begins.
    next: usize,
}

impl Moment {
    /// Becomes what `other` is, without an allocation.
    fn copy(&mut self, other: &Moment) {
        self.parameters.copy_from_slice(&other.parameters);
        self.gradients.copy_from_slice(&other.gradients);
        self.share = other.share;
        self.memory.copy(&other.memory);
        self.draws.clone_from(&other.draws);
        (self.steps, self.next) = (other.steps, other.next);
    }
}

impl Trainer {
    /// A trainer at its first step.
    ///
    /// # Errors
    /// What [`Config::check`] refuses.
    pub fn new(config: Config, samples: Samples) -> Result<Trainer> {
        config.check(&samples)?;
        let shapes = flat::shapes(&config.network);
        let parameters = flat::parameters(&config.network);
        let count = parameters.len();
        let now = Moment {
            parameters,
            gradients: vec![0.0; count],
            share: 0.0,
            memory: Memory::new(count),
            draws: Draws::new(config.seed),
            steps: 0,
            next: 0,
        };
        let mut trainer = Trainer {
            table: Table::new(&samples),
            work: Work::new(&shapes),
            kept: now.clone(),
            now,
            shapes,
            samples,
            config,
        };
        trainer.draw_alphas();
        Ok(trainer)
    }

    /// Learns from one batch.
    pub fn step(&mut self) {
        let (start, count) = self.batch();
        let mut done = 0;
        while done < count {
            let left = count - done;
            done += match left {
                BLOCK.. => self.learn::<PAIRS>(start + done, BLOCK, done == 0),
                _ => self.learn::<1>(start + done, left.min(2), done == 0),
            };
        }
        self.now.share = 1.0 / count as f64;
        self.regularize(count as f64);
        let Trainer { config, now, .. } = self;
        let (p, gradients) = (&mut now.parameters, &now.gradients);
        now.memory.update(config.optimizer, config.rate, p, gradients, now.share);
        now.steps += 1;
        now.next = if start + count == self.samples.len() { 0 } else { start + count };
        self.draw_alphas();
    }

    /// Takes `steps` steps. Whether every parameter is still a finite number.
    pub fn run(&mut self, steps: usize) -> bool {
        for _ in 0..steps {
            self.step();
        }
        self.is_finite()
    }

    /// Whether every parameter is a finite number.
    pub fn is_finite(&self) -> bool {
        self.now.parameters.iter().all(|p| p.is_finite())
    }

    /// Remembers where it is, for [`Trainer::restore`].
    pub fn keep(&mut self) {
        self.kept.copy(&self.now);
    }

    /// Goes back to where it was at the last [`Trainer::keep`], or else to its start.
    pub fn restore(&mut self) {
        self.now.copy(&self.kept);
    }

    /// Steps taken so far.
    pub fn steps(&self) -> u64 {
        self.now.steps
    }

    /// Where in the samples the next batch begins.
    pub fn next(&self) -> usize {
        self.now.next
    }

    /// Steps in an epoch.
    pub fn steps_per_epoch(&self) -> usize {
        self.samples.len().div_ceil(self.config.batch)
    }

    /// The network with its parameters as they are now.
    pub fn network(&self) -> Network {
        let mut network = self.config.network.clone();
        flat::put_back(&mut network, &self.shapes, &self.now.parameters);
        network
    }

    /// The next step as a case; with plain SGD and no regularisation its update is this one's.
    ///
    /// # Errors
    /// None that a finite network can cause.
    pub fn next_case(&self) -> Result<Case> {
        let (start, count) = self.batch();
        let batch = self.samples.batch(start, count);
        Case::new(self.network(), self.config.loss, self.config.rate, batch)
    }

    /// η.
    pub fn rate(&self) -> f64 {
        self.config.rate
    }

    /// Goes on with another learning rate.
    ///
    /// # Errors
    /// It is not finite.
    pub fn set_rate(&mut self, rate: f64) -> Result<()> {
        if !rate.is_finite() {
            return Err(Error::not_finite("learning_rate", rate));
        }
        self.config.rate = rate;
        Ok(())
    }

    /// Sets W_{j,i} of layer l, from 0.
    ///
    /// # Errors
    /// There is no such weight, or the value is not finite.
    pub fn set_weight(&mut self, l: usize, j: usize, i: usize, value: f64) -> Result<()> {
        let inputs = |shape: &Shape| (j < shape.units && i < shape.inputs).then_some(shape.inputs);
        let place = self
            .shapes
            .get(l)
            .and_then(|shape| Some(shape.weights().start + j * inputs(shape)? + i));
        self.set(place, "weight", value)
    }

    /// Sets b_j of layer l, from 0.
    ///
    /// # Errors
    /// There is no such bias, or the value is not finite.
    pub fn set_bias(&mut self, l: usize, j: usize, value: f64) -> Result<()> {
        let place = self.shapes.get(l).and_then(|shape| shape.biases().nth(j));
        self.set(place, "bias", value)
    }

    fn set(&mut self, place: Option<usize>, name: &str, value: f64) -> Result<()> {
        if !value.is_finite() {
            return Err(Error::not_finite(name, value));
        }
        let place = place.ok_or_else(|| Error::range(name, value, Allowed::Index))?;
        self.now.parameters[place] = value;
        Ok(())
    }

    /// The first sample of the next batch, and how many it has.
    fn batch(&self) -> (usize, usize) {
        let left = self.samples.len() - self.now.next;
        (self.now.next, left.min(self.config.batch))
    }

    /// The gradients of `live` samples from `start` on, in a block of P pairs, are added to those
    /// of the batch unless it is the `first` block; gives `live`.
    fn learn<const P: usize>(&mut self, start: usize, live: usize, first: bool) -> usize {
        let Trainer { shapes, now, work, table, config, .. } = self;
        let (p, gradients) = (&now.parameters, &mut now.gradients);
        work.forward::<P>(shapes, p, |shape| shape.activation(p), table, (start, live));
        work.backward::<P>(shapes, p, config.loss, (live, first), gradients);
        live
    }

    /// Adds what regularisation asks for, `count` times, since means are taken afterwards.
    fn regularize(&mut self, count: f64) {
        let Trainer { shapes, now, config, .. } = self;
        let rate = count * config.regularization.rate();
        let added: fn(f64) -> f64 = match config.regularization {
            Regularization::None => return,
            Regularization::L1 { .. } => sign,
            Regularization::L2 { .. } => |w| w,
        };
        for shape in shapes {
            let weights = &now.parameters[shape.weights()];
            for (sum, &w) in now.gradients[shape.weights()].iter_mut().zip(weights) {
                *sum += rate * added(w);
            }
        }
    }

    /// RReLU's α of the next step.
    fn draw_alphas(&mut self) {
        for shape in self.shapes.iter().filter(|shape| shape.draws_alpha()) {
            let drawn = RRELU.0 + (RRELU.1 - RRELU.0) * self.now.draws.uniform();
            self.now.parameters[shape.alpha()] = drawn;
        }
    }
}

/// −1, 0 or 1.
fn sign(v: f64) -> f64 {
    f64::from(i8::from(v > 0.0) - i8::from(v < 0.0))
}
