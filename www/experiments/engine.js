// Runs an experiment in slices, and can be stopped between two of them. It works in a worker, or
// where none can start on the page's own thread.

import { pacer } from "../pace.js";
import { isTrap } from "../trap.js";
import { timing } from "./timing.js";

// Milliseconds between two words of how far it is.
const EVERY = 100;

// `Trial` and `Stopwatch` are the core's classes, `send` takes what is to be said to the page,
// `slice` is a time in milliseconds, `renew` gives the core a new instance after a trap, and
// `instance` counts those of a core that is shared. Gives the function that takes the page's
// messages.
export function engine({ Trial, Stopwatch }, send, slice, renew, instance = () => 0) {
  let job = null;
  let from = instance();
  let number = 0;
  let told = 0;
  let waiting = false;
  const slices = pacer(slice, tick);

  function again() {
    if (waiting) return;
    waiting = true;
    slices.again();
  }

  function stop() {
    job?.free();
    job = null;
  }

  // A job is gone with the instance in which it was made: there is nothing left to be freed.
  function settle() {
    if (from !== instance()) job = null;
    from = instance();
  }

  function tick() {
    waiting = false;
    settle();
    if (!job) return;
    try {
      if (job.step()) {
        send({ run: number, ...job.result() });
        stop();
      } else {
        tell();
        again();
      }
    } catch (fault) {
      fail(fault);
    }
  }

  // After a trap there is nothing left to be freed.
  function fail(fault) {
    if (isTrap(fault)) {
      job = null;
      renew(fault);
    } else stop();
    send({ run: number, fault: fault.message });
  }

  function tell() {
    const now = performance.now();
    if (now - told < EVERY) return;
    told = now;
    send({ run: number, done: job.done() });
  }

  function trial(card, seeds) {
    const core = new Trial(card, seeds);
    slices.restart();
    return {
      step: () => slices.fill((size) => core.advance(size)),
      done: () => core.done(),
      result: () => ({ report: core.report() }),
      free: () => core.free(),
    };
  }

  return ({ run, start }) => {
    settle();
    stop();
    number = run;
    if (!start) return;
    try {
      job = start.clock ? timing(Stopwatch, start.clock, start.seeds) : trial(start.card, start.seeds);
      again();
    } catch (fault) {
      fail(fault);
    }
  };
}
