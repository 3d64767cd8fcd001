// The chapter "Nudge": one weight moves and the loss answers; then all of them take a step.

import { el, fill, setAttributes } from "../dom.js";
import { button, choice, radios, slider } from "../fields.js";
import { picture } from "../picture.js";
import { dispatch, frame as currentFrame, pointAt } from "../session.js";
import { plainSay, say, text } from "../words.js";
import { charts } from "./charts.js";
import { gradients, quotients, steps } from "./tables.js";

const change = (what) => dispatch({ do: "nudge", change: what });

export function nudge() {
  const drawing = picture((id) => change({ point: id }));
  const move = mover();
  const seen = el("div.why");
  const changes = el("div.changes");
  const verdict = el("div.why");
  const shrinking = el("div.scroll", { tabindex: 0, role: "group", "aria-label": text("nudge.shrinking"), "data-arrows": true });
  const corner = button("", () => change({ start: currentFrame().corner }));
  const corners = el("p.hint");
  const plots = charts(drag);
  const all = everything();
  const together = stepper();
  const node = el("main.nudging", {},
    el("header.title", {}, el("h1", {}, text("place.nudge.title")), el("p.lead", {}, text("place.nudge.lead"))),
    move.node,
    el("div.stage", {}, el("div", {}, drawing.node),
      el("section.card", { "aria-label": text("nudge.answer") }, el("h2", {}, text("nudge.answer")), seen, changes)),
    el("section.block", { "aria-label": text("nudge.loss_chart") }, el("h2", {}, text("nudge.loss_chart")), plots.loss.node, el("div.row", {}, corners, corner)),
    el("section.block", { "aria-label": text("nudge.shrinking") }, el("h2", {}, text("nudge.shrinking")), el("p", {}, text("nudge.shrinking_hint")), shrinking, verdict),
    all.node,
    together.node(plots.step.node));

  function drag(x, width) {
    const shift = pointAt(width, x);
    if (shift !== null) change({ drag: shift });
  }

  function update(frame) {
    drawing.update(frame);
    move.update(frame);
    fill(seen, frame.seen, () => frame.seen.map((sentence) => el("p", {}, say(sentence))));
    fill(changes, frame.changes, () => changed(frame.changes));
    fill(verdict, frame.verdict, () => frame.verdict.map((sentence) => el("p", {}, say(sentence))));
    fill(shrinking, frame.quotients, () => quotients(frame.quotients));
    fill(corners, frame.corners, () => (frame.corners ? say(frame.corners) : text("nudge.smooth")));
    corner.rename(text("nudge.to_corner"));
    corner.enable(frame.corner !== null);
    plots.update(frame);
    all.update(frame);
    together.update(frame);
  }

  function draw(progress) {
    drawing.draw(progress);
    plots.draw();
  }
  return { node, update, draw };
}

// Which parameter, how far, and the buttons that move it.
function mover() {
  const select = el("span.pick");
  const down = button("", () => change("down"), { kind: "big" });
  const up = button("", () => change("up"), { kind: "big.primary" });
  const tenth = button(text("nudge.tenth"), () => change("tenth"));
  const back = button(text("nudge.back"), () => change("back"));
  const here = button(text("nudge.here"), () => change("here"));
  const again = button(text("ui.reset"), () => change("again"));
  const epsilon = el("span");
  const far = el("span");
  let shift = null;
  const node = el("div.toolbar", {}, select, el("div.group.thumb", {}, down, up), epsilon, far, el("div.group", {}, tenth, back, here, again));

  function update({ parameters, chosen }) {
    fill(select, [parameters, chosen.name], () => choice({
      label: text("nudge.parameter"), value: chosen.name, key: "parameter", send: (name) => change({ named: name }),
      options: parameters.map(({ name, symbol, value }) => [name, `${symbol} = ${value.text}`]),
    }));
    fill(epsilon, chosen.epsilon, () => choice({
      label: "ε", value: String(chosen.epsilon), key: "epsilon", send: (value) => change({ epsilon: Number(value) }),
      options: chosen.epsilons.map((value) => [String(value), String(value)]),
    }));
    if (!shift) {
      shift = slider({ name: text("nudge.shift"), min: -chosen.reach, max: chosen.reach, send: (value) => change({ shift: value }) });
      far.append(shift.node);
    }
    shift.update(chosen.value, chosen.shift.text);
    down.rename(text("nudge.less_by", { symbol: chosen.symbol, epsilon: chosen.epsilon }));
    up.rename(text("nudge.more_by", { symbol: chosen.symbol, epsilon: chosen.epsilon }));
    const moved = chosen.value !== 0;
    tenth.enable(moved);
    back.enable(moved);
    here.enable(moved);
  }
  return { node, update };
}

// Old → new, from the parameter to the loss.
function changed(all) {
  if (!all.length) return [];
  const row = ({ name, title, before, after }) => el("tr", {}, el("th", { scope: "row", title: plainSay(title) }, name), el("td.exact", {}, before.text), el("td", {}, "→"), el("td.exact", {}, after.text));
  const head = el("tr", {}, el("td"), el("th", { scope: "col" }, text("nudge.before")), el("td"), el("th", { scope: "col" }, text("nudge.after")));
  return el("table.findings", {}, el("caption", {}, text("nudge.changed")), el("thead", {}, head), el("tbody", {}, all.map(row)));
}

// The gradients of all parameters, by nudging each.
function everything() {
  const show = button(text("nudge.all"), () => change({ all: !currentFrame().all }), { kind: "big" });
  const box = el("div.scroll", { tabindex: 0, role: "group", "aria-label": text("nudge.all_title"), "data-arrows": true });
  const words = el("p", {}, text("nudge.all_done"));
  const onward = el("p", {}, el("a.onward", { href: "#step-by-step&case=lap&alpha=0.1&eta=0.1&at=0.44&size=pass" }, text("nudge.onward")));
  const node = el("section.block", { "aria-label": text("nudge.all_title") }, el("h2", {}, text("nudge.all_title")), el("p", {}, text("nudge.all_hint")), el("div.group", {}, show), box, words, onward);
  function update({ all, gradients: rows }) {
    setAttributes(show, { "aria-expanded": all });
    [box, words, onward].forEach((one) => (one.hidden = !all));
    if (all) fill(box, rows, () => gradients(rows));
  }
  return { node, update };
}

// All parameters take a step of η.
function stepper() {
  const box = el("div.scroll", { tabindex: 0, role: "group", "aria-label": text("nudge.step_table"), "data-arrows": true });
  const says = el("div.why");
  const range = radios({ name: text("nudge.range"), options: [["close", text("nudge.close")], ["wide", text("nudge.wide")]], send: (value) => change({ wide: value === "wide" }) });
  const close = slider({ name: text("ui.rate"), min: 0, max: 0.2, send: (rate) => change({ rate }) });
  const wide = slider({ name: text("ui.rate"), min: 0, max: 2, send: (rate) => change({ rate }) });
  const node = (plot) => el("section.block", { "aria-label": text("nudge.step_title") },
    el("h2", {}, text("nudge.step_title")), el("p", {}, text("nudge.step_hint")),
    el("div.toolbar", {}, close.node, wide.node, range.node), says, plot, el("p", {}, text("nudge.two_things")), box);
  function update({ step, gradients: rows }) {
    close.node.hidden = step.wide;
    wide.node.hidden = !step.wide;
    (step.wide ? wide : close).update(step.value, step.rate.text);
    range.update(step.wide ? "wide" : "close");
    fill(says, step.says, () => step.says.map((sentence) => el("p", {}, say(sentence))));
    fill(box, rows, () => steps(rows));
  }
  return { node, update };
}
