//! How many pixels a canvas may have.

use crate::math;

/// The longest side and the largest area that every browser gives a canvas, in device pixels: one
/// that asks for more stays blank. Phones give the least, 4096 × 4096, of which rounding up takes
/// some.
const SIDE: f64 = 16_384.0;
const AREA: f64 = 16_000_000.0;

/// Css pixels beyond which there is no screen; their products stay finite.
const FAR: f64 = 1e9;

/// A canvas in device pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surface {
    pub width: u32,
    pub height: u32,
    /// Device pixels in a css pixel: fewer than the screen has where the canvas would be too large.
    pub ratio: f64,
}

impl Surface {
    /// For a picture of this size in css pixels, on a screen with `dpr` device pixels in each.
    pub fn of(width: f64, height: f64, dpr: f64) -> Surface {
        let [width, height] = [width, height].map(some);
        let limits = [SIDE / width, SIDE / height, math::sqrt(AREA / (width * height))];
        let asked = if dpr > 0.0 { dpr } else { 1.0 };
        let ratio = limits
            .into_iter()
            .fold(asked, |least, limit| if limit < least { limit } else { least });
        let pixels = |length: f64| ((length * ratio).ceil() as u32).clamp(1, SIDE as u32);
        Surface { width: pixels(width), height: pixels(height), ratio }
    }
}

/// A length that a page can have.
fn some(length: f64) -> f64 {
    if length > 0.0 { length.clamp(0.0, FAR) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_has_the_pixels_of_its_screen() {
        let surface = Surface::of(300.5, 200.0, 2.0);
        assert_eq!((surface.width, surface.height, surface.ratio), (601, 400, 2.0));
    }

    #[test]
    fn no_size_and_no_screen_ask_for_more_than_a_browser_gives() {
        let lengths = (0..=300).map(f64::from).chain([1280.0, 10_000.0, 1e6, 1e308, f64::NAN]);
        let lengths: Vec<f64> = lengths.collect();
        for &width in &lengths {
            for &height in &lengths {
                for dpr in [0.1, 1.0, 1.25, 3.0, 16.5, 1000.0, 1e308, 0.0, -1.0, f64::NAN] {
                    let Surface { width: w, height: h, ratio } = Surface::of(width, height, dpr);
                    let place = format!("{width} × {height} at {dpr}: {w} × {h} at {ratio}");
                    assert!((1..=16_384).contains(&w) && (1..=16_384).contains(&h), "{place}");
                    assert!(u64::from(w) * u64::from(h) <= 4096 * 4096, "{place}");
                    assert!(ratio > 0.0 && ratio.is_finite(), "{place}");
                }
            }
        }
    }
}
