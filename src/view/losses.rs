//! The losses of a training by epoch, as a picture: places are parts of its width and height, from
//! its upper left corner.

use serde::Serialize;

use super::scale::{Scale, Tick, turned};
use crate::math;
use crate::number;
use crate::train::{Record, Snapshot};

/// The least distance of two numbers below the axis, as a part of its length; the last is longer.
const APART: f64 = 0.08;
const LAST_APART: f64 = 0.16;

/// The chart and all that can be read in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Losses {
    across: Vec<Tick>,
    up: Vec<Tick>,
    points: Vec<Point>,
}

/// The end of an epoch, or where the run is now. A loss that has no place is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Point {
    at: f64,
    train: Option<f64>,
    test: Option<f64>,
    epoch: String,
    train_text: String,
    test_text: Option<String>,
}

/// Epochs, and what they are called.
struct Moment {
    epochs: f64,
    name: String,
    train: f64,
    test: Option<f64>,
}

/// The losses of `snapshot`, which is so many epochs from the start.
pub fn losses(snapshot: &Snapshot, (epochs, name): (f64, String), log: bool) -> Losses {
    let all = moments(snapshot, epochs, name);
    let last = all.last().map_or(0.0, |moment| moment.epochs);
    let across = Epochs(if last > 1.0 { last } else { 1.0 });
    let each = all.iter().flat_map(|moment| [Some(moment.train), moment.test]).flatten();
    let up = match log {
        true => Scale::log(each),
        false => Scale::linear(each.chain([0.0])),
    };
    let height = |loss: f64| (!log || loss > 0.0).then(|| 1.0 - up.at(loss));
    let point = |moment: &Moment| Point {
        at: across.at(moment.epochs),
        train: height(moment.train),
        test: moment.test.and_then(height),
        epoch: moment.name.clone(),
        train_text: number::fine(moment.train),
        test_text: moment.test.map(number::fine),
    };
    Losses {
        across: across.ticks(),
        up: turned(up.ticks(4.0)),
        points: all.iter().map(point).collect(),
    }
}

fn moments(snapshot: &Snapshot, epochs: f64, name: String) -> Vec<Moment> {
    let before = snapshot.history.iter().filter(|record| (record.epoch as f64) < epochs);
    let moment = |&Record { epoch, train, test }: &Record| Moment {
        epochs: epoch as f64,
        name: epoch.to_string(),
        train,
        test,
    };
    let (train, test) = (snapshot.train.loss, snapshot.test.map(|test| test.loss));
    before.map(moment).chain([Moment { epochs, name, train, test }]).collect()
}

/// The axis of epochs, from 0 to the last: logarithmic, so that the first ones, in which most is
/// learned, keep their place however many follow.
struct Epochs(f64);

impl Epochs {
    fn at(&self, epochs: f64) -> f64 {
        math::ln_1p(epochs) / math::ln_1p(self.0)
    }

    /// The ends; between them powers of ten, five and two times these as far as there is room.
    fn ticks(&self) -> Vec<Tick> {
        let tick = |value: f64| Tick { at: self.at(value), text: number::short(value) };
        let mut ticks = vec![tick(0.0)];
        for times in [1.0, 5.0, 2.0] {
            let mut value = times;
            while value < self.0 {
                let new = tick(value);
                let apart = |old: &Tick| (old.at - new.at).abs() >= APART;
                if ticks.iter().all(apart) && new.at <= 1.0 - LAST_APART {
                    ticks.push(new);
                }
                value *= 10.0;
            }
        }
        ticks.push(tick(self.0));
        ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
        ticks
    }
}
