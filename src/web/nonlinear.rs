//! The plane of the chapter "Why nonlinear".

use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::canvas::{begin, resize};
use super::train::{css, outline};
use super::{heatmap as on_canvas, thrown};
use crate::colour::Colour;
use crate::data::REACH;
use crate::feature::Feature;
use crate::heatmap::{Ends, HeatMaps, Spec};
use crate::name::Named;
use crate::nonlinear::plane::Plane;
use crate::number;
use crate::train::picture;

/// Points along a side of the heat map.
const POINTS: usize = 120;
/// Widths of the boundary and of the rim that parts it from the colours below.
const BOUNDARY: (f64, f64) = (3.0, 7.0);

/// What the page decides about the picture.
#[derive(Deserialize)]
pub struct Look {
    /// Width and height in css pixels.
    side: f64,
    /// Device pixels in a css pixel.
    dpr: f64,
    /// Css colours.
    ink: String,
    soft: String,
    page: Colour,
    /// Of class 1 and class 0.
    positive: Colour,
    negative: Colour,
    font: String,
}

/// Paints what the network answers, the points, and the boundary.
///
/// # Errors
/// A canvas has no two-dimensional context, or refuses a call.
pub fn paint(
    plane: &Plane,
    canvas: &HtmlCanvasElement,
    sheet: &HtmlCanvasElement,
    look: &Look,
) -> Result<(), JsValue> {
    let on_page = picture::Plane::new(look.side, REACH);
    let context = begin(canvas, [on_page.width; 2], on_page.part, look.dpr)?;
    shade(plane, &context, sheet, &on_page, look)?;
    axes(&context, &on_page, look)?;
    points(plane, &context, &on_page, look)?;
    boundary(plane, &context, &on_page, look);
    Ok(())
}

/// The output, from 0 to 1, as colours.
fn shade(
    plane: &Plane,
    context: &CanvasRenderingContext2d,
    sheet: &HtmlCanvasElement,
    on_page: &picture::Plane,
    look: &Look,
) -> Result<(), JsValue> {
    let spec = Spec {
        features: [Feature::X1, Feature::X2].map(|feature| feature.name().into()).to_vec(),
        points: POINTS,
        reach: REACH,
        colours: Ends {
            negative: look.negative,
            neutral: look.page,
            positive: look.positive,
            discrete: false,
        },
        classes: vec![],
    };
    let mut maps = HeatMaps::new(plane.network(), &spec).map_err(thrown)?;
    maps.update(plane.network());
    resize(sheet, POINTS as u32, POINTS as u32);
    if let Some(image) = maps.image(maps.answer()) {
        on_canvas::put(&super::canvas::context(sheet)?, image, POINTS)?;
    }
    context.draw_image_with_html_canvas_element_and_dw_and_dh(
        sheet,
        on_page.left,
        on_page.top,
        on_page.side,
        on_page.side,
    )
}

fn axes(
    context: &CanvasRenderingContext2d,
    on_page: &picture::Plane,
    look: &Look,
) -> Result<(), JsValue> {
    context.set_font(&format!("11px {}", look.font));
    context.set_fill_style_str(&look.soft);
    context.set_stroke_style_str(&look.soft);
    context.set_line_width(1.0);
    context.stroke_rect(on_page.left, on_page.top, on_page.side, on_page.side);
    let bottom = on_page.top + on_page.side;
    for value in [-6.0, -3.0, 0.0, 3.0, 6.0] {
        let label = number::short(value);
        let (x, _) = on_page.place([value, 0.0]);
        context.set_text_align(match value {
            -6.0 => "left",
            6.0 => "right",
            _ => "center",
        });
        context.set_text_baseline("top");
        context.fill_text(&label, x, bottom + 5.0)?;
        context.set_text_align("right");
        context.set_text_baseline("middle");
        context.fill_text(&label, on_page.left - 4.0, on_page.beside(value))?;
    }
    Ok(())
}

/// Each class has a shape of its own.
fn points(
    plane: &Plane,
    context: &CanvasRenderingContext2d,
    on_page: &picture::Plane,
    look: &Look,
) -> Result<(), JsValue> {
    context.set_line_width(1.0);
    for (class, colour) in [look.negative, look.positive].into_iter().enumerate() {
        context.begin_path();
        for point in plane.points().iter().filter(|point| point.y == class as f64) {
            let (x, y) = on_page.place(point.x);
            outline(context, class, x, y)?;
        }
        context.set_fill_style_str(&css(colour));
        context.set_stroke_style_str(&css(look.page));
        context.fill();
        context.stroke();
    }
    Ok(())
}

fn boundary(
    plane: &Plane,
    context: &CanvasRenderingContext2d,
    on_page: &picture::Plane,
    look: &Look,
) {
    context.begin_path();
    for [from, to] in plane.boundary() {
        let ((x, y), (u, v)) = (on_page.place(from), on_page.place(to));
        context.move_to(x, y);
        context.line_to(u, v);
    }
    context.set_line_cap("round");
    for (width, colour) in [(BOUNDARY.1, css(look.page)), (BOUNDARY.0, look.ink.clone())] {
        context.set_line_width(width);
        context.set_stroke_style_str(&colour);
        context.stroke();
    }
    context.set_line_cap("butt");
}
