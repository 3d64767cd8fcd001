//! What the page asks for, and the checked plot made of it.

use serde::Deserialize;

use super::geometry::{Rect, smaller};
use super::style::{Fonts, Theme};
use super::ticks::TidyStep;
use crate::activation::Activation;
use crate::error::{Allowed, Error, Result};
use crate::name::Named;
use crate::surface::Surface;

/// A request for the chart, as JSON from the page. Lengths are CSS px.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// In the order in which the page lists them.
    pub functions: Vec<Function>,
    /// The index of the function in focus.
    #[serde(default)]
    pub focus: Option<usize>,
    /// Where the cursor stands.
    pub z: f64,
    /// What the tag at the cursor says; no tag where empty.
    #[serde(default)]
    pub z_label: String,
    /// From and to, in units of z.
    #[serde(default = "usual_x")]
    pub x: [f64; 2],
    /// From and to, in units of g.
    #[serde(default = "usual_y")]
    pub y: [f64; 2],
    /// From and to, in units of g′.
    #[serde(default = "usual_slope")]
    pub slope: [f64; 2],
    /// Whether max(αz, z) is drawn beside a leaky function in focus whose α is above 1.
    #[serde(default)]
    pub beside: bool,
    #[serde(default)]
    pub beside_label: String,
    /// What stands above the plots of g and of g′.
    #[serde(default)]
    pub captions: [String; 2],
    /// What stands in a saturated region that has room for it.
    #[serde(default)]
    pub saturated_label: String,
    pub theme: Theme,
    #[serde(default)]
    pub fonts: Fonts,
    /// Width and height.
    pub size: [f64; 2],
    /// Device pixels to a CSS px.
    #[serde(default = "one")]
    pub dpr: f64,
}

/// One of the functions to draw.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// As in a case: `leaky_relu`.
    pub name: String,
    /// The function's usual α where none is given; ignored where it has none.
    #[serde(default)]
    pub alpha: Option<f64>,
    /// What stands at the curve.
    pub label: String,
}

fn usual_x() -> [f64; 2] {
    [-6.0, 6.0]
}

fn usual_y() -> [f64; 2] {
    [-1.6, 3.2]
}

fn usual_slope() -> [f64; 2] {
    [-0.2, 2.2]
}

fn one() -> f64 {
    1.0
}

impl ChartSpec {
    /// # Errors
    /// JSON of another form, with the place of what is wrong.
    pub fn from_json(text: &str) -> Result<ChartSpec> {
        crate::json::read(text)
    }
}

/// A request that can be drawn: names looked up, numbers checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    pub spec: ChartSpec,
    /// The functions of the request, in its order.
    pub functions: Vec<Activation>,
    pub sheet: Sheet,
}

/// What a chart is drawn on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    pub surface: Surface,
    /// Css pixels to one of the chart's: less than 1 where there is no room for it.
    pub part: f64,
}

impl Sheet {
    /// Makes of the size that is asked for the one for which the chart is laid out, of which each
    /// side is at least as long as that of `least`, and of `dpr` the device pixels to its px. A
    /// canvas without a size stays so, as while the page hides it.
    ///
    /// # Errors
    /// A size that is negative or that no screen has, or a `dpr` that is not positive.
    pub fn of(size: &mut [f64; 2], dpr: &mut f64, least: [f64; 2]) -> Result<Sheet> {
        check_canvas(*size, *dpr)?;
        let [width, height] = *size;
        let surface = Surface::of(width, height, *dpr);
        let empty = width == 0.0 || height == 0.0;
        let fits = smaller(width / least[0], height / least[1]);
        let part = if empty { 1.0 } else { smaller(fits, 1.0) };
        *size = [width / part, height / part];
        *dpr = surface.ratio * part;
        Ok(Sheet { surface, part })
    }
}

/// The least size for which the chart is laid out; a smaller one is made smaller as a whole.
const LEAST: [f64; 2] = [160.0, 200.0];

impl Plot {
    /// Reads and checks a request.
    ///
    /// # Errors
    /// See [`ChartSpec::from_json`] and [`Plot::new`].
    pub fn from_json(text: &str) -> Result<Plot> {
        Plot::new(ChartSpec::from_json(text)?)
    }

    /// # Errors
    /// An unknown name, a focus on no function, an α or z that is not finite, a range that is
    /// empty or too long, a size or a `dpr` that no canvas has.
    pub fn new(mut spec: ChartSpec) -> Result<Plot> {
        check_range("x", spec.x, LARGEST)?;
        check_range("y", spec.y, LARGEST)?;
        check_range("slope", spec.slope, f64::MAX)?;
        let sheet = Sheet::of(&mut spec.size, &mut spec.dpr, LEAST)?;
        require(spec.z.is_finite(), "z", spec.z, "a finite number")?;
        let last = spec.functions.len();
        if let Some(focus) = spec.focus.filter(|focus| *focus >= last) {
            let most = last.saturating_sub(1);
            return Err(Error::Beyond { place: "focus".into(), found: focus, most });
        }
        let functions = spec.functions.iter().enumerate();
        let functions = functions
            .map(|(i, f)| named(&format!("functions[{i}]"), &f.name, f.alpha))
            .collect::<Result<_>>()?;
        Ok(Plot { spec, functions, sheet })
    }

    /// Gives another α to a function of the request, from 0; nothing changes where it has none.
    ///
    /// # Errors
    /// It is not finite.
    pub fn set_alpha(&mut self, function: usize, alpha: f64) -> Result<()> {
        require(alpha.is_finite(), "alpha", alpha, "a finite number")?;
        if let Some(g) = self.functions.get_mut(function) {
            *g = g.with_alpha(alpha);
        }
        Ok(())
    }

    /// The function in focus.
    pub fn focus(&self) -> Option<Activation> {
        self.spec.focus.and_then(|i| self.functions.get(i)).copied()
    }

    /// α of the leaky function in focus beside which max(αz, z) is drawn, because it differs.
    pub fn beside(&self) -> Option<f64> {
        let alpha = self.focus().and_then(Activation::alpha);
        alpha.filter(|alpha| self.may_stand_beside() && *alpha > 1.0)
    }

    /// Whether max(αz, z) is asked for and belongs to the function in focus.
    pub fn may_stand_beside(&self) -> bool {
        let g = self.focus();
        self.spec.beside
            && matches!(
                g,
                Some(
                    Activation::LeakyRelu { .. }
                        | Activation::Prelu { .. }
                        | Activation::Rrelu { .. }
                )
            )
    }
}

/// The activation called `name` with `alpha`, or with its usual one.
///
/// # Errors
/// An unknown name, or an α that is not finite.
pub fn named(place: &str, name: &str, alpha: Option<f64>) -> Result<Activation> {
    let g = Activation::named(format!("{place}.name"), name)?;
    let Some(alpha) = alpha else {
        return Ok(g);
    };
    require(alpha.is_finite(), &format!("{place}.alpha"), alpha, "a finite number")?;
    Ok(g.with_alpha(alpha))
}

/// Ranges and sizes beyond this are nobody's chart, and would overflow. Only slopes are as large
/// as an α is.
const LARGEST: f64 = 1e6;

/// # Errors
/// A range that is not finite, goes backwards, or is too long or too short to be marked.
fn check_range(place: &str, [from, to]: [f64; 2], largest: f64) -> Result<()> {
    let allowed = "a number that an axis can show";
    require(from.abs() <= largest, &format!("{place}[0]"), from, allowed)?;
    require(to.abs() <= largest, &format!("{place}[1]"), to, allowed)?;
    let enough = to - from >= 1e-6;
    require(enough, &format!("{place}[1]"), to, "more than where the range begins")
}

/// # Errors
/// A size that is negative or that no screen has, or a `dpr` that is not positive.
fn check_canvas([width, height]: [f64; 2], dpr: f64) -> Result<()> {
    let sizes = 0.0..=LARGEST;
    require(sizes.contains(&width), "size[0]", width, "a width in px")?;
    require(sizes.contains(&height), "size[1]", height, "a height in px")?;
    require(dpr > 0.0, "dpr", dpr, "above 0")
}

fn require(holds: bool, place: &str, value: f64, allowed: &'static str) -> Result<()> {
    if holds {
        return Ok(());
    }
    Err(Error::range(place, value, Allowed::Drawable(allowed)))
}

/// Data ranges laid over a rectangle of the canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub pixels: Rect,
    pub x: [f64; 2],
    pub y: [f64; 2],
}

impl Frame {
    /// Where (z, y) stands, in CSS px; outside of `pixels` where it is outside of the ranges.
    pub fn place(&self, (z, y): (f64, f64)) -> (f64, f64) {
        let (right, up) = (fraction(z, self.x), fraction(y, self.y));
        let Rect { left, bottom, .. } = self.pixels;
        (left + right * self.pixels.width(), bottom - up * self.pixels.height())
    }

    /// z at a pointer's x in CSS px: within the range, and as round as one px allows.
    pub fn z_at(&self, x: f64) -> f64 {
        let along = (x - self.pixels.left) / self.pixels.width();
        let [from, to] = self.x;
        let step = TidyStep::at_least((to - from) / self.pixels.width());
        step.nearest(from + along.clamp(0.0, 1.0) * (to - from)).clamp(from, to)
    }
}

/// Of halves, whose differences are finite; the quotient has the same bits.
fn fraction(value: f64, [from, to]: [f64; 2]) -> f64 {
    (value / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)
}
