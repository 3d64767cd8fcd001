"""Runs generated PyTorch scripts with PyTorch and compares what they print with gradient_step.

By hand, with torch installed: python3 tests/torch/script_runs_in_torch.py
A hundred or so cases: every activation with every loss that fits, with one sample and several.
"""

import contextlib
import io
import json
import math
import pathlib
import random
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = 1e-12
ACTIVATIONS = "identity step sigmoid tanh relu leaky_relu prelu rrelu elu gelu silu softplus".split()
WITH_ALPHA = {"leaky_relu", "prelu", "rrelu", "elu"}
PRINTED = re.compile(
    r"^(\w+) = tensor\((.*?)(?:,\s+(?:grad_fn|requires_grad)=[^()]*)?\)$", re.S | re.M
)


def layer(rng, inputs, units, activation):
    result = {
        "weights": [[rng.uniform(-1, 1) for _ in range(inputs)] for _ in range(units)],
        "biases": [rng.uniform(-1, 1) for _ in range(units)],
        "activation": activation,
    }
    if activation in WITH_ALPHA:
        result["alpha"] = rng.uniform(-0.2, 1.5)
    return result


def targets(rng, loss, units):
    if loss == "softmax_cross_entropy":
        hot = rng.randrange(units)
        return [float(k == hot) for k in range(units)]
    return [rng.random() for _ in range(units)]


def case(seed, activation, loss, last, batch):
    rng = random.Random(seed)
    sizes = [rng.randint(1, 5) for _ in range(rng.randint(2, 5))]
    hidden = [activation] + [rng.choice(ACTIVATIONS) for _ in sizes]
    pairs = list(zip(sizes, sizes[1:]))
    scale = 60.0 if seed % 7 == 0 else 1.0
    return {
        "format": "gradstep/1",
        "layers": [
            layer(rng, n_in, n_out, last if l + 1 == len(pairs) else hidden[l])
            for l, (n_in, n_out) in enumerate(pairs)
        ],
        "loss": loss,
        "learning_rate": rng.random(),
        "inputs": [[scale * rng.uniform(-2, 2) for _ in range(sizes[0])] for _ in range(batch)],
        "targets": [targets(rng, loss, sizes[-1]) for _ in range(batch)],
    }


def cases():
    seed = 0
    for batch in (1, 3):
        for activation in ACTIVATIONS:
            for loss, last in [
                ("half_squared_error", activation),
                ("half_squared_error", "identity"),
                ("binary_cross_entropy", "sigmoid"),
                ("softmax_cross_entropy", "softmax"),
            ]:
                seed += 1
                yield case(seed, activation, loss, last, batch)
    # Where PyTorch's softplus, left to itself, would give z.
    rng = random.Random(0)
    yield case(0, "identity", "half_squared_error", "identity", 1) | {
        "layers": [layer(rng, 1, 1, "softplus") | {"weights": [[20.5]], "biases": [0.0]}],
        "inputs": [[1.0]],
        "targets": [[20.0]],
    }


def example(text, *arguments):
    binary = ROOT / "target" / "debug" / "examples" / "print_script"
    run = subprocess.run([binary, *arguments], input=text, capture_output=True, text=True, check=True)
    return run.stdout


def printed(script):
    """The numbers that the script prints, by name."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(script, "script", "exec"), {})
    names = {"inf": math.inf, "nan": math.nan}
    return {name: eval(value, names) for name, value in PRINTED.findall(output.getvalue())}


def expected(step):
    """The same from gradient_step."""
    wanted = {"loss": step["loss"]}
    for l, after in enumerate(step["next"]["layers"]):
        k = l + 1
        for name, key in [("z", "z"), ("a", "a"), ("dz", "dz"), ("dW", "dw"), ("db", "db")]:
            wanted[f"{name}{k}"] = step[key][l]
        wanted[f"W{k}"], wanted[f"b{k}"] = after["weights"], after["biases"]
        if after["activation"] == "prelu":
            wanted[f"dalpha{k}"], wanted[f"alpha{k}"] = step["dalpha"][l], [after["alpha"]]
    return wanted


def flat(value):
    if isinstance(value, list):
        return [number for item in value for number in flat(item)]
    return [float(value)]


def error(found, wanted):
    """The largest difference, relative to the largest number if that is above 1."""
    found, wanted = flat(found), flat(wanted)
    if len(found) != len(wanted):
        return math.inf
    size = max(1.0, *map(abs, wanted))
    return max(0.0 if x == y else abs(x - y) / size for x, y in zip(found, wanted))


def main():
    subprocess.run(["cargo", "build", "-q", "--example", "print_script"], cwd=ROOT, check=True)
    worst, compared, wrong = 0.0, 0, []
    numbers = list(cases())
    for index, numbers_of_case in enumerate(numbers):
        text = json.dumps(numbers_of_case)
        found, wanted = printed(example(text)), expected(json.loads(example(text, "--step")))
        if found.keys() != wanted.keys():
            wrong.append((index, sorted(found.keys() ^ wanted.keys())))
            continue
        for name in wanted:
            off = error(found[name], wanted[name])
            compared += len(flat(wanted[name]))
            worst = max(worst, off)
            if not off <= TOLERANCE:
                wrong.append((index, name, off, [l["activation"] for l in numbers_of_case["layers"]]))
    print(f"{len(numbers)} scripts, {compared} numbers compared, worst difference {worst:.2g}")
    for line in wrong:
        print("wrong:", *line)
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
