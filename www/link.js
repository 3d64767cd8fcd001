// The address bar restores exactly what is on screen.

import { frame, open } from "./session.js";

// Safari refuses more than 100 changes in 30 seconds.
const EVERY = 350;

let written = location.hash.slice(1);
let timer = 0;

// A change of place is an entry of the history, everything else overwrites the one that is there.
// `left` is the link of the place that was left.
export function writeLink(left) {
  if (left === undefined) timer ||= setTimeout(() => put("replaceState", frame().link), EVERY);
  else {
    put("replaceState", left);
    put("pushState", frame().link);
  }
}

function put(how, link) {
  clearTimeout(timer);
  timer = 0;
  if (link === written) return;
  written = link;
  try {
    history[how](null, "", `#${link}`);
  } catch {
    // Refused in some frames: the link is then still there to be copied.
  }
}

// A link within the page: an entry of its own in the history.
export function follow(fragment) {
  put("replaceState", frame().link);
  put("pushState", fragment);
  open(fragment);
}

export function address() {
  const url = new URL(location.href);
  url.hash = frame().link;
  return url.href;
}

export function followLinks() {
  addEventListener("popstate", () => {
    const fragment = location.hash.slice(1);
    if (fragment === written) return;
    clearTimeout(timer);
    timer = 0;
    written = fragment;
    open(fragment);
  });
}
