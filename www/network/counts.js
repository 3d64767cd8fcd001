// Shapes and numbers of parameters, and the network as functions and as equations.

import { el, fill } from "../dom.js";
import { formula } from "../formula.js";
import { plainSay, say, text } from "../words.js";

const HEADS = ["layer", "units"];

export function counts() {
  const body = el("div.scroll");
  const words = el("div.why");
  const node = el("section.block", { "aria-label": text("network.counts") }, el("h2", {}, text("network.counts")), body, words);
  function update({ counts: now }) {
    fill(body, now, () => table(now));
    fill(words, now, () => [now.sum, now.counted, { key: "network.parameters_hint", args: {} }].map((sentence) => el("p", {}, say(sentence))));
  }
  return { node, update };
}

const symbol = (letter) => el("i", {}, letter);

function table({ rows, total }) {
  const head = [...HEADS.map((key) => text(`network.counts.${key}`)), symbol("W"), symbol("b"), text("network.counts.how"), text("network.counts.count")];
  const cell = (words) => el("td.exact", {}, words ?? "–");
  const row = ({ name, units, w, b, how, count }) => el("tr", {}, el("th", { scope: "row" }, plainSay(name)), cell(units), cell(w), cell(b), cell(how), w ? cell(count) : el("td", {}, text("network.counts.none")));
  const sum = el("tr.focus", {}, el("th", { scope: "row", colspan: 5 }, text("network.counts.total")), cell(total));
  return el("table.findings", {}, el("thead", {}, el("tr", {}, head.map((words) => el("th", { scope: "col" }, words)))), el("tbody", {}, rows.map(row), sum));
}

export function nested() {
  const whole = el("div.formula.nested");
  const steps = el("ol.steps");
  const node = el("section.block", { "aria-label": text("network.nested") }, el("h2", {}, text("network.nested")), el("p", {}, text("network.nested.hint")), whole,
    el("h3", {}, text("network.nested.steps")), el("div.scroll", {}, steps));
  function update({ nested: now }) {
    fill(whole, now.whole, () => formula(now.whole));
    fill(steps, now.layers, () => now.layers.map(({ z, a, activation }) => el("li", {}, formula(z), el("span", {}, formula(a), " ", text(`activation.${activation}`)))));
  }
  return { node, update };
}
