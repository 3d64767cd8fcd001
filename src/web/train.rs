//! The pictures of the chapter "Train".

use std::f64::consts::TAU;

use serde::Deserialize;
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::canvas::{begin, context, resize};
use super::{heatmap as on_canvas, may_trap, thrown};
use crate::colour::Colour;
use crate::data::{Point, REACH, Task};
use crate::heatmap::{Ends, HeatMaps, Spec};
use crate::name::Named;
use crate::train::picture::{Picture, Plane, Square};
use crate::train::{Parameter, Train, curve_places};

/// Points along a side of a heat map.
const POINTS: usize = 100;
/// The largest value of the axis of a curve.
const CURVE_REACH: f64 = 1.6;

/// Where the chapter paints.
#[wasm_bindgen]
pub struct TrainingCanvases {
    network: HtmlCanvasElement,
    answer: HtmlCanvasElement,
    scale: HtmlCanvasElement,
    /// Never shown: all heat maps, one below the other.
    sheet: HtmlCanvasElement,
}

#[wasm_bindgen]
impl TrainingCanvases {
    #[wasm_bindgen(constructor)]
    pub fn new(
        network: HtmlCanvasElement,
        answer: HtmlCanvasElement,
        scale: HtmlCanvasElement,
        sheet: HtmlCanvasElement,
    ) -> TrainingCanvases {
        may_trap!("TrainingCanvases::new");
        TrainingCanvases { network, answer, scale, sheet }
    }
}

/// What the page decides about the pictures.
#[derive(Deserialize, Clone, PartialEq)]
pub struct Look {
    /// Width of the network's picture in css pixels.
    width: f64,
    /// Width and height of the picture of the answer.
    side: f64,
    /// Device pixels in a css pixel.
    dpr: f64,
    /// Css colours.
    ink: String,
    soft: String,
    line: String,
    page: Colour,
    /// Of positive and negative numbers.
    positive: Colour,
    negative: Colour,
    /// Of each class.
    classes: Vec<Colour>,
    font: String,
}

/// Heat maps, and what they were made for.
pub struct Maps {
    run: u64,
    spec: Spec,
    maps: HeatMaps,
}

/// The network's picture on so many css pixels.
pub fn picture(train: &Train, width: f64) -> Picture {
    Picture::new(&train.network().sizes(), width)
}

/// The plane of the points on so many css pixels.
pub fn plane(train: &Train, width: f64) -> Plane {
    match train.setup().task() {
        Task::Curve => Plane::new(width, CURVE_REACH),
        Task::Classes(_) | Task::Surface => Plane::new(width, REACH),
    }
}

/// Paints everything anew.
///
/// # Errors
/// A canvas has no two-dimensional context, or refuses a call.
pub fn paint(
    train: &Train,
    maps: &mut Option<Maps>,
    canvases: &TrainingCanvases,
    look: &Look,
) -> Result<(), JsValue> {
    let maps = fresh(train, maps, look)?;
    let TrainingCanvases { network, answer, scale, sheet } = canvases;
    let (points, images) = (POINTS as u32, maps.count() as u32);
    resize(sheet, points, points * images);
    let all = context(sheet)?;
    on_canvas::put(&all, maps.all(), POINTS)?;
    let (positive, negative) = (css(look.positive), css(look.negative));
    let brush = Brush { look, sheet, train, positive, negative };
    brush.network(network)?;
    brush.answer(answer, maps.answer())?;
    let table = maps.table();
    resize(scale, table.len() as u32, 1);
    let image =
        ImageData::new_with_u8_clamped_array(Clamped(table.as_flattened()), table.len() as u32)?;
    context(scale)?.put_image_data(&image, 0.0, 0.0)
}

/// The heat maps of the network as it is now.
fn fresh<'a>(
    train: &Train,
    maps: &'a mut Option<Maps>,
    look: &Look,
) -> Result<&'a HeatMaps, JsValue> {
    let colours = Ends {
        negative: look.negative,
        neutral: look.page,
        positive: look.positive,
        discrete: train.discrete(),
    };
    let spec = Spec {
        features: train.setup().features.iter().map(|feature| feature.name().into()).collect(),
        points: POINTS,
        reach: REACH,
        colours,
        classes: look.classes.clone(),
    };
    let same = |old: &Maps| old.run == train.run() && old.spec == spec;
    let mut current = match maps.take().filter(same) {
        Some(old) => old,
        None => {
            let maps = HeatMaps::new(train.network(), &spec).map_err(thrown)?;
            Maps { run: train.run(), spec, maps }
        }
    };
    current.maps.update(train.network());
    Ok(&maps.insert(current).maps)
}

struct Brush<'a> {
    look: &'a Look,
    sheet: &'a HtmlCanvasElement,
    train: &'a Train,
    positive: String,
    negative: String,
}

impl Brush<'_> {
    /// Weights as lines, units as heat maps.
    fn network(&self, canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
        let (look, network) = (self.look, self.train.network());
        let picture = picture(self.train, look.width);
        let size = [picture.width, picture.height];
        let context = begin(canvas, size, picture.part, look.dpr)?;
        for edge in picture.edges() {
            let w = edge.parameter.of(network).unwrap_or(f64::NAN);
            let [(ax, ay), (bx, by), (cx, cy), (dx, dy)] = edge.points;
            context.begin_path();
            context.move_to(ax, ay);
            context.bezier_curve_to(bx, by, cx, cy, dx, dy);
            if self.train.pointed == Some(edge.parameter) {
                context.set_global_alpha(1.0);
                context.set_line_width(width(w) + 4.0);
                context.set_stroke_style_str(&look.ink);
                context.stroke();
            }
            context.set_global_alpha(0.3 + 0.7 * (w.abs() / 1.5).clamp(0.0, 1.0));
            context.set_line_width(width(w));
            context.set_stroke_style_str(if w < 0.0 { &self.negative } else { &self.positive });
            context.stroke();
        }
        context.set_global_alpha(1.0);
        let inputs = self.train.setup().features.len();
        for (n, square) in picture.units().enumerate() {
            self.heat_map(&context, n, square)?;
            context.set_line_width(1.0);
            context.set_stroke_style_str(&look.soft);
            context.stroke_rect(square.x, square.y, square.side, square.side);
            if n < inputs {
                self.name(&context, self.train.setup().features[n].symbol(), square)?;
            }
        }
        self.biases(&context, &picture);
        Ok(())
    }

    /// A small square at a unit's corner, and a frame where it is pointed at.
    fn biases(&self, context: &CanvasRenderingContext2d, picture: &Picture) {
        const SIDE: f64 = 7.0;
        for (layer, of) in self.train.network().layers().iter().enumerate() {
            for (unit, &bias) in of.biases().iter().enumerate() {
                let Some(Square { x, y, side }) = picture.unit(layer, unit) else { continue };
                let colour = if bias < 0.0 { &self.negative } else { &self.positive };
                let (left, top) = (x - SIDE / 2.0, y + side - SIDE / 2.0);
                context.clear_rect(left, top, SIDE, SIDE);
                context.set_fill_style_str(colour);
                context.set_global_alpha(bias.abs().clamp(0.1, 1.0));
                context.fill_rect(left, top, SIDE, SIDE);
                context.set_global_alpha(1.0);
                context.set_stroke_style_str(&self.look.soft);
                context.set_line_width(1.0);
                context.stroke_rect(left, top, SIDE, SIDE);
                if self.train.pointed == Some(Parameter::Bias { layer, unit }) {
                    context.set_stroke_style_str(&self.look.ink);
                    context.set_line_width(3.0);
                    context.stroke_rect(x, y, side, side);
                }
            }
        }
    }

    fn heat_map(
        &self,
        context: &CanvasRenderingContext2d,
        image: usize,
        Square { x, y, side }: Square,
    ) -> Result<(), JsValue> {
        let points = POINTS as f64;
        context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            self.sheet,
            0.0,
            image as f64 * points,
            points,
            points,
            x,
            y,
            side,
            side,
        )
    }

    /// Left of an input.
    fn name(
        &self,
        context: &CanvasRenderingContext2d,
        name: &str,
        square: Square,
    ) -> Result<(), JsValue> {
        context.set_font(&format!("12px {}", self.look.font));
        context.set_fill_style_str(&self.look.ink);
        context.set_text_align("right");
        context.set_text_baseline("middle");
        context.fill_text(name, square.x - 4.0, square.y + square.side / 2.0)
    }

    /// What the network makes of the plane, or its curve, with the points on it.
    fn answer(&self, canvas: &HtmlCanvasElement, image: usize) -> Result<(), JsValue> {
        let plane = plane(self.train, self.look.side);
        let context = begin(canvas, [plane.width; 2], plane.part, self.look.dpr)?;
        let square = Square { x: plane.left, y: plane.top, side: plane.side };
        let curve = self.train.setup().task() == Task::Curve;
        if !curve {
            context.set_image_smoothing_enabled(!self.train.discrete());
            self.heat_map(&context, image, square)?;
        }
        self.axes(&context, &plane, curve)?;
        context.save();
        context.begin_path();
        context.rect(square.x, square.y, square.side, square.side);
        context.clip();
        let split = self.train.split();
        if self.train.shown.test {
            self.points(&context, &plane, &split.test, true)?;
        }
        self.points(&context, &plane, &split.train, false)?;
        if curve {
            self.curve(&context, &plane);
        }
        context.restore();
        Ok(())
    }

    fn axes(
        &self,
        context: &CanvasRenderingContext2d,
        plane: &Plane,
        curve: bool,
    ) -> Result<(), JsValue> {
        let look = self.look;
        context.set_font(&format!("11px {}", look.font));
        context.set_fill_style_str(&look.soft);
        context.set_stroke_style_str(&look.soft);
        context.set_line_width(1.0);
        context.stroke_rect(plane.left, plane.top, plane.side, plane.side);
        let bottom = plane.top + plane.side;
        context.set_text_baseline("top");
        for (value, label, align) in [
            (-6.0, "−6", "left"),
            (-3.0, "−3", "center"),
            (0.0, "0", "center"),
            (3.0, "3", "center"),
            (6.0, "6", "right"),
        ] {
            let (x, _) = plane.place([value, 0.0]);
            context.set_text_align(align);
            context.fill_text(label, x, bottom + 5.0)?;
            if !curve {
                context.set_text_align("right");
                context.set_text_baseline("middle");
                context.fill_text(label, plane.left - 4.0, plane.beside(value))?;
                context.set_text_baseline("top");
            }
        }
        if curve {
            context.set_text_align("right");
            context.set_text_baseline("middle");
            for (value, label) in [(-1.0, "−1"), (0.0, "0"), (1.0, "1")] {
                let (_, y) = plane.place([0.0, value]);
                context.fill_text(label, plane.left - 4.0, y)?;
                context.set_stroke_style_str(&look.line);
                context.begin_path();
                context.move_to(plane.left, y);
                context.line_to(plane.left + plane.side, y);
                context.stroke();
            }
        }
        Ok(())
    }

    /// Each class has a shape of its own; those to test with are hollow.
    fn points(
        &self,
        context: &CanvasRenderingContext2d,
        plane: &Plane,
        points: &[Point],
        hollow: bool,
    ) -> Result<(), JsValue> {
        let look = self.look;
        let page = css(look.page);
        context.set_line_width(1.0);
        let group = |colour: &str, shape: usize, places: &mut dyn Iterator<Item = (f64, f64)>| {
            context.begin_path();
            for (x, y) in places {
                outline(context, shape, x, y)?;
            }
            context.set_fill_style_str(if hollow { &page } else { colour });
            context.set_stroke_style_str(if hollow { colour } else { &page });
            context.set_line_width(if hollow { 1.8 } else { 1.0 });
            context.fill();
            context.stroke();
            Ok(())
        };
        match self.train.setup().task() {
            Task::Classes(count) => (0..count).try_for_each(|class| {
                let of = points.iter().filter(|point| point.y == class as f64);
                let colour =
                    look.classes.get(class).map_or_else(|| look.ink.clone(), |&own| css(own));
                group(&colour, class, &mut of.map(|point| plane.place(point.x)))
            }),
            Task::Surface => [true, false].into_iter().try_for_each(|negative| {
                let of = points.iter().filter(|point| (point.y < 0.0) == negative);
                let colour = if negative { &self.negative } else { &self.positive };
                group(colour, 0, &mut of.map(|point| plane.place(point.x)))
            }),
            Task::Curve => {
                let place = |point: &Point| plane.place([point.x[0], point.y]);
                group(&look.soft, 0, &mut points.iter().map(place))
            }
        }
    }

    fn curve(&self, context: &CanvasRenderingContext2d, plane: &Plane) {
        context.begin_path();
        let limit = |y: f64| y.clamp(-10.0 * plane.up, 10.0 * plane.up);
        let values = curve_places().zip(&self.train.snapshot().curve);
        for (n, (x, &y)) in values.enumerate() {
            let (u, v) = plane.place([x, limit(y)]);
            if n == 0 { context.move_to(u, v) } else { context.line_to(u, v) }
        }
        context.set_stroke_style_str(&self.positive);
        context.set_line_width(3.0);
        context.stroke();
    }
}

/// A line's width for a weight.
fn width(w: f64) -> f64 {
    0.75 + 4.0 * (w.abs() / 3.0).clamp(0.0, 1.0)
}

pub(super) fn css(Colour([r, g, b, _]): Colour) -> String {
    format!("rgb({r} {g} {b})")
}

/// A disc, a square or a triangle.
pub(super) fn outline(
    context: &CanvasRenderingContext2d,
    shape: usize,
    x: f64,
    y: f64,
) -> Result<(), JsValue> {
    match shape {
        0 => {
            context.move_to(x + 3.2, y);
            context.arc(x, y, 3.2, 0.0, TAU)?;
        }
        1 => context.rect(x - 2.9, y - 2.9, 5.8, 5.8),
        _ => {
            context.move_to(x, y - 3.9);
            context.line_to(x + 3.7, y + 2.9);
            context.line_to(x - 3.7, y + 2.9);
            context.close_path();
        }
    }
    Ok(())
}
