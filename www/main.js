import init, { activation } from "./gradstep.js";

await init({ module_or_path: new URL("gradstep_bg.wasm", import.meta.url) });
document.body.textContent = String(activation("sigmoid", 0, new Float64Array([0])).a[0]);
