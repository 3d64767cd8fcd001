// Keys for the whole page, where the focused control doesn't use them.

import { dispatch, frame } from "./session.js";

const ACTIONS = { ArrowRight: "step", ArrowLeft: "back", " ": "step", Home: "home", End: "end" };

const TYPES = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select, pre";
const MOVES = `${TYPES}, [type=radio], [type=range], [role=tab], [data-arrows]`;
const PRESSES = `${TYPES}, [type=radio], [type=checkbox], button, summary, [role=button]`;

const uses = (target, key) => target.closest(key === " " ? PRESSES : MOVES) !== null;

// Nothing to step through there, or a dialog that is asked first.
const elsewhere = () => !["start", "step-by-step", "broken"].includes(frame().place) || document.querySelector("dialog[open]") !== null;

export function followKeys() {
  document.addEventListener("keydown", (event) => {
    const action = ACTIONS[event.key];
    if (!action || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(event.target instanceof Element) || uses(event.target, event.key) || elsewhere()) return;
    event.preventDefault();
    dispatch({ do: action });
  });
}
