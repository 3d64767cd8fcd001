// The card's tabs: where from, nudge it, check, code.

import { arithmetic } from "./card.js";
import { el, fill, setAttributes } from "./dom.js";
import { button, choice, newId } from "./fields.js";
import { copy } from "./files.js";
import { chip } from "./number.js";
import { check, frame as currentFrame, nudge, script } from "./session.js";
import { say, text } from "./words.js";

const NAMES = ["from", "nudge", "check", "code"];
const EPSILONS = ["0.1", "0.01", "0.001"];

export function tabs() {
  let open = "from";
  let epsilon = "0.01";
  const panelId = newId("panel");
  const buttons = NAMES.map((name) => el("button", {
    type: "button", role: "tab", id: newId("tab"), "aria-controls": panelId, onclick: () => choose(name),
  }, text(`tab.${name}`)));
  const list = el("div.tabs", { role: "tablist", "aria-label": text("ui.this_step"), onkeydown: roam }, buttons);
  const panel = el("div.panel", { role: "tabpanel", id: panelId });

  function choose(name) {
    open = name;
    update(currentFrame());
  }

  function roam(event) {
    const at = NAMES.indexOf(open);
    const to = { ArrowRight: at + 1, ArrowLeft: at + NAMES.length - 1, Home: 0, End: NAMES.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(NAMES[to % NAMES.length]);
    buttons[to % NAMES.length].focus();
  }

  function update(frame) {
    NAMES.forEach((name, n) => setAttributes(buttons[n], { "aria-selected": name === open, tabindex: name === open ? 0 : -1 }));
    setAttributes(panel, { "aria-labelledby": buttons[NAMES.indexOf(open)].id });
    const content = contents[open](frame.card);
    if (fill(panel, [open, content.value], content.build)) reveal(panel.querySelector(".lit"));
  }

  // Only the open tab is asked for: a check differentiates the whole network anew.
  const contents = {
    from: ({ lines, first, shown }) => ({ value: [lines, first, shown], build: () => origins(lines, first, shown) }),
    nudge: (card) => (card.nudgeable ? examined(nudge(Number(epsilon)), howFar()) : nothing("tab.nudge.none")),
    check: (card) => (card.gradient ? examined(check()) : nothing("tab.check.none")),
    code: () => {
      const source = script();
      if (!source) return nothing("ui.left_out");
      const note = currentFrame().broken ? el("p", {}, text("broken.code")) : null;
      return { value: source, build: () => [note, ...listing(source)] };
    },
  };

  function howFar() {
    const send = (value) => {
      epsilon = value;
      update(currentFrame());
      return true;
    };
    return choice({ label: "ε", value: epsilon, key: "epsilon", send, options: EPSILONS.map((value) => [value, value]) });
  }

  return { node: el("div.tabbed", {}, list, panel), update, choose };
}

// Within its listing only: the page stays where it is.
function reveal(line) {
  const box = line?.closest("pre");
  if (box) box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 2;
}

const nothing = (key) => ({ value: key, build: () => el("p", {}, text(key)) });

// Labelled numbers, and what they mean.
function examined(found, control) {
  if (!found) return nothing("ui.left_out");
  const rows = found.lines.map(({ label, num }) => el("tr", {}, el("th", { scope: "row" }, say(label)), el("td", {}, chip(num))));
  return { value: found, build: () => [control, el("table.findings", {}, el("tbody", {}, rows)), ...found.why.map((sentence) => el("p", {}, say(sentence)))] };
}

// What was computed along with the number in question, and all digits of its operands.
function origins(lines, first, shown) {
  if (!lines.length) return el("p", {}, text("tab.from.none"));
  const others = lines.filter(({ id }) => !first.includes(id));
  return [el("p.hint", {}, text("tab.from.hint")), el("div.along", {}, others.map((line) => el("div", {}, arithmetic(line)))), digits(lines.find(({ id }) => id === shown))];
}

// Each number of a line once, with the pass that made it.
function digits(line) {
  const nums = line ? line.parts.filter((part) => "num" in part).map((part) => part.num) : [];
  const once = nums.filter((num, n) => nums.findIndex((other) => other.id === num.id && other.exact === num.exact) === n);
  const rows = once.map((num) => el("tr", {}, el("th", { scope: "row" }, chip(num)), el("td", {}, text(`from.${num.phase}`)), el("td.exact", {}, num.exact)));
  return el("details", {}, el("summary", {}, text("tab.from.digits")), el("table.findings", {}, el("tbody", {}, rows)));
}

function listing({ text: source, line }) {
  const lines = source.replace(/\n$/, "").split("\n");
  const code = el("code", {}, lines.map((words, n) => el(n === line ? "span.lit" : "span", {}, `${words}\n`)));
  return [button(text("ui.copy_script"), () => copy(source)), el("pre", { tabindex: 0, "aria-label": text("tab.code") }, code)];
}
