//! The four plots of the handbook, as it draws them: 60 points from −10 to 10 joined by straight
//! lines, and spines through the origin.

use plotters::prelude::DrawingBackend;
use serde::Deserialize;

use super::curve::even;
use super::geometry::{Point, Rect, clip};
use super::paint::{Align, Drawn, Face, Paint};
use super::spec::{Frame, check_canvas, named};
use super::style::{Fonts, Theme};
use super::ticks::ticks;
use crate::activation::Activation;
use crate::error::Result;

/// How many points the handbook takes, which never hit 0.
pub const POINTS: usize = 60;
/// Its z, and the range of its axis, which leaves a 20th free on both sides.
const Z: [f64; 2] = [-10.0, 10.0];
const AXIS: [f64; 2] = [-11.0, 11.0];
const NUMBER_PX: f64 = 11.0;
const LEAST: f64 = 60.0;

/// A request for one of the plots, as JSON from the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandbookSpec {
    /// As in a case: `leaky_relu`.
    pub name: String,
    #[serde(default)]
    pub alpha: Option<f64>,
    pub theme: Theme,
    #[serde(default)]
    pub fonts: Fonts,
    /// Width and height in CSS px.
    pub size: [f64; 2],
    /// Device pixels to a CSS px.
    pub dpr: f64,
}

/// A request that can be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Handbook {
    pub spec: HandbookSpec,
    pub function: Activation,
}

impl Handbook {
    /// # Errors
    /// JSON of another form, an unknown name, an α that is not finite, a size no canvas has.
    pub fn from_json(text: &str) -> Result<Handbook> {
        let spec: HandbookSpec = crate::json::read(text)?;
        check_canvas(spec.size, spec.dpr)?;
        let function = named("handbook", &spec.name, spec.alpha)?;
        Ok(Handbook { spec, function })
    }

    /// The range that the handbook gives each of its functions.
    pub fn y(&self) -> [f64; 2] {
        match self.function {
            Activation::Sigmoid | Activation::Step => [0.0, 1.0],
            Activation::Tanh => [-1.0, 1.0],
            _ => [-3.0, 10.0],
        }
    }

    fn frame(&self) -> Option<Frame> {
        let [width, height] = self.spec.size;
        let pixels = Rect { left: 10.0, top: 10.0, right: width - 10.0, bottom: height - 24.0 };
        let roomy = pixels.width() >= LEAST && pixels.height() >= LEAST;
        roomy.then_some(Frame { pixels, x: AXIS, y: self.y() })
    }
}

/// Draws one of the plots.
///
/// # Errors
/// Whatever the backend reports.
pub fn draw_handbook<B: DrawingBackend>(backend: B, handbook: &Handbook) -> Drawn<B> {
    let paint = Paint::on(backend, handbook.spec.dpr);
    if let Some(frame) = handbook.frame() {
        spines(&paint, handbook, &frame)?;
        let points = even(&|z| handbook.function.value(z), Z[0], Z[1], POINTS);
        let points: Vec<Point> = points.into_iter().map(|point| frame.place(point)).collect();
        for part in clip(&points, &frame.pixels) {
            paint.line(&part, handbook.spec.theme.ink, 2.0)?;
        }
    }
    paint.finish()
}

/// The axes through the origin, with a short mark and a number at each step.
fn spines<B: DrawingBackend>(paint: &Paint<B>, handbook: &Handbook, frame: &Frame) -> Drawn<B> {
    let theme = handbook.spec.theme;
    let face = Face { family: &handbook.spec.fonts.numbers, size: NUMBER_PX, bold: false };
    let (x, y) = frame.place((0.0, 0.0));
    let Rect { left, top, right, bottom } = frame.pixels;
    paint.hairline((left, y), (right, y), theme.text)?;
    paint.hairline((x, top), (x, bottom), theme.text)?;
    for tick in ticks(frame.x, frame.pixels.width(), 40.0).iter().filter(|t| t.value != 0.0) {
        let at = frame.place((tick.value, 0.0)).0;
        paint.hairline((at, y), (at, y + 4.0), theme.text)?;
        paint.text(&tick.label, (at, y + 14.0), face, Align::Centre, theme.text)?;
    }
    for tick in ticks(frame.y, frame.pixels.height(), 28.0).iter().filter(|t| t.value != 0.0) {
        let at = frame.place((0.0, tick.value)).1;
        paint.hairline((x - 4.0, at), (x, at), theme.text)?;
        paint.text(&tick.label, (x - 8.0, at), face, Align::Right, theme.text)?;
    }
    Ok(())
}
