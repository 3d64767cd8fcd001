//! What a learner changes in a setup.

use crate::activation::Activation;
use crate::app::{Action, finite};
use crate::case::Samples;
use crate::error::{Allowed, Error, Result};
use crate::lab::Setup;
use crate::loss::Loss;
use crate::name::Named;
use crate::network::{Init, LayerActivation, Network};
use crate::trace::Slot;

/// The most units in a layer, and inputs.
pub const WIDEST: usize = 8;
/// The most samples.
const MOST_SAMPLES: usize = 64;
/// Layers, the inputs among them: at most six hidden ones.
pub const LAYERS: std::ops::RangeInclusive<usize> = 2..=8;

/// Changes `setup` as `action` asks. An action that is no edit changes nothing.
///
/// # Errors
/// An index outside of the network, a number that is not finite, an unknown name, a size that the
/// page can't draw. `setup` may then be half changed: throw it away.
pub fn apply(setup: &mut Setup, action: &Action) -> Result<()> {
    match action {
        Action::Alpha { layer, value, .. } => alpha(setup, *layer, finite("alpha", *value)?),
        Action::Rate { value } => {
            setup.rate = finite("learning_rate", *value)?;
            Ok(())
        }
        Action::Weight { layer, unit, from, value, .. } => {
            let place = format!("layers[{layer}].weights[{unit}][{from}]");
            let layers = setup.network.layers_mut();
            let weight = layers.get_mut(*layer).and_then(|layer| layer.weight_mut(*unit, *from));
            set(weight, place, *value)
        }
        Action::Bias { layer, unit, value, .. } => {
            let place = format!("layers[{layer}].biases[{unit}]");
            let layers = setup.network.layers_mut();
            let bias = layers.get_mut(*layer).and_then(|layer| layer.bias_mut(*unit));
            set(bias, place, *value)
        }
        Action::Input { sample, unit, value } => {
            let place = format!("inputs[{sample}][{unit}]");
            set(entry(&mut setup.samples.inputs, *sample, *unit), place, *value)
        }
        Action::Target { sample, unit, value } => target(setup, *sample, *unit, *value),
        Action::AddSample => add_sample(setup),
        Action::RemoveSample { sample } => remove_sample(setup, *sample),
        Action::Activation { layer, name } => activation(setup, *layer, name),
        Action::Loss { name } => loss(setup, name),
        Action::Sizes { sizes } => resize(setup, sizes),
        Action::Seed { seed } => {
            setup.seed = *seed;
            redraw(setup)
        }
        Action::Init { scheme } => {
            setup.init = Init::named("init", scheme)?;
            redraw(setup)
        }
        Action::Batch { size } => {
            setup.batch = *size;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The number that an update has made of what `action` sets, if it sets a parameter as it stands now.
pub fn updated(action: &Action) -> Option<Slot> {
    match *action {
        Action::Alpha { layer: Some(l), given: false, .. } => Some(Slot::NextAlpha { l }),
        Action::Weight { layer: l, unit: j, from: i, given: false, .. } => {
            Some(Slot::NextW { l, j, i })
        }
        Action::Bias { layer: l, unit: j, given: false, .. } => Some(Slot::NextB { l, j }),
        _ => None,
    }
}

/// What edits have in common that count as one when they follow each other: those of one slider.
/// Each other edit is one by itself.
pub fn kind(action: &Action) -> Option<String> {
    match action {
        Action::Alpha { layer, .. } => Some(format!("alpha {layer:?}")),
        Action::Rate { .. } => Some("rate".into()),
        _ => None,
    }
}

fn set(number: Option<&mut f64>, place: String, value: f64) -> Result<()> {
    let value = finite(&place, value)?;
    let nowhere = Error::range(place, value, Allowed::Index);
    *number.ok_or(nowhere)? = value;
    Ok(())
}

fn entry(rows: &mut [Vec<f64>], row: usize, column: usize) -> Option<&mut f64> {
    rows.get_mut(row)?.get_mut(column)
}

/// α of one layer, or of every Leaky ReLU.
fn alpha(setup: &mut Setup, layer: Option<usize>, value: f64) -> Result<()> {
    let layers = setup.network.layers_mut();
    if let Some(l) = layer {
        let most = layers.len() - 1;
        let beyond = Error::Beyond { place: "layer".into(), found: l, most };
        layers.get_mut(l).ok_or(beyond)?.set_alpha(value);
        return Ok(());
    }
    for layer in layers {
        if let LayerActivation::Unitwise(Activation::LeakyRelu { .. }) = layer.activation {
            layer.set_alpha(value);
        }
    }
    Ok(())
}

/// Sets a target; with two softmax targets the other one follows, so that they sum to 1.
fn target(setup: &mut Setup, sample: usize, unit: usize, value: f64) -> Result<()> {
    let place = format!("targets[{sample}][{unit}]");
    set(entry(&mut setup.samples.targets, sample, unit), place, value)?;
    let row = &mut setup.samples.targets[sample];
    if setup.loss != Loss::SoftmaxCrossEntropy || row.len() == 1 {
        return Ok(());
    }
    let others = (row.len() - 1) as f64;
    for (k, y) in row.iter_mut().enumerate() {
        if k != unit {
            *y = (1.0 - value) / others;
        }
    }
    Ok(())
}

/// One more sample, the last one once more: its numbers are then the learner's to change.
fn add_sample(setup: &mut Setup) -> Result<()> {
    let Samples { inputs, targets } = &mut setup.samples;
    if inputs.len() >= MOST_SAMPLES {
        let allowed = Allowed::Between(1, MOST_SAMPLES);
        return Err(Error::range("samples", inputs.len() + 1, allowed));
    }
    inputs.extend(inputs.last().cloned());
    targets.extend(targets.last().cloned());
    Ok(())
}

/// Takes a sample away; the batch shrinks with what is left, and training goes on with the sample
/// that was next.
fn remove_sample(setup: &mut Setup, sample: usize) -> Result<()> {
    let most = setup.samples.len() - 1;
    if most == 0 {
        return Err(Error::range("samples", 0, Allowed::Between(1, MOST_SAMPLES)));
    }
    if sample > most {
        return Err(Error::Beyond { place: "sample".into(), found: sample, most });
    }
    setup.samples.inputs.remove(sample);
    setup.samples.targets.remove(sample);
    setup.first = (setup.first - usize::from(sample < setup.first)) % most;
    setup.batch = setup.batch.min(most);
    Ok(())
}

fn activation(setup: &mut Setup, l: usize, name: &str) -> Result<()> {
    let chosen = LayerActivation::named(format!("layers[{l}].activation"), name)?;
    let layers = setup.network.layers_mut();
    let most = layers.len() - 1;
    let beyond = Error::Beyond { place: "layer".into(), found: l, most };
    let layer = layers.get_mut(l).ok_or(beyond)?;
    if chosen == LayerActivation::Softmax && l < most {
        return Err(Error::Softmax { place: format!("layers[{l}].activation") });
    }
    layer.activation = chosen;
    if l == most && setup.loss.needs().is_none_or(|needed| needed != chosen) {
        let softmax = chosen == LayerActivation::Softmax;
        setup.loss = if softmax { Loss::SoftmaxCrossEntropy } else { Loss::HalfSquaredError };
        fit_targets(setup);
    }
    Ok(())
}

fn loss(setup: &mut Setup, name: &str) -> Result<()> {
    setup.loss = Loss::named("loss", name)?;
    if let Some(last) = setup.network.layers_mut().last_mut() {
        let softmax = last.activation == LayerActivation::Softmax;
        let plain = softmax.then_some(LayerActivation::Unitwise(Activation::Identity));
        if let Some(needed) = setup.loss.needs().or(plain) {
            last.activation = needed;
        }
    }
    fit_targets(setup);
    Ok(())
}

/// Targets that the loss allows: for cross entropies the largest becomes 1, the others 0.
fn fit_targets(setup: &mut Setup) {
    for row in &mut setup.samples.targets {
        let fits = row.iter().all(|y| (0.0..=1.0).contains(y));
        match setup.loss {
            Loss::HalfSquaredError => {}
            Loss::BinaryCrossEntropy if fits => {}
            Loss::BinaryCrossEntropy => {
                row.iter_mut().for_each(|y| *y = f64::from(u8::from(*y > 0.0)));
            }
            Loss::SoftmaxCrossEntropy if fits && row.iter().sum::<f64>() == 1.0 => {}
            Loss::SoftmaxCrossEntropy => one_hot(row),
        }
    }
}

fn one_hot(row: &mut [f64]) {
    let largest = (1..row.len()).fold(0, |best, k| if row[k] > row[best] { k } else { best });
    for (k, y) in row.iter_mut().enumerate() {
        *y = f64::from(u8::from(k == largest));
    }
}

/// Other layers: the parameters that are there stay and others are drawn, samples lose what no
/// longer fits and gain 0s.
fn resize(setup: &mut Setup, sizes: &[usize]) -> Result<()> {
    if !LAYERS.contains(&sizes.len()) {
        let allowed = Allowed::Between(*LAYERS.start(), *LAYERS.end());
        return Err(Error::range("sizes", sizes.len(), allowed));
    }
    if let Some((l, &size)) = sizes.iter().enumerate().find(|&(_, n)| !(1..=WIDEST).contains(n)) {
        return Err(Error::range(format!("sizes[{l}]"), size, Allowed::Between(1, WIDEST)));
    }
    let old = &setup.network;
    let from = origins(&old.sizes(), sizes);
    setup.network = old.resized(sizes, &from, hidden(old), setup.init, setup.seed)?;
    let (n_in, n_out) = (sizes[0], sizes[sizes.len() - 1]);
    setup.samples.inputs.iter_mut().for_each(|row| row.resize(n_in, 0.0));
    setup.samples.targets.iter_mut().for_each(|row| row.resize(n_out, 0.0));
    fit_targets(setup);
    Ok(())
}

/// Which of the layers of sizes `old` each of those of sizes `new` is: the inputs and the outputs
/// are themselves, and between them those that are alike from either end.
fn origins(old: &[usize], new: &[usize]) -> Vec<Option<usize>> {
    if old.len() == new.len() {
        return (0..new.len()).map(Some).collect();
    }
    let ends = old.len().min(new.len()) - 1;
    let alike = |n: &usize| old[*n] == new[*n];
    let first = 1 + (1..ends).take_while(alike).count();
    let last = ends + 1 - first;
    let gone = new.len() - last;
    let origin = |n: usize| match n {
        n if n < first => Some(n),
        n if n >= gone => Some(n + old.len() - new.len()),
        _ => None,
    };
    (0..new.len()).map(origin).collect()
}

/// The activation that hidden layers of another size get: the first one's.
fn hidden(network: &Network) -> Activation {
    let layers = network.layers();
    let first = if layers.len() > 1 { layers[0].activation.unitwise() } else { None };
    first.unwrap_or(Activation::LeakyRelu { alpha: 0.1 })
}

/// The same network with parameters drawn anew by its scheme and seed.
fn redraw(setup: &mut Setup) -> Result<()> {
    let old = setup.network.clone();
    let (sizes, last) = (old.sizes(), old.last().activation);
    setup.network = Network::drawn(&sizes, hidden(&old), last, setup.init, setup.seed)?;
    for (layer, old) in setup.network.layers_mut().iter_mut().zip(old.layers()) {
        layer.activation = old.activation;
    }
    Ok(())
}
