// One output layer of several units, and two output layers: the network at hand as boxes.

import { el, fill, svg } from "../dom.js";
import { say, text } from "../words.js";

const [STEP, BOX, WIDE, HIGH] = [64, 36, 66, 46];

export function heads() {
  const body = el("div.pair");
  const node = el("section.block", { "aria-label": text("network.heads") }, el("h2", {}, text("network.heads")), body);
  function update({ heads: now }) {
    fill(body, now, () => [
      el("figure", {}, el("div.scroll", {}, drawing(now, false)), el("figcaption.why", {}, [now.one, now.figure].filter(Boolean).map(sentence))),
      el("figure", {}, el("div.scroll", {}, drawing(now, true)), el("figcaption.why", {}, sentence(now.two), el("p", {}, text("network.heads.googlenet")))),
    ]);
  }
  return { node, update };
}

const sentence = (words) => el("p", {}, say(words));

function drawing({ depth, branch }, two) {
  const width = (depth + 2.6) * STEP;
  const x = (l) => l * STEP + 4;
  const loss = text("network.heads.loss");
  const row = Array.from({ length: depth + 1 }, (_, l) => box(x(l), 0, l === 0 ? "x" : `[${l}]`, l === depth));
  const arrows = Array.from({ length: depth }, (_, l) => arrow(x(l) + BOX, 23, x(l + 1), 23));
  const first = [arrow(x(depth) + BOX, 23, x(depth) + STEP, 23), word(x(depth) + STEP + 4, 23, loss)];
  const at = branch + 1;
  const second = two ? [arrow(x(branch) + BOX, 30, x(at), 93), box(x(at), 70, text("network.heads.head", { n: 2 }), true, WIDE), arrow(x(at) + WIDE, 93, x(at) + WIDE + 28, 93), word(x(at) + WIDE + 32, 93, loss)] : [];
  return svg("svg.heads", { width, height: two ? 120 : HIGH, viewBox: `0 0 ${width} ${two ? 120 : HIGH}`, role: "img", "aria-label": text(two ? "network.heads.picture_two" : "network.heads.picture_one") }, arrows, row, first, second);
}

const box = (x, y, words, last, wide = BOX) => svg(last ? "g.last" : "g", {},
  svg("rect", { x, y: y + 1, width: wide, height: HIGH - 2, rx: 6 }),
  svg("text", { x: x + wide / 2, y: y + HIGH / 2, "text-anchor": "middle" }, words));

const word = (x, y, words) => svg("text", { x, y }, words);

function arrow(x1, y1, x2, y2) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const long = Math.hypot(dx, dy);
  const [ux, uy] = [dx / long, dy / long];
  const [bx, by] = [x2 - 7 * ux, y2 - 7 * uy];
  return svg("g", {}, svg("line", { x1, y1, x2: bx, y2: by }), svg("polygon", { points: `${x2},${y2} ${bx - 4 * uy},${by + 4 * ux} ${bx + 4 * uy},${by - 4 * ux}` }));
}
