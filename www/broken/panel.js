// "Find the fault": the evidence, and what the learner takes it for.

import { el, fill } from "../dom.js";
import { button, choice, numberField, radios, showValue } from "../fields.js";
import { dispatch } from "../session.js";
import { say, text } from "../words.js";
import { curves } from "./curves.js";

const CASES = 8;

const change = (to) => dispatch({ do: "broken", change: to });

export function panel() {
  const cases = radios({
    name: text("broken.case"),
    options: Array.from({ length: CASES }, (_, n) => [String(n + 1), String(n + 1)]),
    send: (value) => change({ case: Number(value) - 1 }),
  });
  const seed = numberField({ label: text("broken.seed"), value: 1, step: 1, min: 0, key: "broken-seed", send: (value) => change({ seed: value }) });
  const drawing = curves();
  const lists = el("div.fields");
  const ask = button(text("broken.ask"), () => change("ask"));
  const tell = button(text("broken.tell"), () => change("tell"));
  const another = button(text("broken.another"), () => change("another"));
  const feedback = el("div.feedback");
  const checks = table("gradient");
  const updates = table("step");
  const update = numberField({ label: text("broken.update"), value: 1, step: 1, min: 1, key: "broken-update", send: (value) => change({ look: value - 1 }) });
  const before = button(text("broken.before"), () => look(-1), { icon: "left" });
  const after = button(text("broken.after"), () => look(1), { icon: "right", after: true });
  let now = null;

  function look(by) {
    change({ look: now.update - 1 + by });
  }

  const node = el("section.broken.block", {},
    el("div.toolbar", {}, cases.node, el("span.field", {}, el("span", { "aria-hidden": "true" }, text("broken.seed")), seed)),
    el("div.inquiry", {},
      el("div", {}, el("h2", {}, text("broken.losses")), drawing.node),
      el("div.diagnosis", {}, el("h2", {}, text("broken.find")), lists, el("div.group", {}, ask, tell, another), feedback)),
    el("h2", {}, text("broken.checks")),
    el("div.group", {}, before, el("span.field", {}, el("span", { "aria-hidden": "true" }, text("broken.update")), update), after),
    el("div.checks", {}, checks.node, updates.node));

  function show(frame) {
    now = frame.broken;
    node.hidden = !now;
    if (!now) return;
    cases.update(String(now.case));
    showValue(seed, now.seed);
    showValue(update, now.update);
    before.enable(now.update > 1);
    after.enable(now.update < now.updates);
    drawing.update(now.curves, now.update);
    fill(lists, [now.answers, now.answer, now.layers, now.layer], () => answer(now));
    ask.enable(now.can_ask);
    fill(feedback, now.feedback, () => now.feedback.map((sentence) => el("p", {}, say(sentence))));
    checks.update(now.checks);
    updates.update(now.checks);
  }
  return { node, update: show };
}

// What is wrong, and where.
function answer({ answers, answer: chosen, layers, layer }) {
  const none = (value) => (value === null ? [["", text("broken.choose")]] : []);
  const what = [...none(chosen), ...answers.map((name) => [name, text(`broken.answer.${name}`)])];
  const where = [...none(layer), ...Array.from({ length: layers }, (_, l) => [String(l + 1), text("broken.layer", { l: l + 1 })])];
  const list = [choice({ label: text("broken.what"), options: what, value: chosen, key: "broken-answer", send: (name) => name === "" || change({ answer: name }) })];
  if (chosen !== "sound") list.push(choice({ label: text("broken.where"), options: where, value: layer && String(layer), key: "broken-layer", send: (l) => l === "" || change({ layer: Number(l) - 1 }) }));
  return list;
}

// The gradients beside what they are checked by: the loss itself, or what the update made of them.
function table(kind) {
  const body = el("tbody");
  const heads = ["parameter", "gradient", `${kind}.other`, "agree"].map((key) => el("th", { scope: "col" }, text(`broken.${key}`)));
  const node = el("details.fold", {}, el("summary", {}, text(`broken.${kind}.title`)),
    el("div.body", {}, el("p", {}, text(`broken.${kind}.hint`)),
      el("div.scroll", { tabindex: 0, role: "group", "aria-label": text(`broken.${kind}.title`), "data-arrows": true },
        el("table.findings", {}, el("thead", {}, el("tr", {}, heads)), body))));
  const other = { gradient: "numeric", step: "step" }[kind];
  const update = (rows) => void fill(body, rows, () => rows.map((row) => line(row, row[other], row[`${kind}_verdict`], row[`${kind}_digits`])));
  return { node, update };
}

function line({ name, gradient }, other, verdict, digits) {
  return el(`tr.${verdict}`, {},
    el("th", { scope: "row" }, name),
    el("td.exact", {}, gradient.text),
    el("td.exact", {}, other.text),
    el("td", {}, text(`broken.${verdict}`, { n: digits })));
}
