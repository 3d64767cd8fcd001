//! Names in cases, links and actions: one way to look them up, and one complaint.

use crate::error::{Error, Result, quote};

/// Something that is chosen by its name.
pub trait Named: Copy {
    /// Everything that can be chosen.
    fn all() -> impl Iterator<Item = Self>;

    /// What it is called.
    fn name(self) -> &'static str;

    /// The one called `name`, which stands at `place`.
    ///
    /// # Errors
    /// There is none.
    fn named(place: impl Into<String>, name: &str) -> Result<Self> {
        let found = Self::all().find(|one| one.name() == name);
        found.ok_or_else(|| unknown(place, name, Self::all().map(Self::name)))
    }
}

/// The complaint that `name` is none of the `known` ones.
pub fn unknown(
    place: impl Into<String>,
    name: &str,
    known: impl Iterator<Item = &'static str>,
) -> Error {
    let known = known.collect::<Vec<_>>().join(", ");
    Error::Name { place: place.into(), name: quote(name), known }
}

/// `n` below the line: "₁₂".
pub fn subscript(n: usize) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32('₀' as u32 + d));
    n.to_string().chars().filter_map(digit).collect()
}
