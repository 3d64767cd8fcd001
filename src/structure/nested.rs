//! A network as one expression: functions within functions.

/// The expression of a network of `layers`: "ŷ = g\[2\](W\[2\] g\[1\](W\[1\] x + b\[1\]) + b\[2\])".
pub fn expression(layers: usize) -> String {
    let wrap = |inner: String, l: usize| format!("g[{l}](W[{l}] {inner} + b[{l}])");
    format!("ŷ = {}", (1..=layers).fold("x".into(), wrap))
}

/// The same as TeX.
pub fn tex(layers: usize) -> String {
    let raised = expression(layers).replace('[', "^{[").replace(']', "]}");
    raised.replace('ŷ', r"\hat{y}").replace(") ", r") \, ")
}
