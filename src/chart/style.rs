//! Colours and fonts as the page hands them in, and the dashes that tell the grey curves apart.

use plotters::style::RGBAColor;
use serde::Deserialize;

use crate::activation::Activation;
use crate::colour::Colour;

/// The page's colours.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The curve in focus, its label and the axes.
    pub ink: Colour,
    /// The other curves.
    pub grey: Colour,
    pub grid: Colour,
    /// Numbers on the axes and the labels of the other curves.
    pub text: Colour,
    /// What the chart stands on.
    pub surface: Colour,
    /// Where the function in focus is saturated; translucent, as it lies above the grid.
    pub shade: Colour,
}

/// Font families as CSS lists them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fonts {
    pub words: String,
    /// Monospaced.
    pub numbers: String,
}

impl Default for Fonts {
    fn default() -> Fonts {
        Fonts { words: "system-ui, sans-serif".into(), numbers: "ui-monospace, monospace".into() }
    }
}

/// `colour` for plotters.
pub fn rgba(Colour([r, g, b, a]): Colour) -> RGBAColor {
    RGBAColor(r, g, b, f64::from(a) / 255.0)
}

/// The dashes of a function wherever it is not in focus: lengths on and off in CSS px. Each has
/// its own, whichever others are shown, so that a legend can use the same.
pub fn dash(g: Activation) -> &'static [f64] {
    match g {
        Activation::Sigmoid => &[9.0, 5.0],
        Activation::Tanh => &[2.0, 4.0],
        Activation::Relu => &[18.0, 4.0],
        Activation::LeakyRelu { .. } => &[12.0, 4.0, 2.0, 4.0],
        Activation::Identity => &[5.0, 3.0],
        Activation::Step => &[14.0, 4.0, 6.0, 4.0],
        Activation::Prelu { .. } => &[12.0, 4.0, 2.0, 4.0, 2.0, 4.0],
        Activation::Rrelu { .. } => &[2.0, 3.0, 2.0, 8.0],
        Activation::Elu { .. } => &[5.0, 7.0],
        Activation::Gelu => &[20.0, 5.0, 2.0, 5.0],
        Activation::Silu => &[9.0, 4.0, 3.0, 4.0],
        Activation::Softplus => &[2.0, 8.0],
    }
}

/// The dashes of max(αz, z), which stands beside Leaky ReLU.
pub const BESIDE_DASH: &[f64] = &[3.0, 3.0];
