// The engine in a worker, with an instance of the core of its own.

import { engine } from "./engine.js";
import * as core from "../gradstep.js";

const SLICE = 10;

// What is asked before the core is there waits for it.
const ready = core
  .default({ module_or_path: new URL("../gradstep_bg.wasm", import.meta.url) })
  .then(() => engine(core, postMessage.bind(globalThis), SLICE, core.__wbg_reset_state));

addEventListener("message", ({ data }) => ready.then((take) => take(data)));
ready.then(() => postMessage({ ready: true }));
