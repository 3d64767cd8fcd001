//! What a network may see of a point of the plane.

use crate::math;
use crate::name::Named;

/// A function of a point (x₁, x₂), as one input of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    X1,
    X2,
    X1Squared,
    X2Squared,
    X1X2,
    SinX1,
    SinX2,
}

use Feature::*;

impl Feature {
    /// In the order in which the page lists them.
    pub const ALL: [Feature; 7] = [X1, X2, X1Squared, X2Squared, X1X2, SinX1, SinX2];

    /// As it is written in formulas.
    pub fn symbol(self) -> &'static str {
        match self {
            X1 => "x₁",
            X2 => "x₂",
            X1Squared => "x₁²",
            X2Squared => "x₂²",
            X1X2 => "x₁x₂",
            SinX1 => "sin x₁",
            SinX2 => "sin x₂",
        }
    }

    /// The input's value at a point.
    pub fn at(self, [x1, x2]: [f64; 2]) -> f64 {
        match self {
            X1 => x1,
            X2 => x2,
            X1Squared => x1 * x1,
            X2Squared => x2 * x2,
            X1X2 => x1 * x2,
            SinX1 => math::sin(x1),
            SinX2 => math::sin(x2),
        }
    }

    /// A bound of |value| on the square whose points have |x₁|, |x₂| ≤ `reach`.
    pub fn bound(self, reach: f64) -> f64 {
        match self {
            X1 | X2 => reach,
            X1Squared | X2Squared | X1X2 => reach * reach,
            SinX1 | SinX2 => 1.0,
        }
    }
}

impl Named for Feature {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            X1 => "x1",
            X2 => "x2",
            X1Squared => "x1_squared",
            X2Squared => "x2_squared",
            X1X2 => "x1_x2",
            SinX1 => "sin_x1",
            SinX2 => "sin_x2",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_is_the_function_that_its_name_says() {
        // sin 2 and sin(−3) by mpmath.
        let wanted = [2.0, -3.0, 4.0, 9.0, -6.0, 0.909_297_426_825_681_7, -0.141_120_008_059_867_2];
        for (feature, wanted) in Feature::ALL.into_iter().zip(wanted) {
            let found = feature.at([2.0, -3.0]);
            assert!((found - wanted).abs() < 1e-15, "{}: {found}", feature.name());
            assert!(found.abs() <= feature.bound(3.0));
        }
    }
}
