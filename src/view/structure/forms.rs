//! The same step of a layer as one number, as a row, and as the whole matrix product.

use serde::Serialize;

use super::{at_layer, shape};
use crate::explain::Explainer;
use crate::name::Named;
use crate::say::{Formula, Num, Part as Piece, Say};
use crate::structure::{Equation, Focus, Matrix, Part, Pass, Structure, What};
use crate::trace::{Id, Trace};

/// The forms that there are, or why there are none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forms {
    says: Vec<Say>,
    number: Option<Number>,
    row: Option<Product>,
    matrix: Option<Product>,
}

/// One number: its formula, and the arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Number {
    formula: Formula,
    terms: Vec<Term>,
}

/// A sign or a number of the arithmetic, and whether it belongs to the entry looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Term {
    #[serde(flatten)]
    piece: Piece,
    lit: bool,
}

/// Matrices between signs.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Product {
    formula: Formula,
    /// What stands in the product transposed, as it is.
    upright: Option<Table>,
    parts: Vec<Factor>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Factor {
    Op(&'static str),
    Table(Table),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Table {
    symbol: &'static str,
    /// None for x.
    layer: Option<usize>,
    transposed: bool,
    shape: String,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Cell {
    num: Num,
    /// "entry", "lit" or nothing.
    state: &'static str,
    /// "positive" or "negative" for a weight or bias.
    sign: &'static str,
    /// The weight that it belongs to.
    part: Option<String>,
}

/// The forms of the product at hand.
pub fn forms(structure: &Structure) -> Forms {
    let (pass, trace) = (structure.pass, structure.lab().trace());
    let Some((focus, equation)) = structure.equation() else {
        let above = matches!(structure.part(), Part::Layer { l } | Part::Unit { l, .. } if l > 0);
        let key = if above { "network.none.output" } else { "network.none.input" };
        let says = vec![Say::new(key)];
        return Forms { says, number: None, row: None, matrix: None };
    };
    let row = focus.line(pass).map(|r| equation.only(r));
    Forms {
        says: vec![why(pass, focus)],
        number: number(structure, focus),
        row: row.map(|row| product(trace, pass, focus, "row", &row)),
        matrix: Some(product(trace, pass, focus, "matrix", &equation)),
    }
}

fn why(pass: Pass, focus: Focus) -> Say {
    let kind = match (pass, focus.row, focus.column) {
        (Pass::Backward, _, None) | (_, None, None) => "all",
        (Pass::Backward, ..) => "column",
        (Pass::Gradient, Some(_), Some(_)) => "entry",
        (_, Some(_), _) => "row",
        (_, None, Some(_)) => "column",
    };
    let mut say = Say::new(format!("network.why.{}.{kind}", pass.name()));
    for (name, index) in [("j", focus.row), ("i", focus.column)] {
        if let Some(index) = index {
            say = say.text(name, index + 1);
        }
    }
    let below = match focus.l {
        1 => "a[0] = x".to_owned(),
        l => format!("a[{}]", l - 1),
    };
    say.text("l", focus.l).text("m", focus.l - 1).text("a", below)
}

fn number(structure: &Structure, focus: Focus) -> Option<Number> {
    let (pass, lab) = (structure.pass, structure.lab());
    let trace = lab.trace();
    let id = trace.find(focus.slot(pass)?)?;
    let line = Explainer { case: lab.case(), trace }.line(id);
    let factors = focus.factors(pass).map(|slots| slots.map(|slot| trace.find(slot)));
    let lit = |num: &Num| num.id.is_some() && factors.is_some_and(|ids| ids.contains(&num.id));
    let term = |piece: Piece| match piece {
        Piece::Num(num) => Term { lit: lit(&num), piece: Piece::Num(Num { id: None, ..num }) },
        op => Term { piece: op, lit: false },
    };
    let formula = match pass {
        Pass::Backward => with_focus(Formula::new("network.backward.number"), focus),
        Pass::Forward | Pass::Gradient => line.formula?,
    };
    Some(Number { formula, terms: line.parts.into_iter().map(term).collect() })
}

fn with_focus(formula: Formula, focus: Focus) -> Formula {
    let mut formula = at_layer(formula, focus.l);
    for (name, index) in [("j", focus.row), ("i", focus.column)] {
        if let Some(index) = index {
            formula.at.insert(name, (index + 1).to_string());
        }
    }
    formula
}

fn product(trace: &Trace, pass: Pass, focus: Focus, form: &str, equation: &Equation) -> Product {
    let key = format!("network.{}.{form}", pass.name());
    let table = |matrix: &Matrix| table(trace, matrix);
    let mut parts = vec![
        Factor::Table(table(&equation.result)),
        Factor::Op("="),
        Factor::Table(table(&equation.left)),
        Factor::Op("·"),
        Factor::Table(table(&equation.right)),
    ];
    if let Some(plus) = &equation.plus {
        parts.extend([Factor::Op("+"), Factor::Table(table(plus))]);
    }
    let upright = equation.upright.as_ref().map(table);
    Product { formula: with_focus(Formula::new(key), focus), upright, parts }
}

fn table(trace: &Trace, matrix: &Matrix) -> Table {
    let input = matrix.what == What::A && matrix.l == 0;
    let row = |(r, ids): (usize, &Vec<Id>)| {
        let cell = |(c, &id): (usize, &Id)| cell(trace, matrix, (r, c), id);
        ids.iter().enumerate().map(cell).collect()
    };
    Table {
        symbol: if input { "x" } else { matrix.what.symbol() },
        layer: (!input).then_some(matrix.l),
        transposed: matrix.transposed,
        shape: shape(matrix.shape()),
        rows: matrix.rows.iter().enumerate().map(row).collect(),
    }
}

fn cell(trace: &Trace, matrix: &Matrix, (r, c): (usize, usize), id: Id) -> Cell {
    let num = Num { id: None, ..Num::of(trace, id) };
    let state = match () {
        () if matrix.entry == Some((r, c)) => "entry",
        () if matrix.row == Some(r) || matrix.column == Some(c) => "lit",
        () => "",
    };
    let parameter = matches!(matrix.what, What::W | What::B);
    let sign = match (parameter, trace.value(id) < 0.0) {
        (false, _) => "",
        (true, false) => "positive",
        (true, true) => "negative",
    };
    let slot = trace.get(id).map(|step| step.slot);
    let part = slot.filter(|_| matches!(matrix.what, What::W | What::DW)).and_then(|slot| {
        let (l, j, i) = (slot.layer()? + 1, slot.unit()?, slot.incoming()?);
        Some(Part::Weight { l, j, i }.to_string())
    });
    Cell { num, state, sign, part }
}
