// Waits until the picture has stayed as it is for longer than a move takes.
const canvas = [...document.querySelectorAll("canvas[role=img]")].find((one) => one.checkVisibility());
const STILL = 600;
const paints = () => new Promise(requestAnimationFrame);
let [last, since] = [canvas.toDataURL(), performance.now()];
while (performance.now() - since < STILL) {
  await paints();
  const now = canvas.toDataURL();
  if (now !== last) [last, since] = [now, performance.now()];
}
