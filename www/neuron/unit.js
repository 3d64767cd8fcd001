// The unit as figure 6 has it: inputs, weights on their edges, and a capsule z | g | a; its numbers
// to be set, and its arithmetic.

import { arithmetic } from "../card.js";
import { el, fill, setAttributes, setText, svg } from "../dom.js";
import { choice, newId, slider } from "../fields.js";
import { plainSay, say, text } from "../words.js";
import { change } from "./change.js";

// Inputs, then weights, then the bias: what the sliders reach, as far as it is of use.
const INPUT = { min: -1, max: 2, step: 0.1 };
const WEIGHT = { min: -3, max: 3, step: 0.1 };

export function unit() {
  const drawing = picture();
  const node = el("section.block.unit", { "aria-label": text("neuron.unit") }, el("h2", {}, text("neuron.unit")), drawing.node);
  return { node, update: drawing.update };
}

// How z and a come about, and what the activation makes of z.
export function sums() {
  const lines = el("dl.arithmetic");
  const fires = el("p.fires");
  const g = el("div");
  const passes = el("p.passes");
  const node = el("div.pair", {},
    el("section.block", { "aria-label": text("neuron.arithmetic") }, el("h2", {}, text("neuron.arithmetic")), lines, fires),
    el("section.block", { "aria-label": text("neuron.passes") }, el("h2", {}, text("neuron.passes")), g, passes));
  function update(frame) {
    fill(lines, frame.lines, () => frame.lines.map(line));
    fill(fires, frame.fires, () => say(frame.fires));
    fill(g, frame.activation, () => activation(frame));
    fill(passes, frame.passes, () => say(frame.passes));
  }
  return { node, update };
}

// A quantity, and how it is made.
export const line = ({ what, parts }) => el("div", {}, el("dt", {}, what), el("dd", {}, arithmetic({ formula: null, parts })));

// The unit's numbers, to be set.
export function settings() {
  const of = (kind, limits, name, send) => slider({ name: text(`neuron.${kind}`, { name }), ...limits, send });
  const inputs = ["x₁", "x₂"].map((name, input) => of("input", INPUT, name, (value) => change({ input: { input, value } })));
  const weights = ["w₁", "w₂"].map((name, input) => of("weight", WEIGHT, name, (value) => change({ weight: { input, value } })));
  const bias = of("bias", WEIGHT, "b", (value) => change({ bias: value }));
  const node = el("section.block.settings", { "aria-label": text("neuron.values") }, el("h2", {}, text("neuron.values")), [...inputs, ...weights, bias].map((one) => one.node));
  function update(frame) {
    const all = [...frame.at, ...frame.weights, frame.bias];
    [...inputs, ...weights, bias].forEach((one, n) => one.update(all[n].value, all[n].text));
  }
  return { node, update };
}

function activation({ activation: value, activations }) {
  const options = activations.map((name) => [name, text(`activation.${name}`)]);
  return choice({ label: text("neuron.activation"), options, value, key: "g", send: (name) => change({ activation: name }) });
}

// Places in the drawing: the inputs' centres, the capsule, and its cells' borders.
const [WIDTH, HEIGHT] = [400, 224];
const INPUTS = [{ x: 36, y: 62 }, { x: 36, y: 172 }];
const RADIUS = 25;
const CAPSULE = { x: 178, y: 89, width: 192, height: 56 };
const [CUT1, CUT2] = [CAPSULE.x + 74, CAPSULE.x + 118];
const MIDDLE = CAPSULE.y + CAPSULE.height / 2;
const BIAS = { x: CAPSULE.x + 37, y: 44 };
const CURVE = { x: (CUT1 + CUT2) / 2 - 15, y: MIDDLE - 15 };
const NAMES = ["w₁", "w₂", "b"];

function picture() {
  const id = newId("unit");
  const edges = NAMES.map((name, n) => edge(n));
  const inputs = INPUTS.map(({ x, y }, n) => [svg("circle", { cx: x, cy: y, r: RADIUS }), label(x, y + RADIUS + 16, `x${"₁₂"[n]}`, "name")]);
  const values = INPUTS.map(({ x, y }) => label(x, y + 5, "", "value"));
  const z = label((CAPSULE.x + CUT1) / 2 + 2, MIDDLE + 5, "", "value");
  const a = label((CUT2 + CAPSULE.x + CAPSULE.width) / 2 - 2, MIDDLE + 5, "", "value");
  const curve = svg("g", { transform: `translate(${CURVE.x} ${CURVE.y})` });
  const capsule = svg("rect.capsule", { ...CAPSULE, rx: CAPSULE.height / 2 });
  const below = MIDDLE + CAPSULE.height / 2 + 17;
  const end = CAPSULE.x + CAPSULE.width;
  const image = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-describedby": id },
    edges.map(({ node }) => node), svg("path.out", { d: `M${end} ${MIDDLE}h18m-7 -6l8 6l-8 6` }), capsule,
    [CUT1, CUT2].map((x) => svg("line.cut", { x1: x, x2: x, y1: CAPSULE.y + 5, y2: CAPSULE.y + CAPSULE.height - 5 })),
    inputs.flat(), values, z, a, curve, label((CAPSULE.x + CUT1) / 2, below, "z", "name"), label((CUT1 + CUT2) / 2, below, "g", "name"), label((CUT2 + end) / 2, below, "a", "name"));
  const words = el("p.unseen", { id });
  const node = el("figure.figure6", {}, image, words);
  function update({ unit: now }) {
    now.edges.forEach((one, n) => edges[n].update(one));
    now.x.forEach((value, n) => setText(values[n], value));
    setText(z, now.z);
    setText(a, now.a);
    capsule.classList.toggle("fires", now.fires);
    fill(curve, [now.curve, now.axes, now.standing], () => glyph(now));
    const said = now.words.map(plainSay);
    setAttributes(image, { "aria-label": said[0] });
    setText(words, said.slice(1).join(" "));
  }
  return { node, update };
}

const label = (x, y, words, kind) => svg(`text.${kind}`, { x, y, "text-anchor": "middle" }, words);

// An edge with its weight on it; the bias has one of its own.
function edge(n) {
  const from = INPUTS[n];
  const line = from
    ? svg("line", { x1: from.x + RADIUS, y1: from.y, x2: CAPSULE.x + 4, y2: MIDDLE + (n ? 12 : -12) })
    : svg("line", { x1: BIAS.x, y1: BIAS.y, x2: BIAS.x, y2: CAPSULE.y });
  const place = from ? { x: 132, y: n ? from.y + 8 : from.y + 2 } : { x: BIAS.x, y: BIAS.y - 8 };
  const words = label(place.x, place.y, "", "weight");
  const node = svg("g.edge", {}, line, words);
  function update({ text: value, width, negative }) {
    line.setAttribute("stroke-width", width);
    node.classList.toggle("negative", negative);
    setText(words, `${NAMES[n]} = ${value}`);
  }
  return { node, update };
}

function glyph({ curve, axes, standing: [cx, cy] }) {
  const axis = ([[x1, y1], [x2, y2]]) => svg("line.axis", { x1, y1, x2, y2 });
  return [...axes.map(axis), svg("polyline", { points: curve.map((point) => point.join(",")).join(" ") }), svg("circle.standing", { cx, cy, r: 3 })];
}
