//! Units: capsules z | g | a with their names, what there is to say about them, and their dz.

use super::focus::Node;
use super::geometry::{Point, Rect, smaller};
use super::glyph;
use super::layout::{Flow, Style};
use super::marks::{Ink, Mark, Shape, mono_width};
use super::sketch::{Font, Sketch, characters};
use crate::activation::Activation;
use crate::number;
use crate::trace::{Phase, Slot};

/// A unit's outline in css pixels, and in focus.
const OUTLINE: f64 = 1.25;
pub const FOCUS_OUTLINE: f64 = 3.0;

/// The places of a unit's parts.
struct Cells {
    z: Rect,
    g: Rect,
    a: Rect,
}

impl Cells {
    fn of(style: Style, place: Rect) -> Cells {
        match style {
            Style::Wide => Cells::beside(place),
            Style::Tall | Style::Small => Cells::stacked(place),
        }
    }

    fn beside(place: Rect) -> Cells {
        let part = |from: f64, to: f64| {
            Rect::new(place.x + from * place.w, place.y, (to - from) * place.w, place.h)
        };
        Cells { z: part(0.0, 0.385), g: part(0.385, 0.615), a: part(0.615, 1.0) }
    }

    fn stacked(place: Rect) -> Cells {
        let h = place.h / 3.0;
        let part = |n: f64| Rect::new(place.x, place.y + n * h, place.w, h);
        Cells { z: part(0.0), g: part(1.0), a: part(2.0) }
    }
}

impl Sketch<'_> {
    /// Keeps the places of all units, with what may stand around them, free of other text.
    pub fn reserve_units(&mut self) {
        let s = self.layout.scale;
        let columns = self.layout.columns.clone();
        let mut around = |place: Rect, above: f64, below: f64, wider: f64| {
            let rect = Rect::new(place.x, place.y - above, place.w, place.h + above + below);
            self.taken.push(Rect { x: rect.x - wider, w: rect.w + 2.0 * wider, ..rect });
        };
        for (c, column) in columns.iter().enumerate() {
            for &place in column {
                match self.layout.style {
                    _ if c == 0 => around(place, 18.0 * s, 0.0, 1.0),
                    Style::Wide => {
                        around(place, 34.0 * s, 16.0 * s, 4.0);
                        around(place, -place.h, 54.0 * s, 20.0 * s);
                    }
                    Style::Tall => {
                        around(place, 36.0 * s, 17.0 * s, 1.0);
                        around(place, -place.h - 17.0 * s, 37.0 * s, 6.0 * s);
                    }
                    Style::Small => around(place, 0.0, 0.0, 2.0),
                }
            }
        }
        self.taken.push(self.layout.loss.grown(2.0));
    }

    pub fn units(&mut self) {
        let layers = self.view.case.network.layers();
        for (l, layer) in layers.iter().enumerate() {
            for j in 0..layer.units() {
                self.outline(l, j);
                match self.layout.style {
                    Style::Wide | Style::Tall => self.whole_unit(l, j),
                    Style::Small => self.small_unit(l, j),
                }
                self.unit_name(l, j);
            }
        }
    }

    fn in_focus(&self, l: usize, j: usize) -> bool {
        self.focus.node == Some(Node::Unit { l, j })
    }

    fn outline(&mut self, l: usize, j: usize) {
        let place = self.layout.unit(l, j);
        let radius = smaller(place.w, place.h) / 2.0;
        let radius = if self.layout.style == Style::Tall { self.layout.px(16.0) } else { radius };
        let capsule = Mark::new(format!("unit/{l}/{j}"), Shape::Box(place, radius));
        let capsule = capsule.filled(Ink::Surface);
        let quiet = self.layout.style == Style::Small && self.remark(l, j).is_some();
        let mark = match self.in_focus(l, j) {
            true => capsule.stroked(self.focus.ink(), FOCUS_OUTLINE),
            false if quiet => capsule.stroked(Ink::Idle, OUTLINE),
            false => capsule.stroked(Ink::Ink, OUTLINE),
        };
        self.mark(mark);
    }

    fn whole_unit(&mut self, l: usize, j: usize) {
        let s = self.view.sample;
        let place = self.layout.unit(l, j);
        let cells = Cells::of(self.layout.style, place);
        self.separators(l, j, &cells);
        self.glyph(l, j, cells.g);
        self.cell(l, j, "z", Slot::Z { s, l, j }, cells.z);
        self.cell(l, j, "a", Slot::A { s, l, j }, cells.a);
        if self.layout.style == Style::Wide {
            self.part_name(l, j, "g", cells.g);
        }
        self.say_remark(l, j);
        self.dz_pill(l, j);
    }

    fn separators(&mut self, l: usize, j: usize, cells: &Cells) {
        let inset = 5.0;
        let g = cells.g;
        let lines = match self.layout.style {
            Style::Wide => [
                (Point::new(g.x, g.y + inset), Point::new(g.x, g.bottom() - inset)),
                (Point::new(g.right(), g.y + inset), Point::new(g.right(), g.bottom() - inset)),
            ],
            _ => [
                (Point::new(g.x + inset, g.y), Point::new(g.right() - inset, g.y)),
                (Point::new(g.x + inset, g.bottom()), Point::new(g.right() - inset, g.bottom())),
            ],
        };
        for (n, (from, to)) in lines.into_iter().enumerate() {
            let line = Mark::new(format!("separator/{l}/{j}/{n}"), Shape::Line(from, to));
            self.mark(line.stroked(Ink::Hairline, 1.0));
        }
    }

    /// z or a with its name: under its cell, or in a tall unit before it.
    fn cell(&mut self, l: usize, j: usize, name: &'static str, slot: Slot, cell: Rect) {
        self.part_name(l, j, name, cell);
        let Some(number) = self.known(slot) else {
            return;
        };
        let font = Font::number(self.layout.sizes.number);
        let place = match self.layout.style {
            Style::Tall => {
                let name = self.layout.px(13.0);
                Rect { x: cell.x + name, w: cell.w - name - self.layout.px(4.0), ..cell }
            }
            _ => Rect { x: cell.x + 1.0, w: cell.w - 2.0, ..cell },
        };
        self.number(&format!("{name}/{l}/{j}"), number, place.centre(), place, font);
    }

    fn part_name(&mut self, l: usize, j: usize, name: &str, cell: Rect) {
        let at = match self.layout.style {
            Style::Tall => Point::new(cell.x + self.layout.px(8.0), cell.centre().y),
            _ => Point::new(cell.centre().x, cell.bottom() + self.layout.px(9.0)),
        };
        let size = self.layout.px(11.0);
        self.verbatim(format!("part/{name}/{l}/{j}"), name, at, Font::words(size));
    }

    fn glyph(&mut self, l: usize, j: usize, cell: Rect) {
        let side = smaller(cell.w, cell.h);
        let frame = Rect::centred(cell.centre(), self.layout.px(22.0), side - self.layout.px(6.0));
        let frame = match self.layout.style {
            Style::Wide => Rect::centred(cell.centre(), self.layout.px(22.0), self.layout.px(24.0)),
            _ => frame,
        };
        match self.view.case.network.layers()[l].activation.unitwise() {
            Some(g) => self.curve(l, j, self.current_alpha(l, g), frame),
            None => self.bars(l, j, frame),
        }
    }

    /// `g` with the α that the layer has now: after the update a learned one is new.
    fn current_alpha(&self, l: usize, g: Activation) -> Activation {
        self.known(Slot::NextAlpha { l }).map_or(g, |(_, alpha)| g.with_alpha(alpha))
    }

    fn curve(&mut self, l: usize, j: usize, g: Activation, frame: Rect) {
        for (n, (from, to)) in glyph::axes(g, frame).into_iter().enumerate() {
            let axis = Mark::new(format!("axis/{l}/{j}/{n}"), Shape::Line(from, to));
            self.mark(axis.stroked(Ink::Hairline, 1.0));
        }
        let curve = Mark::new(format!("curve/{l}/{j}"), Shape::Path(glyph::curve(g, frame)));
        self.mark(curve.stroked(Ink::Ink, self.layout.px(1.75)));
        if let Some((_, z)) = self.known(Slot::Z { s: self.view.sample, l, j }) {
            let at = Rect::centred(glyph::standing(g, frame, z), 5.0, 5.0);
            let dot = Mark::new(format!("standing/{l}/{j}"), Shape::Box(at, 2.5));
            self.mark(dot.filled(Ink::Ink));
        }
    }

    /// Softmax: every output's part of the whole, this unit's in ink.
    fn bars(&mut self, l: usize, j: usize, frame: Rect) {
        let s = self.view.sample;
        let units = self.view.case.network.layers()[l].units();
        let part = |k: usize| self.known(Slot::A { s, l, j: k }).map_or(0.0, |(_, a)| a);
        let parts: Vec<f64> = (0..units).map(part).collect();
        for (k, bar) in glyph::bars(frame, &parts).into_iter().enumerate() {
            let ink = if k == j { Ink::Ink } else { Ink::Idle };
            self.mark(Mark::new(format!("bar/{l}/{j}/{k}"), Shape::Box(bar, 0.5)).filled(ink));
        }
    }

    /// What there is to say about the unit, once its z is known.
    fn remark(&self, l: usize, j: usize) -> Option<&'static str> {
        let (_, z) = self.known(Slot::Z { s: self.view.sample, l, j })?;
        let g = self.view.case.network.layers()[l].activation.unitwise()?;
        let dead = self.view.dead.get(l).and_then(|layer| layer.get(j)) == Some(&true);
        match g {
            _ if dead => Some("picture.dead"),
            g if g.inactive(z) => Some("picture.inactive"),
            g if g.saturated(z) => Some("picture.saturated"),
            _ => None,
        }
    }

    fn say_remark(&mut self, l: usize, j: usize) {
        let Some(key) = self.remark(l, j) else {
            return;
        };
        let place = self.layout.unit(l, j);
        let wide = self.layout.style == Style::Wide;
        let (down, room, size) = if wide { (24.0, 168.0, 11.5) } else { (10.0, 78.0, 11.0) };
        let key = match (wide, key) {
            (true, key) => key,
            (false, "picture.inactive") => "picture.inactive_short",
            (false, "picture.dead") => "picture.dead_short",
            (false, key) => key,
        };
        let at = Point::new(place.centre().x, place.bottom() + self.layout.px(down));
        let font = Font::words(self.layout.px(size));
        self.words(format!("remark/{l}/{j}"), (key, None), at, self.layout.px(room), font);
    }

    fn dz_pill(&mut self, l: usize, j: usize) {
        let Some((id, dz)) = self.known(Slot::DZ { s: self.view.sample, l, j }) else {
            return;
        };
        let place = self.layout.unit(l, j);
        let wide = self.layout.style == Style::Wide;
        let down = self.layout.px(if wide { 43.0 } else { 27.0 });
        let size = self.layout.px(if wide { 12.5 } else { 11.0 });
        let at = Point::new(place.centre().x, place.bottom() + down);
        let text = format!("dz {}", number::within(dz, if wide { 9 } else { 7 }));
        self.pill(&format!("dz/{l}/{j}"), text, id, at, Font::number(size).ink(Ink::Backward));
    }

    /// Only a, and below it dz, or z while that is what the card is about.
    fn small_unit(&mut self, l: usize, j: usize) {
        let s = self.view.sample;
        let place = self.layout.unit(l, j);
        let size = self.layout.sizes.number;
        if let Some(number) = self.known(Slot::A { s, l, j }) {
            let ink = if self.remark(l, j).is_some() { Ink::Muted } else { Ink::Ink };
            let inner = Rect { x: place.x + 1.0, w: place.w - 2.0, ..place };
            let font = Font::number(size).ink(ink);
            self.number(&format!("a/{l}/{j}"), number, place.centre(), inner, font);
        }
        let at = Point::new(place.centre().x, place.bottom() + self.layout.px(10.5));
        let below = if self.in_focus(l, j) && self.focus.phase() <= Phase::Loss {
            ("z", Slot::Z { s, l, j }, Ink::Forward)
        } else {
            ("dz", Slot::DZ { s, l, j }, Ink::Backward)
        };
        let (name, slot, ink) = below;
        if let Some((id, v)) = self.known(slot) {
            let text = match self.in_focus(l, j) {
                true => fitting(name, v, self.pill_room(), size),
                false => number::within(v, characters(self.layout.sizes.unit.0 - 2.0, size)),
            };
            self.pill(&format!("{name}/{l}/{j}"), text, id, at, Font::number(size).ink(ink));
        }
    }

    /// The room for a pill below a small unit, in css pixels, without its padding.
    fn pill_room(&self) -> f64 {
        let beside = match self.layout.flow {
            Flow::Across => self.layout.gap - 14.0,
            Flow::Down => 1.0,
        };
        self.layout.sizes.unit.0 + beside - 9.0
    }

    fn unit_name(&mut self, l: usize, j: usize) {
        let place = self.layout.unit(l, j);
        let last = l + 1 == self.view.case.network.layers().len();
        let units = self.view.case.network.layers()[l].units();
        let s = self.layout.scale;
        let (at, room) = match self.layout.style {
            Style::Wide => (Point::new(place.x + 98.0 * s, place.y - 14.0 * s), 66.0 * s),
            Style::Tall => (Point::new(place.centre().x, place.y - 30.0 * s), 76.0 * s),
            Style::Small => (Point::new(place.right() - 12.0, place.y - 9.0), 30.0),
        };
        let font = Font::words(self.layout.sizes.name).bold().ink(Ink::Ink);
        match (last, self.layout.style) {
            (true, Style::Small) => {}
            (true, _) => {
                let name = number::subscripted("ŷ", j, units);
                self.verbatim(format!("name/{l}/{j}"), &name, at, font);
            }
            (false, Style::Small) => {}
            (false, _) => {
                self.words(format!("name/{l}/{j}"), ("picture.unit", Some(j + 1)), at, room, font)
            }
        }
    }
}

/// The name and the number, or where that is wider than `room` the number alone.
fn fitting(name: &str, v: f64, room: f64, size: f64) -> String {
    let named = format!("{name} {}", number::short(v));
    if mono_width(&named, size) <= room {
        return named;
    }
    number::within(v, characters(room, size))
}
