// The chapter's two charts: what the core has laid out, as lines and dots.

import { el, fill, setAttributes, svg } from "../dom.js";
import { request } from "../loop.js";
import { nudgeCharts } from "../session.js";
import { plainSay, say, text } from "../words.js";

export function charts(onDrag) {
  const loss = chart(text("nudge.loss_axis"), onDrag);
  const step = chart(text("nudge.loss_axis"));
  let drawn = "";
  let link = "";

  function update(frame) {
    link = frame.link;
    loss.update({ alt: frame.seen.concat(frame.verdict), legend: frame.legend, axis: frame.chosen.symbol });
    step.update({ alt: [frame.step.alt], legend: frame.step.legend, axis: "η" });
  }

  function draw() {
    const width = loss.width();
    const asked = `${width} ${link}`;
    if (!width || asked === drawn) return;
    const both = nudgeCharts(width);
    drawn = both ? asked : "";
    if (both) [loss, step].forEach((one, n) => one.draw(both[n]));
    else [loss, step].forEach((one) => one.clear());
  }
  return { loss, step, update, draw };
}

function chart(title, onDrag) {
  const plot = svg("svg", { role: "img" });
  const box = el("div.figure", {}, plot);
  const legend = el("p.key");
  const axis = el("span");
  const node = el("div.chart", {}, el("p.axis", {}, title, el("span.across", {}, axis, " →")), box, legend);
  new ResizeObserver(request).observe(box);
  if (onDrag) follow(plot, (x) => onDrag(x, box.clientWidth));

  function update({ alt, legend: lines, axis: name }) {
    setAttributes(plot, { "aria-label": alt.map(plainSay).join(" ") });
    fill(axis, name, () => el("span", {}, name));
    fill(legend, lines, () => lines.map(({ kind, say: words }) => el("span.entry", {}, svg(`svg.swatch.${kind}`, { "aria-hidden": "true", viewBox: "0 0 26 6" }, svg(`line.${kind}`, { x1: 0, x2: 26, y1: 3, y2: 3 })), " ", say(words))));
  }

  function draw({ width, height, frame, x, y, lines, dots }) {
    setAttributes(plot, { viewBox: `0 0 ${width} ${height}`, width, height });
    const { left, top } = frame;
    const bottom = top + frame.height;
    const grid = [
      ...x.map(({ at, label }) => [svg("line.grid", { x1: at, x2: at, y1: top, y2: bottom }), svg("text", { x: at, y: bottom + 18, "text-anchor": "middle" }, label)]),
      ...y.map(({ at, label }) => [svg("line.grid", { x1: left, x2: left + frame.width, y1: at, y2: at }), svg("text", { x: left - 7, y: at + 4, "text-anchor": "end" }, label)]),
    ].flat();
    // A nested picture cuts off what leaves it.
    const inner = svg("svg", { x: left, y: top, width: frame.width, height: frame.height, viewBox: `${left} ${top} ${frame.width} ${frame.height}` },
      lines.map(({ kind, points }) => svg(`polyline.${kind}`, { points: points.map((point) => point.join(",")).join(" ") })));
    const marks = dots.map(({ kind, at: [cx, cy] }) => svg(`circle.${kind}`, { cx, cy, r: kind === "now" ? 6 : 4.5 }));
    plot.replaceChildren(...grid, inner, ...marks);
  }
  return { node, update, draw, clear: () => plot.replaceChildren(), width: () => box.clientWidth };
}

// Pressed and moved across: by mouse, pen or finger.
function follow(plot, move) {
  const at = ({ clientX }) => move(clientX - plot.getBoundingClientRect().left);
  plot.classList.add("draggable");
  plot.addEventListener("pointerdown", (event) => {
    plot.setPointerCapture(event.pointerId);
    at(event);
  });
  plot.addEventListener("pointermove", (event) => {
    if (plot.hasPointerCapture(event.pointerId)) at(event);
  });
}
