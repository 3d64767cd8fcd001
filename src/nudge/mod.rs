//! The chapter "Nudge": one parameter of network A moves, the loss answers, and what the answer is
//! good for. Nothing here asks backpropagation, but for the gradients of the second part.

mod change;
mod measure;
pub mod plot;

pub use change::Change;
pub use measure::{Corner, Quotient, SMALL, Side, TINY};

use crate::case::Case;
use crate::error::{Allowed, Error, Result};
use crate::lab::{Lab, Position, Setup};
use crate::presets::{self, Preset};
use crate::stops::StopSize;
use crate::trace::{Slot, Trace};
use crate::train::Parameter;

/// How far a parameter can be nudged, to either side.
pub const REACH: f64 = 2.0;
/// The largest η of the second part.
pub const FASTEST: f64 = 2.0;
/// The same where one looks closer.
const CLOSE: f64 = 0.2;
/// How far one press of a button moves the parameter: what can be chosen.
pub const EPSILONS: [f64; 4] = [0.1, 0.01, 0.001, 0.0001];

/// Which parameter is nudged, from where, how far; and the step that all of them take.
#[derive(Debug, Clone)]
pub struct Nudge {
    /// Network A on its first sample, with the parameter where the nudge starts from.
    case: Case,
    trace: Trace,
    parameter: Parameter,
    shift: f64,
    epsilon: f64,
    rate: f64,
    /// Whether the gradients of all nine parameters are asked for.
    all: bool,
    /// Whether the second part shows every η that there is.
    wide: bool,
}

/// w₁₁ of the first layer: the one that the page's text speaks of.
pub const FIRST: Parameter = Parameter::Weight { layer: 0, unit: 0, from: 0 };

impl Nudge {
    /// The start of the chapter: w₁₁, not moved yet.
    ///
    /// # Errors
    /// None that a user can cause: the preset fits.
    pub fn new() -> Result<Nudge> {
        let case = original()?;
        let trace = Trace::record(&case)?;
        Ok(Nudge {
            case,
            trace,
            parameter: FIRST,
            shift: 0.0,
            epsilon: 0.01,
            rate: 0.01,
            all: false,
            wide: false,
        })
    }

    /// The parameter at hand.
    pub fn parameter(&self) -> Parameter {
        self.parameter
    }

    /// How far it is moved from its start.
    pub fn shift(&self) -> f64 {
        self.shift
    }

    /// How far one press moves it.
    pub fn epsilon(&self) -> f64 {
        self.epsilon
    }

    /// η of the second part.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The largest η that the chart of the second part shows.
    pub fn fastest(&self) -> f64 {
        if self.wide { FASTEST } else { CLOSE }
    }

    /// Whether that is every η that there is.
    pub fn wide(&self) -> bool {
        self.wide
    }

    /// Whether all gradients are shown.
    pub fn all(&self) -> bool {
        self.all
    }

    /// The network before the nudge, with its sample.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Its numbers.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Where the nudge starts from.
    pub fn start(&self) -> f64 {
        self.value(self.parameter)
    }

    /// Where the parameter starts from in network A itself.
    pub fn own_start(&self) -> f64 {
        let own = original().ok().and_then(|case| self.parameter.of(&case.network));
        own.unwrap_or(f64::NAN)
    }

    /// A parameter's value before the nudge.
    pub fn value(&self, parameter: Parameter) -> f64 {
        self.trace.value_of(slot(parameter)).unwrap_or(f64::NAN)
    }

    /// The loss before the nudge.
    pub fn loss(&self) -> f64 {
        self.trace.value_of(self.trace.cost()).unwrap_or(f64::NAN)
    }

    /// All parameters: layer by layer the weights, row by row, then the biases.
    pub fn parameters(&self) -> Vec<Parameter> {
        let layers = self.case.network.layers().iter().enumerate();
        let of_layer = |(layer, one): (usize, &crate::network::Layer)| {
            let inputs = one.inputs();
            let row =
                move |unit| (0..inputs).map(move |from| Parameter::Weight { layer, unit, from });
            let biases = (0..one.units()).map(move |unit| Parameter::Bias { layer, unit });
            (0..one.units()).flat_map(row).chain(biases).collect::<Vec<_>>()
        };
        layers.flat_map(of_layer).collect()
    }

    /// The case after the nudge.
    ///
    /// # Errors
    /// None that a user can cause: the parameter is there and finite.
    pub fn nudged(&self) -> Result<Case> {
        let mut case = self.case.clone();
        set(&mut case, self.parameter, self.start() + self.shift)?;
        Ok(case)
    }

    /// The network after the nudge, computed as far as its loss, with the parameter in the card.
    ///
    /// # Errors
    /// None that a user can cause: the parameter is there and finite.
    pub fn lab(&self) -> Result<Lab> {
        let network = self.nudged()?.network;
        let mut lab = Lab::new(Setup { network, ..Setup::preset("lap")? }, StopSize::Pass)?;
        let trace = lab.trace();
        let [loss, parameter] = [trace.cost(), slot(self.parameter)].map(|slot| trace.find(slot));
        lab.go(Position { t: 0, id: loss.unwrap_or(0) })?;
        lab.show(parameter.unwrap_or(0))?;
        Ok(lab)
    }

    /// Takes another parameter, or the same at another start: nothing is moved yet.
    fn stand(&mut self, parameter: Parameter, start: Option<f64>) -> Result<()> {
        let mut case = original()?;
        let own = parameter.of(&case.network);
        let own = own.ok_or_else(|| Error::range("parameter", name(parameter), Allowed::Index))?;
        set(&mut case, parameter, start.unwrap_or(own))?;
        self.trace = Trace::record(&case)?;
        self.case = case;
        self.parameter = parameter;
        self.shift = 0.0;
        Ok(())
    }
}

/// Network A on its first sample.
fn original() -> Result<Case> {
    let none = || Error::range("preset", "lap", Allowed::Index);
    Preset::case(&presets::preset("lap").ok_or_else(none)?)
}

fn set(case: &mut Case, parameter: Parameter, value: f64) -> Result<()> {
    let layers = case.network.layers_mut();
    let place = match parameter {
        Parameter::Weight { layer, unit, from } => {
            layers.get_mut(layer).and_then(|layer| layer.weight_mut(unit, from))
        }
        Parameter::Bias { layer, unit } => {
            layers.get_mut(layer).and_then(|layer| layer.bias_mut(unit))
        }
    };
    let nowhere = || Error::range("parameter", name(parameter), Allowed::Index);
    *place.ok_or_else(nowhere)? = value;
    Ok(())
}

/// The slot of a parameter.
pub fn slot(parameter: Parameter) -> Slot {
    match parameter {
        Parameter::Weight { layer: l, unit: j, from: i } => Slot::W { l, j, i },
        Parameter::Bias { layer: l, unit: j } => Slot::B { l, j },
    }
}

/// The parameter in a slot, if it holds one, old or new.
pub fn parameter(slot: Slot) -> Option<Parameter> {
    match slot {
        Slot::W { l, j, i } | Slot::NextW { l, j, i } => {
            Some(Parameter::Weight { layer: l, unit: j, from: i })
        }
        Slot::B { l, j } | Slot::NextB { l, j } => Some(Parameter::Bias { layer: l, unit: j }),
        _ => None,
    }
}

/// A parameter in a link: `w1.2.1` or `b1.2`, counted from 1: layer, unit, input.
pub fn name(parameter: Parameter) -> String {
    match parameter {
        Parameter::Weight { layer, unit, from } => {
            format!("w{}.{}.{}", layer + 1, unit + 1, from + 1)
        }
        Parameter::Bias { layer, unit } => format!("b{}.{}", layer + 1, unit + 1),
    }
}
