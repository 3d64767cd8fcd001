//! Painting a scene on a canvas: roles become the theme's colours, keys become words.

use std::collections::HashMap;

use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::scene::{Align, Face, Ink, Mark, Point, Rect, Scene, Shade, Shape, Text, Words};

/// What the page decides about a picture.
#[derive(Debug, Deserialize)]
pub struct Look {
    /// Width of the picture in css pixels.
    pub width: f64,
    /// Device pixels in a css pixel.
    pub dpr: f64,
    /// How far between the last frame and this one: 0 to 1.
    pub progress: f64,
    /// Css colours by role, written #rrggbb.
    theme: HashMap<String, String>,
    /// Font families.
    fonts: Fonts,
    /// The sentences that a scene names by key.
    words: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Fonts {
    numbers: String,
    words: String,
}

/// Sizes the canvas for `scene` and paints it.
pub fn paint(canvas: &HtmlCanvasElement, scene: &Scene, look: &Look) -> Result<(), JsValue> {
    let ratio = if look.dpr.is_finite() && look.dpr > 0.0 { look.dpr } else { 1.0 };
    let (width, height) = ((scene.width * ratio) as u32, (scene.height * ratio) as u32);
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let context = canvas
        .get_context("2d")?
        .ok_or("the canvas has no 2d context")?
        .dyn_into::<CanvasRenderingContext2d>()?;
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)?;
    context.clear_rect(0.0, 0.0, scene.width, scene.height);
    let brush = Brush { context, look };
    scene.marks.iter().try_for_each(|mark| brush.mark(mark))
}

struct Brush<'a> {
    context: CanvasRenderingContext2d,
    look: &'a Look,
}

impl Brush<'_> {
    fn mark(&self, mark: &Mark) -> Result<(), JsValue> {
        if mark.opacity <= 0.0 {
            return Ok(());
        }
        self.context.set_global_alpha(mark.opacity);
        if let Shape::Text(text) = &mark.shape {
            return self.text(text, mark.fill.unwrap_or(Ink::Ink.into()));
        }
        self.context.begin_path();
        self.trace(&mark.shape)?;
        if let Some(shade) = mark.fill {
            self.context.set_fill_style_str(&self.colour(shade));
            self.context.fill();
        }
        if let Some(stroke) = mark.stroke {
            self.context.set_stroke_style_str(&self.colour(stroke.shade));
            self.context.set_line_width(stroke.width);
            self.context.set_line_join("round");
            self.context.stroke();
        }
        Ok(())
    }

    fn trace(&self, shape: &Shape) -> Result<(), JsValue> {
        match shape {
            Shape::Line(a, b) => self.polyline(&[*a, *b]),
            Shape::Path(points) => self.polyline(points),
            Shape::Polygon(points) => {
                self.polyline(points);
                self.context.close_path();
            }
            Shape::Box(place, radius) => self.rounded(place, *radius)?,
            Shape::Text(_) => {}
        }
        Ok(())
    }

    fn polyline(&self, points: &[Point]) {
        for (n, point) in points.iter().enumerate() {
            match n {
                0 => self.context.move_to(point.x, point.y),
                _ => self.context.line_to(point.x, point.y),
            }
        }
    }

    fn rounded(&self, place: &Rect, radius: f64) -> Result<(), JsValue> {
        let (left, top) = (place.x, place.y);
        let (right, bottom) = (left + place.w, top + place.h);
        let c = &self.context;
        c.move_to(left + radius, top);
        c.arc_to(right, top, right, bottom, radius)?;
        c.arc_to(right, bottom, left, bottom, radius)?;
        c.arc_to(left, bottom, left, top, radius)?;
        c.arc_to(left, top, right, top, radius)?;
        c.close_path();
        Ok(())
    }

    fn text(&self, text: &Text, shade: Shade) -> Result<(), JsValue> {
        let c = &self.context;
        let family = match text.face {
            Face::Mono => &self.look.fonts.numbers,
            Face::Sans => &self.look.fonts.words,
        };
        let weight = if text.bold { "600 " } else { "" };
        c.set_font(&format!("{weight}{}px {family}", text.size));
        c.set_fill_style_str(&self.colour(shade));
        c.set_text_baseline("middle");
        c.set_text_align(match text.align {
            Align::Left => "left",
            Align::Centre => "center",
        });
        c.fill_text_with_max_width(&self.words(&text.words), text.at.x, text.at.y, text.room)
    }

    fn words(&self, words: &Words) -> String {
        match words {
            Words::Verbatim(text) => text.clone(),
            Words::Key { key, n } => {
                let sentence = self.look.words.get(*key).map_or(*key, String::as_str);
                let n = n.map(|n| n.to_string()).unwrap_or_default();
                sentence.replace("{n}", &n)
            }
        }
    }

    fn colour(&self, shade: Shade) -> String {
        let (from, to) = (self.role(shade.from), self.role(shade.to));
        if shade.t <= 0.0 || from == to {
            return from.into();
        }
        match (channels(from), channels(to)) {
            (Some(a), Some(b)) => {
                let mixed = std::array::from_fn::<f64, 3, _>(|n| a[n] + (b[n] - a[n]) * shade.t);
                format!("rgb({} {} {})", mixed[0], mixed[1], mixed[2])
            }
            _ => to.into(),
        }
    }

    fn role(&self, ink: Ink) -> &str {
        self.look.theme.get(role(ink)).map_or("#808080", String::as_str)
    }
}

/// The name of a role in the page's theme.
fn role(ink: Ink) -> &'static str {
    match ink {
        Ink::Ink => "ink",
        Ink::Muted => "muted",
        Ink::Idle => "idle",
        Ink::Hairline => "hairline",
        Ink::Positive => "positive",
        Ink::Negative => "negative",
        Ink::PositiveIdle => "positive_idle",
        Ink::NegativeIdle => "negative_idle",
        Ink::Forward => "forward",
        Ink::Backward => "backward",
        Ink::ForwardTint => "forward_tint",
        Ink::BackwardTint => "backward_tint",
        Ink::Surface => "surface",
        Ink::Ground => "ground",
    }
}

/// Red, green and blue of "#rrggbb".
fn channels(colour: &str) -> Option<[f64; 3]> {
    let digits = u32::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
    (colour.len() == 7).then(|| [16, 8, 0].map(|shift| f64::from(digits >> shift & 0xff)))
}
