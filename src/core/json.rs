//! Reading JSON strictly: with the place of what is wrong, objects only as objects, no nulls.

use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Reads one JSON value and nothing after it.
///
/// # Errors
/// Anything that is not of the form of `T`, with its path within the document.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let path = error.path().to_string();
        match path.trim_end_matches(['.', '?']) {
            "" => fault("JSON", error.inner()),
            path => fault(path, error.inner()),
        }
    })?;
    reader.end().map_err(|error| fault("JSON", &error))?;
    Ok(value)
}

/// Reads an enum's variant from an object that holds its name under `tag`, beside its values.
/// (Serde's own way of doing so adds a second deserializer of everything to the page.)
///
/// # Errors
/// Anything that is not of the form of `T`.
pub fn read_named<T: DeserializeOwned>(tag: &str, text: &str) -> Result<T> {
    let mut values: Map<String, Value> = read(text)?;
    let missing = || Error::Missing { place: "JSON".into(), field: tag.into() };
    let name = values.remove(tag).ok_or_else(missing)?;
    let variant = match (name, values.is_empty()) {
        (Value::String(name), false) => {
            Value::Object([(name, Value::Object(values))].into_iter().collect())
        }
        (name, _) => name,
    };
    T::deserialize(variant).map_err(|error| fault("JSON", &error))
}

/// What [`read_named`] reads.
pub fn named(tag: &str, value: &impl Serialize) -> Value {
    let (name, mut values) = match serde_json::to_value(value) {
        Ok(Value::Object(variant)) => match variant.into_iter().next() {
            Some((name, Value::Object(values))) => (Value::String(name), values),
            _ => (Value::Null, Map::new()),
        },
        Ok(name) => (name, Map::new()),
        Err(_) => (Value::Null, Map::new()),
    };
    values.insert(tag.into(), name);
    Value::Object(values)
}

/// What serde says in English, as far as it is one of the usual things, as data.
fn fault(place: &str, error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let place = place.to_owned();
    match error.classify() {
        Category::Eof => return Error::Ends { place, line, column },
        Category::Syntax => return Error::Syntax { place, line, column },
        Category::Data | Category::Io => {}
    }
    let said = error.to_string();
    let quoted = |from: &str| Some(said.strip_prefix(from)?.split('`').next()?.to_owned());
    if let Some(field) = quoted("missing field `") {
        return Error::Missing { place, field };
    }
    if let Some(field) = quoted("unknown field `") {
        return Error::Unexpected { place, field };
    }
    let kind = said.strip_prefix("invalid type: ").or(said.strip_prefix("invalid value: "));
    let kind = kind.and_then(|kind| kind.split_once(", expected "));
    match kind {
        Some((found, wanted)) => {
            let wanted = wanted.split(" at line ").next().unwrap_or(wanted);
            Error::Kind { place, found: found.into(), wanted: wanted.into() }
        }
        None => Error::Json { place, detail: said },
    }
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

/// Numbers that JSON may have no word for: what is not finite is written, and read, as null.
pub mod finite {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        // serde_json's own null for Inf and NaN.
        serializer.serialize_f64(*value)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
    }
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
