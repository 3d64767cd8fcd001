// Says on the first screen what keeps the page from standing. It is put into index.html, as its
// sentences are, so that nothing has to arrive first; and it is a classic script in old JavaScript,
// since it must run where modules don't.
(function () {
  var PATIENCE = 6000;
  // The smallest module with an instruction of simd128, which the core is compiled with.
  var SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

  var first = document.getElementById("boot");

  // Shows the parts of the first screen that belong to `what`.
  function say(what) {
    var parts = first.querySelectorAll("[data-boot]");
    for (var n = 0; n < parts.length; n += 1) parts[n].hidden = parts[n].getAttribute("data-boot").split(" ").indexOf(what) < 0;
  }

  function computes() {
    try {
      return WebAssembly.validate(new Uint8Array(SIMD));
    } catch (none) {
      return false;
    }
  }

  // Why nothing else can be expected here, if that is known.
  function reason() {
    if (location.protocol === "file:") return "file";
    return computes() ? null : "old";
  }

  // In a sandboxed frame modules come only from hosts that share them with everybody.
  var sandboxed = self.origin === "null";
  var known = reason();
  var failed = false;

  function fail() {
    failed = true;
    say(known || (sandboxed ? "frame" : "failed"));
  }

  // A link is also what is fetched ahead, and an icon.
  function needed(target) {
    return target.tagName === "LINK" ? target.rel === "stylesheet" : target === window || target.tagName === "SCRIPT";
  }

  // Capturing: what does not load tells only itself.
  addEventListener("error", function (event) {
    if (needed(event.target)) fail();
  }, true);
  addEventListener("unhandledrejection", fail);
  setTimeout(function () {
    if (!failed) say(known || "slow");
  }, PATIENCE);

  first.addEventListener("click", function (event) {
    if (event.target.tagName === "BUTTON") location.reload();
  });
  // With the fragment, which is what is to be seen.
  var links = first.querySelectorAll("a");
  for (var n = 0; n < links.length; n += 1) links[n].href = location.href;
  if (known) fail();
})();
