//! What is wrong with a JSON value, and where.

use std::fmt::{self, Display, Formatter};

use serde::de::{Expected, Unexpected};

use crate::error::Error;

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
        match self.0.first() {
            Some(Step::Key(key)) if !key.is_empty() => {
                to.write_str(key)?;
                steps.next();
            }
            _ => to.write_str(ROOT)?,
        }
        for step in steps.by_ref().take(LONGEST) {
            match step {
                Step::Index(k) => write!(to, "[{k}]")?,
                Step::Key(key) => write!(to, ".{key}")?,
            }
        }
        to.write_str(if steps.len() > 0 { "…" } else { "" })
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
    Kind { found: String, wanted: String },
    Other { detail: String },
}

impl Fault {
    fn new(what: What) -> Fault {
        Fault(Box::new(Wrong { what, path: vec![] }))
    }

    /// `found` where something else is wanted.
    pub fn kind(found: Unexpected, wanted: &dyn Expected) -> Fault {
        let found = match found {
            Unexpected::Unit => "null".into(),
            found => found.to_string(),
        };
        Fault::new(What::Kind { found, wanted: wanted.to_string() })
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
            What::Kind { found, wanted } => Error::Kind { place, found, wanted },
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

impl serde::de::Error for Fault {
    fn custom<T: Display>(detail: T) -> Fault {
        Fault::new(What::Other { detail: detail.to_string() })
    }

    fn invalid_type(found: Unexpected, wanted: &dyn Expected) -> Fault {
        Fault::kind(found, wanted)
    }

    fn invalid_value(found: Unexpected, wanted: &dyn Expected) -> Fault {
        Fault::kind(found, wanted)
    }

    fn missing_field(field: &'static str) -> Fault {
        Fault::new(What::Missing { field: field.into() })
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Fault {
        Fault::new(What::Unexpected { field: field.into() })
    }
}

impl serde::ser::Error for Fault {
    fn custom<T: Display>(detail: T) -> Fault {
        serde::de::Error::custom(detail)
    }
}
