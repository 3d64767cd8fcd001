// The one App, and the frame that it showed last. Everything else asks here.

import * as core from "./gradstep.js";

let app = null;
let current = null;
let shown = () => {};

export async function start(fragment, onFrame) {
  await core.default({ module_or_path: new URL("gradstep_bg.wasm", import.meta.url) });
  app = new core.App(fragment);
  current = JSON.parse(app.frame());
  shown = onFrame;
}

export const frame = () => current;

// Sends an action and shows what came of it. True if it was not refused.
export function dispatch(action) {
  const before = current;
  try {
    current = JSON.parse(app.dispatch(JSON.stringify(action)));
  } catch (fault) {
    recover(before, fault);
  }
  shown(current, action, before);
  return current.error === null;
}

// A trap leaves the old object unusable; the link restores the state in a new one.
function recover(before, fault) {
  console.error(fault);
  app = new core.App(before.link);
  current = { ...JSON.parse(app.frame()), error: { key: "error.panic", args: {} } };
}

// A fragment that somebody pasted into the address bar. A broken one changes nothing.
export function open(fragment) {
  const before = current;
  const next = new core.App(fragment);
  next.keep_settings(app);
  const opened = JSON.parse(next.frame());
  if (opened.error) {
    next.free();
    current = { ...before, error: opened.error };
  } else {
    app.free();
    app = next;
    current = opened;
  }
  shown(current, { do: "open" }, before);
}

export const nudge = (epsilon) => JSON.parse(app.nudge(epsilon));
export const check = () => JSON.parse(app.check());
export const script = () => JSON.parse(app.script());
export const exportCase = () => app.export_case();
export const paint = (canvas, look) => app.paint(canvas, JSON.stringify(look));
export const hit = (x, y) => app.hit(x, y) ?? null;
export const nudgeCharts = (width) => JSON.parse(app.nudge_charts(width));
export const pointAt = (width, x) => app.nudge_shift(width, x);
export const paintTraining = ({ network, answer, scale, sheet }, look) => app.paint_training(new core.TrainingCanvases(network, answer, scale, sheet), JSON.stringify(look));
export const paintPlane = (canvas, sheet, look) => app.paint_plane(canvas, sheet, JSON.stringify(look));
export const trainingHit = (width, x, y) => JSON.parse(app.training_hit(width, x, y));
export const trainingPoint = (width, x, y) => [...app.training_point(width, x, y)];
export const trainingNetwork = () => JSON.parse(app.training_network());
export { core };
