//! Every formula of the page as TeX; the build turns them into MathML.
//!
//! Indices differ from step to step, so they stand as placeholders: `@l` the layer, `@m` the one
//! below, `@n` the one above, `@j` the unit, `@i` the incoming unit, `@s` the sample.

use crate::activation::Activation;
use crate::edit::LAYERS;
use crate::name::Named;
use crate::structure::nested;

/// Formulas of the steps, by key.
const STEPS: [(&str, &str); 29] = [
    ("x", r"x_{\text{@i}}"),
    ("y", r"y_{\text{@j}}"),
    ("w", r"W_{\text{@j@i}}^{[\text{@l}]}"),
    ("b", r"b_{\text{@j}}^{[\text{@l}]}"),
    ("alpha", r"\alpha^{[\text{@l}]}"),
    ("rate", r"\eta"),
    ("product", r"W_{\text{@j@i}}^{[\text{@l}]} \, a_{\text{@i}}^{[\text{@m}]}"),
    (
        "z",
        r"z_{\text{@j}}^{[\text{@l}]} = \sum_i W_{\text{@j}i}^{[\text{@l}]} \, a_i^{[\text{@m}]} + b_{\text{@j}}^{[\text{@l}]}",
    ),
    ("a", r"a_{\text{@j}}^{[\text{@l}]} = g(z_{\text{@j}}^{[\text{@l}]})"),
    ("a.softmax", r"\hat{y}_{\text{@j}} = \frac{e^{z_{\text{@j}}}}{\sum_k e^{z_k}}"),
    ("loss.half_squared_error", r"L = \tfrac{1}{2} \sum_j (\hat{y}_j - y_j)^2"),
    (
        "loss.binary_cross_entropy",
        r"L = -\sum_j \left( y_j \ln \hat{y}_j + (1 - y_j) \ln (1 - \hat{y}_j) \right)",
    ),
    ("loss.softmax_cross_entropy", r"L = -\sum_j y_j \ln \hat{y}_j"),
    ("mean_loss", r"J = \frac{1}{m} \sum_s L_s"),
    ("back_product", r"W_{\text{@k@j}}^{[\text{@n}]} \, dz_{\text{@k}}^{[\text{@n}]}"),
    (
        "da",
        r"da_{\text{@j}}^{[\text{@l}]} = \sum_k W_{k\text{@j}}^{[\text{@n}]} \, dz_k^{[\text{@n}]}",
    ),
    ("da.output", r"da_{\text{@j}}^{[\text{@l}]} = \hat{y}_{\text{@j}} - y_{\text{@j}}"),
    ("slope", r"g'(z_{\text{@j}}^{[\text{@l}]})"),
    (
        "dz",
        r"dz_{\text{@j}}^{[\text{@l}]} = da_{\text{@j}}^{[\text{@l}]} \cdot g'(z_{\text{@j}}^{[\text{@l}]})",
    ),
    ("dz.output", r"dz_{\text{@j}}^{[\text{@l}]} = \hat{y}_{\text{@j}} - y_{\text{@j}}"),
    (
        "dw",
        r"dW_{\text{@j@i}}^{[\text{@l}]} = dz_{\text{@j}}^{[\text{@l}]} \cdot a_{\text{@i}}^{[\text{@m}]}",
    ),
    ("db", r"db_{\text{@j}}^{[\text{@l}]} = dz_{\text{@j}}^{[\text{@l}]}"),
    ("alpha_slope", r"\frac{\partial a_{\text{@j}}}{\partial \alpha} = \min(0, z_{\text{@j}})"),
    ("dalpha", r"d\alpha^{[\text{@l}]} = \sum_j da_j \cdot \min(0, z_j)"),
    ("mean", r"\frac{1}{m} \sum_s dW_{\text{@j@i}}^{[\text{@l}]}{}_{(s)}"),
    ("mean_b", r"\frac{1}{m} \sum_s db_{\text{@j}}^{[\text{@l}]}{}_{(s)}"),
    (
        "next_w",
        r"W_{\text{@j@i}}^{[\text{@l}]} \leftarrow W_{\text{@j@i}}^{[\text{@l}]} - \eta \, dW_{\text{@j@i}}^{[\text{@l}]}",
    ),
    (
        "next_b",
        r"b_{\text{@j}}^{[\text{@l}]} \leftarrow b_{\text{@j}}^{[\text{@l}]} - \eta \, db_{\text{@j}}^{[\text{@l}]}",
    ),
    (
        "next_alpha",
        r"\alpha^{[\text{@l}]} \leftarrow \alpha^{[\text{@l}]} - \eta \, d\alpha^{[\text{@l}]}",
    ),
];

/// Formulas of the chapter "Network": its parts, and a layer's products as rows and whole.
const NETWORK: [(&str, &str); 14] = [
    ("network.w", r"W_{\text{@j},\text{@i}}^{[\text{@l}]}"),
    ("network.x", r"x = a^{[0]}"),
    (
        "network.layer",
        r"a^{[\text{@l}]} = g^{[\text{@l}]}\left( W^{[\text{@l}]} a^{[\text{@m}]} + b^{[\text{@l}]} \right)",
    ),
    (
        "network.unit",
        r"a_{\text{@j}}^{[\text{@l}]} = g^{[\text{@l}]}\left( z_{\text{@j}}^{[\text{@l}]} \right)",
    ),
    (
        "network.forward.row",
        r"z_{\text{@j}}^{[\text{@l}]} = W_{\text{@j},:}^{[\text{@l}]} \, a^{[\text{@m}]} + b_{\text{@j}}^{[\text{@l}]}",
    ),
    (
        "network.forward.matrix",
        r"z^{[\text{@l}]} = W^{[\text{@l}]} \, a^{[\text{@m}]} + b^{[\text{@l}]}",
    ),
    (
        "network.backward.number",
        r"da_{\text{@i}}^{[\text{@m}]} = \sum_k W_{k,\text{@i}}^{[\text{@l}]} \, dz_k^{[\text{@l}]}",
    ),
    (
        "network.backward.row",
        r"da_{\text{@i}}^{[\text{@m}]} = \left( W_{:,\text{@i}}^{[\text{@l}]} \right)^{\mathsf{T}} dz^{[\text{@l}]}",
    ),
    (
        "network.backward.matrix",
        r"da^{[\text{@m}]} = W^{[\text{@l}] \mathsf{T}} \, dz^{[\text{@l}]}",
    ),
    (
        "network.gradient.row",
        r"dW_{\text{@j},:}^{[\text{@l}]} = dz_{\text{@j}}^{[\text{@l}]} \, a^{[\text{@m}] \mathsf{T}}",
    ),
    (
        "network.gradient.matrix",
        r"dW^{[\text{@l}]} = dz^{[\text{@l}]} \, a^{[\text{@m}] \mathsf{T}}",
    ),
    (
        "network.shapes.first",
        r"\underset{\text{@u}}{z^{[1]}} = \underset{\text{@v}}{W^{[1]}} \;\; \underset{\text{@w}}{x} + \underset{\text{@u}}{b^{[1]}}",
    ),
    (
        "network.shapes",
        r"\underset{\text{@u}}{z^{[\text{@l}]}} = \underset{\text{@v}}{W^{[\text{@l}]}} \;\; \underset{\text{@w}}{a^{[\text{@m}]}} + \underset{\text{@u}}{b^{[\text{@l}]}}",
    ),
    ("network.g", r"a^{[\text{@l}]} = g^{[\text{@l}]}(z^{[\text{@l}]})"),
];

/// The key of the nested expression of a network of `layers`.
pub fn of_nested(layers: usize) -> String {
    format!("network.nested.{layers}")
}

/// Formulas of steps with a fault in them, by key: what is done there, as it is done.
const FAULTY: [(&str, &str); 13] = [
    ("dz.copy", r"dz_{\text{@j}}^{[\text{@l}]} = da_{\text{@j}}^{[\text{@l}]}"),
    ("slope.a", r"g'(a_{\text{@j}}^{[\text{@l}]})"),
    (
        "da.updated",
        r"da_{\text{@j}}^{[\text{@l}]} = \sum_k \left( W_{k\text{@j}}^{[\text{@n}]} - \eta \, dW_{k\text{@j}}^{[\text{@n}]} \right) dz_k^{[\text{@n}]}",
    ),
    (
        "da.row",
        r"da_{\text{@j}}^{[\text{@l}]} = \sum_k W_{\text{@j}k}^{[\text{@n}]} \, dz_k^{[\text{@n}]}",
    ),
    (
        "back_product.updated",
        r"\left( W_{\text{@k@j}}^{[\text{@n}]} - \eta \, dW_{\text{@k@j}}^{[\text{@n}]} \right) dz_{\text{@k}}^{[\text{@n}]}",
    ),
    ("back_product.row", r"W_{\text{@j@k}}^{[\text{@n}]} \, dz_{\text{@k}}^{[\text{@n}]}"),
    (
        "dw.added",
        r"dW_{\text{@j@i}}^{[\text{@l}]} \leftarrow dW_{\text{@j@i}}^{[\text{@l}]} + dz_{\text{@j}}^{[\text{@l}]} \cdot a_{\text{@i}}^{[\text{@m}]}",
    ),
    (
        "db.added",
        r"db_{\text{@j}}^{[\text{@l}]} \leftarrow db_{\text{@j}}^{[\text{@l}]} + dz_{\text{@j}}^{[\text{@l}]}",
    ),
    ("left_w", r"dW_{\text{@j@i}}^{[\text{@l}]}"),
    ("left_b", r"db_{\text{@j}}^{[\text{@l}]}"),
    (
        "next_b.repeated",
        r"b_{\text{@j}}^{[\text{@l}]} \leftarrow b_{\text{@j}}^{[\text{@l}]} - \sum_i \eta \, db_{\text{@j}}^{[\text{@l}]}",
    ),
    (
        "next_w.uphill",
        r"W_{\text{@j@i}}^{[\text{@l}]} \leftarrow W_{\text{@j@i}}^{[\text{@l}]} + \eta \, dW_{\text{@j@i}}^{[\text{@l}]}",
    ),
    (
        "next_b.uphill",
        r"b_{\text{@j}}^{[\text{@l}]} \leftarrow b_{\text{@j}}^{[\text{@l}]} + \eta \, db_{\text{@j}}^{[\text{@l}]}",
    ),
];

/// The key of a formula that belongs to an activation: `g`, its derivative `dg` or its `range`.
pub fn of_activation(part: &str, g: Activation) -> String {
    let positive = g.alpha().is_none_or(|alpha| alpha > 0.0);
    let side = if part == "range" && !positive { ".nonnegative" } else { "" };
    format!("{part}.{}{side}", g.name())
}

/// Every formula as (key, TeX), each key once.
pub fn all() -> Vec<(String, String)> {
    let steps = STEPS
        .iter()
        .chain(&NETWORK)
        .chain(&FAULTY)
        .map(|&(key, tex)| (key.to_owned(), tex.to_owned()));
    let depths = 1..*LAYERS.end();
    let nested = depths.map(|layers| (of_nested(layers), nested::tex(layers)));
    let without_leak = Activation::ALL.iter().filter(|g| g.alpha().is_some());
    let ranges = without_leak.map(|g| g.with_alpha(0.0));
    let range = |g: Activation| (of_activation("range", g), g.facts().range.to_owned());
    let activations = Activation::ALL.into_iter().flat_map(|g| {
        let facts = g.facts();
        [
            (of_activation("g", g), facts.formula.to_owned()),
            (of_activation("dg", g), facts.derivative.to_owned()),
            range(g),
        ]
    });
    steps.chain(nested).chain(activations).chain(ranges.map(range)).collect()
}
