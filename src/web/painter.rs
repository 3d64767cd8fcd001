//! A scene on a canvas.

use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::canvas;
use crate::scene::{Align, Ink, Mark, Point, Scene, Shape, Text, Theme};

/// Paints `scene` and gives the canvas the size for it: `dpr` device pixels a css pixel, of which
/// one of the scene's takes a `part`.
///
/// # Errors
/// The canvas has no two-dimensional context, or refuses a call.
pub fn paint(
    canvas: &HtmlCanvasElement,
    scene: &Scene,
    theme: &Theme,
    (dpr, part): (f64, f64),
) -> Result<(), JsValue> {
    let context = canvas::begin(canvas, [scene.width, scene.height], part, dpr)?;
    let brush = Brush { context, theme };
    brush.context.set_fill_style_str(theme.ink(Ink::Ground));
    // A pixel more: the last ones may be covered in part.
    brush.context.fill_rect(0.0, 0.0, scene.width + 1.0 / part, scene.height + 1.0 / part);
    brush.context.set_line_cap("round");
    brush.context.set_line_join("round");
    brush.context.set_text_baseline("middle");
    scene.marks.iter().try_for_each(|mark| brush.mark(mark))
}

struct Brush<'a> {
    context: CanvasRenderingContext2d,
    theme: &'a Theme,
}

impl Brush<'_> {
    fn mark(&self, mark: &Mark) -> Result<(), JsValue> {
        let context = &self.context;
        context.set_global_alpha(mark.opacity);
        if let Some(shade) = mark.fill {
            context.set_fill_style_str(&self.theme.colour(shade));
        }
        if let Shape::Text(text) = &mark.shape {
            return self.text(text);
        }
        context.begin_path();
        self.outline(&mark.shape)?;
        if mark.fill.is_some() {
            context.fill();
        }
        if let Some(stroke) = mark.stroke {
            context.set_stroke_style_str(&self.theme.colour(stroke.shade));
            context.set_line_width(stroke.width);
            context.stroke();
        }
        Ok(())
    }

    fn outline(&self, shape: &Shape) -> Result<(), JsValue> {
        match shape {
            Shape::Line(from, to) => self.through(&[*from, *to]),
            Shape::Path(points) => self.through(points),
            Shape::Polygon(points) => {
                self.through(points);
                self.context.close_path();
            }
            Shape::Box(place, radius) => {
                self.context.round_rect_with_f64(place.x, place.y, place.w, place.h, *radius)?;
            }
            Shape::Text(_) => {}
        }
        Ok(())
    }

    fn through(&self, points: &[Point]) {
        for (n, point) in points.iter().enumerate() {
            match n {
                0 => self.context.move_to(point.x, point.y),
                _ => self.context.line_to(point.x, point.y),
            }
        }
    }

    fn text(&self, text: &Text) -> Result<(), JsValue> {
        let context = &self.context;
        context.set_font(&self.theme.font(text));
        context.set_text_align(match text.align {
            Align::Left => "left",
            Align::Centre => "center",
        });
        let written = self.theme.written(text);
        match text.room.is_finite() {
            true => context.fill_text_with_max_width(&written, text.at.x, text.at.y, text.room),
            false => context.fill_text(&written, text.at.x, text.at.y),
        }
    }
}
