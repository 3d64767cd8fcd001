//! The colours of values: a diverging map between the page's two signs, through its ground.

use serde::Deserialize;

use super::lanes::{LANES, Lanes};
use super::oklab::{self, Oklab};
use crate::colour::Colour;

/// Red, green, blue and opacity, as image data has them.
pub type Rgba = [u8; 4];

/// Entries of a colour table.
pub const COLOURS: usize = 256;

/// What the page says about the colours.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ends {
    /// The colour of the least value.
    pub negative: Colour,
    /// The colour of the middle.
    pub neutral: Colour,
    /// The colour of the largest value.
    pub positive: Colour,
    /// Only the two ends, one for each side of the middle.
    #[serde(default)]
    pub discrete: bool,
}

/// A table of colours for the range of a value, cut into as many equal parts.
pub struct Palette(Box<[Rgba; COLOURS]>);

impl Palette {
    /// Away from the middle the colour moves evenly through OKLab, so that equal differences of
    /// the value look equal; both sides become darker (or, on a dark ground, lighter) by the same
    /// amount, so that neither sign looks larger than the other.
    pub fn new(ends: &Ends) -> Palette {
        let lab = |Colour([r, g, b, _]): Colour| oklab::from_srgb([r, g, b]);
        let (negative, neutral, positive) =
            (lab(ends.negative), lab(ends.neutral), lab(ends.positive));
        let lightness = (negative[0] + positive[0]) / 2.0;
        let entry = |i: usize| {
            let away = (2 * i + 1) as f64 / COLOURS as f64 - 1.0;
            let [_, a, b] = if away < 0.0 { negative } else { positive };
            let t = if ends.discrete { 1.0 } else { away.abs() };
            let [r, g, b] = oklab::to_srgb(between(neutral, [lightness, a, b], t));
            [r, g, b, u8::MAX]
        };
        let mut table = Box::new([[0; 4]; COLOURS]);
        table.iter_mut().enumerate().for_each(|(i, colour)| *colour = entry(i));
        Palette(table)
    }

    pub fn table(&self) -> &[Rgba; COLOURS] {
        &self.0
    }

    /// The colours of `values` in `range`; beyond it those of its ends, for NaN that of its
    /// middle. Writes as many as `pixels` has room for.
    pub fn paint(&self, values: &Lanes, range: Range, pixels: &mut [Rgba]) {
        let entries = values.map(|value| range.entry(value));
        // All of a block's at once: a check before each would keep them apart.
        match pixels.as_chunks_mut::<LANES>() {
            ([whole], []) => *whole = entries.map(|entry| self.0[entry]),
            (_, part) => {
                part.iter_mut().zip(entries).for_each(|(pixel, entry)| *pixel = self.0[entry]);
            }
        }
    }
}

/// The colours of the likeliest class at each place: the surer, the stronger. `palettes` and
/// `outputs`, probabilities that sum to 1, have an entry for each class.
pub fn paint_likeliest(palettes: &[Palette], outputs: &[Lanes], pixels: &mut [Rgba]) {
    let least = 1.0 / palettes.len() as f32;
    let range = Range::new(-1.0, 1.0);
    for (k, pixel) in pixels.iter_mut().enumerate() {
        let (mut palette, mut most) = (&palettes[0], outputs[0][k]);
        for (other, values) in palettes.iter().zip(outputs).skip(1) {
            if values[k] > most {
                (palette, most) = (other, values[k]);
            }
        }
        let sure = (most - least) / (1.0 - least);
        *pixel = palette.0[range.entry(sure)];
    }
}

fn between(from: Oklab, to: Oklab, t: f64) -> Oklab {
    [0, 1, 2].map(|i| from[i] + t * (to[i] - from[i]))
}

/// The values between which the colours lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    from: f32,
    /// Entries of the table to one of the value.
    density: f32,
}

impl Range {
    /// `from` and `to` must differ.
    pub fn new(from: f64, to: f64) -> Range {
        Range { from: from as f32, density: (COLOURS as f64 / (to - from)) as f32 }
    }

    #[inline(always)]
    fn entry(self, value: f32) -> usize {
        // From 256 to 512 an f32 has its whole part, less 256, in the 8 bits below its exponent,
        // and the order of bits is that of numbers: all this is done for four values at once.
        const FIRST: f32 = COLOURS as f32;
        const LAST: i32 = (2.0 * FIRST - 1.0).to_bits() as i32;
        let place = FIRST + (value - self.from) * self.density;
        let place = if place.is_nan() { 1.5 * FIRST } else { place };
        let bits = (place.to_bits() as i32).clamp(FIRST.to_bits() as i32, LAST);
        (bits >> 15) as usize % COLOURS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(negative: &str, neutral: &str, positive: &str) -> Ends {
        let colour = |text: &str| Colour::try_from(text.to_owned()).unwrap();
        let (negative, neutral, positive) = (colour(negative), colour(neutral), colour(positive));
        Ends { negative, neutral, positive, discrete: false }
    }

    /// The page's two themes, as in www/style.css.
    fn themes() -> [Ends; 2] {
        [ends("#b34700", "#fcfcfb", "#0072b2"), ends("#f0935a", "#15181c", "#5db4ea")]
    }

    fn labs(ends: &Ends) -> Vec<Oklab> {
        let rgb = |[r, g, b, _]: &Rgba| oklab::from_srgb([*r, *g, *b]);
        Palette::new(ends).table().iter().map(rgb).collect()
    }

    fn distance(a: Oklab, b: Oklab) -> f64 {
        let square = |i: usize| (a[i] - b[i]) * (a[i] - b[i]);
        crate::math::sqrt(square(0) + square(1) + square(2))
    }

    #[test]
    fn the_test_has_the_pages_own_colours() {
        let style = include_str!("../../../www/style.css");
        for (theme, at) in themes().iter().zip([":root {", ":root[data-theme=\"dark\"] {"]) {
            let rules = style.split_once(at).unwrap().1.split_once('}').unwrap().0;
            let named = |name: &str| {
                let value = rules.split_once(&format!("--{name}: ")).unwrap().1;
                Colour::try_from(value.split_once(';').unwrap().0.to_owned()).unwrap()
            };
            let wanted = Ends {
                negative: named("vermilion"),
                neutral: named("page"),
                positive: named("blue"),
                discrete: false,
            };
            assert_eq!(*theme, wanted);
        }
    }

    #[test]
    fn lightness_goes_one_way_from_the_middle_and_alike_on_both_sides() {
        for ends in themes() {
            let labs = labs(&ends);
            let darker = labs[255][0] < labs[128][0];
            for i in 128..256 {
                assert!((labs[i][0] - labs[255 - i][0]).abs() < 0.004, "{i}");
                let step = if i < 255 { labs[i + 1][0] - labs[i][0] } else { 0.0 };
                assert!(if darker { step < 5e-4 } else { step > -5e-4 }, "{i}: {step}");
            }
            assert!((labs[255][0] - labs[128][0]).abs() > 0.3);
        }
    }

    #[test]
    fn equal_steps_of_the_value_look_equal() {
        for ends in themes() {
            let labs = labs(&ends);
            for side in [0, 128] {
                let steps: Vec<f64> = (0..7)
                    .map(|i| distance(labs[side + 16 * i], labs[side + 16 * (i + 1)]))
                    .collect();
                let mean = steps.iter().sum::<f64>() / steps.len() as f64;
                assert!(steps.iter().all(|step| (step / mean - 1.0).abs() < 0.06), "{steps:?}");
            }
        }
    }

    /// Red, green and blue as people without one kind of cones see them: the matrices of Machado,
    /// Oliveira and Fernandes (2009) for protanopia, deuteranopia and tritanopia.
    const BLIND: [[[f64; 3]; 3]; 3] = [
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ];

    #[test]
    fn the_two_signs_differ_for_the_colour_blind_too() {
        for ends in themes() {
            let palette = Palette::new(&ends);
            for (kind, matrix) in BLIND.iter().enumerate() {
                let seen = |i: usize| {
                    let [r, g, b, _] = palette.table()[i];
                    oklab::seen_by(matrix, [r, g, b])
                };
                for away in [32, 64, 127] {
                    let apart = distance(seen(127 - away), seen(128 + away));
                    assert!(apart > 0.0015 * away as f64, "{kind} at {away}: {apart}");
                }
            }
        }
    }

    #[test]
    fn two_colours_are_the_ends_of_the_many() {
        for ends in themes() {
            let (many, two) = (labs(&ends), labs(&Ends { discrete: true, ..ends }));
            assert!(distance(two[0], many[0]) < 0.01 && distance(two[255], many[255]) < 0.01);
            assert!(two[..128].iter().all(|lab| *lab == two[0]));
            assert!(two[128..].iter().all(|lab| *lab == two[255]));
        }
    }

    #[test]
    fn a_value_finds_its_colour_and_nothing_falls_outside() {
        let palette = Palette::new(&themes()[0]);
        let range = Range::new(-1.0, 1.0);
        let values = [
            (-1.0, 0),
            (-2.0, 0),
            (f32::NEG_INFINITY, 0),
            (-0.001, 127),
            (0.0, 128),
            (0.999, 255),
            (1.0, 255),
            (1e30, 255),
            (f32::INFINITY, 255),
            (f32::NAN, 128),
        ];
        for (value, entry) in values {
            let mut pixels = [[0; 4]; 2];
            palette.paint(&[value; LANES], range, &mut pixels);
            assert_eq!(pixels, [palette.table()[entry]; 2], "{value}");
        }
        assert_eq!(Range::new(0.0, 1.0).entry(0.5), 128);
    }
}
