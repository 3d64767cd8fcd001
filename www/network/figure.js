// The network as circles and lines. One part of it is chosen, and alone in the order of Tab; arrows
// choose another. Above and below each layer stand its name and what can be done to it.

import { el, fill, setAttributes, svg } from "../dom.js";
import { button, newId } from "../fields.js";
import { frame as currentFrame } from "../session.js";
import { plainSay, text } from "../words.js";
import { change } from "./change.js";
import { select } from "./select.js";

const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" };
const EDITS = { "+": "grow", "=": "grow", "-": "shrink", "−": "shrink", Insert: "add_layer", Delete: "remove_layer" };

export function figure() {
  const id = newId("network");
  const names = el("div.columns");
  const drawing = svg("svg", { role: "listbox", "aria-describedby": id, "data-arrows": true, onclick: press });
  const sizes = el("div.columns.sizes");
  const gaps = el("div.columns.gaps");
  const words = el("ul.unseen", { id });
  const sheet = el("div.sheet", { "data-arrows": true, onkeydown: keys }, names, drawing, sizes, gaps);
  const node = el("figure.wiring", { "aria-label": text("network.figure") }, el("figcaption.note", {}, text("network.keys")), el("div.scroll", {}, sheet), words);

  function update({ layers, picture, words: all }) {
    const held = sheet.contains(document.activeElement);
    sheet.style.setProperty("--columns", layers.length);
    setAttributes(drawing, { viewBox: `0 0 ${picture.width} ${picture.height}`, "aria-label": plainSay(picture.name) });
    fill(names, layers, () => layers.map(name));
    fill(drawing, picture, () => draw(picture));
    fill(sizes, layers, () => layers.map(size));
    fill(gaps, layers, () => layers.slice(0, -1).map(gap));
    fill(words, all, () => all.map((sentence) => el("li", {}, plainSay(sentence))));
    // What was pressed may be gone with its layer.
    if (held && !sheet.contains(document.activeElement)) focusPart({ preventScroll: true });
  }

  // By mouse or touch what lies nearest; by a key or by assistive technology what has the focus.
  function press(event) {
    const part = event.target.closest("[data-part]");
    if (event.detail === 0) return part && select(part.dataset.part);
    const box = drawing.getBoundingClientRect();
    const { picture } = currentFrame();
    change({ point: { x: (event.clientX - box.left) / box.width * picture.width, y: (event.clientY - box.top) / box.height * picture.height } });
    focusPart({ preventScroll: true });
  }

  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const part = event.target.closest("[data-part]");
    if (!part) return;
    const way = WAYS[event.key];
    const edit = EDITS[event.key];
    if (way) change({ walk: way });
    else if (edit) change({ [edit]: currentFrame().panel.l });
    else if (event.key === "Enter" || event.key === " ") select(part.dataset.part);
    else return;
    event.preventDefault();
    // Only who walks on wants to see where the way leads.
    focusPart({ preventScroll: !way });
  }

  function focusPart(how) {
    sheet.querySelector(`[data-part="${CSS.escape(currentFrame().panel.part)}"]`)?.focus(how);
  }
  return { node, update };
}

function name({ part: key, name: words, selected, l }) {
  return el("button.name", {
    type: "button", "data-part": key, "data-key": key, tabindex: selected ? 0 : -1, "aria-pressed": String(selected), onclick: () => select(key),
  }, el("span", {}, plainSay(words)), l === 0 && el("small", {}, text("network.no_parameters")));
}

// The options in the order of reading: the units of a layer, then the weights that lead to it. The
// edges in question are painted once more, above the others.
function draw({ units, edges, radius }) {
  const layers = Math.max(...units.map(({ l }) => l)) + 1;
  const of = (all, l) => all.filter((one) => one.l === l);
  const options = Array.from({ length: layers }, (_, l) => [of(units, l).map((one) => unit(one, radius)), of(edges, l).map(edge)]);
  const above = ["lit", "selected"].map((state) => edges.filter((one) => one.state === state));
  return [...options.flat(2), svg("g", { "aria-hidden": "true" }, above.flat().map((one) => svg("g.edge", { "data-state": one.state }, lines(one))))];
}

const part = (kind, { part: key, name: words, state }, ...children) => svg(`g.${kind}`, {
  role: "option", "data-part": key, "data-key": key, tabindex: state === "selected" ? 0 : -1, "aria-selected": String(state === "selected"), "aria-label": plainSay(words), "data-state": state,
}, ...children);

const edge = (one) => part("edge", one, lines(one));

function lines({ from: [x1, y1], to: [x2, y2], negative, width }) {
  return [svg("line.halo", { x1, y1, x2, y2 }), svg(negative ? "line.negative" : "line.positive", { x1, y1, x2, y2, "stroke-width": width })];
}

function unit(one, radius) {
  const circle = (r, kind) => svg(kind ? `circle.${kind}` : "circle", { cx: one.x, cy: one.y, r });
  return part(`unit.${one.kind}`, one, circle(radius + 4, "ring"), circle(radius), svg("text", { x: one.x, y: one.y }, one.label));
}

// − units +, and for a hidden layer the way to be rid of it.
function size({ l, name: layer, units, grows, shrinks, hidden }) {
  const words = { layer: plainSay(layer) };
  const less = sized("−", text("network.fewer_units", words), () => change({ shrink: l }), shrinks, `less-${l}`);
  const more = sized("+", text("network.more_units", words), () => change({ grow: l }), grows, `more-${l}`);
  const remove = hidden && sized("×", text("network.remove_layer", words), () => change({ remove_layer: l }), true, `remove-${l}`);
  return el("div.size", { role: "group", "aria-label": text("network.size_of", { ...words, units }) }, el("div.count", {}, less, el("span.exact", {}, units), more), remove);
}

function sized(words, label, send, on, key) {
  const node = button(words, send, { kind: "quiet" });
  setAttributes(node, { "aria-label": label, title: label, "data-key": key });
  node.enable(on);
  return node;
}

function gap({ l, name: layer, room }) {
  const words = text("network.add_layer", { layer: plainSay(layer) });
  return el("div.gap", {}, sized(text("network.layer.add"), words, () => change({ add_layer: l }), room, `add-${l}`));
}
