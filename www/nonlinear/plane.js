// Two classes on the plane, and the boundary that a network draws between them.

import { el, setAttributes } from "../dom.js";
import { button, radios, slider } from "../fields.js";
import { request } from "../loop.js";
import { frame as currentFrame, paintPlane } from "../session.js";
import { colours } from "../theme.js";
import { plainSay, text } from "../words.js";
import { changePlane as change } from "./change.js";
import { player } from "./play.js";

const LOOK = { ink: "ink", soft: "soft", page: "page", positive: "blue", negative: "vermilion", font: "words" };
const SETS = ["xor", "circle"];
// The way to first weights with which it gets stuck.
const STUCK = [{ set: "xor" }, { seed: 17 }, { relu: true }, { epoch: 100 }];
const WIDEST = 460;

export function plane() {
  const canvas = el("canvas", { role: "img" });
  const sheet = el("canvas", { hidden: true });
  const figure = el("figure.plane-picture", {}, canvas, sheet);
  new ResizeObserver(request).observe(figure);
  const set = radios({ name: text("nonlinear.plane.set"), options: SETS.map((name) => [name, text(`set.${name}`)]), send: (name) => change({ set: name }) });
  const between = radios({ name: text("nonlinear.plane.between"), options: [["off", text("nonlinear.plane.nothing")], ["on", text("nonlinear.plane.relu")]], send: (value) => change({ relu: value === "on" }) });
  const epoch = slider({ name: text("nonlinear.plane.epoch"), min: 0, max: 100, step: 1, send: (to) => (play.stop(), change({ epoch: to })) });
  const play = player(() => [currentFrame().plane.epoch, currentFrame().plane.epochs], (to) => change({ epoch: to }));
  const draw = button(text("setup.redraw"), () => change({ seed: currentFrame().plane.seed + 1 }));
  const seed = el("span.note");
  const accuracy = el("dd.exact");
  const score = el("p.note");
  const boundary = el("p");
  const title = text("nonlinear.plane");
  const node = el("section.block", { "aria-label": title },
    el("h2", {}, title), el("p", {}, text("nonlinear.plane.intro")),
    el("div.beside", {}, figure, el("div.stacked", {},
      set.node, between.node,
      el("div.fields", {}, epoch.node, play.node),
      el("span.group", {}, draw, seed),
      el("dl.scores", {}, el("div", {}, el("dt", {}, text("nonlinear.plane.accuracy")), accuracy)),
      score, boundary, limit())));

  function update({ plane: now }) {
    set.update(now.set);
    between.update(now.relu ? "on" : "off");
    epoch.update(now.epoch, String(now.epoch));
    seed.textContent = text("nonlinear.seed", { seed: now.seed });
    accuracy.textContent = now.accuracy;
    score.textContent = plainSay(now.score);
    boundary.textContent = plainSay(now.boundary);
    setAttributes(canvas, { "aria-label": plainSay(now.describe) });
  }

  function paint() {
    play.tick();
    const side = Math.min(figure.clientWidth, WIDEST);
    if (side > 0) paintPlane(canvas, sheet, { ...colours(LOOK), side, dpr: devicePixelRatio });
  }
  return { node, update, draw: paint, playing: play.playing };
}

// The sentence with a link to where training gets stuck.
function limit() {
  const [before, after] = text("nonlinear.plane.limit", { stuck: "\u0000" }).split("\u0000");
  const stuck = el("button.inline", { type: "button", onclick: () => STUCK.forEach(change) }, text("nonlinear.plane.stuck", { seed: STUCK[1].seed }));
  return el("p.note", {}, before, stuck, after);
}
