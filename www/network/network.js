// The chapter "Network": how a network is built, and what its parts are called.

import { el, fill, setAttributes, setText } from "../dom.js";
import { button, choice, numberField } from "../fields.js";
import { formula } from "../formula.js";
import { dispatch, frame as currentFrame } from "../session.js";
import { plainSay, say, text } from "../words.js";
import { change } from "./change.js";
import { counts, nested } from "./counts.js";
import { figure } from "./figure.js";
import { forms } from "./forms.js";
import { heads } from "./heads.js";

export function network() {
  const parts = { controls: controls(), figure: figure(), panel: panel(), forms: forms(), counts: counts(), nested: nested(), heads: heads() };
  const node = el("main.structure", {},
    el("header.title", {}, el("h1", {}, text("place.network.title")), el("p.lead", {}, text("place.network.lead"))),
    parts.controls.node, parts.figure.node,
    el("div.beside", {}, parts.panel.node, parts.forms.node),
    parts.counts.node, parts.nested.node, parts.heads.node);

  function update(frame) {
    for (const part of Object.values(parts)) part.update(frame);
  }
  return { node, update, draw: () => {} };
}

// The network as a whole: a preset, the functions, the seed, and the way to the stepper.
function controls() {
  const fields = el("div.fields");
  const open = button(text("network.open"), () => dispatch({ do: "open_network" }) && scrollTo(0, 0), { kind: "primary" });
  setAttributes(open, { title: text("network.open_hint") });
  const node = el("div.toolbar", {}, fields, open);
  function update({ preset, plan, choices }) {
    fill(fields, [preset, plan.hidden, plan.output, plan.seed, plan.drawn], () => setup(preset, plan, choices));
  }
  return { node, update };
}

const functions = (names) => names.map((name) => [name, text(`activation.${name}`)]);

function setup(preset, plan, { presets, hidden, outputs }) {
  const own = preset === null ? [["", text("preset.own")]] : [];
  const redraw = (seed) => change({ seed });
  return [
    choice({ label: text("network.preset"), options: [...own, ...presets.map((name) => [name, text(`network.preset.${name}`)])], value: preset ?? "", key: "preset", send: (name) => name === "" || change({ preset: name }) }),
    choice({ label: text("network.hidden"), options: functions(hidden), value: plan.hidden, key: "hidden", send: (name) => change({ hidden: name }) }),
    choice({ label: text("network.output"), options: functions(outputs), value: plan.output, key: "output", send: (name) => change({ output: name }) }),
    plan.drawn && el("span.field", { title: text("network.seed_hint") }, el("span", { "aria-hidden": "true" }, text("setup.seed")), numberField({ label: text("setup.seed"), value: plan.seed, step: 1, min: 0, key: "seed", send: redraw })),
    plan.drawn && button(text("setup.redraw"), () => redraw(currentFrame().plan.seed + 1)),
  ];
}

// The part that is pointed at.
function panel() {
  const title = el("h2");
  const symbols = el("div.formula");
  const words = el("div.why");
  const node = el("section.block.part", { "aria-label": text("network.part") }, el("p.kicker", {}, text("network.part")), title, symbols, words);
  function update({ panel: now }) {
    setText(title, plainSay(now.title));
    fill(symbols, now.formula, () => formula(now.formula));
    fill(words, now.says, () => now.says.map((sentence) => el("p", {}, say(sentence))));
  }
  return { node, update };
}
