// Numbers that lead to the step which made them.

import { el } from "./dom.js";
import { text } from "./words.js";

// main.js listens for clicks on [data-step], so that a chip needs no handler of its own.
export function chip(num, key) {
  const title = num.approx ? num.exact : null;
  if (num.id === null) return el(`span.num.${num.phase}`, { title }, num.text);
  return el(`button.num.${num.phase}`, {
    type: "button",
    "data-step": num.id,
    "data-key": key,
    "aria-label": text("ui.chip", { name: num.name, number: num.text }),
    title,
  }, num.text);
}

// W[1] with the layer raised.
export function symbol(name, layer) {
  return el("span.symbol", {}, el("i", {}, name), layer == null ? null : el("sup", {}, `[${layer}]`));
}
