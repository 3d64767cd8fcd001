// What goes wrong in the page, for the tests to read. Only the tests' server adds this script,
// ahead of all others.
(() => {
  const problems = [];
  const note = (what) => problems.push(what);
  const words = (value) => (value instanceof Error ? value.stack || String(value) : String(value));

  const { error } = console;
  console.error = (...values) => {
    note(`console.error: ${values.map(words).join(" ")}`);
    error.apply(console, values);
  };
  addEventListener("unhandledrejection", ({ reason }) => note(`unhandled: ${words(reason)}`));
  addEventListener("securitypolicyviolation", (event) =>
    note(`policy violated: ${event.violatedDirective} by ${event.blockedURI} ${event.sourceFile}`));
  // Capturing: a script or style sheet that does not load tells only itself.
  addEventListener("error", (event) => {
    const source = event.target !== window && (event.target.src || event.target.href);
    note(source ? `not loaded: ${source}` : `uncaught: ${event.message}`);
  }, true);

  const isForeign = (url) => /^(https?|wss?):/.test(url) && new URL(url).origin !== location.origin;
  const foreignRequests = () => performance.getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter(isForeign)
    .map((url) => `request to another host: ${url}`);

  window.recorder = {
    takeProblems() {
      const taken = [...problems.splice(0), ...foreignRequests()];
      performance.clearResourceTimings();
      return taken;
    },
    // A driver's own scripts may not import modules in every engine; the page's may.
    import: (url) => import(url),
  };
})();
