//! The chart on the page's canvases.

use plotters::prelude::DrawingBackend;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{canvas, may_trap, thrown};
use crate::activation::Activation;
use crate::chart::{self, FINE, Handbook, Plot, Sheet};
use crate::name::Named;

/// The chart of a request; each of its layers has a canvas of its own.
#[wasm_bindgen]
pub struct Chart {
    plot: Plot,
    /// See [`chart::names_beside`].
    beside: Vec<chart::Name>,
}

#[wasm_bindgen]
impl Chart {
    /// `spec` is a [`chart::ChartSpec`] in JSON.
    ///
    /// # Errors
    /// A request that cannot be drawn.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: &str) -> Result<Chart, JsError> {
        may_trap!("Chart::new");
        Ok(Chart { plot: Plot::from_json(spec).map_err(thrown)?, beside: vec![] })
    }

    /// Gives another α to a function of the request, from 0.
    ///
    /// # Errors
    /// It is not finite.
    pub fn set_alpha(&mut self, function: usize, alpha: f64) -> Result<(), JsError> {
        may_trap!("Chart::set_alpha");
        self.plot.set_alpha(function, alpha).map_err(thrown)
    }

    /// Draws the grid and the axes; see [`chart::draw_axes`].
    ///
    /// # Errors
    /// A canvas without a 2d context.
    pub fn draw_axes(&self, canvas: HtmlCanvasElement) -> Result<(), JsError> {
        may_trap!("Chart::draw_axes");
        chart::draw_axes(self.painter(canvas)?, &self.plot).map_err(JsError::from)
    }

    /// Draws what does not follow α; see [`chart::draw_still`]. It is where [`Chart::draw_moving`]
    /// finds room for its names.
    ///
    /// # Errors
    /// A canvas without a 2d context.
    pub fn draw_still(&mut self, canvas: HtmlCanvasElement) -> Result<(), JsError> {
        may_trap!("Chart::draw_still");
        self.beside = chart::names_beside(&self.plot);
        chart::draw_still(self.painter(canvas)?, &self.plot).map_err(JsError::from)
    }

    /// Draws the curves that follow α: above the others, or below where one of those is in focus.
    ///
    /// # Errors
    /// A canvas without a 2d context.
    pub fn draw_moving(&self, canvas: HtmlCanvasElement) -> Result<(), JsError> {
        may_trap!("Chart::draw_moving");
        let painter = self.painter(canvas)?;
        chart::draw_moving(painter, &self.plot, &self.beside).map_err(JsError::from)
    }

    /// z at a pointer's x, in CSS px from the canvas' left edge; see [`chart::z_at`].
    pub fn z_at(&self, x: f64) -> f64 {
        may_trap!("Chart::z_at");
        chart::z_at(&self.plot, x)
    }

    fn painter(&self, canvas: HtmlCanvasElement) -> Result<Painter, JsError> {
        Painter::on(canvas, &self.plot.sheet, self.plot.spec.size)
    }
}

/// Draws one function as the handbook does.
///
/// # Errors
/// A request that cannot be drawn, or a canvas without a 2d context.
#[wasm_bindgen]
pub fn draw_handbook(canvas: HtmlCanvasElement, spec_json: &str) -> Result<(), JsError> {
    may_trap!("draw_handbook");
    let handbook = Handbook::from_json(spec_json).map_err(thrown)?;
    let painter = Painter::on(canvas, &handbook.sheet, handbook.spec.size)?;
    chart::draw_handbook(painter, &handbook).map_err(JsError::from)
}

/// The dashes of a function that is not in focus, in CSS px on and off, for a legend. Empty for
/// a name that is not known.
#[wasm_bindgen]
pub fn chart_dashes(name: &str) -> Vec<f64> {
    may_trap!("chart_dashes");
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
    /// Empties the canvas and scales virtual pixels down. `size` is that of the chart.
    fn on(canvas: HtmlCanvasElement, sheet: &Sheet, size: [f64; 2]) -> Result<Painter, JsError> {
        let unit = sheet.surface.ratio * sheet.part / FINE;
        let context = canvas::clear(&canvas, &sheet.surface, unit)
            .map_err(|_| JsError::new("canvas: no 2d context"))?;
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
