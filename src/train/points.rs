//! The learner's own points.

use super::CLASSES;
use crate::data::{self, MOST_POINTS, Point, REACH, Recipe, Split};
use crate::error::{Allowed, Error, Result};
use crate::typed;

/// How far from a place points are erased.
const NEAR: f64 = 0.5;

/// Points from text with a row each: x₁, x₂ and a class or a value, with commas, semicolons,
/// tabs or spaces between them. The first row may hold names.
///
/// # Errors
/// A row that is not of this form, with its number.
pub fn read(text: &str) -> Result<Vec<Point>> {
    let text = text.trim_start_matches('\u{feff}');
    let rows = text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
    let mut points = Vec::new();
    for (n, row) in rows {
        match point(row) {
            Some(point) => points.push(point),
            None if n == 0 && is_head(row) => {}
            _ => {
                return Err(Error::range(format!("line {}", n + 1), row.trim(), Allowed::Row));
            }
        }
    }
    Ok(points)
}

/// What parts the cells of a row, the most distinct first.
const MARKS: [&[char]; 3] = [&[';', '；', '\t'], &[',', '，'], &[' ', '\u{a0}', '\u{3000}']];

/// A row's three numbers. Where they are not three by all the marks, those that stand in no number
/// may part them: "1,5; 2,5; 0".
fn point(row: &str) -> Option<Point> {
    let three = |cells: Vec<&str>| match cells[..] {
        [x1, x2, y] => {
            let read = |cell| typed::read(cell).ok();
            Some(Point { x: [read(x1)?, read(x2)?], y: read(y)? })
        }
        _ => None,
    };
    three(cells(row, &MARKS.concat())).or_else(|| three(cells(row, MARKS[0])))
}

/// Whether a row holds names: not one of its cells is a number.
fn is_head(row: &str) -> bool {
    let marks = MARKS.into_iter().find(|marks| row.contains(*marks)).unwrap_or_default();
    cells(row, marks).into_iter().all(|cell| typed::read(cell) == Err(typed::Refusal::NoNumber))
}

fn cells<'r>(row: &'r str, marks: &[char]) -> Vec<&'r str> {
    row.split(marks).map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

/// That there are some but not too many of `points`, and that each is a place in the square with a
/// class or a value.
///
/// # Errors
/// Otherwise, with the number of the first that is not.
pub fn check<'p>(points: impl Iterator<Item = &'p Point>) -> Result<()> {
    let mut count = 0;
    for point in points {
        check_one(count, point)?;
        count += 1;
    }
    match count {
        0 => Err(Error::Empty { place: "points".into() }),
        1..=MOST_POINTS => Ok(()),
        _ => Err(Error::range("points", count, Allowed::Between(1, MOST_POINTS))),
    }
}

fn check_one(n: usize, point: &Point) -> Result<()> {
    if let Some(x) = point.x.into_iter().find(|x| x.is_nan() || x.abs() > REACH) {
        return Err(Error::range(format!("points[{n}]"), x, Allowed::InSquare));
    }
    match point.y.is_finite() {
        true => Ok(()),
        false => Err(Error::not_finite(format!("points[{n}]"), point.y)),
    }
}

/// `points` dealt to training and test as `recipe` has it.
///
/// # Errors
/// What [`check`] and [`data::split`] refuse.
pub fn dealt(points: Vec<Point>, recipe: &Recipe) -> Result<Split> {
    check(points.iter())?;
    data::split(points, recipe.train, recipe.seed)
}

/// `points` with one more; see [`Split::add`].
///
/// # Errors
/// No such class, or a place outside of the square.
pub fn painted(mut points: Split, x: [f64; 2], class: usize, recipe: &Recipe) -> Result<Split> {
    if class >= CLASSES {
        return Err(Error::range("class", class, Allowed::Between(0, CLASSES - 1)));
    }
    let point = Point { x, y: class as f64 };
    check_one(points.train.len() + points.test.len(), &point)?;
    points.add(point, recipe.train, recipe.seed);
    Ok(points)
}

/// `points` without those close to a place.
pub fn without(mut points: Split, x: [f64; 2]) -> Split {
    let far = |point: &Point| {
        let [u, v] = [point.x[0] - x[0], point.x[1] - x[1]];
        u * u + v * v > NEAR * NEAR
    };
    points.train.retain(far);
    points.test.retain(far);
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Set;

    #[test]
    fn rows_are_read_with_any_separator_and_a_head() {
        let points = read("x1,x2,class\n1, 2, 0\n\n-3;0.5;1\r\n4\t5\t2\n1e0 -1 0\n").unwrap();
        let found: Vec<(f64, f64, f64)> =
            points.iter().map(|point| (point.x[0], point.x[1], point.y)).collect();
        let wanted = [(1.0, 2.0, 0.0), (-3.0, 0.5, 1.0), (4.0, 5.0, 2.0), (1.0, -1.0, 0.0)];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_broken_row_is_named() {
        for (text, message) in [
            ("1,2,0\n1,2", "line 2: 1,2 is not x1, x2 and a class or a value"),
            ("1,2,0\nx,2,1", "line 2: x,2,1 is not x1, x2 and a class or a value"),
            ("1,2,3,4", "line 1: 1,2,3,4 is not x1, x2 and a class or a value"),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_row_is_read_as_spreadsheets_and_people_write_it() {
        let found = |text: &str| {
            let points = read(text).unwrap();
            points.iter().map(|point| (point.x[0], point.x[1], point.y)).collect::<Vec<_>>()
        };
        assert_eq!(found("\u{feff}1,2,0"), [(1.0, 2.0, 0.0)]);
        assert_eq!(found("−1,2,0\n1,−2.5,1"), [(-1.0, 2.0, 0.0), (1.0, -2.5, 1.0)]);
        assert_eq!(found("x1;x2;y\n1,5;−2,5;0"), [(1.5, -2.5, 0.0)]);
        assert_eq!(found("1,5\t2\t0"), [(1.5, 2.0, 0.0)]);
        assert_eq!(found("１，２，０\n½\u{3000}1\u{3000}2"), [(1.0, 2.0, 0.0), (0.5, 1.0, 2.0)]);
        assert_eq!(found("size 1,size 2,class\n1,2,0"), [(1.0, 2.0, 0.0)]);
    }

    #[test]
    fn a_first_row_with_a_number_is_no_head() {
        for text in ["1,x,0", "1,2", "(3),1,0", "1..5,2,0"] {
            let message = format!("line 1: {text} is not x1, x2 and a class or a value");
            assert_eq!(read(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn points_are_painted_and_erased() {
        let recipe = Recipe { set: Set::Gauss, size: 10, noise: 0, train: 50, seed: 1 };
        let none = Split { train: vec![], test: vec![] };
        let points = painted(none, [1.0, 1.0], 2, &recipe).unwrap();
        let points = painted(points, [2.0, 2.0], 0, &recipe).unwrap();
        let [first, second] = [Point { x: [1.0; 2], y: 2.0 }, Point { x: [2.0; 2], y: 0.0 }];
        assert_eq!(points, Split { train: vec![first], test: vec![second] });
        let left = without(points.clone(), [1.2, 1.2]);
        assert_eq!(left, Split { train: vec![], test: vec![second] });
        assert!(painted(points, [0.0, 0.0], CLASSES, &recipe).is_err());
    }
}
