// Play: Step at a steady pace, until there is nothing to compute or the learner acts.

import { dispatch, frame } from "./session.js";
import { request } from "./loop.js";

let on = false;
let perSecond = 2;
let last = 0;

export const playing = () => on;
export const pace = () => perSecond;
export const setPace = (n) => void (perSecond = n);

// True while the Step being sent is Play's own.
let stepping = false;
export const isPlayStep = () => stepping;

export function togglePlay() {
  if (on) stop();
  else begin();
}

function begin() {
  on = true;
  last = performance.now();
  step();
}

// Without an action of its own, so the deck has to be shown anew.
export function stop() {
  if (!on) return;
  on = false;
  onChange();
}

let onChange = () => {};
export const followPlay = (listener) => void (onChange = listener);

function step() {
  const { controls, alert, place, predict } = frame();
  if (!controls?.step || alert || place === "activations" || predict.question) return stop();
  stepping = true;
  dispatch({ do: "step" });
  stepping = false;
  if (frame().error) stop();
  request();
}

// Called by the loop.
export function playTick(now) {
  if (!on || now - last < 1000 / perSecond) return;
  last = now;
  step();
}
