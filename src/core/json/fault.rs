//! What is wrong with a JSON value, and where.

use std::fmt::{self, Display, Formatter};

use serde::de::{Expected, Unexpected};

use crate::error::{Asked, Error, Given, quote};
use crate::name;

/// What the document's own place is called.
const ROOT: &str = "JSON";
/// The steps of a path that are told: what is deeper is none of ours.
const LONGEST: usize = 8;

/// A step from a value into it.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// The way to a value from the document's own: `layers[1].weights`, or "JSON" for the document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Path(Vec<Step>);

impl Path {
    pub fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    pub fn pop(&mut self) {
        self.0.pop();
    }
}

impl Display for Path {
    fn fmt(&self, to: &mut Formatter) -> fmt::Result {
        let mut steps = self.0.iter();
        let mut way = match self.0.first() {
            Some(Step::Key(key)) if !key.is_empty() => {
                steps.next();
                quote(key)
            }
            _ => ROOT.into(),
        };
        for step in steps.by_ref().take(LONGEST) {
            way += &match step {
                Step::Index(k) => format!("[{k}]"),
                Step::Key(key) => format!(".{}", quote(key)),
            };
        }
        if steps.len() > 0 {
            way.push('…');
        }
        to.write_str(&quote(&way))
    }
}

/// A value that is not what is read. Boxed, since it is seldom there.
#[derive(Debug)]
pub struct Fault(Box<Wrong>);

#[derive(Debug)]
struct Wrong {
    what: What,
    /// From the value outwards.
    path: Vec<Step>,
}

#[derive(Debug)]
enum What {
    Missing { field: String },
    Unexpected { field: String },
    Twice { field: String },
    Name { name: String, known: &'static [&'static str] },
    Kind { given: Given, asked: Asked },
    Other { detail: String },
}

impl Fault {
    fn new(what: What) -> Fault {
        Fault(Box::new(Wrong { what, path: vec![] }))
    }

    /// One thing where another is asked for.
    pub fn kind(given: Given, asked: Asked) -> Fault {
        Fault::new(What::Kind { given, asked })
    }

    /// The same, seen from one step further out.
    pub fn within(mut self, step: Step) -> Fault {
        self.0.path.push(step);
        self
    }

    /// The same, seen from the value of the document's only key.
    pub fn without_first(mut self) -> Fault {
        self.0.path.pop();
        self
    }
}

impl From<Fault> for Error {
    fn from(Fault(wrong): Fault) -> Error {
        let Wrong { what, mut path } = *wrong;
        path.reverse();
        let place = Path(path).to_string();
        match what {
            What::Missing { field } => Error::Missing { place, field },
            What::Unexpected { field } => Error::Unexpected { place, field },
            What::Twice { field } => Error::Twice { place, field },
            What::Name { name, known } => name::unknown(place, &name, known.iter().copied()),
            What::Kind { given, asked } => Error::Kind { place, given, asked },
            What::Other { detail } => Error::Json { place, detail },
        }
    }
}

impl Display for Fault {
    fn fmt(&self, to: &mut Formatter) -> fmt::Result {
        write!(to, "{:?}", self.0)
    }
}

impl std::error::Error for Fault {}

/// Serde's words are a programmer's: what it can tell is kept, and said in ours.
impl serde::de::Error for Fault {
    fn custom<T: Display>(detail: T) -> Fault {
        Fault::new(What::Other { detail: quote(&detail.to_string()) })
    }

    fn invalid_type(found: Unexpected, _: &dyn Expected) -> Fault {
        let given = match found {
            Unexpected::Bool(v) => Given::Truth(v),
            Unexpected::Unsigned(v) => Given::Number(v.to_string()),
            Unexpected::Signed(v) => Given::Number(v.to_string()),
            Unexpected::Float(v) => Given::Number(v.to_string()),
            Unexpected::Str(v) => Given::Text(quote(v)),
            Unexpected::Unit => Given::Null,
            Unexpected::Seq => Given::List(0),
            _ => Given::Object,
        };
        Fault::kind(given, Asked::Other)
    }

    fn invalid_value(found: Unexpected, wanted: &dyn Expected) -> Fault {
        Fault::invalid_type(found, wanted)
    }

    fn invalid_length(length: usize, _: &dyn Expected) -> Fault {
        Fault::kind(Given::List(length), Asked::Other)
    }

    fn missing_field(field: &'static str) -> Fault {
        Fault::new(What::Missing { field: field.into() })
    }

    fn duplicate_field(field: &'static str) -> Fault {
        Fault::new(What::Twice { field: field.into() })
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Fault {
        Fault::new(What::Unexpected { field: quote(field) })
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Fault {
        Fault::new(What::Name { name: name.into(), known })
    }
}

impl serde::ser::Error for Fault {
    fn custom<T: Display>(detail: T) -> Fault {
        serde::de::Error::custom(detail)
    }
}
