// A stack of layers beside the one matrix and bias that it equals.

import { arithmetic } from "../card.js";
import { el, fill } from "../dom.js";
import { button, radios, slider } from "../fields.js";
import { symbol } from "../number.js";
import { frame as currentFrame } from "../session.js";
import { plainSay, text } from "../words.js";
import { changeStack as change } from "./change.js";

const REACH = 3;

export function stack() {
  const depth = radios({ name: text("nonlinear.stack.layers"), options: Array.from({ length: 6 }, (_, n) => [String(n + 1), String(n + 1)]), send: (value) => change({ depth: Number(value) }) });
  const draw = button(text("setup.redraw"), () => change({ seed: currentFrame().stack.seed + 1 }));
  const seed = el("span.note");
  const box = el("input", { type: "checkbox", onchange: () => change({ relu: box.checked }) });
  const back = button(text("ui.back"), () => change({ merged: currentFrame().stack.merged - 1 }), { kind: "big", icon: "left" });
  const step = button(text("ui.step"), () => change({ merged: currentFrame().stack.merged + 1 }), { kind: "big.primary", icon: "right", after: true });
  const lead = el("p.lead");
  const chain = el("div.chain", { role: "group", "aria-label": text("nonlinear.stack.chain") });
  const product = el("div.product");
  const entry = el("div.entry");
  const inputs = [0, 1].map((unit) => slider({ name: unit ? "x₂" : "x₁", min: -REACH, max: REACH, step: 0.1, send: (value) => change({ input: { unit, value } }) }));
  const answers = el("div.scroll");
  const verdict = el("p");
  const title = text("nonlinear.stack");
  const node = el("section.block", { "aria-label": title },
    el("h2", {}, title), el("p", {}, text("nonlinear.stack.intro")),
    el("div.fields", {}, depth.node, el("span.group", {}, draw, seed), el("label.check", {}, box, text("nonlinear.stack.relu"))),
    el("div.scroll", {}, chain),
    el("div.fields", {}, el("div.deck", {}, back, step), lead),
    el("div.scroll", {}, product), entry,
    el("h3", {}, text("nonlinear.stack.try")),
    el("div.fields", {}, inputs.map((input) => input.node)), answers, verdict,
    el("p.note", {}, text("nonlinear.piecewise")));

  function update({ stack: now }) {
    depth.update(String(now.depth));
    seed.textContent = text("nonlinear.seed", { seed: now.seed });
    box.checked = now.relu;
    back.enable(now.merged > 1);
    step.enable(now.merged < now.depth);
    lead.textContent = plainSay(now.lead);
    fill(chain, [now.layers, now.merged], () => layers(now));
    fill(product, [now.layers, now.merged, now.entry], () => multiplication(now));
    fill(entry, [now.entry, now.merged], () => explained(now));
    inputs.forEach((input, unit) => input.update(now.inputs[unit].value, now.inputs[unit].num.text));
    fill(answers, [now.inputs, now.path, now.single, now.difference], () => table(now));
    verdict.textContent = plainSay(now.verdict);
  }
  return { node, update };
}

// W[3] W[2] W[1], as a name.
const names = (letter, layers) => layers.map((l) => symbol(letter, l));
const down = (from, to) => Array.from({ length: from - to + 1 }, (_, n) => from - n);

// The last layer first, as they stand in the product.
function layers({ layers: all, merged, depth }) {
  return down(depth, 1).map((l) => el(l <= merged ? "div.link.merged" : "div.link", {},
    matrix(symbol("W", l), all[l - 1].weights, `W[${l}]`),
    matrix(symbol("b", l), column(all[l - 1].biases), `b[${l}]`),
    l <= merged && el("span.unseen", {}, text("nonlinear.stack.merged"))));
}

const column = (values) => values.map((value) => [value]);

function matrix(caption, rows, name, cell = (num) => num.text) {
  const body = rows.map((row, j) => el("tr", {}, row.map((num, i) => el("td.exact", { title: num.approx ? num.exact : null }, cell(num, j, i)))));
  return el("table.matrix", { "aria-label": name }, el("caption", {}, caption), el("tbody", {}, body));
}

const sign = (words) => el("span.sign", {}, words);

// W · (what was there) = product, and the same for b. The entries of the product can be chosen.
function multiplication(now) {
  const { layers: all, merged: k, before, product, entry } = now;
  const choose = (num, row, i) => {
    const chosen = entry.row === row && entry.column === i;
    const where = { row: row + 1, column: (i ?? 0) + 1, value: num.text };
    return el("button.choose", {
      type: "button", "aria-pressed": String(chosen), "data-key": `entry-${row}-${i}`,
      "aria-label": text(i === null ? "nonlinear.entry.bias_is" : "nonlinear.entry.weight_is", where),
      onclick: () => change({ entry: { row, column: i } }),
    }, num.text);
  };
  const w = matrix(names("W", down(k, 1)), product.weights, text("nonlinear.stack.product"), choose);
  const b = matrix(symbol("b"), column(product.biases), text("nonlinear.stack.product"), (num, row) => choose(num, row, null));
  if (!before) return [el("div.equation", {}, w, b)];
  const own = all[k - 1];
  const factor = () => matrix(symbol("W", k), own.weights, `W[${k}]`);
  return [
    el("div.equation", {}, factor(), sign("·"), matrix(names("W", down(k - 1, 1)), before.weights, text("nonlinear.stack.product")), sign("="), w),
    el("div.equation", {}, factor(), sign("·"), matrix(symbol("b"), column(before.biases), "b"), sign("+"), matrix(symbol("b", k), column(own.biases), `b[${k}]`), sign("="), b),
  ];
}

function explained({ entry, before }) {
  if (!before) return el("p.note", {}, text("nonlinear.entry.first"));
  return [el("p.note", {}, plainSay(entry.title)), ...arithmetic({ formula: null, parts: entry.parts }), el("p.note", {}, text("nonlinear.stack.choose"))];
}

function table({ inputs, path, single, difference }) {
  const row = (words, values, kind) => el(kind ? `tr.${kind}` : "tr", {}, el("th", { scope: "row" }, words), values.map((num) => el("td.exact", {}, num.text)));
  const after = ({ inactive }, n) => [text("nonlinear.stack.after", { l: n + 1 }), inactive > 0 && el("small", {}, ` ${text("nonlinear.stack.zeroed", { count: inactive })}`)].filter(Boolean);
  const last = path.length - 1;
  return el("table.findings.answers", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, text("nonlinear.stack.way")), [1, 2].map((j) => el("th", { scope: "col" }, text("nonlinear.fit.unit", { unit: j }))))),
    el("tbody", {},
      row("x", inputs.map(({ num }) => num)),
      path.map((passed, n) => row(after(passed, n), passed.values, n === last ? "focus" : "")),
      row(text("nonlinear.stack.single"), single, "focus"),
      row(text("nonlinear.stack.difference"), difference)));
}
