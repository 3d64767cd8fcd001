//! The chapter "Network": counts, products, the nested expression, and the editor's bounds.

use gradstep::app::State;
use gradstep::network::Network;
use gradstep::structure::picture::Picture;
use gradstep::structure::{
    Change, Equation, Focus, Matrix, Part, Pass, Plan, Preset, Source, Structure, Way, nested,
};
use gradstep::trace::{Slot, Trace};
use gradstep::{formula, link, view};
use serde_json::{Value, json};

const FIGURE_7: [usize; 7] = [4, 4, 5, 6, 4, 3, 3];

/// Networks of all kinds: from none to six hidden layers, from one unit to eight.
fn shapes() -> Vec<Vec<usize>> {
    vec![
        vec![1, 1],
        vec![3, 2],
        vec![2, 2, 1],
        FIGURE_7.to_vec(),
        vec![8, 1, 8, 3],
        vec![1, 8, 8, 8, 8, 8, 8, 8],
        vec![8, 7, 6, 5, 4, 3, 2, 1],
    ]
}

fn own(sizes: &[usize]) -> Structure {
    let plan = Plan { sizes: sizes.to_vec(), seed: 3, ..Preset::Figure7.plan() };
    Structure::new(Source::of(plan)).unwrap()
}

fn all() -> impl Iterator<Item = Structure> {
    let presets = [Preset::Figure7, Preset::A].map(Source::Preset).map(Structure::new);
    let own = shapes().into_iter().map(|sizes| own(&sizes));
    presets.into_iter().map(Result::unwrap).chain(own)
}

fn frame(structure: &Structure) -> Value {
    let state = State {
        structure: structure.clone(),
        place: gradstep::app::Place::Network,
        ..State::new().unwrap()
    };
    serde_json::to_value(view::frame(&state, None)).unwrap()
}

/// Every part of a network, counted out.
fn parts(sizes: &[usize]) -> Vec<Part> {
    let mut parts = vec![];
    for (l, &units) in sizes.iter().enumerate() {
        parts.push(Part::Layer { l });
        for j in 0..units {
            parts.push(Part::Unit { l, j });
            for i in 0..(if l > 0 { sizes[l - 1] } else { 0 }) {
                parts.push(Part::Weight { l, j, i });
            }
        }
    }
    parts
}

#[test]
fn parameters_are_as_many_as_there_are_edges_and_units_that_are_no_inputs() {
    for structure in all() {
        let sizes = structure.sizes();
        let parts = parts(&sizes);
        let frame = frame(&structure);
        let mut total = 0;
        for l in 0..sizes.len() {
            let is_parameter = |part: &&Part| match part {
                Part::Layer { .. } => false,
                Part::Unit { .. } => l > 0 && part.layer() == l,
                Part::Weight { .. } => part.layer() == l,
            };
            let count = parts.iter().filter(is_parameter).count();
            assert_eq!(frame["counts"]["rows"][l]["count"], count, "{sizes:?}, layer {l}");
            total += count;
        }
        assert_eq!(frame["counts"]["total"], total, "{sizes:?}");
        assert_eq!(structure.lab().case().network.flat().len(), total, "{sizes:?}");
    }
}

#[test]
fn figure_7_has_6_layers_and_136_parameters() {
    let structure = Structure::new(Source::Preset(Preset::Figure7)).unwrap();
    assert_eq!(structure.sizes(), FIGURE_7);
    let frame = frame(&structure);
    let rows = frame["counts"]["rows"].as_array().unwrap();
    let counts: Vec<u64> = rows.iter().map(|row| row["count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [0, 20, 25, 36, 28, 15, 12]);
    let shapes: Vec<&str> = rows[1..].iter().map(|row| row["w"].as_str().unwrap()).collect();
    assert_eq!(
        shapes,
        ["4 × 4", "5 × 4", "6 × 5", "4 × 6", "3 × 4", "3 × 3"]
            .map(|shape| shape.replace(' ', "\u{a0}"))
    );
    assert_eq!(frame["counts"]["total"], 136);
    assert_eq!(frame["counts"]["counted"]["args"]["depth"]["text"], "6");
    assert_eq!(frame["counts"]["counted"]["args"]["hidden"]["text"], "5");
    assert_eq!(frame["picture"]["edges"].as_array().unwrap().len(), 136 - 25);
    assert_eq!(frame["picture"]["units"].as_array().unwrap().len(), 29);
}

#[test]
fn figure_7_drawn_from_its_plan_is_the_stepper_s() {
    let plan = Preset::Figure7.plan();
    let preset = Source::Preset(Preset::Figure7);
    assert_eq!(plan.setup().unwrap().network, preset.setup().unwrap().network);
    assert_eq!(Source::of(plan), preset);
}

/// Values of a matrix's ids.
fn values(trace: &Trace, matrix: &Matrix) -> Vec<Vec<f64>> {
    let row = |ids: &Vec<u32>| ids.iter().map(|&id| trace.value(id)).collect();
    matrix.rows.iter().map(row).collect()
}

/// left · right + plus, term by term from the left.
fn multiplied(trace: &Trace, equation: &Equation) -> Vec<Vec<f64>> {
    let (left, right) = (values(trace, &equation.left), values(trace, &equation.right));
    let plus = equation.plus.as_ref().map(|plus| values(trace, plus));
    let entry = |r: usize, c: usize| {
        let mut sum = left[r][0] * right[0][c];
        for k in 1..right.len() {
            sum += left[r][k] * right[k][c];
        }
        plus.as_ref().map_or(sum, |plus| sum + plus[r][c])
    };
    (0..left.len()).map(|r| (0..right[0].len()).map(|c| entry(r, c)).collect()).collect()
}

fn bits(rows: Vec<Vec<f64>>) -> Vec<Vec<u64>> {
    rows.iter().map(|row| row.iter().map(|v| v.to_bits()).collect()).collect()
}

#[test]
fn each_product_is_the_trace_s_result_to_the_bit_whole_and_by_rows() {
    for structure in all() {
        let (sizes, trace) = (structure.sizes(), structure.lab().trace());
        let network = &structure.lab().case().network;
        for l in 1..sizes.len() {
            let focus = Focus { l, row: None, column: None };
            for pass in [Pass::Forward, Pass::Backward, Pass::Gradient] {
                let equation = Equation::of(trace, &sizes, pass, focus);
                if pass == Pass::Backward && l == 1 {
                    assert_eq!(equation.map(|e| e.result.l), None, "nobody needs da[0]");
                    continue;
                }
                let equation = equation.unwrap();
                let result = values(trace, &equation.result);
                let wanted = |r: usize, c: usize| match pass {
                    Pass::Forward => Slot::Z { s: 0, l: l - 1, j: r },
                    Pass::Backward => Slot::DA { s: 0, l: l - 2, j: r },
                    Pass::Gradient => Slot::DW { s: 0, l: l - 1, j: r, i: c },
                };
                for (r, row) in result.iter().enumerate() {
                    for (c, &value) in row.iter().enumerate() {
                        let kept = trace.value_of(wanted(r, c)).unwrap();
                        assert_eq!(value.to_bits(), kept.to_bits());
                    }
                }
                let product = multiplied(trace, &equation);
                assert_eq!(bits(product.clone()), bits(result.clone()), "{sizes:?} {pass:?} {l}");
                for (r, row) in product.into_iter().enumerate() {
                    let one = equation.only(r);
                    assert_eq!(bits(values(trace, &one.result)), bits(vec![row.clone()]));
                    assert_eq!(bits(multiplied(trace, &one)), bits(vec![row]));
                }
                let [rows, columns] = equation.left.shape();
                assert_eq!(columns, equation.right.shape()[0]);
                assert_eq!([rows, equation.right.shape()[1]], equation.result.shape());
            }
            let forward = Equation::of(trace, &sizes, Pass::Forward, focus).unwrap();
            let w = values(trace, &forward.left);
            let kept: Vec<Vec<f64>> = network.layers()[l - 1].rows().map(<[f64]>::to_vec).collect();
            assert_eq!(w, kept);
        }
    }
}

#[test]
fn the_transpose_has_w_s_columns_as_rows_and_marks_the_same_numbers() {
    for structure in all() {
        let (sizes, trace) = (structure.sizes(), structure.lab().trace());
        for part in parts(&sizes) {
            let Some(focus) = Focus::of(part, Pass::Backward, &sizes) else { continue };
            let equation = Equation::of(trace, &sizes, Pass::Backward, focus).unwrap();
            let (lying, upright) = (&equation.left, equation.upright.as_ref().unwrap());
            assert!(lying.transposed && !upright.transposed);
            for (j, row) in upright.rows.iter().enumerate() {
                for (i, id) in row.iter().enumerate() {
                    assert_eq!(lying.rows[i][j], *id);
                }
            }
            assert_eq!((lying.row, lying.column), (upright.column, upright.row));
            assert_eq!(lying.entry, upright.entry.map(|(j, i)| (i, j)));
            assert_eq!(upright.column, focus.column);
        }
    }
}

#[test]
fn the_entry_marked_is_the_weight_pointed_at() {
    for mut structure in all() {
        let sizes = structure.sizes();
        for part in parts(&sizes) {
            let Part::Weight { l, j, i } = part else { continue };
            structure.select(part).unwrap();
            for pass in [Pass::Forward, Pass::Backward] {
                structure.pass = pass;
                let Some((_, equation)) = structure.equation() else {
                    assert_eq!((pass, l), (Pass::Backward, 1));
                    continue;
                };
                let (r, c) = equation.left.entry.unwrap();
                let slot = structure.lab().trace().get(equation.left.rows[r][c]).unwrap().slot;
                assert_eq!(slot, Slot::W { l: l - 1, j, i }, "{pass:?}");
            }
            structure.pass = Pass::Gradient;
            let (_, equation) = structure.equation().unwrap();
            assert_eq!(equation.result.entry, Some((j, i)));
            assert_eq!((equation.left.row, equation.right.column), (Some(j), Some(i)));
        }
    }
}

/// Evaluates "g[2](W[2] g[1](W[1] x + b[1]) + b[2])" on a network, reading it as text.
fn evaluate(text: &str, network: &Network, x: &[f64]) -> Vec<f64> {
    if text == "x" {
        return x.to_vec();
    }
    let (number, rest) = text.strip_prefix("g[").unwrap().split_once("](W[").unwrap();
    let l: usize = number.parse().unwrap();
    let inner = rest.strip_prefix(&format!("{l}] ")).unwrap();
    let inner = inner.strip_suffix(&format!(" + b[{l}])")).unwrap();
    let below = evaluate(inner, network, x);
    let layer = &network.layers()[l - 1];
    let sums = (0..layer.units()).map(|j| {
        let terms = below.iter().enumerate().map(|(i, a)| layer.weight(j, i) * a);
        terms.reduce(|sum, term| sum + term).unwrap() + layer.bias(j)
    });
    let z: Vec<f64> = sums.collect();
    match layer.activation.unitwise() {
        Some(g) => z.iter().map(|&z| g.value(z)).collect(),
        None => (0..z.len()).map(|k| gradstep::loss::softmax(z.iter().copied(), k)).collect(),
    }
}

#[test]
fn the_nested_expression_computes_the_network_s_output() {
    for structure in all() {
        let case = structure.lab().case();
        let depth = case.network.layers().len();
        let text = nested::expression(depth);
        let found =
            evaluate(text.strip_prefix("ŷ = ").unwrap(), &case.network, &case.batch.inputs[0]);
        for (j, value) in found.into_iter().enumerate() {
            let kept = structure.lab().trace().value_of(Slot::A { s: 0, l: depth - 1, j });
            assert_eq!(Some(value.to_bits()), kept.map(f64::to_bits));
        }
    }
}

#[test]
fn the_nested_formula_is_the_expression_in_tex() {
    assert_eq!(nested::expression(1), "ŷ = g[1](W[1] x + b[1])");
    assert_eq!(nested::expression(2), "ŷ = g[2](W[2] g[1](W[1] x + b[1]) + b[2])");
    assert_eq!(nested::tex(1), r"\hat{y} = g^{[1]}(W^{[1]} x + b^{[1]})");
    let formulas = formula::all();
    for structure in all() {
        let frame = frame(&structure);
        let key = frame["nested"]["whole"]["key"].as_str().unwrap();
        let (_, tex) = formulas.iter().find(|(known, _)| known == key).unwrap();
        let depth = structure.sizes().len() - 1;
        for letter in ["g^", "W^", "b^"] {
            assert_eq!(tex.matches(letter).count(), depth, "{letter} in {tex}");
        }
        assert_eq!(frame["nested"]["layers"].as_array().unwrap().len(), depth);
    }
}

fn refused(structure: &mut Structure, change: Change) -> bool {
    let before = frame(structure);
    let error = structure.apply(change).is_err();
    assert!(!error || frame(structure) == before, "a refused change has left something");
    error
}

#[test]
fn units_stay_between_1_and_8() {
    let mut structure = Structure::new(Source::Preset(Preset::A)).unwrap();
    for l in 0..3 {
        while !refused(&mut structure, Change::Grow(l)) {}
        assert_eq!(structure.sizes()[l], 8);
    }
    for l in 0..3 {
        while !refused(&mut structure, Change::Shrink(l)) {}
        assert_eq!(structure.sizes()[l], 1);
    }
    for change in [Change::Grow(3), Change::Shrink(3), Change::Grow(usize::MAX)] {
        assert!(refused(&mut structure, change));
    }
}

#[test]
fn hidden_layers_stay_between_none_and_six() {
    let mut structure = Structure::new(Source::Preset(Preset::A)).unwrap();
    assert!(refused(&mut structure, Change::AddLayer(2)), "after the output layer");
    while !refused(&mut structure, Change::AddLayer(0)) {}
    assert_eq!(structure.sizes(), [2, 2, 2, 2, 2, 2, 2, 1]);
    for l in [0, 7, 8, usize::MAX] {
        assert!(refused(&mut structure, Change::RemoveLayer(l)), "layer {l} is not hidden");
    }
    while !refused(&mut structure, Change::RemoveLayer(1)) {}
    assert_eq!(structure.sizes(), [2, 1]);
}

/// How many weights of `old` stand in `new` at the same unit and input of the layers in pairs, each
/// checked to be the same to the bit; and that no two rows that were drawn are the same.
fn kept(old: &Network, new: &Network, layers: &[(usize, usize)]) -> usize {
    let mut count = 0;
    for &(o, n) in layers {
        let (a, b) = (&old.layers()[o - 1], &new.layers()[n - 1]);
        let below = (o == 1 && n == 1) || layers.contains(&(o - 1, n - 1));
        for j in 0..a.units().min(b.units()) {
            assert_eq!(a.bias(j).to_bits(), b.bias(j).to_bits());
            for i in (0..a.inputs().min(b.inputs())).filter(|_| below) {
                assert_eq!(a.weight(j, i).to_bits(), b.weight(j, i).to_bits(), "W[{n}]_{j},{i}");
                count += 1;
            }
        }
    }
    count
}

fn restored(structure: &Structure) -> Structure {
    let state = State {
        structure: structure.clone(),
        place: gradstep::app::Place::Network,
        ..State::new().unwrap()
    };
    link::read(&link::write(&state)).unwrap().structure
}

#[test]
fn a_unit_more_draws_its_own_weights_alone() {
    for mut structure in all() {
        let sizes = structure.sizes();
        let pairs: Vec<(usize, usize)> = (1..sizes.len()).map(|l| (l, l)).collect();
        for l in (0..sizes.len()).filter(|&l| sizes[l] < 8) {
            let old = structure.lab().case().network.clone();
            structure.apply(Change::Grow(l)).unwrap();
            let new = structure.lab().case().network.clone();
            let weights =
                |sizes: &[usize]| sizes.windows(2).map(|two| two[0] * two[1]).sum::<usize>();
            assert_eq!(kept(&old, &new, &pairs), weights(&sizes), "{sizes:?}, layer {l}");
            // What is drawn stands nowhere else.
            let mut all: Vec<u64> = new
                .layers()
                .iter()
                .flat_map(|layer| layer.rows().flatten())
                .map(|w| w.to_bits())
                .collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert!(all.len() + 2 >= count, "{sizes:?}, layer {l}: {} of {count}", all.len());
            assert_eq!(restored(&structure).lab().case(), structure.lab().case());
            structure.apply(Change::Shrink(l)).unwrap();
            assert_eq!(structure.lab().case().network, old, "{sizes:?}, layer {l}");
        }
    }
}

#[test]
fn other_functions_keep_the_weights_and_another_seed_draws_them_all() {
    let mut structure = Structure::new(Source::Preset(Preset::A)).unwrap();
    let old = structure.lab().case().network.clone();
    for change in [Change::Hidden("tanh".into()), Change::Output("sigmoid".into())] {
        structure.apply(change).unwrap();
        assert_eq!(structure.lab().case().network.flat(), old.flat());
        assert_eq!(restored(&structure).lab().case(), structure.lab().case());
    }
    structure.apply(Change::Seed(5)).unwrap();
    let plan = Plan { sizes: vec![2, 2, 1], seed: 5, ..structure.source().plan() };
    assert_eq!(structure.lab().case().network, plan.setup().unwrap().network);
    assert!(!link_of(&structure).contains("weights"));
}

fn link_of(structure: &Structure) -> String {
    frame(structure)["link"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_link_without_weights_draws_them_from_its_seed_as_ever() {
    let link = "network&sizes=4-4-5-6-4-4-3&hidden=leaky_relu&output=softmax&seed=8&part=u4.2";
    let state = link::read(link).unwrap();
    let plan = Plan { sizes: vec![4, 4, 5, 6, 4, 4, 3], seed: 8, ..Preset::Figure7.plan() };
    assert_eq!(state.structure.lab().case().network, plan.setup().unwrap().network);
    assert!(!link::write(&state).contains("weights"));
}

#[test]
fn weights_of_a_link_that_do_not_fit_are_refused() {
    let mut structure = Structure::new(Source::Preset(Preset::A)).unwrap();
    structure.apply(Change::Grow(1)).unwrap();
    let whole = link_of(&structure);
    let (before, weights) = whole.split_once("&weights=").unwrap();
    let weights = weights.split('&').next().unwrap();
    for wrong in ["", "!", &weights[4..], &format!("{weights}AAAA"), &"_".repeat(weights.len())] {
        let error = link::read(&format!("{before}&weights={wrong}")).unwrap_err();
        assert!(error.to_string().contains("weights"), "{wrong}: {error}");
    }
}

#[test]
fn a_layer_added_and_removed_leaves_the_others_as_they_were() {
    for mut structure in all().filter(|structure| structure.sizes().len() < 8) {
        if structure.source().preset() == Some(Preset::A) {
            continue;
        }
        let before = structure.lab().case().network.clone();
        for l in 0..before.layers().len() {
            structure.apply(Change::AddLayer(l)).unwrap();
            let mut sizes = before.sizes();
            sizes.insert(l + 1, sizes[l]);
            assert_eq!(structure.sizes(), sizes);
            // Of another width, so that no other layer can be taken for it.
            let width = if sizes[l] < 8 { Change::Grow(l + 1) } else { Change::Shrink(l + 1) };
            structure.apply(width).unwrap();
            structure.apply(Change::RemoveLayer(l + 1)).unwrap();
            // Only what leads past the gap is drawn.
            let after = structure.lab().case().network.clone();
            assert_eq!(after.sizes(), before.sizes());
            for (n, (old, new)) in before.layers().iter().zip(after.layers()).enumerate() {
                assert_eq!(old.biases(), new.biases());
                assert_eq!(old == new, n != l, "W[{}]", n + 1);
            }
            structure.apply(Change::Seed(structure.source().plan().seed)).unwrap();
        }
    }
}

#[test]
fn unknown_names_and_parts_outside_of_the_network_are_refused() {
    let mut structure = Structure::new(Source::Preset(Preset::Figure7)).unwrap();
    let outside = [
        Part::Layer { l: 7 },
        Part::Unit { l: 2, j: 5 },
        Part::Unit { l: 7, j: 0 },
        Part::Weight { l: 0, j: 0, i: 0 },
        Part::Weight { l: 2, j: 5, i: 0 },
        Part::Weight { l: 2, j: 0, i: 4 },
        Part::Weight { l: usize::MAX, j: usize::MAX - 1, i: usize::MAX - 1 },
    ];
    for part in outside {
        assert!(refused(&mut structure, Change::Select(part)), "{part:?}");
    }
    let names = ["", "none", "__proto__"].map(String::from);
    for name in names {
        for change in [Change::Preset, Change::Hidden, Change::Output, Change::Pass] {
            assert!(refused(&mut structure, change(name.clone())));
        }
    }
}

#[test]
fn arrows_reach_every_part() {
    for structure in all() {
        let sizes = structure.sizes();
        let mut reached = vec![Part::Layer { l: 0 }];
        let mut next = 0;
        while next < reached.len() {
            for way in [Way::Left, Way::Right, Way::Up, Way::Down, Way::First, Way::Last] {
                let to = reached[next].walk(way, &sizes);
                assert!(to.is_in(&sizes), "{way:?} leads from {:?} to {to:?}", reached[next]);
                if !reached.contains(&to) {
                    reached.push(to);
                }
            }
            next += 1;
        }
        assert_eq!(reached.len(), parts(&sizes).len(), "{sizes:?}");
    }
}

#[test]
fn up_and_down_pass_every_unit_of_a_layer_and_every_entry_of_w() {
    for structure in all() {
        let sizes = structure.sizes();
        for l in 0..sizes.len() {
            let of_layer = |part: &Part| part.layer() == l;
            let (entries, units): (Vec<Part>, Vec<Part>) = parts(&sizes)
                .into_iter()
                .filter(of_layer)
                .partition(|part| matches!(part, Part::Weight { .. }));
            for column in [units, entries] {
                for pair in column.windows(2) {
                    assert_eq!(pair[0].walk(Way::Down, &sizes), pair[1], "{sizes:?}");
                    assert_eq!(pair[1].walk(Way::Up, &sizes), pair[0], "{sizes:?}");
                }
                let last = column.last().filter(|part| !matches!(part, Part::Layer { .. }));
                assert!(last.is_none_or(|part| part.walk(Way::Down, &sizes) == *part));
            }
        }
    }
}

#[test]
fn a_point_of_a_unit_or_an_edge_hits_it() {
    for structure in all() {
        let picture = Picture::new(&structure.lab().case().network);
        for unit in &picture.units {
            let own = Part::Unit { l: unit.l, j: unit.j };
            assert_eq!(picture.hit(unit.at.x, unit.at.y), Some(own));
        }
        for edge in &picture.edges {
            let own = Part::Weight { l: edge.l, j: edge.j, i: edge.i };
            // Somewhere on its way no other edge is as near.
            let found = (1..100).any(|n| {
                let at = edge.from.toward(edge.to, f64::from(n) / 100.0);
                picture.hit(at.x, at.y) == Some(own)
            });
            assert!(found, "{own:?}");
        }
        assert_eq!(picture.hit(-50.0, -50.0), None);
        assert_eq!(picture.hit(f64::NAN, f64::INFINITY), None);
    }
}

#[test]
fn the_link_restores_sizes_functions_seed_part_and_pass() {
    let mut state = State::new().unwrap();
    state.place = gradstep::app::Place::Network;
    let sources = ["figure7", "a"].map(|name| json!({"preset": name}));
    let edits = [json!({"grow": 1}), json!({"hidden": "tanh"}), json!({"output": "identity"})];
    let more = [json!({"seed": 5}), json!({"add_layer": 0}), json!({"shrink": 0})];
    for change in sources.into_iter().chain(edits).chain(more) {
        let action = json!({"do": "structure", "change": change});
        state.apply_json(&action.to_string()).unwrap();
        for (n, part) in parts(&state.structure.sizes()).into_iter().enumerate().step_by(3) {
            let pass = ["forward", "backward", "gradient"][n / 3 % 3];
            state.structure.select(part).unwrap();
            state.structure.apply(Change::Pass(pass.into())).unwrap();
            let read = link::read(&link::write(&state)).unwrap();
            assert_eq!(view::frame(&read, None), view::frame(&state, None));
        }
    }
}

#[test]
fn hostile_links_are_refused_with_the_place_named() {
    let broken = [
        ("net=figure8", "net"),
        ("net=", "net"),
        ("sizes=", "sizes"),
        ("sizes=4", "sizes"),
        ("sizes=4-x", "sizes"),
        ("sizes=4-0-1", "sizes[1]"),
        ("sizes=4-9-1", "sizes[1]"),
        ("sizes=-1-2", "sizes"),
        ("sizes=1e3-2", "sizes"),
        ("sizes=2-2-2-2-2-2-2-2-2", "sizes"),
        ("sizes=99999999999999999999-1", "sizes"),
        ("sizes=2-1&hidden=toString", "hidden"),
        ("sizes=2-1&hidden=softmax", "hidden"),
        ("sizes=2-1&output=relu", "output"),
        ("sizes=2-1&seed=-1", "seed"),
        ("sizes=2-1&seed=NaN", "seed"),
        ("part=w9.1.1", "part"),
        ("part=w2.6.1", "part"),
        ("part=w2.0.1", "part"),
        ("part=u2", "part"),
        ("part=é", "part"),
        ("part=", "part"),
        ("part=l18446744073709551616", "part"),
        ("pass=sideways", "pass"),
    ];
    for (values, place) in broken {
        let error = link::read(&format!("network&{values}")).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{place}:")), "{values}: {error}");
    }
}

#[test]
fn the_stepper_opens_the_same_network() {
    for structure in all() {
        let mut state = State::new().unwrap();
        state.structure = structure.clone();
        state.apply_json(r#"{"do": "open_network"}"#).unwrap();
        assert_eq!(state.place, gradstep::app::Place::StepByStep);
        assert_eq!(state.lab.case(), structure.lab().case());
        assert_eq!(state.lab.trace().digest(), structure.lab().trace().digest());
        let read = link::read(&link::write(&state)).unwrap();
        assert_eq!(read.lab.case(), structure.lab().case());
    }
}

#[test]
fn the_words_of_the_picture_answer_questions() {
    let structure = Structure::new(Source::Preset(Preset::Figure7)).unwrap();
    let words = frame(&structure)["words"].as_array().unwrap().clone();
    let of = |key: &str, l: &str, j: Option<&str>| {
        let is = |say: &&Value| {
            say["key"] == key
                && say["args"]["l"]["text"] == l
                && j.is_none_or(|j| say["args"]["j"]["text"] == j)
        };
        words.iter().find(is).unwrap()["args"].clone()
    };
    assert_eq!(of("network.alt.layer", "3", None)["units"]["text"], "6");
    let w = structure.lab().case().network.layers()[1].weight(2, 0);
    let row = of("network.alt.row", "2", Some("3"));
    assert_eq!(row["w"]["list"][0]["exact"], gradstep::number::exact(w));
    let total = words.last().unwrap();
    assert_eq!(total["key"], "network.total");
    assert_eq!(total["args"]["total"]["text"], "136");
}
