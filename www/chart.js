// Activations: g of the chosen functions above g′, with a z to drag.

import { el, fill, setAttributes, svg } from "./dom.js";
import { chartCard } from "./chartcard.js";
import { alphaSlider } from "./controls.js";
import { button, slider } from "./fields.js";
import { handbook } from "./handbook.js";
import { request } from "./loop.js";
import { core, dispatch, frame as currentFrame } from "./session.js";
import { colours } from "./theme.js";
import { text } from "./words.js";

// As many as the page shows before "More".
const FIRST = 4;
// z goes from −RANGE to RANGE.
const RANGE = 6;

// Slopes go up to 1, and where α is one, as far as its slider does: so the axis stays while it is
// moved. Only a larger α, which was typed, takes more.
function slopeRange(functions) {
  const alphas = functions.map(({ alpha }) => alpha).filter((alpha) => alpha !== null);
  return [-0.2, alphas.length ? Math.max(2.2, 1.1 * Math.max(...alphas)) : 1.2];
}

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
  const node = el("main.activations", {}, el("header.title", {}, title, lead), chips,
    el("div.stage", {}, el("div", {}, el("div.toolbar", {}, alpha.node, z.node), stack, beside), card.node), book.node);
  new ResizeObserver(request).observe(stack);

  function update(frame) {
    const { chart } = frame;
    fill(chips, [chart.all, chart.selected, chart.focus, all], () => functions(chart));
    z.update(chart.z, String(chart.z).replace("-", "−"));
    alpha.update(frame);
    fill(beside, showsBeside(chart), () => (showsBeside(chart) ? text("chart.beside") : ""));
    setAttributes(curves, { "aria-label": picture(chart) });
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

  function spec() {
    const { chart } = currentFrame();
    const labels = chart.functions.map((one) => ({ ...one, label: text(`activation.${one.name}`) }));
    const focus = labels.findIndex(({ name }) => name === chart.focus);
    return JSON.stringify({
      functions: labels, focus: focus < 0 ? null : focus, z: chart.z, z_label: `z = ${String(chart.z).replace("-", "−")}`,
      x: [-RANGE, RANGE], slope: slopeRange(labels), beside: isLeaky(chart), beside_label: "max(αz, z)",
      captions: ["g(z)", "g′(z)"], saturated_label: text("chart.saturated"),
      theme: chartTheme(), size: [stack.clientWidth, stack.clientHeight], dpr: devicePixelRatio,
    });
  }

  // Each layer is drawn when something changes that it follows.
  const drawn = new Map();
  function layer(canvas, draw, asked, follows) {
    const key = JSON.stringify(follows);
    if (drawn.get(canvas) !== key) draw(canvas, asked);
    drawn.set(canvas, key);
  }

  function draw() {
    if (!stack.clientWidth) return;
    const asked = spec();
    const { functions, ...rest } = JSON.parse(asked);
    const { theme, size, dpr, slope, focus } = rest;
    layer(axes, core.draw_axes, asked, [theme, size, dpr, slope]);
    layer(still, core.draw_still, asked, [rest, settled(functions, focus)]);
    layer(curves, core.draw_moving, asked, [rest, functions]);
    stack.classList.toggle("below", focus !== null && functions[focus].alpha === null);
    book.draw();
  }

  const moveTo = ({ clientX }) => dispatch({ do: "z", value: core.chart_z_at(spec(), clientX - stack.getBoundingClientRect().left) });

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

// The functions as far as the still layer follows them: a name may move with any α but the only
// one, in focus, within its slider, beyond 1 of which max(αz, z) has a name too. ELU's α also says
// where it is saturated.
function settled(functions, focus) {
  const alone = functions.every(({ alpha }, n) => (alpha === null) === (n !== focus));
  const moves = ({ name, alpha }) => !alone || name === "elu" || alpha < 0 || alpha > 2;
  return functions.map((one) => (moves(one) ? one : { ...one, alpha: one.alpha > 1 }));
}

// The curve's own dashes; in focus it is solid.
function swatch(name, focused) {
  const dashes = focused ? null : core.chart_dashes(name).join(" ");
  return svg("svg.swatch", { "aria-hidden": "true", viewBox: "0 0 26 4" }, svg("line", { x1: 0, x2: 26, y1: 2, y2: 2, "stroke-dasharray": dashes }));
}

const isLeaky = ({ focus }) => ["leaky_relu", "prelu", "rrelu"].includes(focus);
const showsBeside = (chart) => isLeaky(chart) && chart.alpha > 1;

function picture({ focus, z, rows }) {
  const row = rows.find(({ name }) => name === focus);
  const args = { name: text(`activation.${focus}`), z: String(z).replace("-", "−"), a: row?.a.text ?? "", slope: row?.slope.text ?? "" };
  return text("chart.picture", args);
}
