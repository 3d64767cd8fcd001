// The loss of training and test by epoch, to be read by pointing or by keys.

import { el, fill, setAttributes, setText, svg } from "../dom.js";
import { text } from "../words.js";
import { change } from "./change.js";

const [WIDTH, HEIGHT] = [460, 206];
const [LEFT, RIGHT, TOP, BOTTOM] = [58, 14, 10, 46];

// From parts of the picture's width and height.
const x = (part) => LEFT + (WIDTH - LEFT - RIGHT) * part;
const y = (part) => TOP + (HEIGHT - TOP - BOTTOM) * part;

export function losses() {
  let reading = null;
  let of = null;
  let points = [];
  const plot = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "slider", tabindex: 0, "aria-label": text("train.losses"),
    "aria-valuemin": 0, "data-arrows": true, onpointermove: point, onpointerleave: () => read(null), onkeydown: roam,
  });
  const words = el("p.plot-caption");
  const box = el("input", { type: "checkbox", onchange: () => change({ log: box.checked }) });
  const node = el("div.losses", {}, plot, words, el("label.check", {}, box, text("train.log")));

  function update({ losses: all, shown, run }) {
    box.checked = shown.log;
    points = all.points;
    fill(plot, all, () => chart(all));
    // What was read of another run has no place in this one.
    if (of !== run) reading = null;
    of = run;
    read(reading === null ? null : Math.min(reading, points.length - 1));
  }

  function read(n) {
    reading = n;
    const last = points.length - 1;
    const one = points[n ?? last];
    if (!one) return;
    const at = n === null ? -9 : x(one.at);
    plot.querySelectorAll(".reading").forEach((line) => setAttributes(line, { x1: at, x2: at }));
    const args = { epoch: one.epoch, train: one.train_text, test: one.test_text };
    const said = text(one.test_text === null ? "train.read_train" : "train.read", args);
    setText(words, said);
    setAttributes(plot, { "aria-valuemax": last, "aria-valuenow": n ?? last, "aria-valuetext": said });
  }

  function point({ clientX }) {
    const { left, width } = plot.getBoundingClientRect();
    const at = ((clientX - left) / width) * WIDTH;
    const away = points.map((one) => Math.abs(x(one.at) - at));
    read(away.indexOf(Math.min(...away)));
  }

  function roam(event) {
    const last = points.length - 1;
    const to = { ArrowRight: (reading ?? last) + 1, ArrowLeft: (reading ?? last) - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    read(Math.min(last, Math.max(0, to)));
  }
  return { node, update };
}

function chart({ across, up, points }) {
  const line = (kind) => svg(`polyline.${kind}`, { points: points.filter((one) => one[kind] !== null).map((one) => `${x(one.at).toFixed(1)},${y(one[kind]).toFixed(1)}`).join(" ") });
  const losses = up.map(({ at, text: words }) => [
    svg("line.grid", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(at), y2: y(at) }),
    svg("text", { x: LEFT - 6, y: y(at) + 4, "text-anchor": "end" }, words),
  ]);
  const epochs = across.map(({ at, text: words }) => [
    svg("line.grid", { x1: x(at), x2: x(at), y1: y(1), y2: y(1) + 4 }),
    svg("text", { x: at === 1 ? WIDTH - 2 : x(at), y: y(1) + 17, "text-anchor": at === 1 ? "end" : "middle" }, words),
  ]);
  const title = svg("text", { x: x(0.5), y: HEIGHT - 10, "text-anchor": "middle" }, text("train.epoch"));
  const names = [["train", "train.training"], ["test", "train.testing"]].map(([kind, key], n) => [
    svg(`line.${kind}`, { x1: WIDTH - 190 + n * 100, x2: WIDTH - 166 + n * 100, y1: 16, y2: 16 }),
    svg("text", { x: WIDTH - 160 + n * 100, y: 20 }, text(key)),
  ]);
  return [losses, epochs, title, line("test"), line("train"), names, svg("line.reading", { y1: TOP, y2: y(1), x1: -9, x2: -9 })].flat(3);
}
