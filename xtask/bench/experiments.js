// The experiments as the page runs them: how long one takes, and how the page does meanwhile.

const SEEDS = 20;
const ROUNDS = 3;
// Milliseconds after which an experiment that has not ended has been lost.
const PATIENCE = 120_000;

// For each card what its rounds took, in milliseconds.
export async function experiments() {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.style.cssText = "width: 1280px; height: 900px; border: 0";
  const measured = [];
  for (const [card, name] of await cards(frame)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await open(frame, card);
      const { took, gap } = await whole(page);
      rounds.push({ took, gap, ...(await cancelled(page, took / 4)) });
    }
    const of = (measure) => rounds.map((one) => one[measure]).filter((value) => value !== undefined);
    measured.push({ name, took: of("took"), gap: of("gap"), shown: of("shown"), stopped: of("stopped") });
  }
  frame.remove();
  return measured;
}

// The key and the name of each.
async function cards(frame) {
  const { all } = await open(frame, "activations");
  return all(".cards a").map((link) => [link.dataset.key, link.textContent]);
}

// The page at a card, loaded afresh, once its worker is there to be asked.
async function open(frame, card) {
  frame.src = "about:blank";
  await new Promise((done) => frame.addEventListener("load", done, { once: true }));
  frame.src = `/?lang=en#experiments&card=${card}&seeds=${SEEDS}`;
  await new Promise((done) => frame.addEventListener("load", done, { once: true }));
  const window = frame.contentWindow;
  const all = (selector) => [...window.document.querySelectorAll(`main:not([hidden]) ${selector}`)];
  const shown = (selector) => all(selector).find((one) => one.checkVisibility());
  const button = (words) => all("button").find((one) => one.textContent === words && one.checkVisibility());
  const page = { window, all, shown, button };
  await until(page, () => button("Run"));
  // The page's own worker is the one that it posts to first.
  const { prototype } = window.Worker;
  const { postMessage } = prototype;
  prototype.postMessage = function (...message) {
    page.worker = this;
    prototype.postMessage = postMessage;
    return postMessage.apply(this, message);
  };
  return page;
}

// Frame by frame; gives the longest time between two of them.
async function until({ window }, holds) {
  const began = performance.now();
  let gap = 0;
  for (let last = began; !holds(); ) {
    await new Promise((next) => window.requestAnimationFrame(next));
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
    if (now - began > PATIENCE) throw new Error("an experiment does not end");
  }
  return gap;
}

// From Run until the result has been painted.
async function whole(page) {
  const began = performance.now();
  page.button("Run").click();
  let gap = await until(page, () => page.shown(".verdict p"));
  const last = performance.now();
  await until(page, afterAFrame());
  gap = Math.max(gap, performance.now() - last);
  return { took: performance.now() - began, gap };
}

// From Cancel, so long after a run has begun, until the page shows it, and until the worker has put
// the run down, so that it answers the next question. Nothing where the run has ended before.
async function cancelled(page, after) {
  (page.button("Run") ?? page.button("Run again")).click();
  await new Promise((go) => setTimeout(go, after));
  const cancel = page.button("Cancel");
  if (!cancel) return {};
  const began = performance.now();
  cancel.click();
  const stopped = answer(page.worker).then(() => performance.now() - began);
  await until(page, () => !page.shown("progress"));
  await until(page, afterAFrame());
  return { shown: performance.now() - began, stopped: await stopped };
}

// There is no such card, which the worker says as soon as it hears of it.
function answer(worker) {
  const run = -1;
  return new Promise((done) => {
    worker.addEventListener("message", function hear({ data }) {
      if (data.run !== run) return;
      worker.removeEventListener("message", hear);
      done();
    });
    worker.postMessage({ run, start: { card: "", seeds: 1, clock: null } });
  });
}

// Holds when asked for the third time: what was changed before has then been painted.
function afterAFrame() {
  let asked = 0;
  return () => (asked += 1) > 2;
}
