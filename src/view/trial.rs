//! The pictures of an experiment's report, as plain data: places are parts of the picture's width
//! and height, from its upper left corner.

use serde::Serialize;

use super::scale::{Scale, Tick, nice, turned};
use crate::experiment::verdict::percent;
use crate::experiment::{Chart, End, Spread, Summary, Trial, spacing_of};
use crate::name::subscript;
use crate::number;
use crate::say::Say;

/// The least distance between two labels at the ends of curves, as a part of the height.
const LABEL: f64 = 0.085;
/// Columns of a table of curves, at most.
const COLUMNS: usize = 6;

/// One picture with the table that says the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Picture {
    /// Curves with their spread.
    Lines { title: Say, x: Axis, y: Axis, series: Vec<Series>, table: Table },
    /// The way of two weights.
    Path { title: Say, x: Axis, y: Axis, series: Vec<Series>, table: Table },
    /// A number for each variant.
    Ends { title: Say, ticks: Vec<Tick>, rows: Vec<Row> },
    /// Numbers alone.
    Table { title: Say, table: Table },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis {
    name: Say,
    ticks: Vec<Tick>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    label: Say,
    /// The height of its label.
    at: f64,
    focus: bool,
    line: Vec<[f64; 2]>,
    /// Around the quarters, there and back.
    band: Vec<[f64; 2]>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    label: Say,
    focus: bool,
    text: String,
    low_text: String,
    high_text: String,
    /// Nothing where the median is no number.
    mid: Option<f64>,
    low: f64,
    high: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    corner: Say,
    columns: Vec<String>,
    rows: Vec<TableRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TableRow {
    label: Say,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Cell {
    text: String,
    /// The quarters, where there is a spread.
    spread: Option<String>,
}

/// The pictures of what `trial` has found, of the variants that are shown side by side.
pub fn pictures(trial: &Trial) -> Vec<Picture> {
    let Some(report) = &trial.report else { return vec![] };
    let shown: Vec<Variant> = trial
        .shown()
        .enumerate()
        .filter_map(|(n, v)| {
            let (label, focus) = (trial.experiment.label(v), n == trial.looked);
            Some(Variant { label, focus, summary: report.variants.get(v)? })
        })
        .collect();
    let draw = |&chart: &Chart| match chart {
        Chart::Losses => vec![losses(&shown, spacing_of(trial.experiment.measure))],
        Chart::Layers => vec![layers(&shown)],
        Chart::Factors => shown.get(trial.looked).map(factors).into_iter().collect(),
        Chart::Paths => paths(&shown),
        Chart::Ends(end) => vec![numbers(&shown, end)],
    };
    trial.experiment.charts.iter().flat_map(draw).collect()
}

/// One of those side by side.
struct Variant<'r> {
    label: Say,
    focus: bool,
    summary: &'r Summary,
}

impl Variant<'_> {
    fn curve(&self) -> &[Spread] {
        self.summary.curves.first().map_or(&[], |curve| curve)
    }
}

fn losses(shown: &[Variant], spacing: usize) -> Picture {
    let xs = |k: usize| (k * spacing) as f64;
    lines(shown, "experiments.chart.losses", ("train.epoch", xs, false), "experiments.axis.loss")
}

fn layers(shown: &[Variant]) -> Picture {
    let xs = |k: usize| (k + 1) as f64;
    lines(shown, "experiments.chart.layers", ("train.layer", xs, true), "experiments.axis.dz")
}

/// Curves over a linear axis, which may run backwards, with a logarithmic one upwards.
fn lines(
    shown: &[Variant],
    title: &'static str,
    (x_name, xs, back): (&'static str, impl Fn(usize) -> f64, bool),
    y_name: &'static str,
) -> Picture {
    let count = shown.iter().map(|one| one.curve().len()).fold(0, usize::max);
    let x = Scale::linear([xs(0), xs(count.saturating_sub(1))].into_iter());
    let all = shown.iter().flat_map(|one| one.curve()).flat_map(|s| [s.low, s.mid, s.high]);
    let y = Scale::log(all);
    let turn = |at: f64| if back { 1.0 - at } else { at };
    let place = |k: usize, v: f64| [turn(x.at(xs(k))), 1.0 - y.at(v)];
    let series = shown.iter().map(|one| {
        let curve = one.curve();
        let finite = curve.iter().take_while(|s| s.mid.is_finite()).count();
        let drawn = || curve[..finite].iter().enumerate();
        let high =
            drawn().map(|(k, s)| place(k, if s.high.is_finite() { s.high } else { f64::MAX }));
        let low = drawn().map(|(k, s)| place(k, s.low)).rev();
        let line: Vec<[f64; 2]> = drawn().map(|(k, s)| place(k, s.mid)).collect();
        Series {
            label: one.label.clone(),
            at: if back { line.first() } else { line.last() }.map_or(0.0, |end| end[1]),
            focus: one.focus,
            band: high.chain(low).collect(),
            line,
        }
    });
    let mut series: Vec<Series> = series.collect();
    spread_labels(&mut series);
    let ticks = whole(&x).into_iter().map(|tick| Tick { at: turn(tick.at), ..tick }).collect();
    let x_axis = Axis { name: Say::new(x_name), ticks };
    let y_axis = Axis { name: Say::new(y_name), ticks: turned(y.ticks(4.0)) };
    let table = curves_table(shown, x_name, count, xs);
    Picture::Lines { title: Say::new(title), x: x_axis, y: y_axis, series, table }
}

/// Only whole numbers are marked.
fn whole(scale: &Scale) -> Vec<Tick> {
    let step = nice((scale.high - scale.low) / 6.0);
    let step = if step < 1.0 { 1.0 } else { step };
    let first = if scale.low == 1.0 { 1.0 } else { 0.0 };
    let mut ticks = vec![];
    let mut value = first;
    while value <= scale.high {
        ticks.push(Tick { at: scale.at(value), text: number::short(value) });
        value += step;
    }
    ticks
}

/// Moves the labels apart, each as little as it takes, and back into the picture.
fn spread_labels(series: &mut [Series]) {
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by(|&a, &b| series[a].at.total_cmp(&series[b].at));
    for pair in 1..order.len() {
        let least = series[order[pair - 1]].at + LABEL;
        let label = &mut series[order[pair]];
        label.at = if label.at < least { least } else { label.at };
    }
    let mut most = 1.0;
    for &n in order.iter().rev() {
        let label = &mut series[n];
        label.at = if label.at > most { most } else { label.at };
        most = label.at - LABEL;
    }
}

fn curves_table(
    shown: &[Variant],
    corner: &'static str,
    count: usize,
    xs: impl Fn(usize) -> f64,
) -> Table {
    let last = count.saturating_sub(1);
    let columns: Vec<usize> = if count <= 10 {
        (0..count).collect()
    } else {
        (0..COLUMNS).map(|n| n * last / (COLUMNS - 1)).collect()
    };
    let row = |one: &Variant| TableRow {
        label: one.label.clone(),
        cells: columns
            .iter()
            .map(|&k| one.curve().get(k).map_or_else(Cell::none, Cell::of))
            .collect(),
    };
    Table {
        corner: Say::new(corner),
        columns: columns.iter().map(|&k| number::short(xs(k))).collect(),
        rows: shown.iter().map(row).collect(),
    }
}

impl Cell {
    fn none() -> Cell {
        Cell { text: "—".into(), spread: None }
    }

    fn of(spread: &Spread) -> Cell {
        if !spread.mid.is_finite() {
            return Cell { text: "∞".into(), spread: None };
        }
        let sides = format!("{} – {}", number::short(spread.low), number::short(spread.high));
        Cell { text: number::short(spread.mid), spread: Some(sides) }
    }

    fn plain(value: f64) -> Cell {
        Cell { text: number::short(value), spread: None }
    }
}

/// The factors of |dz| in the network of the first seed, from the last layer down.
fn factors(one: &Variant) -> Picture {
    let curve = |n: usize| one.summary.first.get(n).map_or(&[][..], |curve| curve);
    let (dz, weights, slopes) = (curve(0), curve(1), curve(2));
    let at = |values: &[f64], l: usize| values.get(l).copied().map_or_else(Cell::none, Cell::plain);
    let row = |l: usize| {
        let last = l + 1 == dz.len();
        let factor = |values| if last { Cell::none() } else { at(values, l) };
        TableRow {
            label: Say::new("train.hidden").text("l", l + 1),
            cells: vec![factor(weights), factor(slopes), at(dz, l)],
        }
    };
    let columns = ["× W", "× g′", "= |dz|"].map(String::from).to_vec();
    let rows = (0..dz.len()).rev().map(row).collect();
    Picture::Table {
        title: Say::new("experiments.chart.factors").say("g", one.label.clone()),
        table: Table { corner: Say::new("train.layer"), columns, rows },
    }
}

/// The path of the first seed, each variant in a picture of its own with the same scales.
fn paths(shown: &[Variant]) -> Vec<Picture> {
    let curve = |one: &Variant, k: usize| one.summary.first.get(k).cloned().unwrap_or_default();
    let all = |k: usize| shown.iter().flat_map(|one| curve(one, k)).collect::<Vec<f64>>();
    let (xs, ys) = (all(0), all(1));
    let (x, y) = (Scale::linear(xs.iter().copied()), Scale::linear(ys.iter().copied()));
    let axis = |k: usize, ticks| Axis { name: weight(k), ticks };
    let picture = |one: &Variant| {
        let (w1, w2) = (curve(one, 0), curve(one, 1));
        let line: Vec<[f64; 2]> =
            w1.iter().zip(&w2).map(|(&a, &b)| [x.at(a), 1.0 - y.at(b)]).collect();
        let every = (w1.len().saturating_sub(1) / 10).max(1);
        let steps: Vec<usize> = (0..w1.len()).step_by(every).collect();
        let row = |k: usize, values: &[f64]| TableRow {
            label: weight(k),
            cells: steps.iter().filter_map(|&n| values.get(n)).map(|&v| Cell::plain(v)).collect(),
        };
        Picture::Path {
            title: one.label.clone(),
            x: axis(1, x.ticks(4.0)),
            y: axis(2, turned(y.ticks(4.0))),
            series: vec![Series {
                label: one.label.clone(),
                at: 0.0,
                focus: true,
                line,
                band: vec![],
            }],
            table: Table {
                corner: Say::new("experiments.axis.step"),
                columns: steps.iter().map(usize::to_string).collect(),
                rows: vec![row(1, &w1), row(2, &w2)],
            },
        }
    };
    shown.iter().map(picture).collect()
}

fn weight(k: usize) -> Say {
    Say::new("experiments.axis.weight").text("k", subscript(k))
}

/// One number for each variant, on an axis from 0 on.
fn numbers(shown: &[Variant], end: End) -> Picture {
    let spread = |one: &Variant| one.summary.ends.get(end.index()).copied();
    let highest = shown.iter().filter_map(spread).flat_map(|s| [s.low, s.mid, s.high]);
    let scale = match end.is_part() {
        true => Scale { low: 0.0, high: 1.0, log: false },
        false => Scale::linear(highest.chain([0.0])),
    };
    let text = |v: f64| match end.is_part() {
        true => percent(v),
        false if v.is_finite() => number::short(v),
        false => "—".into(),
    };
    let row = |one: &Variant| {
        let s = spread(one)?;
        let high = if s.high.is_finite() { s.high } else { scale.high };
        Some(Row {
            label: one.label.clone(),
            focus: one.focus,
            text: text(s.mid),
            low_text: text(s.low),
            high_text: text(s.high),
            mid: s.mid.is_finite().then(|| scale.at(s.mid)),
            low: scale.at(s.low),
            high: scale.at(high),
        })
    };
    let ticks = match end.is_part() {
        true => [0.0, 0.5, 1.0].map(|v| Tick { at: v, text: percent(v) }).to_vec(),
        false => scale.ticks(2.0),
    };
    let title = Say::new(format!("experiments.end.{}", end.name()));
    Picture::Ends { title, ticks, rows: shown.iter().filter_map(row).collect() }
}
