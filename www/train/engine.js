// Trains in slices, and answers between two of them. It runs in a worker, or where none can start
// on the page's own thread.

import { pacer } from "../pace.js";

// Time over which the pace is measured, in milliseconds.
const WINDOW = 500;
// A paced run does not make up for longer than this, in seconds: the page may have slept.
const LONGEST = 0.25;

// `Run` is the core's class, `send` takes what is to be said to the page, `slice` is a time in
// milliseconds. Gives the function that takes the page's messages.
export function engine(Run, send, slice) {
  let run = null;
  let number = 0;
  let speed = 0;
  let owed = 0;
  let last = 0;
  let asked = false;
  let pace = { steps: 0, at: 0, perSecond: 0 };

  const ways = {
    start({ setup, run: n }) {
      run?.free();
      run = new Run(setup);
      [number, owed] = [n, 0];
      slices.restart();
      pace = { steps: 0, at: performance.now(), perSecond: 0 };
    },
    command: ({ command }) => run.apply(JSON.stringify(command)),
    // Batches a second, 0 to pause, null for as fast as it goes.
    speed({ perSecond }) {
      const idle = speed === 0;
      speed = perSecond === null ? Infinity : perSecond;
      last = performance.now();
      pace = { steps: run?.steps() ?? 0, at: last, perSecond: 0 };
      if (idle && speed > 0) again();
    },
    steps: ({ count }) => void run.advance(count),
    epoch: () => run.finish_epoch(),
    ask: () => void (asked = true),
    give: ({ what, id }) => send({ given: run[what](), id }),
  };

  function answer() {
    asked = false;
    const snapshot = run.snapshot();
    // Also where only what is to be shown of it has run away.
    if (run.has_diverged()) speed = 0;
    send({ snapshot, run: number, perSecond: pace.perSecond });
  }

  function measurePace(now) {
    if (now - pace.at < WINDOW) return;
    const steps = run.steps();
    pace = { steps, at: now, perSecond: (1000 * (steps - pace.steps)) / (now - pace.at) };
  }

  function paced(now) {
    owed += Math.min((now - last) / 1000, LONGEST) * speed;
    last = now;
    const count = Math.floor(owed);
    owed -= count;
    return count === 0 || run.advance(count);
  }

  function tick() {
    if (speed === 0 || !run) return;
    const now = performance.now();
    const sound = speed === Infinity ? slices.fill((steps) => run.advance(steps)) : paced(now);
    measurePace(now);
    if (asked || !sound) answer();
    if (speed > 0) again();
  }

  // A paced run has the four milliseconds that a timer waits.
  const slices = pacer(slice, tick);
  const again = () => (speed === Infinity ? slices.again() : setTimeout(tick, 4));

  return (message) => {
    try {
      ways[message.do](message);
      if (speed === 0 && message.do !== "give") answer();
    } catch (fault) {
      send({ fault: fault.message, id: message.id });
    }
  };
}
