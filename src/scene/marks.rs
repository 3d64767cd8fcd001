//! What a picture is made of: plain data, with colours as roles.

use serde::Deserialize;

use super::geometry::{Point, Rect, mix};
use crate::trace::Id;

/// What a colour is for; the page's theme says which colour that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ink {
    /// Text, outlines and curves.
    Ink,
    /// Names and captions.
    Muted,
    /// Lines that carry nothing just now.
    Idle,
    /// Lines within a unit.
    Hairline,
    /// A weight or bias above 0, as text or in use.
    Positive,
    /// A weight or bias below 0, as text or in use.
    Negative,
    /// The same two where they carry nothing just now.
    PositiveIdle,
    NegativeIdle,
    /// What flows from the input to the loss, and back.
    Forward,
    Backward,
    /// Behind forward and backward numbers.
    ForwardTint,
    BackwardTint,
    /// Inside units.
    Surface,
    /// Behind everything.
    Ground,
}

/// An ink, or something between two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shade {
    pub from: Ink,
    pub to: Ink,
    /// 0 is `from`, 1 is `to`.
    pub t: f64,
}

impl From<Ink> for Shade {
    fn from(ink: Ink) -> Shade {
        Shade { from: ink, to: ink, t: 0.0 }
    }
}

impl Shade {
    pub(super) fn toward(self, other: Shade, t: f64) -> Shade {
        Shade { from: self.nearest(), to: other.nearest(), t }
    }

    fn nearest(self) -> Ink {
        if self.t < 0.5 { self.from } else { self.to }
    }
}

/// A line's colour and its width in css pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    pub shade: Shade,
    pub width: f64,
}

impl Stroke {
    pub fn new(ink: Ink, width: f64) -> Stroke {
        Stroke { shade: ink.into(), width }
    }
}

/// Something to draw. The key is the same in every picture of a network: by it a mark is found
/// again in the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub key: String,
    pub shape: Shape,
    pub fill: Option<Shade>,
    pub stroke: Option<Stroke>,
    /// 0 is not to be seen, 1 is solid.
    pub opacity: f64,
    /// Which way a value went along this line in the step in focus.
    pub travel: Option<Travel>,
}

impl Mark {
    pub fn new(key: impl Into<String>, shape: Shape) -> Mark {
        Mark { key: key.into(), shape, fill: None, stroke: None, opacity: 1.0, travel: None }
    }

    pub fn filled(mut self, ink: Ink) -> Mark {
        self.fill = Some(ink.into());
        self
    }

    pub fn stroked(mut self, ink: Ink, width: f64) -> Mark {
        self.stroke = Some(Stroke::new(ink, width));
        self
    }

    pub fn travelled(mut self, travel: Travel) -> Mark {
        self.travel = Some(travel);
        self
    }

    /// The text, if this mark is one.
    pub fn text(&self) -> Option<&Text> {
        match &self.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Which way a value goes along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// From the input to the loss.
    Forward,
    /// From the loss to the input.
    Backward,
    /// The number stays at its edge: a parameter and its gradient.
    Still,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An edge, from the side of the input to the side of the loss.
    Line(Point, Point),
    /// A curve through these points.
    Path(Vec<Point>),
    /// A closed surface with these corners.
    Polygon(Vec<Point>),
    /// A rectangle with corners of this radius.
    Box(Rect, f64),
    Text(Text),
}

/// What stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// These characters, in every language.
    Verbatim(String),
    /// A sentence of the page: `{n}` in it is `n`.
    Key { key: &'static str, n: Option<usize> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Numbers: every digit equally wide.
    Mono,
    /// The page's words.
    Sans,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
}

/// One line of text. `at` is the middle of its height; `align` says what of its width.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub words: Words,
    pub at: Point,
    pub align: Align,
    pub face: Face,
    pub bold: bool,
    /// Height of the font in css pixels.
    pub size: f64,
    /// The text is made narrower where its font would need more than this, in css pixels.
    pub room: f64,
    /// The step whose number this is.
    pub id: Option<Id>,
}

/// The width of a character as a part of the font's height: what common fonts need at most.
pub const MONO_ADVANCE: f64 = 0.61;
const SANS_ADVANCE: f64 = 0.64;
/// The height that a line of text takes, as a part of the font's.
pub const LINE: f64 = 1.16;

impl Text {
    /// The place that the text takes at most.
    pub fn bounds(&self) -> Rect {
        let needed = match (&self.words, self.face) {
            (Words::Key { .. }, _) => self.room,
            (Words::Verbatim(text), Face::Mono) => mono_width(text, self.size),
            (Words::Verbatim(text), Face::Sans) => {
                text.chars().count() as f64 * SANS_ADVANCE * self.size
            }
        };
        let w = super::geometry::smaller(needed, self.room);
        let h = LINE * self.size;
        let x = match self.align {
            Align::Left => self.at.x,
            Align::Centre => self.at.x - w / 2.0,
        };
        Rect::new(x, self.at.y - h / 2.0, w, h)
    }
}

/// The width of `text` in the monospaced font, in css pixels; raised digits count as others.
pub fn mono_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * MONO_ADVANCE * size
}

impl Shape {
    /// The shape a part `t` of the way to `other`; what can't be mixed is `other`.
    pub(super) fn toward(&self, other: &Shape, t: f64) -> Shape {
        match (self, other) {
            (Shape::Line(a, b), Shape::Line(c, d)) => Shape::Line(a.toward(*c, t), b.toward(*d, t)),
            (Shape::Box(a, r), Shape::Box(b, s)) => Shape::Box(a.toward(*b, t), mix(*r, *s, t)),
            (Shape::Path(a), Shape::Path(b)) if a.len() == b.len() => Shape::Path(points(a, b, t)),
            (Shape::Polygon(a), Shape::Polygon(b)) if a.len() == b.len() => {
                Shape::Polygon(points(a, b, t))
            }
            (Shape::Text(a), Shape::Text(b)) => {
                Shape::Text(Text { at: a.at.toward(b.at, t), ..b.clone() })
            }
            _ => other.clone(),
        }
    }
}

fn points(a: &[Point], b: &[Point], t: f64) -> Vec<Point> {
    a.iter().zip(b).map(|(a, b)| a.toward(*b, t)).collect()
}
