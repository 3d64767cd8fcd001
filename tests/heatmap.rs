//! Heat maps against the network itself in f64.

use gradstep::activation::Activation;
use gradstep::feature::Feature;
use gradstep::heatmap::{COLOURS, Ends, HeatMaps, Palette, Rgba, Spec};
use gradstep::math;
use gradstep::name::Named;
use gradstep::network::{Init, LayerActivation, Network};
use serde_json::json;

const REACH: f64 = 6.0;

fn ends() -> Ends {
    let ends = json!({"negative": "#b34700", "neutral": "#fcfcfb", "positive": "#0072b2"});
    serde_json::from_value(ends).unwrap()
}

fn spec(features: &[Feature], points: usize) -> Spec {
    let features = features.iter().map(|feature| feature.name().into()).collect();
    Spec { features, points, reach: REACH, colours: ends(), classes: vec![] }
}

fn drawn(sizes: &[usize], hidden: Activation, last: LayerActivation, seed: u64) -> Network {
    let mut network = Network::drawn(sizes, hidden, last, Init::Xavier, seed).unwrap();
    for (l, layer) in network.layers_mut().iter_mut().enumerate() {
        for j in 0..layer.units() {
            *layer.bias_mut(j).unwrap() = 0.3 * ((l + 2 * j) % 5) as f64 - 0.6;
        }
    }
    network
}

/// a of the inputs and of all units, in f64.
fn forward(network: &Network, inputs: Vec<f64>) -> Vec<f64> {
    let mut all = inputs.clone();
    let mut below = inputs;
    for layer in network.layers() {
        let z = layer.rows().zip(layer.biases());
        let z = z.map(|(row, b)| row.iter().zip(&below).map(|(w, a)| w * a).sum::<f64>() + b);
        below = match layer.activation {
            LayerActivation::Unitwise(g) => z.map(|z| g.value(z)).collect(),
            LayerActivation::Softmax => {
                let e: Vec<f64> = z.map(math::exp).collect();
                let sum: f64 = e.iter().sum();
                e.iter().map(|e| e / sum).collect()
            }
        };
        all.extend(&below);
    }
    all
}

/// The network's value for each image at a pixel's middle.
fn exact(network: &Network, features: &[Feature], points: usize, pixel: usize) -> Vec<f64> {
    let along = |i: usize| 2.0 * REACH * (i as f64 + 0.5) / points as f64;
    let point = [along(pixel % points) - REACH, REACH - along(pixel / points)];
    forward(network, features.iter().map(|feature| feature.at(point)).collect())
}

/// The entry of the table for a value between two limits.
fn entry(value: f64, [from, to]: [f64; 2]) -> usize {
    ((value - from) / (to - from) * COLOURS as f64).clamp(0.0, COLOURS as f64 - 1.0) as usize
}

/// Every pixel has the colour of the exact value, or that beside it where the value lies within
/// f32's error of the boundary of both.
fn check(network: &Network, features: &[Feature], points: usize) {
    let mut maps = HeatMaps::new(network, &spec(features, points)).unwrap();
    maps.update(network);
    assert_eq!(maps.count(), network.sizes().iter().sum::<usize>());
    assert_eq!(maps.all().len(), maps.count() * points * points);
    let palette = Palette::new(&ends());
    let unit = |g: LayerActivation| match g.name() {
        "sigmoid" | "step" | "softmax" => [0.0, 1.0],
        _ => [-1.0, 1.0],
    };
    let layers = network.layers().iter();
    let units = layers.flat_map(|l| std::iter::repeat_n(unit(l.activation), l.units()));
    let inputs = features.iter().map(|f| [-f.bound(REACH), f.bound(REACH)]);
    let ranges: Vec<_> = inputs.chain(units).collect();
    for pixel in 0..points * points {
        let values = exact(network, features, points, pixel);
        for (i, (value, range)) in values.iter().zip(&ranges).enumerate() {
            let found = maps.image(i).unwrap()[pixel];
            let near = 1e-5 * math::max([1.0, value.abs()].into_iter());
            let allowed = [-near, near].map(|off| palette.table()[entry(value + off, *range)]);
            assert!(allowed.contains(&found), "image {i}, pixel {pixel}: {value}, {found:?}");
        }
    }
}

#[test]
fn every_pixel_of_every_unit_has_the_colour_of_the_exact_value() {
    let smooth = Activation::ALL.into_iter().filter(|g| *g != Activation::Step);
    for (seed, g) in smooth.enumerate() {
        let last = LayerActivation::Unitwise(Activation::Tanh);
        let network = drawn(&[2, 8, 8, 8, 8, 8, 8, 1], g, last, seed as u64);
        check(&network, &[Feature::X1, Feature::X2], 20);
    }
}

#[test]
fn every_feature_softmax_and_a_last_block_in_part_are_as_exact() {
    let network = drawn(&[7, 5, 3], Activation::Tanh, LayerActivation::Softmax, 3);
    for points in [1, 3, 13, 16] {
        check(&network, &Feature::ALL, points);
    }
}

#[test]
fn x1_grows_to_the_right_and_x2_upwards() {
    let network = drawn(&[2, 1], Activation::Tanh, LayerActivation::Softmax, 0);
    let mut maps = HeatMaps::new(&network, &spec(&[Feature::X1, Feature::X2], 2)).unwrap();
    maps.update(&network);
    // Middles of the pixels: ±3 of ±6.
    let (low, high) = (Palette::new(&ends()).table()[64], Palette::new(&ends()).table()[192]);
    assert_eq!(maps.image(0).unwrap(), [low, high, low, high]);
    assert_eq!(maps.image(1).unwrap(), [high, high, low, low]);
    assert_eq!(maps.image(3), None);
}

#[test]
fn new_parameters_and_new_colours_are_painted_by_the_next_update() {
    let last = LayerActivation::Unitwise(Activation::Identity);
    let mut network = drawn(&[2, 1], Activation::Tanh, last, 0);
    let mut maps = HeatMaps::new(&network, &spec(&[Feature::X1, Feature::X2], 4)).unwrap();
    let output = |maps: &HeatMaps| -> Vec<Rgba> { maps.image(2).unwrap().to_vec() };
    let table = |ends: &Ends| *Palette::new(ends).table();
    for (i, weight) in [0.0, 0.0].into_iter().enumerate() {
        *network.layers_mut()[0].weight_mut(0, i).unwrap() = weight;
    }
    *network.layers_mut()[0].bias_mut(0).unwrap() = 0.5;
    maps.update(&network);
    assert_eq!(output(&maps), [table(&ends())[192]; 16]);
    *network.layers_mut()[0].bias_mut(0).unwrap() = f64::NAN;
    maps.update(&network);
    assert_eq!(output(&maps), [table(&ends())[128]; 16]);
    *network.layers_mut()[0].bias_mut(0).unwrap() = -1e-3;
    let two = Ends { discrete: true, ..ends() };
    maps.set_colours(&two);
    maps.update(&network);
    assert_eq!(output(&maps), [table(&two)[0]; 16]);
}

#[test]
fn what_makes_no_picture_is_named_with_its_place() {
    let network = drawn(&[2, 1], Activation::Tanh, LayerActivation::Softmax, 0);
    let good = spec(&[Feature::X1, Feature::X2], 4);
    let refused =
        |spec: Spec| HeatMaps::new(&network, &spec).err().map(|error| error.to_string()).unwrap();
    let named = |names: &[&str]| {
        let features = names.iter().map(|name| name.to_string()).collect();
        refused(Spec { features, ..good.clone() })
    };
    assert!(named(&["x1"]).starts_with("features: 1 entries, but 2 are needed"));
    assert!(named(&["x1", "x3"]).starts_with("features[1]: \"x3\" is not one of x1, x2,"));
    for points in [0, 513] {
        assert!(refused(Spec { points, ..good.clone() }).starts_with("points: "));
    }
    for reach in [0.0, -1.0, f64::NAN, 1e7] {
        assert!(refused(Spec { reach, ..good.clone() }).starts_with("reach: "));
    }
}

#[test]
fn a_flat_list_of_parameters_sets_each_one_or_none() {
    let last = LayerActivation::Unitwise(Activation::Prelu { alpha: 0.25 });
    let mut network = drawn(&[2, 2, 1], Activation::Tanh, last, 0);
    let before = network.clone();
    let error = network.set_parameters(&[0.0; 9]).unwrap_err().to_string();
    assert!(error.starts_with("parameters: 9 entries, but 10 are needed"), "{error}");
    assert_eq!(network, before);
    let flat: Vec<f64> = (1..=10).map(f64::from).collect();
    network.set_parameters(&flat).unwrap();
    let [hidden, last] = network.layers() else { panic!("two layers") };
    assert_eq!((hidden.weight(0, 1), hidden.weight(1, 0), hidden.bias(1)), (2.0, 3.0, 6.0));
    assert_eq!((last.weight(0, 1), last.bias(0)), (8.0, 9.0));
    assert_eq!(last.activation.alpha(), Some(10.0));
}
