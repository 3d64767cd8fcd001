// The loss of training and test by epoch, to be read by pointing or by keys.

import { el, fill, setAttributes, setText, svg } from "../dom.js";
import { text } from "../words.js";
import { change } from "./change.js";

const [WIDTH, HEIGHT] = [460, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [58, 10, 10, 30];

export function losses() {
  let reading = null;
  let all = [];
  let scales = null;
  const plot = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "slider", tabindex: 0, "aria-label": text("train.losses"),
    "aria-valuemin": 0, "data-arrows": true, onpointermove: point, onpointerleave: () => read(null), onkeydown: roam,
  });
  const words = el("p.plot-caption");
  const box = el("input", { type: "checkbox", onchange: () => change({ log: box.checked }) });
  const node = el("div.losses", {}, plot, words, el("label.check", {}, box, text("train.log")));

  function update({ history, progress, shown }) {
    box.checked = shown.log;
    const now = { epoch: progress.epochs, train: progress.train.value, test: progress.test?.value ?? null };
    const before = history.filter(({ epoch }) => epoch < now.epoch || (epoch === now.epoch && now.train === null));
    all = now.train === null ? history : [...before, now];
    fill(plot, [all, shown.log], () => chart(shown.log));
    read(reading === null ? null : Math.min(reading, all.length - 1));
  }

  function chart(log) {
    scales = scaled(all, log);
    const { x, y, ticks, ends } = scales;
    const line = (kind) => svg(`polyline.${kind}`, { points: all.filter((one) => shows(one[kind], log)).map((one) => `${x(one.epoch).toFixed(1)},${y(one[kind]).toFixed(1)}`).join(" ") });
    const grid = ticks.map(([value, words]) => svg("g", {}, svg("line.grid", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }), svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, words)));
    const epochs = ends.map((epoch, n) => svg("text", { x: x(epoch), y: HEIGHT - 10, "text-anchor": n ? "end" : "start" }, epoch));
    const title = svg("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 10, "text-anchor": "middle" }, text("train.epoch"));
    const names = [["train", "train.training"], ["test", "train.testing"]].map(([kind, key], n) => [
      svg(`line.${kind}`, { x1: WIDTH - 190 + n * 100, x2: WIDTH - 166 + n * 100, y1: 16, y2: 16 }),
      svg("text", { x: WIDTH - 160 + n * 100, y: 20 }, text(key)),
    ]);
    return [grid, epochs, title, line("test"), line("train"), names, svg("line.reading", { y1: TOP, y2: HEIGHT - BOTTOM, x1: -9, x2: -9 })].flat(3);
  }

  function read(n) {
    reading = n;
    const one = all[n ?? all.length - 1];
    if (!one || !scales) return;
    const at = n === null ? -9 : scales.x(one.epoch);
    plot.querySelectorAll(".reading").forEach((line) => setAttributes(line, { x1: at, x2: at }));
    const args = { epoch: tidy(one.epoch), train: shortly(one.train), test: shortly(one.test) };
    const said = text(one.test === null ? "train.read_train" : "train.read", args);
    setText(words, said);
    setAttributes(plot, { "aria-valuemax": all.length - 1, "aria-valuenow": n ?? all.length - 1, "aria-valuetext": said });
  }

  function point({ clientX }) {
    if (!scales) return;
    const { left, width } = plot.getBoundingClientRect();
    const at = ((clientX - left) / width) * WIDTH;
    const away = all.map(({ epoch }) => Math.abs(scales.x(epoch) - at));
    read(away.indexOf(Math.min(...away)));
  }

  function roam(event) {
    const last = all.length - 1;
    const to = { ArrowRight: (reading ?? last) + 1, ArrowLeft: (reading ?? last) - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    read(Math.min(last, Math.max(0, to)));
  }
  return { node, update };
}

const shows = (loss, log) => loss !== null && (!log || loss > 0);
const tidy = (epoch) => Number(epoch.toFixed(2));
const shortly = (loss) => (loss === null ? "" : Number(loss.toPrecision(4)).toString().replace("-", "−"));

// Where an epoch and a loss lie, and the losses that the axis names.
function scaled(all, log) {
  const values = all.flatMap(({ train, test }) => [train, test]).filter((loss) => shows(loss, log));
  const last = Math.max(1, ...all.map(({ epoch }) => epoch));
  const x = (epoch) => LEFT + ((WIDTH - LEFT - RIGHT) * epoch) / last;
  const highest = Math.max(...values, 1e-12);
  const part = (value) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value;
  const ends = [0, tidy(last)];
  if (!log) {
    const step = nice(highest / 4);
    const ticks = Array.from({ length: Math.floor(highest / step) + 1 }, (_, n) => [n * step, shortly(n * step)]);
    return { x, y: (loss) => part(loss / highest), ticks, ends };
  }
  const top = Math.ceil(Math.log10(highest) - 1e-9);
  const bottom = Math.min(top - 1, Math.floor(Math.log10(Math.min(...values, highest)) + 1e-9));
  const every = Math.ceil((top - bottom) / 5);
  const ticks = Array.from({ length: Math.floor((top - bottom) / every) + 1 }, (_, n) => [10 ** (top - n * every), power(top - n * every)]);
  return { x, y: (loss) => part((Math.log10(loss) - bottom) / (top - bottom)), ticks, ends };
}

// 1, 2 or 5 times a power of ten, at least `least`.
function nice(least) {
  const size = 10 ** Math.floor(Math.log10(least));
  return size * [1, 2, 5, 10].find((times) => times * size >= least);
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const power = (n) => (n > -3 && n < 4 ? shortly(10 ** n) : `10${n < 0 ? "⁻" : ""}${[...String(Math.abs(n))].map((digit) => RAISED[digit]).join("")}`);
