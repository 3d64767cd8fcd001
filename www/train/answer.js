// What the network makes of the plane, with the points on it; and a brush for the learner's own.

import { el, fill, setAttributes, setText } from "../dom.js";
import { radios } from "../fields.js";
import { frame as currentFrame, trainingPlace, trainingPoint } from "../session.js";
import { text } from "../words.js";
import { change } from "./change.js";

const BRUSHES = ["none", "class0", "class1", "class2", "erase"];
// Css pixels between two points of a stroke, and how far a key moves the brush on the plane.
const SPACING = 12;
const STRIDE = 0.5;
const KEYS = { ArrowLeft: [-STRIDE, 0], ArrowRight: [STRIDE, 0], ArrowUp: [0, STRIDE], ArrowDown: [0, -STRIDE] };

export function answer() {
  let last = null;
  let at = [0, 0];
  const canvas = el("canvas", { role: "img" });
  const cursor = el("span.cursor", { hidden: true, "aria-hidden": "true" });
  const plane = el("div.plane", { onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up, onkeydown: key, "data-arrows": true }, canvas, cursor);
  const scale = el("canvas.scale", { "aria-hidden": "true" });
  const legend = el("div.legend");
  const test = check("train.show_test", (on) => change({ test: on }));
  const discrete = check("train.discrete", (on) => change({ discrete: on }));
  const brushes = radios({ name: text("train.brush"), options: BRUSHES.map((name) => [name, text(`brush.${name}`)]), send: (name) => change({ brush: name }) });
  const hint = el("p.note", { role: "status" });
  const node = el("figure.map", {}, plane, legend, el("div.fields", {}, test.node, discrete.node), brushes.node, hint);

  const painting = () => currentFrame().brush !== "none";

  // Where nothing is to be painted, a stroke begun before has ended.
  function take(brush) {
    const on = brush !== "none";
    brushes.update(brush);
    if (!on) last = null;
    if (on === !cursor.hidden) return;
    plane.classList.toggle("painting", on);
    // Only with a brush there is something to do with keys.
    setAttributes(plane, on ? { tabindex: 0, role: "application", "aria-label": text("train.canvas") } : { tabindex: null, role: null, "aria-label": null });
    cursor.hidden = !on;
    place();
    setText(hint, on ? text("train.brush_hint") : "");
  }

  const point = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return trainingPoint(node.clientWidth, clientX - box.left, clientY - box.top);
  };

  function touch(x) {
    const { brush } = currentFrame();
    if (x) change(brush === "erase" ? { erase: { x } } : { paint: { x, class: Number(brush.slice(-1)) } });
  }

  function down(event) {
    if (!painting() || event.button !== 0) return;
    plane.setPointerCapture(event.pointerId);
    last = event;
    touch(point(event));
  }

  function move(event) {
    if (!last || Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < SPACING) return;
    last = event;
    touch(point(event));
  }

  function up() {
    last = null;
  }

  function key(event) {
    if (!painting()) return;
    const by = KEYS[event.key];
    if (by) at = at.map((x, n) => Math.min(6, Math.max(-6, x + by[n])));
    else if (event.key === "Enter" || event.key === " ") touch(at);
    else return;
    event.preventDefault();
    place();
    setText(hint, text("train.brush_at", { x1: minus(at[0]), x2: minus(at[1]) }));
  }

  function place() {
    const there = trainingPlace(node.clientWidth, ...at);
    if (!there) return;
    cursor.style.left = `${there[0]}px`;
    cursor.style.top = `${there[1]}px`;
  }

  function update({ shown, brush, task, outputs, progress, setup }) {
    take(brush);
    test.update(shown.test);
    discrete.update(shown.discrete);
    discrete.node.hidden = task === "curve";
    brushes.node.hidden = task === "curve" || task === "surface";
    const [low, high] = task === "classes" ? ["0", "1"] : ["−1", "1"];
    fill(legend, [task, outputs], () => (task === "curve" ? [] : outputs > 1 ? classes(outputs) : [el("span", {}, low), scale, el("span", {}, high), ...(task === "classes" ? classes(2) : [])]));
    const name = setup.points ? text("train.own") : text(`set.${setup.set}`);
    setAttributes(canvas, { "aria-label": text("train.map", { name, loss: progress.train.text }) });
  }
  return { node, canvas, scale, update };
}

const classes = (count) => Array.from({ length: count }, (_, k) => el("span.class", {}, el(`span.shape.shape${k}`, { "aria-hidden": "true" }), text("train.class", { k })));

const minus = (x) => String(x).replace("-", "−");

function check(key, send) {
  const box = el("input", { type: "checkbox", onchange: () => send(box.checked) });
  return { node: el("label.check", {}, box, text(key)), update: (on) => (box.checked = on) };
}
