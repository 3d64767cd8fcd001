// What a broken core throws. Its own refusals are plain errors, and leave it as it was.

// A trap of WebAssembly; or the end of the stack or the memory, by the engine's name for it.
export const isTrap = (fault) => fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError || fault?.name === "InternalError";

// The same, or code that is damaged: whatever is no refusal.
export const isBroken = (fault) => fault.constructor !== Error;
