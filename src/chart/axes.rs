//! What stands still while α slides: the grid, the axes through the origin and their numbers.

use plotters::prelude::DrawingBackend;

use super::layout::{BESIDE, Layout, Of};
use super::paint::{Align, Drawn, Face, Paint};
use super::spec::Plot;

/// Draws the layer below the curves. It depends on the ranges, the size and the theme alone.
///
/// # Errors
/// Whatever the backend reports.
pub fn draw_axes<B: DrawingBackend>(backend: B, plot: &Plot) -> Drawn<B> {
    let paint = Paint::on(backend, plot.spec.dpr);
    if let Some(layout) = Layout::of(plot) {
        for of in [Of::Value, Of::Slope] {
            grid(&paint, plot, &layout, of)?;
            numbers_up(&paint, plot, &layout, of)?;
        }
        numbers_along(&paint, plot, &layout)?;
        captions(&paint, plot, &layout)?;
    }
    paint.finish()
}

/// Faint lines at every mark, then the two axes through the origin.
fn grid<B: DrawingBackend>(paint: &Paint<B>, plot: &Plot, layout: &Layout, of: Of) -> Drawn<B> {
    let frame = layout.frame(of);
    let theme = plot.spec.theme;
    let upright = |z: f64, colour| {
        let x = frame.place((z, 0.0)).0;
        paint.hairline((x, frame.pixels.top), (x, frame.pixels.bottom), colour)
    };
    let level = |value: f64, colour| {
        let y = frame.place((0.0, value)).1;
        paint.hairline((frame.pixels.left, y), (frame.pixels.right, y), colour)
    };
    for tick in layout.along() {
        upright(tick.value, theme.grid)?;
    }
    for tick in layout.up(of) {
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
    of: Of,
) -> Drawn<B> {
    let frame = layout.frame(of);
    for tick in layout.up(of) {
        let at = (frame.pixels.left - BESIDE, frame.place((0.0, tick.value)).1);
        paint.text(&tick.label, at, numbers(plot, layout), Align::Right, plot.spec.theme.text)?;
    }
    Ok(())
}

/// The numbers between the plots, and the axis' name at their end.
fn numbers_along<B: DrawingBackend>(paint: &Paint<B>, plot: &Plot, layout: &Layout) -> Drawn<B> {
    let face = numbers(plot, layout);
    for (tick, place) in layout.numbers_along() {
        let at = ((place.left + place.right) / 2.0, layout.numbers);
        paint.text(&tick.label, at, face, Align::Centre, plot.spec.theme.text)?;
    }
    let bold = Face { bold: true, ..face };
    let at = (layout.canvas.right - 2.0, layout.numbers);
    paint.text("z", at, bold, Align::Right, plot.spec.theme.text)
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
