//! Samples by columns, so that a block of them lies side by side.

use super::pair::Pair;
use crate::case::Samples;

/// For each input and each output a column with a number for every sample.
#[derive(Debug, Clone)]
pub struct Table {
    inputs: Vec<f64>,
    targets: Vec<f64>,
    count: usize,
}

impl Table {
    pub fn new(samples: &Samples) -> Table {
        let columns = |rows: &[Vec<f64>]| {
            let width = rows.first().map_or(0, Vec::len);
            (0..width).flat_map(|c| rows.iter().map(move |row| row[c])).collect()
        };
        Table {
            inputs: columns(&samples.inputs),
            targets: columns(&samples.targets),
            count: samples.len(),
        }
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Puts `live` samples from `start` on into blocks of P pairs; the lanes behind repeat the last.
    pub fn load<const P: usize>(&self, start: usize, live: usize, x: &mut [f64], y: &mut [f64]) {
        let copy = |from: &[f64], to: &mut [f64]| {
            let columns = from.chunks_exact(self.count);
            for (column, lanes) in columns.zip(to.chunks_exact_mut(2 * P)) {
                let there = &column[start..start + live];
                if live == 2 * P {
                    whole::<P>(there, lanes);
                } else {
                    lanes[..live].copy_from_slice(there);
                    lanes[live..].fill(there[live - 1]);
                }
            }
        };
        copy(&self.inputs, x);
        copy(&self.targets, y);
    }
}

/// In registers: for so few bytes a call to copy them takes longer.
#[inline(always)]
fn whole<const P: usize>(from: &[f64], to: &mut [f64]) {
    let (from, to) = (from.as_chunks::<2>().0, to.as_chunks_mut::<2>().0);
    for p in 0..P {
        Pair::load(&from[p]).store(&mut to[p]);
    }
}
