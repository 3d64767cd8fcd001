// A curve made of hinges: drawn, fitted, and taken apart at one x.

import { arithmetic } from "../card.js";
import { el, fill } from "../dom.js";
import { button, radios, slider } from "../fields.js";
import { request } from "../loop.js";
import { frame as currentFrame } from "../session.js";
import { plainSay, text } from "../words.js";
import { changeFit as change } from "./change.js";
import { player } from "./play.js";
import { plot } from "./plot.js";

const SHAPES = ["sine", "bump", "jump"];
const WAYS = ["placed", "trained"];
const STRIDE = 10;
const KEYS = ["target", "hinge", "sum", "drawn"];

export function fit() {
  const picture = plot();
  const shape = radios({ name: text("nonlinear.fit.shape"), options: [...SHAPES, "own"].map((name) => [name, text(`nonlinear.shape.${name}`)]), send: (name) => name === "own" || change({ shape: name }) });
  const units = slider({ name: text("nonlinear.fit.units"), min: 1, max: 40, step: 1, send: (to) => change({ units: to }) });
  const way = radios({ name: text("nonlinear.fit.way"), options: WAYS.map((name) => [name, text(`nonlinear.way.${name}`)]), send: (name) => change({ way: name }) });
  const moment = () => currentFrame().fit;
  const play = player(() => [moment().moment, moment().moments], (to) => change({ moment: to }));
  const epoch = slider({ name: text("nonlinear.fit.epoch"), min: 0, max: 2000, step: STRIDE, send: (to) => (play.stop(), change({ moment: Math.round(to / STRIDE) })) });
  const draw = button(text("setup.redraw"), () => change({ seed: moment().seed + 1 }));
  const seed = el("span.note");
  const training = el("div.fields", {}, epoch.node, play.node, el("span.group", {}, draw, seed));
  const x = slider({ name: text("nonlinear.fit.x"), min: -9, max: 9, step: 0.1, send: (to) => change({ x: to }) });
  const legend = el("div.keys", { "aria-hidden": "true" }, KEYS.map((key) => el("span", {}, el(`span.line.${key}`), text(`nonlinear.fit.key_${key}`))));
  const errors = el("dl.scores");
  const verdict = el("p");
  const heading = el("h3");
  const terms = el("div.scroll");
  const silent = el("p.note");
  const title = text("nonlinear.fit");
  const node = el("section.block", { "aria-label": title },
    el("h2", {}, title), el("p", {}, text("nonlinear.fit.intro")),
    el("div.fields", {}, shape.node, units.node),
    el("div.fields", {}, way.node, training),
    picture.node, legend, errors, verdict, el("p.note", {}, text("nonlinear.fit.straight")),
    el("div.fields", {}, x.node, heading), el("p.note", {}, text("nonlinear.fit.formula")), terms, silent,
    el("p", {}, text("nonlinear.fit.proven")));
  new ResizeObserver(request).observe(picture.node);

  function update({ fit: now }) {
    shape.update(now.shape ?? "own");
    units.update(now.units, String(now.units));
    way.update(now.way);
    training.hidden = now.way !== "trained";
    epoch.update(now.epochs, String(now.epochs));
    seed.textContent = text("nonlinear.seed", { seed: now.seed });
    x.update(now.x, now.at.text);
    heading.textContent = text("nonlinear.fit.sum", { x: now.at.text });
    fill(errors, [now.inside, now.outside], () => scores(now));
    verdict.textContent = plainSay(now.verdict);
    fill(terms, [now.constant, now.terms, now.rest, now.value], () => table(now));
    silent.textContent = plainSay(now.silent);
    picture.update(now);
  }

  function tick() {
    play.tick();
    picture.update(moment());
  }
  return { node, update, draw: tick, playing: play.playing };
}

function scores({ inside, outside }) {
  const row = (key, words, title) => el("div", {}, el("dt", {}, text(key)), el("dd.exact", { title }, words));
  return [
    row("nonlinear.fit.inside", inside.text, inside.exact),
    outside ? row("nonlinear.fit.outside", outside.text, outside.exact) : el("div.unknown", {}, el("dt", {}, text("nonlinear.fit.outside_unknown"))),
  ];
}

function table({ constant, terms, rest, value }) {
  const row = (words, cell, small) => el("tr", {}, el("th", { scope: "row" }, words, small && el("small", {}, small)), el("td", {}, cell));
  const number = ({ text: words, exact }) => el("span.exact", { title: exact }, words);
  return el("table.findings.terms", {}, el("tbody", {},
    row(text("nonlinear.fit.constant"), number(constant)),
    terms.map(({ unit, corner, parts }) => row(text("nonlinear.fit.unit", { unit }), arithmetic({ formula: null, parts }), corner && text("nonlinear.fit.corner", { x: corner.text }))),
    rest && row(text("nonlinear.fit.rest", { count: rest.count }), number(rest.sum)),
    el("tr.focus", {}, el("th", { scope: "row" }, text("nonlinear.fit.total")), el("td", {}, number(value)))));
}
