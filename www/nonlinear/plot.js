// The picture of a curve, its hinges and their sum, on which the curve is drawn: by dragging, or
// by keys on its handles.

import { el, fill, setAttributes, setText, svg } from "../dom.js";
import { newId } from "../fields.js";
import { frame as currentFrame } from "../session.js";
import { plainSay, text } from "../words.js";
import { changeFit as change } from "./change.js";

const [LEFT, RIGHT, TOP, BOTTOM] = [26, 8, 8, 24];
// More than the handles reach, so that they are whole.
const MARGIN = 0.4;
// Heights are set in steps of 1 ∕ FINENESS.
const FINENESS = 20;
const NUMBERED = 12;

export function plot() {
  const clip = newId("clip");
  const root = svg("svg.hinges", { role: "group", "data-arrows": true, onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up, onkeydown: key });
  // The name stays; what is to be seen follows the state.
  const words = el("p.unseen", { id: newId("plot") });
  setAttributes(root, { "aria-label": text("nonlinear.fit.picture"), "aria-describedby": words.id });
  const node = el("figure", {}, root, words);
  let width = 0;
  let tab = 6;
  let last = null;

  const height = () => Math.min(380, Math.max(240, width * 0.46));
  const scale = ({ farthest, highest }) => {
    const top = highest + MARGIN;
    const [across, up] = [width - LEFT - RIGHT, height() - TOP - BOTTOM];
    return {
      x: (x) => LEFT + (across * (x + farthest)) / (2 * farthest),
      y: (y) => TOP + (up * (top - y)) / (2 * top),
      back: (px, py) => [((px - LEFT) / across) * 2 * farthest - farthest, top - ((py - TOP) / up) * 2 * top],
    };
  };

  function update(fit) {
    width = Math.max(280, node.clientWidth || 720);
    setAttributes(root, { viewBox: `0 0 ${width} ${height()}` });
    setText(words, plainSay(fit.describe));
    fill(root, [fit.handles, fit.target, fit.hinges, fit.line, fit.x, fit.y, width, tab], () => draw(fit));
  }

  function draw(fit) {
    const { x, y } = scale(fit);
    const [left, right] = [x(-fit.reach), x(fit.reach)];
    const points = (line) => line.map(([u, v]) => `${x(u).toFixed(1)},${y(v).toFixed(1)}`).join(" ");
    const line = (kind, one) => svg(`polyline.${kind}`, { points: points(one) });
    const ticks = [-9, -6, -3, 0, 3, 6, 9].map((at) => svg("text", { x: x(at), y: height() - 7, "text-anchor": at === 9 ? "end" : "middle" }, minus(at)));
    const heights = [-2, -1, 0, 1, 2].map((at) => [svg("line.grid", { x1: LEFT, x2: width - RIGHT, y1: y(at), y2: y(at) }), svg("text", { x: LEFT - 6, y: y(at) + 4, "text-anchor": "end" }, minus(at))]);
    const corners = fit.hinges.flatMap(({ corner }, n) => (corner === null ? [] : [
      svg("circle.corner", { cx: x(corner), cy: y(0), r: 3 }),
      fit.hinges.length <= NUMBERED && svg("text.number", { x: x(corner), y: y(0) + 15, "text-anchor": "middle" }, n + 1),
    ]));
    return [
      svg("clipPath", { id: clip }, svg("rect", { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height() - TOP - BOTTOM })),
      svg("rect.drawn", { x: left, y: TOP, width: right - left, height: height() - TOP - BOTTOM }),
      heights, ticks,
      svg("g", { "clip-path": `url(#${clip})` },
        fit.hinges.map((hinge) => line("hinge", hinge.line)),
        fit.target.map((one) => line("target", one)),
        line("sum", fit.line),
        svg("line.at", { x1: x(fit.x), x2: x(fit.x), y1: TOP, y2: height() - BOTTOM }),
        svg("circle.value", { cx: x(fit.x), cy: y(fit.y), r: 5 }),
        corners),
      fit.handles.map((one, k) => handle(one, k, x(one.x), y(one.y), fit.highest)),
    ].flat(3).filter(Boolean);
  }

  function handle({ x, y, num }, k, cx, cy, highest) {
    return svg("g.handle", {
      role: "slider", tabindex: k === tab ? 0 : -1, "data-key": `handle-${k}`, "data-handle": k,
      "aria-label": text("nonlinear.fit.handle", { x: minus(x) }), "aria-orientation": "vertical",
      "aria-valuemin": -highest, "aria-valuemax": highest, "aria-valuenow": y, "aria-valuetext": num.text,
    }, svg("circle.reach", { cx, cy, r: 13 }), svg("circle.dot", { cx, cy, r: 5.5 }));
  }

  // The handle nearest to a pointer, and the height there.
  function at({ clientX, clientY }) {
    const fit = currentFrame().fit;
    const box = root.getBoundingClientRect();
    const part = width / box.width;
    const [x, y] = scale(fit).back((clientX - box.left) * part, (clientY - box.top) * part);
    const k = Math.round(Math.min(fit.handles.length - 1, Math.max(0, x + fit.reach)));
    return { k, y: tidy(y, fit.highest), inside: Math.abs(x) <= fit.reach + 0.5 };
  }

  function down(event) {
    const found = at(event);
    if (event.button !== 0 || !found.inside) return;
    root.setPointerCapture(event.pointerId);
    last = found;
    tab = found.k;
    set([found]);
    root.querySelector(`[data-handle="${tab}"]`)?.focus({ preventScroll: true });
  }

  // A quick pointer skips handles: those get the heights on its way.
  function move(event) {
    if (!last) return;
    const found = at(event);
    if (found.k === last.k && found.y === last.y) return;
    const way = Math.abs(found.k - last.k);
    const highest = currentFrame().fit.highest;
    const passed = Array.from({ length: way }, (_, n) => {
      const part = (n + 1) / way;
      return { k: last.k + Math.sign(found.k - last.k) * (n + 1), y: tidy(last.y + part * (found.y - last.y), highest) };
    });
    last = found;
    set(passed.length ? passed : [found]);
  }

  function up() {
    last = null;
  }

  function set(changed) {
    const heights = currentFrame().fit.handles.map(({ y }) => y);
    changed.forEach(({ k, y }) => (heights[k] = y));
    change({ heights });
  }

  function key(event) {
    const k = Number(event.target.closest("[data-handle]")?.dataset.handle ?? NaN);
    if (Number.isNaN(k)) return;
    const { handles, highest } = currentFrame().fit;
    const by = { ArrowUp: 0.1, ArrowDown: -0.1, PageUp: 0.5, PageDown: -0.5 }[event.key];
    const to = { Home: -highest, End: highest }[event.key] ?? (by === undefined ? undefined : handles[k].y + by);
    const next = { ArrowLeft: k - 1, ArrowRight: k + 1 }[event.key];
    if (to !== undefined) set([{ k, y: tidy(to, highest) }]);
    else if (handles[next]) go(next);
    else if (next === undefined) return;
    event.preventDefault();
  }

  function go(k) {
    tab = k;
    update(currentFrame().fit);
    root.querySelector(`[data-handle="${k}"]`).focus();
  }
  return { node, update };
}

const minus = (x) => String(x).replace("-", "−");
const tidy = (y, most) => Math.round(FINENESS * Math.min(most, Math.max(-most, y))) / FINENESS;
