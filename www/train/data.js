// What there is to learn: a data set, drawn or the learner's own, and what the network sees of it.

import { el, fill } from "../dom.js";
import { button, choice, newId, numberField, slider, textBox } from "../fields.js";
import { frame as currentFrame } from "../session.js";
import { text } from "../words.js";
import { change } from "./change.js";

const OWN = "own";

export function data() {
  const set = el("div");
  const noise = slider({ name: text("train.noise"), min: 0, max: 50, step: 1, send: (percent) => change({ noise: percent }) });
  const share = slider({ name: text("train.share"), min: 10, max: 90, step: 1, send: (percent) => change({ share: percent }) });
  const batch = slider({ name: text("train.batch"), min: 1, max: 50, step: 1, send: (size) => change({ batch: size }) });
  const points = el("div.fields");
  const inputs = el("fieldset.inputs");
  const own = csv();
  const node = el("div.stacked", {}, set, noise.node, share.node, batch.node, points, inputs, own);

  function update({ setup, choices, progress }) {
    fill(set, [setup.set, Boolean(setup.points), choices.sets], () => sets(setup, choices.sets));
    noise.node.hidden = Boolean(setup.points);
    noise.update(setup.noise, `${setup.noise}%`);
    share.update(setup.train, `${setup.train}%`);
    batch.update(setup.batch, String(setup.batch));
    fill(points, [setup.size, setup.points_seed, Boolean(setup.points), progress.samples, progress.tests], () => amounts(setup, progress));
    fill(inputs, [setup.inputs, choices.inputs], () => [el("legend", {}, text("train.inputs")), ...choices.inputs.map((one) => input(one, setup.inputs, choices.inputs))]);
  }
  return { node, update };
}

function sets({ set, points }, names) {
  const own = points ? [[OWN, text("train.own")]] : [];
  const options = [...own, ...names.map((name) => [name, text(`set.${name}`)])];
  return choice({ label: text("train.set"), options, value: points ? OWN : set, key: "set", send: (name) => name === OWN || change({ set: name }) });
}

function amounts({ size, points_seed: seed, points }, { samples, tests }) {
  const count = numberField({ label: text("train.size"), value: size, step: 1, min: 10, max: 1000, key: "size", send: (to) => change({ size: to }) });
  const other = button(text("train.other_points"), () => change({ points_seed: currentFrame().setup.points_seed + 1 }), { kind: "quiet" });
  other.title = text("train.seed_is", { seed });
  const field = el("span.field", {}, el("span", { "aria-hidden": "true" }, text("train.size")), count);
  return [points ? null : field, points ? null : other, el("p.note", {}, text("train.split", { samples, tests }))];
}

// The inputs stay in the order of the list.
function input({ name, symbol }, chosen, all) {
  const on = chosen.includes(name);
  const box = el("input", { type: "checkbox", "data-key": `input-${name}`, onchange: () => toggle() });
  box.checked = on;
  function toggle() {
    const names = all.map((one) => one.name);
    const wanted = names.filter((other) => (other === name ? !on : chosen.includes(other)));
    if (!change({ inputs: wanted })) box.checked = on;
  }
  return el("label.check", {}, box, symbol);
}

function csv() {
  const id = newId("csv");
  const area = textBox({ id, rows: 6, placeholder: "x1,x2,class\n-2.5,1,0\n3,0.5,1" });
  const use = button(text("train.csv_use"), () => change({ csv: area.value }));
  return el("details", {}, el("summary.small", {}, text("train.csv")), el("div.body", {}, el("label.note", { for: id }, text("train.csv_hint")), area, use));
}
