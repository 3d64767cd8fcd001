//! The four plots of the handbook, as it draws them: 60 points from −10 to 10 joined by straight
//! lines, and spines through the origin.

use plotters::prelude::DrawingBackend;
use serde::Deserialize;

use super::curve::even;
use super::geometry::{Point, Rect, clip};
use super::layout::text_width;
use super::paint::{Align, Drawn, Face, Paint};
use super::spec::{Frame, Sheet, named};
use super::style::{Fonts, Theme};
use super::ticks::{Tick, ticks};
use crate::activation::Activation;
use crate::error::Result;

/// How many points the handbook takes, which never hit 0.
pub const POINTS: usize = 60;
/// Its z, and the range of its axis, which leaves a 20th free on both sides.
const Z: [f64; 2] = [-10.0, 10.0];
const AXIS: [f64; 2] = [-11.0, 11.0];
const NUMBER_PX: f64 = 11.0;
/// The least size for which it is laid out; a smaller one is made smaller as a whole.
const LEAST: [f64; 2] = [120.0, 120.0];

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
    pub sheet: Sheet,
}

impl Handbook {
    /// # Errors
    /// JSON of another form, an unknown name, an α that is not finite, a size no canvas has.
    pub fn from_json(text: &str) -> Result<Handbook> {
        let mut spec: HandbookSpec = crate::json::read(text)?;
        let sheet = Sheet::of(&mut spec.size, &mut spec.dpr, LEAST)?;
        let function = named("handbook", &spec.name, spec.alpha)?;
        Ok(Handbook { spec, function, sheet })
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
        let shown = width > 0.0 && height > 0.0;
        shown.then_some(Frame { pixels, x: AXIS, y: self.y() })
    }
}

/// Draws one of the plots.
///
/// # Errors
/// Whatever the backend reports.
pub fn draw_handbook<B: DrawingBackend>(backend: B, handbook: &Handbook) -> Drawn<B> {
    let paint = Paint::on(backend, handbook.spec.dpr);
    if let Some(frame) = handbook.frame() {
        let points = even(&|z| handbook.function.value(z), Z[0], Z[1], POINTS);
        let points: Vec<Point> = points.into_iter().map(|point| frame.place(point)).collect();
        let curve = clip(&points, &frame.pixels);
        let spines = Spines { paint: &paint, handbook, frame, curve: &curve };
        spines.draw()?;
        for part in &curve {
            paint.line(part, handbook.spec.theme.ink, 2.0)?;
        }
    }
    paint.finish()
}

/// The axes through the origin, with a short mark and a number at each step.
struct Spines<'a, B: DrawingBackend> {
    paint: &'a Paint<B>,
    handbook: &'a Handbook,
    frame: Frame,
    curve: &'a [Vec<Point>],
}

impl<B: DrawingBackend> Spines<'_, B> {
    fn draw(&self) -> Drawn<B> {
        let colour = self.handbook.spec.theme.text;
        let (x, y) = self.frame.place((0.0, 0.0));
        let Rect { left, top, right, bottom } = self.frame.pixels;
        self.paint.hairline((left, y), (right, y), colour)?;
        self.paint.hairline((x, top), (x, bottom), colour)?;
        for tick in marks(self.frame.x, right - left, 40.0) {
            let at = self.frame.place((tick.value, 0.0)).0;
            self.paint.hairline((at, y), (at, y + 4.0), colour)?;
            self.number(&tick.label, [(at, y + 14.0), (at, y - 12.0)])?;
        }
        for tick in marks(self.frame.y, bottom - top, 28.0) {
            let at = self.frame.place((0.0, tick.value)).1;
            let half = text_width(&tick.label, NUMBER_PX) / 2.0;
            self.paint.hairline((x - 4.0, at), (x, at), colour)?;
            self.number(&tick.label, [(x - 8.0 - half, at), (x + 8.0 + half, at)])?;
        }
        Ok(())
    }

    /// A number on its usual side of the spine, or on the other one where the curve is in its
    /// way.
    fn number(&self, label: &str, [usual, other]: [Point; 2]) -> Drawn<B> {
        let spec = &self.handbook.spec;
        let face = Face { family: &spec.fonts.numbers, size: NUMBER_PX, bold: false };
        let place = Rect::around(usual, text_width(label, NUMBER_PX), NUMBER_PX).grown(2.0);
        let crossed = self.curve.iter().any(|part| !clip(part, &place).is_empty());
        let at = if crossed { other } else { usual };
        self.paint.text(label, at, face, Align::Centre, spec.theme.text)
    }
}

/// The marks of a spine, but for the origin.
fn marks(range: [f64; 2], length: f64, apart: f64) -> impl Iterator<Item = Tick> {
    ticks(range, length, apart).into_iter().filter(|tick| tick.value != 0.0)
}
