// The truth table that turns right or wrong, and what the perceptron rule did last.

import { el, fill, setAttributes } from "../dom.js";
import { say, text } from "../words.js";
import { change } from "./change.js";
import { line } from "./unit.js";

export function gate() {
  const table = el("div.scroll");
  const verdict = el("p.verdict");
  const lesson = el("p.lesson");
  const changes = el("dl.arithmetic");
  const way = el("div.course");
  const rule = el("p.note");
  const node = el("section.block.gate", { "aria-label": text("neuron.table") }, el("h2", {}, text("neuron.table")), table, verdict,
    el("div.lessons", {}, lesson, changes, way), el("p.note", {}, text("neuron.counts")), rule);
  function update({ rows, next, verdict: how, right, lesson: told, changes: lines, course, rule: says, gate: name }) {
    fill(table, [rows, next, name], () => truth(rows, next, name));
    fill(verdict, how, () => say(how));
    verdict.classList.toggle("done", right);
    fill(lesson, told, () => (told ? say(told) : text("neuron.begin")));
    fill(changes, lines, () => lines.map(line));
    fill(way, course, () => stages(course));
    fill(rule, says, () => say(says));
  }
  return { node, update };
}

// The way of a whole teaching, as far as it is kept.
function stages(course) {
  if (course.length === 0) return [];
  const heads = [text("neuron.course_number"), "x₁, x₂", "t − o", "w₁", "w₂", "b"];
  const row = ({ n, x, error, weights, bias }) => el("tr", {}, el("th", { scope: "row" }, String(n)), el("td", {}, x.join(", ")), [error, ...weights, bias].map(number));
  return [
    el("div.scroll", {}, el("table.truth", { "aria-label": text("neuron.course") }, el("caption", {}, text("neuron.course")),
      el("thead", {}, el("tr", {}, heads.map((words) => el("th", { scope: "col" }, words)))), el("tbody", {}, course.map(row)))),
    el("p.note", {}, text("neuron.course_after")),
  ];
}

function truth(rows, next, name) {
  const heads = ["x₁, x₂", "z", "a", text("neuron.wanted"), text("neuron.verdict")];
  return el("table.truth", { "aria-label": `${text("neuron.table")}: ${text(`gate.${name}`)}` },
    el("thead", {}, el("tr", {}, heads.map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, rows.map((row, n) => entry(row, n, n === next))));
}

function entry({ x: [x1, x2], z, a, wanted, right, here }, n, next) {
  const inputs = el("button", { type: "button", "data-key": `row-${n}`, "aria-label": text("neuron.show_row", { x1, x2 }), "aria-current": here ? "true" : null, onclick: () => change({ at: [x1, x2] }) }, `${x1}, ${x2}`);
  const mark = el(right ? "span.mark" : "span.mark.wrong", {}, `${right ? "✓" : "✗"} ${text(right ? "neuron.corner_right" : "neuron.corner_wrong")}`);
  const row = el("tr", {}, el("th", { scope: "row" }, inputs, ...(next ? marker() : [])),
    number(z), number(a), el("td", {}, wanted ? "1" : "0"), el("td", {}, mark));
  setAttributes(row, { class: here ? "here" : null });
  return row;
}

// The row that the rule looks at next.
const marker = () => [el("span.next", { "aria-hidden": "true" }, "▸"), el("span.unseen", {}, text("neuron.next_row"))];

const number = ({ text: words, exact }) => el("td.number-of", { title: exact }, words);
