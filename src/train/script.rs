//! A run as a PyTorch script: the same network from the same weights, on the same samples in the
//! same order, to the same loss.

use super::{Command, Parameter, Run};
use crate::activation::Activation;
use crate::error::{Error, Result};
use crate::network::{LayerActivation, Network};
use crate::script::{below, learned, losses, matrix, number, row, value};
use crate::trainer::{Optimizer, Regularization};

/// The script of `run` from its start to where it is; it prints the steps taken and the losses.
///
/// # Errors
/// A layer of RReLU, whose α are drawn on the way.
pub fn script(run: &Run) -> Result<String> {
    let (setup, network) = (run.setup(), run.setup().network()?);
    check(&network)?;
    let split = setup.split()?;
    let mut lines: Vec<String> = [
        "import torch",
        "import torch.nn.functional as F",
        "",
        "torch.set_default_dtype(torch.float64)",
        "",
    ]
    .map(String::from)
    .into();
    for (suffix, points) in [("", &split.train), ("_test", &split.test)] {
        let samples = setup.samples(points);
        lines.push(format!("x{suffix} = torch.tensor({})", matrix(&samples.inputs)));
        lines.push(format!("y{suffix} = torch.tensor({})", matrix(&samples.targets)));
    }
    lines.push(String::new());
    let names = parameters(&network, &mut lines);
    lines.push(String::new());
    lines.push("def losses(x, y):".into());
    for (l, layer) in network.layers().iter().enumerate() {
        let k = l + 1;
        lines.push(format!("    z{k} = {} @ W{k}.T + b{k}", below(l)));
        lines.push(format!("    a{k} = {}", value(layer.activation, k)));
    }
    lines.push(format!("    return {}", losses(setup.loss(), network.layers().len())));
    lines.push(String::new());
    lines.push("def penalty():".into());
    lines.push(format!("    return {}", penalty(setup.regularization, network.layers().len())));
    lines.push(String::new());
    let optimizer = optimizer(setup.optimizer);
    let rate = number(setup.rate);
    lines.push(format!("optimizer = torch.optim.{}", optimizer(&names.join(", "), &rate)));
    lines.extend(training(run));
    Ok(lines.join("\n") + "\n")
}

fn check(network: &Network) -> Result<()> {
    let random = |g| matches!(g, LayerActivation::Unitwise(Activation::Rrelu { .. }));
    match network.layers().iter().position(|layer| random(layer.activation)) {
        Some(l) => Err(Error::RandomAlpha { place: format!("layers[{l}].activation") }),
        None => Ok(()),
    }
}

/// Adds a line for each parameter, and gives their names.
fn parameters(network: &Network, lines: &mut Vec<String>) -> Vec<String> {
    let mut names = Vec::new();
    let mut tensor = |name: String, values: String| {
        lines.push(format!("{name} = torch.tensor({values}, requires_grad=True)"));
        names.push(name);
    };
    for (l, layer) in network.layers().iter().enumerate() {
        let k = l + 1;
        tensor(format!("W{k}"), matrix(layer.rows()));
        tensor(format!("b{k}"), row(layer.biases()));
        if let Some(alpha) = learned(layer) {
            tensor(format!("alpha{k}"), row(&[alpha]));
        }
    }
    names
}

fn penalty(regularization: Regularization, layers: usize) -> String {
    let sum = |of: fn(usize) -> String| {
        let terms: Vec<String> = (1..=layers).map(of).collect();
        terms.join(" + ")
    };
    match regularization {
        Regularization::None => "0.0".into(),
        Regularization::L1 { rate } => {
            format!("{} * ({})", number(rate), sum(|k| format!("W{k}.abs().sum()")))
        }
        Regularization::L2 { rate } => {
            format!("0.5 * {} * ({})", number(rate), sum(|k| format!("(W{k} ** 2).sum()")))
        }
    }
}

/// The call that makes an optimiser of the names of parameters and η.
fn optimizer(optimizer: Optimizer) -> impl Fn(&str, &str) -> String {
    move |names, rate| match optimizer {
        Optimizer::Sgd => format!("SGD([{names}], lr={rate})"),
        Optimizer::Momentum { mu } => format!("SGD([{names}], lr={rate}, momentum={})", number(mu)),
        Optimizer::Adam { beta1, beta2, epsilon } => {
            let betas = format!("betas=({}, {})", number(beta1), number(beta2));
            format!("Adam([{names}], lr={rate}, {betas}, eps={})", number(epsilon))
        }
    }
}

fn training(run: &Run) -> Vec<String> {
    let mut lines = vec![
        format!("batch, steps, start = {}, {}, 0", run.setup().batch, run.steps()),
        "for step in range(steps):".into(),
    ];
    // What is changed after the last step belongs after the loop.
    let (during, after): (Vec<_>, Vec<_>) =
        run.changes().iter().partition(|(at, _)| *at < run.steps());
    for (at, command) in during {
        lines.push(format!("    if step == {at}:"));
        lines.extend(change(command).into_iter().map(|line| format!("        {line}")));
    }
    lines.extend(
        [
            "    end = min(start + batch, len(x))",
            "    loss = losses(x[start:end], y[start:end]).mean() + penalty()",
            "    optimizer.zero_grad()",
            "    loss.backward()",
            "    optimizer.step()",
            "    start = end % len(x)",
        ]
        .map(String::from),
    );
    lines.extend(after.into_iter().flat_map(|(_, command)| change(command)));
    lines.extend(
        [
            "",
            "print(\"steps\", steps)",
            "print(\"training loss\", losses(x, y).mean().item())",
            "if len(x_test):",
            "    print(\"test loss\", losses(x_test, y_test).mean().item())",
        ]
        .map(String::from),
    );
    lines
}

fn change(command: Command) -> Vec<String> {
    match command {
        Command::Rate(rate) => {
            vec![format!("optimizer.param_groups[0][\"lr\"] = {}", number(rate))]
        }
        Command::Set { parameter, value } => {
            let value = number(value);
            let place = match parameter {
                Parameter::Weight { layer, unit, from } => {
                    format!("W{}[{unit}, {from}]", layer + 1)
                }
                Parameter::Bias { layer, unit } => format!("b{}[{unit}]", layer + 1),
            };
            vec!["with torch.no_grad():".into(), format!("    {place} = {value}")]
        }
    }
}
