// The loss of every training step visited, each point a way to it.

import { el, fill, svg } from "./dom.js";
import { dispatch } from "./session.js";
import { text } from "./words.js";

const [WIDTH, HEIGHT, PAD, LETTER] = [420, 120, 12, 8];
// What can be touched around a point.
const TOUCH = 16;

export function losses() {
  const plot = el("div.plot");
  const caption = el("p.plot-caption");
  const node = el("section.block", {}, el("h2", {}, text("ui.losses")), plot, caption);
  function update({ losses, progress, setup }) {
    // The mean where there are several, and not what the picture shows of one of them.
    const said = setup.batch > 1 ? "ui.cost_at" : "ui.loss_at";
    const words = ({ t, num }) => text(said, { t: t + 1, loss: num.text });
    fill(plot, [losses, progress.t, said], () => curve(losses, progress.t, words));
    const now = losses.find(({ t }) => t === progress.t);
    fill(caption, [now, progress.t, said], () => (now ? words(now) : text("ui.loss_none")));
  }
  return { node, update };
}

function curve(all, current, words) {
  if (!all.length) return [];
  const finite = all.filter(({ value }) => value !== null);
  const highest = Math.max(...finite.map(({ value }) => value), Number.MIN_VALUE);
  const last = Math.max(1, ...all.map(({ t }) => t));
  const top = finite.find(({ value, num }) => value === highest && num)?.num.text ?? "";
  const left = PAD + TOUCH + LETTER * top.length;
  const x = (t) => left + ((WIDTH - left - PAD) * t) / last;
  const y = (value) => HEIGHT - PAD - (HEIGHT - 2 * PAD) * (value / highest);
  const line = svg("polyline", { points: finite.map(({ t, value }) => `${x(t)},${y(value)}`).join(" ") });
  const base = svg("line", { x1: left, x2: WIDTH - PAD, y1: HEIGHT - PAD, y2: HEIGHT - PAD });
  const points = finite.filter(({ num }) => num).map((one) => point(x(one.t), y(one.value), one.t, words(one), one.t === current));
  const scale = (words, y) => svg("text", { x: left - TOUCH - 2, y: y + 4, "text-anchor": "end" }, words);
  const axis = [scale(top, y(highest)), scale("0", y(0))];
  if (!points.some((one) => one.tabIndex === 0)) points.at(-1)?.setAttribute("tabindex", 0);
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": text("ui.losses"), "data-arrows": true, onkeydown: roam, onclick: choose }, base, axis, line, points);
}

// One point is in the order of tabs, arrows lead to the others.
function point(cx, cy, t, words, now) {
  return svg(now ? "g.now" : "g", {
    role: "button", tabindex: now ? 0 : -1, "data-key": `loss-${t}`, "data-t": t,
    "aria-label": words,
    "aria-current": now ? "true" : null,
  }, svg("circle.reach", { cx, cy, r: TOUCH }), svg("circle", { cx, cy, r: now ? 5 : 3.5 }));
}

function choose({ target }) {
  const point = target.closest("[data-t]");
  if (point) dispatch({ do: "lap", t: Number(point.dataset.t) });
}

function roam(event) {
  const points = [...event.currentTarget.querySelectorAll("[role=button]")];
  const at = points.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: points.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") points[at]?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  else if (to === undefined) return;
  else points[Math.min(points.length - 1, Math.max(0, to))].focus();
  event.preventDefault();
}
