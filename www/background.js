// An engine in a worker, or where none can work on the page's own thread. A worker that does not
// start, that dies or that falls silent is given up, and another engine takes over.

// Milliseconds between two looks at a worker, and in how many of them it may owe an answer: the
// first one, for which it has to load what it needs, and each one after that.
const BEAT = 1000;
const TO_START = 10;
const TO_ANSWER = 5;
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
  let worked = false;

  function connect() {
    workers += 1;
    let worker;
    try {
      worker = new Worker(url, { type: "module" });
    } catch {
      // Once what is posted first has been.
      post = () => {};
      return queueMicrotask(here);
    }
    const silence = watch(() => post({ ping: true }), busy, giveUp);

    function giveUp() {
      silence.end();
      worker.onmessage = worker.onerror = null;
      worker.terminate();
      // Where one has worked another may.
      if (!worked || workers === MOST) return here();
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

  function here() {
    // There is none to take over from an engine that traps here.
    post = engine(({ trap, ...said }) => setTimeout(() => hear({ fault: trap, ...said })));
    lost(worked ? "here" : "none");
  }

  return (message) => {
    if (!post) connect();
    post(message);
  };
}

// Tells by `silent` that for too long nothing was heard of what was posted. It counts its looks and
// reads no clock: in a tab that is slowed down or sleeps, its worker may sleep as well, and there
// are few looks or none. While `busy`, it asks by itself.
function watch(ping, busy, silent) {
  let owed = 0;
  let looks = 0;
  let patience = TO_START;
  let timer = null;

  function look() {
    timer = null;
    looks += 1;
    if (owed > 0 && looks >= patience) return silent();
    if (owed === 0 && busy()) ping();
    if (owed > 0) wait();
  }

  function wait() {
    timer ??= setTimeout(look, BEAT);
  }

  function posted() {
    if (owed === 0) looks = 0;
    owed += 1;
    wait();
  }

  function heard() {
    owed -= 1;
    looks = 0;
    patience = TO_ANSWER;
  }

  return { posted, heard, end: () => clearTimeout(timer) };
}
