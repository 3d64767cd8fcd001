//! A backend that keeps what is drawn, in CSS px.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use gradstep::chart::{
    FINE, Plot, Point, Rect, draw_axes, draw_moving, draw_still, names_beside, text_width,
};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

pub type Rgb = (u8, u8, u8);

/// One thing drawn. Lengths are CSS px.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Line { points: Vec<Point>, width: f64, rgb: Rgb },
    Fill { place: Rect, rgb: Rgb },
    Disc { centre: Point, radius: f64, rgb: Rgb },
    Ring { centre: Point, rgb: Rgb },
    Text { text: String, place: Rect, rgb: Rgb },
}

#[derive(Clone, Default)]
struct Recorder(Rc<RefCell<Vec<Mark>>>);

/// What the layer of the axes consists of.
pub fn axes(plot: &Plot) -> Vec<Mark> {
    let recorder = Recorder::default();
    draw_axes(recorder.clone(), plot).unwrap();
    recorder.0.take()
}

/// What the layers of the curves consist of, from the lowest up.
pub fn curves(plot: &Plot) -> Vec<Mark> {
    let follows = plot.focus().is_some_and(|g| g.alpha().is_some());
    let layers = if follows { [still(plot), moving(plot)] } else { [moving(plot), still(plot)] };
    layers.concat()
}

/// What α does not move.
pub fn still(plot: &Plot) -> Vec<Mark> {
    let recorder = Recorder::default();
    draw_still(recorder.clone(), plot).unwrap();
    recorder.0.take()
}

fn moving(plot: &Plot) -> Vec<Mark> {
    let recorder = Recorder::default();
    draw_moving(recorder.clone(), plot, &names_beside(plot)).unwrap();
    recorder.0.take()
}

/// What one of the handbook's plots consists of.
pub fn handbook(handbook: &gradstep::chart::Handbook) -> Vec<Mark> {
    let recorder = Recorder::default();
    gradstep::chart::draw_handbook(recorder.clone(), handbook).unwrap();
    recorder.0.take()
}

fn css((x, y): BackendCoord) -> Point {
    (f64::from(x) / FINE, f64::from(y) / FINE)
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Recorder {
    fn keep(&mut self, mark: Mark) -> Drawn {
        self.0.borrow_mut().push(mark);
        Ok(())
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (100_000, 100_000)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        panic!("a single pixel shows nothing");
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points = path.into_iter().map(css).collect();
        let width = f64::from(style.stroke_width()) / FINE;
        self.keep(Mark::Line { points, width, rgb: style.color().rgb })
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        assert!(fill, "the chart has no outlined rectangle");
        let ((left, top), (right, bottom)) = (css(from), css(to));
        self.keep(Mark::Fill { place: Rect { left, top, right, bottom }, rgb: style.color().rgb })
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (centre, rgb) = (css(centre), style.color().rgb);
        if fill {
            self.keep(Mark::Disc { centre, radius: f64::from(radius) / FINE, rgb })
        } else {
            self.keep(Mark::Ring { centre, rgb })
        }
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let size = style.size() / FINE;
        let (x, y) = css(at);
        let width = text_width(text, size);
        let x = match style.anchor().h_pos {
            HPos::Left => x + width / 2.0,
            HPos::Right => x - width / 2.0,
            HPos::Center => x,
        };
        let place = Rect::around((x, y), width, size);
        self.keep(Mark::Text { text: text.into(), place, rgb: style.color().rgb })
    }
}
