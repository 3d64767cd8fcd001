// The network that trains: weights as lines, each unit as what it makes of the plane. What is
// pointed at can be read, and once clicked set.

import { el, fill, setAttributes } from "../dom.js";
import { numberField, showValue } from "../fields.js";
import { frame as currentFrame, trainingHit } from "../session.js";
import { plainSay, text } from "../words.js";
import { change } from "./change.js";

export function network(runner) {
  const canvas = el("canvas", { role: "img", onpointermove: hover, onclick: press });
  const readout = el("div.readout");
  const node = el("figure.net", {}, canvas, readout);
  let field = null;

  const at = ({ offsetX, offsetY }) => trainingHit(node.clientWidth, offsetX, offsetY);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const isPointed = (to) => same(to, currentFrame().pointed?.parameter ?? null);

  function hover(event) {
    const found = at(event);
    canvas.classList.toggle("pointing", found !== null);
    if (found && !isPointed(found)) change({ point: found });
  }

  function press(event) {
    change({ hold: at(event) });
  }

  function set(parameter, value) {
    if (!change({ parameter: { parameter, value } })) return false;
    runner.command({ set: { parameter, value } });
    return true;
  }

  function update({ pointed, setup, outputs }) {
    const sizes = [setup.inputs.length, ...setup.hidden.map(({ units }) => units), outputs].join("-");
    setAttributes(canvas, { "aria-label": text("train.picture", { sizes }) });
    const rebuilt = fill(readout, [pointed?.parameter, pointed?.what], () => {
      if (!pointed) return el("p.note", {}, text("train.point_hint"));
      const label = plainSay(pointed.what);
      field = numberField({ label, value: pointed.value, step: "any", wide: true, key: "pointed", send: (to) => set(pointed.parameter, to) });
      return el("span.field", {}, el("span", { "aria-hidden": "true" }, label), field);
    });
    if (pointed && !rebuilt) showValue(field, pointed.value);
  }
  return { node, canvas, update };
}
