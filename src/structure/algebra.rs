//! A layer's three matrix products, of numbers that the trace has already: nothing is computed
//! here.

use crate::name::Named;
use crate::structure::Part;
use crate::trace::{Id, Slot, Trace};

/// Which of a layer's products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// z = W a + b.
    Forward,
    /// da below = Wᵀ dz.
    Backward,
    /// dW = dz aᵀ.
    Gradient,
}

impl Named for Pass {
    fn all() -> impl Iterator<Item = Self> {
        [Pass::Forward, Pass::Backward, Pass::Gradient].into_iter()
    }

    fn name(self) -> &'static str {
        match self {
            Pass::Forward => "forward",
            Pass::Backward => "backward",
            Pass::Gradient => "gradient",
        }
    }
}

/// What of W\[l\] is looked at: a row j, a column i, one entry, or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// From 1: the layer whose W it is.
    pub l: usize,
    pub row: Option<usize>,
    pub column: Option<usize>,
}

impl Focus {
    /// What `part` has to do with the pass; `None` where the pass has no product there: nothing
    /// goes back from the output layer through another W, and nobody needs da\[0\].
    pub fn of(part: Part, pass: Pass, sizes: &[usize]) -> Option<Focus> {
        let all = |l: usize| Focus { l, row: None, column: None };
        let above = |l: usize| l > 0 && l + 1 < sizes.len();
        match (pass, part) {
            (Pass::Backward, Part::Layer { l }) => above(l).then(|| all(l + 1)),
            (Pass::Backward, Part::Unit { l, j }) => {
                above(l).then(|| Focus { column: Some(j), ..all(l + 1) })
            }
            (Pass::Backward, Part::Weight { l: 1, .. }) => None,
            (_, Part::Layer { l }) => Some(all(l.max(1))),
            (_, Part::Unit { l: 0, j }) => Some(Focus { column: Some(j), ..all(1) }),
            (_, Part::Unit { l, j }) => Some(Focus { row: Some(j), ..all(l) }),
            (_, Part::Weight { l, j, i }) => Some(Focus { l, row: Some(j), column: Some(i) }),
        }
    }

    /// The row of the product's result that is looked at: going back, W's column is Wᵀ's row.
    pub fn line(self, pass: Pass) -> Option<usize> {
        match pass {
            Pass::Forward | Pass::Gradient => self.row,
            Pass::Backward => self.column,
        }
    }

    /// Where the one number stands that is looked at, if it is one.
    pub fn slot(self, pass: Pass) -> Option<Slot> {
        let l = self.l - 1;
        match pass {
            Pass::Forward => Some(Slot::Z { s: 0, l, j: self.row? }),
            Pass::Backward => Some(Slot::DA { s: 0, l: l.checked_sub(1)?, j: self.column? }),
            Pass::Gradient => Some(Slot::DW { s: 0, l, j: self.row?, i: self.column? }),
        }
    }

    /// The factors of the term that belongs to the entry looked at.
    pub fn factors(self, pass: Pass) -> Option<[Slot; 2]> {
        let (l, j, i) = (self.l - 1, self.row?, self.column?);
        let (w, dz) = (Slot::W { l, j, i }, Slot::DZ { s: 0, l, j });
        Some(match pass {
            Pass::Forward => [w, activation(l, i)],
            Pass::Backward => [w, dz],
            Pass::Gradient => [dz, activation(l, i)],
        })
    }
}

/// What stands in a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    W,
    B,
    /// A column, as the following ones.
    Z,
    A,
    DZ,
    DA,
    DW,
}

impl What {
    /// Its symbol, without the layer.
    pub fn symbol(self) -> &'static str {
        match self {
            What::W => "W",
            What::B => "b",
            What::Z => "z",
            What::A => "a",
            What::DZ => "dz",
            What::DA => "da",
            What::DW => "dW",
        }
    }

    fn slot(self, l: usize, j: usize, i: usize) -> Slot {
        let s = 0;
        match self {
            What::A => activation(l, j),
            What::W => Slot::W { l: l - 1, j, i },
            What::B => Slot::B { l: l - 1, j },
            What::Z => Slot::Z { s, l: l - 1, j },
            What::DZ => Slot::DZ { s, l: l - 1, j },
            What::DA => Slot::DA { s, l: l - 1, j },
            What::DW => Slot::DW { s, l: l - 1, j, i },
        }
    }
}

/// a\[l\]_j, which is x_j for l = 0.
fn activation(l: usize, j: usize) -> Slot {
    match l.checked_sub(1) {
        Some(l) => Slot::A { s: 0, l, j },
        None => Slot::X { s: 0, i: j },
    }
}

/// Rows of numbers of the trace, and what of them is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub what: What,
    /// The layer; 0 for the inputs.
    pub l: usize,
    pub transposed: bool,
    pub rows: Vec<Vec<Id>>,
    /// A row and a column that are looked at.
    pub row: Option<usize>,
    pub column: Option<usize>,
    /// The one entry that is.
    pub entry: Option<(usize, usize)>,
}

impl Matrix {
    /// n_l × n_{l−1} of them for W and dW, else n_l × 1.
    fn of(trace: &Trace, sizes: &[usize], what: What, l: usize) -> Option<Matrix> {
        let columns = if matches!(what, What::W | What::DW) { sizes[l - 1] } else { 1 };
        let row = |j| (0..columns).map(|i| trace.find(what.slot(l, j, i))).collect();
        let rows = (0..sizes[l]).map(row).collect::<Option<_>>()?;
        let (row, column, entry) = (None, None, None);
        Some(Matrix { what, l, transposed: false, rows, row, column, entry })
    }

    fn transpose(&self) -> Matrix {
        let columns = 0..self.rows.first().map_or(0, Vec::len);
        let rows = columns.map(|i| self.rows.iter().map(|row| row[i]).collect()).collect();
        Matrix {
            rows,
            transposed: !self.transposed,
            row: self.column,
            column: self.row,
            entry: self.entry.map(|(j, i)| (i, j)),
            ..self.clone()
        }
    }

    fn looked_at(self, row: Option<usize>, column: Option<usize>) -> Matrix {
        Matrix { row, column, entry: row.zip(column), ..self }
    }

    /// Row `r` alone.
    fn only(&self, r: usize) -> Matrix {
        let rows = self.rows.get(r).cloned().into_iter().collect();
        let entry = self.entry.filter(|&(row, _)| row == r).map(|(_, column)| (0, column));
        Matrix { rows, row: None, column: None, entry, ..self.clone() }
    }

    /// Rows and columns.
    pub fn shape(&self) -> [usize; 2] {
        [self.rows.len(), self.rows.first().map_or(0, Vec::len)]
    }
}

/// result = left · right + plus.
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    pub result: Matrix,
    pub left: Matrix,
    pub right: Matrix,
    pub plus: Option<Matrix>,
    /// What stands in the product transposed, as it is.
    pub upright: Option<Matrix>,
}

impl Equation {
    /// The product of a pass at W\[l\], with what of it is looked at; nothing goes back through
    /// W\[1\].
    pub fn of(trace: &Trace, sizes: &[usize], pass: Pass, focus: Focus) -> Option<Equation> {
        let Focus { l, row, column } = focus;
        let of = |what, l| Matrix::of(trace, sizes, what, l);
        let w = of(What::W, l)?.looked_at(row, column);
        // A column of numbers, all of which a row's sum takes up.
        let all = |matrix: Matrix, one: Option<usize>| Matrix {
            column: Some(0),
            entry: one.map(|n| (n, 0)),
            ..matrix
        };
        let below = |one: bool| match one {
            true => Some(all(of(What::A, l - 1)?, column)),
            false => Some(of(What::A, l - 1)?.looked_at(column, None)),
        };
        if pass == Pass::Backward && l == 1 {
            return None;
        }
        Some(match pass {
            Pass::Forward => Equation {
                result: of(What::Z, l)?.looked_at(row, None),
                left: Matrix { column: column.filter(|_| row.is_none()), ..w },
                right: below(row.is_some())?,
                plus: Some(of(What::B, l)?.looked_at(row, None)),
                upright: None,
            },
            Pass::Backward => {
                let dz = of(What::DZ, l)?;
                let upright = Matrix { row: None, ..w };
                Equation {
                    result: of(What::DA, l - 1)?.looked_at(column, None),
                    left: upright.transpose(),
                    right: if column.is_some() { all(dz, row) } else { dz },
                    plus: None,
                    upright: Some(upright),
                }
            }
            Pass::Gradient => {
                let whole = row.is_some() != column.is_some();
                let one = |matrix: Matrix, n: Option<usize>| match n {
                    None if whole => all(matrix, None),
                    n => matrix.looked_at(n, None),
                };
                let a = one(of(What::A, l - 1)?, column);
                let dw = of(What::DW, l)?.looked_at(row, column);
                let dw = if whole { dw } else { Matrix { row: None, column: None, ..dw } };
                Equation {
                    result: dw,
                    left: one(of(What::DZ, l)?, row),
                    right: a.transpose(),
                    plus: None,
                    upright: Some(a),
                }
            }
        })
    }

    /// Row `r` of the result alone.
    pub fn only(&self, r: usize) -> Equation {
        Equation {
            result: self.result.only(r),
            left: self.left.only(r),
            right: self.right.clone(),
            plus: self.plus.as_ref().map(|plus| plus.only(r)),
            upright: None,
        }
    }
}
