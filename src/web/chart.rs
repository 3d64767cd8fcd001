//! The chart on the page's canvases.

use plotters::prelude::DrawingBackend;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::thrown;
use crate::activation::Activation;
use crate::chart::{self, FINE, Handbook, Layout, Plot};
use crate::name::Named;

/// Draws the grid and the axes; needed when the size, the theme or a range changes.
///
/// # Errors
/// A request that cannot be drawn, or a canvas without a 2d context.
#[wasm_bindgen]
pub fn draw_axes(canvas: HtmlCanvasElement, spec_json: &str) -> Result<(), JsError> {
    let plot = Plot::from_json(spec_json).map_err(thrown)?;
    let painter = Painter::on(canvas, plot.spec.size, plot.spec.dpr)?;
    chart::draw_axes(painter, &plot).map_err(JsError::from)
}

/// Draws what does not follow α, on a canvas of its own; see [`chart::draw_still`].
///
/// # Errors
/// A request that cannot be drawn, or a canvas without a 2d context.
#[wasm_bindgen]
pub fn draw_still(canvas: HtmlCanvasElement, spec_json: &str) -> Result<(), JsError> {
    let plot = Plot::from_json(spec_json).map_err(thrown)?;
    let painter = Painter::on(canvas, plot.spec.size, plot.spec.dpr)?;
    chart::draw_still(painter, &plot).map_err(JsError::from)
}

/// Draws the curves that follow α: above the others, or below where one of those is in focus.
///
/// # Errors
/// A request that cannot be drawn, or a canvas without a 2d context.
#[wasm_bindgen]
pub fn draw_moving(canvas: HtmlCanvasElement, spec_json: &str) -> Result<(), JsError> {
    let plot = Plot::from_json(spec_json).map_err(thrown)?;
    let painter = Painter::on(canvas, plot.spec.size, plot.spec.dpr)?;
    chart::draw_moving(painter, &plot).map_err(JsError::from)
}

/// Draws one function as the handbook does.
///
/// # Errors
/// A request that cannot be drawn, or a canvas without a 2d context.
#[wasm_bindgen]
pub fn draw_handbook(canvas: HtmlCanvasElement, spec_json: &str) -> Result<(), JsError> {
    let handbook = Handbook::from_json(spec_json).map_err(thrown)?;
    let painter = Painter::on(canvas, handbook.spec.size, handbook.spec.dpr)?;
    chart::draw_handbook(painter, &handbook).map_err(JsError::from)
}

/// z at a pointer's x, in CSS px from the canvas' left edge; see [`chart::z_at`].
///
/// # Errors
/// A request that cannot be drawn.
#[wasm_bindgen]
pub fn chart_z_at(spec_json: &str, x: f64) -> Result<f64, JsError> {
    Ok(chart::z_at(&Plot::from_json(spec_json).map_err(thrown)?, x))
}

/// The boxes of the plots of g and of g′ in CSS px: left, top, right and bottom of each. Empty
/// where the chart is too small to be drawn.
///
/// # Errors
/// A request that cannot be drawn.
#[wasm_bindgen]
pub fn chart_boxes(spec_json: &str) -> Result<Vec<f64>, JsError> {
    let layout = Layout::of(&Plot::from_json(spec_json).map_err(thrown)?);
    let boxes = layout.map(|layout| [layout.value.pixels, layout.slope.pixels]);
    let sides = |b: chart::Rect| [b.left, b.top, b.right, b.bottom];
    Ok(boxes.into_iter().flatten().flat_map(sides).collect())
}

/// The dashes of a function that is not in focus, in CSS px on and off, for a legend. Empty for
/// a name that is not known.
#[wasm_bindgen]
pub fn chart_dashes(name: &str) -> Vec<f64> {
    Activation::named("name", name).map(|g| chart::dash(g).to_vec()).unwrap_or_default()
}

type CanvasError = DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>;

/// plotters-canvas's backend in virtual pixels. It gathers lines of one look into one path, and
/// answers how large a text is by itself: plotters would insert a styled element to measure it,
/// which a strict policy refuses.
struct Painter {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    pending: Option<Look>,
}

/// A line's colour and width.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    rgb: (u8, u8, u8),
    alpha: f64,
    width: u32,
}

impl Painter {
    /// Sizes the canvas by the device's pixels, empties it, and scales virtual pixels down.
    /// `size` is in CSS px.
    fn on(canvas: HtmlCanvasElement, size: [f64; 2], dpr: f64) -> Result<Painter, JsError> {
        let context = context(&canvas).ok_or_else(|| JsError::new("canvas: no 2d context"))?;
        let [width, height] = size.map(|length| (length * dpr).round() as u32);
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let failed = |_| JsError::new("canvas: no transform");
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).map_err(failed)?;
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        let scale = dpr / FINE;
        context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).map_err(failed)?;
        context.set_line_join("round");
        let canvas = CanvasBackend::with_canvas_object(canvas)
            .ok_or_else(|| JsError::new("canvas: no 2d context"))?;
        let [width, height] = size.map(|length| (length * FINE).ceil() as u32);
        Ok(Painter { canvas, context, size: (width, height), pending: None })
    }

    /// Strokes the lines gathered so far.
    fn flush(&mut self) {
        if self.pending.take().is_some() {
            self.context.stroke();
        }
    }

    /// Goes on with the path at hand where the look is the same, else begins another.
    fn begin(&mut self, look: Look) {
        if self.pending == Some(look) {
            return;
        }
        self.flush();
        let Look { rgb: (r, g, b), alpha, width } = look;
        self.context.set_stroke_style_str(&format!("rgba({r},{g},{b},{alpha})"));
        self.context.set_line_width(f64::from(width));
        self.context.begin_path();
        self.pending = Some(look);
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

impl DrawingBackend for Painter {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), CanvasError> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), CanvasError> {
        self.flush();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), CanvasError> {
        self.flush();
        self.canvas.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), CanvasError> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), CanvasError> {
        self.flush();
        self.canvas.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), CanvasError> {
        let BackendColor { alpha, rgb } = style.color();
        self.begin(Look { rgb, alpha, width: style.stroke_width() });
        for (i, (x, y)) in path.into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if i == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), CanvasError> {
        self.flush();
        self.canvas.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), CanvasError> {
        self.flush();
        self.canvas.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<(), CanvasError> {
        self.flush();
        self.canvas.draw_text(text, style, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), CanvasError> {
        let width = chart::text_width(text, style.size());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
