//! Units that no sample of the data wakes.

use crate::activation::Activation;
use crate::case::Samples;
use crate::network::{LayerActivation, Network};

/// Whether each unit, layer by layer, is dead: inactive for every one of `samples`, and nothing
/// passes back through it for any. With α ≠ 0 an inactive unit still learns, so it is not dead.
pub(super) fn dead(network: &Network, samples: &Samples) -> Vec<Vec<bool>> {
    let asleep = |g: LayerActivation, z: f64| match g {
        LayerActivation::Unitwise(Activation::Step) | LayerActivation::Softmax => false,
        LayerActivation::Unitwise(g) => g.inactive(z) && g.slope(z) == 0.0,
    };
    let layers = network.layers();
    let mut dead: Vec<Vec<bool>> = layers.iter().map(|layer| vec![true; layer.units()]).collect();
    for x in &samples.inputs {
        for ((layer, dead), z) in layers.iter().zip(&mut dead).zip(network.sums(x)) {
            for (dead, z) in dead.iter_mut().zip(z) {
                *dead &= asleep(layer.activation, z);
            }
        }
    }
    dead
}
