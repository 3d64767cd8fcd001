// Canvases: drawn when something changes that they follow, and again when the graphics driver has
// wiped them.

import { request } from "./loop.js";

const drawnFor = new WeakMap();

// Calls `draw` where `value` has changed since the canvas was drawn.
export function drawn(canvas, value, draw) {
  const seen = JSON.stringify(value);
  if (drawnFor.get(canvas) === seen) return;
  draw(canvas);
  drawnFor.set(canvas, seen);
}

// Empties a canvas, which has to be drawn again then.
export function wipe(canvas) {
  canvas.width += 0;
  drawnFor.delete(canvas);
}

// Those that are never shown, too, are elements of the page: the event comes by there.
export function followWipes() {
  document.addEventListener("contextrestored", ({ target }) => {
    drawnFor.delete(target);
    request();
  }, true);
}
