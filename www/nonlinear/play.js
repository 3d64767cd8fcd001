// Takes a quantity from where it is to its end, one after the other, from the frame loop.

import { playButton } from "../fields.js";
import { request } from "../loop.js";

// Between two, in milliseconds; and after how long a page has slept, and no longer plays.
const [EVERY, SLEPT] = [60, 2000];

// `read()` gives [where it is, its end], `go(to)` takes it there.
export function player(read, go) {
  let playing = false;
  let last = 0;
  const node = playButton(toggle, { icon: "right" });

  function toggle() {
    if (playing) return stop();
    const [at, end] = read();
    playing = true;
    last = performance.now();
    node.playing(true);
    if (at >= end) go(0);
    request();
  }

  function stop() {
    playing = false;
    node.playing(false);
  }

  function tick() {
    if (!playing) return;
    const now = performance.now();
    if (now - last > SLEPT) return stop();
    if (now - last < EVERY) return request();
    last = now;
    const [at, end] = read();
    // The last one is announced.
    if (at + 1 >= end) stop();
    if (at >= end || !go(at + 1)) stop();
  }
  return { node, tick, stop, playing: () => playing };
}
