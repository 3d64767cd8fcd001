const canvas = arguments[0];
const { width, height } = canvas;
const bytes = canvas.getContext("2d").getImageData(0, 0, width, height).data;
let text = "";
// In pieces: a call takes only so many arguments.
for (let start = 0; start < bytes.length; start += 8192) {
  text += String.fromCharCode(...bytes.subarray(start, start + 8192));
}
return { width, height, rgba: btoa(text) };
