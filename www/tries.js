// What is worth trying: sentences whose words in brackets lead to a prepared place.

import { el, fill } from "./dom.js";
import { follow } from "./link.js";
import { text } from "./words.js";

// `after` is told which tab of the card to open.
export function tries(after) {
  const list = el("ul");
  const node = el("section.block.tries", {}, el("h2", {}, text("ui.tries")), list);
  function update({ tries, predict }) {
    // Some of them tell numbers that a question may ask for.
    node.hidden = tries.length === 0 || Boolean(predict?.question);
    fill(list, tries, () => tries.map((one) => el("li", {}, sentence(one, after))));
  }
  return { node, update };
}

function sentence({ sentence: key, links, tab }, after) {
  const pieces = text(key).split(/\[(.+?)\]/);
  return pieces.map((piece, n) => (n % 2 ? link(piece, links[(n - 1) / 2], tab, after) : piece));
}

function link(words, fragment, tab, after) {
  return el("a", { href: `#${fragment}`, onclick: go }, words);
  function go(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(fragment);
    if (tab) after(tab);
    scrollTo(0, 0);
  }
}
