// The one App, and the frame that it showed last. Everything else asks here. What breaks in the core
// is caught here, and the state built anew from its link.

import * as core from "./gradstep.js";
import { wipe } from "./canvas.js";
import { isTrap } from "./trap.js";

let app = null;
let current = null;
// The link that was left for the current one.
let earlier = null;
let shown = () => {};
// Counts the instances of the core: what was made in one that is gone is of no use.
let count = 0;
// What broke: it is left out until another link is shown.
const broken = new Set();

export async function start(fragment, onFrame) {
  await core.default({ module_or_path: new URL("gradstep_bg.wasm", import.meta.url) });
  try {
    app = new core.App(fragment);
    current = JSON.parse(app.frame());
  } catch (fault) {
    if (!rebuild(fault, [["start", fragment.split("&")[0]], ["start", ""]])) throw fault;
  }
  shown = onFrame;
}

export const frame = () => current;
export const instance = () => count;

// Sends what the learner does and shows what came of it. True if it was not refused.
export function dispatch(action) {
  const before = current;
  try {
    act(action);
  } catch (fault) {
    recover(fault, "action");
    shown(current, { do: "recover" }, before);
    return false;
  }
  shown(current, action, before);
  return current.error === null;
}

// The same for what a run tells of itself, which is none of the learner's doing.
export function report(action) {
  const before = current;
  if (ask("news", false, () => act(action))) shown(current, action, before);
}

function act(action) {
  // Where nothing could be built anew, it is tried once more.
  if (!app) throw new WebAssembly.RuntimeError("no instance");
  turn(JSON.parse(app.dispatch(JSON.stringify(action))));
  return true;
}

function turn(next) {
  if (next.link !== current.link) {
    earlier = current.link;
    broken.clear();
  }
  current = next;
}

// A fragment that somebody pasted into the address bar. A broken one changes nothing.
export function open(fragment) {
  const before = current;
  try {
    const next = new core.App(fragment);
    if (app) next.keep_settings(app);
    const opened = JSON.parse(next.frame());
    if (opened.error) {
      next.free();
      current = { ...before, error: opened.error };
    } else {
      app?.free();
      app = next;
      turn(opened);
    }
  } catch (fault) {
    recover(fault, "action");
    return shown(current, { do: "recover" }, before);
  }
  shown(current, { do: "open" }, before);
}

// A trap leaves the core's memory in any state: another instance takes its place, with the state of
// the first of `ways` that leads to one. Each is what to say, and a link.
function rebuild(fault, ways) {
  console.error(fault);
  for (const [what, link] of ways) {
    try {
      core.__wbg_reset_state();
      count += 1;
      app = new core.App(link);
      return say(what);
    } catch (another) {
      console.error(another);
    }
  }
  app = null;
  return false;
}

function recover(fault, what) {
  const { link, place } = current;
  const ways = [[what, link], ["earlier", earlier], ["start", place], ["start", ""]];
  if (rebuild(fault, ways.filter(([, link]) => link !== null))) return;
  current = { ...current, error: { key: "error.reload", args: {} } };
}

// What the core answers to a question of this name. Where it breaks, `otherwise`, and it is not
// asked again until another link is shown.
export function ask(name, otherwise, question) {
  if (!app || broken.has(name)) return otherwise;
  try {
    return question(core);
  } catch (fault) {
    const before = current;
    leaveOut(fault);
    broken.add(name);
    // Not at once: the page may be in the middle of an update.
    queueMicrotask(() => shown(current, { do: "recover" }, before));
    return otherwise;
  }
}

function leaveOut(fault) {
  try {
    if (isTrap(fault)) throw fault;
    console.error(fault);
    say("part");
  } catch (trap) {
    recover(trap, "without");
  }
}

function say(what) {
  app.broke(what);
  current = JSON.parse(app.frame());
  return true;
}

// Says what else broke.
export function explain(what) {
  const before = current;
  if (ask("explain", false, () => say(what))) shown(current, { do: "explain" }, before);
}

// Lets the core draw, and says whether it did: else the canvases are empty rather than half done.
export function drawing(name, canvases, draw) {
  const done = ask(name, false, (from) => {
    draw(from);
    return true;
  });
  if (!done) canvases.forEach(wipe);
  return done;
}

// What runs on the page's own thread and trapped has taken the page's core with it. Shown later,
// once it has told so itself.
export function breakDown(fault) {
  const before = current;
  recover(fault, "action");
  setTimeout(() => shown(current, { do: "recover" }, before));
}

export const nudge = (epsilon) => ask("nudge", null, () => JSON.parse(app.nudge(epsilon) ?? "null"));
export const check = () => ask("check", null, () => JSON.parse(app.check() ?? "null"));
export const script = () => ask("script", null, () => JSON.parse(app.script() ?? "null"));
export const exportCase = () => ask("export_case", null, () => app.export_case() ?? null);
export const paint = (canvas, look) => drawing("paint", [canvas], () => app.paint(canvas, JSON.stringify(look)));
export const hit = (x, y) => ask("hit", null, () => app.hit(x, y)) ?? null;
export const nudgeCharts = (width) => ask("nudge_charts", null, () => JSON.parse(app.nudge_charts(width)));
export const pointAt = (width, x) => ask("nudge_shift", null, () => app.nudge_shift(width, x));
export const paintTraining = ({ network, answer, scale, sheet }, look) => drawing("paint_training", [network, answer, scale], ({ TrainingCanvases }) => app.paint_training(new TrainingCanvases(network, answer, scale, sheet), JSON.stringify(look)));
export const paintPlane = (canvas, sheet, look) => drawing("paint_plane", [canvas], () => app.paint_plane(canvas, sheet, JSON.stringify(look)));
export const trainingSetup = () => ask("training_setup", null, () => app.training_setup());
export const trainingHit = (width, x, y) => ask("training_hit", null, () => JSON.parse(app.training_hit(width, x, y)));
export const trainingPlace = (width, x1, x2) => ask("training_place", null, () => app.training_place(width, x1, x2));
export const trainingPoint = (width, x, y) => ask("training_point", null, () => [...app.training_point(width, x, y)]);
export const trainingNetwork = () => ask("training_network", null, () => JSON.parse(app.training_network()));
// A field whose text can't be read keeps what it had.
export const readNumber = (given, name) => ask("read_number", { value: null, refused: null }, ({ read_number }) => JSON.parse(read_number(given, name)));
export const tooMuch = (size) => ask("too_much", null, ({ too_much }) => JSON.parse(too_much(size) ?? "null"));
export const dashes = (name) => ask("chart_dashes", [], ({ chart_dashes }) => [...chart_dashes(name)]);
export { core };
