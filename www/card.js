// "This step": what is computed and why, the formula, the numbers put in. What was computed along
// with it stands behind "Where from".

import { el, fill } from "./dom.js";
import { button, newId, numberField } from "./fields.js";
import { formula } from "./formula.js";
import { chip } from "./number.js";
import { prediction } from "./predict.js";
import { dispatch } from "./session.js";
import { tabs } from "./tabs.js";
import { plainSay, say, text } from "./words.js";

export function card() {
  const id = newId("card");
  const title = el("h2", { tabindex: -1 });
  const back = button(text("ui.way_back"), () => dispatch({ do: "return" }), { kind: "quiet", icon: "left" });
  const lines = el("div.lines");
  const edit = el("div.edit");
  const why = el("div.why");
  const more = tabs();
  const predicted = prediction();
  const kicker = el("p.kicker", { id }, text("ui.this_step"));
  const node = el("section.card", { "aria-labelledby": id }, el("div.row", {}, kicker, back), predicted.node, title, lines, edit, why, more.node);
  function update(frame) {
    const { card } = frame;
    const held = lines.contains(document.activeElement) || why.contains(document.activeElement) || predicted.node.contains(document.activeElement) || document.activeElement === back;
    node.dataset.phase = card.phase;
    predicted.update(frame);
    back.hidden = !card.way_back;
    fill(title, card.title, () => say(card.title));
    const first = card.lines.filter(({ id }) => card.first.includes(id));
    fill(lines, first, () => first.flatMap(arithmetic));
    fill(edit, card.edit && [card.title, card.edit], () => (card.edit ? changing(card) : []));
    fill(why, [card.why, card.more], () => [...card.why.map((sentence) => el("p", {}, say(sentence))), card.more ? el("p", {}, text("ui.more_lines", { n: card.more })) : null]);
    more.update(frame);
    // A chip takes the card elsewhere and is gone: go on from the way back.
    if (held && !node.contains(document.activeElement)) (back.hidden ? title : back).focus({ preventScroll: true });
  }
  // Down to the first sentence: what a move has to show.
  const reason = () => why.firstElementChild ?? title;
  return { node, update, reason, open: more.choose };
}

// What is given can be changed on the spot.
function changing({ title, edit }) {
  const send = (value) => dispatch({ ...edit, value });
  const field = numberField({ label: plainSay(title), value: edit.value, key: "given", send });
  return el("label.field", {}, text("card.edit"), field);
}

// A formula, and below it the same with numbers.
export function arithmetic({ formula: symbols, parts }) {
  return [symbols ? el("div.formula", {}, formula(symbols)) : null, parts.length ? sum(parts) : null].filter(Boolean);
}

// Much arithmetic is written smaller, so that a product stays in one piece.
function sum(parts) {
  const found = terms(parts);
  const longest = Math.max(...found.map((term) => term.textContent.length));
  return el(longest > LONG ? "div.sum.long" : "div.sum", {}, found);
}

const LONG = 16;
const FREE = /^[=≈·+−×∕]$/;
const BREAKS = /^[=≈+−]$/;

// A line breaks before a relation or a sum's sign, not within a product.
function terms(parts) {
  const found = [];
  for (const part of parts) {
    const free = "op" in part && FREE.test(part.op);
    if (!found.length || ("op" in part && BREAKS.test(part.op))) found.push(el("span.term"));
    found.at(-1).append("num" in part ? chip(part.num) : el(free ? "span.op.free" : "span.op", {}, part.op));
  }
  return found;
}
