//! Activation functions of one number: value, slope and what there is to know about each.

use crate::error::{Error, Result};
use crate::math;
use crate::name::Named;

/// An activation function g, with its parameter α where it has one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    Identity,
    Step,
    Sigmoid,
    Tanh,
    Relu,
    LeakyRelu {
        alpha: f64,
    },
    /// Leaky ReLU whose α is learned.
    Prelu {
        alpha: f64,
    },
    /// Leaky ReLU whose α is drawn at random while training; here it is the one in use.
    Rrelu {
        alpha: f64,
    },
    Elu {
        alpha: f64,
    },
    Gelu,
    Silu,
    Softplus,
}

use Activation::*;

/// 1 ∕ √(2π), the height of the normal density.
const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

impl Activation {
    /// Every activation, with its usual α, in the order in which the page lists them.
    pub const ALL: [Activation; 12] = [
        Sigmoid,
        Tanh,
        Relu,
        LeakyRelu { alpha: 0.01 },
        Identity,
        Step,
        Prelu { alpha: 0.25 },
        Rrelu { alpha: 11.0 / 48.0 },
        Elu { alpha: 1.0 },
        Gelu,
        Silu,
        Softplus,
    ];

    /// α, where the function has one.
    pub fn alpha(self) -> Option<f64> {
        match self {
            LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } | Elu { alpha } => Some(alpha),
            _ => None,
        }
    }

    /// The same function with another α; unchanged where it has none.
    pub fn with_alpha(self, alpha: f64) -> Activation {
        match self {
            LeakyRelu { .. } => LeakyRelu { alpha },
            Prelu { .. } => Prelu { alpha },
            Rrelu { .. } => Rrelu { alpha },
            Elu { .. } => Elu { alpha },
            other => other,
        }
    }

    /// g(z). At ±∞ the limit, at NaN NaN.
    pub fn value(self, z: f64) -> f64 {
        if z.is_nan() {
            return z;
        }
        let below = z == f64::NEG_INFINITY;
        match self {
            Identity => z,
            Step => f64::from(u8::from(z > 0.0)),
            Sigmoid => math::sigmoid(z),
            Tanh => math::tanh(z),
            Relu => positive(z),
            LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } => {
                if z > 0.0 {
                    z
                } else {
                    scaled(alpha, z)
                }
            }
            Elu { alpha } => {
                if z > 0.0 {
                    z
                } else {
                    scaled(alpha, math::exp_m1(z))
                }
            }
            Gelu | Silu if below => 0.0,
            Gelu => z * normal_cdf(z),
            Silu => z * math::sigmoid(z),
            Softplus => math::softplus(z),
        }
    }

    /// g′(z), given also a = g(z), from which sigmoid's a(1−a) and tanh's 1−a² are computed.
    ///
    /// Where mathematics leaves a choice it is PyTorch's: ReLU′(0) = 0, Leaky ReLU′(0) = α,
    /// ELU′(0) = α; the step's slope is 0 everywhere. At ±∞ the limit, at NaN NaN.
    pub fn slope_at(self, z: f64, a: f64) -> f64 {
        if z.is_nan() {
            return z;
        }
        match self {
            Identity => 1.0,
            Step => 0.0,
            Sigmoid => a * (1.0 - a),
            Tanh => 1.0 - a * a,
            Relu => f64::from(u8::from(z > 0.0)),
            _ if self.alpha().is_some() && z > 0.0 => 1.0,
            LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } => alpha,
            Elu { alpha } => scaled(alpha, math::exp(z)),
            Gelu | Silu if z.is_infinite() => f64::from(u8::from(z > 0.0)),
            Gelu => normal_cdf(z) + z * INV_SQRT_TAU * math::exp(-0.5 * z * z),
            Silu => math::sigmoid(z) * (1.0 + z * math::sigmoid(-z)),
            Softplus => math::sigmoid(z),
        }
    }

    /// g′(z); see [`Activation::slope_at`].
    pub fn slope(self, z: f64) -> f64 {
        self.slope_at(z, self.value(z))
    }

    /// Whether g′ is computed from a = g(z) alone.
    pub fn slope_uses_value(self) -> bool {
        matches!(self, Sigmoid | Tanh)
    }

    /// Whether g′ depends on z at all.
    pub fn slope_is_constant(self) -> bool {
        matches!(self, Identity | Step)
    }

    /// Whether g is a straight line on each side of 0.
    pub fn is_straight(self) -> bool {
        matches!(self, Identity | Step | Relu | LeakyRelu { .. } | Prelu { .. } | Rrelu { .. })
    }

    /// Whether g has a corner or a jump at 0, where no derivative exists.
    pub fn has_kink(self) -> bool {
        match self {
            Step | Relu => true,
            LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } | Elu { alpha } => alpha != 1.0,
            _ => false,
        }
    }

    /// Whether α is a parameter that training changes.
    pub fn learns_alpha(self) -> bool {
        matches!(self, Prelu { .. })
    }

    /// ∂g ∕ ∂α at z, for Leaky ReLU and its relatives: min(0, z).
    pub fn alpha_slope(self, z: f64) -> f64 {
        if z > 0.0 { 0.0 } else { z }
    }

    /// Inactive at z: ReLU's or the step's flat side, where exactly nothing passes, and the
    /// leaky side of its relatives, as long as less passes there than on the other.
    pub fn inactive(self, z: f64) -> bool {
        let weaker = match self {
            Step | Relu => true,
            LeakyRelu { alpha } | Prelu { alpha } | Rrelu { alpha } => alpha.abs() < 1.0,
            _ => false,
        };
        weaker && z <= 0.0
    }

    /// Where g is saturated: below `.0` or above `.1`. There g is bounded and |g′| less than
    /// 5 % of its largest. Infinite where there is no such side; for ReLU, whose flat side is
    /// called inactive, none.
    pub fn saturation(self) -> (f64, f64) {
        match self {
            Sigmoid => (-SIGMOID_SATURATION, SIGMOID_SATURATION),
            Tanh => (-TANH_SATURATION, TANH_SATURATION),
            Elu { alpha } if alpha > 1.0 => (LN_20TH, f64::INFINITY),
            Elu { alpha } if alpha > 0.05 => (LN_20TH - math::ln(alpha), f64::INFINITY),
            Gelu => (GELU_SATURATION, f64::INFINITY),
            Silu => (SILU_SATURATION, f64::INFINITY),
            Softplus => (SOFTPLUS_SATURATION, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// Whether g is saturated at z; see [`Activation::saturation`].
    pub fn saturated(self, z: f64) -> bool {
        let (below, above) = self.saturation();
        z < below || z > above
    }

    /// What does not change with z.
    pub fn facts(self) -> Facts {
        let negative_alpha = self.alpha().is_some_and(|alpha| alpha < 0.0);
        let positive_alpha = self.alpha().is_some_and(|alpha| alpha > 0.0);
        let line = r"(-\infty, \infty)";
        let (formula, derivative, range, year, source) = match self {
            Identity => ("g(z) = z", "g'(z) = 1", line, 1960, "Widrow & Hoff"),
            Step => (
                r"g(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
                r"g'(z) = 0",
                r"\{0, 1\}",
                1943,
                "McCulloch & Pitts",
            ),
            Sigmoid => (
                r"g(z) = \frac{1}{1 + e^{-z}}",
                r"g'(z) = a(1 - a)",
                "(0, 1)",
                1986,
                "Rumelhart, Hinton & Williams",
            ),
            Tanh => (
                r"g(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
                r"g'(z) = 1 - a^2",
                "(-1, 1)",
                1991,
                "LeCun, Kanter & Solla",
            ),
            Relu => (
                r"g(z) = \max(0, z)",
                r"g'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
                r"[0, \infty)",
                2010,
                "Nair & Hinton",
            ),
            LeakyRelu { .. } => leaky(2013, "Maas, Hannun & Ng", self),
            Prelu { .. } => leaky(2015, "He, Zhang, Ren & Sun", self),
            Rrelu { .. } => leaky(2015, "Xu, Wang, Chen & Li", self),
            Elu { .. } => (
                r"g(z) = \begin{cases} z & z > 0 \\ \alpha (e^{z} - 1) & z \le 0 \end{cases}",
                r"g'(z) = \begin{cases} 1 & z > 0 \\ \alpha e^{z} & z \le 0 \end{cases}",
                if positive_alpha { r"(-\alpha, \infty)" } else { r"[0, \infty)" },
                2015,
                "Clevert, Unterthiner & Hochreiter",
            ),
            Gelu => (
                r"g(z) = z \, \Phi(z) = \frac{z}{2} \left(1 + \mathrm{erf} \frac{z}{\sqrt{2}}\right)",
                r"g'(z) = \Phi(z) + z \, \frac{e^{-z^2/2}}{\sqrt{2\pi}}",
                r"[-0.170, \infty)",
                2016,
                "Hendrycks & Gimpel",
            ),
            Silu => (
                r"g(z) = z \, \sigma(z)",
                r"g'(z) = \sigma(z) \, (1 + z \, (1 - \sigma(z)))",
                r"[-0.278, \infty)",
                2017,
                "Elfwing, Uchibe & Doya",
            ),
            Softplus => (
                r"g(z) = \ln(1 + e^{z})",
                r"g'(z) = \sigma(z) = \frac{1}{1 + e^{-z}}",
                r"(0, \infty)",
                2000,
                "Dugas, Bengio, Bélisle, Nadeau & Garcia",
            ),
        };
        Facts {
            formula,
            derivative,
            range,
            zero_centred: matches!(self, Identity | Tanh)
                || self.alpha() == Some(1.0) && !matches!(self, Elu { .. }),
            monotone: !negative_alpha && !matches!(self, Gelu | Silu),
            year,
            source,
        }
    }
}

impl Named for Activation {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Identity => "identity",
            Step => "step",
            Sigmoid => "sigmoid",
            Tanh => "tanh",
            Relu => "relu",
            LeakyRelu { .. } => "leaky_relu",
            Prelu { .. } => "prelu",
            Rrelu { .. } => "rrelu",
            Elu { .. } => "elu",
            Gelu => "gelu",
            Silu => "silu",
            Softplus => "softplus",
        }
    }
}

/// What there is to know about an activation besides its values. The formulas are TeX.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    pub formula: &'static str,
    pub derivative: &'static str,
    /// The set of values g takes, as TeX.
    pub range: &'static str,
    /// Whether the values lie symmetrically about 0: g(−z) = −g(z).
    pub zero_centred: bool,
    /// Whether g never decreases.
    pub monotone: bool,
    /// When it was proposed for neural networks, and by whom.
    pub year: u16,
    pub source: &'static str,
}

fn leaky(
    year: u16,
    source: &'static str,
    g: Activation,
) -> (&'static str, &'static str, &'static str, u16, &'static str) {
    let range = match g.alpha() {
        Some(alpha) if alpha > 0.0 => r"(-\infty, \infty)",
        _ => r"[0, \infty)",
    };
    (
        r"g(z) = \max(0, z) + \alpha \min(0, z)",
        r"g'(z) = \begin{cases} 1 & z > 0 \\ \alpha & z \le 0 \end{cases}",
        range,
        year,
        source,
    )
}

/// Sigmoid: a(1 − a) = 0.05 · ¼.
const SIGMOID_SATURATION: f64 = 4.356_544_420_601_756;
/// tanh: 1 − a² = 0.05.
const TANH_SATURATION: f64 = 2.178_272_210_300_876;
/// ln 0.05.
const LN_20TH: f64 = -2.995_732_273_553_991;
/// σ(z) = 0.05.
const SOFTPLUS_SATURATION: f64 = -2.944_438_979_166_440_3;
/// Left of its least slope, where GELU′ = −0.05 times its largest.
const GELU_SATURATION: f64 = -2.278_560_693_803_556;
/// Left of its least slope, where SiLU′ = −0.05 times its largest.
const SILU_SATURATION: f64 = -3.929_897_316_096_651;

/// max(0, z), never −0.
fn positive(z: f64) -> f64 {
    if z > 0.0 { z } else { 0.0 }
}

/// α·v with 0·∞ = 0, the limit that Leaky ReLU has at −∞ for α = 0; never −0.
fn scaled(alpha: f64, v: f64) -> f64 {
    if alpha == 0.0 { 0.0 } else { 0.0 + alpha * v }
}

/// Φ(z) = ½ erfc(−z ∕ √2), the normal distribution function.
fn normal_cdf(z: f64) -> f64 {
    0.5 * math::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Values and slopes at each of `z`, by the activation's name; `alpha` is ignored where the
/// function has none.
///
/// # Errors
/// An unknown name, softmax (which is no function of one number), or an α that is not finite
/// where one is used.
pub fn activation(name: &str, alpha: f64, z: &[f64]) -> Result<(Vec<f64>, Vec<f64>)> {
    if name == "softmax" {
        let place = "activation".into();
        return Err(Error::NotElementwise { place });
    }
    let g = Activation::named("activation", name)?;
    if g.alpha().is_some() && !alpha.is_finite() {
        return Err(Error::not_finite("alpha", alpha));
    }
    let g = g.with_alpha(alpha);
    Ok(z.iter().map(|&z| (g.value(z), g.slope(z))).unzip())
}
