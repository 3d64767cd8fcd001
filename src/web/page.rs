//! The page's handle on its state: actions in, frames out, both as JSON.

use std::borrow::Cow;

use js_sys::JsString;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::may_trap;
use super::nonlinear;
use super::painter;
use super::train::{self, Maps, TrainingCanvases};
use crate::app::{Action, Place, State};
use crate::error::Error;
use crate::lab::Lab;
use crate::nudge::plot;
use crate::scene::Theme;
use crate::trace::Id;
use crate::view::{self, Painted, inspect};
use crate::{json, link};

/// The state of one page.
#[wasm_bindgen]
pub struct App {
    state: State,
    refused: Option<Error>,
    /// The picture as it was painted last, when nothing was moving.
    before: Option<Painted>,
    /// Css pixels to one of the picture's.
    part: f64,
    maps: Option<Maps>,
}

/// What the page decides about a picture.
#[derive(Deserialize)]
struct Look {
    /// Width of the picture in css pixels.
    width: f64,
    /// Device pixels in a css pixel.
    dpr: f64,
    /// How far between the last frame and this one: 0 to 1.
    progress: f64,
    theme: Theme,
}

/// The network that the place at hand draws, if it draws one.
fn drawn(state: &State) -> Option<Cow<'_, Lab>> {
    match state.place {
        Place::Nudge => state.nudge.lab().ok().map(Cow::Owned),
        _ => state.current().map(Cow::Borrowed),
    }
}

#[wasm_bindgen]
impl App {
    /// The state that the address's fragment names; if it can't be read, its place as a stranger
    /// finds it, and why.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str) -> Result<App, JsError> {
        may_trap!("App::new");
        let (state, refused) = match link::read(fragment) {
            Ok(state) => (state, None),
            Err(error) => (link::start_of(fragment).map_err(super::thrown)?, Some(error)),
        };
        Ok(App { state, refused, before: None, part: 1.0, maps: None })
    }

    /// What to show now.
    pub fn frame(&self) -> String {
        may_trap!("App::frame");
        json::write(&view::frame(&self.state, self.refused.clone()))
    }

    /// Does what an action asks for and gives the frame after it. What is refused is in the
    /// frame's `error`, and the state is as it was; it stays there until the learner's next action.
    /// Its size is looked at before it is read.
    pub fn dispatch(&mut self, action: &JsString) -> String {
        may_trap!("App::dispatch");
        let fits = Action::check_size(action.length() as usize);
        let read = fits.and_then(|()| Action::read(&String::from(action)));
        let news = read.as_ref().is_ok_and(Action::is_news);
        match read.and_then(|action| self.state.apply(action)) {
            Err(error) => self.refused = Some(error),
            Ok(()) if news => {}
            Ok(()) => self.refused = None,
        }
        self.frame()
    }

    /// Says in each frame, until the learner's next action, what broke in the page: the name of an
    /// [`Error`] of that kind.
    pub fn broke(&mut self, what: &str) {
        may_trap!("App::broke");
        self.refused = Some(match what {
            "earlier" => Error::RebuiltEarlier,
            "start" => Error::RebuiltStart,
            "without" => Error::RebuiltWithout,
            "part" => Error::LeftOut,
            "trial" => Error::TrialBroke,
            _ => Error::Rebuilt,
        });
    }

    /// The case of the training step at hand, with what brings the page back here.
    pub fn export_case(&self) -> Option<String> {
        may_trap!("App::export_case");
        self.state.current().map(Lab::export)
    }

    /// The card's tab "Nudge it", for a nudge by `epsilon`.
    pub fn nudge(&self, epsilon: f64) -> Option<String> {
        may_trap!("App::nudge");
        self.examined(|lab| inspect::nudge(lab, epsilon))
    }

    /// The card's tab "Check".
    pub fn check(&self) -> Option<String> {
        may_trap!("App::check");
        self.examined(inspect::check)
    }

    /// Paints the network of the place at hand, between the frame before the last action and now.
    /// `look` is a [`Look`] in JSON.
    pub fn paint(&mut self, canvas: &HtmlCanvasElement, look: &str) -> Result<(), JsValue> {
        may_trap!("App::paint");
        let look: Look = json::read(look).map_err(super::thrown)?;
        let Some(lab) = drawn(&self.state) else {
            return Ok(());
        };
        let now = Painted::of(&lab, look.width);
        let wide = now.scene.width;
        self.part = look.width / wide;
        let before = self.before.as_ref().filter(|before| before.scene.width == wide);
        if let Some(before) = before.filter(|_| look.progress < 1.0) {
            let scene = before.toward(&lab, &now, look.progress);
            return painter::paint(canvas, &scene, &look.theme, (look.dpr, self.part));
        }
        painter::paint(canvas, &now.scene, &look.theme, (look.dpr, self.part))?;
        self.before = Some(now);
        Ok(())
    }

    /// The step whose number lies at a point of the picture, in css pixels, if there is one.
    pub fn hit(&self, x: f64, y: f64) -> Option<Id> {
        may_trap!("App::hit");
        self.before.as_ref()?.scene.hit(x / self.part, y / self.part)
    }

    /// The charts of the chapter "Nudge", `width` css pixels wide, as JSON: [`plot::loss`] and
    /// [`plot::step`].
    pub fn nudge_charts(&self, width: f64) -> String {
        may_trap!("App::nudge_charts");
        json::write(&[plot::loss(&self.state.nudge, width), plot::step(&self.state.nudge, width)])
    }

    /// How far from its start the parameter is at a place of the first of those charts.
    pub fn nudge_shift(&self, width: f64, x: f64) -> f64 {
        may_trap!("App::nudge_shift");
        plot::shift_at(&self.state.nudge, width, x)
    }

    /// Paints the network of the chapter "Train", what it answers, and the scale of its colours;
    /// `look` is a [`train::Look`] in JSON.
    pub fn paint_training(
        &mut self,
        canvases: &TrainingCanvases,
        look: &str,
    ) -> Result<(), JsValue> {
        may_trap!("App::paint_training");
        train::paint(
            &self.state.train,
            &mut self.maps,
            canvases,
            &json::read(look).map_err(super::thrown)?,
        )
    }

    /// What the run of the chapter "Train" begins from; see [`crate::train::Train::written`].
    pub fn training_setup(&self) -> String {
        may_trap!("App::training_setup");
        self.state.train.written()
    }

    /// The weight or bias that lies at a point of the network's picture of this width, in JSON.
    pub fn training_hit(&self, width: f64, x: f64, y: f64) -> String {
        may_trap!("App::training_hit");
        json::write(&train::picture(&self.state.train, width).hit(x, y))
    }

    /// Paints the plane of the chapter "Why nonlinear"; `sheet` is never shown, and `look` is a
    /// [`nonlinear::Look`] in JSON.
    pub fn paint_plane(
        &self,
        canvas: &HtmlCanvasElement,
        sheet: &HtmlCanvasElement,
        look: &str,
    ) -> Result<(), JsValue> {
        may_trap!("App::paint_plane");
        let look = json::read(look).map_err(super::thrown)?;
        nonlinear::paint(&self.state.nonlinear.plane, canvas, sheet, &look)
    }

    /// Where on that picture x₁ and x₂ lie.
    pub fn training_place(&self, width: f64, x1: f64, x2: f64) -> Vec<f64> {
        may_trap!("App::training_place");
        let plane = train::plane(&self.state.train, width);
        let (x, y) = plane.place([x1, x2]);
        vec![plane.part * x, plane.part * y]
    }

    /// x₁ and x₂ at a point of the picture of the answer, which is so wide.
    pub fn training_point(&self, width: f64, x: f64, y: f64) -> Vec<f64> {
        may_trap!("App::training_point");
        train::plane(&self.state.train, width).point(x, y).to_vec()
    }

    /// The network that trains as a table: layer by layer its weights and biases, in JSON.
    pub fn training_network(&self) -> String {
        may_trap!("App::training_network");
        json::write(&crate::case::write_layers(self.state.train.network()))
    }

    /// The PyTorch script of the case at hand, and its line that computes the number in the card.
    pub fn script(&self) -> Option<String> {
        may_trap!("App::script");
        self.state.current().map(|lab| json::write(&inspect::code(lab)))
    }

    /// What the reader has set for the whole page goes along to another state of it.
    pub fn keep_settings(&mut self, of: &App) {
        may_trap!("App::keep_settings");
        self.state.predict.on |= of.state.predict.on;
    }
}

impl App {
    /// What `examine` finds out about the lab at hand; nothing while a question is open.
    fn examined(&self, examine: impl Fn(&Lab) -> inspect::Inspection) -> Option<String> {
        let found = match self.state.predict.asked() {
            Some(_) => inspect::closed(),
            None => examine(self.state.current()?),
        };
        Some(json::write(&found))
    }
}
