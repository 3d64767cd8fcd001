//! A trainer written down, so that another one goes on from there.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

use super::{Moment, Trainer};
use crate::error::{Error, Result};
use crate::network::uniform;

/// All that decides the steps to come, beside the configuration and the samples: to the bit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Saved {
    rate: f64,
    now: Moment,
    kept: Moment,
}

impl Trainer {
    /// All that decides the steps to come.
    pub fn save(&self) -> Saved {
        Saved { rate: self.config.rate, now: self.now.clone(), kept: self.kept.clone() }
    }

    /// Goes on from what a trainer of the same configuration and samples has saved.
    ///
    /// # Errors
    /// It is of another network or of fewer samples.
    pub fn resume(&mut self, saved: Saved) -> Result<()> {
        let same = |found: usize, wanted: usize| match found == wanted {
            true => Ok(()),
            false => Err(Error::Count {
                place: "trainer".into(),
                found,
                wanted,
                counterpart: "parameters".into(),
            }),
        };
        let count = self.now.parameters.len();
        for moment in [&saved.now, &saved.kept] {
            same(moment.parameters.len(), count)?;
            same(moment.gradients.len(), count)?;
            moment.memory.lengths().into_iter().try_for_each(|length| same(length, count))?;
            if moment.next >= self.samples.len() {
                let (place, found) = ("trainer.next".into(), moment.next);
                return Err(Error::Beyond { place, found, most: self.samples.len() - 1 });
            }
        }
        self.set_rate(saved.rate)?;
        (self.now, self.kept) = (saved.now, saved.kept);
        Ok(())
    }
}

/// A generator that is known by its seed and by how many numbers were drawn.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "(u64, u64)", into = "(u64, u64)")]
pub struct Draws {
    seed: u64,
    taken: u64,
    rng: Pcg64Mcg,
}

impl Draws {
    pub fn new(seed: u64) -> Draws {
        Draws { seed, taken: 0, rng: Pcg64Mcg::seed_from_u64(seed) }
    }

    /// U[0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.taken += 1;
        uniform(&mut self.rng)
    }
}

impl From<Draws> for (u64, u64) {
    fn from(draws: Draws) -> (u64, u64) {
        (draws.seed, draws.taken)
    }
}

impl From<(u64, u64)> for Draws {
    fn from((seed, taken): (u64, u64)) -> Draws {
        let mut draws = Draws { taken, ..Draws::new(seed) };
        // A uniform number takes one of the generator's.
        draws.rng.advance(taken.into());
        draws
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_generator_goes_on_from_where_it_was_written_down() {
        for taken in [0, 1, 2, 7, 1000] {
            let mut draws = Draws::new(5);
            for _ in 0..taken {
                draws.uniform();
            }
            let mut read: Draws = json::read(&json::write(&draws)).unwrap();
            for _ in 0..9 {
                assert_eq!(read.uniform().to_bits(), draws.uniform().to_bits(), "{taken}");
            }
        }
    }
}
