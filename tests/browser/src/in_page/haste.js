// Makes the page's patience short, so that a test need not wait for it to end.
(() => {
  const SHORTER = 20;
  const { setTimeout } = window;
  window.setTimeout = (act, wait, ...given) => setTimeout(act, wait >= 1000 ? wait / SHORTER : wait, ...given);
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (wait) => timeout.call(AbortSignal, wait / SHORTER);
})();
