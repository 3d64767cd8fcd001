//! Heat maps: what every unit of a network makes of a square of the plane, as pictures.
//!
//! All points are evaluated in f32, [`lanes::LANES`] at a time, and coloured at once, so that
//! nothing but the pixels is ever stored. Between two frames nothing is allocated.

mod forward;
mod lanes;
mod oklab;
mod palette;

use serde::Deserialize;

use crate::activation::Activation;
use crate::colour::Colour;
use crate::error::{Allowed, Error, Result};
use crate::feature::Feature;
use crate::name::Named;
use crate::network::{LayerActivation, Network};
use forward::Forward;
use lanes::{LANES, Lanes};
use palette::Range;
pub use palette::{COLOURS, Ends, Palette, Rgba};

/// Points along a side: as many as a picture on a screen may want.
const MOST_POINTS: usize = 512;

/// What the page decides about heat maps.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The names of the network's inputs; see [`Feature`].
    pub features: Vec<String>,
    /// Points along a side, n: 1 to 512.
    pub points: usize,
    /// The square's points have |x₁|, |x₂| ≤ `reach`.
    pub reach: f64,
    pub colours: Ends,
    /// Where the last layer is softmax, a colour for each class: the answer is then one image of
    /// the likeliest class.
    #[serde(default)]
    pub classes: Vec<Colour>,
}

/// The heat maps of one network: an image of n × n pixels for each input and each unit.
pub struct HeatMaps {
    forward: Forward,
    palette: Palette,
    points: usize,
    /// The inputs' values: for each block of points, one entry an input. The last block is
    /// filled up.
    inputs: Vec<Lanes>,
    /// One for each image.
    ranges: Vec<Range>,
    /// The images, one after the other: the inputs', then the units', layer by layer. The first
    /// row is that of the largest x₂, the first pixel that of the least x₁. The answer comes
    /// last, where it is an image of its own.
    pixels: Vec<Rgba>,
    /// From the middle's colour to that of each class; empty where the answer is the last unit's image.
    classes: Vec<Palette>,
}

impl HeatMaps {
    /// The heat maps of `network`, not yet painted.
    ///
    /// # Errors
    /// An unknown feature, another number of features than of inputs, a number of points or a
    /// reach that makes no picture.
    pub fn new(network: &Network, spec: &Spec) -> Result<HeatMaps> {
        let features = features(network, spec)?;
        if !(1..=MOST_POINTS).contains(&spec.points) {
            let allowed = Allowed::Between(1, MOST_POINTS);
            return Err(Error::range("points", spec.points, allowed));
        }
        if !(spec.reach > 0.0 && spec.reach <= 1e6) {
            let allowed = Allowed::Drawable("above 0 and at most 1e6");
            return Err(Error::range("reach", spec.reach, allowed));
        }
        let ranges = ranges(network, &features, spec.reach);
        let classes = classes(network, spec);
        let images = ranges.len() + usize::from(!classes.is_empty());
        Ok(HeatMaps {
            forward: Forward::new(network),
            palette: Palette::new(&spec.colours),
            points: spec.points,
            inputs: inputs(&features, spec.points, spec.reach),
            pixels: vec![[0; 4]; images * spec.points * spec.points],
            ranges,
            classes,
        })
    }

    /// Number of images: of inputs and units, and of the answer where it has its own.
    pub fn count(&self) -> usize {
        self.ranges.len() + usize::from(!self.classes.is_empty())
    }

    /// The image of what the network answers.
    pub fn answer(&self) -> usize {
        self.count() - 1
    }

    /// The colours of values, from the least to the largest.
    pub fn table(&self) -> &[Rgba; COLOURS] {
        self.palette.table()
    }

    /// n, the pixels along a side of each image.
    pub fn points(&self) -> usize {
        self.points
    }

    /// Takes other colours; the next [`HeatMaps::update`] uses them.
    pub fn set_colours(&mut self, ends: &Ends) {
        self.palette = Palette::new(ends);
    }

    /// Paints all images anew, for the parameters of `network`, which must be of the same shape
    /// as the one at first.
    pub fn update(&mut self, network: &Network) {
        self.forward.update(network);
        let area = self.points * self.points;
        let features = self.forward.inputs().len();
        for (block, inputs) in self.inputs.chunks_exact(features).enumerate() {
            self.forward.inputs().copy_from_slice(inputs);
            let pixels = block * LANES..area.min((block + 1) * LANES);
            let values = self.forward.run();
            let (units, answer) = self.pixels.split_at_mut(self.ranges.len() * area);
            let images = units.chunks_exact_mut(area);
            for ((values, range), image) in values.iter().zip(&self.ranges).zip(images) {
                self.palette.paint(values, *range, &mut image[pixels.clone()]);
            }
            if !self.classes.is_empty() {
                let outputs = &values[values.len() - self.classes.len()..];
                palette::paint_likeliest(&self.classes, outputs, &mut answer[pixels]);
            }
        }
    }

    /// All images, one below the other: n × (n · count) pixels.
    pub fn all(&self) -> &[Rgba] {
        &self.pixels
    }

    /// The image of an input or a unit, n × n pixels; `None` beyond the last.
    pub fn image(&self, index: usize) -> Option<&[Rgba]> {
        self.pixels.chunks_exact(self.points * self.points).nth(index)
    }
}

fn features(network: &Network, spec: &Spec) -> Result<Vec<Feature>> {
    let (found, wanted) = (spec.features.len(), network.layers()[0].inputs());
    if found != wanted {
        let (place, counterpart) = ("features".into(), "layers[0].weights[0]".into());
        return Err(Error::Count { place, found, wanted, counterpart });
    }
    let names = spec.features.iter().enumerate();
    names.map(|(i, name)| Feature::named(format!("features[{i}]"), name)).collect()
}

/// A palette for each class of softmax, if there are colours for all.
fn classes(network: &Network, spec: &Spec) -> Vec<Palette> {
    let last = network.last();
    if last.activation != LayerActivation::Softmax || spec.classes.len() < last.units() {
        return vec![];
    }
    let palette = |&colour: &Colour| {
        Palette::new(&Ends { negative: colour, positive: colour, ..spec.colours })
    };
    spec.classes[..last.units()].iter().map(palette).collect()
}

/// The square's points are the middles of the pixels.
fn inputs(features: &[Feature], points: usize, reach: f64) -> Vec<Lanes> {
    let area = points * points;
    let middle = |i: usize| reach * ((2 * i + 1) as f64 / points as f64 - 1.0);
    let point = |p: usize| [middle(p % points), -middle(p / points)];
    let blocks = 0..area.div_ceil(LANES);
    let block = |block: usize| {
        let lanes = move |feature: &Feature| {
            std::array::from_fn(|k| feature.at(point((block * LANES + k).min(area - 1))) as f32)
        };
        features.iter().map(lanes)
    };
    blocks.flat_map(block).collect()
}

/// An input's range is its largest on the square; a unit's lies between its limits where they
/// are 0 and 1, and else between −1 and 1, whatever lies beyond.
fn ranges(network: &Network, features: &[Feature], reach: f64) -> Vec<Range> {
    let input = |feature: &Feature| Range::new(-feature.bound(reach), feature.bound(reach));
    let units = network.layers().iter().flat_map(|layer| {
        let least = match layer.activation {
            LayerActivation::Softmax => 0.0,
            LayerActivation::Unitwise(Activation::Sigmoid | Activation::Step) => 0.0,
            LayerActivation::Unitwise(_) => -1.0,
        };
        std::iter::repeat_n(Range::new(least, 1.0), layer.units())
    });
    features.iter().map(input).chain(units).collect()
}
