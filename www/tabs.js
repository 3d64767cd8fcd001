// The card's tabs: where from, nudge it, check, code.

import { arithmetic } from "./card.js";
import { el, fill, setAttributes } from "./dom.js";
import { button, choice, newId } from "./fields.js";
import { copy } from "./files.js";
import { chip } from "./number.js";
import { frame as currentFrame, inspect, script } from "./session.js";
import { say, text } from "./words.js";

const NAMES = ["from", "nudge", "check", "code"];
const EPSILONS = { nudge: ["0.1", "0.01", "0.001"], check: ["0.01", "0.0001", "0.00001", "0.0000001"] };
const START = { nudge: "0.01", check: "0.00001" };

export function tabs() {
  let open = "from";
  const epsilon = { ...START };
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
    if (fill(panel, [open, content.value], content.build)) panel.querySelector(".lit")?.scrollIntoView({ block: "nearest" });
  }

  // Only the open tab is asked for: a check differentiates the whole network anew.
  const contents = {
    from: ({ lines, shown }) => ({ value: [lines, shown], build: () => origins(lines, shown) }),
    nudge: (card) => examined("nudge", card.nudgeable),
    check: (card) => examined("check", card.gradient),
    code: () => {
      const source = script();
      return { value: source, build: () => listing(source) };
    },
  };

  function examined(tab, possible) {
    if (!possible) return { value: null, build: () => el("p", {}, text(`tab.${tab}.none`)) };
    const found = inspect(tab, Number(epsilon[tab]));
    return { value: found, build: () => findings(tab, found) };
  }

  function findings(tab, { lines, why }) {
    const send = (value) => {
      epsilon[tab] = value;
      update(currentFrame());
      return true;
    };
    const size = choice({ label: "ε", value: epsilon[tab], key: "epsilon", send, options: EPSILONS[tab].map((value) => [value, value]) });
    const rows = lines.map(({ label, num }) => el("tr", {}, el("th", { scope: "row" }, say(label)), el("td", {}, chip(num))));
    return [size, el("table.findings", {}, el("tbody", {}, rows)), ...why.map((sentence) => el("p", {}, say(sentence)))];
  }

  return { node: el("div.tabbed", {}, list, panel), update, choose };
}

// What was computed along with the number in question, and all digits of its operands.
function origins(lines, shown) {
  if (!lines.length) return el("p", {}, text("tab.from.none"));
  const others = lines.filter(({ id }) => id !== shown);
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
