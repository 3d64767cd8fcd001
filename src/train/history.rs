//! The losses of a run at the end of epochs: each of the first ones, and of every doubling as many.

use serde::{Deserialize, Serialize};

/// Records of every doubling, once not each epoch has one.
const EACH: u64 = 16;

/// The losses at the end of an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub epoch: u64,
    pub train: f64,
    /// Where there are samples to test with.
    pub test: Option<f64>,
}

/// The epoch after `epoch` that gets a record: the same ones for every run, however it is paced.
pub fn next(epoch: u64) -> u64 {
    let part = epoch / EACH;
    let spacing = if part < 2 { 1 } else { 1 << part.ilog2() };
    (epoch / spacing + 1) * spacing
}

/// The records of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History(Vec<Record>);

impl History {
    pub fn new() -> History {
        History(vec![])
    }

    pub fn records(&self) -> &[Record] {
        &self.0
    }

    /// Takes the record of a later epoch than all before.
    pub fn push(&mut self, record: Record) {
        self.0.push(record);
    }

    /// Forgets what came after `epoch`.
    pub fn go_back(&mut self, epoch: u64) {
        self.0.retain(|record| record.epoch <= epoch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_epochs_have_a_record_each_and_every_doubling_as_many() {
        let epochs: Vec<u64> =
            std::iter::successors(Some(0), |&epoch| Some(next(epoch))).take(300).collect();
        assert!(epochs.is_sorted() && epochs[..33] == (0..33).collect::<Vec<u64>>());
        for doubling in 5..20 {
            let within = (1_u64 << doubling)..(1 << (doubling + 1));
            let count = epochs.iter().filter(|epoch| within.contains(epoch)).count();
            assert_eq!(count, 16, "{within:?}");
        }
    }

    #[test]
    fn after_going_back_later_records_are_gone() {
        let mut history = History::new();
        (0..10).for_each(|epoch| history.push(Record { epoch, train: 0.5, test: None }));
        history.go_back(4);
        let epochs: Vec<u64> = history.records().iter().map(|record| record.epoch).collect();
        assert_eq!(epochs, [0, 1, 2, 3, 4]);
    }
}
