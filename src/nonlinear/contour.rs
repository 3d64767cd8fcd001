//! Where a function of the plane is 0.

use crate::data::REACH;

/// Squares along a side of the plane.
const SQUARES: usize = 80;

/// Pieces of the line f = 0 on the square of all points: two triangles of each small square, on
/// whose edges f is taken as straight. Where f is straight, so is every piece, and exactly.
pub fn zero(f: impl Fn([f64; 2]) -> f64) -> Vec<[[f64; 2]; 2]> {
    let place = |n: usize| REACH * (2.0 * n as f64 / SQUARES as f64 - 1.0);
    let corner = |p: usize, q: usize| {
        let x = [place(p), place(q)];
        (x, f(x))
    };
    let row = |q: usize| (0..=SQUARES).map(|p| corner(p, q)).collect::<Vec<_>>();
    let mut pieces = vec![];
    let mut below = row(0);
    for q in 1..=SQUARES {
        let above = row(q);
        for (low, high) in below.windows(2).zip(above.windows(2)) {
            pieces.extend(cut([low[0], low[1], high[1]]));
            pieces.extend(cut([low[0], high[1], high[0]]));
        }
        below = above;
    }
    pieces
}

type Corner = ([f64; 2], f64);

/// Where a triangle is cut.
fn cut(corners: [Corner; 3]) -> Option<[[f64; 2]; 2]> {
    let sides = [(0, 1), (1, 2), (2, 0)];
    let mut ends = sides.into_iter().filter_map(|(a, b)| between(corners[a], corners[b]));
    Some([ends.next()?, ends.next()?])
}

/// Where f changes its sign between two corners.
fn between((a, f_a): Corner, (b, f_b): Corner) -> Option<[f64; 2]> {
    if (f_a > 0.0) == (f_b > 0.0) {
        return None;
    }
    let part = f_a / (f_a - f_b);
    Some([a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])])
}
