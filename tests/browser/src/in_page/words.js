// Words that are missing, left unfilled or of the other language. Argument: the language.
const [language] = arguments;
const KEY = /^[a-z]+(\.[a-z_]+)+$/;
const CHINESE = /[一-鿿]/;
const NAMES = /Leaky ReLU|He et al\.|PyTorch/g;
const faults = [];

const check = (text, where) => {
  const words = text.trim();
  if (/undefined|\[object|NaN/.test(words)) faults.push(`${where}: ${words}`);
  if (KEY.test(words)) faults.push(`a key in ${where}: ${words}`);
  if (/\{\w+\}/.test(words)) faults.push(`a gap in ${where}: ${words}`);
};
const place = (element) => element.localName + (element.className ? `.${element.className}` : "");
const foreign = (element) => element.closest("[lang]:not(html), math, pre, script, textarea");

const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!foreign(element)) check(texts.currentNode.data, place(element));
}
for (const element of document.body.querySelectorAll("*")) {
  for (const name of ["aria-label", "title", "aria-valuetext"]) {
    check(element.getAttribute(name) ?? "", name);
  }
}

// Sentences: what stands together in one block.
const BLOCKS = "p, li, h1, h2, button, label, legend, th, dt, option, summary, figcaption";
for (const element of document.body.querySelectorAll(BLOCKS)) {
  const words = element.textContent.replace(NAMES, "");
  if (foreign(element)) continue;
  if (language === "en" && CHINESE.test(words)) faults.push(`Chinese: ${words}`);
  if (language === "zh" && !CHINESE.test(words) && /[a-z]{2,} [a-z]{2,}/i.test(words)) {
    faults.push(`English: ${words}`);
  }
}
return [...new Set(faults)];
