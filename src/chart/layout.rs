//! Where on the canvas everything stands. Lengths are CSS px.

use super::geometry::Rect;
use super::spec::{Frame, Plot};

/// The two plots, one above the other over the same z, and the rows around them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    pub value: Frame,
    pub slope: Frame,
    /// The middle of the row of numbers along z, which is shared and stands between the plots.
    pub numbers: f64,
    /// The middles of the rows with the captions.
    pub captions: [f64; 2],
    /// Sizes of the numbers and of the words.
    pub number_px: f64,
    pub word_px: f64,
    /// The whole canvas.
    pub canvas: Rect,
}

/// Narrower than this is a phone.
const NARROW: f64 = 480.0;
/// Below this there is no chart to see, as while the page hides it.
const LEAST: f64 = 120.0;

const CAPTION: f64 = 24.0;
const NUMBERS: f64 = 30.0;
const FOOT: f64 = 6.0;
/// Room at the right for the axis' name.
const RIGHT: f64 = 18.0;
/// How much of the height that is left goes to g; the rest to g′.
const SHARE: f64 = 0.72;

impl Layout {
    /// `None` where the canvas is too small to show anything.
    pub fn of(plot: &Plot) -> Option<Layout> {
        let [width, height] = plot.spec.size;
        let room = height - 2.0 * CAPTION - NUMBERS - FOOT;
        if width < LEAST || room < LEAST / 2.0 {
            return None;
        }
        let narrow = width < NARROW;
        let left = if narrow { 24.0 } else { 32.0 };
        let right = width - RIGHT;
        let upper = Rect { left, top: CAPTION, right, bottom: CAPTION + SHARE * room };
        let top = upper.bottom + NUMBERS + CAPTION;
        let lower = Rect { left, top, right, bottom: height - FOOT };
        let frame = |pixels, y| Frame { pixels, x: plot.spec.x, y };
        Some(Layout {
            value: frame(upper, plot.spec.y),
            slope: frame(lower, plot.spec.slope),
            numbers: upper.bottom + NUMBERS / 2.0,
            captions: [upper.top - CAPTION * 0.55, lower.top - CAPTION * 0.55],
            number_px: if narrow { 11.0 } else { 12.0 },
            word_px: if narrow { 12.0 } else { 13.0 },
            canvas: Rect { left: 0.0, top: 0.0, right: width, bottom: height },
        })
    }
}

/// How wide a text comes out, in px, without asking the browser, which would insert an element:
/// wide enough for the usual faces in bold, a full em for Chinese.
pub fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| if c >= '\u{2e80}' { 1.0 } else { 0.64 };
    size * text.chars().map(em).sum::<f64>()
}
