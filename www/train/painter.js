// Asks the core to paint the chapter's canvases.

import { el } from "../dom.js";
import { request } from "../loop.js";
import { paintTraining } from "../session.js";
import { colours } from "../theme.js";

const LOOK = { ink: "ink", soft: "soft", line: "line", page: "page", positive: "blue", negative: "vermilion", third: "third", font: "words" };

// `network` and `answer` are the elements whose width the canvases take.
export function painter(canvases, network, answer) {
  new ResizeObserver(request).observe(network);
  new ResizeObserver(request).observe(answer);
  const sheet = el("canvas", { hidden: true });
  network.append(sheet);
  return () => {
    const [width, side] = [network.clientWidth, answer.clientWidth];
    if (!width || !side) return;
    const { third, ...look } = colours(LOOK);
    const classes = [look.negative, look.positive, third];
    paintTraining({ ...canvases, sheet }, { ...look, width, side, dpr: devicePixelRatio, classes });
  };
}
