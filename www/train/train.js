// The chapter "Train": a network learns a data set before the learner's eyes.

import { el, fill, setAttributes, setText } from "../dom.js";
import { button, choice, playButton, slider } from "../fields.js";
import { dispatch } from "../session.js";
import { complain } from "../voice.js";
import { text } from "../words.js";
import { answer } from "./answer.js";
import { change } from "./change.js";
import { data } from "./data.js";
import { exports, refusal } from "./exports.js";
import { layers } from "./layers.js";
import { model } from "./model.js";
import { network } from "./network.js";
import { losses } from "./losses.js";
import { painter } from "./painter.js";
import { weights } from "./weights.js";

export function train(runner) {
  const run = controls(runner);
  const parts = { data: data(), model: model(), network: network(runner), answer: answer(), losses: losses(), layers: layers(), weights: weights(runner), exports: exports(runner) };
  const score = el("dl.scores");
  const paint = painter({ network: parts.network.canvas, answer: parts.answer.canvas, scale: parts.answer.scale }, parts.network.node, parts.answer.node);
  const node = el("main.train", {},
    el("header.title", {}, el("h1", {}, text("place.train.title")), el("p.lead", {}, text("place.train.lead"))),
    run.node,
    el("div.workbench", {},
      el("section.block.data", { "aria-label": text("train.data") }, el("h2", {}, text("train.data")), parts.data.node),
      el("section.block.network", { "aria-label": text("train.network") }, el("h2", {}, text("train.network")), parts.network.node),
      el("section.block.answer", { "aria-label": text("train.answer") }, el("h2", {}, text("train.answer")), parts.answer.node),
      el("section.block.progress", { "aria-label": text("train.progress") }, el("h2", {}, text("train.progress")), score, parts.losses.node),
      el("section.block.model", { "aria-label": text("train.model") }, el("h2", {}, text("train.model")), parts.model.node)),
    parts.layers.node, parts.weights.node, parts.exports.node);

  function update(frame) {
    run.update(frame);
    for (const part of Object.values(parts)) part.update(frame);
    fill(score, [frame.progress.train, frame.progress.test, frame.progress.batch], () => scores(frame.progress));
  }

  function draw() {
    runner.refresh();
    paint();
  }
  return { node, update, draw };
}

const number = (words) => el("span.exact", {}, words);

function scores({ train, test, batch }) {
  const row = (key, { text: loss, exact, accuracy }) => el("div", {},
    el("dt", {}, text(key)),
    el("dd", { title: exact }, number(loss), accuracy && el("span.accuracy", {}, text("train.accuracy", { part: accuracy }))));
  return [row("train.loss_train", train), test && row("train.loss_test", test), row("train.loss_batch", { ...batch, accuracy: null })];
}

// Play and its like, η, and how far it has come.
function controls(runner) {
  const play = playButton(runner.toggle, { kind: "big.primary", icon: "right", after: true });
  const batch = button(text("train.one_batch"), () => runner.steps(1), { kind: "big" });
  const epoch = button(text("train.one_epoch"), runner.epoch, { kind: "big" });
  const reset = button(text("ui.reset"), () => (runner.pause(), change("again")), { kind: "big" });
  setAttributes(reset, { title: text("train.reset_hint") });
  const stepper = button(text("train.open_moment"), () => openMoment(runner));
  setAttributes(stepper, { title: text("train.open_moment_hint") });
  const speed = el("div");
  const rate = slider({ name: text("ui.rate"), min: 0, max: 1, send: (value) => change({ rate: value }) && (runner.command({ rate: value }), true) });
  const far = el("p.far");
  const node = el("div.toolbar.run", {}, el("div.group.thumb", {}, play, batch, epoch, reset), far, speed, rate.node, stepper);
  function update({ setup, progress, speed: wish, choices }) {
    fill(speed, [wish, choices.speeds], () => speeds(wish, choices.speeds));
    play.playing(runner.playing());
    rate.update(setup.rate, String(setup.rate));
    const pace = runner.playing() && runner.perSecond() > 0 ? text("train.pace", { n: thousands(runner.perSecond() * setup.batch) }) : "";
    setText(far, `${text("train.epochs", { epochs: progress.epoch_text })} ${pace}`);
  }
  return { node, update };
}

function speeds(wish, all) {
  const words = (n) => (n === null ? text("train.fastest") : text("train.batches_per_second", { n }));
  return choice({
    label: text("ui.speed"), value: all.find(({ per_second: n }) => n === wish).name, key: "speed",
    options: all.map(({ name, per_second: n }) => [name, words(n)]),
    send: (name) => change({ speed: name }),
  });
}

// Three digits, in groups of three.
function thousands(count) {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 2);
  return String(Math.round(count / size) * size).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

async function openMoment(runner) {
  runner.pause();
  try {
    if (dispatch({ do: "open_moment", case: await runner.give("next_case") })) scrollTo(0, 0);
  } catch (fault) {
    complain(refusal(fault));
  }
}
