//! What every painter does with a canvas first.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::surface::Surface;

/// Where to draw.
///
/// # Errors
/// The canvas has no two-dimensional context.
pub fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsValue> {
    let context = canvas.get_context("2d")?.ok_or_else(|| JsValue::from_str("no 2d context"))?;
    Ok(context.dyn_into()?)
}

/// Sets the backing size where it is another: setting one clears the canvas.
pub fn resize(canvas: &HtmlCanvasElement, width: u32, height: u32) {
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
}

/// An empty canvas on which lengths are multiples of `unit` device pixels.
///
/// # Errors
/// The canvas has no two-dimensional context, or refuses a call.
pub fn clear(
    canvas: &HtmlCanvasElement,
    surface: &Surface,
    unit: f64,
) -> Result<CanvasRenderingContext2d, JsValue> {
    let context = context(canvas)?;
    resize(canvas, surface.width, surface.height);
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
    context.set_global_alpha(1.0);
    context.clear_rect(0.0, 0.0, f64::from(surface.width), f64::from(surface.height));
    context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0)?;
    Ok(context)
}

/// An empty canvas for a picture of this size, in whose lengths it is drawn: one of them takes a
/// `part` of a css pixel, of which each has `dpr` device pixels where the browser gives as many.
///
/// # Errors
/// The canvas has no two-dimensional context, or refuses a call.
pub fn begin(
    canvas: &HtmlCanvasElement,
    size: [f64; 2],
    part: f64,
    dpr: f64,
) -> Result<CanvasRenderingContext2d, JsValue> {
    let [width, height] = size.map(|length| part * length);
    let style = canvas.style();
    style.set_property("width", &format!("{width}px"))?;
    style.set_property("height", &format!("{height}px"))?;
    let surface = Surface::of(width, height, dpr);
    clear(canvas, &surface, surface.ratio * part)
}
