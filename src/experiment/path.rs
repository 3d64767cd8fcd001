//! How the two weights of a linear unit move.

use super::report::Outcome;
use crate::error::Result;
use crate::math;
use crate::train::Setup;
use crate::trainer::Trainer;

/// A unit with two weights that trains, and its weights after each step.
#[derive(Debug, Clone)]
pub struct Walk {
    trainer: Trainer,
    steps: usize,
    path: Vec<[f64; 2]>,
}

impl Walk {
    /// At its start.
    ///
    /// # Errors
    /// Anything of the setup that cannot be trained with, named.
    pub fn new(setup: &Setup, steps: usize) -> Result<Walk> {
        let trainer = setup.start_with(setup.built()?)?.0;
        let path = vec![weights(&trainer)];
        Ok(Walk { trainer, steps, path })
    }

    /// Takes up to `budget` steps, and gives how many it took; what it measured, once done.
    pub fn advance(&mut self, budget: u64) -> (u64, Option<Outcome>) {
        let left = (self.steps + 1).saturating_sub(self.path.len());
        let count = left.min(usize::try_from(budget).unwrap_or(left));
        for _ in 0..count {
            self.trainer.step();
            self.path.push(weights(&self.trainer));
        }
        let done = self.path.len() > self.steps;
        (count as u64, done.then(|| outcome(&self.path)))
    }
}

fn weights(trainer: &Trainer) -> [f64; 2] {
    let network = trainer.network();
    let layer = network.last();
    [layer.weight(0, 0), if layer.inputs() > 1 { layer.weight(0, 1) } else { 0.0 }]
}

fn outcome(path: &[[f64; 2]]) -> Outcome {
    let move_ = |pair: &[[f64; 2]]| [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
    let moves: Vec<[f64; 2]> = path.windows(2).map(move_).filter(|by| *by != [0.0; 2]).collect();
    let same = moves.iter().filter(|by| by[0] * by[1] > 0.0).count();
    let length = |by: [f64; 2]| math::sqrt(by[0] * by[0] + by[1] * by[1]);
    let way: f64 = moves.iter().map(|&by| length(by)).sum();
    let ends = [path[0], path[path.len() - 1]];
    Outcome {
        curves: (0..2).map(|k| path.iter().map(|w| w[k]).collect()).collect(),
        ends: vec![same as f64 / moves.len().max(1) as f64, way / length(move_(&ends))],
    }
}
