//! What stands still while α slides: the grid, the axes through the origin and their numbers.

use plotters::prelude::DrawingBackend;

use super::geometry::Rect;
use super::layout::{Layout, text_width};
use super::paint::{Align, Drawn, Face, Paint};
use super::spec::{Frame, Plot};
use super::ticks::{Tick, ticks};

/// px between marks along z and along a value.
const APART_Z: f64 = 56.0;
const APART_Y: f64 = 44.0;
/// The strip of g′ is low.
const APART_SLOPE: f64 = 30.0;
/// px between a number and what it belongs to.
const BESIDE: f64 = 8.0;

/// Draws the layer below the curves. It depends on the ranges, the size and the theme alone.
///
/// # Errors
/// Whatever the backend reports.
pub fn draw_axes<B: DrawingBackend>(backend: B, plot: &Plot) -> Drawn<B> {
    let paint = Paint::on(backend, plot.spec.dpr);
    if let Some(layout) = Layout::of(plot) {
        let along = ticks(plot.spec.x, layout.value.pixels.width(), APART_Z);
        for (frame, apart) in [(&layout.value, APART_Y), (&layout.slope, APART_SLOPE)] {
            let up = ticks(frame.y, frame.pixels.height(), apart);
            grid(&paint, plot, frame, &along, &up)?;
            numbers_up(&paint, plot, &layout, frame, &up)?;
        }
        numbers_along(&paint, plot, &layout, &along)?;
        captions(&paint, plot, &layout)?;
    }
    paint.finish()
}

/// Faint lines at every mark, then the two axes through the origin.
fn grid<B: DrawingBackend>(
    paint: &Paint<B>,
    plot: &Plot,
    frame: &Frame,
    along: &[Tick],
    up: &[Tick],
) -> Drawn<B> {
    let theme = plot.spec.theme;
    let upright = |z: f64, colour| {
        let x = frame.place((z, 0.0)).0;
        paint.hairline((x, frame.pixels.top), (x, frame.pixels.bottom), colour)
    };
    let level = |value: f64, colour| {
        let y = frame.place((0.0, value)).1;
        paint.hairline((frame.pixels.left, y), (frame.pixels.right, y), colour)
    };
    for tick in along {
        upright(tick.value, theme.grid)?;
    }
    for tick in up {
        level(tick.value, theme.grid)?;
    }
    if holds_zero(frame.x) {
        upright(0.0, theme.ink)?;
    }
    if holds_zero(frame.y) {
        level(0.0, theme.ink)?;
    }
    Ok(())
}

fn holds_zero([from, to]: [f64; 2]) -> bool {
    from <= 0.0 && 0.0 <= to
}

/// The numbers left of a plot.
fn numbers_up<B: DrawingBackend>(
    paint: &Paint<B>,
    plot: &Plot,
    layout: &Layout,
    frame: &Frame,
    up: &[Tick],
) -> Drawn<B> {
    for tick in up {
        let at = (frame.pixels.left - BESIDE, frame.place((0.0, tick.value)).1);
        paint.text(&tick.label, at, numbers(plot, layout), Align::Right, plot.spec.theme.text)?;
    }
    Ok(())
}

/// The numbers between the plots, and the axis' name at their end.
fn numbers_along<B: DrawingBackend>(
    paint: &Paint<B>,
    plot: &Plot,
    layout: &Layout,
    along: &[Tick],
) -> Drawn<B> {
    let Rect { right, .. } = layout.canvas;
    let name = right - text_width("z", layout.number_px) - 2.0;
    let face = numbers(plot, layout);
    for tick in along {
        let x = layout.value.place((tick.value, 0.0)).0;
        if x + text_width(&tick.label, face.size) / 2.0 + BESIDE / 2.0 < name {
            let at = (x, layout.numbers);
            paint.text(&tick.label, at, face, Align::Centre, plot.spec.theme.text)?;
        }
    }
    let bold = Face { bold: true, ..face };
    paint.text("z", (right - 2.0, layout.numbers), bold, Align::Right, plot.spec.theme.text)
}

fn captions<B: DrawingBackend>(paint: &Paint<B>, plot: &Plot, layout: &Layout) -> Drawn<B> {
    let face = Face { family: &plot.spec.fonts.words, size: layout.word_px, bold: true };
    for (caption, y) in plot.spec.captions.iter().zip(layout.captions) {
        let at = (layout.value.pixels.left, y);
        paint.text(caption, at, face, Align::Left, plot.spec.theme.text)?;
    }
    Ok(())
}

pub(super) fn numbers<'a>(plot: &'a Plot, layout: &Layout) -> Face<'a> {
    Face { family: &plot.spec.fonts.numbers, size: layout.number_px, bold: false }
}
