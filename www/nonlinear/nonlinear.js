// The chapter "Why nonlinear": three parts, each complete in itself.

import { el } from "../dom.js";
import { text } from "../words.js";
import { fit } from "./fit.js";
import { plane } from "./plane.js";
import { stack } from "./stack.js";

export function nonlinear() {
  const parts = [stack(), plane(), fit()];
  const node = el("main.nonlinear", {},
    el("header.title", {}, el("h1", {}, text("place.why-nonlinear.title")), el("p.lead", {}, text("place.why-nonlinear.lead"))),
    parts.map((part) => part.node));
  const update = (frame) => parts.forEach((part) => part.update(frame));
  const draw = () => parts.forEach((part) => part.draw?.());
  const playing = () => parts.some((part) => part.playing?.());
  return { node, update, draw, playing };
}
