//! Reading JSON strictly: with the place of what is wrong, objects only as objects, no nulls.
//! And writing it.
//!
//! serde_json tells what is JSON. Its readers and writers of Rust's types would be more than a
//! tenth of the page's module, so these are the core's own, through serde's traits as well.

mod fault;
mod reader;
mod tree;
mod writer;

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};

pub use tree::Tree;

use crate::error::{Error, Result};
use writer::Writer;

/// Reads one JSON value and nothing after it.
///
/// # Errors
/// Anything that is not of the form of `T`, with its path within the document.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    Ok(T::deserialize(&Tree::parse(text)?)?)
}

/// Reads an enum's variant from an object that holds its name under `tag`, beside its values.
/// (Serde's own way of doing so adds a second deserializer of everything to the page.)
///
/// # Errors
/// Anything that is not of the form of `T`.
pub fn read_named<T: DeserializeOwned>(tag: &str, text: &str) -> Result<T> {
    let missing = || Error::Missing { place: "JSON".into(), field: tag.into() };
    let Tree::Object(mut values) = Tree::parse(text)? else { return Err(missing()) };
    let at = values.iter().position(|(name, _)| name == tag).ok_or_else(missing)?;
    let variant = match values.swap_remove(at).1 {
        Tree::Text(name) if !values.is_empty() => Tree::Object(vec![(name, Tree::Object(values))]),
        name => name,
    };
    T::deserialize(&variant).map_err(|fault| fault.without_first().into())
}

/// What [`read_named`] reads.
pub fn named(tag: &str, value: &impl Serialize) -> Tree {
    let (name, mut values) = match tree(value) {
        Tree::Object(mut variant) => match variant.pop() {
            Some((name, Tree::Object(values))) => (Tree::Text(name), values),
            _ => (Tree::Null, vec![]),
        },
        name => (name, vec![]),
    };
    values.push((tag.into(), name));
    Tree::Object(values)
}

/// `value` as it would be read from its JSON.
pub fn tree(value: &impl Serialize) -> Tree {
    Tree::parse(&write(value)).unwrap_or(Tree::Null)
}

/// `value` as JSON.
pub fn write(value: &impl Serialize) -> String {
    let mut writer = Writer::default();
    // Only a map with other keys than strings or a failing `Serialize` could fail here.
    match value.serialize(&mut writer) {
        Ok(()) => writer.0,
        Err(_) => String::new(),
    }
}

/// An optional key that is there must hold a value: null is none.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Numbers that JSON may have no word for: what is not finite is written, and read, as null.
pub mod finite {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        // The writer's own null for Inf and NaN.
        serializer.serialize_f64(*value)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
    }
}

/// Numbers to the bit, whatever they are: one text with sixteen hexadecimal digits for each.
pub mod bits {
    use std::fmt::Write as _;

    use serde::de::{Error as _, Unexpected};
    use serde::{Deserialize, Deserializer, Serializer};

    const DIGITS: usize = 16;

    pub fn serialize<S: Serializer>(values: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(DIGITS * values.len());
        for value in values {
            // A `String` takes whatever is written to it.
            let _ = write!(text, "{:016x}", value.to_bits());
        }
        serializer.serialize_str(&text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (numbers, rest) = text.as_bytes().as_chunks::<DIGITS>();
        let number = |digits: &[u8; DIGITS]| {
            let digits = str::from_utf8(digits).ok()?;
            u64::from_str_radix(digits, 16).ok().map(f64::from_bits)
        };
        let values: Option<Vec<f64>> = numbers.iter().map(number).collect();
        values
            .filter(|_| rest.is_empty())
            .ok_or_else(|| D::Error::invalid_value(Unexpected::Str("…"), &"digits of numbers"))
    }
}
