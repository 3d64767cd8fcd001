//! Where everything stands: columns from left to right, or on a narrow screen with many layers
//! rows from top to bottom.

use super::geometry::{Point, Rect, larger, smaller, within};
use crate::case::Case;
use crate::network::Layer;

/// How much of a unit is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// z | g | a side by side.
    Wide,
    /// z, g and a one above the other.
    Tall,
    /// a alone.
    Small,
}

/// Which way the network grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Across,
    Down,
}

/// The sizes of a style in css pixels, at scale 1.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub unit: (f64, f64),
    pub input: (f64, f64),
    pub loss: (f64, f64),
    /// Above a unit: its name and its bias.
    pub header: f64,
    /// Below a unit: the names of its parts, what there is to say, its dz.
    pub footer: f64,
    /// From one unit's footer to the next one's header.
    pub between: f64,
    /// From the output to the loss.
    pub to_loss: f64,
    /// From layer to layer, at least and comfortably.
    pub gap: (f64, f64),
    /// Font sizes of numbers in units, of numbers at edges and of names.
    pub number: f64,
    pub label: f64,
    pub name: f64,
}

const WIDE: Sizes = Sizes {
    unit: (132.0, 46.0),
    input: (52.0, 44.0),
    loss: (100.0, 58.0),
    header: 36.0,
    footer: 54.0,
    between: 10.0,
    to_loss: 44.0,
    gap: (92.0, 146.0),
    number: 13.5,
    label: 12.5,
    name: 12.5,
};
const TALL: Sizes = Sizes {
    unit: (60.0, 69.0),
    input: (38.0, 34.0),
    loss: (68.0, 50.0),
    header: 38.0,
    footer: 38.0,
    between: 6.0,
    to_loss: 14.0,
    gap: (40.0, 72.0),
    number: 11.0,
    label: 11.0,
    name: 11.0,
};
const SMALL: Sizes = Sizes {
    unit: (46.0, 24.0),
    input: (46.0, 24.0),
    loss: (78.0, 44.0),
    header: 18.0,
    footer: 19.0,
    between: 3.0,
    to_loss: 20.0,
    gap: (38.0, 52.0),
    number: 11.0,
    label: 11.0,
    name: 11.0,
};

/// Between the picture's content and its border, in css pixels.
const MARGIN: f64 = 6.0;
/// The most by which a picture is enlarged.
const LARGEST_SCALE: f64 = 1.4;
/// A gap wider than this draws the picture apart; at scale 1.
const WIDEST_GAP: f64 = 190.0;
/// The most units of a layer, and inputs, that are drawn whole.
const MOST_WHOLE: usize = 3;
const MOST_INPUTS: usize = 4;
/// Rows top to bottom: the column of their names, and the gap from row to row.
const ROW_NAMES: f64 = 34.0;
const ROW_GAP: f64 = 26.0;
/// From the loss to its targets, and from one target to the next, at scale 1.
const TO_TARGETS: f64 = 30.0;
pub const TARGET_LINE: f64 = 16.0;
/// Room for the loss with its name and its targets in a picture of rows, and for a unit of a row:
/// a narrower picture is one of this width made smaller.
const NARROWEST: f64 = 320.0;
const NARROWEST_UNIT: f64 = 6.0;
/// A target beside the loss with its name, in css pixels.
const TARGET_WIDTH: f64 = 62.0;

/// Where everything stands, in css pixels.
#[derive(Debug, Clone)]
pub struct Layout {
    pub style: Style,
    pub flow: Flow,
    /// Lengths and fonts are this much larger than at 1.
    pub scale: f64,
    pub sizes: Sizes,
    pub width: f64,
    pub height: f64,
    /// Inputs, then the units layer by layer: the places of their capsules.
    pub columns: Vec<Vec<Rect>>,
    pub loss: Rect,
    /// The middles of the targets' numbers.
    pub targets: Vec<Point>,
    /// From the end of one layer to the start of the next.
    pub gap: f64,
}

impl Layout {
    /// The layout of `case` in a picture `width` css pixels wide, or as wide as it has to be.
    pub fn of(case: &Case, width: f64) -> Layout {
        let counts = case.network.sizes();
        let layers = counts.len() - 1;
        let whole = counts[1..].iter().all(|&n| n <= MOST_WHOLE) && counts[0] <= MOST_INPUTS;
        let fits = |sizes: &Sizes| width >= needed(sizes, layers, sizes.gap.0);
        let captions = caption_lines(case.network.layers());
        if whole && fits(&WIDE) {
            across(Style::Wide, &counts, captions, width)
        } else if whole && fits(&TALL) {
            across(Style::Tall, &counts, captions, width)
        } else if fits(&SMALL) {
            across(Style::Small, &counts, captions, width)
        } else {
            down(&counts, width)
        }
    }

    /// Where the edge from input or unit `i` of the column below layer `l` begins.
    pub fn begin(&self, l: usize, i: usize) -> Point {
        self.outgoing(self.columns[l][i])
    }

    /// Where the edges into unit `j` of layer `l` end.
    pub fn end(&self, l: usize, j: usize) -> Point {
        self.incoming(self.columns[l + 1][j])
    }

    /// The place of unit `j` of layer `l`.
    pub fn unit(&self, l: usize, j: usize) -> Rect {
        self.columns[l + 1][j]
    }

    pub fn outgoing(&self, place: Rect) -> Point {
        match self.flow {
            Flow::Across => Point::new(place.right(), place.centre().y),
            Flow::Down => Point::new(place.centre().x, place.bottom()),
        }
    }

    pub fn incoming(&self, place: Rect) -> Point {
        match self.flow {
            Flow::Across => Point::new(place.x, place.centre().y),
            Flow::Down => Point::new(place.centre().x, place.y),
        }
    }

    /// The whole picture.
    pub fn frame(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width, self.height)
    }

    /// A length that is `v` at scale 1.
    pub fn px(&self, v: f64) -> f64 {
        v * self.scale
    }
}

/// Lines above the picture: the layers' names, and α where a layer has one.
fn caption_lines(layers: &[Layer]) -> f64 {
    let alpha = layers.iter().any(|layer| layer.activation.alpha().is_some());
    if alpha { 2.0 } else { 1.0 }
}

/// The width that columns take with `gap` between layers, in css pixels at scale 1.
fn needed(sizes: &Sizes, layers: usize, gap: f64) -> f64 {
    let units = layers as f64 * (sizes.unit.0 + gap);
    2.0 * MARGIN + sizes.input.0 + units + sizes.to_loss + sizes.loss.0
}

fn sizes_of(style: Style) -> Sizes {
    match style {
        Style::Wide => WIDE,
        Style::Tall => TALL,
        Style::Small => SMALL,
    }
}

fn scaled(sizes: Sizes, s: f64) -> Sizes {
    let pair = |(w, h): (f64, f64)| (w * s, h * s);
    Sizes {
        unit: pair(sizes.unit),
        input: pair(sizes.input),
        loss: pair(sizes.loss),
        header: sizes.header * s,
        footer: sizes.footer * s,
        between: sizes.between * s,
        to_loss: sizes.to_loss * s,
        gap: pair(sizes.gap),
        number: sizes.number * s,
        label: sizes.label * s,
        name: sizes.name * s,
    }
}

fn across(style: Style, counts: &[usize], captions: f64, width: f64) -> Layout {
    let layers = counts.len() - 1;
    let base = sizes_of(style);
    let scale = within(width / needed(&base, layers, base.gap.1), 1.0, LARGEST_SCALE);
    let sizes = scaled(base, scale);
    let free = width - needed(&sizes, layers, 0.0);
    let gap = smaller(free / layers as f64, WIDEST_GAP * scale);
    let left = MARGIN + (free - gap * layers as f64) / 2.0;
    let top = MARGIN + captions * 18.0 * scale;
    let pitch = sizes.header + sizes.unit.1 + sizes.footer + sizes.between;
    let most = counts.iter().copied().max().unwrap_or(1);
    let middle = top + sizes.header + sizes.unit.1 / 2.0 + (most - 1) as f64 / 2.0 * pitch;
    let column = |c: usize, &count: &usize| {
        let (w, h) = if c == 0 { sizes.input } else { sizes.unit };
        let before = if c == 0 { 0.0 } else { sizes.input.0 + gap };
        let x = left + before + c.saturating_sub(1) as f64 * (sizes.unit.0 + gap);
        let y = |k: usize| middle + (k as f64 - (count - 1) as f64 / 2.0) * pitch;
        (0..count).map(|k| Rect::new(x, y(k) - h / 2.0, w, h)).collect::<Vec<Rect>>()
    };
    let columns: Vec<Vec<Rect>> = counts.iter().enumerate().map(|(c, n)| column(c, n)).collect();
    let end = columns[layers][0].right() + sizes.to_loss;
    let loss = Rect::new(end, middle - sizes.loss.1 / 2.0, sizes.loss.0, sizes.loss.1);
    let target = |j: usize| {
        let y = loss.bottom() + (TO_TARGETS + TARGET_LINE * (j as f64 + 0.5)) * scale;
        Point::new(loss.centre().x, y)
    };
    let targets: Vec<Point> = (0..counts[layers]).map(target).collect();
    let units_end = middle + (most - 1) as f64 / 2.0 * pitch + sizes.unit.1 / 2.0 + sizes.footer;
    let targets_end =
        loss.bottom() + (TO_TARGETS + TARGET_LINE * (targets.len() as f64 + 1.5)) * scale;
    let height = larger(units_end, targets_end) + MARGIN;
    let flow = Flow::Across;
    Layout { style, flow, scale, sizes, width, height, columns, loss, targets, gap }
}

fn down(counts: &[usize], width: f64) -> Layout {
    let (style, flow, scale) = (Style::Small, Flow::Down, 1.0);
    let layers = counts.len() - 1;
    let most = counts.iter().copied().max().unwrap_or(1);
    let aside = 2.0 * MARGIN + ROW_NAMES;
    let width = larger(width, larger(NARROWEST, aside + most as f64 * NARROWEST_UNIT));
    let room = width - aside;
    let spacing = smaller(room / most as f64, 72.0);
    let mut sizes = SMALL;
    sizes.unit.0 = smaller(sizes.unit.0, spacing - 3.0);
    sizes.input.0 = sizes.unit.0;
    let middle = MARGIN + ROW_NAMES + room / 2.0;
    let pitch = sizes.header + sizes.unit.1 + sizes.footer + ROW_GAP;
    let y = |c: usize| MARGIN + sizes.header + sizes.unit.1 / 2.0 + c as f64 * pitch;
    let row = |c: usize, &count: &usize| {
        let x = |k: usize| middle + (k as f64 - (count - 1) as f64 / 2.0) * spacing;
        let place = |k| Rect::centred(Point::new(x(k), y(c)), sizes.unit.0, sizes.unit.1);
        (0..count).map(place).collect::<Vec<Rect>>()
    };
    let columns: Vec<Vec<Rect>> = counts.iter().enumerate().map(|(c, n)| row(c, n)).collect();
    let outputs = counts[layers];
    let target_columns = if outputs > MOST_WHOLE { 2 } else { 1 };
    let lines = outputs.div_ceil(target_columns) as f64;
    let loss_y = y(layers) + sizes.unit.1 / 2.0 + sizes.footer + ROW_GAP + sizes.loss.1 / 2.0;
    let loss_x = middle - (target_columns - 1) as f64 * TARGET_WIDTH * 0.7;
    let loss = Rect::centred(Point::new(loss_x, loss_y), sizes.loss.0 + 4.0, sizes.loss.1);
    let target = |j: usize| {
        let (line, column) = (j / target_columns, j % target_columns);
        let x = loss.right() + 20.0 + (column as f64 + 0.5) * TARGET_WIDTH;
        Point::new(x, loss_y + (line as f64 - (lines - 1.0) / 2.0) * TARGET_LINE)
    };
    let targets: Vec<Point> = (0..outputs).map(target).collect();
    let height = loss_y + larger(sizes.loss.1 / 2.0, lines / 2.0 * TARGET_LINE) + MARGIN;
    Layout { style, flow, scale, sizes, width, height, columns, loss, targets, gap: ROW_GAP }
}
