// Work in slices, between which messages come in: how much of it fills one, and when the next
// begins.

// Until the first slices have shown how much fills one.
const FIRST = 8;

// `slice` is a time in milliseconds; `tick` does one slice.
export function pacer(slice, tick) {
  let size = FIRST;
  let next = 0;
  let timer = null;

  // As much work as fills the slice; twice or half as much the next time.
  function fill(work) {
    const began = performance.now();
    const result = work(size);
    const took = performance.now() - began;
    if (took < slice / 2) size = Math.min(size * 2, 1 << 20);
    else if (took > slice && size > 1) size = Math.ceil(size / 2);
    return result;
  }

  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => data === next && tick();

  // The next slice, in so many milliseconds. It takes the place of one that was asked for before.
  function again(wait = 0) {
    clearTimeout(timer);
    next += 1;
    // A timer would wait four milliseconds.
    if (wait === 0) port2.postMessage(next);
    else timer = setTimeout(tick, wait);
  }

  return { fill, restart: () => void (size = FIRST), again };
}
