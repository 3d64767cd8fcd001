// The chapter's tables of numbers.

import { el } from "../dom.js";
import { text } from "../words.js";

const heads = (keys) => el("thead", {}, el("tr", {}, keys.map((key) => el("th", { scope: "col" }, text(key)))));
const cell = ({ text: words, exact }) => el("td.exact", { title: exact }, words);

function table(caption, keys, rows) {
  return el("table.findings", {}, el("caption.unseen", {}, text(caption)), heads(keys), el("tbody", {}, rows));
}

export function quotients(rows) {
  const row = ({ epsilon, down, up, corner }) => el("tr", {}, el("th", { scope: "row" }, epsilon.text, corner ? el("small", {}, text("nudge.passes_corner")) : null), cell(down), cell(up));
  return table("nudge.shrinking", ["nudge.epsilon", "nudge.downward", "nudge.upward"], rows.map(row));
}

export function gradients(rows) {
  const row = ({ symbol, before, loss, slope }) => el("tr", {}, el("th", { scope: "row" }, symbol), cell(before), cell(loss), cell(slope));
  return table("nudge.all_title", ["nudge.parameter", "nudge.value", "nudge.loss_nudged", "nudge.change_by"], rows.map(row));
}

export function steps(rows) {
  const row = ({ symbol, before, gradient, change, after }) => el("tr", {}, el("th", { scope: "row" }, symbol), cell(before), cell(gradient), cell(change), cell(after));
  return table("nudge.step_table", ["nudge.parameter", "nudge.before", "nudge.gradient", "nudge.change", "nudge.after"], rows.map(row));
}
