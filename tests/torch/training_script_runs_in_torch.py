"""Runs the PyTorch scripts of trainings and compares the losses they end at with the page's own.

By hand, with torch installed: python3 tests/torch/training_script_runs_in_torch.py
Every data set, activation that draws nothing, optimiser and regularisation, with an edit and
another learning rate on the way.
"""

import contextlib
import io
import itertools
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = 1e-9
STEPS = 300
SETS = "circle xor gauss spiral plane multi_gauss clouds rings arms sine valley jump".split()
ACTIVATIONS = "identity sigmoid tanh relu leaky_relu prelu elu gelu silu softplus step".split()
OPTIMIZERS = [
    "sgd",
    {"momentum": {"mu": 0.9}},
    {"adam": {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}},
]
REGULARIZATIONS = ["none", {"l1": {"rate": 0.01}}, {"l2": {"rate": 0.01}}]
INPUTS = ["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]


def setups():
    kinds = itertools.cycle(itertools.product(OPTIMIZERS, REGULARIZATIONS))
    functions = itertools.cycle(ACTIVATIONS)
    for n, (name, hidden) in enumerate(itertools.product(SETS, ([], [3], [4, 2], [8, 8, 4]))):
        optimizer, regularization = next(kinds)
        yield {
            "set": name,
            "size": 60 + n,
            "noise": n % 30,
            "train": 50,
            "points_seed": n,
            "inputs": INPUTS[: 1 + n % 7],
            "hidden": [{"units": units, "activation": next(functions)} for units in hidden],
            "init": "xavier",
            "seed": n,
            "rate": 0.003,
            "batch": 1 + n % 13,
            "optimizer": optimizer,
            "regularization": regularization,
        }


def ask(setup, *arguments):
    binary = ROOT / "target" / "debug" / "examples" / "print_training"
    text = json.dumps(setup)
    command = [binary, str(STEPS), *arguments]
    run = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return run.stdout


def losses(text):
    rows = (line.rsplit(" ", 1) for line in text.splitlines())
    return {name: float(value) for name, value in rows}


def main():
    subprocess.run(["cargo", "build", "--quiet", "--example", "print_training"], cwd=ROOT, check=True)
    worst, count = 0.0, 0
    for setup in setups():
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(ask(setup), {})
        found, wanted = losses(out.getvalue()), losses(ask(setup, "--losses"))
        assert found.keys() == wanted.keys(), (setup, found, wanted)
        for name in wanted:
            off = abs(found[name] - wanted[name]) / max(1.0, abs(wanted[name]))
            assert off <= TOLERANCE, (setup, name, found[name], wanted[name])
            worst = max(worst, off)
        count += 1
    print(f"{count} trainings of {STEPS} steps, worst {worst:.1e}")


if __name__ == "__main__":
    main()
