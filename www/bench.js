// The network on the bench: the first lap, Step by step, which is the same unfolded, and Broken
// backprop. Each has a bench of its own: what is unfolded, open or edited on one stays there.

import { el, fill, setAttributes } from "./dom.js";
import { card } from "./card.js";
import { alphaSlider, deck, extras } from "./controls.js";
import { button, newId } from "./fields.js";
import { panel } from "./broken/panel.js";
import { files } from "./files.js";
import { lanes } from "./lanes.js";
import { losses } from "./losses.js";
import { picture } from "./picture.js";
import { dispatch } from "./session.js";
import { setup } from "./setup.js";
import { tables } from "./tables.js";
import { timeline } from "./timeline.js";
import { tries } from "./tries.js";
import { say, text } from "./words.js";

// As in style.css: Step stays at the thumb.
const narrow = matchMedia("(max-width: 34rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

const WAYS = ["every_number", "softmax", "alpha"];

export function bench() {
  let unfolded = false;
  const title = el("h1");
  const lead = el("p.lead");
  const alpha = alphaSlider((value) => dispatch({ do: "alpha", layer: null, value }), (frame) => frame.alpha);
  const id = newId("more");
  const folded = el("div.more", { id });
  const more = button(text("ui.more"), () => unfold(!unfolded));
  setAttributes(more, { "aria-controls": id });
  const marks = el("ul.marks");
  const again = el("section.again");
  const drawing = picture();
  const parts = { deck: deck(), alpha, extras: extras(), timeline: timeline(), card: card(), drawing, tables: tables(), lanes: lanes(), losses: losses(), setup: setup(), files: files(), broken: panel() };
  parts.tries = tries(parts.card.open);
  folded.append(parts.lanes.node, parts.tables.node, el("div.pair", {}, parts.tries.node, parts.losses.node), parts.setup.node, parts.files.node);
  const stage = el("div.stage", {}, el("div", {}, drawing.node, marks, again), parts.card.node);
  const node = el("main.bench", {},
    el("header.title", {}, title, lead),
    parts.broken.node,
    el("div.toolbar", {}, parts.deck.node, parts.extras.before, alpha.node, parts.extras.after, more),
    parts.timeline.node,
    stage,
    folded);

  let place = "start";
  function unfold(on) {
    unfolded = on;
    const all = on || place !== "start";
    folded.hidden = !all;
    parts.extras.hide(!all);
    parts.timeline.simplify(!all);
    more.hidden = place !== "start";
    setAttributes(more, { "aria-expanded": on });
  }

  function update(frame) {
    place = frame.place;
    node.dataset.place = place;
    unfold(unfolded);
    fill(title, place, () => text(`place.${place}.title`));
    fill(lead, frame.lead, () => say(frame.lead));
    for (const part of Object.values(parts)) part.update(frame);
    // What would tell what a step should be, or change it.
    for (const name of ["lanes", "losses", "setup", "files"]) parts[name].node.hidden = place === "broken";
    fill(marks, frame.marks, () => frame.marks.map((mark) => el("li", {}, say(mark))));
    again.hidden = !frame.again;
    fill(again, frame.again, () => (frame.again ? [el("p", {}, say(frame.again)), waysOn()] : []));
  }

  // After a move on a small screen: the reason comes up from behind the buttons, and the picture
  // down from above as far as the reason leaves room.
  function follow() {
    const [reason, thumb, seen] = [parts.card.reason(), parts.deck.node, drawing.node].map((one) => one.getBoundingClientRect());
    const below = reason.bottom - thumb.top + 8;
    // Who looks at something farther down stays there.
    if (!narrow.matches || reason.bottom < 0) return;
    const by = below > 0 ? below : Math.max(below, Math.min(0, seen.top));
    if (by !== 0) scrollBy({ top: by, behavior: still.matches ? "auto" : "smooth" });
  }
  return { node, update, draw: drawing.draw, follow };
}

const waysOn = () => el("div.group", {}, WAYS.map((way) => button(text(`ways.${way}`), () => dispatch({ do: "ways", way }))));
