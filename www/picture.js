// The network on a canvas, and the same in words for those who can't see it.

import { el, fill, setAttributes } from "./dom.js";
import { newId } from "./fields.js";
import { request } from "./loop.js";
import { dispatch, hit, paint } from "./session.js";
import { colours } from "./theme.js";
import { plainSay, text } from "./words.js";

// The painter's roles, and the custom properties that play them.
const ROLES = {
  ink: "ink", muted: "soft", idle: "idle", hairline: "line",
  positive: "blue", negative: "vermilion", positive_idle: "blue-idle", negative_idle: "vermilion-idle",
  forward: "forward", backward: "backward", forward_tint: "forward-tint", backward_tint: "backward-tint",
  surface: "panel", ground: "page",
};

const FONTS = { mono: "numbers", sans: "words" };

// The sentences that stand in the picture itself.
const CAPTIONS = ["input", "hidden", "output", "unit", "loss", "mean", "target", "cross_entropy", "inactive", "inactive_short", "saturated", "dead", "dead_short"];
const captions = () => Object.fromEntries(CAPTIONS.map((name) => [`picture.${name}`, text(`picture.${name}`)]));

// `choose` is told the step whose number was clicked.
export function picture(choose = (id) => dispatch({ do: "show", id })) {
  const id = newId("picture");
  const canvas = el("canvas", { role: "img", "aria-describedby": id, onclick: press, onpointermove: hover });
  const words = el("ul.unseen", { id });
  const node = el("figure.picture", {}, canvas, words);
  new ResizeObserver(request).observe(node);

  function update({ picture }) {
    setAttributes(canvas, { "aria-label": picture.slice(0, 2).map(plainSay).join(" ") });
    fill(words, picture, () => picture.map((sentence) => el("li", {}, plainSay(sentence))));
  }

  function draw(progress) {
    const width = node.clientWidth;
    if (!width) return;
    paint(canvas, { width, dpr: devicePixelRatio, theme: { inks: colours(ROLES), ...colours(FONTS), words: captions() }, progress });
  }

  const at = ({ offsetX, offsetY }) => hit(offsetX, offsetY);

  function hover(event) {
    canvas.classList.toggle("pointing", at(event) !== null);
  }

  function press(event) {
    const id = at(event);
    if (id !== null) choose(id);
  }
  return { node, update, draw };
}
