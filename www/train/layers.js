// How each layer fares: the size of its gradient, and units that are saturated, inactive or dead.

import { el, fill } from "../dom.js";
import { text } from "../words.js";

const HEADS = ["layer", "gradient", "saturated", "inactive", "dead"];

export function layers() {
  const body = el("div.scroll");
  const node = el("section.block", { "aria-label": text("train.layers") }, el("h2", {}, text("train.layers")), body, el("p.note", {}, text("train.layers_hint")));
  const update = ({ layers: all }) => fill(body, all, () => table(all));
  return { node, update };
}

function table(all) {
  const head = HEADS.map((key) => el("th", { scope: "col" }, text(`train.${key}`)));
  const row = ({ activation, units, gradient, saturated, inactive, dead }, n) => el("tr", {},
    el("th", { scope: "row" }, `${n + 1} · ${text(`activation.${activation}`)}`),
    el("td.exact", { title: gradient.exact }, gradient.text),
    el("td.exact", {}, saturated), el("td.exact", {}, inactive), el("td.exact", {}, text("train.of", { n: dead, all: units })));
  return el("table.findings", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, all.map(row)));
}
