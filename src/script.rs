//! A case as a PyTorch script: the formulas by hand, and autograd beside them.

use std::collections::HashMap;

use crate::activation::Activation;
use crate::case::Case;
use crate::loss::Loss;
use crate::network::{Layer, LayerActivation};
use crate::trace::Slot;

/// A script and where in it each number is computed.
#[derive(Debug, Clone)]
pub struct Script {
    pub text: String,
    lines: HashMap<Line, usize>,
}

/// What a line computes, for all samples and units at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Line {
    X,
    Y,
    Rate,
    W(usize),
    B(usize),
    Alpha(usize),
    Z(usize),
    A(usize),
    Losses,
    Cost,
    DA(usize),
    DZ(usize),
    DW(usize),
    DB(usize),
    DAlpha(usize),
    NextW(usize),
    NextB(usize),
    NextAlpha(usize),
}

impl Script {
    /// The line, counted from 0, that gives or computes the number in `slot`: with it, its terms
    /// and its slope, which have no line of their own.
    pub fn line_of(&self, slot: Slot) -> Option<usize> {
        let line = match slot {
            Slot::X { .. } => Line::X,
            Slot::Y { .. } => Line::Y,
            Slot::Rate => Line::Rate,
            Slot::W { l, .. } => Line::W(l),
            Slot::B { l, .. } => Line::B(l),
            Slot::Alpha { l } => Line::Alpha(l),
            Slot::Product { l, .. } | Slot::Z { l, .. } => Line::Z(l),
            Slot::A { l, .. } => Line::A(l),
            Slot::Loss { .. } => Line::Losses,
            Slot::MeanLoss => Line::Cost,
            Slot::BackProduct { l, .. } | Slot::DA { l, .. } => Line::DA(l),
            Slot::Slope { l, .. } | Slot::DZ { l, .. } => Line::DZ(l),
            Slot::DW { l, .. } | Slot::MeanDW { l, .. } | Slot::LeftW { l, .. } => Line::DW(l),
            Slot::DB { l, .. } | Slot::MeanDB { l, .. } | Slot::LeftB { l, .. } => Line::DB(l),
            Slot::AlphaSlope { l, .. } | Slot::DAlphaTerm { l, .. } => Line::DAlpha(l),
            Slot::DAlpha { l, .. } | Slot::MeanDAlpha { l } => Line::DAlpha(l),
            Slot::NextW { l, .. } => Line::NextW(l),
            Slot::NextB { l, .. } => Line::NextB(l),
            Slot::NextAlpha { l } => Line::NextAlpha(l),
        };
        self.lines.get(&line).copied()
    }
}

/// A complete script that takes the training step of `case`, asserts that autograd finds the
/// gradients of the formulas, and prints z, a, the loss, dz, dW, db and the new parameters.
///
/// Layers count from 1, rows are samples: z1 = x @ W1.T + b1.
pub fn script(case: &Case) -> Script {
    let mut writer = Writer { case, text: vec![], lines: HashMap::new() };
    writer.givens();
    writer.forward();
    writer.loss();
    writer.backward();
    writer.update();
    writer.prints();
    Script { text: writer.text.join("\n") + "\n", lines: writer.lines }
}

struct Writer<'a> {
    case: &'a Case,
    text: Vec<String>,
    lines: HashMap<Line, usize>,
}

impl<'a> Writer<'a> {
    fn plain(&mut self, text: &str) {
        self.text.push(text.into());
    }

    fn line(&mut self, line: Line, text: String) {
        self.lines.insert(line, self.text.len());
        self.text.push(text);
    }

    fn layers(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Layer)> + use<'a> {
        self.case.network.layers().iter().enumerate()
    }

    fn last(&self) -> usize {
        self.case.network.layers().len() - 1
    }

    /// Division by the number of samples, if there are several.
    fn mean(&self) -> &'static str {
        if self.case.batch.len() > 1 { " / n" } else { "" }
    }

    fn givens(&mut self) {
        let batch = &self.case.batch;
        self.plain("import torch");
        self.plain("import torch.nn.functional as F");
        self.plain("");
        self.plain("torch.set_default_dtype(torch.float64)");
        self.plain("torch.set_printoptions(precision=17, threshold=1_000_000)");
        self.plain("");
        self.line(Line::Rate, format!("eta = {}", number(self.case.learning_rate)));
        self.line(Line::X, format!("x = torch.tensor({})", matrix(&batch.inputs)));
        self.line(Line::Y, format!("y = torch.tensor({})", matrix(&batch.targets)));
        if batch.len() > 1 {
            self.plain("n = len(x)");
        }
        self.plain("");
        for (l, layer) in self.layers() {
            let (k, grad) = (l + 1, "requires_grad=True");
            let weights = matrix(layer.rows());
            self.line(Line::W(l), format!("W{k} = torch.tensor({weights}, {grad})"));
            self.line(Line::B(l), format!("b{k} = torch.tensor({}, {grad})", row(layer.biases())));
            if let Some(alpha) = learned(layer) {
                let alpha = number(alpha);
                self.line(Line::Alpha(l), format!("alpha{k} = torch.tensor([{alpha}], {grad})"));
            }
        }
    }

    fn forward(&mut self) {
        self.plain("");
        self.plain("# Forward");
        for (l, layer) in self.layers() {
            let k = l + 1;
            self.line(Line::Z(l), format!("z{k} = {} @ W{k}.T + b{k}", below(l)));
            self.line(Line::A(l), format!("a{k} = {}", value(layer.activation, k)));
            if layer.activation.alpha().is_some() && learned(layer).is_none() {
                self.lines.insert(Line::Alpha(l), self.text.len() - 1);
            }
        }
    }

    fn loss(&mut self) {
        let each = losses(self.case.loss, self.last() + 1);
        self.plain("");
        self.plain("# Loss, from which autograd goes back");
        self.line(Line::Losses, format!("losses = {each}"));
        self.line(Line::Cost, "loss = losses.mean()".into());
        self.plain("loss.backward()");
    }

    fn backward(&mut self) {
        self.plain("");
        self.plain("# Backward by hand");
        self.plain("with torch.no_grad():");
        for (l, layer) in self.layers().rev() {
            self.layer_backward(l, layer);
        }
        self.plain("");
        for (l, layer) in self.layers() {
            let k = l + 1;
            let names =
                if learned(layer).is_some() { &["W", "b", "alpha"][..] } else { &["W", "b"] };
            for name in names {
                let (hand, auto) = (format!("d{name}{k}"), format!("{name}{k}.grad"));
                self.plain(&format!("    assert torch.allclose({hand}, {auto}, equal_nan=True)"));
            }
        }
    }

    fn layer_backward(&mut self, l: usize, layer: &Layer) {
        let (k, last, mean) = (l + 1, self.last(), self.mean());
        if l < last {
            self.line(Line::DA(l), format!("    da{k} = dz{} @ W{}", k + 1, k + 1));
        }
        match layer.activation {
            LayerActivation::Unitwise(g)
                if l < last || !self.case.loss.matches(layer.activation) =>
            {
                if l == last {
                    self.line(Line::DA(l), format!("    da{k} = a{k} - y"));
                }
                self.line(Line::DZ(l), format!("    dz{k} = da{k}{}", by_slope(g, k)));
            }
            _ => self.line(Line::DZ(l), format!("    dz{k} = a{k} - y")),
        }
        self.line(Line::DW(l), format!("    dW{k} = dz{k}.T @ {}{mean}", below(l)));
        self.line(Line::DB(l), format!("    db{k} = dz{k}.sum(dim=0){mean}"));
        if learned(layer).is_some() {
            let terms = format!("(da{k} * torch.where(z{k} > 0, 0.0, z{k}))");
            self.line(Line::DAlpha(l), format!("    dalpha{k} = {terms}.sum(){mean}"));
        }
    }

    fn update(&mut self) {
        self.plain("");
        self.plain("    # Update, after all gradients");
        for (l, layer) in self.layers() {
            let k = l + 1;
            self.line(Line::NextW(l), format!("    W{k} -= eta * dW{k}"));
            self.line(Line::NextB(l), format!("    b{k} -= eta * db{k}"));
            if learned(layer).is_some() {
                self.line(Line::NextAlpha(l), format!("    alpha{k} -= eta * dalpha{k}"));
            }
        }
    }

    fn prints(&mut self) {
        self.plain("");
        let mut show = |names: &[String]| {
            let each: Vec<String> = names.iter().map(|name| format!("{{{name} = }}")).collect();
            self.text.push(format!("print(f\"{}\")", each.join("\\n")));
        };
        let layers = self.case.network.layers();
        for k in 1..=layers.len() {
            show(&[format!("z{k}"), format!("a{k}")]);
        }
        show(&["loss".into()]);
        for (l, layer) in layers.iter().enumerate().rev() {
            let names = ["dz", "dW", "db", "dalpha"].map(|name| format!("{name}{}", l + 1));
            show(if learned(layer).is_some() { &names } else { &names[..3] });
        }
        for (l, layer) in layers.iter().enumerate() {
            let names = ["W", "b", "alpha"].map(|name| format!("{name}{}", l + 1));
            show(if learned(layer).is_some() { &names } else { &names[..2] });
        }
    }
}

/// The losses of all samples, from the last layer, which counts `k` from 1.
pub(crate) fn losses(loss: Loss, k: usize) -> String {
    match loss {
        Loss::HalfSquaredError => format!("0.5 * ((a{k} - y) ** 2).sum(dim=1)"),
        Loss::BinaryCrossEntropy => {
            let entropy = "F.binary_cross_entropy_with_logits";
            format!("{entropy}(z{k}, y, reduction=\"none\").sum(dim=1)")
        }
        Loss::SoftmaxCrossEntropy => format!("F.cross_entropy(z{k}, y, reduction=\"none\")"),
    }
}

/// What layer `l` reads.
pub(crate) fn below(l: usize) -> String {
    if l == 0 { "x".into() } else { format!("a{l}") }
}

/// α, where it is learned.
pub(crate) fn learned(layer: &Layer) -> Option<f64> {
    layer.activation.unitwise().filter(|g| g.learns_alpha())?.alpha()
}

/// g(z) of the layer counted `k` from 1.
pub(crate) fn value(activation: LayerActivation, k: usize) -> String {
    use Activation::*;
    let LayerActivation::Unitwise(g) = activation else {
        return format!("F.softmax(z{k}, dim=1)");
    };
    match g {
        Identity => format!("z{k}"),
        // sign has a derivative in PyTorch, 0; a comparison has none.
        Step => format!("F.relu(torch.sign(z{k}))"),
        Sigmoid => format!("torch.sigmoid(z{k})"),
        Tanh => format!("torch.tanh(z{k})"),
        Relu => format!("F.relu(z{k})"),
        LeakyRelu { alpha } => format!("F.leaky_relu(z{k}, {})", number(alpha)),
        Prelu { .. } => format!("F.prelu(z{k}, alpha{k})"),
        Rrelu { alpha } => format!("F.leaky_relu(z{k}, {})  # rrelu's slope now", number(alpha)),
        Elu { alpha } => format!("F.elu(z{k}, {})", number(alpha)),
        Gelu => format!("F.gelu(z{k})"),
        Silu => format!("F.silu(z{k})"),
        // By default PyTorch gives z itself from 20 on, 2e-9 too little.
        Softplus => format!("F.softplus(z{k}, threshold=40)"),
    }
}

/// The factor g′(z), or nothing where it is 1.
fn by_slope(g: Activation, k: usize) -> String {
    use Activation::*;
    let z = format!("z{k}");
    let slope = match g {
        Identity => return String::new(),
        Step => "0".into(),
        Sigmoid => format!("a{k} * (1 - a{k})"),
        Tanh => format!("(1 - a{k} ** 2)"),
        Relu => format!("torch.where({z} > 0, 1.0, 0.0)"),
        LeakyRelu { alpha } | Rrelu { alpha } => {
            format!("torch.where({z} > 0, 1.0, {})", number(alpha))
        }
        Prelu { .. } => format!("torch.where({z} > 0, 1.0, alpha{k})"),
        Elu { alpha } => format!("torch.where({z} > 0, 1.0, {} * torch.exp({z}))", number(alpha)),
        Gelu => {
            let cdf = format!("0.5 * torch.erfc(-{z} / 2 ** 0.5)");
            format!("({cdf} + {z} * torch.exp(-0.5 * {z} ** 2) / (2 * torch.pi) ** 0.5)")
        }
        Silu => format!("torch.sigmoid({z}) * (1 + {z} * torch.sigmoid(-{z}))"),
        Softplus => format!("torch.sigmoid({z})"),
    };
    format!(" * {slope}")
}

/// The shortest digits that read back as the same number.
pub(crate) fn number(v: f64) -> String {
    match v {
        v if v.is_nan() => "float(\"nan\")".into(),
        f64::INFINITY => "float(\"inf\")".into(),
        f64::NEG_INFINITY => "float(\"-inf\")".into(),
        v => format!("{v:?}"),
    }
}

pub(crate) fn row(values: &[f64]) -> String {
    format!("[{}]", values.iter().copied().map(number).collect::<Vec<_>>().join(", "))
}

pub(crate) fn matrix(rows: impl IntoIterator<Item = impl AsRef<[f64]>>) -> String {
    let rows: Vec<String> = rows.into_iter().map(|values| row(values.as_ref())).collect();
    format!("[{}]", rows.join(", "))
}
