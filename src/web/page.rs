//! The page's handle on its state: actions in, frames out, both as JSON.

use wasm_bindgen::prelude::*;

use crate::app::State;
use crate::error::Error;
use crate::view::{self, inspect};
use crate::{json, link};

/// The state of one page.
#[wasm_bindgen]
pub struct App {
    state: State,
    refused: Option<Error>,
}

#[wasm_bindgen]
impl App {
    /// The state that the address's fragment names; if it can't be read, the start, and why.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str) -> Result<App, JsError> {
        match link::read(fragment) {
            Ok(state) => Ok(App { state, refused: None }),
            Err(error) => {
                let state = State::new().map_err(super::thrown)?;
                Ok(App { state, refused: Some(error) })
            }
        }
    }

    /// What to show now.
    pub fn frame(&self) -> String {
        json::write(&view::frame(&self.state, self.refused.clone()))
    }

    /// Does what an action asks for and gives the frame after it. What is refused is in the
    /// frame's `error`, and the state is as it was.
    pub fn dispatch(&mut self, action: &str) -> String {
        self.refused = self.state.apply_json(action).err();
        self.frame()
    }

    /// The case of the training step at hand, with what brings the page back here.
    pub fn export_case(&self) -> String {
        self.state.current().export()
    }

    /// The tab "nudge" or "check" of the card, for a nudge by `epsilon`.
    pub fn inspect(&self, tab: &str, epsilon: f64) -> String {
        let lab = self.state.current();
        json::write(&match tab {
            "nudge" => inspect::nudge(lab, epsilon),
            _ => inspect::check(lab),
        })
    }

    pub fn paint(&self, _canvas: web_sys::HtmlCanvasElement, _view: &str) -> String {
        r#"{"width":1,"height":1}"#.into()
    }
    pub fn hit(&self, _x: f64, _y: f64) -> String {
        "null".into()
    }

    /// The PyTorch script of the case at hand, and its line that computes the number in the card.
    pub fn script(&self) -> String {
        json::write(&inspect::code(self.state.current()))
    }
}
