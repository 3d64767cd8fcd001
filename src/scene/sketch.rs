//! The picture while it is being drawn: what was put where.

use super::focus::Focus;
use super::geometry::{Point, Rect, distance_from_line, smaller};
use super::layout::Layout;
use super::marks::{Align, Face, Ink, LINE, MONO_ADVANCE, Mark, Shape, Text, Words, mono_width};
use super::{Spot, View};
use crate::number;
use crate::trace::{Id, Phase, Slot};

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub struct Font {
    pub face: Face,
    pub size: f64,
    pub bold: bool,
    pub ink: Ink,
}

impl Font {
    pub fn number(size: f64) -> Font {
        Font { face: Face::Mono, size, bold: true, ink: Ink::Ink }
    }

    pub fn words(size: f64) -> Font {
        Font { face: Face::Sans, size, bold: false, ink: Ink::Muted }
    }

    pub fn bold(self) -> Font {
        Font { bold: true, ..self }
    }

    pub fn ink(self, ink: Ink) -> Font {
        Font { ink, ..self }
    }
}

/// The key of a sentence of the page, and its `{n}`.
pub type Said = (&'static str, Option<usize>);

pub struct Sketch<'a> {
    pub view: &'a View<'a>,
    pub layout: Layout,
    pub focus: Focus,
    pub marks: Vec<Mark>,
    pub spots: Vec<Spot>,
    /// Places where nothing else may be written.
    pub taken: Vec<Rect>,
}

/// Around a number with a coloured ground, in css pixels.
const PILL_PADDING: f64 = 5.0;
/// Around a number on the picture's ground.
pub const LABEL_PADDING: f64 = 3.0;

impl<'a> Sketch<'a> {
    pub fn new(view: &'a View<'a>) -> Sketch<'a> {
        let layout = Layout::of(view.case, view.width);
        let focus = Focus::of(view);
        Sketch { view, layout, focus, marks: vec![], spots: vec![], taken: vec![] }
    }

    /// The step that filled `slot` and its number, once it is computed.
    pub fn known(&self, slot: Slot) -> Option<(Id, f64)> {
        let id = self.view.trace.find(slot).filter(|&id| id <= self.view.shown)?;
        Some((id, self.view.trace.value(id)))
    }

    pub fn mark(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The page's words for `key`, condensed if they need more than `room` css pixels.
    pub fn words(&mut self, name: String, said: Said, at: Point, room: f64, font: Font) {
        let (key, n) = said;
        self.write(name, Words::Key { key, n }, at, room, font, None);
    }

    /// These characters, in every language.
    pub fn verbatim(&mut self, key: String, text: &str, at: Point, font: Font) {
        self.write(key, Words::Verbatim(text.into()), at, f64::INFINITY, font, None);
    }

    fn write(
        &mut self,
        key: String,
        words: Words,
        at: Point,
        room: f64,
        font: Font,
        id: Option<Id>,
    ) -> Rect {
        let Font { face, size, bold, ink } = font;
        let align = Align::Centre;
        let text = Text { words, at, align, face, bold, size, room, id };
        let bounds = text.bounds();
        self.taken.push(bounds);
        self.mark(Mark::new(format!("text/{key}"), Shape::Text(text)).filled(ink));
        bounds
    }

    /// The number of step `id` around `at`, in at most `room` css pixels, on the tint of its
    /// direction where the step in focus uses it. A click on `place` finds it.
    pub fn number(&mut self, key: &str, (id, v): (Id, f64), at: Point, place: Rect, font: Font) {
        let text = number::within(v, characters(place.w, font.size));
        let used = self.focus.uses(id);
        if let Some(tint) = self.tint(id).filter(|_| used) {
            let w = mono_width(&text, font.size) + PILL_PADDING;
            let ground = Rect::centred(at, w, font.size * LINE + 4.0);
            self.mark(Mark::new(format!("tint/{key}"), Shape::Box(ground, 4.0)).filled(tint));
        }
        let words = Words::Verbatim(text);
        self.write(key.into(), words, at, f64::INFINITY, font, Some(id));
        self.spots.push(Spot { id, place });
    }

    /// `name` and the number of step `id` on the tint of its direction, in the middle of `at`.
    pub fn pill(&mut self, key: &str, text: String, id: Id, at: Point, font: Font) -> Rect {
        let place = pill_place(&text, at, font.size);
        let tint = self.tint(id).unwrap_or(Ink::Ground);
        let ground =
            Mark::new(format!("tint/{key}"), Shape::Box(place, 0.35 * place.h)).filled(tint);
        let ground = match self.focus.id == Some(id) {
            true => ground.stroked(self.focus.ink(), 1.5),
            false => ground,
        };
        self.mark(ground);
        self.write(key.into(), Words::Verbatim(text), at, f64::INFINITY, font, Some(id));
        self.spots.push(Spot { id, place });
        place
    }

    /// Text on the picture's ground, which hides the lines behind it.
    pub fn label(&mut self, key: &str, text: String, id: Id, at: Point, font: Font) {
        let place = label_place(&text, at, font.size);
        self.mark(Mark::new(format!("ground/{key}"), Shape::Box(place, 4.0)).filled(Ink::Ground));
        self.write(key.into(), Words::Verbatim(text), at, f64::INFINITY, font, Some(id));
        self.spots.push(Spot { id, place });
    }

    fn tint(&self, id: Id) -> Option<Ink> {
        match self.view.trace.get(id)?.slot.phase() {
            Phase::Forward | Phase::Loss => Some(Ink::ForwardTint),
            Phase::Backward => Some(Ink::BackwardTint),
            Phase::Given | Phase::Update => None,
        }
    }

    /// The first of `places` where `size` fits between what is written already; the one of these
    /// that keeps farthest from `lines`, up to where it makes no difference; of those that none
    /// does, the one whose middle does.
    pub fn free_place(
        &self,
        places: impl Iterator<Item = Point>,
        size: (f64, f64),
        lines: &[(Point, Point)],
    ) -> Option<Point> {
        const FAR_ENOUGH: f64 = 5.0;
        let frame = self.layout.frame().grown(-2.0);
        let mut best: Option<((f64, f64), Point)> = None;
        for at in places {
            let place = Rect::centred(at, size.0, size.1);
            if !frame.encloses(place) || self.taken.iter().any(|taken| taken.overlaps(place)) {
                continue;
            }
            let clear = |&(from, to): &(Point, Point)| place.clearance(from, to);
            let nearest = lines.iter().map(clear).fold(FAR_ENOUGH, smaller);
            let middle = lines.iter().map(|line| distance_from_line(at, *line));
            let middle = if nearest > 0.0 { FAR_ENOUGH } else { middle.fold(FAR_ENOUGH, smaller) };
            if best.is_none_or(|(away, _)| (nearest, middle) > away) {
                best = Some(((nearest, middle), at));
            }
            if nearest >= FAR_ENOUGH {
                break;
            }
        }
        best.map(|(_, at)| at)
    }
}

/// How many characters of the monospaced font fit into `w` css pixels.
pub fn characters(w: f64, size: f64) -> usize {
    (w / (MONO_ADVANCE * size)) as usize
}

/// The ground behind `text`, around `at`.
pub fn pill_place(text: &str, at: Point, size: f64) -> Rect {
    Rect::centred(at, mono_width(text, size) + 2.0 * PILL_PADDING, size * LINE + 4.0)
}

/// The ground behind a label `text`, around `at`.
pub fn label_place(text: &str, at: Point, size: f64) -> Rect {
    Rect::centred(at, mono_width(text, size) + 2.0 * LABEL_PADDING, size * LINE + 2.0)
}
