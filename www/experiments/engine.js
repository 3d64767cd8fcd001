// Runs an experiment in slices, and can be stopped between two of them. It works in a worker, or
// where none can start on the page's own thread.

import { pacer } from "../pace.js";
import { isBroken } from "../trap.js";
import { timing } from "./timing.js";

// Milliseconds between two words of how far it is.
const EVERY = 100;

// `Trial` and `Stopwatch` are the core's classes, `send` takes what is to be said to the page,
// `slice` is a time in milliseconds, `instance` counts the instances of a core that the page shares.
// Gives the function that takes the page's messages.
export function engine({ Trial, Stopwatch }, send, slice, instance = () => 0) {
  let job = null;
  let from = instance();
  let number = 0;
  let told = 0;
  const slices = pacer(slice, tick);

  function stop() {
    job?.free();
    job = null;
  }

  // A job is gone with the instance in which it was made, and is not to be freed.
  function settle() {
    if (from !== instance()) job = null;
    from = instance();
  }

  function tick() {
    settle();
    if (!job) return;
    try {
      if (job.step()) {
        send({ run: number, ...job.result() });
        stop();
      } else {
        tell();
        slices.again();
      }
    } catch (fault) {
      fail(fault);
    }
  }

  // What has trapped can't be used any more, not even to free it.
  function fail(fault) {
    job = null;
    if (isBroken(fault)) send({ run: number, trap: fault.message });
    else send({ run: number, fault: fault.message });
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
      slices.again();
    } catch (fault) {
      fail(fault);
    }
  };
}
