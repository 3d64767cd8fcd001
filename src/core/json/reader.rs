//! Reads values of Rust from a tree: objects as objects alone, lists whole.
//!
//! One deserializer for all that the page reads, since each adds a copy of every type's reading
//! to the module.

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::fault::{Fault, Step};
use super::tree::Tree;
use crate::error::{Asked, Given, quote};

type Result<T> = std::result::Result<T, Fault>;

/// The same for all kinds of numbers: each visitor takes those that it can hold.
macro_rules! read_numbers {
    ($asked:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
            self.number(visitor, Asked::$asked)
        })*
    };
}

impl Tree {
    fn refused(&self, asked: Asked) -> Fault {
        let given = match self {
            Tree::Null => Given::Null,
            Tree::Bool(v) => Given::Truth(*v),
            Tree::Natural(_) | Tree::Integer(_) | Tree::Real(_) => Given::Number(self.to_string()),
            Tree::Text(v) => Given::Text(quote(v)),
            Tree::List(list) => Given::List(list.len()),
            Tree::Object(_) => Given::Object,
        };
        Fault::kind(given, asked)
    }

    fn number<'t, V: Visitor<'t>>(&self, visitor: V, asked: Asked) -> Result<V::Value> {
        let taken: Result<V::Value> = match *self {
            Tree::Natural(v) => visitor.visit_u64(v),
            Tree::Integer(v) => visitor.visit_i64(v),
            Tree::Real(v) => visitor.visit_f64(v),
            _ => return Err(self.refused(asked)),
        };
        taken.map_err(|_| match self {
            // Right in kind, but beyond what this type holds.
            Tree::Natural(_) => self.refused(Asked::Smaller),
            _ => self.refused(asked),
        })
    }

    fn list<'t, V: Visitor<'t>>(&'t self, visitor: V) -> Result<V::Value> {
        let Tree::List(list) = self else { return Err(self.refused(Asked::List)) };
        visitor.visit_seq(&mut Elements { list, next: 0 })
    }

    fn tuple<'t, V: Visitor<'t>>(&'t self, count: usize, visitor: V) -> Result<V::Value> {
        match self {
            Tree::List(list) if list.len() == count => self.list(visitor),
            _ => Err(self.refused(Asked::ListOf(count))),
        }
    }

    fn object<'t, V: Visitor<'t>>(&'t self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Object(entries) => visitor.visit_map(Entries { entries, current: None }),
            _ => Err(self.refused(Asked::Object)),
        }
    }
}

impl<'t> Deserializer<'t> for &'t Tree {
    type Error = Fault;

    read_numbers! {
        Whole: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64
    }
    read_numbers! { Number: deserialize_f32 deserialize_f64 }

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(v) => visitor.visit_bool(*v),
            Tree::Text(v) => visitor.visit_borrowed_str(v),
            Tree::List(_) => self.list(visitor),
            Tree::Object(_) => self.object(visitor),
            _ => self.number(visitor, Asked::Number),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Bool(v) => visitor.visit_bool(*v),
            _ => Err(self.refused(Asked::Truth)),
        }
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Text(v) => visitor.visit_borrowed_str(v),
            _ => Err(self.refused(Asked::Text)),
        }
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_unit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Null => visitor.visit_unit(),
            _ => Err(self.refused(Asked::Null)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, count: usize, visitor: V) -> Result<V::Value> {
        self.tuple(count, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        count: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.tuple(count, visitor)
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.object(visitor)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self {
            Tree::Text(name) => visitor.visit_enum(Variant { name, content: None }),
            Tree::Object(entries) if entries.len() == 1 => {
                let (name, content) = &entries[0];
                visitor.visit_enum(Variant { name, content: Some(content) })
            }
            _ => Err(self.refused(Asked::Named)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { <V: Visitor<'t>> bytes byte_buf }
}

struct Elements<'t> {
    list: &'t [Tree],
    next: usize,
}

impl<'t> SeqAccess<'t> for &mut Elements<'t> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(element) = self.list.get(self.next) else { return Ok(None) };
        let k = self.next;
        self.next += 1;
        seed.deserialize(element).map(Some).map_err(|fault| fault.within(Step::Index(k)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.next)
    }
}

struct Entries<'t> {
    entries: &'t [(String, Tree)],
    current: Option<&'t (String, Tree)>,
}

impl<'t> MapAccess<'t> for Entries<'t> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some((entry, rest)) = self.entries.split_first() else { return Ok(None) };
        (self.entries, self.current) = (rest, Some(entry));
        seed.deserialize(StrDeserializer::new(&entry.0))
            .map(Some)
            .map_err(|fault| at(fault, &entry.0))
    }

    fn next_value_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<T::Value> {
        let Some((name, value)) = self.current else {
            return Err(Fault::custom("a value without a key"));
        };
        seed.deserialize(value).map_err(|fault| at(fault, name))
    }
}

fn at(fault: Fault, key: &str) -> Fault {
    fault.within(Step::Key(key.into()))
}

struct Variant<'t> {
    name: &'t str,
    content: Option<&'t Tree>,
}

impl<'t> Variant<'t> {
    fn content(&self, asked: Asked) -> Result<&'t Tree> {
        self.content.ok_or_else(|| Fault::kind(Given::Text(quote(self.name)), asked))
    }
}

impl<'t> EnumAccess<'t> for Variant<'t> {
    type Error = Fault;
    type Variant = Variant<'t>;

    fn variant_seed<V: DeserializeSeed<'t>>(self, seed: V) -> Result<(V::Value, Variant<'t>)> {
        Ok((seed.deserialize(StrDeserializer::new(self.name))?, self))
    }
}

impl<'t> VariantAccess<'t> for Variant<'t> {
    type Error = Fault;

    fn unit_variant(self) -> Result<()> {
        match self.content {
            None => Ok(()),
            Some(content) => Err(at(content.refused(Asked::Alone), self.name)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<T::Value> {
        let content = self.content(Asked::Named)?;
        seed.deserialize(content).map_err(|fault| at(fault, self.name))
    }

    fn tuple_variant<V: Visitor<'t>>(self, count: usize, visitor: V) -> Result<V::Value> {
        self.content(Asked::ListOf(count))?
            .tuple(count, visitor)
            .map_err(|fault| at(fault, self.name))
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.content(Asked::Object)?.object(visitor).map_err(|fault| at(fault, self.name))
    }
}
