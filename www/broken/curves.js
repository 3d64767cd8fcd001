// The loss before each update, beside that of a run with nothing wrong in it.

import { el, fill, svg } from "../dom.js";
import { newId } from "../fields.js";
import { say, text } from "../words.js";

const [WIDTH, HEIGHT] = [460, 200];
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 30, 28];
// A run that climbs leaves the chart at this many times the sound run's largest loss.
const ROOM = 1.6;

export function curves() {
  const clip = newId("clip");
  const words = el("p.plot-caption");
  const plot = el("div.plot");
  const node = el("div.curves", {}, plot, words);
  function update(curves, now) {
    fill(plot, [curves, now], () => chart(curves, now, clip));
    fill(words, curves.said, () => say(curves.said));
  }
  return { node, update };
}

function chart({ here, sound }, now, clip) {
  const finite = (losses) => losses.filter((loss) => loss !== null);
  const most = Math.max(...finite(sound), 1e-9);
  const top = Math.min(Math.max(...finite(here), most), ROOM * most);
  const last = sound.length - 1;
  const x = (t) => LEFT + ((WIDTH - LEFT - RIGHT) * t) / last;
  const y = (loss) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (loss / top);
  const points = (losses) => losses.flatMap((loss, t) => (loss === null ? [] : [`${x(t).toFixed(1)},${y(loss).toFixed(1)}`])).join(" ");
  const label = (words, props) => svg("text", props, words);
  const names = ["here", "sound"].map((name, n) => svg("g", {},
    svg(`line.${name}`, { x1: LEFT + 8 + 150 * n, x2: LEFT + 36 + 150 * n, y1: 12, y2: 12 }),
    label(text(`broken.curve.${name}`), { x: LEFT + 44 + 150 * n, y: 16 })));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("clipPath", { id: clip }, svg("rect", { x: LEFT, y: TOP - 2, width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - BOTTOM + 4 })),
    svg("line.base", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(0), y2: y(0) }),
    svg("line.base", { x1: LEFT, x2: LEFT, y1: TOP, y2: y(0) }),
    label("0", { x: LEFT - 6, y: y(0) + 4, "text-anchor": "end" }),
    label(Number(top.toPrecision(2)), { x: LEFT - 6, y: TOP + 4, "text-anchor": "end" }),
    label("0", { x: LEFT, y: HEIGHT - 8, "text-anchor": "middle" }),
    label(last, { x: x(last), y: HEIGHT - 8, "text-anchor": "end" }),
    label(text("broken.updates"), { x: (LEFT + WIDTH) / 2, y: HEIGHT - 8, "text-anchor": "middle" }),
    svg("g", { "clip-path": `url(#${clip})` },
      svg("line.now", { x1: x(now - 1), x2: x(now - 1), y1: TOP, y2: y(0) }),
      svg("polyline.sound", { points: points(sound) }),
      svg("polyline.here", { points: points(here) })),
    names);
}
