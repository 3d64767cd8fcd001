// What is said aloud: a polite live region, and alerts.

import { el, setText } from "./dom.js";

const status = el("p.unseen", { role: "status" });
const alert = el("p", { role: "alert" });
const box = el("div.alert", { hidden: true }, alert);

export const voices = () => [status, box];

export const announce = (words) => setText(status, words);

export function complain(words) {
  box.hidden = !words;
  setText(alert, words);
}
