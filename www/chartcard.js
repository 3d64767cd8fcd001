// The function in focus at z: formula, numbers put in, facts; and all the others beside it.

import { el, fill } from "./dom.js";
import { arithmetic } from "./card.js";
import { button } from "./fields.js";
import { formula } from "./formula.js";
import { chip } from "./number.js";
import { prediction } from "./predict.js";
import { dispatch } from "./session.js";
import { say, text } from "./words.js";

export function chartCard() {
  const asked = prediction();
  const ask = button(text("predict.ask"), () => dispatch({ do: "ask" }));
  const facing = el("div.group", { hidden: true }, ask);
  const body = el("div.body");
  const node = el("section.card", { "aria-label": text("chart.card") }, facing, asked.node, body);
  const show = ({ chart }) => fill(body, chart, () => [heading(chart), ...sums(chart), ...why(chart), el("p.note", {}, say(chart.facts.known)), facts(chart.facts), rows(chart)]);
  function update(frame) {
    facing.hidden = !frame.predict.on || frame.predict.question !== null;
    const held = asked.node.contains(document.activeElement);
    asked.update(frame);
    show(frame);
    if (held && !frame.predict.question) ask.focus({ preventScroll: true });
  }
  return { node, update };
}

const at = (z) => String(z).replace("-", "−");

const heading = ({ focus, z }) => el("h2", {}, text("chart.at", { name: text(`activation.${focus}`), z: at(z) }));

// g, its numbers, then g′ and its numbers.
function sums({ formula: g, derivative, lines }) {
  return [g, derivative].flatMap((symbols, n) => [el("div.formula", {}, formula(symbols)), ...(lines[n] ? arithmetic({ ...lines[n], formula: null }) : [])]);
}

const why = (chart) => chart.why.map((sentence) => el("p", {}, say(sentence)));

function facts({ range, zero_centred, monotone, saturates, year, source, used }) {
  const yes = (on) => text(on ? "ui.yes" : "ui.no");
  const entries = [["range", formula(range)], ["zero_centred", yes(zero_centred)], ["monotone", yes(monotone)], ["saturates", say(saturates)], ["source", `${source}, ${year}`], ["used", say(used)]];
  return el("dl.facts", {}, entries.map(([key, value]) => el("div", {}, el("dt", {}, text(`chart.${key}`)), el("dd", {}, value))));
}

function rows({ rows: all, focus, z }) {
  const row = ({ name, a, slope, saturated, inactive }) => {
    const mark = inactive ? "chart.inactive" : saturated ? "chart.saturated" : null;
    return el(name === focus ? "tr.focus" : "tr", {}, el("th", { scope: "row" }, text(`activation.${name}`), mark ? el("small", {}, text(mark)) : null), el("td", {}, chip(a)), el("td", {}, chip(slope)));
  };
  const head = el("tr", {}, el("td"), el("th", { scope: "col" }, "g(z)"), el("th", { scope: "col" }, "g′(z)"));
  return el("table.findings", {}, el("caption", {}, text("chart.all_at", { z: at(z) })), el("thead", {}, head), el("tbody", {}, all.map(row)));
}
