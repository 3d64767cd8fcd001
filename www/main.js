// Boot, the page's frame, and the one way from an action to what is shown.

import { bench } from "./bench.js";
import { followWipes } from "./canvas.js";
import { chart } from "./chart.js";
import { el, fill } from "./dom.js";
import { button } from "./fields.js";
import { experiments } from "./experiments/experiments.js";
import { trials } from "./experiments/runner.js";
import { loadFormulas } from "./formula.js";
import { followKeys } from "./keys.js";
import { followLinks, writeLink } from "./link.js";
import { animate, request, runLoop, settle } from "./loop.js";
import { network } from "./network/network.js";
import { neuron } from "./neuron/neuron.js";
import { nonlinear } from "./nonlinear/nonlinear.js";
import { nudge } from "./nudge/nudge.js";
import { followPlay, isPlayStep, playing, playTick, stop } from "./play.js";
import { dispatch, frame, start } from "./session.js";
import { followTheme, toggleTheme } from "./theme.js";
import { runner } from "./train/runner.js";
import { train } from "./train/train.js";
import { announce, complain, notify, voices } from "./voice.js";
import { currentLanguage, has, LANGUAGES, loadWords, plainSay, preferredLanguage, text } from "./words.js";

// In the order of the story.
const PLACES = ["start", "neuron", "network", "why-nonlinear", "activations", "nudge", "step-by-step", "train", "broken", "experiments"];
const MOVES = ["step", "back"];
// How long another language may take to arrive, in milliseconds.
const PATIENCE = 6000;

let views = {};
let links = {};
let story = null;
// The run goes on while the page is built anew in another language.
const trainer = runner(() => {
  show();
  request();
});

const trier = trials();

// The whole page in the language at hand.
function build() {
  views = {
    start: bench(),
    neuron: neuron(),
    network: network(),
    "why-nonlinear": nonlinear(),
    activations: chart(),
    nudge: nudge(),
    "step-by-step": bench(),
    train: train(trainer),
    broken: bench(),
    experiments: experiments(),
  };
  links = Object.fromEntries(PLACES.map((place) => [place, el("a", { href: `#${place}`, onclick: (event) => go(event, place) }, text(`place.${place}`))]));
  const theme = el("button.quiet", { type: "button", "aria-label": text("ui.theme"), title: text("ui.theme"), onclick: () => (toggleTheme(), settle()) }, "◐");
  // Not a link: the fragment of the address is the state.
  const skip = button(text("ui.skip"), () => document.querySelector("main:not([hidden])").focus(), { kind: "skip" });
  const bar = el("header.bar", {},
    skip,
    el("span.brand", {}, "Gradstep"),
    el("nav", { "aria-label": text("ui.places") }, PLACES.map((place) => links[place])),
    el("div.group", {}, otherLanguages(), theme));
  story = el("nav.story", { "aria-label": text("ui.story") });
  for (const main of mains()) main.tabIndex = -1;
  // The style sheets stay; and the first screen, until all of the page stands.
  for (const old of document.querySelectorAll("body > :not(link, #boot)")) old.remove();
  document.body.append(bar, ...voices(), ...mains(), story);
}

// The chapters before and after this one, where a reader comes to the end of it.
function neighbours(at) {
  const link = (place, key) => place && el("a", { href: `#${place}`, onclick: (event) => go(event, place) }, text(key, { name: text(`place.${place}`) }));
  return [link(PLACES[at - 1], "ui.chapter_before"), link(PLACES[at + 1], "ui.chapter_after")];
}

function go(event, place) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dispatch({ do: "go", place });
  scrollTo(0, 0);
}

function otherLanguages() {
  const others = Object.entries(LANGUAGES).filter(([code]) => code !== currentLanguage());
  return others.map(([code, name]) => el("a.language", { href: `?lang=${code}`, lang: code, hreflang: code, onclick: (event) => speak(event, code) }, name));
}

// The state stays; only the words are others.
async function speak(event, code) {
  event.preventDefault();
  try {
    await loadWords(code, AbortSignal.timeout(PATIENCE));
  } catch (fault) {
    console.warn(fault);
    return complain(text("error.language", { name: LANGUAGES[code] }));
  }
  try {
    history.replaceState(null, "", `?lang=${code}${location.hash}`);
  } catch {
    // Refused in some frames; the language changes all the same.
  }
  announce("");
  build();
  show();
  settle();
  document.querySelector(".language").focus({ preventScroll: true });
}

const view = () => views[frame().place];
const mains = () => new Set(Object.values(views).map(({ node }) => node));

function show() {
  const now = frame();
  document.title = `${text(`place.${now.place}.title`)} · Gradstep`;
  for (const main of mains()) main.hidden = main !== view().node;
  for (const place of PLACES) links[place][place === now.place ? "setAttribute" : "removeAttribute"]("aria-current", "page");
  fill(story, now.place, () => neighbours(PLACES.indexOf(now.place)));
  complain([now.error, now.alert].filter(Boolean).map(plainSay).join(" "));
  trainer.follow(now);
  trier.follow(now);
  view().update(now);
}

function onFrame(now, action, before) {
  if (playing() && !isPlayStep()) stop();
  if (action.do === "recover") trainer.recovered(now, before);
  // Another state of the page, which knows nothing of the run.
  else if (action.do === "open" && !now.error) trainer.forget();
  show();
  if (now.place !== before.place) {
    reveal(links[now.place]);
    settle();
  } else if (MOVES.includes(action.do) && !now.error) {
    view().follow?.();
    animate();
  }
  else settle();
  if (!isNews(action)) notify("");
  if (!now.error && !view().playing?.() && worthSaying(now, before)) announce(done(action) + plainSay(now.announce));
  // Coming from the history is no new entry in it.
  writeLink(now.place === before.place || action.do === "open" ? undefined : before.link);
}

// In the strip of chapters, which on a small screen is wider than the page.
const reveal = (link) => (link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetLeft - 32);

// Of what a worker tells, not of what the learner does.
const NEWS = ["snapshot", "progress", "report", "times"];
const isNews = ({ change }) => NEWS.some((name) => change?.[name] !== undefined);

// While playing, once a pass; of a training, what the learner asked for.
function worthSaying(now, before) {
  if (now.place === "train") return !trainer.playing();
  return !isPlayStep() || now.progress.phase !== before.progress.phase || now.progress.t !== before.progress.t;
}

// What a setting has become; where a step leads, the frame says itself.
function done(action) {
  const key = `done.${action.do}`;
  return has(key) ? `${text(key, action)} ` : "";
}

function tick(now, progress) {
  playTick(now);
  view().draw(progress);
  return playing() || trainer.playing();
}

// Zooming or another screen changes the ratio; each query holds for one ratio only.
function followRatio() {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
    request();
    followRatio();
  }, { once: true });
}

function followChips(event) {
  const chip = event.target instanceof Element && event.target.closest("[data-step]");
  if (chip) dispatch({ do: "show", id: Number(chip.dataset.step) });
}

// Until the style sheets are there. One that fails never comes: boot/watch.js says so.
function styles() {
  const awaited = [...document.querySelectorAll("link[rel=stylesheet]")].filter(({ sheet }) => !sheet?.cssRules.length);
  return Promise.all(awaited.map((link) => new Promise((come) => link.addEventListener("load", come))));
}

async function boot() {
  followTheme(settle);
  await Promise.all([loadWords(preferredLanguage()), loadFormulas(), styles(), start(location.hash.slice(1), onFrame)]);
  build();
  show();
  reveal(links[frame().place]);
  // A link that can't be read stays where it can be mended.
  if (!frame().error) writeLink();
  runLoop(tick);
  followPlay(show);
  followKeys();
  followLinks();
  followRatio();
  followWipes();
  document.addEventListener("click", followChips);
  document.fonts?.ready.then(request);
  settle();
  document.getElementById("boot").remove();
}

// Where boot/watch.js hears of it.
boot().catch(reportError);
