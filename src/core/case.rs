//! The JSON case: one training step of a network on a batch, in and out.

use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Allowed, Error, Result};
use crate::json;
use crate::loss::Loss;
use crate::name::{self, Named};
use crate::network::{Layer, LayerActivation, Network};
use crate::trace::{Slot, Trace};

const FORMAT: &str = "gradstep/1";

/// A network, what it should learn from one batch, and how fast. All checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub network: Network,
    pub loss: Loss,
    /// η.
    pub learning_rate: f64,
    pub batch: Samples,
}

/// Samples: one row of inputs and one of targets for each, never empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    pub inputs: Vec<Vec<f64>>,
    pub targets: Vec<Vec<f64>>,
}

impl Samples {
    /// Number of samples.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Checks the shapes against `network` and the targets against `loss`.
    ///
    /// # Errors
    /// None at all, different numbers of inputs and targets, a row of the wrong length, or a
    /// target outside of what the loss allows. `place` stands before `inputs` and `targets`.
    pub fn check(&self, place: &str, network: &Network, loss: Loss) -> Result<()> {
        let count = |place: String, found: usize, wanted: usize, counterpart: &str| {
            let counterpart = counterpart.to_owned();
            Err(Error::Count { place, found, wanted, counterpart })
        };
        if self.inputs.is_empty() {
            let place = format!("{place}inputs");
            return Err(Error::Empty { place });
        }
        let (n_in, n_out) = (network.layers()[0].inputs(), network.last().units());
        if self.targets.len() != self.inputs.len() {
            let counterpart = format!("{place}inputs");
            let place = format!("{place}targets");
            return count(place, self.targets.len(), self.inputs.len(), &counterpart);
        }
        for (s, (x, y)) in self.inputs.iter().zip(&self.targets).enumerate() {
            if x.len() != n_in {
                return count(format!("{place}inputs[{s}]"), x.len(), n_in, "layers[0].weights[0]");
            }
            if y.len() != n_out {
                let counterpart = format!("layers[{}].biases", network.layers().len() - 1);
                return count(format!("{place}targets[{s}]"), y.len(), n_out, &counterpart);
            }
            check_targets(&format!("{place}targets[{s}]"), y, loss)?;
        }
        Ok(())
    }

    /// `count` samples from `start` on, beginning again after the last.
    pub fn batch(&self, start: usize, count: usize) -> Samples {
        let ids = (start..start + count).map(|s| s % self.len());
        Samples {
            inputs: ids.clone().map(|s| self.inputs[s].clone()).collect(),
            targets: ids.map(|s| self.targets[s].clone()).collect(),
        }
    }
}

/// How far softmax's targets may be from summing to 1.
const SUM_TOLERANCE: f64 = 1e-9;

fn check_targets(place: &str, y: &[f64], loss: Loss) -> Result<()> {
    if loss == Loss::HalfSquaredError {
        return Ok(());
    }
    for (k, &y) in y.iter().enumerate() {
        if !(0.0..=1.0).contains(&y) {
            return Err(Error::range(format!("{place}[{k}]"), y, Allowed::UnitInterval));
        }
    }
    let sum: f64 = y.iter().sum();
    if loss == Loss::SoftmaxCrossEntropy && (sum - 1.0).abs() > SUM_TOLERANCE {
        return Err(Error::range(place, sum, Allowed::SumOfOne));
    }
    Ok(())
}

impl Case {
    /// A case whose parts fit together.
    ///
    /// # Errors
    /// A loss that asks for another activation in the last layer, softmax without its loss, a
    /// learning rate that is not finite, samples that don't fit.
    pub fn new(network: Network, loss: Loss, learning_rate: f64, batch: Samples) -> Result<Case> {
        check_pairing(&network, loss)?;
        if !learning_rate.is_finite() {
            return Err(Error::not_finite("learning_rate", learning_rate));
        }
        batch.check("", &network, loss)?;
        Ok(Case { network, loss, learning_rate, batch })
    }

    /// Reads the JSON case, with the page's part if there is one.
    ///
    /// # Errors
    /// Anything that is not as the contract says, named with its place.
    pub fn read(text: &str) -> Result<(Case, Option<Page>)> {
        let file: File = json::read(text)?;
        if file.format != FORMAT {
            return Err(name::unknown("format", &file.format, [FORMAT].into_iter()));
        }
        let loss = Loss::named("loss", &file.loss)?;
        let batch = Samples { inputs: file.inputs, targets: file.targets };
        let case = Case::new(read_layers("", file.layers)?, loss, file.learning_rate, batch)?;
        Ok((case, file.page))
    }

    /// The JSON case, with `page` if there is one.
    pub fn write(&self, page: Option<Page>) -> String {
        let file = File {
            format: FORMAT.into(),
            layers: write_layers(&self.network),
            loss: self.loss.name().into(),
            learning_rate: self.learning_rate,
            inputs: self.batch.inputs.clone(),
            targets: self.batch.targets.clone(),
            page,
        };
        json::write(&file)
    }
}

fn check_pairing(network: &Network, loss: Loss) -> Result<()> {
    let l = network.layers().len() - 1;
    let found = network.last().activation;
    match loss.needs() {
        Some(needed) if needed != found => Err(Error::Pairing {
            place: format!("layers[{l}].activation"),
            found: found.name().into(),
            loss: loss.name().into(),
            needed: needed.name().into(),
        }),
        None if found == LayerActivation::Softmax => {
            Err(Error::Softmax { place: format!("layers[{l}].activation") })
        }
        _ => Ok(()),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    layers: Vec<LayerFile>,
    loss: String,
    learning_rate: f64,
    inputs: Vec<Vec<f64>>,
    targets: Vec<Vec<f64>>,
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    page: Option<Page>,
}

/// A layer as it stands in a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFile {
    weights: Vec<Vec<f64>>,
    biases: Vec<f64>,
    activation: String,
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    alpha: Option<f64>,
}

/// What the page needs, beyond the case, to come back exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// All samples; the case's batch is taken from them.
    pub samples: Samples,
    /// Samples in a batch.
    pub batch: usize,
    /// Where in the samples the first batch began.
    #[serde(default)]
    pub first: usize,
    /// Training step t and the last step of its trace that is shown.
    pub position: [usize; 2],
    pub granularity: String,
    pub seed: u64,
    /// How parameters are drawn from the seed.
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub init: Option<String>,
    /// The parameters at t = 0, where the case's are those of a later t.
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub start: Option<Vec<LayerFile>>,
}

/// Layers from a case; `place` stands before `layers`.
pub fn read_layers(place: &str, files: Vec<LayerFile>) -> Result<Network> {
    let layer = |(l, file): (usize, LayerFile)| {
        let activation = read_activation(&format!("{place}layers[{l}]"), &file)?;
        Layer::new(l, file.weights, file.biases, activation)
    };
    let layers: Result<Vec<Layer>> = files.into_iter().enumerate().map(layer).collect();
    Network::new(layers?)
}

fn read_activation(place: &str, file: &LayerFile) -> Result<LayerActivation> {
    let named = LayerActivation::named(format!("{place}.activation"), &file.activation)?;
    match (file.alpha, named) {
        (None, named) => Ok(named),
        (Some(alpha), LayerActivation::Unitwise(g)) if g.alpha().is_some() => {
            Ok(LayerActivation::Unitwise(g.with_alpha(alpha)))
        }
        _ => Err(Error::NoAlpha {
            place: format!("{place}.alpha"),
            activation: file.activation.clone(),
        }),
    }
}

/// The layers of `network` as they stand in a case.
pub fn write_layers(network: &Network) -> Vec<LayerFile> {
    let write = |layer: &Layer| LayerFile {
        weights: layer.rows().map(<[f64]>::to_vec).collect(),
        biases: layer.biases().to_vec(),
        activation: layer.activation.name().into(),
        alpha: layer.activation.alpha(),
    };
    network.layers().iter().map(write).collect()
}

/// A number in a result: JSON has none for infinities and NaN, so they are strings.
#[derive(Debug, Clone, Copy)]
struct Num(f64);

impl Serialize for Num {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            v if v.is_nan() => serializer.serialize_str("nan"),
            f64::INFINITY => serializer.serialize_str("inf"),
            f64::NEG_INFINITY => serializer.serialize_str("-inf"),
            v => serializer.serialize_f64(v),
        }
    }
}

#[derive(Serialize)]
struct Gradients {
    z: Vec<Vec<Vec<Num>>>,
    a: Vec<Vec<Vec<Num>>>,
    loss: Num,
    dz: Vec<Vec<Vec<Num>>>,
    dw: Vec<Vec<Vec<Num>>>,
    db: Vec<Vec<Num>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dalpha: Option<Vec<Option<Num>>>,
    next: Next,
}

#[derive(Serialize)]
struct Next {
    layers: Vec<NextLayer>,
}

#[derive(Serialize)]
struct NextLayer {
    weights: Vec<Vec<Num>>,
    biases: Vec<Num>,
    activation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alpha: Option<Num>,
}

/// One training step of the JSON case: `{"z", "a", "loss", "dz", "dw", "db", "next"}`, with
/// `dalpha` where a PReLU learns.
///
/// `z`, `a`, `dz` are \[layer\]\[sample\]\[unit\], dz of the sample's own loss; `loss`, `dw`, `db`,
/// `dalpha` are means over the batch; `next.layers` are the updated parameters.
///
/// # Errors
/// Anything wrong with the case (see [`Case::read`]), or a trace too long to record.
pub fn gradient_step(case: &str) -> Result<String> {
    let (case, _) = Case::read(case)?;
    let trace = Trace::record(&case)?;
    let layers = case.network.layers();
    let value = |slot: Slot| Num(trace.value_of(slot).unwrap_or(f64::NAN));
    let units = |of: &dyn Fn(usize, usize, usize) -> Slot| -> Vec<Vec<Vec<Num>>> {
        let row = |l: usize, s: usize| (0..layers[l].units()).map(move |j| value(of(s, l, j)));
        (0..layers.len())
            .map(|l| (0..case.batch.len()).map(|s| row(l, s).collect()).collect())
            .collect()
    };
    let matrix = |l: usize, of: &dyn Fn(usize, usize) -> Slot| -> Vec<Vec<Num>> {
        let row = |j| (0..layers[l].inputs()).map(|i| value(of(j, i))).collect();
        (0..layers[l].units()).map(row).collect()
    };
    let vector = |l: usize, of: &dyn Fn(usize) -> Slot| -> Vec<Num> {
        (0..layers[l].units()).map(|j| value(of(j))).collect()
    };
    let all = 0..layers.len();
    let learned = |l: usize| layers[l].activation.unitwise().is_some_and(|g| g.learns_alpha());
    let next = |l: usize| NextLayer {
        weights: matrix(l, &|j, i| Slot::NextW { l, j, i }),
        biases: vector(l, &|j| Slot::NextB { l, j }),
        activation: layers[l].activation.name(),
        alpha: match learned(l) {
            true => Some(value(Slot::NextAlpha { l })),
            false => layers[l].activation.alpha().map(Num),
        },
    };
    let gradients = Gradients {
        z: units(&|s, l, j| Slot::Z { s, l, j }),
        a: units(&|s, l, j| Slot::A { s, l, j }),
        loss: value(trace.cost()),
        dz: units(&|s, l, j| Slot::DZ { s, l, j }),
        dw: all.clone().map(|l| matrix(l, &|j, i| trace.dw(l, j, i))).collect(),
        db: all.clone().map(|l| vector(l, &|j| trace.db(l, j))).collect(),
        dalpha: all.clone().any(learned).then(|| {
            let dalpha = |l| learned(l).then(|| value(trace.dalpha(l)));
            all.clone().map(dalpha).collect()
        }),
        next: Next { layers: all.map(next).collect() },
    };
    Ok(json::write(&gradients))
}
