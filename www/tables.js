// W, b, z, a, da, dz, dW, db of each layer as matrices. What is not computed yet is empty.

import { el, fill } from "./dom.js";
import { numberField } from "./fields.js";
import { chip, symbol } from "./number.js";
import { dispatch, frame as currentFrame } from "./session.js";
import { text } from "./words.js";

export function tables() {
  let editing = false;
  const box = el("input", { type: "checkbox", onchange: () => edit(box.checked) });
  const grid = el("div.tables");
  const edits = el("label.check", {}, box, text("ui.edit_weights"));
  const node = el("section.block", {}, el("div.row", {}, el("h2", {}, text("ui.tables")), edits), grid);

  function edit(on) {
    editing = on;
    box.checked = on;
    update(currentFrame());
  }

  function update({ tables, setup, broken }) {
    // What is broken stays as it is.
    edits.hidden = broken !== null;
    fill(grid, [tables, editing, editing && [setup.weights, setup.biases]], () => byLayer(tables).map((layer) => el("div.layer", {}, layer.map((table) => matrix(table, setup)))));
  }

  function matrix({ l, name, shape, rows, mean, edit: editable, marks }, setup) {
    const cell = editing && editable ? (_, j, i) => parameter(l, name, j, i, setup) : (num, j, i) => num && chip(num, `${name}-${l}-${j}-${i}`);
    const body = rows.map((row, j) => el("tr", {}, row.map((num, i) => el("td", {}, cell(num, j, i))), marks.length > 0 && el("td.mark", {}, marks[j] && text(marks[j]))));
    return el(`table.matrix.${name}`, {},
      el("caption", {}, symbol(name, l), " ", el("span.shape", {}, `${shape[0]} × ${shape[1]}${mean ? ` · ${text("ui.mean")}` : ""}`)),
      el("tbody", {}, body));
  }

  return { node, update, edit };
}

function byLayer(all) {
  const layers = [];
  for (const table of all) (layers[table.l - 1] ??= []).push(table);
  return layers.filter(Boolean);
}

function parameter(l, name, j, i, { weights, biases }) {
  const layer = l - 1;
  const isWeight = name === "W";
  return parameterField(isWeight ? { do: "weight", layer, unit: j, from: i } : { do: "bias", layer, unit: j }, isWeight ? weights[layer][j][i] : biases[layer][j]);
}

// A field for one weight or bias; `action` names it.
export function parameterField(action, value) {
  const { layer, unit, from } = action;
  const key = from === undefined ? "ui.bias_of" : "ui.weight_of";
  return numberField({
    label: text(key, { l: layer + 1, j: unit + 1, i: (from ?? 0) + 1 }),
    value,
    key: `edit-${layer}-${unit}-${from}`,
    send: (to) => dispatch({ ...action, value: to }),
  });
}
