// The chapter "Neuron": one unit, its line in the plane, and the gates that it can be.

import { el } from "../dom.js";
import { button, radios } from "../fields.js";
import { text } from "../words.js";
import { tries } from "../tries.js";
import { change } from "./change.js";
import { gate } from "./gate.js";
import { plane } from "./plane.js";
import { proof } from "./proof.js";
import { settings, sums, unit } from "./unit.js";

const NOTES = ["threshold", "bias", "figure"];
const GATES = ["and", "or", "nand", "nor", "xor"];

export function neuron() {
  const bar = toolbar();
  const parts = [bar, unit(), plane(), settings(), gate(), sums(), proof(), tries()];
  const [, one, map, set, table, how, why, worth] = parts;
  const notes = el("section.block", {}, el("h2", {}, text("neuron.notes")), el("ul.notes", {}, NOTES.map((name) => el("li", {}, text(`neuron.note_${name}`)))));
  const node = el("main.neuron", {},
    el("header.title", {}, el("h1", {}, text("place.neuron.title")), el("p.lead", {}, text("place.neuron.lead"))),
    bar.node,
    el("div.trio", {}, one.node, map.node, set.node, table.node),
    how.node, why.node,
    el("div.pair", {}, notes, worth.node));
  const update = (frame) => parts.forEach((part) => part.update(frame));
  return { node, update, draw: () => {} };
}

// Which gate it is to be, and the rule that teaches it.
function toolbar() {
  const gates = radios({ name: text("neuron.gate"), options: GATES.map((name) => [name, text(`gate.${name}`)]), send: (name) => change({ gate: name }) });
  const sample = button(text("neuron.sample"), () => change("sample"), { kind: "big.primary" });
  const teach = button(text("neuron.teach"), () => change("teach"), { kind: "big" });
  const again = button(text("neuron.again"), () => change("again"), { kind: "big" });
  again.title = text("neuron.again_hint");
  const node = el("div.toolbar.teaching", {}, el("div.group.thumb", {}, sample, teach, again), gates.node);
  return { node, update: ({ gate: name }) => gates.update(name) };
}
