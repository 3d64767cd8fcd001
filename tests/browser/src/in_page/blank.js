// The canvases on which nothing is drawn, once what was asked for has been painted.
const paints = () => new Promise(requestAnimationFrame);
for (let n = 0; n < 4; n += 1) await paints();
const [wanted] = args;
const canvases = [...document.querySelectorAll("main:not([hidden]) canvas")].filter((one) => one.checkVisibility());
const blank = (canvas) => {
  const small = new OffscreenCanvas(40, 40).getContext("2d");
  small.drawImage(canvas, 0, 0, 40, 40);
  return small.getImageData(0, 0, 40, 40).data.every((byte) => byte === 0);
};
return canvases.flatMap((one, n) => {
  if (!one.width || !one.height) return [`canvas ${n} has no size`];
  return wanted && blank(one) ? [`canvas ${n} of ${one.width} × ${one.height} is blank`] : [];
});
