// Measuring side by side: every contestant once a round, so that whatever slows the machine slows
// all of them.

// Beforehand, for the compilers of the browser.
const WARM_UP = 3;

// Each contestant's `run` gives what it took, by measure: { measure: number }. The result is, for
// each measure, the contestants' names with one number a round.
export async function interleaved(contestants, rounds) {
  const taken = contestants.map(() => []);
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (let k = 0; k < contestants.length; k += 1) {
      // Another one goes first each time.
      const n = (k + round + WARM_UP) % contestants.length;
      const answer = await contestants[n].run();
      if (round >= 0) taken[n].push(answer);
    }
    await nextTask();
  }
  const of = (measure) => contestants.map(({ name }, n) => ({ name, rounds: taken[n].map((answer) => answer[measure]) }));
  return Object.fromEntries(Object.keys(taken[0][0]).map((measure) => [measure, of(measure)]));
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

// How often `work` has to be repeated to take about `ms`.
export function repeats(work, ms) {
  for (let count = 1; ; count *= 2) {
    const start = performance.now();
    for (let i = 0; i < count; i += 1) work();
    const took = performance.now() - start;
    if (took >= ms / 4) return Math.max(1, Math.round((count * ms) / took));
  }
}

// Canvases only note what is to be drawn; asking for a pixel makes them draw it.
export const flush = (context) => context.getImageData(0, 0, 1, 1).data[0];

// ms of the script, and of script and rasterising together: means over `frames` redraws. What
// `redraw` leaves for a microtask belongs to it.
export async function frames(redraw, contexts, count) {
  let script = 0;
  let rasterised = 0;
  for (let frame = 0; frame < count; frame += 1) {
    const start = performance.now();
    redraw(frame / count);
    await null;
    const drawn = performance.now();
    contexts.forEach(flush);
    script += drawn - start;
    rasterised += performance.now() - start;
  }
  return { script: script / count, rasterised: rasterised / count };
}

// Numbers in [0, 1), the same in every run.
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
