// Controls with which a quantity is set.

import { el, setAttributes } from "./dom.js";
import { numberField, showValue } from "./numberfield.js";
import { tooMuch } from "./session.js";
import { complain } from "./voice.js";
import { plainSay, text } from "./words.js";

export { numberField, showValue };

let serial = 0;
export const newId = (name) => `${name}-${(serial += 1)}`;

// A box for a text of many lines. What is far too large is refused before it stands in it, where it
// would be laid out first.
export function textBox(attributes) {
  return el("textarea", { spellcheck: "false", autocomplete: "off", onbeforeinput: (event) => refuse(event.data?.length ?? 0) && event.preventDefault(), ...attributes });
}

// Says why a text of this size is not read, if it is not.
export function refuse(size) {
  const refused = tooMuch(size);
  if (refused) complain(plainSay(refused));
  return refused !== null;
}

// A labelled choice. `options` are [value, words] pairs.
export function choice({ label, options, value, send, key, hideLabel }) {
  const id = newId("choice");
  const select = el("select", {
    id, "data-key": key, "aria-label": hideLabel ? label : null,
    onchange: () => {
      const wanted = select.value;
      if (!send(wanted)) select.value = value ?? "";
    },
  }, options.map(([name, words]) => el("option", { value: name }, words)));
  select.value = value ?? "";
  return hideLabel ? select : el("span.field", {}, el("label", { for: id }, label), select);
}

const tidy = (value) => Number(value.toFixed(2));

// A slider whose value is the quantity itself, with a field for what it cannot reach.
export function slider({ name, min, max, step = 0.01, send, usual }) {
  const id = newId("slider");
  const range = el("input", { type: "range", id, min, max, step: "any", value: min });
  const field = numberField({ label: text("ui.type_value", { name }), value: min, step, send });
  const rounded = (value) => Math.round(value / step) * step;
  const move = (value) => send(tidy(rounded(Math.min(max, Math.max(min, value)))));
  range.addEventListener("input", () => move(Number(range.value)));
  range.addEventListener("keydown", (event) => {
    const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: 10 * step, PageDown: -10 * step }[event.key];
    const to = { Home: min, End: max }[event.key] ?? (by === undefined ? undefined : Number(range.value) + by);
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  });
  const track = el("span.track", {}, range, usual ? tick(usual, min, max) : null);
  const node = el("div.slider", {}, el("label", { for: id }, name), track, field);
  const markUsual = (on) => track.querySelectorAll(".usual").forEach((mark) => (mark.hidden = !on));
  // Shown as it is, also where the slider itself has no place for it.
  function update(value, shown) {
    if (Number(range.value) !== value) range.value = value;
    setAttributes(range, { "aria-valuetext": shown });
    showValue(field, value);
  }
  return { node, update, usual: markUsual };
}

// Marks a usual value below the track. The thumb's centre stays half a thumb within the ends.
function tick({ value, words }, min, max) {
  const mark = el("span.usual", {}, words);
  mark.style.setProperty("--part", (value - min) / (max - min));
  return mark;
}

// A group of radio buttons.
export function radios({ name, options, send }) {
  const group = newId("radio");
  const inputs = options.map(([value, words]) => {
    const input = el("input", { type: "radio", name: group, value, onchange: () => send(value), onclick: leave });
    return [input, el("label", {}, input, el("span", {}, words))];
  });
  const node = el("fieldset.radios", {}, el("legend", {}, name), el("div", {}, inputs.map(([, label]) => label)));
  const update = (value) => inputs.forEach(([input]) => (input.checked = input.value === value));
  const offer = (value, on) => inputs.filter(([input]) => input.value === value).forEach(([, label]) => (label.hidden = !on));
  return { node, update, offer };
}

// After a click the arrow keys are the page's again. (A key that chooses is a click without one.)
function leave(event) {
  if (event.detail > 0) event.target.blur();
}

// Plays and pauses: its words and its sign say what a click does now.
export function playButton(toggle, look) {
  const node = button(text("ui.play"), toggle, look);
  node.playing = (on) => {
    node.rename(text(on ? "ui.pause" : "ui.play"));
    node.querySelector(".icon").classList.toggle("pause", on);
  };
  return node;
}

// A button that stays focusable while it has nothing to do.
export function button(words, send, { kind = "", icon = "", after = false } = {}) {
  const mark = icon ? el(`span.icon.${icon}`, { "aria-hidden": "true" }) : null;
  const label = el("span", {}, words);
  const node = el(kind ? `button.${kind}` : "button", {
    type: "button",
    onclick: () => node.getAttribute("aria-disabled") === "true" || send(node),
  }, after ? [label, mark] : [mark, label]);
  node.enable = (on) => setAttributes(node, { "aria-disabled": on ? null : "true" });
  node.rename = (to) => (label.textContent === to ? null : (label.textContent = to));
  return node;
}
