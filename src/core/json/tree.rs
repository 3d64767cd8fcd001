//! JSON as a tree, with the place of whatever in its text is no JSON.

use std::fmt::{self, Display, Formatter};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::error::Category;

use super::fault::{Path, Step};
use crate::error::{Error, Result};

/// A JSON value. An object's keys stand in the order of the text, repeated ones too.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    Null,
    Bool(bool),
    Natural(u64),
    Integer(i64),
    Real(f64),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// The one value in `text`, which may begin with a byte order mark.
    ///
    /// # Errors
    /// It is no JSON, or goes on after it.
    pub fn parse(text: &str) -> Result<Tree> {
        let mut path = Path::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let reader = &mut serde_json::Deserializer::from_str(text);
        let read = Reading(&mut path).deserialize(&mut *reader);
        let tree = read.map_err(|error| said(&path, &error))?;
        reader.end().map_err(|error| said(&Path::default(), &error))?;
        Ok(tree)
    }

    /// What stands under `key`, if this is an object with it.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        match self {
            Tree::Object(entries) => {
                entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

fn said(path: &Path, error: &serde_json::Error) -> Error {
    let (place, line, column) = (path.to_string(), error.line(), error.column());
    match error.classify() {
        Category::Eof => Error::Ends { place, line, column },
        // The only way in which serde_json tells it from text that is no JSON.
        _ if error.to_string().starts_with("number out of range") => Error::TooLarge { place },
        _ => Error::Syntax { place, line, column },
    }
}

/// A text as it is, everything else as JSON.
impl Display for Tree {
    fn fmt(&self, to: &mut Formatter) -> fmt::Result {
        match self {
            Tree::Text(text) => to.write_str(text),
            other => to.write_str(&super::write(other)),
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Tree::Null => to.serialize_unit(),
            Tree::Bool(v) => to.serialize_bool(*v),
            Tree::Natural(v) => to.serialize_u64(*v),
            Tree::Integer(v) => to.serialize_i64(*v),
            Tree::Real(v) => to.serialize_f64(*v),
            Tree::Text(v) => to.serialize_str(v),
            Tree::List(values) => to.collect_seq(values),
            Tree::Object(entries) => to.collect_map(entries.iter().map(|(name, v)| (name, v))),
        }
    }
}

/// Reads a tree; where that fails, the path is left as it was there.
struct Reading<'p>(&'p mut Path);

impl<'t> DeserializeSeed<'t> for Reading<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'t>>(self, from: D) -> std::result::Result<Tree, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Reading<'_> {
    type Value = Tree;

    fn expecting(&self, to: &mut Formatter) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_unit<E>(self) -> std::result::Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, v: bool) -> std::result::Result<Tree, E> {
        Ok(Tree::Bool(v))
    }

    fn visit_u64<E>(self, v: u64) -> std::result::Result<Tree, E> {
        Ok(Tree::Natural(v))
    }

    fn visit_i64<E>(self, v: i64) -> std::result::Result<Tree, E> {
        Ok(Tree::Integer(v))
    }

    fn visit_f64<E>(self, v: f64) -> std::result::Result<Tree, E> {
        Ok(Tree::Real(v))
    }

    fn visit_str<E>(self, v: &str) -> std::result::Result<Tree, E> {
        Ok(Tree::Text(v.into()))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut from: A) -> std::result::Result<Tree, A::Error> {
        let mut list = vec![];
        loop {
            self.0.push(Step::Index(list.len()));
            let value = from.next_element_seed(Reading(self.0))?;
            self.0.pop();
            match value {
                Some(value) => list.push(value),
                None => return Ok(Tree::List(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'t>>(self, mut from: A) -> std::result::Result<Tree, A::Error> {
        let mut entries = vec![];
        while let Some(name) = from.next_key::<String>()? {
            self.0.push(Step::Key(name.clone()));
            let value = from.next_value_seed(Reading(self.0))?;
            self.0.pop();
            entries.push((name, value));
        }
        Ok(Tree::Object(entries))
    }
}
