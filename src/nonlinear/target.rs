//! The curve that is to be fitted.

use serde::{Deserialize, Serialize};

use super::within;
use crate::data::REACH;
use crate::error::{Allowed, Error, Result};
use crate::math;
use crate::name::Named;

/// Places at which the learner sets the height: the whole numbers from −6 to 6.
pub const HANDLES: usize = 13;
/// The largest height, to both sides of 0.
pub const HIGHEST: usize = 2;

/// A curve with a name, defined everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// 1.5 sin x.
    Sine,
    /// 2 e^{−x² ∕ 4} − ½.
    Bump,
    /// 1 for x > 0, else −1: not continuous.
    Jump,
}

impl Shape {
    /// Its height at x.
    pub fn value(self, x: f64) -> f64 {
        match self {
            Shape::Sine => 1.5 * math::sin(x),
            Shape::Bump => 2.0 * math::exp(-x * x / 4.0) - 0.5,
            Shape::Jump => {
                if x > 0.0 {
                    1.0
                } else {
                    -1.0
                }
            }
        }
    }
}

impl Named for Shape {
    fn all() -> impl Iterator<Item = Self> {
        [Shape::Sine, Shape::Bump, Shape::Jump].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Shape::Sine => "sine",
            Shape::Bump => "bump",
            Shape::Jump => "jump",
        }
    }
}

/// A shape, or straight lines between the heights that the learner has drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    shape: Option<Shape>,
    heights: [f64; HANDLES],
}

impl Target {
    /// The curve of `shape`.
    pub fn of(shape: Shape) -> Target {
        Target { shape: Some(shape), heights: std::array::from_fn(|k| shape.value(place(k))) }
    }

    /// The learner's own curve.
    ///
    /// # Errors
    /// Another number of heights than [`HANDLES`], or one beyond [`HIGHEST`].
    pub fn through(heights: &[f64]) -> Result<Target> {
        let heights: [f64; HANDLES] =
            heights.try_into().map_err(|_| Error::length("heights", heights.len(), HANDLES))?;
        for (k, height) in heights.into_iter().enumerate() {
            if height.is_nan() || height.abs() > HIGHEST as f64 {
                let allowed = Allowed::Within(HIGHEST);
                return Err(Error::range(format!("heights[{k}]"), height, allowed));
            }
        }
        Ok(Target { shape: None, heights })
    }

    /// The same with another height at one handle: the learner's own from then on.
    ///
    /// # Errors
    /// There is no such handle, or the height is beyond [`HIGHEST`].
    pub fn with(&self, handle: usize, height: f64) -> Result<Target> {
        within("handle", handle, (0, HANDLES - 1))?;
        let mut heights = self.heights;
        heights[handle] = height;
        Target::through(&heights)
    }

    /// The shape, unless the learner has drawn.
    pub fn shape(&self) -> Option<Shape> {
        self.shape
    }

    pub fn heights(&self) -> &[f64; HANDLES] {
        &self.heights
    }

    /// Where the curve jumps, and its height right of it.
    pub fn jump(&self) -> Option<[f64; 2]> {
        (self.shape == Some(Shape::Jump)).then_some([0.0, 1.0])
    }

    /// The height at x; of the learner's own curve there is none outside of what is drawn.
    pub fn value(&self, x: f64) -> Option<f64> {
        if let Some(shape) = self.shape {
            return Some(shape.value(x));
        }
        if x.is_nan() || x.abs() > REACH {
            return None;
        }
        let along = x + REACH;
        let k = (along as usize).clamp(0, HANDLES - 2);
        let part = along - k as f64;
        Some(self.heights[k] + part * (self.heights[k + 1] - self.heights[k]))
    }
}

/// Where handle `k` is.
pub fn place(k: usize) -> f64 {
    k as f64 - REACH
}
