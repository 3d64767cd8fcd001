//! The layers above the axes: what follows α, and what does not.

use plotters::prelude::DrawingBackend;

use super::axes::numbers;
use super::curve::{Jump, lines};
use super::geometry::{Point, Rect, clip, dashes, simplified};
use super::labels::{Profile, Scene, Side, Sweep, Wish};
use super::layout::{Layout, Of, text_width};
use super::paint::{Align, Drawn, Face, Paint};
use super::spec::Plot;
use super::style::{BESIDE_DASH, dash};
use crate::activation::Activation;
use crate::colour::Colour;

/// Points on each curve, and on one of straight lines.
const SAMPLES: usize = 600;
const STRAIGHT_SAMPLES: usize = 4;
/// px by which a curve may be straightened.
const STRAIGHT: f64 = 0.04;
const FOCUS_WIDTH: f64 = 3.0;
const OTHER_WIDTH: f64 = 2.0;
/// The α that the page's slider reaches.
const SLIDER: [f64; 2] = [0.0, 2.0];

/// max(αz, z), which is Leaky ReLU for α ≤ 1 only, or its slope, for α > 1.
fn beside(of: Of, alpha: f64, z: f64) -> f64 {
    match of {
        Of::Value if alpha * z > z => alpha * z,
        Of::Value => z,
        Of::Slope if z > 0.0 => alpha,
        Of::Slope => 1.0,
    }
}

/// Draws what α does not move while it slides: saturation, the cursor, the curves without an α
/// and the points on them, and the names of all but max(αz, z).
///
/// # Errors
/// Whatever the backend reports.
pub fn draw_still<B: DrawingBackend>(backend: B, plot: &Plot) -> Drawn<B> {
    let paint = Paint::on(backend, plot.spec.dpr);
    if let Some(layout) = Layout::of(plot) {
        let layer = Layer { paint: &paint, plot, layout, moving: false };
        let saturated = layer.saturation()?;
        layer.cursor()?;
        layer.plot(Of::Value)?;
        layer.plot(Of::Slope)?;
        layer.names(Of::Value, saturated)?;
        layer.names(Of::Slope, Vec::new())?;
        layer.tag()?;
    }
    paint.finish()
}

/// Draws the curves that have an α, the points on them, and where it differs max(αz, z) with its
/// `names`, from [`names_beside`].
///
/// # Errors
/// Whatever the backend reports.
pub fn draw_moving<B: DrawingBackend>(backend: B, plot: &Plot, names: &[Name]) -> Drawn<B> {
    let paint = Paint::on(backend, plot.spec.dpr);
    if let Some(layout) = Layout::of(plot) {
        let layer = Layer { paint: &paint, plot, layout, moving: true };
        layer.plot(Of::Value)?;
        layer.plot(Of::Slope)?;
        if plot.beside().is_some() {
            names.iter().try_for_each(|name| layer.name(name))?;
        }
    }
    paint.finish()
}

struct Layer<'a, B: DrawingBackend> {
    paint: &'a Paint<B>,
    plot: &'a Plot,
    layout: Layout,
    /// Whether it holds the curves that have an α, or the others.
    moving: bool,
}

impl<B: DrawingBackend> Layer<'_, B> {
    /// The layer's functions with their indices, the one in focus last so that it lies on top.
    fn stacked(&self) -> Vec<(usize, Activation)> {
        let here = |(_, g): &(usize, Activation)| g.alpha().is_some() == self.moving;
        let mut order: Vec<_> =
            self.plot.functions.iter().copied().enumerate().filter(here).collect();
        order.sort_by_key(|(i, _)| Some(*i) == self.plot.spec.focus);
        order
    }

    fn look(&self, index: usize) -> (Colour, f64) {
        let theme = self.plot.spec.theme;
        if Some(index) == self.plot.spec.focus {
            (theme.ink, FOCUS_WIDTH)
        } else {
            (theme.grey, OTHER_WIDTH)
        }
    }

    /// All curves of one plot with their ends at jumps, and the points at the cursor.
    fn plot(&self, of: Of) -> Drawn<B> {
        for (i, g) in self.stacked() {
            if let Some(alpha) = self.plot.beside().filter(|_| Some(i) == self.plot.spec.focus) {
                self.beside(of, alpha)?;
            }
            let (colour, width) = self.look(i);
            let pattern = if width == FOCUS_WIDTH { &[] } else { dash(g) };
            let f = |z: f64| of.at(g, z);
            let samples = if g.is_straight() { STRAIGHT_SAMPLES } else { SAMPLES };
            self.curve(of, (&f, samples), pattern, colour, width)?;
            self.ends(of, Jump::of(&f), colour, width)?;
        }
        for (i, g) in self.stacked() {
            self.point(of, g, i)?;
        }
        Ok(())
    }

    fn curve(
        &self,
        of: Of,
        (f, samples): (&dyn Fn(f64) -> f64, usize),
        pattern: &[f64],
        colour: Colour,
        width: f64,
    ) -> Drawn<B> {
        let frame = self.layout.frame(of);
        for line in lines(f, frame.x, samples) {
            let placed: Vec<Point> = line.into_iter().map(|point| frame.place(point)).collect();
            for part in clip(&placed, &frame.pixels) {
                for stroke in dashes(&simplified(&part, STRAIGHT), pattern) {
                    self.paint.line(&stroke, colour, width)?;
                }
            }
        }
        Ok(())
    }

    fn beside(&self, of: Of, alpha: f64) -> Drawn<B> {
        let f = |z: f64| beside(of, alpha, z);
        self.curve(of, (&f, STRAIGHT_SAMPLES), BESIDE_DASH, self.plot.spec.theme.ink, OTHER_WIDTH)
    }

    /// Open and filled ends: filled where the function is at 0.
    fn ends(&self, of: Of, jump: Option<Jump>, colour: Colour, width: f64) -> Drawn<B> {
        let frame = self.layout.frame(of);
        let radius = 1.0 + width;
        let mut ends = jump.map(|jump| jump.ends()).into_iter().flatten().collect::<Vec<_>>();
        ends.sort_by_key(|(_, filled)| *filled);
        for (y, filled) in ends {
            let at = frame.place((0.0, y));
            if !frame.pixels.holds(at) {
                continue;
            }
            if filled {
                self.paint.disc(at, radius + 0.5, colour)?;
            } else {
                self.paint.disc(at, radius, self.plot.spec.theme.surface)?;
                self.paint.ring(at, radius - 0.25, colour, 1.5)?;
            }
        }
        Ok(())
    }

    fn shows_cursor(&self) -> bool {
        let [from, to] = self.plot.spec.x;
        (from..=to).contains(&self.plot.spec.z)
    }

    /// The dotted line at z, through both plots.
    fn cursor(&self) -> Drawn<B> {
        if !self.shows_cursor() {
            return Ok(());
        }
        let x = self.layout.value.place((self.plot.spec.z, 0.0)).0;
        let (top, bottom) = (self.layout.value.pixels.top, self.layout.slope.pixels.bottom);
        for dot in dashes(&[(x, top), (x, bottom)], &[2.0, 4.0]) {
            self.paint.line(&dot, self.plot.spec.theme.text, 1.5)?;
        }
        Ok(())
    }

    /// The point of one curve at the cursor, ringed by the surface so that it stands out.
    fn point(&self, of: Of, g: Activation, index: usize) -> Drawn<B> {
        let frame = self.layout.frame(of);
        let at = frame.place((self.plot.spec.z, of.at(g, self.plot.spec.z)));
        if !self.shows_cursor() || !frame.pixels.holds(at) {
            return Ok(());
        }
        let (colour, width) = self.look(index);
        self.paint.disc(at, width + 3.5, self.plot.spec.theme.surface)?;
        self.paint.disc(at, width + 2.0, colour)
    }

    /// The tag with z in the row of numbers.
    fn tag(&self) -> Drawn<B> {
        let spec = &self.plot.spec;
        if !self.shows_cursor() || spec.z_label.is_empty() {
            return Ok(());
        }
        let face = Face { bold: true, ..numbers(self.plot, &self.layout) };
        let width = text_width(&spec.z_label, face.size) + 16.0;
        let half = width / 2.0 + 1.0;
        let x = self.layout.value.place((spec.z, 0.0)).0;
        let most = self.layout.canvas.right - half;
        let x = if x < half {
            half
        } else if x > most {
            most
        } else {
            x
        };
        let place = Rect::around((x, self.layout.numbers), width, 22.0);
        for covered in self.layout.numbers_along().iter().filter(|n| n.1.overlaps(&place)) {
            self.paint.fill(&covered.1.grown(1.0), spec.theme.surface)?;
        }
        self.paint.pill(&place, spec.theme.ink)?;
        let at = (x, self.layout.numbers + 0.5);
        self.paint.text(&spec.z_label, at, face, Align::Centre, spec.theme.surface)
    }

    /// The tinted regions in which the function in focus is saturated; the places of their
    /// labels.
    fn saturation(&self) -> Result<Vec<Rect>, ErrorOf<B>> {
        let Some((below, above)) = self.plot.focus().map(Activation::saturation) else {
            return Ok(Vec::new());
        };
        let [from, to] = self.plot.spec.x;
        let mut labels = Vec::new();
        for (from, to) in [(from, below), (above, to)].into_iter().filter(|(from, to)| from < to) {
            for frame in [self.layout.value, self.layout.slope] {
                let (left, right) = (frame.place((from, 0.0)).0, frame.place((to, 0.0)).0);
                let band = Rect { left, right, ..frame.pixels };
                let Some(band) = within(&band, &frame.pixels) else { continue };
                self.paint.fill(&band, self.plot.spec.theme.shade)?;
                if frame == self.layout.value {
                    labels.extend(self.saturated(&band)?);
                }
            }
        }
        Ok(labels)
    }

    fn saturated(&self, band: &Rect) -> Result<Option<Rect>, ErrorOf<B>> {
        let spec = &self.plot.spec;
        let face = Face { family: &spec.fonts.words, size: self.layout.word_px, bold: false };
        let width = text_width(&spec.saturated_label, face.size);
        if spec.saturated_label.is_empty() || width + 8.0 > band.width() {
            return Ok(None);
        }
        let at = ((band.left + band.right) / 2.0, band.top + 14.0);
        self.paint.text(&spec.saturated_label, at, face, Align::Centre, spec.theme.text)?;
        Ok(Some(Rect::around(at, width, face.size * 1.3)))
    }

    /// The names of the curves, those in focus first as they have the first choice.
    fn names(&self, of: Of, taken: Vec<Rect>) -> Drawn<B> {
        let names = names(self.plot, &self.layout, of, taken);
        names.iter().filter(|name| !name.beside).try_for_each(|name| self.name(name))
    }

    fn name(&self, name: &Name) -> Drawn<B> {
        let colour = if name.bold { self.plot.spec.theme.ink } else { self.plot.spec.theme.text };
        let family = &self.plot.spec.fonts.words;
        let face = Face { family, size: self.layout.word_px, bold: name.bold };
        let y = (name.place.top + name.place.bottom) / 2.0;
        let x = (name.place.left + name.place.right) / 2.0;
        self.paint.text(&name.text, (x, y), face, Align::Centre, colour)
    }
}

type ErrorOf<B> = plotters::drawing::DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>;

fn within(band: &Rect, plot: &Rect) -> Option<Rect> {
    let left = band.left.clamp(plot.left, plot.right);
    let right = band.right.clamp(plot.left, plot.right);
    (right - left > 0.5).then_some(Rect { left, right, ..*band })
}

/// A curve's name and the box that it fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub text: String,
    pub place: Rect,
    pub bold: bool,
    /// Whether it is that of max(αz, z).
    pub beside: bool,
}

/// The names of max(αz, z) and of its slope, which stand still as long as it is there; of none
/// where it is not asked for.
pub fn names_beside(plot: &Plot) -> Vec<Name> {
    let focus = plot.spec.focus.filter(|_| plot.may_stand_beside());
    let (Some(focus), Some(layout)) = (focus, Layout::of(plot)) else { return vec![] };
    let mut there = plot.clone();
    if there.beside().is_none() {
        there.functions[focus] = there.functions[focus].with_alpha(SLIDER[1]);
    }
    let of = |of| names(&there, &layout, of, Vec::new());
    [Of::Value, Of::Slope].into_iter().flat_map(of).filter(|name| name.beside).collect()
}

/// Where the names of the curves of g stand, clear of each other and of what is `taken`.
pub fn names(plot: &Plot, layout: &Layout, of: Of, taken: Vec<Rect>) -> Vec<Name> {
    let frame = layout.frame(of);
    let profile = |g: Activation| Profile::of(&|z| of.at(g, z), &frame);
    let mut profiles: Vec<Profile> = plot.functions.iter().map(|g| profile(*g)).collect();
    let mut follows: Vec<bool> = plot.functions.iter().map(|g| g.alpha().is_some()).collect();
    let mut texts: Vec<&str> = plot.spec.functions.iter().map(|f| f.label.as_str()).collect();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|i| (Some(*i) != plot.spec.focus, follows[*i]));
    if let Some(alpha) = plot.beside() {
        profiles.push(Profile::of(&|z| beside(of, alpha, z), &frame));
        follows.push(true);
        order.push(texts.len());
        texts.push(&plot.spec.beside_label);
    }
    let wish = |i: usize| Wish {
        curve: i,
        width: text_width(texts[i], layout.word_px),
        height: layout.word_px * 1.3,
        in_focus: Some(i) == plot.spec.focus,
        moves: match plot.functions.get(i) {
            Some(g) => g.alpha().map(|_| Side::Left),
            None => Some(Side::Right),
        },
    };
    let wishes: Vec<Wish> = order.iter().map(|i| wish(*i)).collect();
    let mut sweeps: Vec<Sweep> = plot
        .functions
        .iter()
        .filter(|g| g.alpha().is_some())
        .map(|g| Sweep(profile(g.with_alpha(SLIDER[0])), profile(g.with_alpha(SLIDER[1]))))
        .collect();
    if plot.may_stand_beside() {
        let larger = |alpha: f64| Profile::of(&|z| beside(of, alpha, z), &frame);
        sweeps.push(Sweep(larger(1.0), larger(SLIDER[1])));
    }
    let (profiles, follows, sweeps) = (&profiles, &follows, &sweeps);
    let passing = plot.beside().map(|_| plot.functions.len());
    let scene = Scene { frame, profiles, follows, top: plot.spec.focus, sweeps, passing };
    let places = scene.place(&wishes, taken);
    let named = wishes.iter().zip(places).filter_map(|(wish, place)| Some((wish, place?)));
    named
        .map(|(wish, place)| Name {
            text: texts[wish.curve].into(),
            place,
            bold: wish.in_focus,
            beside: wish.curve == plot.functions.len(),
        })
        .collect()
}
