// Does one thing wrong on purpose, named by the query: `<script src="/tests/faults.js?uncaught">`.
// A script of the page's own, since what a driver runs may be exempt from the policy.
const faults = {
  logged: () => console.error("on purpose"),
  uncaught: () => { throw new Error("on purpose"); },
  unhandled: () => Promise.reject(new Error("on purpose")),
  style: () => document.body.setAttribute("style", "color: red"),
  foreign: () => fetch("http://other.invalid/").catch(() => {}),
  // By its other name this very server is another host. Only a page without a policy gets there.
  // (An image, since Chromium lists a fetch only when its body has been read.)
  elsewhere: () => { new Image().src = `http://localhost:${location.port}/icon.svg`; },
  missing: () => document.body.append(Object.assign(new Image(), { src: "/none.png" })),
};
faults[new URL(document.currentScript.src).search.slice(1)]();
