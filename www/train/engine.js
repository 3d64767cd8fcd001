// Trains in slices, and answers between two of them. It runs in a worker, or where none can start
// on the page's own thread.

// Until the first slices have shown how many steps fill one.
const FIRST = 8;
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
  let size = FIRST;
  let owed = 0;
  let last = 0;
  let asked = false;
  let pace = { steps: 0, at: 0, perSecond: 0 };

  const ways = {
    start({ setup, run: n }) {
      run?.free();
      run = new Run(setup);
      [number, size, owed] = [n, FIRST, 0];
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
    send({ snapshot: run.snapshot(), run: number, perSecond: pace.perSecond });
  }

  function measurePace(now) {
    if (now - pace.at < WINDOW) return;
    const steps = run.steps();
    pace = { steps, at: now, perSecond: (1000 * (steps - pace.steps)) / (now - pace.at) };
  }

  // As many steps as fill the slice; twice or half as many the next time.
  function full(began) {
    const sound = run.advance(size);
    const took = performance.now() - began;
    if (took < slice / 2) size = Math.min(size * 2, 1 << 20);
    else if (took > slice && size > 1) size = Math.ceil(size / 2);
    return sound;
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
    const sound = speed === Infinity ? full(now) : paced(now);
    measurePace(now);
    if (!sound) speed = 0;
    if (asked || !sound) answer();
    if (speed > 0) again();
  }

  // Messages come in between; a timer would wait four milliseconds, which a paced run has anyway.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = tick;
  const again = () => (speed === Infinity ? port2.postMessage(null) : setTimeout(tick, 4));

  return (message) => {
    try {
      ways[message.do](message);
      if (speed === 0 && message.do !== "give") answer();
    } catch (fault) {
      send({ fault: fault.message, id: message.id });
    }
  };
}
