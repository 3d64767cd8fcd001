// Step, Back and the rest of the deck, the two sliders, the stop size.

import { el, setAttributes } from "./dom.js";
import { button, choice, playButton, radios, slider } from "./fields.js";
import { pace, playing, setPace, togglePlay } from "./play.js";
import { predictSwitch } from "./predict.js";
import { dispatch } from "./session.js";
import { text } from "./words.js";

const act = (name) => () => dispatch({ do: name });
const SIZES = ["lap", "number", "unit", "layer", "pass", "epoch"];

// The two buttons of the first lap; on a small screen they stay at the thumb.
export function deck() {
  const back = button(text("ui.back"), act("back"), { kind: "big", icon: "left" });
  const step = button(text("ui.step"), act("step"), { kind: "big.primary", icon: "right", after: true });
  const node = el("div.deck.thumb", {}, back, step);
  function update({ controls }) {
    back.enable(controls.back);
    step.enable(controls.step);
  }
  return { node, update };
}

// ELU's α is no slope, and has no usual 0.01.
const isSlope = ({ place, chart, setup }) => (place === "activations" ? chart.focus !== "elu" : setup.layers.every(({ activation }) => activation !== "elu"));

export function alphaSlider(send, read) {
  const usual = { value: 0.01, words: text("ui.usual", { value: "0.01" }) };
  const one = slider({ name: text("ui.alpha"), min: 0, max: 2, send, usual });
  function update(frame) {
    const alpha = read(frame);
    one.node.hidden = alpha === null;
    if (alpha) one.update(alpha.value, alpha.text);
    one.usual(isSlope(frame));
  }
  return { node: one.node, update };
}

function rateSlider() {
  const one = slider({ name: text("ui.rate"), min: 0, max: 2, send: (value) => dispatch({ do: "rate", value }) });
  return { node: one.node, update: ({ setup }) => one.update(setup.rate.value, setup.rate.text) };
}

// Everything that the first lap can do without.
export function extras() {
  const home = button(text("ui.home"), act("home"), { icon: "first" });
  const end = button(text("ui.end"), act("end"), { icon: "last", after: true });
  const play = playButton(togglePlay, { icon: "fast" });
  const reset = button(text("ui.reset"), act("reset"));
  setAttributes(reset, { title: text("ui.reset_hint") });
  const undo = button(text("ui.undo"), act("undo"));
  const speed = choice({
    label: text("ui.speed"),
    options: [1, 2, 4, 10].map((n) => [String(n), text("ui.per_second", { n })]),
    value: String(pace()),
    send: (value) => setPace(Number(value)) || true,
  });
  const size = radios({
    name: text("ui.stop_size"),
    options: SIZES.map((name) => [name, text(`size.${name}`)]),
    send: (value) => dispatch({ do: "stop_size", size: value }),
  });
  const rate = rateSlider();
  const predict = predictSwitch();
  const moves = el("div.group", {}, home, play, end);
  const edits = el("div.group", {}, undo, reset);
  // Those about moving stand beside the deck, the others behind α.
  const [before, after] = [[moves, size.node, edits], [rate.node, speed, predict.node]];
  const hide = (on) => [...before, ...after].forEach((node) => (node.hidden = on));
  function update(frame) {
    home.enable(frame.controls.back);
    undo.enable(frame.controls.undo);
    reset.enable(frame.controls.reset);
    play.playing(playing());
    speed.querySelector("select").value = String(pace());
    size.update(frame.controls.size);
    // The first lap's own size is no use elsewhere.
    size.offer("lap", frame.place === "start" || frame.controls.size === "lap");
    rate.update(frame);
    predict.update(frame);
    // There what is broken stays as it is.
    undo.hidden = frame.place === "broken";
    if (undo.hidden) rate.node.hidden = predict.node.hidden = true;
  }
  return { before, after, hide, update };
}
