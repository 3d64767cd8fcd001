// Activations: g of the chosen functions above g′, with a z to drag.

import { drawn, wipe } from "./canvas.js";
import { el, fill, setAttributes, svg } from "./dom.js";
import { chartCard } from "./chartcard.js";
import { alphaSlider } from "./controls.js";
import { button, slider } from "./fields.js";
import { handbook } from "./handbook.js";
import { request } from "./loop.js";
import { predictSwitch } from "./predict.js";
import { ask, dashes, dispatch, drawing, frame as currentFrame, instance } from "./session.js";
import { colours } from "./theme.js";
import { text } from "./words.js";

// As many as the page shows before "More".
const FIRST = 4;
// z goes from −RANGE to RANGE.
const RANGE = 6;

export const chartTheme = () => colours({ ink: "ink", grey: "grey", grid: "grid", text: "soft", surface: "page", shade: "shade" });

export function chart() {
  const title = el("h1", {}, text("place.activations.title"));
  const lead = el("p.lead", {}, text("place.activations.lead"));
  const chips = el("div.chips", { role: "group", "aria-label": text("chart.functions") });
  let all = false;
  const axes = el("canvas", { "aria-hidden": "true" });
  const still = el("canvas", { "aria-hidden": "true" });
  const curves = el("canvas", { role: "img" });
  const stack = el("div.stack", { onpointerdown: grab, onpointermove: drag }, axes, still, curves);
  const z = slider({ name: "z", min: -RANGE, max: RANGE, send: (value) => dispatch({ do: "z", value }) });
  const alpha = alphaSlider((value) => dispatch({ do: "curve_alpha", value }), ({ chart }) => ({ value: chart.alpha, text: String(chart.alpha) }));
  const book = handbook();
  const card = chartCard();
  const beside = el("p.note");
  const predict = predictSwitch();
  const node = el("main.activations", {}, el("header.title", {}, title, lead), chips,
    el("div.stage", {}, el("div", {}, el("div.toolbar", {}, alpha.node, z.node, predict.node), stack, beside), card.node), book.node);
  new ResizeObserver(request).observe(stack);

  function update(frame) {
    const { chart } = frame;
    fill(chips, [chart.all, chart.selected, chart.focus, all], () => functions(chart));
    z.update(chart.z, String(chart.z).replace("-", "−"));
    alpha.update(frame);
    fill(beside, showsBeside(chart), () => (showsBeside(chart) ? text("chart.beside") : ""));
    setAttributes(curves, { "aria-label": picture(chart) });
    predict.update(frame);
    card.update(frame);
    book.update(frame);
  }

  function functions({ all: names, selected, focus }) {
    const shown = names.filter((name, n) => all || n < FIRST || selected.includes(name));
    const more = button(text(all ? "chart.fewer" : "chart.more", { n: names.length - FIRST }), () => {
      all = !all;
      update(currentFrame());
    });
    setAttributes(more, { "aria-expanded": all, "data-key": "more" });
    return [...shown.map((name) => chipFor(name, selected.includes(name), name === focus)), more];
  }

  // A click brings a curve in, then into focus, then takes it away.
  function chipFor(name, on, focused) {
    const press = () => dispatch({ do: on && !focused ? "focus" : "curve", name });
    return el(focused ? "button.chip.focus" : "button.chip", { type: "button", "aria-pressed": on, "aria-current": focused ? "true" : null, "data-key": name, onclick: press }, swatch(name, focused), text(`activation.${name}`));
  }

  // Without α, which the chart is told by itself.
  function spec(chart) {
    const functions = chart.functions.map(({ name }) => ({ name, label: text(`activation.${name}`) }));
    const focus = functions.findIndex(({ name }) => name === chart.focus);
    return {
      functions, focus: focus < 0 ? null : focus, z: chart.z, z_label: `z = ${String(chart.z).replace("-", "−")}`,
      x: [-RANGE, RANGE], slope: chart.slopes, beside: isLeaky(chart), beside_label: "max(αz, z)",
      captions: ["g(z)", "g′(z)"], saturated_label: text("chart.saturated"),
      theme: chartTheme(), size: [stack.clientWidth, stack.clientHeight], dpr: devicePixelRatio,
    };
  }

  let [plot, asked, from] = [null, "", instance()];

  // The plot of another instance of the core is gone with it, and what was drawn may be.
  function forget() {
    [plot, asked, from] = [null, "", instance()];
    for (const canvas of [axes, still, curves]) wipe(canvas);
  }

  function draw() {
    if (!stack.clientWidth) return;
    if (from !== instance()) forget();
    if (!drawing("chart", [axes, still, curves], paint)) forget();
    book.draw();
  }

  function paint({ Chart }) {
    const { chart } = currentFrame();
    const wanted = spec(chart);
    const now = JSON.stringify(wanted);
    if (now !== asked) {
      const before = plot;
      [plot, asked] = [new Chart(now), now];
      before?.free();
    }
    chart.functions.forEach(({ alpha }, n) => alpha !== null && plot.set_alpha(n, alpha));
    const alphas = chart.functions.map(({ alpha }) => alpha);
    const { theme, size, dpr, slope, focus } = wanted;
    drawn(axes, [theme, size, dpr, slope], (canvas) => plot.draw_axes(canvas));
    drawn(still, [now, settled(chart, alphas)], (canvas) => plot.draw_still(canvas));
    drawn(curves, [now, alphas], (canvas) => plot.draw_moving(canvas));
    stack.classList.toggle("below", focus !== null && chart.functions[focus].alpha === null);
  }

  function moveTo({ clientX }) {
    if (!plot || from !== instance()) return;
    const value = ask("z_at", null, () => plot.z_at(clientX - stack.getBoundingClientRect().left));
    if (value !== null) dispatch({ do: "z", value });
  }

  function grab(event) {
    if (event.button !== 0) return;
    stack.setPointerCapture(event.pointerId);
    moveTo(event);
  }

  function drag(event) {
    if (stack.hasPointerCapture(event.pointerId)) moveTo(event);
  }
  return { node, update, draw };
}

// What of the α the still layer follows: a name may move with any but that of the only curve which
// has one, in focus, within its slider. ELU's α also says where it is saturated.
function settled({ functions, focus, alpha }, alphas) {
  const following = functions.filter((one) => one.alpha !== null);
  const alone = following.length === 1 && following[0].name === focus;
  return alone && focus !== "elu" && alpha >= 0 && alpha <= 2 ? null : alphas;
}

// The curve's own dashes; in focus it is solid.
function swatch(name, focused) {
  const strokes = focused ? null : dashes(name).join(" ");
  return svg("svg.swatch", { "aria-hidden": "true", viewBox: "0 0 26 4" }, svg("line", { x1: 0, x2: 26, y1: 2, y2: 2, "stroke-dasharray": strokes }));
}

const isLeaky = ({ focus }) => ["leaky_relu", "prelu", "rrelu"].includes(focus);
const showsBeside = (chart) => isLeaky(chart) && chart.alpha > 1;

// All curves, the one in focus first.
function picture({ focus, z, rows }) {
  const sorted = [...rows.filter(({ name }) => name === focus), ...rows.filter(({ name }) => name !== focus)];
  const one = ({ name, a, slope }) => text("chart.picture_of", { name: text(`activation.${name}`), a: a.text, slope: slope.text });
  return text("chart.picture", { curves: sorted.map(one).join(text("ui.clause_separator")), z: String(z).replace("-", "−") });
}
