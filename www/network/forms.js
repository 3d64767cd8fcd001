// A layer's product three times: as one number, as a row, and whole. What belongs to the part that
// is pointed at is marked in each; a click on a weight points at it.

import { el, fill, setAttributes } from "../dom.js";
import { radios } from "../fields.js";
import { formula } from "../formula.js";
import { chip, symbol } from "../number.js";
import { say, text } from "../words.js";
import { change } from "./change.js";
import { select } from "./select.js";

const PASSES = ["forward", "backward", "gradient"];

export function forms() {
  const pass = radios({ name: text("network.pass"), options: PASSES.map((name) => [name, text(`network.pass.${name}`)]), send: (name) => change({ pass: name }) });
  const why = el("div.why");
  const body = el("div.forms");
  const node = el("section.block", { "aria-label": text("network.forms") }, el("h2", {}, text("network.forms")), pass.node, why, body);
  function update({ pass: now, forms: all }) {
    pass.update(now);
    setAttributes(node, { "data-pass": now });
    fill(why, all.says, () => all.says.map((sentence) => el("p", {}, say(sentence))));
    fill(body, [all.number, all.row, all.matrix], () => ["number", "row", "matrix"].filter((kind) => all[kind]).map((kind) => form(kind, all[kind])));
  }
  return { node, update };
}

function form(kind, { formula: symbols, terms, parts, upright }) {
  const product = terms ? el("div.sum.long", {}, groups(terms)) : el("div.product", {}, parts.map(factor));
  const before = upright && el("div.upright", {}, el("p.kicker", {}, text("network.form.upright")), table(upright));
  return el("section.form", {}, el("h3", {}, text(`network.form.${kind}`)), el("div.formula", {}, formula(symbols)), el("div.across", {}, before, product));
}

const BREAKS = /^[=≈+]$/;

// A line breaks before a relation or a plus, not within a product.
function groups(terms) {
  const found = [];
  for (const one of terms) {
    if (!found.length || BREAKS.test(one.op)) found.push(el("span.term"));
    found.at(-1).append(term(one));
  }
  return found;
}

const term = ({ op, num, lit }) => num ? el(lit ? "span.term.entry" : "span.term", {}, chip(num)) : el("span.op.free", {}, op);

const factor = ({ op, table: matrix }) => matrix ? table(matrix) : el("span.op.free", {}, op);

function table({ symbol: letter, layer, transposed, shape, rows }) {
  const name = [symbol(letter, layer), transposed && el("sup", {}, "T")];
  return el("table.matrix", {},
    el("caption", {}, name, " ", el("span.shape", {}, shape)),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell)))));
}

// The picture does the same by keys, so that a cell need not be a button of its own.
function cell({ num, state, sign, part }) {
  return el(["td", sign, part && "choosable"].filter(Boolean).join("."), { "data-state": state, title: num.approx ? num.exact : null, onclick: part && (() => select(part)) }, chip(num));
}
