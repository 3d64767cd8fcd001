//! Reading JSON strictly: with the place of what is wrong, objects only as objects, no nulls.

use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Reads one JSON value and nothing after it.
///
/// # Errors
/// Anything that is not of the form of `T`, with its path within the document.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| Error::Json {
        place: match error.path().to_string().trim_end_matches(['.', '?']) {
            "" => "JSON".into(),
            path => path.into(),
        },
        detail: error.inner().to_string(),
    })?;
    reader
        .end()
        .map_err(|error| Error::Json { place: "JSON".into(), detail: error.to_string() })?;
    Ok(value)
}

/// `value` as JSON.
pub fn write(value: &impl Serialize) -> String {
    // Only a map with other keys than strings or a failing `Serialize` could fail here.
    serde_json::to_string(value).unwrap_or_default()
}

/// An optional key that is there must hold a value: null is none.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A struct written as an object: serde alone would take a list of its values too.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}
