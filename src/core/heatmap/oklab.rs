//! Ottosson's OKLab, in which equal distances look equally large.

use crate::math;

/// Lightness from 0 to 1, green to red, blue to yellow.
pub type Oklab = [f64; 3];

/// Linear red, green and blue to the cones' responses.
const CONES: [[f64; 3]; 3] = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];

/// Their cube roots to OKLab.
const OPPONENTS: [[f64; 3]; 3] = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];

/// OKLab of a colour of sRGB.
pub fn from_srgb(rgb: [u8; 3]) -> Oklab {
    let linear = rgb.map(|part| linear(f64::from(part) / 255.0));
    times(&OPPONENTS, times(&CONES, linear).map(|cone| power(cone, 1.0 / 3.0)))
}

/// The nearest colour of sRGB: parts outside of it are cut off.
pub fn to_srgb(lab: Oklab) -> [u8; 3] {
    let roots = times(&inverse(&OPPONENTS), lab);
    let linear = times(&inverse(&CONES), roots.map(|root| root * root * root));
    linear.map(|part| (255.0 * companded(part.clamp(0.0, 1.0))).round() as u8)
}

/// sRGB's parts are gamma-corrected.
fn linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { power((part + 0.055) / 1.055, 2.4) }
}

fn companded(part: f64) -> f64 {
    if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * power(part, 1.0 / 2.4) - 0.055 }
}

/// x^y for x ≥ 0.
fn power(x: f64, y: f64) -> f64 {
    if x > 0.0 { math::exp(y * math::ln(x)) } else { 0.0 }
}

fn times(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

/// OKLab of `rgb` as somebody sees it for whom `matrix` mixes linear red, green and blue.
#[cfg(test)]
pub fn seen_by(matrix: &[[f64; 3]; 3], rgb: [u8; 3]) -> Oklab {
    let mixed = times(matrix, rgb.map(|part| linear(f64::from(part) / 255.0)));
    from_srgb(mixed.map(|part| (255.0 * companded(part.clamp(0.0, 1.0))).round() as u8))
}

/// By Cramer's rule.
fn inverse(m: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let cofactor = |i: usize, j: usize| {
        let at = |i: usize, j: usize| m[i % 3][j % 3];
        at(i + 1, j + 1) * at(i + 2, j + 2) - at(i + 1, j + 2) * at(i + 2, j + 1)
    };
    let determinant: f64 = (0..3).map(|j| m[0][j] * cofactor(0, j)).sum();
    [0, 1, 2].map(|i| [0, 1, 2].map(|j| cofactor(j, i) / determinant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_red_and_blue_are_where_ottosson_has_them() {
        let wanted = [
            ([255, 255, 255], [1.0, 0.0, 0.0]),
            ([255, 0, 0], [0.627_96, 0.224_86, 0.125_85]),
            ([0, 0, 255], [0.452_01, -0.032_46, -0.311_53]),
        ];
        for (rgb, wanted) in wanted {
            let found = from_srgb(rgb);
            let near =
                found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-4);
            assert!(near, "{rgb:?}: {found:?}");
        }
    }

    #[test]
    fn there_and_back_is_the_same_colour() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    assert_eq!(to_srgb(from_srgb([r, g, b])), [r, g, b]);
                }
            }
        }
    }
}
