// The one requestAnimationFrame loop. It sleeps while nothing moves.

const MOTION = 400;
const still = matchMedia("(prefers-reduced-motion: reduce)");

let tick = () => false;
let waiting = false;
let began = -MOTION;

// `onTick(now, progress)` draws, and says whether it wants to be called again.
export const runLoop = (onTick) => void (tick = onTick);

export function request() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame((now) => {
    waiting = false;
    const progress = Math.min(1, Math.max(0, (now - began) / MOTION));
    if (tick(now, progress) || progress < 1) request();
  });
}

// A move from the frame before to this one; a new one simply takes its place.
export function animate() {
  began = still.matches ? -MOTION : performance.now();
  request();
}

export function settle() {
  began = -MOTION;
  request();
}
