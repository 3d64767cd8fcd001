// Does so many random things that a hand could do, and stops at the first that goes wrong.
// Arguments: the seed, the count. Gives the time of each, and what went wrong with all that led
// there.
const [seed, count] = args;

// Mulberry32: the same seed does the same, as far as the page does.
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];

const TEXTS = ["0", "-1", "0.5", "−0.6", "1,5", "1e308", "-1e-300", "999999", "", "abc", "½", "1,2,0\n3,4,1"];
const KEYS = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter", " ", "Escape"];
const CONTROLS = "button, summary, select, textarea, input:not([type=file]), a[href^='#'], a[href^='?'], [role=button], [role=tab]";
const SURFACES = "main canvas, main svg, main [tabindex]";

const isSeen = (node) => node.checkVisibility({ visibilityProperty: true });
// What lies under an open dialog can't be reached.
const top = () => [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
const all = (selector) => [...top().querySelectorAll(selector)].filter(isSeen);
const tell = (node, type) => node.dispatchEvent(new Event(type, { bubbles: true }));
const short = (node) => `${node.localName} ${(node.getAttribute("aria-label") ?? node.textContent).trim().slice(0, 40)}`;

function fill(field) {
  if (field.matches("[type=radio], [type=checkbox]")) return field.click();
  field.focus();
  if (field.matches("select")) field.selectedIndex = below(field.length);
  else if (field.type === "range") field.value = Number(field.min) + random() * (field.max - field.min);
  else field.value = one(TEXTS);
  tell(field, "input");
  if (random() < 0.3) field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  tell(field, "change");
}

function point(node, type, [x, y]) {
  const box = node.getBoundingClientRect();
  const at = { clientX: box.left + x * box.width, clientY: box.top + y * box.height, bubbles: true, cancelable: true, composed: true };
  const target = document.elementFromPoint(at.clientX, at.clientY);
  const Kind = type === "click" ? MouseEvent : PointerEvent;
  (holder ?? (node.contains(target) ? target : node)).dispatchEvent(new Kind(type, { ...at, button: 0, buttons: 1, detail: 1, pointerId: 1, isPrimary: true, pointerType: "mouse" }));
}

let holder = null;
function drag(node) {
  node.scrollIntoView({ block: "center" });
  let at = [random(), random()];
  point(node, "pointerdown", at);
  for (let n = below(6); n > 0; n -= 1) point(node, "pointermove", (at = [random(), random()]));
  point(node, "pointerup", at);
  holder = null;
  point(node, "click", at);
}

// The link of what is shown, with one character gone, doubled or another.
function mistype() {
  const link = location.hash;
  const at = 1 + below(link.length);
  const changed = link.slice(0, at) + one(["", link[at] ?? "", "9", "-", "a", "&", "."]) + link.slice(at + 1);
  location.hash = changed;
  return `link ${changed.slice(0, 60)}`;
}

function act() {
  const kind = random();
  if (kind < 0.03) return mistype();
  if (kind < 0.05) return history.back(), "history back";
  if (kind < 0.1) {
    const link = one(all("header nav a"));
    return link?.click(), `to ${link?.textContent}`;
  }
  if (kind < 0.2) {
    const key = one(KEYS);
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return `key ${key}`;
  }
  const node = one(all(kind < 0.35 ? SURFACES : CONTROLS));
  if (!node) return "nothing";
  const name = short(node);
  if (kind < 0.35) drag(node);
  else if (node.matches("input, select, textarea")) fill(node);
  else node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
  return name;
}

// The driver has nobody to choose a file or to keep one.
HTMLInputElement.prototype.showPicker = () => {};
const { click } = HTMLElement.prototype;
HTMLElement.prototype.click = function press() {
  if (!this.matches("a[download], [type=file]")) click.call(this);
};
// A pointer that is none can't be captured: the one that pretends is held here.
Element.prototype.setPointerCapture = function hold() { holder = this; };
Element.prototype.hasPointerCapture = function holds() { return holder === this; };
Element.prototype.releasePointerCapture = () => { holder = null; };
// So that going back does not leave the page.
if (!window.panics) for (let n = 0; n < 20; n += 1) history.pushState(null, "", location.href);
// What the page says when something in it has broken.
const BROKEN = ["left_out", "rebuilt", "rebuilt_earlier", "rebuilt_start", "rebuilt_without", "reload", "trial_broke"];
window.panics ??= (await Promise.all(["en", "zh"].map(async (language) => {
  const words = await (await fetch(`words/${language}.json`)).json();
  return BROKEN.map((name) => words[`error.${name}`]);
}))).flat();

function wrong() {
  const main = document.querySelector("main:not([hidden])");
  if (!main?.innerText.trim()) return "nothing is shown";
  const alerts = [...document.querySelectorAll("[role=alert]")].map((node) => node.textContent).join(" ");
  if (window.panics.some((panic) => alerts.includes(panic))) return alerts;
  const text = document.body.innerText;
  const mess = text.match(/.*(undefined|\[object|\bNaN\b|\{[a-z]+\}).*/);
  return mess ? `it says ${mess[0].slice(0, 120)}` : window.recorder.takeProblems()[0];
}

const [acts, times] = [[], []];
for (let n = 0; n < count; n += 1) {
  const from = location.hash.slice(0, 200);
  const start = performance.now();
  acts.push(act());
  void document.body.offsetHeight;
  times.push(performance.now() - start);
  await new Promise((done) => (document.hidden ? setTimeout(done, 20) : requestAnimationFrame(done)));
  const what = wrong();
  if (what) return { times, fault: { what, from, acts: acts.slice(-8) } };
}
return { times, fault: null };
