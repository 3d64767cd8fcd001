//! The page's state and the actions that change it.

mod action;
mod place;

pub use action::{Action, NAME, Way};
pub use place::Place;

use crate::broken::Broken;
use crate::curves::Curves;
use crate::data::Set;
use crate::edit;
use crate::error::{Allowed, Error, Result};
use crate::experiment::Experiments;
use crate::lab::{Lab, Setup};
use crate::name::Named;
use crate::neuron::Neuron;
use crate::nonlinear::Nonlinear;
use crate::nudge::Nudge;
use crate::predict::{self, Answer, Predict};
use crate::stops::StopSize;
use crate::structure::{self, Source, Structure};
use crate::train::{self, Train};

/// What the page is about to show.
#[derive(Debug, Clone)]
pub struct State {
    pub place: Place,
    /// The first lap's network.
    pub lap: Lab,
    /// The network of "Step by step".
    pub lab: Lab,
    pub neuron: Neuron,
    pub structure: Structure,
    pub nonlinear: Nonlinear,
    pub curves: Curves,
    pub nudge: Nudge,
    pub train: Train,
    pub predict: Predict,
    pub experiments: Experiments,
    /// Drawn when the learner first goes there.
    pub broken: Option<Box<Broken>>,
}

impl State {
    /// What a stranger sees: the start of the first lap.
    ///
    /// # Errors
    /// None that a user can cause: the presets fit.
    pub fn new() -> Result<State> {
        Ok(State {
            place: Place::Start,
            lap: Lab::new(Setup::preset("lap")?, StopSize::Lap)?,
            lab: Lab::new(Setup::preset("a")?, StopSize::Number)?,
            neuron: Neuron::default(),
            structure: Structure::new(Source::Preset(structure::Preset::Figure7))?,
            nonlinear: Nonlinear::new()?,
            curves: Curves::default(),
            nudge: Nudge::new()?,
            train: Train::new(train::Setup::usual(Set::Circle))?,
            predict: Predict::default(),
            experiments: Experiments::new()?,
            broken: None,
        })
    }

    /// To another place.
    ///
    /// # Errors
    /// None that a user can cause.
    pub fn go(&mut self, place: Place) -> Result<()> {
        self.experiments.cancel();
        if place == Place::Broken && self.broken.is_none() {
            self.broken = Some(Box::new(Broken::new(1, 0)?));
        }
        self.place = place;
        Ok(())
    }

    /// The lab that the place at hand shows, if it shows one.
    pub fn current(&self) -> Option<&Lab> {
        match self.place {
            Place::Start => Some(&self.lap),
            Place::StepByStep => Some(&self.lab),
            Place::Broken => self.broken.as_ref().map(|broken| &broken.lab),
            _ => None,
        }
    }

    /// The same, to change it.
    ///
    /// # Errors
    /// The place shows none: an action on one that nobody sees is refused.
    fn current_mut(&mut self) -> Result<&mut Lab> {
        let place = self.place;
        let lab = match place {
            Place::Start => Some(&mut self.lap),
            Place::StepByStep => Some(&mut self.lab),
            Place::Broken => self.broken.as_mut().map(|broken| &mut broken.lab),
            _ => None,
        };
        lab.ok_or_else(|| Error::NoLab { place: place.name().into() })
    }

    /// Does what an action in JSON asks for.
    ///
    /// # Errors
    /// Not an action, or one that is refused; the state stays as it was.
    pub fn apply_json(&mut self, action: &str) -> Result<()> {
        self.apply(Action::read(action)?)
    }

    /// Does what `action` asks for.
    ///
    /// # Errors
    /// It is refused; the state stays as it was.
    pub fn apply(&mut self, action: Action) -> Result<()> {
        if let Some(broken) = &mut self.broken {
            broken.news = false;
        }
        match action {
            Action::Step => return self.step(),
            Action::ShowMe => return self.show_me(),
            Action::Answer { answer } => return self.answer(answer),
            Action::Ask => {
                self.predict.open_curve(&self.curves);
                return Ok(());
            }
            _ => {}
        }
        let (looks, news) = (
            matches!(action, Action::Show { .. } | Action::Return | Action::Dismiss),
            action.is_news(),
        );
        self.act(action)?;
        match () {
            () if news => {}
            // Looking a number up leaves the question open.
            () if looks => self.predict.hush(),
            () => self.predict.close(),
        }
        Ok(())
    }

    /// To the next stop; where something is to be predicted, first to the question.
    fn step(&mut self) -> Result<()> {
        if self.predict.on && self.place.asks() && self.predict.asked().is_none() {
            let question = self.current().and_then(predict::ask);
            if self.predict.open(question) {
                return Ok(());
            }
        }
        self.current_mut()?.step()?;
        self.predict.close();
        Ok(())
    }

    /// The number that was asked for, or would have been.
    fn show_me(&mut self) -> Result<()> {
        if self.place != Place::Activations {
            self.current_mut()?.step()?;
        } else if let Some(z) = self.predict.take_z() {
            self.curves.z = z;
        }
        self.predict.close();
        Ok(())
    }

    /// Takes an answer; what is said of it stands beside the number.
    fn answer(&mut self, answer: Answer) -> Result<()> {
        if !self.predict.answer(answer)? {
            return Ok(());
        }
        match self.place {
            Place::Activations => self.curves.z = self.predict.take_z().unwrap_or(self.curves.z),
            _ => self.current_mut()?.step()?,
        }
        Ok(())
    }

    fn act(&mut self, action: Action) -> Result<()> {
        match action {
            Action::Go { place } => self.go(place)?,
            Action::Back => self.current_mut()?.back()?,
            Action::Home => self.current_mut()?.home(),
            Action::End => self.current_mut()?.end(),
            Action::Reset => self.reset()?,
            Action::Undo => self.current_mut()?.undo()?,
            Action::Seek { stop } => self.current_mut()?.seek(stop)?,
            Action::Lap { t } => self.current_mut()?.lap(t)?,
            Action::Show { id } => self.current_mut()?.show(id)?,
            Action::Return => self.current_mut()?.way_back(),
            Action::StopSize { size } => self.current_mut()?.set_size(size),
            Action::Ways { way } => self.go_on(way)?,
            Action::Import { .. } | Action::Preset { .. } if self.place == Place::Broken => {
                return Err(Error::Fixed { place: Place::Broken.name().into() });
            }
            Action::Import { text } => *self.current_mut()? = Lab::import(&text)?,
            Action::Curve { name } => self.curves.toggle(&name)?,
            Action::Focus { name } => self.curves.focus_on(&name)?,
            Action::CurveAlpha { value } => self.curves.set_alpha(value),
            Action::Z { value } => self.curves.z = value,
            Action::Dismiss => self.dismiss(),
            Action::Handbook => self.curves.handbook = !self.curves.handbook,
            Action::Predict { on } => self.predict.on = on,
            Action::Neuron { change } => self.neuron.apply(change)?,
            Action::Nudge { change } => self.nudge.apply(change)?,
            Action::Nonlinear { change } => self.nonlinear.apply(change)?,
            Action::Train { change } => self.train.apply(change)?,
            Action::Structure { change } => self.structure.apply(change)?,
            Action::OpenNetwork => {
                self.lab = self.structure.lab().clone();
                self.place = Place::StepByStep;
            }
            Action::Experiments { change } => self.experiments.apply(change)?,
            Action::OpenRun { place } => self.open_run(place)?,
            Action::Broken { change } => {
                self.go(Place::Broken)?;
                self.broken.as_mut().map_or(Ok(()), |broken| broken.apply(change))?;
            }
            Action::OpenMoment { case } => {
                self.lab = Lab::import(&case)?;
                self.place = Place::StepByStep;
            }
            Action::Preset { name } => {
                let lab = self.current_mut()?;
                lab.edit(None, Setup::preset(&name)?, 0)?;
                lab.reset()?;
            }
            edit => self.edit(&edit)?,
        }
        Ok(())
    }

    /// What the place at hand has to warn of has been read.
    fn dismiss(&mut self) {
        if self.place == Place::Train {
            self.train.dismiss();
        } else if let Ok(lab) = self.current_mut() {
            lab.dismiss();
        }
    }

    fn open_run(&mut self, place: Place) -> Result<()> {
        let trial = self.experiments.trial();
        match place {
            Place::Train => self.train.open(trial.setup())?,
            Place::StepByStep => self.lab = Lab::import(&trial.moment()?.write(None))?,
            _ => return Err(Error::range("place", place.name(), Allowed::Index)),
        }
        self.go(place)
    }

    fn reset(&mut self) -> Result<()> {
        if self.place == Place::Start {
            self.lap = Lab::new(Setup::preset("lap")?, StopSize::Lap)?;
            return Ok(());
        }
        self.current_mut()?.reset()
    }

    fn go_on(&mut self, way: Way) -> Result<()> {
        match way {
            Way::EveryNumber => {
                self.lab = Lab::new(Setup::preset("a")?, StopSize::Number)?;
                self.place = Place::StepByStep;
            }
            Way::Softmax => {
                self.lab = Lab::new(Setup::preset("b")?, StopSize::Unit)?;
                self.place = Place::StepByStep;
            }
            Way::Alpha => self.place = Place::Activations,
        }
        Ok(())
    }

    /// On the first lap α and η change all of it, from its start. A parameter that is updated
    /// already is changed for the training step that comes; every other edit begins a new case at
    /// the one at hand.
    fn edit(&mut self, action: &Action) -> Result<()> {
        if self.place == Place::Broken {
            return Err(Error::Fixed { place: Place::Broken.name().into() });
        }
        let slider = matches!(action, Action::Alpha { .. } | Action::Rate { .. });
        let whole = self.place == Place::Start && slider;
        let lab = self.current_mut()?;
        if edit::updated(action).is_some_and(|slot| lab.computed(slot).is_some()) {
            let mut setup = lab.after();
            edit::apply(&mut setup, action)?;
            return lab.edit_next(setup);
        }
        let (mut setup, t) = match whole {
            true => (lab.setup().clone(), lab.at().t),
            false => (lab.here(), 0),
        };
        edit::apply(&mut setup, action)?;
        lab.edit(edit::kind(action), setup, t)
    }
}

/// A value of a control that must be a finite number.
pub(crate) fn finite(place: &str, value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::not_finite(place, value))
}
