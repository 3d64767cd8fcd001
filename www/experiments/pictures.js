// An experiment's pictures: curves with their spread, paths, numbers with their quarters; under
// each the table that says the same.

import { el, svg } from "../dom.js";
import { plainSay, text } from "../words.js";

// Of the pictures' coordinates, which go from 0 to 1.
const SIDE = 1000;
// The dashes of curves side by side, so that none needs a colour.
const DASHES = 6;

export const picture = (one) => builders[one.kind](one);

const builders = {
  lines: (one) => figure(one, plot(one, "lines"), legend(one.series), details(one.table)),
  path: (one) => figure(one, plot(one, "path"), null, details(one.table), "small"),
  ends: (one) => figure(one, ends(one)),
  table: (one) => figure(one, el("div.scroll", {}, table(one.table, plainSay(one.title)))),
};

function figure({ title }, body, ...others) {
  const small = others.includes("small");
  const words = plainSay(title);
  return el(small ? "figure.trial.small" : "figure.trial", {}, el("figcaption", {}, words), body, ...others.filter((other) => typeof other !== "string"));
}

const place = (node, at) => {
  for (const [name, value] of Object.entries(at)) node.style.setProperty(name, `${100 * value}%`);
  return node;
};

function plot({ title, x, y, series, table: rows }, kind) {
  const points = (line) => line.map(([u, v]) => `${(SIDE * u).toFixed(1)},${(SIDE * v).toFixed(1)}`).join(" ");
  const grid = [
    ...y.ticks.map(({ at }) => svg("line.grid", { x1: 0, x2: SIDE, y1: SIDE * at, y2: SIDE * at })),
    ...x.ticks.map(({ at }) => svg("line.grid", { x1: SIDE * at, x2: SIDE * at, y1: 0, y2: SIDE })),
  ];
  const shapes = series.flatMap(({ line, band, focus }, n) => [
    band.length ? svg("polygon.band", { points: points(band) }) : null,
    svg(`polyline.curve.dash${n % DASHES}${focus ? ".focus" : ""}`, { points: points(line) }),
  ]);
  const drawing = svg(`svg`, { viewBox: `0 0 ${SIDE} ${SIDE}`, preserveAspectRatio: "none", role: "img", "aria-label": described(title, series, rows) }, grid, shapes);
  const ends = kind === "path" ? [mark("start", series[0].line[0]), mark("end", series[0].line.at(-1))] : [];
  const labels = kind === "lines" ? series.map(({ label, at, focus }) => place(el(focus ? "span.end.focus" : "span.end", {}, plainSay(label)), { top: at })) : [];
  return el("div.graph", {},
    el("span.name", {}, plainSay(y.name)),
    el("div.ticks", { "aria-hidden": "true" }, y.ticks.map(({ at, text: words }) => place(el("span", {}, words), { top: at }))),
    el("div.area", {}, drawing, ...ends),
    el("div.labels", { "aria-hidden": "true" }, labels),
    el("div.below", { "aria-hidden": "true" }, x.ticks.map(({ at, text: words }) => place(el("span", {}, words), { left: at }))),
    el("span.name.right", {}, plainSay(x.name)));
}

const mark = (name, [u, v] = [0, 0]) => place(el(`span.mark.${name}`, { "aria-hidden": "true" }), { left: u, top: v });

// What the picture shows, in words: the last number of each curve.
function described(title, series, { corner, columns, rows }) {
  const last = rows.map(({ label, cells }) => text("experiments.reads", { name: plainSay(label), value: cells.at(-1)?.text ?? "—" }));
  return text("experiments.described", { title: plainSay(title), corner: plainSay(corner), at: columns.at(-1) ?? "", all: last.join(text("experiments.and")) });
}

// Which dash is whose, where the labels at the ends have no room.
function legend(series) {
  const entry = ({ label, focus }, n) => el(focus ? "li.focus" : "li", {}, svg("svg.swatch", { viewBox: "0 0 26 4", "aria-hidden": "true" }, svg(`line.curve.dash${n % DASHES}${focus ? ".focus" : ""}`, { x1: 0, x2: 26, y1: 2, y2: 2 })), plainSay(label));
  return el("ul.legend", {}, series.map(entry));
}

function ends({ title, ticks, rows }) {
  const row = ({ label, focus, text: mid, low_text: low, high_text: high, mid: at, low: from, high: to }) => el(focus ? "tr.focus" : "tr", {},
    el("th", { scope: "row" }, plainSay(label)),
    el("td.dots", { "aria-hidden": "true" }, el("div", {},
      ...ticks.map(({ at: tick }) => place(el("span.tick"), { left: tick })),
      at === null ? null : place(el("span.whisker"), { left: from, width: to - from }),
      at === null ? null : place(el("span.dot"), { left: at }))),
    el("td.exact", {}, mid, low === high ? null : el("small", {}, `${low} – ${high}`)));
  const axis = el("tr.axis", { "aria-hidden": "true" }, el("td"), el("td.dots", {}, el("div", {}, ticks.map(({ at, text: words }) => place(el("span", {}, words), { left: at })))), el("td"));
  const head = el("tr", {}, el("td"), el("td.dots", { "aria-hidden": "true" }), el("th", { scope: "col" }, text("experiments.median"), el("small", {}, text("experiments.quarters"))));
  return el("div.scroll", {}, el("table.ends", { "aria-label": plainSay(title) }, el("thead", {}, head), el("tbody", {}, rows.map(row), axis)));
}

const details = (one) => el("details", {}, el("summary.small", {}, text("experiments.numbers")), el("div.scroll", {}, table(one)));

function table({ corner, columns, rows }, name) {
  const head = el("tr", {}, el("th", { scope: "col" }, plainSay(corner)), columns.map((words) => el("th", { scope: "col" }, words)));
  const cell = ({ text: mid, spread }) => el("td.exact", {}, mid, spread ? el("small", {}, spread) : null);
  const row = ({ label, cells }) => el("tr", {}, el("th", { scope: "row" }, plainSay(label)), cells.map(cell));
  return el("table.findings.figures", { "aria-label": name ?? text("experiments.numbers") }, el("thead", {}, head), el("tbody", {}, rows.map(row)));
}
