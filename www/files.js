// The case as JSON, out and in, and the link.

import { el } from "./dom.js";
import { button, newId, refuse, textBox } from "./fields.js";
import { address } from "./link.js";
import { dispatch, exportCase } from "./session.js";
import { complain, notify } from "./voice.js";
import { text } from "./words.js";

// How long a clipboard may take that is there at all.
const PATIENCE = 1000;

// The clipboard may be refused, or never answer; the text is then shown, ready to be copied by hand.
export async function copy(words) {
  try {
    const silence = new Promise((_, give) => setTimeout(give, PATIENCE));
    await Promise.race([navigator.clipboard.writeText(words), silence]);
    notify(text("ui.copied"));
  } catch {
    byHand(words);
  }
}

function byHand(words) {
  const area = el("textarea", { readonly: true, rows: 8, "aria-label": text("ui.copy_by_hand") });
  const close = button(text("ui.close"), () => dialog.close());
  const dialog = el("dialog", { onclose: () => dialog.remove() }, el("p", {}, text("ui.copy_by_hand")), area, close);
  area.value = words;
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}

// `content` is text of a type, or a blob that has its own.
export function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function files() {
  const id = newId("case");
  const area = textBox({ id, rows: 10 });
  const pick = el("input", { type: "file", accept: "application/json,.json", hidden: true, onchange: () => read(pick.files[0]) });

  async function read(file) {
    pick.value = "";
    if (!file || refuse(file.size)) return;
    try {
      area.value = await file.text();
    } catch {
      return complain(text("error.unreadable", { name: file.name.slice(0, 60) }));
    }
    load();
  }

  function load() {
    if (dispatch({ do: "import", text: area.value })) notify(text("ui.imported"));
  }

  const show = () => {
    area.value = exportCase() ?? "";
    area.select();
  };
  const save = () => {
    const words = exportCase();
    if (words !== null) download("gradstep.json", words, "application/json");
  };
  const buttons = el("div.group", {},
    button(text("ui.export"), show),
    button(text("ui.download"), save),
    button(text("ui.import"), load),
    button(text("ui.open_file"), () => pick.click()),
    button(text("ui.copy_link"), () => copy(address())));
  const node = el("details.fold", {}, el("summary", {}, text("ui.files")),
    el("div.body", {}, el("p", {}, text("ui.files_hint")), el("label", { for: id }, text("ui.case")), area, pick, buttons));
  return { node, update() {} };
}
