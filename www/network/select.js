// Points at a part by its name in a link: "l2", "u2.3", "w2.3.1".

import { change } from "./change.js";

export function select(key) {
  const [l, unit, from] = key.slice(1).split(".").map(Number);
  const [j, i] = [unit - 1, from - 1];
  return change({ select: { l: { layer: { l } }, u: { unit: { l, j } }, w: { weight: { l, j, i } } }[key[0]] });
}
