//! The state of the chapter "Activations": which functions are drawn, with which α, at which z.

use crate::activation::Activation;
use crate::error::Result;
use crate::name::{self, Named};

/// What the chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// All functions with their α, in the page's order.
    functions: [Activation; 12],
    /// Whether each is drawn.
    drawn: [bool; 12],
    /// The one in focus, always drawn.
    focus: usize,
    pub z: f64,
    pub handbook: bool,
}

const LEAKY_RELU: usize = 3;

impl Default for Curves {
    /// The handbook's four, Leaky ReLU with its α = 0.1 in focus.
    fn default() -> Curves {
        let mut functions = Activation::ALL;
        functions[LEAKY_RELU] = Activation::LeakyRelu { alpha: 0.1 };
        let mut drawn = [false; 12];
        drawn[..=LEAKY_RELU].fill(true);
        Curves { functions, drawn, focus: LEAKY_RELU, z: -3.4, handbook: false }
    }
}

impl Curves {
    /// The functions drawn.
    pub fn selected(&self) -> impl Iterator<Item = Activation> {
        self.functions.into_iter().zip(self.drawn).filter(|(_, drawn)| *drawn).map(|(g, _)| g)
    }

    /// The function in focus.
    pub fn focus(&self) -> Activation {
        self.functions[self.focus]
    }

    /// The function whose α the slider moves: the one in focus, else Leaky ReLU.
    fn slid(&self) -> usize {
        if self.focus().alpha().is_some() { self.focus } else { LEAKY_RELU }
    }

    /// α of the slider.
    pub fn alpha(&self) -> f64 {
        self.functions[self.slid()].alpha().unwrap_or_default()
    }

    /// From where to where the axis of the slopes goes. They go up to 1, and where α is one, as far
    /// as its slider does: so the axis stays while it is moved. Only an α that was typed takes more.
    pub fn slopes(&self) -> [f64; 2] {
        let alphas: Vec<f64> = self.selected().filter_map(Activation::alpha).collect();
        let usual = [-0.2, if alphas.is_empty() { 1.2 } else { 2.2 }];
        alphas.into_iter().fold(usual, |[least, most], alpha| {
            let reach = (1.1 * alpha).clamp(-f64::MAX, f64::MAX);
            [if reach < least { reach } else { least }, if reach > most { reach } else { most }]
        })
    }

    /// Moves α of the slider's function.
    pub fn set_alpha(&mut self, alpha: f64) {
        let slid = self.slid();
        self.functions[slid] = self.functions[slid].with_alpha(alpha);
    }

    /// Draws the function or takes it away; the last one stays.
    ///
    /// # Errors
    /// An unknown name.
    pub fn toggle(&mut self, name: &str) -> Result<()> {
        let n = self.index(name)?;
        if self.drawn[n] && self.selected().count() == 1 {
            return Ok(());
        }
        self.drawn[n] = !self.drawn[n];
        if self.drawn[n] {
            self.focus = n;
        } else if self.focus == n {
            self.focus = self.drawn.iter().position(|&drawn| drawn).unwrap_or(LEAKY_RELU);
        }
        Ok(())
    }

    /// Brings the function to the front, drawn if it was not.
    ///
    /// # Errors
    /// An unknown name.
    pub fn focus_on(&mut self, name: &str) -> Result<()> {
        self.focus = self.index(name)?;
        self.drawn[self.focus] = true;
        Ok(())
    }

    /// Draws just these functions.
    ///
    /// # Errors
    /// An unknown name; nothing has changed then.
    pub fn select<'a>(&mut self, names: impl Iterator<Item = &'a str>) -> Result<()> {
        let chosen: Vec<usize> = names.map(|name| self.index(name)).collect::<Result<_>>()?;
        if let Some(&first) = chosen.first() {
            self.drawn = std::array::from_fn(|n| chosen.contains(&n));
            self.focus = first;
        }
        Ok(())
    }

    fn index(&self, name: &str) -> Result<usize> {
        let found = self.functions.iter().position(|g| g.name() == name);
        found.ok_or_else(|| name::unknown("activation", name, Activation::all().map(Named::name)))
    }
}
