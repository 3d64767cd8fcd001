// Formulas, made into MathML while the page was built.

let sources = {};
const parsed = new Map();

export async function loadFormulas() {
  const response = await fetch(new URL("formulas.json", import.meta.url));
  if (!response.ok) throw new Error(`formulas.json: ${response.status}`);
  sources = await response.json();
}

function template(key) {
  if (!parsed.has(key)) {
    const html = new DOMParser().parseFromString(sources[key] ?? "", "text/html");
    const math = html.querySelector("math");
    parsed.set(key, math ? document.importNode(math, true) : null);
  }
  return parsed.get(key);
}

// A formula with its placeholders ("@l") filled in; a missing one shows its key.
export function formula({ key, at }) {
  const math = template(key)?.cloneNode(true);
  if (!math) return document.createTextNode(key);
  const texts = document.createTreeWalker(math, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    node.data = node.data.replace(/@([a-z])/g, (whole, letter) => at[letter] ?? whole);
  }
  return math;
}
