// The plane of the two inputs: what the unit answers in it, the line, and two handles that move it.

import { el, fill, setAttributes, setText, svg } from "../dom.js";
import { newId } from "../fields.js";
import { frame as currentFrame } from "../session.js";
import { plainSay, text } from "../words.js";
import { change } from "./change.js";

// The drawing, and the square in it.
const [WIDTH, HEIGHT] = [360, 362];
const SQUARE = { x: 28, y: 10, side: 322 };
const TICKS = [-1, 0, 1, 2];
// What a pointer or a key moves by.
const GRID = 0.05;
const [SHIFT, TURN, MOST_SHIFT] = [0.05, 5, 3];
// So near to a name there is no other, and not the drawing's edge.
const NAME = 34;

export function plane() {
  const id = newId("plane");
  const shade = shading();
  const earlier = svg("g.earlier");
  const line = svg("line.border");
  const grip = svg("line.grip", { "data-drag": "through" });
  const arrow = svg("path.w");
  const name = svg("text.w", { "text-anchor": "middle" }, "w");
  const xName = svg("text", {}, "x");
  const x = svg("g.x", {}, svg("circle", { r: 15 }), xName);
  const corners = svg("g");
  const shift = handle("through", "shift", MOST_SHIFT, (by) => change({ shift: tidy(currentFrame().plane.shift, SHIFT, by) }));
  const turn = handle("toward", "turn", 180, (by) => change({ turn: tidy(currentFrame().plane.angle, TURN, by) }));
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": text("neuron.plane"), "aria-describedby": id, ontouchstart: stay, onpointerdown: grab, onpointermove: drag, onlostpointercapture: () => (held = null) },
    shade.defs, shade.node, grid(), earlier, line, arrow, name, x, corners, grip, turn.node, shift.node);
  const words = el("ul.unseen", { id });
  const equation = el("p.equation");
  const scale = legend();
  const node = el("section.block.plane", { "aria-label": text("neuron.plane") }, el("h2", {}, text("neuron.plane")), el("figure.square", {}, drawing), words, equation, scale.node, el("p.hint", {}, text("neuron.hint")));
  let held = null;

  function update({ plane: now, rows, at }) {
    shade.update(now.shade);
    fill(earlier, now.earlier, () => now.earlier.map((one) => svg("line", ends(one))));
    for (const one of [line, grip]) {
      show(one, now.line);
      if (now.line) setAttributes(one, ends(now.line));
    }
    show(arrow, now.tip);
    show(name, now.tip);
    if (now.tip) draw(now.handle, now.tip, rows);
    shift.update(now.handle, now.shift, now.shift_words);
    turn.update(now.tip, now.angle, now.turn_words);
    fill(corners, rows, () => rows.map(corner));
    const seen = at.every(({ value }) => value >= now.low && value <= now.high);
    show(x, seen);
    if (seen) nameX(place(at.map(({ value }) => value)));
    setText(equation, now.equation);
    scale.update(now.shade);
    fill(words, now.words, () => now.words.map((sentence) => el("li", {}, plainSay(sentence))));
  }

  // Its name stands above it, where the drawing has room there.
  function nameX([left, top]) {
    setAttributes(x, { transform: `translate(${left} ${top})` });
    const beside = left + NAME > WIDTH ? { x: -19, "text-anchor": "end" } : { x: 19, "text-anchor": "start" };
    setAttributes(xName, { ...beside, y: top < NAME ? 22 : -12 });
  }

  function draw(from, to, rows) {
    const [[x1, y1], [x2, y2]] = [place(from), place(to)];
    const length = Math.hypot(x2 - x1, y2 - y1);
    const [u, v] = [(x2 - x1) / length, (y2 - y1) / length];
    setAttributes(arrow, { d: `M${x1} ${y1}L${x2} ${y2}` });
    // Beside the tip or beyond it, where no row of the table stands.
    const spots = [[v, -u], [-v, u], [u, v]].map(([a, b]) => [x2 + 19 * a, y2 + 19 * b + 5]);
    const marks = rows.map((row) => place(row.x));
    const free = ([left, top]) => marks.every(([x, y]) => Math.abs(left - x) > NAME || Math.abs(top - y - 20) > NAME);
    const [left, top] = spots.find(free) ?? spots[0];
    setAttributes(name, { x: left, y: top });
  }

  function grab(event) {
    if (event.button !== 0) return;
    const target = event.target.closest("[data-drag]");
    held = target?.dataset.drag ?? "at";
    drawing.setPointerCapture(event.pointerId);
    target?.focus?.({ preventScroll: true });
    // The line itself is where it is until the pointer moves.
    if (held === "at") change({ at: point(event) });
  }

  // A finger on the line drags it, and not the page. (Within a drawing touch-action is not heeded.)
  function stay(event) {
    if (event.target.closest("[data-drag]")) event.preventDefault();
  }

  function drag(event) {
    if (held) change({ [held]: point(event) });
  }

  function point({ clientX, clientY }) {
    const { left, top, width } = drawing.getBoundingClientRect();
    const { low, high } = currentFrame().plane;
    const along = (pixels, start) => (pixels * WIDTH / width - start) / SQUARE.side;
    const value = (part) => tidy(low + (high - low) * Math.min(1, Math.max(0, part)), GRID, 0);
    return [value(along(clientX - left, SQUARE.x)), value(1 - along(clientY - top, SQUARE.y))];
  }
  return { node, update };
}

const show = (node, on) => setAttributes(node, { visibility: on ? null : "hidden" });

// The nearest multiple of `step`, and `by` steps on.
const tidy = (value, step, by) => Number(((Math.round(value / step) + by) * step).toFixed(2));

// Where a point of the plane lies in the drawing.
function place([x1, x2]) {
  const { low, high } = currentFrame().plane;
  const part = (value) => (value - low) / (high - low);
  return [SQUARE.x + part(x1) * SQUARE.side, SQUARE.y + (1 - part(x2)) * SQUARE.side];
}

function ends([from, to]) {
  const [[x1, y1], [x2, y2]] = [place(from), place(to)];
  return { x1, y1, x2, y2 };
}

function grid() {
  const { x, y, side } = SQUARE;
  const at = (n) => (n / (TICKS.length - 1)) * side;
  const lines = TICKS.map((value, n) => [
    svg(value === 0 ? "line.axis" : "line", { x1: x + at(n), x2: x + at(n), y1: y, y2: y + side }),
    svg(value === 0 ? "line.axis" : "line", { y1: y + side - at(n), y2: y + side - at(n), x1: x, x2: x + side }),
    svg("text", { x: x + at(n), y: y + side + 17, "text-anchor": "middle" }, minus(value)),
    svg("text", { x: x - 6, y: y + side - at(n) + 4, "text-anchor": "end" }, minus(value)),
  ]);
  const names = [svg("text", { x: x + at(2.5), y: y + side + 17, "text-anchor": "middle" }, "x₁"), svg("text", { x: x - 6, y: y + side - at(2.5) + 4, "text-anchor": "end" }, "x₂")];
  return svg("g.grid", { "aria-hidden": "true" }, lines.flat(), names);
}

const minus = (value) => String(value).replace("-", "−");

// The shade changes along w only, so a gradient says all of it.
function shading() {
  const id = newId("shade");
  const gradient = svg("linearGradient", { id, gradientUnits: "userSpaceOnUse" });
  const { x, y, side } = SQUARE;
  const area = { x, y, width: side, height: side };
  const node = svg("g", {}, svg("rect.ground", area), svg("rect.shade", { ...area, fill: `url(#${id})` }), svg("rect.frame", area));
  function update({ from, to, stops }) {
    setAttributes(gradient, ends([from, to]));
    fill(gradient, stops, () => stops.map(({ offset, strength }) => svg("stop", { offset, "stop-opacity": strength })));
  }
  return { defs: svg("defs", {}, gradient), node, update };
}

function legend() {
  const [least, most] = [el("span.exact"), el("span.exact")];
  const node = el("p.scale-of-a", {}, text("neuron.scale"), least, el("span.ramp", { "aria-hidden": "true" }), most);
  function update({ least: low, most: high }) {
    setText(least, low.text);
    setText(most, high.text);
  }
  return { node, update };
}

// A row of the truth table: a full disc where 1 is wanted, an empty one where 0 is.
function corner({ x: inputs, wanted, right }) {
  const [x, y] = place(inputs);
  const words = `${right ? "✓" : "✗"} ${text(right ? "neuron.corner_right" : "neuron.corner_wrong")}`;
  return svg(wanted ? "g.corner.wanted" : "g.corner", { transform: `translate(${x} ${y})` },
    svg("circle", { r: 9 }), svg("text.digit", { y: 4, "text-anchor": "middle" }, wanted ? "1" : "0"),
    svg(right ? "text.mark" : "text.mark.wrong", { y: 32, "text-anchor": "middle" }, words));
}

// Something on the line to hold: by a pointer, or by keys as a slider.
function handle(drag, kind, most, move) {
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 3, PageDown: -3 };
  const node = svg(`g.handle.${kind}`, {
    role: "slider", tabindex: 0, "aria-label": text(`neuron.${kind}`), "aria-valuemin": -most, "aria-valuemax": most, "data-drag": drag,
    onkeydown: (event) => {
      if (!(event.key in steps)) return;
      event.preventDefault();
      move(steps[event.key]);
    },
  }, svg("title", {}, text(`neuron.${kind}`)), svg("circle.reach", { r: 20 }), kind === "shift" ? svg("circle", { r: 7 }) : svg("path", { d: "M12 0L-7 -8L-7 8Z" }));
  function update(at, value, said) {
    show(node, at);
    setAttributes(node, { tabindex: at ? 0 : -1, "aria-valuenow": value, "aria-valuetext": plainSay(said) });
    if (at) setAttributes(node, { transform: `translate(${place(at).join(" ")})${kind === "turn" ? ` rotate(${-value})` : ""}` });
  }
  return { node, update };
}
