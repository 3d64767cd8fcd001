// The network's layers, and how it learns.

import { el, fill } from "../dom.js";
import { button, choice, numberField } from "../fields.js";
import { frame as currentFrame } from "../session.js";
import { text } from "../words.js";
import { change } from "./change.js";

const OPTIMIZERS = { sgd: "sgd", momentum: { momentum: { mu: 0.9 } }, adam: { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } } };
const PENALTIES = ["none", "l1", "l2"];
const PENALTY_RATE = 0.003;

export function model() {
  const hidden = el("div.scroll");
  const learning = el("div.fields");
  const node = el("div.stacked", {}, hidden, learning);
  function update({ setup, choices }) {
    fill(hidden, [setup.hidden, choices], () => rows(setup.hidden, choices));
    fill(learning, [setup.init, setup.seed, setup.optimizer, setup.regularization], () => [...start(setup, choices), ...method(setup)]);
  }
  return { node, update };
}

const named = (label, names, value, send, key, words) => choice({ label, options: names.map((name) => [name, text(`${words}.${name}`)]), value, send, key });

function rows(layers, { activations, deepest, widest }) {
  const resize = (to) => change({ hidden: to });
  const replaced = (n, by) => [...layers.slice(0, n), ...by, ...layers.slice(n + 1)];
  const row = (layer, n) => {
    const units = numberField({ label: text("setup.units_of", { l: n + 1 }), value: layer.units, step: 1, min: 1, max: widest, key: `units-${n}`, send: (to) => resize(replaced(n, [{ ...layer, units: to }])) });
    const name = (to) => resize(replaced(n, [{ units: layer.units, activation: to }]));
    const g = choice({ label: text("setup.activation_of", { l: n + 1 }), hideLabel: true, options: activations.map((one) => [one, text(`activation.${one}`)]), value: layer.activation, key: `g-${n}`, send: name });
    const alpha = layer.alpha === undefined || layer.alpha === null ? null : numberField({ label: text("setup.alpha_of", { l: n + 1 }), value: layer.alpha, key: `alpha-${n}`, send: (to) => resize(replaced(n, [{ ...layer, alpha: to }])) });
    const remove = button("×", () => resize(replaced(n, [])), { kind: "quiet" });
    remove.setAttribute("aria-label", text("train.remove_layer", { l: n + 1 }));
    return el("tr", {}, el("th", { scope: "row" }, text("train.hidden", { l: n + 1 })), el("td", {}, units), el("td", {}, g), el("td", {}, alpha && el("span.field", {}, "α", alpha)), el("td", {}, remove));
  };
  const last = layers.at(-1) ?? { activation: "tanh" };
  const add = button(text("setup.add"), () => resize([...layers, { ...last, units: 2 }]));
  add.enable(layers.length < deepest);
  const same = new Set(layers.map(({ activation }) => activation));
  const all = layers.length > 1 && choice({ label: text("train.all_layers"), options: [["", "…"], ...activations.map((one) => [one, text(`activation.${one}`)])], value: same.size === 1 ? layers[0].activation : "", key: "g-all", send: (to) => to === "" || change({ activation: to }) });
  return [el("table.editor", { "aria-label": text("train.hidden_layers") }, el("tbody", {}, layers.map(row))), el("div.fields", {}, add, all)];
}

function start({ init, seed }, { inits }) {
  const draw = (to) => change({ seed: to });
  const field = numberField({ label: text("setup.seed"), value: seed, step: 1, min: 0, key: "seed", send: draw });
  return [
    named(text("setup.init"), inits, init, (to) => change({ init: to }), "init", "init"),
    el("span.field", {}, el("span", { "aria-hidden": "true" }, text("setup.seed")), field),
    button(text("setup.redraw"), () => draw(currentFrame().setup.seed + 1)),
  ];
}

const kind = (value) => (typeof value === "string" ? value : Object.keys(value)[0]);

function method({ optimizer, regularization }) {
  const penalty = kind(regularization);
  const rate = regularization[penalty]?.rate ?? PENALTY_RATE;
  const penalise = (name, to) => change({ regularization: name === "none" ? "none" : { [name]: { rate: to } } });
  const lambda = penalty !== "none" && el("span.field", {}, el("span", { "aria-hidden": "true" }, "λ"), numberField({ label: text("train.lambda"), value: rate, step: "any", min: 0, key: "lambda", send: (to) => penalise(penalty, to) }));
  return [
    named(text("train.optimizer"), Object.keys(OPTIMIZERS), kind(optimizer), (name) => change({ optimizer: OPTIMIZERS[name] }), "optimizer", "optimizer"),
    named(text("train.penalty"), PENALTIES, penalty, (name) => penalise(name, rate), "penalty", "penalty"),
    lambda,
  ];
}
