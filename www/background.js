// An engine in a worker, or where none can work on the page's own thread. A worker that does not
// start, that dies or that falls silent is given up, and another engine takes over.

// How long a worker may take to say that it has heard a message, and time between two looks at
// it, in milliseconds.
const PATIENCE = 5000;
const BEAT = 500;
// Workers in all: what ends each of them ends the next.
const MOST = 3;

// `url` is the worker's; `engine` makes one here, of the function that takes what it says; `hear`
// is told that; `busy` says whether there is work under way. `lost` is told that another engine has
// taken over, which knows of nothing: "none" if no worker has ever worked, "here" if one has but
// this thread goes on, "again" if another worker does. Gives the function that tells the engine
// something.
export function background({ url, engine, hear, busy, lost }) {
  let post = null;
  let workers = 0;

  function connect() {
    workers += 1;
    let worker;
    try {
      worker = new Worker(url, { type: "module" });
    } catch {
      // Once what is posted first has been.
      post = () => {};
      return queueMicrotask(() => here("none"));
    }
    const silence = watch(() => post({ ping: true }), busy, giveUp);
    let worked = false;

    function giveUp() {
      silence.end();
      worker.onmessage = worker.onerror = null;
      worker.terminate();
      // One that has worked before is worth another.
      if (!worked) return here("none");
      if (workers === MOST) return here("here");
      connect();
      lost("again");
    }

    worker.onmessage = ({ data }) => {
      if (data.trap !== undefined) return giveUp();
      if (!data.alive) return hear(data);
      worked = true;
      silence.heard();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      giveUp();
    };
    post = (message) => {
      silence.posted();
      worker.postMessage(message);
    };
  }

  function here(how) {
    // There is none to take over from an engine that traps here.
    post = engine(({ trap, ...said }) => setTimeout(() => hear({ fault: trap, ...said })));
    lost(how);
  }

  return (message) => {
    if (!post) connect();
    post(message);
  };
}

// Tells by `silent` that nothing was heard for too long of what was posted. It counts only time in
// which the page was awake: a tab in the background is slowed down or sleeps. While `busy`, it
// asks by itself.
function watch(ping, busy, silent) {
  let owed = 0;
  let waited = 0;
  let last = 0;
  let timer = null;

  function look() {
    const now = performance.now();
    waited += Math.min(now - last, 2 * BEAT);
    last = now;
    if (owed > 0) return waited >= PATIENCE && silent();
    if (busy()) ping();
    else end();
  }

  function end() {
    clearInterval(timer);
    timer = null;
  }

  function posted() {
    if (owed === 0) waited = 0;
    owed += 1;
    if (timer !== null) return;
    last = performance.now();
    timer = setInterval(look, BEAT);
  }

  function heard() {
    owed -= 1;
    waited = 0;
  }

  return { posted, heard, end };
}
