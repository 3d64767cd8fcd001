//! The chart of the activations: g of the chosen functions above g′, over the same z.
//!
//! It is drawn by plotters, generic over the backend: onto canvases in the browser, into a
//! recorder in the tests. Three layers lie on top of each other, so that α redraws no more than
//! it moves: [`draw_axes`] depends on ranges, size and theme, [`draw_still`] on all but α, and
//! [`draw_moving`] on α too. A backend must be [`FINE`] times as large as the canvas, and scaled down by as much.

mod axes;
mod curve;
mod curves;
mod geometry;
mod handbook;
mod labels;
mod layout;
mod paint;
mod spec;
mod style;
pub mod ticks;

pub use axes::draw_axes;
pub use curves::{Name, draw_moving, draw_still, names, names_beside};
pub use geometry::{Point, Rect};
pub use handbook::{Handbook, HandbookSpec, draw_handbook};
pub use layout::{Layout, Of, text_width};
pub use paint::FINE;
pub use spec::{ChartSpec, Frame, Function, Plot, Sheet};
pub use style::{Fonts, Theme, dash};

/// z at a pointer's x, in CSS px from the canvas' left edge: within the range, and as round as
/// one px allows. The cursor's own z where the chart is not to be seen or x is NaN.
pub fn z_at(plot: &Plot, x: f64) -> f64 {
    match Layout::of(plot) {
        Some(layout) if !x.is_nan() => layout.value.z_at(x / plot.sheet.part),
        _ => plot.spec.z,
    }
}
