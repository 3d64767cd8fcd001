//! What a touch of the plane does to the points on it.

use super::CLASSES;
use crate::name::Named;

/// A brush in the learner's hand, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Brush {
    #[default]
    None,
    /// Paints points of a class.
    Class(usize),
    Erase,
}

impl Named for Brush {
    fn all() -> impl Iterator<Item = Self> {
        let classes = (0..CLASSES).map(Brush::Class);
        [Brush::None].into_iter().chain(classes).chain([Brush::Erase])
    }

    fn name(self) -> &'static str {
        match self {
            Brush::None => "none",
            Brush::Class(0) => "class0",
            Brush::Class(1) => "class1",
            Brush::Class(_) => "class2",
            Brush::Erase => "erase",
        }
    }
}
