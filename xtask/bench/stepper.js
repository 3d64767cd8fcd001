// A frame of the stepper's animation, as www/picture.js asks for it.

import { picture } from "/picture.js";
import { dispatch, frame, open } from "/session.js";
import { frames, interleaved } from "./rounds.js";

const ROUNDS = 15;
// As many as the motion of one step has at 60 Hz.
const FRAMES = 24;

const ABOUT = "The picture of the network between one step and the next, 800 css px wide at a device pixel ratio of 2: theme, scene in between, and every mark. In 16.7 ms everything must be done at 60 Hz.";

const NETWORKS = { "2-2-1": "step-by-step&case=a", "4-4-5-6-4-3-3": "step-by-step&case=figure7" };

export async function stepper() {
  const place = document.body.appendChild(document.createElement("div"));
  place.style.width = "800px";
  const view = picture();
  place.append(view.node);
  const context = view.node.querySelector("canvas").getContext("2d");
  const contestants = Object.entries(NETWORKS).map(([name, link]) => ({ name, run: () => move(link, view, context) }));
  const { script, rasterised } = await interleaved(contestants, ROUNDS);
  place.remove();
  return [
    { title: "A frame of the stepper's animation: script", unit: "ms", about: ABOUT, asked: [], rows: script },
    { title: "A frame of the stepper's animation: with rasterising", unit: "ms", about: "The same until one pixel is read back.", asked: [], rows: rasterised },
  ];
}

// From the start through a few steps.
async function move(link, view, context) {
  open(link);
  view.draw(1);
  for (let step = 0; step < 8; step += 1) dispatch({ do: "step" });
  view.update(frame());
  return frames((progress) => view.draw(progress), [context], FRAMES);
}
