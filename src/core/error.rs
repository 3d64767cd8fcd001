//! What can go wrong, always with its place and the offending value.

use serde::Serialize;
use thiserror::Error;

/// An error of the core. `Display` says it in English; serialised, it is the key and the
/// arguments of the same sentence in `www/words/`, so that the page can say it in its language.
#[derive(Debug, Clone, PartialEq, Error, Serialize)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum Error {
    /// Not JSON of the expected form in another way than those below. `place` is the path within
    /// the document.
    #[error("{place}: {detail}")]
    Json { place: String, detail: String },
    /// Text that is no JSON from this place on.
    #[error("{place}: not JSON from line {line}, column {column} on")]
    Syntax { place: String, line: usize, column: usize },
    /// JSON that ends before it is complete.
    #[error("{place}: ends at line {line}, column {column}, before it is complete")]
    Ends { place: String, line: usize, column: usize },
    /// A key that has to be there is not.
    #[error("{place}: `{field}` is missing")]
    Missing { place: String, field: String },
    /// A key that means nothing here.
    #[error("{place}: `{field}` is unknown here")]
    Unexpected { place: String, field: String },
    /// A key that is there twice.
    #[error("{place}: `{field}` is there twice")]
    Twice { place: String, field: String },
    /// A value of another type.
    #[error("{place}: {given}, but {asked} is needed")]
    Kind { place: String, given: Given, asked: Asked },
    /// A number that f64 does not hold.
    #[error("{place}: a number beyond 1.8·10³⁰⁸, the largest there is")]
    TooLarge { place: String },
    /// A link whose case is neither a preset nor an export.
    #[error("{place}: neither a preset nor an exported case")]
    NoCase { place: String },
    /// A link whose list of numbers is cut or garbled.
    #[error("{place}: these are no numbers")]
    NoNumbers { place: String },
    /// An action on a network's training step in a chapter that has none.
    #[error("{place}: there is no training step to go through in this chapter")]
    NoLab { place: String },
    /// A list that must not be empty is.
    #[error("{place}: empty, but at least one is needed")]
    Empty { place: String },
    /// A row of weights has another length than the layer below has units.
    #[error("{place}: {found} numbers, but layer {below} has {units} units")]
    UnitsBelow { place: String, found: usize, below: usize, units: usize },
    /// A list has another length than its counterpart.
    #[error("{place}: {found} entries, but {wanted} are needed, as many as {counterpart}")]
    Count { place: String, found: usize, wanted: usize, counterpart: String },
    /// A number outside what its place allows.
    #[error("{place}: {value} is not {allowed}")]
    Range { place: String, value: String, allowed: Allowed },
    /// A name that is not one of the known ones.
    #[error("{place}: \"{name}\" is not one of {known}")]
    Name { place: String, name: String, known: String },
    /// α given for a function that has none.
    #[error("{place}: {activation} has no alpha")]
    NoAlpha { place: String, activation: String },
    /// A loss that asks for another activation in the last layer.
    #[error("{place}: {found}, but {loss} needs {needed} in the last layer")]
    Pairing { place: String, found: String, loss: String, needed: String },
    /// Softmax anywhere but in the last layer with its loss.
    #[error("{place}: softmax belongs in the last layer, with softmax_cross_entropy")]
    Softmax { place: String },
    /// A function of several numbers where one of a single number is asked for.
    #[error("{place}: softmax is not a function of one number")]
    NotElementwise { place: String },
    /// Recording would take more steps than a trace may hold.
    #[error("the trace would have {steps} steps; at most {limit} are recorded")]
    TooLong { steps: usize, limit: usize },
    /// A file whose layers or batch are not where its `page.position` leads from its start.
    #[error(
        "{place}: its position does not lead to these layers and this batch; without `page` the case starts from them"
    )]
    Mismatch { place: String },
    /// A script is asked for that would have to draw the same random numbers.
    #[error("{place}: rrelu draws its alpha anew at each step, which a script cannot repeat")]
    RandomAlpha { place: String },
    /// A change where there is nothing to change.
    #[error("{place}: these networks stay as they are, so that the fault can be found")]
    Fixed { place: String },
    /// A text or a file that is too large to be read.
    #[error("{found} MB, but at most {most} MB are read")]
    TooMuch { found: usize, most: usize },
    /// A class for points that have values.
    #[error("{place}: these points have values, not classes, so there is nothing to paint")]
    NoClasses { place: String },
    /// A position outside of what there is.
    #[error("{place}: {found}, but at most {most}")]
    Beyond { place: String, found: usize, most: usize },
    /// An action that broke the page, which was built anew from its link.
    #[error("something broke; the page was built anew from its link")]
    Rebuilt,
    /// The same, from the link before: the last one led nowhere.
    #[error("something broke; the page is back at an earlier state")]
    RebuiltEarlier,
    /// The same, from the name of the chapter alone.
    #[error("something broke; the chapter is as at its start")]
    RebuiltStart,
    /// A part of the page that broke it; the page was built anew without it.
    #[error("a part broke and is left out; the page was built anew from its link")]
    RebuiltWithout,
    /// A part of the page that broke, and nothing with it.
    #[error("a part broke and is left out")]
    LeftOut,
    /// An experiment that broke.
    #[error("the experiment broke and was stopped")]
    TrialBroke,
}

/// What a place allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    #[error("a finite number")]
    Finite,
    #[error("in [0, 1]")]
    UnitInterval,
    #[error("a sum of 1")]
    SumOfOne,
    #[error("from {0} to {1}")]
    Between(usize, usize),
    #[error("from −{0} to {0}")]
    Within(usize),
    #[error("from 0 to less than 1")]
    BelowOne,
    #[error("above 0")]
    Positive,
    #[error("0 or more")]
    NotNegative,
    #[error("a whole number from 0 up")]
    Whole,
    #[error("small enough")]
    SmallEnough,
    #[error("within the network")]
    Index,
    #[error("a hidden layer")]
    Hidden,
    #[error("from −6 to 6")]
    InSquare,
    #[error("from −1000 to 1000")]
    InThousand,
    #[error("from −2 to 2")]
    InReach,
    #[error("from 0 to 2")]
    NotAboveTwo,
    #[error("x1, x2 and a class or a value")]
    Row,
    #[error("a position t.id")]
    Position,
    /// What a canvas or an axis can hold: asked for by the page's code, never by a user.
    #[error("{0}")]
    Drawable(&'static str),
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    #[error("null")]
    Null,
    #[error("{0}")]
    Truth(bool),
    #[error("the number {0}")]
    Number(String),
    #[error("the text \"{0}\"")]
    Text(String),
    #[error("a list of {0}")]
    List(usize),
    #[error("an object")]
    Object,
}

/// What a value should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    #[error("null")]
    Null,
    #[error("true or false")]
    Truth,
    #[error("a number")]
    Number,
    #[error("a whole number from 0 up")]
    Whole,
    #[error("a smaller number")]
    Smaller,
    #[error("a text")]
    Text,
    #[error("a list")]
    List,
    #[error("a list of {0}")]
    ListOf(usize),
    #[error("an object")]
    Object,
    #[error("a name, or an object with one key")]
    Named,
    #[error("a name alone")]
    Alone,
    #[error("another value")]
    Other,
}

impl Error {
    /// A number that is not finite at a place that needs one.
    pub fn not_finite(place: impl Into<String>, value: f64) -> Error {
        Error::range(place, value, Allowed::Finite)
    }

    /// A value that its place does not allow.
    pub fn range(place: impl Into<String>, value: impl ToString, allowed: Allowed) -> Error {
        Error::Range { place: place.into(), value: quote(&value.to_string()), allowed }
    }

    /// A list of another length than the one that its place has.
    pub fn length(place: impl Into<String>, found: usize, wanted: usize) -> Error {
        let (given, asked) = (Given::List(found), Asked::ListOf(wanted));
        Error::Kind { place: place.into(), given, asked }
    }
}

/// The most of a stranger's text that a message repeats, in characters.
const LONGEST: usize = 60;

/// A stranger's text as a message repeats it: a line, without what is not seen, and cut. A long
/// numeral is told in powers of ten instead.
pub fn quote(text: &str) -> String {
    if text.len() > LONGEST
        && let Some(number) = text.parse().ok().filter(|number: &f64| number.is_finite())
    {
        return format!("{number:e}");
    }
    let seen = text.chars().filter(|&c| !is_unseen(c)).map(|c| match c {
        c if c.is_control() || c.is_whitespace() => ' ',
        c => c,
    });
    let mut line: String = seen.take(LONGEST + 1).collect();
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.replace_range(end.., "…");
    }
    line
}

/// Signs without a shape of their own, such as those that turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The core's result.
pub type Result<T> = std::result::Result<T, Error>;
