// All weights and biases as numbers that can be set, also while it trains.

import { el, fill } from "../dom.js";
import { numberField, showValue } from "../fields.js";
import { symbol } from "../number.js";
import { trainingNetwork } from "../session.js";
import { text } from "../words.js";
import { change } from "./change.js";

export function weights(runner) {
  const body = el("div.body");
  const node = el("details.fold", { ontoggle: () => refresh() }, el("summary", {}, text("train.weights")), body);
  let fields = [];

  // Built anew only for another shape; else each field takes its value.
  function refresh() {
    if (!node.open) return;
    const layers = trainingNetwork();
    if (!layers) return void fill(body, null, () => el("p", {}, text("ui.left_out")));
    if (fill(body, layers.map(({ weights: rows }) => [rows.length, rows[0].length]), () => layers.map(table))) {
      fields = [...body.querySelectorAll("input")];
    }
    const values = layers.flatMap(({ weights: rows, biases }) => rows.flatMap((row, j) => [...row, biases[j]]));
    fields.forEach((field, n) => showValue(field, values[n]));
  }

  function field(label, parameter, value, key) {
    const send = (to) => {
      if (!change({ parameter: { parameter, value: to } })) return false;
      runner.command({ set: { parameter, value: to } });
      return true;
    };
    return el("td", {}, numberField({ label, value, step: "any", key, wide: true, send }));
  }

  function table({ weights: rows, biases }, layer) {
    const heads = rows[0].map((_, from) => el("th", { scope: "col" }, from + 1));
    const row = (values, unit) => el("tr", {}, el("th", { scope: "row" }, unit + 1),
      values.map((value, from) => field(text("ui.weight_of", { l: layer + 1, j: unit + 1, i: from + 1 }), { weight: { layer, unit, from } }, value, `w-${layer}-${unit}-${from}`)),
      field(text("ui.bias_of", { l: layer + 1, j: unit + 1 }), { bias: { layer, unit } }, biases[unit], `b-${layer}-${unit}`));
    return el("div.scroll", {}, el("table.editor", {}, el("caption", {}, symbol("W", layer + 1), ", ", symbol("b", layer + 1)),
      el("thead", {}, el("tr", {}, el("td"), heads, el("th", { scope: "col" }, "b"))), el("tbody", {}, rows.map(row))));
  }
  return { node, update: refresh };
}
