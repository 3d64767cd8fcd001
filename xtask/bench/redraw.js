// The chart's redraw while α slides: 4 curves of 600 points, 800 × 450 css px.

import { core } from "/session.js";
import { frames, interleaved } from "./rounds.js";

const ROUNDS = 25;
const FRAMES = 20;
const [WIDTH, HEIGHT] = [800, 450];
const POINTS = 600;
const RANGE = 6;

const ABOUT = "Four activations over 600 points, 800 × 450 css px at a device pixel ratio of 2; each frame has another α of Leaky ReLU, whose points are computed in it. uPlot: setData; Chart.js: update(\"none\"), no animation, no points, parsing off. Gradstep shows more: g and below it g′, so 8 curves, their dashes, the curves' names beside them, the point at z on each. What α does not touch (axes, names, the curves without an α) lies on canvases of its own and stays, as on the page; the others draw everything each time.";

const theme = { ink: "#1a1d21", grey: "#767d87", grid: "#eceeef", text: "#535b66", surface: "#fcfcfb", shade: "#7b838d26" };
const CURVES = { sigmoid: (z) => 1 / (1 + Math.exp(-z)), tanh: Math.tanh, relu: (z) => Math.max(0, z) };
const zs = Array.from({ length: POINTS }, (_, i) => -RANGE + (2 * RANGE * i) / (POINTS - 1));
const still = Object.values(CURVES).map((g) => zs.map(g));
const leaky = (alpha) => zs.map((z) => (z > 0 ? z : alpha * z));

// Back and forth between 0 and 2, never the same twice in a row.
const alphaOf = (progress) => 2 * progress;

function gradstep() {
  const chart = new core.Chart(JSON.stringify({
    functions: [...Object.keys(CURVES), "leaky_relu"].map((name) => ({ name, label: name })),
    focus: 3, z: -3.4, z_label: "z = −3.4", x: [-RANGE, RANGE], slope: [-0.2, 2.2], beside: true, beside_label: "max(αz, z)",
    captions: ["g(z)", "g′(z)"], saturated_label: "saturated", theme, size: [WIDTH, HEIGHT], dpr: devicePixelRatio,
  }));
  const [axes, still, moving] = [0, 1, 2].map(() => document.createElement("canvas"));
  chart.draw_axes(axes);
  chart.draw_still(still);
  return contestant("Gradstep", moving.getContext("2d"), (progress) => {
    chart.set_alpha(3, alphaOf(progress));
    chart.draw_moving(moving);
  });
}

function uPlotChart(place) {
  const data = (alpha) => [zs, ...still, leaky(alpha)];
  const series = ["sigmoid", "tanh", "relu", "leaky"].map((label, i) => ({ label, stroke: i === 3 ? theme.ink : theme.grey, width: i === 3 ? 3 : 2, points: { show: false } }));
  const scales = { x: { time: false, range: [-RANGE, RANGE] }, y: { range: [-1.6, 3.2] } };
  const chart = new window.uPlot({ width: WIDTH, height: HEIGHT, scales, legend: { show: false }, cursor: { show: false }, series: [{}, ...series] }, data(0.1), place);
  return contestant("uPlot", chart.ctx, (progress) => chart.setData(data(alphaOf(progress))));
}

function chartJs(place) {
  const canvas = document.createElement("canvas");
  place.style.width = `${WIDTH}px`;
  place.style.height = `${HEIGHT}px`;
  place.append(canvas);
  const points = (values) => values.map((y, i) => ({ x: zs[i], y }));
  const datasets = [...still, leaky(0.1)].map((values, i) => ({ data: points(values), borderColor: i === 3 ? theme.ink : theme.grey, borderWidth: i === 3 ? 3 : 2, pointRadius: 0 }));
  const scales = { x: { type: "linear", min: -RANGE, max: RANGE }, y: { min: -1.6, max: 3.2 } };
  const plugins = { legend: { display: false }, tooltip: { enabled: false } };
  const chart = new window.Chart(canvas, { type: "line", data: { datasets }, options: { animation: false, parsing: false, maintainAspectRatio: false, events: [], scales, plugins } });
  return contestant("Chart.js", canvas.getContext("2d"), (progress) => {
    chart.data.datasets[3].data = points(leaky(alphaOf(progress)));
    chart.update("none");
  });
}

const contestant = (name, context, redraw) => ({ name, context, redraw, run: () => frames(redraw, [context], FRAMES) });

// That the picture follows α at all, and is as large as the others.
async function check({ name, context, redraw }) {
  const picture = async (progress) => {
    redraw(progress);
    await null;
    const { width, height } = context.canvas;
    return context.getImageData(0, 0, width, height).data;
  };
  const [one, other] = [await picture(0.1), await picture(0.9)];
  const { width, height } = context.canvas;
  const follows = one.some((part, i) => part !== other[i]);
  if (!follows || width !== 2 * WIDTH || height !== 2 * HEIGHT) throw new Error(`${name}: ${width} × ${height}, follows α: ${follows}`);
}

export async function redraw() {
  const places = [0, 1].map(() => document.body.appendChild(document.createElement("div")));
  const contestants = [gradstep(), uPlotChart(places[0]), chartJs(places[1])];
  for (const one of contestants) await check(one);
  const { script, rasterised } = await interleaved(contestants, ROUNDS);
  places.forEach((place) => place.remove());
  return [
    { title: "Redraw as α slides: script", unit: "ms", about: ABOUT, asked: [{ peer: "uPlot", factor: 2.5 }], rows: script },
    {
      title: "Redraw as α slides: with rasterising", unit: "ms",
      about: "The same until one pixel is read back, which makes the canvas draw all that was noted.",
      asked: [{ peer: "uPlot", factor: 1 / 0.6 }], rows: rasterised,
    },
  ];
}
