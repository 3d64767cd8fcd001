//! How fast a run plays.

use crate::name::Named;

/// A pace that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Speed {
    One,
    Ten,
    /// Slow enough to be looked at, fast enough to get somewhere.
    #[default]
    Hundred,
    Thousand,
    Fastest,
}

impl Speed {
    /// Batches a second; none is as fast as it goes.
    pub fn per_second(self) -> Option<u32> {
        match self {
            Speed::One => Some(1),
            Speed::Ten => Some(10),
            Speed::Hundred => Some(100),
            Speed::Thousand => Some(1000),
            Speed::Fastest => None,
        }
    }
}

impl Named for Speed {
    fn all() -> impl Iterator<Item = Self> {
        [Speed::One, Speed::Ten, Speed::Hundred, Speed::Thousand, Speed::Fastest].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Speed::One => "1",
            Speed::Ten => "10",
            Speed::Hundred => "100",
            Speed::Thousand => "1000",
            Speed::Fastest => "fastest",
        }
    }
}
