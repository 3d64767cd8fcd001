// Trains in slices, and answers between two of them. It runs in a worker, or where none can start
// on the page's own thread.

import { pacer } from "../pace.js";
import { isBroken } from "../trap.js";

// Time over which the pace is measured, in milliseconds.
const WINDOW = 500;
// A paced run does not make up for longer than this, in seconds: the page may have slept.
const LONGEST = 0.25;
// A paced run waits as long as a timer does, in milliseconds.
const TIMER = 4;
// A run that nobody has asked for so long is unseen, and takes a slice no more often than this.
const UNSEEN = 1000;

// `Run` is the core's class, `send` takes what is to be said to the page, `slice` is a time in
// milliseconds, `instance` counts the instances of a core that the page shares. Gives the function
// that takes the page's messages.
export function engine({ Run }, send, slice, instance = () => 0) {
  let run = null;
  let from = instance();
  let number = 0;
  let heard = 0;
  let speed = 0;
  let owed = 0;
  let last = 0;
  let seen = 0;
  let asked = false;
  let pace = { steps: 0, at: 0, perSecond: 0 };

  const ways = {
    // At its start, or where another engine was.
    start({ setup, checkpoint, run: n }) {
      const before = run;
      run = checkpoint === undefined ? new Run(setup) : Run.resume(checkpoint);
      [number, owed] = [n, 0];
      slices.restart();
      pace = { steps: run.steps(), at: performance.now(), perSecond: 0 };
      before?.free();
    },
    command: ({ command }) => run.apply(JSON.stringify(command)),
    // Batches a second, 0 to pause, null for as fast as it goes.
    speed({ perSecond }) {
      const idle = speed === 0;
      speed = perSecond === null ? Infinity : perSecond;
      last = seen = performance.now();
      pace = { steps: run?.steps() ?? 0, at: last, perSecond: 0 };
      if (idle && speed > 0) again();
    },
    steps: ({ count }) => void run.advance(count),
    epoch: () => run.finish_epoch(),
    ask() {
      asked = true;
      const unseen = isUnseen();
      seen = performance.now();
      if (unseen) again();
    },
    give: ({ what, id }) => send({ given: run[what](), id }),
  };

  function answer() {
    asked = false;
    const snapshot = run.snapshot();
    // Also where only what is to be shown of it has run away.
    if (run.has_diverged()) speed = 0;
    send({ snapshot, checkpoint: run.checkpoint(), heard, run: number, perSecond: pace.perSecond });
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

  function train() {
    const now = performance.now();
    const sound = speed === Infinity ? slices.fill((steps) => run.advance(steps)) : paced(now);
    measurePace(now);
    if (asked || !sound) answer();
  }

  // A run is gone with the instance in which it was made, and is not to be freed.
  function settle() {
    if (from !== instance()) run = null;
    from = instance();
  }

  function tick() {
    settle();
    if (speed === 0 || !run) return;
    try {
      train();
    } catch (fault) {
      return trapped(fault);
    }
    if (speed > 0) again();
  }

  // The run can't be used any more, not even to free it.
  function trapped(fault) {
    [run, speed] = [null, 0];
    send({ trap: fault.message });
  }

  const isUnseen = () => performance.now() - seen > UNSEEN;
  const slices = pacer(slice, tick);
  const again = () => slices.again(isUnseen() ? UNSEEN : speed === Infinity ? 0 : TIMER);

  return (message) => {
    settle();
    try {
      ways[message.do](message);
      heard = message.n ?? heard;
      // What is told while it trains is kept as well.
      if (run && message.do !== "give" && (speed === 0 || message.n !== undefined)) answer();
    } catch (fault) {
      if (isBroken(fault)) trapped(fault);
      else send({ fault: fault.message, id: message.id });
    }
  };
}
