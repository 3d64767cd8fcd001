//! The losses of a run, epoch by epoch, in a list that never grows beyond a screen's width.

use serde::{Deserialize, Serialize};

/// As many records as are kept; with one more, every other one goes.
const MOST: usize = 256;

/// The losses at the end of an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub epoch: u64,
    pub train: f64,
    /// Where there are samples to test with.
    pub test: Option<f64>,
}

/// Records at every so many epochs: the same ones for the same run, however it was paced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    every: u64,
    records: Vec<Record>,
}

impl History {
    pub fn new() -> History {
        History { every: 1, records: vec![] }
    }

    /// Epochs between two records.
    pub fn every(&self) -> u64 {
        self.every
    }

    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Takes a record; those of its epoch and later, from before a run went back, give way.
    pub fn push(&mut self, record: Record) {
        self.records.retain(|other| other.epoch < record.epoch);
        self.records.push(record);
        if self.records.len() > MOST {
            self.every *= 2;
            let every = self.every;
            self.records.retain(|record| record.epoch % every == 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(epoch: u64) -> Record {
        Record { epoch, train: 0.5, test: None }
    }

    #[test]
    fn a_long_run_keeps_evenly_spaced_records() {
        let mut history = History::new();
        for epoch in 0..100_000 {
            if epoch % history.every() == 0 {
                history.push(record(epoch));
            }
        }
        let epochs: Vec<u64> = history.records().iter().map(|record| record.epoch).collect();
        assert!((MOST / 2..=MOST).contains(&epochs.len()), "{}", epochs.len());
        assert_eq!(epochs[0], 0);
        assert!(epochs.windows(2).all(|pair| pair[1] - pair[0] == history.every()));
    }

    #[test]
    fn after_going_back_later_records_give_way() {
        let mut history = History::new();
        (0..10).for_each(|epoch| history.push(record(epoch)));
        history.push(Record { train: 0.25, ..record(4) });
        let epochs: Vec<u64> = history.records().iter().map(|record| record.epoch).collect();
        assert_eq!(epochs, [0, 1, 2, 3, 4]);
        assert_eq!(history.records()[4].train, 0.25);
    }
}
