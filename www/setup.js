// The editor: network, functions, loss, samples, seed.

import { el, fill, setAttributes } from "./dom.js";
import { button, choice, numberField } from "./fields.js";
import { dispatch, frame as currentFrame } from "./session.js";
import { symbol } from "./number.js";
import { text } from "./words.js";

const PRESETS = ["lap", "a", "b", "xor", "one", "dead", "figure7"];
const LOSSES = ["half_squared_error", "binary_cross_entropy", "softmax_cross_entropy"];
const INITS = ["uniform", "normal", "xavier", "he", "zeros"];
const [WIDEST, DEEPEST, MOST_SAMPLES] = [8, 8, 64];

export function setup() {
  const body = el("div.body");
  const node = el("details.fold", {}, el("summary", {}, text("ui.setup")), body);
  function update({ setup, chart }) {
    fill(body, [setup, chart.all], () => editor(setup, chart.all));
  }
  return { node, update };
}

function editor(setup, functions) {
  return [
    el("div.fields", {}, preset(setup.preset), named("loss", LOSSES, setup.loss, (name) => dispatch({ do: "loss", name })), init(setup.init), ...seed(setup.seed), batch(setup.batch)),
    layers(setup, functions),
    samples(setup.sample_values),
  ];
}

const named = (what, names, value, send) => choice({ label: text(`setup.${what}`), options: names.map((name) => [name, text(`${what}.${name}`)]), value, send, key: what });

// A network that has been changed is none of the presets.
function preset(value) {
  const own = value === null || !PRESETS.includes(value) ? [["", text("preset.own")]] : [];
  const options = [...own, ...PRESETS.map((name) => [name, text(`preset.${name}`)])];
  return choice({ label: text("setup.preset"), options, value: own.length ? "" : value, key: "preset", send: (name) => name === "" || dispatch({ do: "preset", name }) });
}

const init = (value) => named("init", INITS, value, (scheme) => dispatch({ do: "init", scheme }));

function seed(value) {
  const send = (to) => dispatch({ do: "seed", seed: to });
  return [labelled("setup.seed", numberField({ label: text("setup.seed"), value, step: 1, min: 0, key: "seed", send, wide: true })), button(text("setup.redraw"), () => send(currentFrame().setup.seed + 1))];
}

function batch(value) {
  return labelled("setup.batch", numberField({ label: text("setup.batch"), value, step: 1, min: 1, key: "batch", send: (size) => dispatch({ do: "batch", size }) }));
}

const labelled = (key, field) => el("span.field", {}, el("span", { "aria-hidden": "true" }, text(key)), field);

function layers({ sizes, layers }, functions) {
  const resize = (to) => dispatch({ do: "sizes", sizes: to });
  const rows = sizes.map((size, n) => {
    const field = numberField({ label: text("setup.units_of", { l: n }), value: size, step: 1, min: 1, max: WIDEST, key: `size-${n}`, send: (to) => resize(replaced(sizes, n, [to])) });
    const hidden = n > 0 && n < sizes.length - 1;
    const remove = hidden && button(text("setup.remove"), () => resize(replaced(sizes, n, [])), { kind: "quiet" });
    const place = n === 0 ? "input" : hidden ? "hidden" : "output";
    return el("tr", {},
      el("th", { scope: "row" }, text(`setup.${place}`), " ", symbol("", n)),
      el("td", {}, field),
      el("td", {}, n > 0 && func(layers[n - 1], n - 1, functions, n === sizes.length - 1)),
      el("td", {}, n > 0 && alpha(layers[n - 1], n - 1)),
      el("td", {}, remove));
  });
  const add = button(text("setup.add"), () => resize([...sizes.slice(0, -1), 2, sizes.at(-1)]));
  add.enable(sizes.length < DEEPEST);
  const heads = ["layer", "units", "activation"].map((key) => el("th", { scope: "col" }, text(`setup.${key}`)));
  return el("div.scroll", {}, el("table.editor", {}, el("thead", {}, el("tr", {}, heads, el("th", { scope: "col" }, "α"), el("td"))), el("tbody", {}, rows)), add, el("p.note", {}, text("setup.resize_hint")));
}

const replaced = (list, n, by) => [...list.slice(0, n), ...by, ...list.slice(n + 1)];

function func({ activation }, layer, functions, last) {
  const names = last ? [...functions, "softmax"] : functions;
  return choice({ label: text("setup.activation_of", { l: layer + 1 }), hideLabel: true, options: names.map((name) => [name, text(`activation.${name}`)]), value: activation, key: `activation-${layer}`, send: (name) => dispatch({ do: "activation", layer, name }) });
}

function alpha({ alpha: value }, layer) {
  if (value === null) return null;
  return numberField({ label: text("setup.alpha_of", { l: layer + 1 }), value, key: `alpha-${layer}`, send: (to) => dispatch({ do: "alpha", layer, value: to }) });
}

function removal(s) {
  const node = button(text("setup.remove"), () => dispatch({ do: "remove_sample", sample: s }), { kind: "quiet" });
  setAttributes(node, { "aria-label": text("setup.remove_sample", { s: s + 1 }), "data-key": `remove-sample-${s}` });
  return node;
}

function samples({ inputs, targets }) {
  const fields = (row, s, what, letter) => row.map((value, unit) => el("td", {}, numberField({
    label: text("setup.sample_of", { s: s + 1, name: `${letter}${unit + 1}` }), value, key: `${what}-${s}-${unit}`,
    send: (to) => dispatch({ do: what, sample: s, unit, value: to }),
  })));
  const heads = (row, letter) => row.map((_, n) => el("th", { scope: "col" }, el("i", {}, letter), el("sub", {}, n + 1)));
  const rows = inputs.map((x, s) => el("tr", {}, el("th", { scope: "row" }, s + 1), fields(x, s, "input", "x"), fields(targets[s], s, "target", "y"), el("td", {}, inputs.length > 1 && removal(s))));
  const add = button(text("setup.add_sample"), () => dispatch({ do: "add_sample" }));
  add.enable(inputs.length < MOST_SAMPLES);
  return el("div.scroll", {}, el("table.editor", {}, el("caption", {}, text("setup.samples")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, text("setup.sample")), heads(inputs[0], "x"), heads(targets[0], "y"), el("td"))), el("tbody", {}, rows)), add);
}
