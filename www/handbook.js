// The four plots as the handbook draws them.

import { drawn } from "./canvas.js";
import { el, setAttributes } from "./dom.js";
import { chartTheme } from "./chart.js";
import { button } from "./fields.js";
import { request } from "./loop.js";
import { dispatch, drawing } from "./session.js";
import { text } from "./words.js";

// The handbook's α.
const PLOTS = [["sigmoid"], ["tanh"], ["relu"], ["leaky_relu", 0.1]];

export function handbook() {
  const toggle = button(text("chart.handbook"), () => dispatch({ do: "handbook" }));
  const canvases = PLOTS.map(([name]) => el("canvas", { role: "img", "aria-label": text("chart.handbook_plot", { name: text(`activation.${name}`) }) }));
  const grid = el("div.plots", { hidden: true }, PLOTS.map(([name], n) => el("figure", {}, canvases[n], el("figcaption", {}, text(`activation.${name}`)))));
  const node = el("section.handbook", {}, toggle, grid);
  new ResizeObserver(request).observe(grid);

  function update({ chart }) {
    grid.hidden = !chart.handbook;
    setAttributes(toggle, { "aria-pressed": chart.handbook });
  }

  function draw() {
    if (grid.hidden) return;
    const theme = chartTheme();
    const size = [canvases[0].clientWidth, canvases[0].clientHeight];
    drawing("handbook", canvases, ({ draw_handbook }) => PLOTS.forEach(([name, alpha], n) => {
      const asked = { name, alpha, theme, size, dpr: devicePixelRatio };
      drawn(canvases[n], asked, (canvas) => draw_handbook(canvas, JSON.stringify(asked)));
    }));
  }
  return { node, update, draw };
}
