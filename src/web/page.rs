//! The page's handle on its state: actions in, frames out, both as JSON.

use std::borrow::Cow;

use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

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
        let (state, refused) = match link::read(fragment) {
            Ok(state) => (state, None),
            Err(error) => (link::start_of(fragment).map_err(super::thrown)?, Some(error)),
        };
        Ok(App { state, refused, before: None, maps: None })
    }

    /// What to show now.
    pub fn frame(&self) -> String {
        json::write(&view::frame(&self.state, self.refused.clone()))
    }

    /// Does what an action asks for and gives the frame after it. What is refused is in the
    /// frame's `error`, and the state is as it was; it stays there until the learner's next action.
    pub fn dispatch(&mut self, action: &str) -> String {
        let read = Action::read(action);
        let news = read.as_ref().is_ok_and(Action::is_news);
        match read.and_then(|action| self.state.apply(action)) {
            Err(error) => self.refused = Some(error),
            Ok(()) if news => {}
            Ok(()) => self.refused = None,
        }
        self.frame()
    }

    /// The case of the training step at hand, with what brings the page back here.
    pub fn export_case(&self) -> Option<String> {
        self.state.current().map(Lab::export)
    }

    /// The card's tab "Nudge it", for a nudge by `epsilon`.
    pub fn nudge(&self, epsilon: f64) -> Option<String> {
        self.examined(|lab| inspect::nudge(lab, epsilon))
    }

    /// The card's tab "Check".
    pub fn check(&self) -> Option<String> {
        self.examined(inspect::check)
    }

    /// Paints the network of the place at hand, between the frame before the last action and now.
    /// `look` is a [`Look`] in JSON.
    pub fn paint(&mut self, canvas: &HtmlCanvasElement, look: &str) -> Result<(), JsValue> {
        let look: Look = json::read(look).map_err(super::thrown)?;
        let Some(lab) = drawn(&self.state) else {
            return Ok(());
        };
        let now = Painted::of(&lab, look.width);
        let wide = now.scene.width;
        let before = self.before.as_ref().filter(|before| before.scene.width == wide);
        if let Some(before) = before.filter(|_| look.progress < 1.0) {
            let scene = before.toward(&lab, &now, look.progress);
            return painter::paint(canvas, &scene, &look.theme, look.dpr);
        }
        painter::paint(canvas, &now.scene, &look.theme, look.dpr)?;
        self.before = Some(now);
        Ok(())
    }

    /// The step whose number lies at a point of the picture, in css pixels, if there is one.
    pub fn hit(&self, x: f64, y: f64) -> Option<Id> {
        self.before.as_ref()?.scene.hit(x, y)
    }

    /// The charts of the chapter "Nudge", `width` css pixels wide, as JSON: [`plot::loss`] and
    /// [`plot::step`].
    pub fn nudge_charts(&self, width: f64) -> String {
        json::write(&[plot::loss(&self.state.nudge, width), plot::step(&self.state.nudge, width)])
    }

    /// How far from its start the parameter is at a place of the first of those charts.
    pub fn nudge_shift(&self, width: f64, x: f64) -> f64 {
        plot::shift_at(&self.state.nudge, width, x)
    }

    /// Paints the network of the chapter "Train", what it answers, and the scale of its colours;
    /// `look` is a [`train::Look`] in JSON.
    pub fn paint_training(
        &mut self,
        canvases: &TrainingCanvases,
        look: &str,
    ) -> Result<(), JsValue> {
        train::paint(
            &self.state.train,
            &mut self.maps,
            canvases,
            &json::read(look).map_err(super::thrown)?,
        )
    }

    /// The weight or bias that lies at a point of the network's picture of this width, in JSON.
    pub fn training_hit(&self, width: f64, x: f64, y: f64) -> String {
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
        let look = json::read(look).map_err(super::thrown)?;
        nonlinear::paint(&self.state.nonlinear.plane, canvas, sheet, &look)
    }

    /// x₁ and x₂ at a point of the picture of the answer, which is so wide.
    pub fn training_point(&self, width: f64, x: f64, y: f64) -> Vec<f64> {
        train::plane(&self.state.train, width).point(x, y).to_vec()
    }

    /// The network that trains as a table: layer by layer its weights and biases, in JSON.
    pub fn training_network(&self) -> String {
        json::write(&crate::case::write_layers(self.state.train.network()))
    }

    /// The PyTorch script of the case at hand, and its line that computes the number in the card.
    pub fn script(&self) -> Option<String> {
        self.state.current().map(|lab| json::write(&inspect::code(lab)))
    }

    /// What the reader has set for the whole page goes along to another state of it.
    pub fn keep_settings(&mut self, of: &App) {
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
