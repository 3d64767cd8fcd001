//! CSS px on a plotters drawing area of finer, virtual pixels.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::geometry::{Point, Rect};
use super::style::rgba;
use crate::colour::Colour;

/// Virtual pixels to a CSS px. plotters' coordinates are whole pixels: with these, curves come
/// out smooth. The backend must be as many times larger than the canvas, and scaled down.
pub const FINE: f64 = 8.0;

/// What drawing on a backend comes to.
pub type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Draws with lengths in CSS px on any of plotters' backends.
pub struct Paint<B: DrawingBackend> {
    area: DrawingArea<B, Shift>,
    dpr: f64,
}

/// Where a text is fastened to its point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// A face, a size in CSS px, and a weight.
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    pub family: &'a str,
    pub size: f64,
    pub bold: bool,
}

impl<B: DrawingBackend> Paint<B> {
    /// `dpr`: device pixels to a CSS px, so that hairlines fall on whole ones.
    pub fn on(backend: B, dpr: f64) -> Paint<B> {
        Paint { area: backend.into_drawing_area(), dpr }
    }

    /// A line through all of the points.
    pub fn line(&self, points: &[Point], colour: Colour, width: f64) -> Drawn<B> {
        let points: Vec<_> = points.iter().map(|point| fine(*point)).collect();
        self.area.draw(&PathElement::new(points, stroke(colour, width)))
    }

    /// A line as thin as stays crisp, moved by at most half a device pixel.
    pub fn hairline(&self, from: Point, to: Point, colour: Colour) -> Drawn<B> {
        let width = if self.dpr < 1.5 { 1.0 } else { self.dpr.round() };
        let middle = if width % 2.0 == 1.0 { 0.5 } else { 0.0 };
        let crisp = |v: f64| ((v * self.dpr - middle).round() + middle) / self.dpr;
        let snapped = |(x, y): Point| (crisp(x), crisp(y));
        self.line(&[snapped(from), snapped(to)], colour, width / self.dpr)
    }

    pub fn fill(&self, place: &Rect, colour: Colour) -> Drawn<B> {
        let corners = [fine((place.left, place.top)), fine((place.right, place.bottom))];
        self.area.draw(&Rectangle::new(corners, filled(colour)))
    }

    /// A rectangle whose short sides are half circles.
    pub fn pill(&self, place: &Rect, colour: Colour) -> Drawn<B> {
        let radius = place.height() / 2.0;
        let (left, right) = (place.left + radius, place.right - radius);
        let y = (place.top + place.bottom) / 2.0;
        self.disc((left, y), radius, colour)?;
        self.disc((right, y), radius, colour)?;
        self.fill(&Rect { left, right, ..*place }, colour)
    }

    pub fn disc(&self, centre: Point, radius: f64, colour: Colour) -> Drawn<B> {
        self.area.draw(&Circle::new(fine(centre), fine_length(radius), filled(colour)))
    }

    pub fn ring(&self, centre: Point, radius: f64, colour: Colour, width: f64) -> Drawn<B> {
        self.area.draw(&Circle::new(fine(centre), fine_length(radius), stroke(colour, width)))
    }

    /// A text whose middle line runs through `at`.
    pub fn text(
        &self,
        text: &str,
        at: Point,
        face: Face,
        align: Align,
        colour: Colour,
    ) -> Drawn<B> {
        let across = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let weight = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
        // From its text alone a family would be looked up by its lower case: Unicode's tables.
        let font = FontDesc::new(FontFamily::Name(face.family), face.size * FINE, weight);
        let colour = rgba(colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(across, VPos::Center));
        self.area.draw(&Text::new(text, fine(at), style))
    }

    /// Everything is on the canvas afterwards.
    pub fn finish(&self) -> Drawn<B> {
        self.area.present()
    }
}

fn fine((x, y): Point) -> (i32, i32) {
    ((x * FINE).round() as i32, (y * FINE).round() as i32)
}

fn fine_length(length: f64) -> i32 {
    (length * FINE).round() as i32
}

fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    let stroke_width = (width * FINE).round() as u32;
    ShapeStyle { color: rgba(colour), filled: false, stroke_width }
}

fn filled(colour: Colour) -> ShapeStyle {
    ShapeStyle { color: rgba(colour), filled: true, stroke_width: 0 }
}
