//! The cases: small networks drawn from a seed, each with a fault that shows in it.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::UPDATES;
use super::evidence::{Row, rows};
use crate::activation::Activation;
use crate::case::Samples;
use crate::error::Result;
use crate::lab::{Lab, Position, Setup};
use crate::loss::Loss;
use crate::math;
use crate::name::Named;
use crate::network::{Init, Layer, LayerActivation, Network, uniform};
use crate::stops::StopSize;
use crate::trace::{Fault, FaultKind};

/// Cases of a seed: one for each fault, and a sound one.
pub const CASES: usize = 8;

/// A case: what is trained, with its fault, and how the loss goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Puzzle {
    pub setup: Setup,
    /// The mean loss of all samples before update 0, 1, …, and after the last one.
    pub losses: Vec<f64>,
    /// The same without the fault.
    pub sound: Vec<f64>,
}

/// A draw is thrown away where its fault hardly shows; as many are made at most.
const DRAWS: usize = 400;
/// What "shows" means: of the largest gradient, and of the first loss.
const SHOWS: f64 = 0.05;

/// Case `case` of `seed`, the same on every platform.
///
/// # Errors
/// None that a user can cause: the networks fit.
pub fn puzzle(seed: u64, case: usize) -> Result<Puzzle> {
    let kind = order(seed).get(case).copied().flatten();
    let own = seed.wrapping_mul(CASES as u64).wrapping_add(case as u64);
    let mut rng = Pcg64Mcg::seed_from_u64(own);
    for _ in 1..DRAWS {
        let setup = draw(kind, &mut rng)?;
        let sound = losses(&Setup { fault: None, ..setup.clone() })?;
        if !learns(&sound) {
            continue;
        }
        let losses = losses(&setup)?;
        if shows(&setup, &losses, &sound)? {
            return Ok(Puzzle { setup, losses, sound });
        }
    }
    let setup = draw(kind, &mut rng)?;
    let sound = losses(&Setup { fault: None, ..setup.clone() })?;
    Ok(Puzzle { losses: losses(&setup)?, sound, setup })
}

/// Which fault each case has.
fn order(seed: u64) -> Vec<Option<FaultKind>> {
    let mut all: Vec<Option<FaultKind>> = FaultKind::all().map(Some).chain([None]).collect();
    let mut rng = Pcg64Mcg::seed_from_u64(!seed);
    for k in (1..all.len()).rev() {
        all.swap(k, below(k + 1, &mut rng));
    }
    all
}

fn below(n: usize, rng: &mut impl Rng) -> usize {
    (uniform(rng) * n as f64) as usize
}

/// ± 0.1 to 0.9.
fn tenth(rng: &mut impl Rng) -> f64 {
    let size = (1 + below(9, rng)) as f64 / 10.0;
    if below(2, rng) == 0 { size } else { -size }
}

/// 2-2-2 or 2-2-2-2 on three samples one after the other, all numbers of one digit. Every layer
/// is square, so that a transposed W fits.
fn draw(kind: Option<FaultKind>, rng: &mut impl Rng) -> Result<Setup> {
    let hidden = match below(3, rng) {
        0 => Activation::Tanh,
        1 => Activation::Sigmoid,
        // For Leaky ReLU g′(a) is g′(z).
        _ if kind == Some(FaultKind::SlopeOfA) => Activation::Tanh,
        _ => Activation::LeakyRelu { alpha: 0.1 },
    };
    let count = 2 + below(2, rng);
    let layer = |l: usize, rng: &mut _| {
        let g = if l + 1 < count { hidden } else { Activation::Identity };
        let row = |rng: &mut _| (0..2).map(|_| tenth(rng)).collect::<Vec<f64>>();
        let weights = (0..2).map(|_| row(rng)).collect();
        Layer::new(l, weights, row(rng), LayerActivation::Unitwise(g))
    };
    let layers = (0..count).map(|l| layer(l, rng)).collect::<Result<Vec<_>>>()?;
    let mut numbers = |scale: f64| -> Vec<Vec<f64>> {
        (0..3).map(|_| (0..2).map(|_| tenth(rng) * scale).collect()).collect()
    };
    let samples = Samples { inputs: numbers(2.0), targets: numbers(1.0) };
    let setup = Setup {
        network: Network::new(layers)?,
        loss: Loss::HalfSquaredError,
        rate: 0.2,
        samples,
        batch: 1,
        first: 0,
        init: Init::Xavier,
        seed: 1,
        preset: None,
        fault: None,
    };
    let fault = kind.map(|kind| place(&setup, kind, rng)).transpose()?;
    Ok(Setup { fault, ..setup })
}

/// A layer for the fault, of those that have a place for it.
fn place(setup: &Setup, kind: FaultKind, rng: &mut impl Rng) -> Result<Fault> {
    let lab = Lab::new(setup.clone(), StopSize::Unit)?;
    let all = (0..setup.network.layers().len()).map(|l| Fault { kind, l });
    let fitting: Vec<Fault> = all.filter(|fault| fault.fits(lab.case())).collect();
    Ok(fitting[below(fitting.len(), rng)])
}

/// The mean loss of all samples before each update, and after the last one.
fn losses(setup: &Setup) -> Result<Vec<f64>> {
    let mut lab = Lab::new(setup.clone(), StopSize::Epoch)?;
    let mut losses = vec![];
    for t in 0..=UPDATES {
        lab.go(Position { t, id: 0 })?;
        losses.push(mean_loss(setup, &lab.case().network));
    }
    Ok(losses)
}

fn mean_loss(setup: &Setup, network: &Network) -> f64 {
    let Samples { inputs, targets } = &setup.samples;
    let last = network.layers().len() - 1;
    let g = network.last().activation.unitwise().unwrap_or(Activation::Identity);
    let loss = |(x, y): (&Vec<f64>, &Vec<f64>)| {
        let z = network.sums(x).swap_remove(last);
        setup.loss.value(z.iter().map(|&z| g.value(z)), y.iter().copied())
    };
    inputs.iter().zip(targets).map(loss).sum::<f64>() / inputs.len() as f64
}

fn learns(sound: &[f64]) -> bool {
    sound[UPDATES] < 0.5 * sound[0]
}

/// Whether the fault, if there is one, is to be seen in the loss and in a check.
fn shows(setup: &Setup, losses: &[f64], sound: &[f64]) -> Result<bool> {
    let Some(fault) = setup.fault else {
        return Ok(true);
    };
    let finite = losses.iter().all(|loss| loss.is_finite());
    let apart = losses.iter().zip(sound).any(|(x, y)| (x - y).abs() > SHOWS * sound[0]);
    if !(finite && apart) {
        return Ok(false);
    }
    let mut lab = Lab::new(setup.clone(), StopSize::Unit)?;
    lab.go(Position { t: usize::from(fault.kind == FaultKind::NotZeroed), id: 0 })?;
    let rows = rows(&lab);
    let largest = math::max(rows.iter().map(|row| row.check.numeric.abs()));
    let differs = |row: &Row| {
        let gradient = row.check.analytic - row.check.numeric;
        let update = row.step - row.check.analytic;
        gradient.abs() > SHOWS * largest || update.abs() > SHOWS * largest
    };
    Ok(rows.iter().any(differs))
}
