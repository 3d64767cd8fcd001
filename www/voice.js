// What is said aloud: a polite live region, and alerts.

import { el, setText } from "./dom.js";

const status = el("p.unseen", { role: "status" });
const note = el("p.toast", { "aria-hidden": "true" });
const alert = el("p", { role: "alert" });
const box = el("div.alert", { hidden: true }, alert);

export const voices = () => [status, note, box];

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
