// Keys for the whole page, where the focused control doesn't use them.

import { dispatch, frame } from "./session.js";

const ACTIONS = { ArrowRight: "step", ArrowLeft: "back", " ": "step", Home: "home", End: "end" };

const TYPES = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select";
const MOVES = `${TYPES}, input, [role=tab], [data-arrows]`;
const PRESSES = `${TYPES}, button, summary, input, a`;

const uses = (target, key) => target.closest(key === " " ? PRESSES : MOVES) !== null;

// A slide of the cursor in a dialog belongs to the dialog.
const elsewhere = () => frame().place === "activations" || document.querySelector("dialog[open]") !== null;

export function followKeys() {
  document.addEventListener("keydown", (event) => {
    const action = ACTIONS[event.key];
    if (!action || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(event.target instanceof Element) || uses(event.target, event.key) || elsewhere()) return;
    event.preventDefault();
    dispatch({ do: action });
  });
}
