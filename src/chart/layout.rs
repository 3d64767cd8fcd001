//! Where on the canvas everything stands. Lengths are CSS px.

use super::geometry::Rect;
use super::spec::{Frame, Plot};
use super::ticks::{Tick, ticks};
use crate::activation::Activation;
use crate::math;

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

/// px between marks along z, on a wide canvas and on a phone's.
const APART_Z: [f64; 2] = [64.0, 40.0];
/// px between marks along g, and along g′, whose plot is low.
const APART_VALUE: f64 = 48.0;
const APART_SLOPE: f64 = 30.0;
/// px that the axis' name keeps from the numbers.
const BESIDE_NAME: f64 = 4.0;
/// px that a number keeps from the plot that it stands left of, and from the canvas' edge.
pub const BESIDE: f64 = 8.0;
const EDGE: f64 = 2.0;

const CAPTION: f64 = 24.0;
const NUMBERS: f64 = 30.0;
const FOOT: f64 = 6.0;
/// Room at the right for the axis' name.
const RIGHT: f64 = 18.0;
/// How much of the height that is left goes to g; the rest to g′.
const SHARE: f64 = 0.7;

impl Layout {
    /// `None` where the canvas has no size, as while the page hides it.
    pub fn of(plot: &Plot) -> Option<Layout> {
        let [width, height] = plot.spec.size;
        if width == 0.0 || height == 0.0 {
            return None;
        }
        let room = height - 2.0 * CAPTION - NUMBERS - FOOT;
        let narrow = width < NARROW;
        let number_px = if narrow { 11.0 } else { 12.0 };
        let marks = [
            (plot.spec.y, SHARE * room, APART_VALUE),
            (plot.spec.slope, room - SHARE * room, APART_SLOPE),
        ];
        let numbers = marks.iter().flat_map(|(y, height, apart)| ticks(*y, *height, *apart));
        let widths = numbers.map(|tick| text_width(&tick.label, number_px));
        let left = EDGE + math::max(widths.chain([0.0])) + BESIDE;
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
            number_px,
            word_px: if narrow { 12.0 } else { 13.0 },
            canvas: Rect { left: 0.0, top: 0.0, right: width, bottom: height },
        })
    }

    pub fn frame(&self, of: Of) -> Frame {
        match of {
            Of::Value => self.value,
            Of::Slope => self.slope,
        }
    }

    /// The marks along z.
    pub fn along(&self) -> Vec<Tick> {
        let [wide, narrow] = APART_Z;
        let mut apart = if self.canvas.width() < NARROW { narrow } else { wide };
        let length = self.value.pixels.width();
        loop {
            let marks = ticks(self.value.x, length, apart);
            let widths = marks.iter().map(|tick| text_width(&tick.label, self.number_px));
            if apart >= length || math::max(widths) + BESIDE <= apart {
                return marks;
            }
            apart *= 1.5;
        }
    }

    /// The marks along g or g′.
    pub fn up(&self, of: Of) -> Vec<Tick> {
        let frame = self.frame(of);
        let apart = if of == Of::Value { APART_VALUE } else { APART_SLOPE };
        ticks(frame.y, frame.pixels.height(), apart)
    }

    /// The numbers along z and their boxes, without any that the axis' name would touch.
    pub fn numbers_along(&self) -> Vec<(Tick, Rect)> {
        let name = self.canvas.right - text_width("z", self.number_px) - BESIDE_NAME;
        let boxed = |tick: Tick| {
            let at = (self.value.place((tick.value, 0.0)).0, self.numbers);
            let place = Rect::around(at, text_width(&tick.label, self.number_px), self.number_px);
            (tick, place)
        };
        let all = self.along().into_iter().map(boxed);
        all.filter(|(_, place)| place.left >= 0.0 && place.right + BESIDE_NAME < name).collect()
    }
}

/// Which of a function's two curves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Of {
    Value,
    Slope,
}

impl Of {
    /// g(z) or g′(z).
    pub fn at(self, g: Activation, z: f64) -> f64 {
        match self {
            Of::Value => g.value(z),
            Of::Slope => g.slope(z),
        }
    }
}

/// How wide a text comes out, in px, without asking the browser, which would insert an element:
/// wide enough for the usual faces in bold, a full em for Chinese.
pub fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| if c >= '\u{2e80}' { 1.0 } else { 0.64 };
    size * text.chars().map(em).sum::<f64>()
}
