// Why one line cannot be XOR: four conditions that never hold together.

import { el, fill } from "../dom.js";
import { follow } from "../link.js";
import { say, text } from "../words.js";

export function proof() {
  const list = el("ol");
  const link = el("a", {}, text("neuron.xor_open"));
  const node = el("section.block.proof", { hidden: true }, el("h2", {}, text("neuron.xor_title")), list,
    el("p", {}, text("neuron.xor_so")), el("p", {}, text("neuron.xor_seen")), el("p", {}, text("neuron.xor_network"), " ", link));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.getAttribute("href").slice(1));
    scrollTo(0, 0);
  });
  function update({ proof: found }) {
    node.hidden = found === null;
    if (!found) return;
    link.setAttribute("href", `#${found.network}`);
    fill(list, found.conditions, () => found.conditions.map(condition));
  }
  return { node, update };
}

function condition({ say: sentence, holds }) {
  return el("li", {}, say(sentence), " ", el(holds ? "span.mark" : "span.mark.wrong", {}, `${holds ? "✓" : "✗"} ${text(holds ? "neuron.xor_holds" : "neuron.xor_fails")}`));
}
