//! The PyTorch script of a case: network A's word for word, and where each number stands.
//! `script_runs_in_torch.py` runs scripts in PyTorch itself.

use gradstep::case::Case;
use gradstep::digest::seeded_cases;
use gradstep::presets::{NAMES, preset};
use gradstep::script::script;
use gradstep::trace::{Slot, Trace};

const NETWORK_A: &str = r#"import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=17, threshold=1_000_000)

eta = 0.1
x = torch.tensor([[2.0, 3.0]])
y = torch.tensor([[1.0]])

W1 = torch.tensor([[0.1, 0.4], [-0.9, -0.5]], requires_grad=True)
b1 = torch.tensor([0.2, 0.3], requires_grad=True)
W2 = torch.tensor([[-0.6, 0.8]], requires_grad=True)
b2 = torch.tensor([0.7], requires_grad=True)

# Forward
z1 = x @ W1.T + b1
a1 = F.leaky_relu(z1, 0.1)
z2 = a1 @ W2.T + b2
a2 = z2

# Loss, from which autograd goes back
losses = 0.5 * ((a2 - y) ** 2).sum(dim=1)
loss = losses.mean()
loss.backward()

# Backward by hand
with torch.no_grad():
    dz2 = a2 - y
    dW2 = dz2.T @ a1
    db2 = dz2.sum(dim=0)
    da1 = dz2 @ W2
    dz1 = da1 * torch.where(z1 > 0, 1.0, 0.1)
    dW1 = dz1.T @ x
    db1 = dz1.sum(dim=0)

    assert torch.allclose(dW1, W1.grad, equal_nan=True)
    assert torch.allclose(db1, b1.grad, equal_nan=True)
    assert torch.allclose(dW2, W2.grad, equal_nan=True)
    assert torch.allclose(db2, b2.grad, equal_nan=True)

    # Update, after all gradients
    W1 -= eta * dW1
    b1 -= eta * db1
    W2 -= eta * dW2
    b2 -= eta * db2

print(f"{z1 = }\n{a1 = }")
print(f"{z2 = }\n{a2 = }")
print(f"{loss = }")
print(f"{dz2 = }\n{dW2 = }\n{db2 = }")
print(f"{dz1 = }\n{dW1 = }\n{db1 = }")
print(f"{W1 = }\n{b1 = }")
print(f"{W2 = }\n{b2 = }")
"#;

fn first_case(name: &str) -> Case {
    preset(name).unwrap().case().unwrap()
}

/// How the line of `slot` begins; an α that is not learned stands within its layer's activation.
fn beginning(case: &Case, slot: Slot) -> String {
    let k = slot.layer().map_or(0, |l| l + 1);
    let learned = slot.layer().is_some_and(|l| {
        case.network.layers()[l].activation.unitwise().is_some_and(|g| g.learns_alpha())
    });
    match slot {
        Slot::X { .. } => "x =".into(),
        Slot::Y { .. } => "y =".into(),
        Slot::Rate => "eta =".into(),
        Slot::W { .. } => format!("W{k} ="),
        Slot::B { .. } => format!("b{k} ="),
        Slot::Alpha { .. } if learned => format!("alpha{k} ="),
        Slot::Alpha { .. } | Slot::A { .. } => format!("a{k} ="),
        Slot::Product { .. } | Slot::Z { .. } => format!("z{k} ="),
        Slot::Loss { .. } => "losses =".into(),
        Slot::MeanLoss => "loss =".into(),
        Slot::BackProduct { .. } | Slot::DA { .. } => format!("da{k} ="),
        Slot::Slope { .. } | Slot::DZ { .. } => format!("dz{k} ="),
        Slot::DW { .. } | Slot::MeanDW { .. } | Slot::LeftW { .. } => format!("dW{k} ="),
        Slot::DB { .. } | Slot::MeanDB { .. } | Slot::LeftB { .. } => format!("db{k} ="),
        Slot::NextW { .. } => format!("W{k} -="),
        Slot::NextB { .. } => format!("b{k} -="),
        Slot::NextAlpha { .. } => format!("alpha{k} -="),
        Slot::AlphaSlope { .. } | Slot::DAlphaTerm { .. } => format!("dalpha{k} ="),
        Slot::DAlpha { .. } | Slot::MeanDAlpha { .. } => format!("dalpha{k} ="),
    }
}

#[test]
fn the_script_of_network_a() {
    assert_eq!(script(&first_case("lap")).text, NETWORK_A);
}

#[test]
fn every_number_of_a_trace_has_its_line() {
    let presets = NAMES.into_iter().map(first_case);
    for case in presets.chain(seeded_cases().step_by(5)) {
        let script = script(&case);
        let lines: Vec<&str> = script.text.lines().collect();
        for step in Trace::record(&case).unwrap().steps() {
            let line = lines[script.line_of(step.slot).unwrap()].trim_start();
            assert!(line.starts_with(&beginning(&case, step.slot)), "{:?}: {line}", step.slot);
        }
    }
}

#[test]
fn what_the_case_does_not_have_has_no_line() {
    let script = script(&first_case("lap"));
    for slot in [
        Slot::Z { s: 0, l: 2, j: 0 },
        Slot::DA { s: 0, l: 1, j: 0 },
        Slot::Alpha { l: 1 },
        Slot::NextAlpha { l: 0 },
    ] {
        assert_eq!(script.line_of(slot), None, "{slot:?}");
    }
}

#[test]
fn a_batch_is_averaged_and_numbers_are_exact() {
    let mut case = first_case("xor");
    case.learning_rate = 0.1 + 0.2;
    case.batch.inputs[0][0] = f64::NEG_INFINITY;
    let text = script(&case).text;
    assert!(text.contains("eta = 0.30000000000000004\n"));
    assert!(text.contains("x = torch.tensor([[float(\"-inf\"), 0.0], "));
    assert!(text.contains("\nn = len(x)\n"));
    assert!(text.contains("    dW1 = dz1.T @ x / n\n    db1 = dz1.sum(dim=0) / n\n"));
}
