// Building and refreshing elements. Text always goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

// el("button.primary", { onclick }, "Step"): handlers and `value` are properties, the rest
// attributes; null, undefined and false leave an attribute out, but "false" is a state in ARIA.
export function el(tag, props = {}, ...children) {
  return make((name) => document.createElement(name), tag, props, children);
}

export function svg(tag, props = {}, ...children) {
  return make((name) => document.createElementNS(SVG, name), tag, props, children);
}

function make(create, tag, props, children) {
  const [name, ...classes] = tag.split(".");
  const node = create(name);
  if (classes.length) node.classList.add(...classes);
  for (const [key, value] of Object.entries(props)) setProp(node, key, value);
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

const isState = (key, value) => typeof value === "boolean" && key.startsWith("aria-");

function setProp(node, key, value) {
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (isState(key, value)) node.setAttribute(key, String(value));
  else if (value === true) node.setAttribute(key, "");
  else if (value != null && value !== false) node.setAttribute(key, String(value));
}

// Sets the text only where it differs: a live region speaks at every change of its nodes.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttributes(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    const now = node.getAttribute(key);
    if (value == null || (value === false && !isState(key, value))) node.removeAttribute(key);
    else if (now !== String(value)) node.setAttribute(key, value);
  }
}

const filledWith = new WeakMap();

// Rebuilds the children of `node` when `value` has changed, and says whether it did. The focus
// stays on the element with the same data-key, and the page where it is.
export function fill(node, value, build) {
  const seen = JSON.stringify(value) ?? "";
  if (filledWith.get(node) === seen) return false;
  filledWith.set(node, seen);
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset.key;
  node.replaceChildren(...[build()].flat().filter((child) => child != null && child !== false));
  if (key) goOn(focused, node.querySelector(`[data-key="${CSS.escape(key)}"]`));
  return true;
}

// The focus, and what was being typed, go on in the element that has taken the old one's place.
function goOn(old, now) {
  now?.focus({ preventScroll: true });
  if (!now || old.dataset.typing === undefined) return;
  now.value = old.value;
  now.dataset.typing = "";
  now.setSelectionRange(old.selectionStart, old.selectionEnd);
}
