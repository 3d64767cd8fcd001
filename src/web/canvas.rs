//! What every painter does with a canvas first.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

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

/// Gives the canvas so many css pixels, with `dpr` device pixels in each.
///
/// # Errors
/// The canvas refuses a style.
pub fn fit(canvas: &HtmlCanvasElement, width: f64, height: f64, dpr: f64) -> Result<(), JsValue> {
    let pixels = |length: f64| (length * dpr).ceil() as u32;
    resize(canvas, pixels(width), pixels(height));
    let style = canvas.style();
    style.set_property("width", &format!("{width}px"))?;
    style.set_property("height", &format!("{height}px"))
}
