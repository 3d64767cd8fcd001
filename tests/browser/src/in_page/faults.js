// Does one thing wrong on purpose, named by the query: `<script src="/tests/faults.js?uncaught">`.
// A script of the page's own, since what a driver runs may be exempt from the policy.
const faults = {
  logged: () => console.error("on purpose"),
  uncaught: () => { throw new Error("on purpose"); },
  unhandled: () => Promise.reject(new Error("on purpose")),
  style: () => document.body.setAttribute("style", "color: red"),
  foreign: () => fetch("http://other.invalid/").catch(() => {}),
  missing: () => document.body.append(Object.assign(new Image(), { src: "/none.png" })),
};
faults[new URL(document.currentScript.src).search.slice(1)]();
