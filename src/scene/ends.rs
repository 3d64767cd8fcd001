//! What stands around the units: inputs, the loss with its targets, the layers' captions.

use super::edges::IDLE_WIDTH;
use super::focus::{Node, Wire};
use super::geometry::{Point, Rect, smaller, within};
use super::layout::{Flow, Style, TARGET_LINE};
use super::marks::{Ink, Mark, Shape};
use super::sketch::{Font, Sketch};
use super::units::FOCUS_OUTLINE;
use crate::loss::Loss;
use crate::number;
use crate::number::subscripted;
use crate::trace::Slot;

const OUTLINE: f64 = 1.25;

impl Sketch<'_> {
    pub fn inputs(&mut self) {
        let column = self.layout.columns[0].clone();
        for (i, &place) in column.iter().enumerate() {
            let outline = Mark::new(format!("input/{i}"), Shape::Box(place, place.h / 2.0));
            let outline = outline.filled(Ink::Surface);
            self.mark(match self.focus.node == Some(Node::Input(i)) {
                true => outline.stroked(self.focus.ink(), FOCUS_OUTLINE),
                false => outline.stroked(Ink::Ink, OUTLINE),
            });
            let size = self.layout.sizes.number;
            if let Some(number) = self.known(Slot::X { s: self.view.sample, i }) {
                let inner = Rect { x: place.x + 1.0, w: place.w - 2.0, ..place };
                self.number(&format!("x/{i}"), number, place.centre(), inner, Font::number(size));
            }
            let name = subscripted("x", i, column.len());
            let at = Point::new(place.centre().x, place.y - self.layout.px(10.0));
            let font = Font::words(self.layout.sizes.name).bold().ink(Ink::Ink);
            self.verbatim(format!("name/x/{i}"), &name, at, font);
        }
    }

    /// The lines from the outputs and the targets to the loss.
    pub fn loss_lines(&mut self) {
        let outputs = self.view.case.network.last().units();
        let last = self.layout.columns.len() - 1;
        let loss = self.layout.loss;
        for j in 0..outputs {
            let from = self.layout.outgoing(self.layout.columns[last][j]);
            let travel = self.focus.travel(Wire::Output { j });
            let ink = if travel.is_some() { Ink::Ink } else { Ink::Idle };
            let to = self.layout.incoming(loss);
            self.edge(&format!("output/{j}"), (from, to), ink, IDLE_WIDTH, travel);
        }
        let lit = (0..outputs).find_map(|j| self.focus.travel(Wire::Target { j }));
        let ink = if lit.is_some() { Ink::Ink } else { Ink::Idle };
        let line = match self.layout.flow {
            Flow::Across => {
                let at = Point::new(loss.centre().x, loss.bottom());
                (at.shifted(0.0, self.layout.px(27.0)), at)
            }
            Flow::Down => {
                let at = Point::new(loss.right(), loss.centre().y);
                (at.shifted(18.0, 0.0), at)
            }
        };
        self.edge("target", line, ink, IDLE_WIDTH, lit);
    }

    pub fn loss(&mut self) {
        let place = self.layout.loss;
        let node = Mark::new("loss", Shape::Box(place, self.layout.px(8.0))).filled(Ink::Surface);
        self.mark(match self.focus.node == Some(Node::Loss) {
            true => node.stroked(self.focus.ink(), FOCUS_OUTLINE),
            false => node.stroked(Ink::Ink, OUTLINE),
        });
        let font = Font::words(self.layout.sizes.name).bold().ink(Ink::Ink);
        let (at, room) = match self.layout.flow {
            Flow::Across => (Point::new(place.centre().x, place.y - self.layout.px(12.0)), place.w),
            Flow::Down => (Point::new(place.x - 26.0, place.centre().y), 46.0),
        };
        self.words("name/loss".into(), ("picture.loss", None), at, room, font);
        let upper = place.centre().shifted(0.0, -0.2 * place.h);
        let lower = place.centre().shifted(0.0, 0.2 * place.h);
        self.loss_formula(upper);
        if let Some(number) = self.known(self.loss_slot()) {
            let size = within(self.layout.sizes.number + 0.5, 12.0, 20.0);
            let line = Rect::centred(lower, place.w - 4.0, 0.5 * place.h);
            self.number("loss", number, lower, line, Font::number(size));
        }
        self.targets();
    }

    /// The sample's loss, or the mean over the batch while that is in the card.
    fn loss_slot(&self) -> Slot {
        match self.focus.slot {
            Some(Slot::MeanLoss) => Slot::MeanLoss,
            _ => Slot::Loss { s: self.view.sample },
        }
    }

    fn loss_formula(&mut self, at: Point) {
        let font = Font::words(self.layout.px(11.0));
        let several = self.view.case.network.last().units() > 1;
        match (self.view.case.loss, several) {
            _ if self.focus.slot == Some(Slot::MeanLoss) => {
                self.words(
                    "formula".into(),
                    ("picture.mean", None),
                    at,
                    self.layout.loss.w - 6.0,
                    font,
                );
            }
            (Loss::HalfSquaredError, false) => {
                self.verbatim("formula".into(), "½(ŷ − y)²", at, font);
            }
            (Loss::HalfSquaredError, true) => {
                self.verbatim("formula".into(), "½Σ(ŷ−y)²", at, font);
            }
            _ => self.words(
                "formula".into(),
                ("picture.cross_entropy", None),
                at,
                self.layout.loss.w - 8.0,
                font,
            ),
        }
    }

    fn targets(&mut self) {
        let targets = self.layout.targets.clone();
        let size = within(self.layout.sizes.number, 11.0, 18.0);
        let single = targets.len() == 1;
        for (j, &at) in targets.iter().enumerate() {
            let Some((id, y)) = self.known(Slot::Y { s: self.view.sample, j }) else {
                continue;
            };
            let key = format!("y/{j}");
            let value = number::within(y, if self.layout.flow == Flow::Across { 7 } else { 5 });
            let name = if single && self.layout.flow == Flow::Across {
                String::new()
            } else {
                format!("{} ", subscripted("y", j, targets.len()))
            };
            let font = Font::number(size);
            self.label(&key, format!("{name}{value}"), id, at, font);
        }
        let Some(&last) = targets.last() else {
            return;
        };
        if self.layout.flow == Flow::Across {
            let at = last.shifted(0.0, self.layout.px(TARGET_LINE));
            let font = Font::words(self.layout.px(11.0));
            self.words("name/y".into(), ("picture.target", None), at, self.layout.loss.w, font);
        }
    }

    /// The layers' names with α, above the columns or before the rows.
    pub fn captions(&mut self) {
        let last = self.layout.columns.len() - 1;
        for c in 0..=last {
            match self.layout.flow {
                Flow::Across => self.caption_above(c, last),
                Flow::Down => self.caption_before(c),
            }
        }
    }

    fn caption_above(&mut self, c: usize, last: usize) {
        let column = self.layout.columns[c][0];
        let y = self.layout.px(12.0);
        let at = Point::new(column.centre().x, y);
        let pitch = column.w + self.layout.gap;
        let to_border = 2.0 * smaller(at.x, self.layout.width - at.x) - 8.0;
        let room = smaller(pitch - 6.0, to_border);
        let font = Font::words(self.layout.px(11.5)).bold();
        let key = match c {
            0 => "picture.input",
            c if c == last => "picture.output",
            _ => "picture.hidden",
        };
        const WHOLE_CAPTION: f64 = 104.0;
        if c == 0 {
            self.words(
                "caption/0".into(),
                (key, None),
                at,
                smaller(room, self.layout.px(64.0)),
                font,
            );
            return;
        }
        if pitch - 6.0 >= WHOLE_CAPTION * self.layout.scale {
            self.words(
                format!("caption/{c}"),
                (key, Some(c)),
                at,
                smaller(room, self.layout.px(WHOLE_CAPTION + 30.0)),
                font,
            );
        } else {
            self.verbatim(format!("caption/{c}"), &format!("[{c}]"), at, font);
        }
        self.alpha(c - 1, at.shifted(0.0, self.layout.px(17.0)));
    }

    fn caption_before(&mut self, c: usize) {
        let at = Point::new(22.0, self.layout.columns[c][0].centre().y);
        let font = Font::words(11.0).bold();
        match c {
            0 => self.words("caption/0".into(), ("picture.input", None), at, 34.0, font),
            _ => self.verbatim(format!("caption/{c}"), &format!("[{c}]"), at, font),
        }
    }

    fn alpha(&mut self, l: usize, at: Point) {
        let known = self.known(Slot::NextAlpha { l }).or_else(|| self.known(Slot::Alpha { l }));
        let Some((id, alpha)) = known else {
            return;
        };
        let small = self.layout.style == Style::Small;
        let size = if small { 11.0 } else { self.layout.px(11.5) };
        let text = format!("α {}", number::within(alpha, 8));
        self.label(&format!("alpha/{l}"), text, id, at, Font::number(size).ink(Ink::Muted));
    }
}
