//! What a learner does with a case.

use serde::{Deserialize, Serialize};

use super::{Answer, Broken, CASES, UPDATES, effect, shown_at};
use crate::error::{Error, Result};
use crate::lab::Position;
use crate::name::Named;

/// A change, as the page's JSON has it: `{"case": 2}`, `"ask"`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Another case, 0 to 7.
    Case(usize),
    /// The same case of another seed.
    Seed(u64),
    /// The next case, after the last one the first of the next seed.
    Another,
    /// What it is taken to be, by name.
    Answer(String),
    /// The layer that the first wrong number belongs to.
    Layer(usize),
    /// Is it that?
    Ask,
    /// Tell me, and show me where.
    Tell,
    /// To the start of update t.
    Look(usize),
}

impl Broken {
    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Case(case) => *self = Broken::new(self.seed, case)?,
            Change::Seed(seed) => *self = Broken::new(seed, self.case)?,
            Change::Another if self.case + 1 < CASES => {
                *self = Broken::new(self.seed, self.case + 1)?;
            }
            Change::Another => *self = Broken::new(self.seed.wrapping_add(1), 0)?,
            Change::Answer(name) => {
                self.answer = Some(Answer::named("answer", &name)?);
                self.asked = false;
            }
            Change::Layer(l) => {
                let most = self.lab.case().network.layers().len() - 1;
                if l > most {
                    return Err(Error::Beyond { place: "layer".into(), found: l, most });
                }
                self.layer = Some(l);
                self.asked = false;
            }
            Change::Ask => self.asked = self.can_ask(),
            Change::Tell => self.tell()?,
            Change::Look(t) if t >= UPDATES => {
                return Err(Error::Beyond { place: "update".into(), found: t, most: UPDATES - 1 });
            }
            Change::Look(t) => self.lab.go(Position { t, id: 0 })?,
        }
        self.news = true;
        Ok(())
    }

    /// Where there is a fault, the first number that it makes wrong comes into the card.
    fn tell(&mut self) -> Result<()> {
        self.told = true;
        let Some(fault) = self.puzzle.setup.fault else {
            return Ok(());
        };
        let Some(found) = effect(&self.lab, fault)? else {
            return Ok(());
        };
        self.lab.go(Position { t: found.t, id: 0 })?;
        let shown = self.lab.trace().find(shown_at(found.slot)).unwrap_or(0);
        // The stop is computed whole, so that Step goes on to the next one.
        let stop = self.lab.stops().into_iter().find(|stop| stop.last >= shown);
        let id = stop.map_or(shown, |stop| stop.last);
        self.lab.go(Position { t: found.t, id })?;
        self.lab.show(shown)
    }
}
