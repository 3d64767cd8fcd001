//! A lab as a file: the case with all the page needs to come back to the same place.

use super::{Lab, Position, Setup};
use crate::case::{self, Case, Page};
use crate::error::{Error, Result};
use crate::name::Named;
use crate::network::Init;
use crate::stops::StopSize;
use crate::trace::Id;

impl Lab {
    /// The case of the training step at hand, with all the page needs to come back here.
    pub fn export(&self) -> String {
        self.case.write(Some(self.page()))
    }

    fn page(&self) -> Page {
        Page {
            samples: self.setup.samples.clone(),
            batch: self.setup.batch,
            first: self.setup.first,
            position: [self.at.t, self.at.id as usize],
            granularity: self.size.name().into(),
            seed: self.setup.seed,
            init: Some(self.setup.init.name().into()),
            start: (self.at.t > 0).then(|| case::write_layers(&self.setup.network)),
        }
    }

    /// The lab that [`Lab::export`] wrote, or one at the start of a case without a page's part.
    ///
    /// # Errors
    /// Anything wrong with the case, named with its place.
    pub fn import(text: &str) -> Result<Lab> {
        let (case, page) = Case::read(text)?;
        let Case { network, loss, learning_rate: rate, batch } = case;
        let Some(page) = page else {
            let setup = Setup {
                network,
                loss,
                rate,
                batch: batch.len(),
                samples: batch,
                first: 0,
                init: Init::Xavier,
                seed: 1,
                preset: None,
                fault: None,
            };
            return Lab::new(setup, StopSize::Unit);
        };
        let size = StopSize::named("page.granularity", &page.granularity)?;
        let init = match page.init {
            None => Init::Xavier,
            Some(name) => Init::named("page.init", &name)?,
        };
        let start = match page.start {
            Some(layers) => case::read_layers("page.start.", layers)?,
            None => network.clone(),
        };
        let setup = Setup {
            network: start,
            loss,
            rate,
            samples: page.samples,
            batch: page.batch,
            first: page.first,
            init,
            seed: page.seed,
            preset: None,
            fault: None,
        };
        let [t, id] = page.position;
        let id = Id::try_from(id).unwrap_or(Id::MAX);
        let mut lab = Lab::new(setup, size)?;
        lab.go(Position { t, id })?;
        if lab.case.network == network && lab.case.batch == batch {
            return Ok(lab);
        }
        Err(Error::Mismatch { place: "page".into() })
    }
}
