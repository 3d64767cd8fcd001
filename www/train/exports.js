// What can be taken home: the next case, the losses, a script, pictures, the link.

import { el } from "../dom.js";
import { button } from "../fields.js";
import { copy, download } from "../files.js";
import { address } from "../link.js";
import { complain } from "../voice.js";
import { plainSay, text } from "../words.js";

export function exports(runner) {
  const asked = (what, take) => async () => {
    try {
      take(await runner.give(what));
    } catch (fault) {
      complain(refusal(fault));
    }
  };
  const buttons = el("div.group", {},
    button(text("ui.copy_script"), asked("script", copy)),
    button(text("train.save_script"), asked("script", (words) => download("gradstep_training.py", words, "text/x-python"))),
    button(text("train.save_case"), asked("next_case", (words) => download("gradstep.json", words, "application/json"))),
    button(text("train.save_csv"), asked("csv", (words) => download("gradstep_losses.csv", words, "text/csv"))),
    button(text("train.save_svg"), () => download("gradstep_losses.svg", drawing(), "image/svg+xml")),
    button(text("train.save_png"), savePng),
    button(text("train.save_map"), () => document.querySelector(".map canvas").toBlob((blob) => download("gradstep_map.png", blob))),
    button(text("ui.copy_link"), () => copy(address())));
  const node = el("details.fold", {}, el("summary", {}, text("train.files")), el("div.body", {}, el("p", {}, text("train.files_hint")), buttons));
  return { node, update() {} };
}

// What the core refuses is a sentence; anything else is nothing that a reader could use.
export function refusal({ message }) {
  try {
    return plainSay(JSON.parse(message));
  } catch {
    return text("error.panic");
  }
}

// What the style sheet says of the chart has to go with it.
const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size"];

function drawing() {
  const shown = document.querySelector(".losses svg");
  const copied = shown.cloneNode(true);
  const [from, to] = [shown, copied].map((root) => [...root.querySelectorAll("*")]);
  from.forEach((node, n) => {
    const style = getComputedStyle(node);
    for (const name of STYLES) to[n].setAttribute(name, style.getPropertyValue(name));
  });
  const [, , width, height] = shown.getAttribute("viewBox").split(" ");
  copied.setAttribute("width", width);
  copied.setAttribute("height", height);
  copied.style.background = getComputedStyle(document.body).backgroundColor;
  return new XMLSerializer().serializeToString(copied);
}

async function savePng() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing())}`;
  await image.decode();
  const canvas = el("canvas", { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => download("gradstep_losses.png", blob));
}
