// The network on a canvas, and the same in words for those who can't see it.

import { el, fill, setAttributes } from "./dom.js";
import { newId } from "./fields.js";
import { request } from "./loop.js";
import { dispatch, frame as currentFrame, hit, paint } from "./session.js";
import { colours } from "./theme.js";
import { plainSay, text } from "./words.js";
import { parameterField } from "./tables.js";

// The painter's roles, and the custom properties that play them.
const ROLES = {
  ink: "ink", muted: "soft", idle: "idle", hairline: "line",
  positive: "blue", negative: "vermilion", positive_idle: "blue-idle", negative_idle: "vermilion-idle",
  forward: "forward", backward: "backward", forward_tint: "forward-tint", backward_tint: "backward-tint",
  surface: "panel", ground: "page",
};

const FONTS = { mono: "numbers", sans: "words" };

// The sentences that stand in the picture itself.
const CAPTIONS = ["input", "hidden", "output", "unit", "loss", "mean", "target", "cross_entropy", "inactive", "inactive_short", "saturated"];
const captions = () => Object.fromEntries(CAPTIONS.map((name) => [`picture.${name}`, text(`picture.${name}`)]));

export function picture() {
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
    const found = at(event);
    if (found?.edit) editor(found.edit);
    else if (found) dispatch({ do: "show", id: found.id });
  }
  return { node, update, draw };
}

// A weight or bias of the picture, in a dialog with one field.
function editor({ layer, unit, from }) {
  const { weights, biases } = currentFrame().setup;
  const weight = from !== undefined && from !== null;
  const action = weight ? { do: "weight", layer, unit, from } : { do: "bias", layer, unit };
  const field = parameterField(action, weight ? weights[layer][unit][from] : biases[layer][unit]);
  field.id = newId("parameter");
  field.addEventListener("keydown", (event) => event.key === "Enter" && setTimeout(() => dialog.close()));
  const done = el("button.primary", { type: "button", onclick: () => dialog.close() }, text("ui.done"));
  const dialog = el("dialog", { onclose: () => dialog.remove() }, el("label", { for: field.id }, field.getAttribute("aria-label")), field, done);
  document.body.append(dialog);
  dialog.showModal();
  field.select();
}
