//! Edges: weights and biases, with their widths, their numbers and what went along them.

use super::focus::Wire;
use super::geometry::{Point, Rect, distance_from_line, larger};
use super::layout::{Flow, Style};
use super::marks::{Ink, LINE, MONO_ADVANCE, Mark, Shape, Travel, mono_width};
use super::sketch::{Font, LABEL_PADDING, Sketch, label_place, pill_place};
use crate::number;
use crate::trace::{Id, Phase, Slot};

/// The width of an idle edge between outputs, targets and the loss, in css pixels.
pub const IDLE_WIDTH: f64 = 1.5;
/// The width of an edge that carried a number, at least.
pub const STRONG_WIDTH: f64 = 2.75;
/// The most characters of a weight's label, and those for which it keeps room, so that it stays
/// where it is; fewer where there is no such room.
const LABEL_CHARACTERS: [(usize, usize); 4] = [(8, 6), (6, 6), (5, 5), (4, 4)];
/// How far from its edge's label a pill may stand, in css pixels at scale 1.
const NEAR: f64 = 34.0;
/// How many times as near to its own edge and its label as to any other a pill stands; the less
/// clear where there is no such room.
const CLEARLY: [f64; 3] = [2.0, 1.5, 1.0];
/// Where on an edge a label may stand: parts of the way.
const PLACES: [f64; 21] = [
    0.3, 0.5, 0.7, 0.22, 0.4, 0.6, 0.78, 0.15, 0.85, 0.26, 0.34, 0.45, 0.55, 0.66, 0.74, 0.18,
    0.37, 0.43, 0.57, 0.63, 0.82,
];
/// The same, from the end which a fan of edges does not share.
const FAN_PLACES: [f64; 10] = [0.3, 0.36, 0.42, 0.24, 0.46, 0.5, 0.18, 0.54, 0.6, 0.7];

/// The width of the edge of a weight, in css pixels: grows with |w|, ever more slowly.
pub fn edge_width(w: f64) -> f64 {
    let size = if w.abs() < 1e9 { w.abs() } else { 1e9 };
    1.0 + 5.0 * size / (size + 1.0)
}

/// The colours of a parameter: idle, and in use or as text.
pub fn sign_ink(v: f64, in_use: bool) -> Ink {
    match (v < 0.0, in_use) {
        (false, false) => Ink::PositiveIdle,
        (false, true) => Ink::Positive,
        (true, false) => Ink::NegativeIdle,
        (true, true) => Ink::Negative,
    }
}

/// A weight with its edge.
#[derive(Clone, Copy)]
struct Edge {
    l: usize,
    j: usize,
    i: usize,
    from: Point,
    to: Point,
    id: Id,
    value: f64,
}

impl Edge {
    fn key(&self) -> String {
        format!("{}/{}/{}", self.l, self.j, self.i)
    }

    fn line(&self) -> (Point, Point) {
        (self.from, self.to)
    }
}

impl Sketch<'_> {
    /// The parameter as it is now: after its update the new one.
    fn parameter(&self, next: Slot, value: Slot) -> (Id, f64) {
        self.known(next).or_else(|| self.known(value)).unwrap_or((0, f64::NAN))
    }

    fn edges_into(&self, l: usize) -> Vec<Edge> {
        let layer = &self.view.case.network.layers()[l];
        let edge = |j: usize, i: usize| {
            let (id, value) = self.parameter(Slot::NextW { l, j, i }, Slot::W { l, j, i });
            Edge { l, j, i, from: self.layout.begin(l, i), to: self.layout.end(l, j), id, value }
        };
        let row = |j| (0..layer.inputs()).map(move |i| (j, i));
        (0..layer.units()).flat_map(row).map(|(j, i)| edge(j, i)).collect()
    }

    fn all_edges(&self) -> Vec<Vec<Edge>> {
        (0..self.view.case.network.layers().len()).map(|l| self.edges_into(l)).collect()
    }

    fn lit(&self, edge: &Edge) -> Option<Travel> {
        let &Edge { l, j, i, .. } = edge;
        self.focus.travel(Wire::Weight { l, j, i })
    }

    /// The lines, those that carried a number above the others.
    pub fn weight_lines(&mut self) {
        let edges: Vec<Edge> = self.all_edges().concat();
        let (strong, idle): (Vec<_>, Vec<_>) =
            edges.into_iter().partition(|edge| self.lit(edge).is_some());
        for edge in idle.iter().chain(&strong) {
            let travel = self.lit(edge);
            let thin = if self.layout.style == Style::Small { 0.5 } else { 1.0 };
            let width = edge_width(edge.value) * thin * self.layout.scale;
            let ink = sign_ink(edge.value, travel.is_some());
            self.edge(&format!("edge/{}", edge.key()), edge.line(), ink, width, travel);
        }
    }

    /// A line from the input's side to the loss's, with an arrow where a number went along it.
    pub fn edge(
        &mut self,
        key: &str,
        line: (Point, Point),
        ink: Ink,
        width: f64,
        travel: Option<Travel>,
    ) {
        let strong = travel.is_some();
        let width = if strong { larger(width, STRONG_WIDTH) } else { width };
        let mark = Mark::new(key, Shape::Line(line.0, line.1)).stroked(ink, width);
        match travel {
            Some(travel) => self.mark(mark.travelled(travel)),
            None => self.mark(mark),
        }
        match travel {
            Some(Travel::Forward) => self.arrow(key, line.0, line.1, Ink::Forward, width),
            Some(Travel::Backward) => self.arrow(key, line.1, line.0, Ink::Backward, width),
            _ => {}
        }
    }

    /// An arrow's head at the end of the way.
    fn arrow(&mut self, key: &str, from: Point, to: Point, ink: Ink, width: f64) {
        let length = from.distance(to);
        if length < 1.0 {
            return;
        }
        let (dx, dy) = ((to.x - from.x) / length, (to.y - from.y) / length);
        let part = if self.layout.style == Style::Small { 0.75 } else { 1.0 };
        let (long, half) = (part * (7.0 + 1.2 * width), part * (3.5 + 0.7 * width));
        let tip = to.shifted(-2.0 * dx, -2.0 * dy);
        let back = tip.shifted(-long * dx, -long * dy);
        let side = |n: f64| back.shifted(-n * half * dy, n * half * dx);
        let head = Shape::Polygon(vec![tip, side(1.0), side(-1.0)]);
        self.mark(Mark::new(format!("arrow/{key}"), head).filled(ink));
    }

    /// The weights' numbers: all of them, or of a large network the ones of the unit in focus.
    pub fn weight_labels(&mut self) {
        let layers = self.all_edges();
        for edges in &layers {
            for edge in edges {
                let fan = self.fan(edge);
                if self.layout.style == Style::Small && fan.is_none() {
                    continue;
                }
                let others: Vec<(Point, Point)> = edges
                    .iter()
                    .filter(|other| other.line() != edge.line())
                    .map(Edge::line)
                    .collect();
                self.weight_label(edge, fan, &others);
            }
        }
    }

    /// Whether the edge ends (`true`) or begins at the unit in focus, as far as the card is about
    /// that side of the unit.
    fn fan(&self, edge: &Edge) -> Option<bool> {
        let (l, j) = self.focus.unit()?;
        let ends = edge.l == l && edge.j == j;
        let begins = edge.l == l + 1 && edge.i == j;
        let backward = self.focus.phase() == Phase::Backward;
        (ends || begins && backward).then_some(ends)
    }

    fn weight_label(&mut self, edge: &Edge, fan: Option<bool>, others: &[(Point, Point)]) {
        let size = self.layout.sizes.label;
        let small = self.layout.style == Style::Small;
        let gradient = self.gradient(edge).filter(|_| small && fan == Some(true));
        let (id, value) = gradient.unwrap_or((edge.id, edge.value));
        let found = LABEL_CHARACTERS.into_iter().find_map(|(most, kept)| {
            let text = number::within(value, most);
            let reserved = if small { 0.0 } else { kept as f64 * MONO_ADVANCE * size };
            let room = label_place(&text, edge.from, size);
            let room = (larger(room.w, reserved + 2.0 * LABEL_PADDING), room.h);
            let at = self.place_on_edge(edge, fan.filter(|_| small), room, others)?;
            Some((text, at, room))
        });
        let Some((text, at, room)) = found else {
            return;
        };
        let key = format!("w/{}", edge.key());
        match gradient {
            Some(_) => {
                let font = Font::number(size).ink(Ink::Backward);
                self.pill(&key, text, id, at, font);
            }
            None => {
                let font = Font::number(size).ink(sign_ink(value, true));
                self.label(&key, text, id, at, font);
            }
        }
        self.taken.push(Rect::centred(at, room.0, room.1));
    }

    /// Where on the edge something of size `room` fits: in a fan at its wide end.
    fn place_on_edge(
        &self,
        edge: &Edge,
        fan: Option<bool>,
        room: (f64, f64),
        others: &[(Point, Point)],
    ) -> Option<Point> {
        let on_edge = |t: &f64| edge.from.toward(edge.to, *t);
        match fan {
            Some(true) => self.free_place(FAN_PLACES.iter().map(on_edge), room, &[]),
            Some(false) => {
                let places = FAN_PLACES.iter().map(|t| on_edge(&(1.0 - t)));
                self.free_place(places, room, &[])
            }
            None => self.free_place(PLACES.iter().map(on_edge), room, others),
        }
    }

    /// The gradient of an edge, where the card is about the way back of its unit, or about the
    /// update of its layer. Of a batch the update uses the mean, which does not belong beside one
    /// sample's numbers.
    fn gradient(&self, edge: &Edge) -> Option<(Id, f64)> {
        let &Edge { l, j, i, .. } = edge;
        let (layer, unit) = self.focus.unit()?;
        match self.focus.phase() {
            Phase::Backward if (layer, unit) == (l, j) => {
                self.known(Slot::DW { s: self.view.sample, l, j, i })
            }
            Phase::Update if layer == l && self.view.case.batch.len() == 1 => {
                self.known(Slot::NextW { l, j, i })?;
                self.known(self.view.trace.dw(l, j, i))
            }
            _ => None,
        }
    }

    /// What the card's step makes of the numbers at edges: dW, and the terms of da.
    pub fn edge_extras(&mut self) {
        if self.layout.style == Style::Small {
            return;
        }
        for edge in self.all_edges().concat() {
            if let Some((id, dw)) = self.gradient(&edge) {
                let short = number::short(dw);
                let texts = [format!("dW {short}"), short];
                self.beside(&edge, &format!("dw/{}", edge.key()), &texts, id);
            }
            if let Some((id, texts)) = self.term(&edge) {
                self.beside(&edge, &format!("term/{}", edge.key()), &texts, id);
            }
        }
        self.bias_gradient();
    }

    /// The term W · dz of da, if the unit below the edge is in focus: "0.8 · (−1.5) = −1.2", or
    /// where there is no room for that, "−1.2".
    fn term(&self, edge: &Edge) -> Option<(Id, Vec<String>)> {
        let s = self.view.sample;
        let (l, j) = self.focus.unit()?;
        let about = matches!(
            self.focus.slot?,
            Slot::BackProduct { .. } | Slot::DA { .. } | Slot::DZ { .. } | Slot::Slope { .. }
        );
        if !about || edge.l != l + 1 || edge.i != j {
            return None;
        }
        let (id, product) = self.known(Slot::BackProduct { s, l, j, k: edge.j })?;
        let (_, w) = self.known(Slot::W { l: edge.l, j: edge.j, i: edge.i })?;
        let (_, dz) = self.known(Slot::DZ { s, l: edge.l, j: edge.j })?;
        let factor = number::short(dz);
        let factor = if factor.starts_with('−') { format!("({factor})") } else { factor };
        let equals = if number::is_exact(product) { "=" } else { "≈" };
        let full = format!("{} · {factor} {equals} {}", number::short(w), number::short(product));
        let size = self.layout.sizes.label;
        let fits =
            self.layout.style == Style::Wide && mono_width(&full, size) < self.layout.gap + 60.0;
        let short = number::short(product);
        Some((id, if fits { vec![full, short] } else { vec![short] }))
    }

    /// A pill on an edge or next to it, as near to its label as one fits where it belongs to no
    /// other: with the first of `texts` that does.
    fn beside(&mut self, edge: &Edge, key: &str, texts: &[String], id: Id) {
        let label = self.middle_of(&format!("w/{}", edge.key()));
        let near = label.unwrap_or_else(|| edge.from.toward(edge.to, 0.5));
        let mut others = self.edges_into(edge.l);
        others.retain(|other| other.key() != edge.key());
        let labels =
            others.iter().filter_map(|other| self.middle_of(&format!("w/{}", other.key())));
        let labels: Vec<Point> = labels.collect();
        let lines: Vec<(Point, Point)> = others.iter().map(Edge::line).collect();
        let along = (1..40).map(|n| edge.from.toward(edge.to, f64::from(n) / 40.0));
        let along: Vec<Point> = along.collect();
        for (text, times) in texts.iter().flat_map(|text| CLEARLY.map(|times| (text, times))) {
            let belongs = |at: &Point| {
                let away = times * (distance_from_line(*at, edge.line()) + 1.0);
                lines.iter().all(|line| away < distance_from_line(*at, *line))
                    && labels.iter().all(|other| times * at.distance(near) < at.distance(*other))
            };
            if self.pill_near((near, &along), &lines, belongs, (key, text, id)) {
                return;
            }
        }
    }

    /// A pill as near to a point as one fits, around it or at one of the places along with it, but
    /// not farther than where it still belongs to it; whether one did.
    fn pill_near(
        &mut self,
        (near, along): (Point, &[Point]),
        lines: &[(Point, Point)],
        belongs: impl Fn(&Point) -> bool,
        (key, text, id): (&str, &str, Id),
    ) -> bool {
        let size = self.layout.sizes.label;
        let room = pill_place(text, near, size);
        let down = 0.5 * (size * LINE + 6.0);
        let distance = |at: &Point| Rect::centred(*at, room.w, room.h).clearance(near, near);
        let steps = |n: i32| (-6..=6).map(move |m| (f64::from(m) / 10.0, f64::from(n)));
        let mut places: Vec<Point> = (-8..=8)
            .flat_map(steps)
            .map(|(right, n)| near.shifted(right * room.w, n * down))
            .chain(along.iter().copied())
            .filter(|at| distance(at) <= NEAR * self.layout.scale && belongs(at))
            .collect();
        places.sort_by(|a, b| {
            let by_centre = near.distance(*a).total_cmp(&near.distance(*b));
            // Of two as near, the one below: so most pills stand on the same side.
            let above = (a.y < near.y).cmp(&(b.y < near.y));
            distance(a).total_cmp(&distance(b)).then(by_centre).then(above)
        });
        let place = self.free_place(places.into_iter(), (room.w, room.h), lines);
        if let Some(at) = place {
            self.pill(key, text.into(), id, at, Font::number(size).ink(Ink::Backward));
        }
        place.is_some()
    }

    /// The middle of the text with this key, if it is written already.
    fn middle_of(&self, key: &str) -> Option<Point> {
        let key = format!("text/{key}");
        let mark = self.marks.iter().rev().find(|mark| mark.key == key)?;
        mark.text().map(|text| text.at)
    }

    /// Short edges from above; in a large network only the one of the unit in focus.
    pub fn biases(&mut self) {
        let layers = self.view.case.network.layers();
        for (l, layer) in layers.iter().enumerate() {
            for j in 0..layer.units() {
                self.bias(l, j);
            }
        }
    }

    /// The lower end of a bias's edge, and its length.
    fn bias_edge(&self, l: usize, j: usize) -> (Point, f64) {
        let place = self.layout.unit(l, j);
        let s = self.layout.scale;
        match self.layout.style {
            Style::Wide => (Point::new(place.x + 26.0 * s, place.y), 16.0 * s),
            Style::Tall => (Point::new(place.centre().x, place.y), 8.0 * s),
            Style::Small => (Point::new(place.x + 9.0, place.y + 1.0), 6.0),
        }
    }

    fn bias(&mut self, l: usize, j: usize) {
        let small = self.layout.style == Style::Small;
        if small && self.focus.unit() != Some((l, j)) {
            return;
        }
        let (id, value) = self.parameter(Slot::NextB { l, j }, Slot::B { l, j });
        let travel = self.focus.travel(Wire::Bias { l, j });
        let (end, length) = self.bias_edge(l, j);
        let begin = end.shifted(0.0, -length);
        let line = Mark::new(format!("bias/{l}/{j}"), Shape::Line(begin, end));
        let width = edge_width(value) * self.layout.scale;
        let line = line.stroked(sign_ink(value, travel.is_some()), width);
        self.mark(match travel {
            Some(travel) => line.travelled(travel),
            None => line,
        });
        let size = self.layout.sizes.label;
        let font = Font::number(size).ink(sign_ink(value, true));
        let text = format!("b {}", number::within(value, 7));
        let key = format!("b/{l}/{j}");
        if !small {
            self.label(&key, text, id, begin.shifted(0.0, -size * 0.7), font);
            return;
        }
        let room = label_place(&text, begin, size);
        let above = begin.shifted(0.0, -size * 0.75);
        let right = match self.layout.flow {
            Flow::Across => [8.0, 14.0, 20.0, 0.0],
            Flow::Down => [-12.0, 8.0, 20.0, -22.0],
        };
        let places = right.into_iter().map(|dx| above.shifted(dx, 0.0));
        if let Some(at) = self.free_place(places, (room.w, room.h), &[]) {
            self.label(&key, text, id, at, font);
        }
    }

    /// db of the unit in focus, where the card is about it.
    fn bias_gradient(&mut self) {
        let Some(slot) = self.focus.slot else {
            return;
        };
        let found = match slot {
            Slot::DB { l, j, .. } | Slot::MeanDB { l, j } => Some((l, j, slot)),
            Slot::NextB { l, j } => Some((l, j, self.view.trace.db(l, j))),
            _ => None,
        };
        let Some((l, j, slot)) = found else {
            return;
        };
        let Some((id, db)) = self.known(slot) else {
            return;
        };
        let text = format!("db {}", number::short(db));
        if let Some(near) = self.middle_of(&format!("b/{l}/{j}")) {
            let key = format!("db/{l}/{j}");
            self.pill_near((near, &[]), &[], |_| true, (&key, &text, id));
        }
    }
}
