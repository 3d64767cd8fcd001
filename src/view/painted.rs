//! The picture of a network as it was painted, and the way from there to the next.

use super::{focus, sample};
use crate::lab::{Lab, Position};
use crate::scene::{Scene, View};
use crate::stops;
use crate::trace::Id;

/// A picture, and the moment that it shows.
#[derive(Debug, Clone)]
pub struct Painted {
    pub scene: Scene,
    at: Position,
    sample: usize,
}

impl Painted {
    /// The picture of `lab`, so many css pixels wide.
    pub fn of(lab: &Lab, width: f64) -> Painted {
        Painted::up_to(lab, lab.at().id, focus(lab), width)
    }

    /// A part `t` of the way from this picture to that of `lab`. Numbers of another sample, or of
    /// the training step before, do not stand beside those that come: then the way begins at the
    /// new sample's own picture.
    pub fn toward(&self, lab: &Lab, next: &Painted, t: f64) -> Scene {
        let here = |one: &Painted| (one.at.t, one.sample);
        if here(self) == here(next) {
            return Scene::between(&self.scene, &next.scene, t);
        }
        let start = stops::start(lab.trace());
        let before = match next.at.t {
            now if now == self.at.t && self.at.id < next.at.id => self.at.id,
            now if now > self.at.t => start,
            // Back to a sample: all that there is was there.
            _ => return next.scene.clone(),
        };
        let opening = Painted::up_to(lab, before, None, next.scene.width);
        Scene::between(&opening.scene, &next.scene, t)
    }

    fn up_to(lab: &Lab, shown: Id, focus: Option<Id>, width: f64) -> Painted {
        let sample = sample(lab);
        let scene = Scene::of(&View {
            case: lab.case(),
            trace: lab.trace(),
            shown,
            sample,
            dead: lab.dead(),
            focus,
            width,
        });
        Painted { scene, at: lab.at(), sample }
    }
}
