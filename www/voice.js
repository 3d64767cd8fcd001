// What is said aloud: a polite live region, and alerts.

import { el, setAttributes, setText } from "./dom.js";
import { dispatch } from "./session.js";
import { text } from "./words.js";

const status = el("p.unseen", { role: "status" });
const note = el("p.toast", { "aria-hidden": "true" });
const alert = el("p", { role: "alert" });
const close = el("button.quiet", { type: "button", onclick: dismiss }, "×");
const box = el("div.alert", { hidden: true }, alert, close);

// In the language at hand.
export function voices() {
  setAttributes(close, { "aria-label": text("ui.close"), title: text("ui.close") });
  return [status, note, box];
}

function dismiss() {
  dispatch({ do: "dismiss" });
  // The button is gone, and the focus with it.
  document.querySelector("main:not([hidden])").focus({ preventScroll: true });
}

export const announce = (words) => setText(status, words);

// What is to be seen as well, until something else happens.
export function notify(words) {
  setText(note, words);
  if (words) announce(words);
}

export function complain(words) {
  box.hidden = !words;
  setText(alert, words);
}
