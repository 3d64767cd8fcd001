// The two lanes: forward boxes that cache, backward boxes that take it out again, the gradients
// falling out, and the loss that closes the loop.

import { el, fill } from "./dom.js";
import { chip, symbol } from "./number.js";
import { text } from "./words.js";

export function lanes() {
  const grid = el("div.lanes");
  const strip = el("span.strip", { "aria-hidden": "true" });
  const frame = el("div.scroll", { tabindex: 0, role: "group", "aria-label": text("ui.lanes"), "data-arrows": true }, grid);
  const node = el("details.fold", { ontoggle: reveal }, el("summary", {}, text("ui.lanes"), strip),
    el("div.body", {}, el("p", {}, text("ui.lanes_hint")), frame));

  // Where there is no room for all boxes, the one at work is in the middle.
  function reveal() {
    const box = grid.querySelector(".now");
    if (box) frame.scrollLeft = box.offsetLeft - (frame.clientWidth - box.offsetWidth) / 2;
  }

  function update({ lanes, progress, loss: value }) {
    const closing = progress.phase === "loss" ? "now" : lanes.at(-1).backward === "todo" ? "todo" : "done";
    fill(strip, [lanes, closing], () => beads(lanes, closing));
    const content = () => [...lanes.flatMap((lane) => column(lane, lanes.length)), loss(closing, value)];
    if (fill(grid, [lanes, closing, value], content)) reveal();
  }
  return { node, update };
}

// The lanes folded: one bead a box, in the order in which they are at work.
function beads(lanes, closing) {
  const bead = (way, state, name) => el(`span.bead.${way}.${state}`, {}, name);
  return [
    ...lanes.map(({ l, forward }) => bead("forward", forward, `[${l}]`)),
    bead("loss", closing, text("phase.loss")),
    ...[...lanes].reverse().map(({ l, backward }) => bead("backward", backward, `[${l}]`)),
  ];
}

const state = (name) => el("span.unseen", {}, ` ${text(`lane.${name}`)}`);

function column({ l, activation, forward, backward, cache, out }, last) {
  const kept = cache.map(({ name, id }) => link(name === "a" ? symbol("a", l - 1) : symbol(name, l), id, name));
  const falling = out.map(({ name, id }) => link(symbol(name, l), id, name));
  const back = l === last ? [symbol("dz", l)] : [symbol("dz", l), " = ", symbol("da", l), " ⊙ ", el("i", {}, "g′")];
  return [
    el(`div.box.forward.${forward}`, {}, el("b", {}, symbol("z", l), ", ", symbol("a", l)), el("small", {}, text(`activation.${activation}`)), state(forward)),
    el("div.kept", {}, el("small", {}, text("lane.cache")), el("div", {}, kept)),
    el(`div.box.backward.${backward}`, {}, el("b", {}, back), state(backward)),
    el("div.out", {}, falling),
  ];
}

function loss(closing, value) {
  return el(`div.box.loss.${closing}`, {}, el("b", {}, text("phase.loss")), el("small", {}, "ŷ, y"), value && chip(value, "loss"), state(closing));
}

// Made already: a way to the step that made it. Else only its name.
function link(name, id, key) {
  if (id === null) return el("span.missing", {}, name);
  return el("button.cached", { type: "button", "data-step": id, "data-key": key, "aria-label": text("ui.cached", { name: name.textContent }) }, name);
}
