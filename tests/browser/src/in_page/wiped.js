// Wipes every canvas as a graphics driver does, says so, and lists those that stay wiped.
const paints = () => new Promise(requestAnimationFrame);
const canvases = [...document.querySelectorAll("main:not([hidden]) canvas")];
const pictures = () => canvases.map((one) => one.toDataURL());
const before = pictures();
for (const one of canvases) {
  const context = one.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, one.width, one.height);
}
const wiped = pictures();
for (const one of canvases) {
  one.dispatchEvent(new Event("contextlost", { cancelable: true }));
  one.dispatchEvent(new Event("contextrestored"));
}
await paints();
await paints();
const after = pictures();
return canvases.flatMap((one, n) => {
  if (wiped[n] === before[n]) return [`canvas ${n} was blank`];
  return after[n] === before[n] ? [] : [`canvas ${n} stays wiped`];
});
