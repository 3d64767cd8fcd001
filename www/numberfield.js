// Fields for a number. What stands in one is read by the core, however it came there. A field shows
// the number that holds now, but while somebody types. It is taken with Enter, by leaving the field,
// and at each step of the arrow keys.

import { el, setAttributes } from "./dom.js";
import { readNumber } from "./session.js";
import { complain } from "./voice.js";
import { plainSay } from "./words.js";

// Whether there is something in a field that has not been taken yet.
const isTyping = (field) => field.dataset.typing !== undefined;

// The number in a field, or undefined, and why is said of the field called `name`.
export function numberIn(input, name) {
  const { value, refused } = readNumber(input.value, name);
  if (refused) complain(plainSay(refused));
  return value ?? undefined;
}

const decimals = (value) => {
  const [digits, exponent = 0] = String(value).split("e");
  return Math.min(100, Math.max(0, (digits.split(".")[1] ?? "").length - exponent));
};

// In decimals: 0.29 and 0.01 are 0.3.
export const stepped = (value, by) => Number((value + by).toFixed(Math.max(decimals(value), decimals(by))));

// What a number is typed into. It is text: a field of type "number" has lost a minus or a comma that
// it does not know before anybody can read it.
export function numberBox({ step, onenter, onstep, wide, ...attributes }) {
  const by = { ArrowUp: step, ArrowDown: -step, PageUp: 10 * step, PageDown: -10 * step };
  function press(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const steps = by[event.key];
    if (event.key !== "Enter" && steps === undefined) return;
    // Enter would go on to press whatever has the focus then.
    event.preventDefault();
    if (steps === undefined) onenter();
    else onstep(steps);
  }
  return el(wide ? "input.number.wide" : "input.number", {
    type: "text", role: "spinbutton", inputmode: "decimal", autocomplete: "off", spellcheck: "false", onkeydown: press, ondrop: replace, ...attributes,
  });
}

// What is dropped takes the place of what is there. (A field would join two lines to one number.)
function replace(event) {
  event.preventDefault();
  event.target.value = event.dataTransfer.getData("text/plain").replace(/[\r\n]+/g, "\t");
  event.target.focus();
  event.target.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// Shows the value that holds now, but for a field that somebody is typing into.
export function showValue(field, value) {
  const shown = String(value);
  setAttributes(field, { "aria-valuenow": shown });
  if (field.defaultValue !== shown) field.defaultValue = shown;
  if (!isTyping(field) && field.value !== shown) field.value = shown;
}

// A field for one number. What is refused gives way to the value that still holds.
export function numberField({ label, value, send, key, step = 0.01, min, max, wide }) {
  const by = step === "any" ? 1 : step;
  const input = numberBox({
    step: by, wide, inputmode: step === 1 ? "numeric" : "decimal",
    "aria-label": label, title: label, "aria-valuenow": value, "aria-valuemin": min, "aria-valuemax": max, value, "data-key": key,
    onenter: take, onstep: move, oninput: () => (input.dataset.typing = ""),
    // After Tab, once the focus is where it leads: what is rebuilt keeps it there.
    onblur: () => setTimeout(take),
  });

  function give(to) {
    delete input.dataset.typing;
    if (to !== undefined) send(to);
    input.value = input.defaultValue;
  }

  // A field that was built anew meanwhile has what was typed.
  function take() {
    if (isTyping(input) && input.isConnected) give(numberIn(input, label));
  }

  function move(steps) {
    const held = Number(input.defaultValue);
    const from = isTyping(input) ? numberIn(input, label) : held;
    const to = from === undefined ? held : Math.min(max ?? Infinity, Math.max(min ?? -Infinity, stepped(from, steps)));
    give(to === held ? undefined : to);
  }
  return input;
}
