// An engine in a worker, or where none can start on the page's own thread. Gives the function that
// tells it something.

// `url` is the worker's; `engine` makes one here, of the function that takes what it says; `hear`
// is told that; `lost` that another engine has taken over, which knows of nothing.
export function background({ url, engine, hear, lost }) {
  let post = null;

  function connect() {
    let worker;
    try {
      worker = new Worker(url, { type: "module" });
    } catch {
      return here();
    }
    let ready = false;
    worker.onmessage = ({ data }) => (data.ready ? (ready = true) : hear(data));
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      // One that has worked before is worth another.
      if (ready) connect();
      else here();
      lost();
    };
    post = (message) => worker.postMessage(message);
  }

  function here() {
    const take = engine((said) => setTimeout(() => hear(said)));
    post = (message) => take(message);
  }

  return (message) => {
    if (!post) connect();
    post(message);
  };
}
