// Where in the training step we are, and a handle to drag.

import { el, fill, setAttributes, setText } from "./dom.js";
import { dispatch } from "./session.js";
import { newId } from "./fields.js";
import { text } from "./words.js";

// More segments than this would be slivers: passes are then drawn whole.
const FEW = 40;

export function timeline() {
  const id = newId("position");
  const range = el("input", { type: "range", id, min: 0, step: 1, oninput: () => dispatch({ do: "seek", stop: Number(range.value) }) });
  const bar = el("div.segments", { "aria-hidden": "true" });
  const where = el("p.where");
  const run = el("p.run");
  const node = el("div.timeline", {},
    el("div.places", {}, el("label", { for: id }, text("ui.position")), where, run),
    el("div.rail", {}, bar, range));
  function update({ progress, controls }) {
    const { stop, phases } = progress;
    const words = controls.size === "lap" && progress.t > 0 ? text("timeline.lap", { n: progress.t + 1, where: stopWords(progress) }) : stopWords(progress);
    setAttributes(range, { max: phases.length, "aria-valuetext": words });
    range.value = stop;
    setText(where, words);
    setText(run, text("timeline.run", { t: progress.t + 1, sample: progress.sample + 1, epoch: progress.epoch + 1 }));
    fill(bar, [stop, phases], () => (phases.length > FEW ? runs(phases, stop) : phases.map((phase, n) => segment(phase, 1, n < stop ? 1 : 0, n === stop - 1))));
  }
  const simplify = (on) => (run.hidden = on);
  return { node, update, simplify };
}

function stopWords({ stop, phases, phase }) {
  const args = { stop, count: phases.length, phase: text(`phase.${phase}`) };
  return text(stop === 0 ? "timeline.start" : "timeline.stop", args);
}

function segment(phase, length, done, now) {
  const node = el(`div.segment.${phase}${now ? ".now" : ""}`, {}, el("div"));
  node.style.flexGrow = length;
  node.style.setProperty("--done", done);
  return node;
}

// Neighbouring stops of one pass, as one segment that fills.
function runs(phases, stop) {
  const found = [];
  phases.forEach((phase, n) => {
    const last = found.at(-1);
    if (last?.phase === phase) last.length += 1;
    else found.push({ phase, from: n, length: 1 });
  });
  return found.map(({ phase, from, length }) => {
    const done = Math.min(1, Math.max(0, (stop - from) / length));
    return segment(phase, length, done, stop > from && stop <= from + length);
  });
}
