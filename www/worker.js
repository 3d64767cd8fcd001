// The worker's side of background.js: an engine with an instance of the core of its own.

import * as core from "./gradstep.js";

const SLICE = 10;

// `engine` makes one, of the core, the function that takes what it says, and a time in milliseconds.
export function serve(engine) {
  const started = core
    .default({ module_or_path: new URL("gradstep_bg.wasm", import.meta.url) })
    .then(() => engine(core, postMessage.bind(globalThis), SLICE));

  // What is told before the core is there waits for it.
  async function take(message) {
    try {
      const engine = await started;
      if (!message.ping) engine(message);
      postMessage({ alive: true });
    } catch (fault) {
      postMessage({ trap: fault.message });
    }
  }

  addEventListener("message", ({ data }) => take(data));
}
