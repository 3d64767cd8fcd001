//! The chapter "Network": how a network is built, what its parts are called, and each layer as
//! one number, as a row and as a matrix product.

mod algebra;
pub mod nested;
mod part;
pub mod picture;
mod plan;

use serde::{Deserialize, Serialize};

pub use algebra::{Equation, Focus, Matrix, Pass, What};
pub use part::{Part, Way};
pub use plan::{HIDDEN, KEPT, Output, Plan, Preset, Source};

use crate::activation::Activation;
use crate::error::Result;
use crate::lab::Lab;
use crate::name::{self, Named};
use crate::stops::StopSize;

/// The network at hand with its numbers, and what of it is looked at.
#[derive(Debug, Clone)]
pub struct Structure {
    source: Source,
    /// The network on its first sample, ready for the stepper.
    lab: Lab,
    part: Part,
    pub pass: Pass,
}

/// A change, as the page's JSON has it: `{"grow": 2}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Preset(String),
    /// One unit more in a layer, or one less; layer 0 are the inputs.
    Grow(usize),
    Shrink(usize),
    /// A hidden layer more, after this one.
    AddLayer(usize),
    RemoveLayer(usize),
    /// The activation of all hidden layers, and of the output layer.
    Hidden(String),
    Output(String),
    Seed(u64),
    Select(Part),
    /// What lies at a point of the picture.
    Point {
        x: f64,
        y: f64,
    },
    Walk(Way),
    Pass(String),
}

impl Structure {
    /// The network of `source`; its W\[2\]₃,₁ or, where it has no such entry, the nearest part.
    ///
    /// # Errors
    /// As [`Source::setup`].
    pub fn new(source: Source) -> Result<Structure> {
        let lab = Lab::new(source.setup()?, StopSize::Layer)?;
        let part = Part::Weight { l: 2, j: 2, i: 0 }.nearest(&source.plan().sizes);
        Ok(Structure { source, lab, part, pass: Pass::Forward })
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The network on its first sample, at the start of the stepper's way.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// Number of inputs, then of units layer by layer.
    pub fn sizes(&self) -> Vec<usize> {
        self.lab.case().network.sizes()
    }

    /// What is pointed at.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Points at another part.
    ///
    /// # Errors
    /// The network has no such part.
    pub fn select(&mut self, part: Part) -> Result<()> {
        self.part = Part::read(&part.to_string(), &self.sizes())?;
        Ok(())
    }

    /// Does what `change` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, change: Change) -> Result<()> {
        let mut plan = self.source.plan();
        // Which of the layers at hand each of the new ones is, inputs first.
        let mut from: Vec<Option<usize>> = (0..plan.sizes.len()).map(Some).collect();
        match change {
            Change::Preset(name) => {
                return self.build(Source::Preset(Preset::named("preset", &name)?));
            }
            Change::Select(part) => return self.select(part),
            Change::Point { x, y } => {
                let found = picture::Picture::new(&self.lab.case().network).hit(x, y);
                self.part = found.unwrap_or(self.part);
                return Ok(());
            }
            Change::Walk(way) => {
                self.part = self.part.walk(way, &self.sizes());
                return Ok(());
            }
            Change::Pass(name) => {
                self.pass = Pass::named("pass", &name)?;
                return Ok(());
            }
            Change::Grow(l) => plan.resize(l, true)?,
            Change::Shrink(l) => plan.resize(l, false)?,
            Change::AddLayer(l) => {
                plan.add_layer(l)?;
                from.insert(l + 1, None);
            }
            Change::RemoveLayer(l) => {
                plan.remove_layer(l)?;
                from.remove(l);
            }
            Change::Hidden(name) => plan.hidden = hidden(&name)?,
            Change::Output(name) => plan.output = Output::named("output", &name)?,
            Change::Seed(seed) => {
                (plan.seed, plan.kept) = (seed, None);
                return self.build(Source::of(plan));
            }
        }
        plan.keep(&self.lab.case().network, &from)?;
        self.build(Source::of(plan))
    }

    /// Another network; what was pointed at stays as far as it is there.
    fn build(&mut self, source: Source) -> Result<()> {
        let (part, pass) = (self.part, self.pass);
        let new = Structure::new(source)?;
        *self = Structure { part: part.nearest(&new.sizes()), pass, ..new };
        Ok(())
    }

    /// The layer's product that is shown, with its focus; `None` where there is none.
    pub fn equation(&self) -> Option<(Focus, Equation)> {
        let sizes = self.sizes();
        let focus = Focus::of(self.part, self.pass, &sizes)?;
        Some((focus, Equation::of(self.lab.trace(), &sizes, self.pass, focus)?))
    }
}

/// The activation of hidden layers called `name`.
///
/// # Errors
/// It is none of [`HIDDEN`].
pub fn hidden(name: &str) -> Result<Activation> {
    let found = HIDDEN.into_iter().find(|g| g.name() == name);
    found.ok_or_else(|| name::unknown("hidden", name, HIDDEN.into_iter().map(Named::name)))
}
