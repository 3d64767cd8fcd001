// The chapter "Experiments": claims put to the test, one card open at a time.

import { el, fill, setText } from "../dom.js";
import { button, choice, radios, slider } from "../fields.js";
import { dispatch } from "../session.js";
import { plainSay, say, text } from "../words.js";
import { picture } from "./pictures.js";

const change = (what) => dispatch({ do: "experiments", change: what });
const OPEN = "open";

export function experiments() {
  const list = el("nav.cards", { "aria-label": text("experiments.all") });
  const title = el("h2");
  const claim = el("p.claim");
  const predict = el("div");
  const start = button(text("experiments.start"), () => change("start"), { kind: "big.primary", icon: "right", after: true });
  const cancel = button(text("experiments.cancel"), () => change("cancel"), { kind: "big" });
  const bar = el("progress", { "aria-label": text("experiments.progress") });
  const far = el("span.far");
  const seeds = slider({ name: text("experiments.seeds"), min: 1, max: 20, step: 1, send: (count) => change({ seeds: count }) });
  const choices = el("div.fields");
  const results = el("div.results");
  const looks = el("div.fields");
  const verdict = el("div.verdict");
  const means = el("div.meaning");
  const train = button(text("experiments.open_train"), () => open("train"));
  const stepper = button(text("experiments.open_stepper"), () => open("step-by-step"));
  const noRoom = el("p.note", {}, text("experiments.no_room"));
  const onwards = el("div.group", {}, train, stepper, noRoom);
  const card = el("section.block.experiment", { "aria-label": text("experiments.card") }, title, claim, predict,
    el("div.toolbar", {}, el("div.group", {}, start, cancel), el("div.group.running", {}, bar, far), seeds.node),
    choices, results, verdict, looks, onwards, means);
  const node = el("main.experiments", {},
    el("header.title", {}, el("h1", {}, text("place.experiments.title")), el("p.lead", {}, text("place.experiments.lead"))),
    list, card);

  function open(place) {
    if (dispatch({ do: "open_run", place })) scrollTo(0, 0);
  }

  function update(frame) {
    const { card: name, progress, pictures, found, clock } = frame;
    const words = (key) => text(`experiments.${name}.${key}`);
    fill(list, [frame.cards, name], () => frame.cards.map((one) => link(one, one === name)));
    setText(title, words("name"));
    setText(claim, words("claim"));
    fill(predict, [name, frame.answers], () => question(frame));
    predict.firstChild?.show(frame.expected);
    start.rename(text(pictures.length ? "experiments.again" : "experiments.start"));
    start.hidden = progress !== null;
    cancel.hidden = progress === null;
    bar.hidden = far.hidden = progress === null;
    if (progress) {
      bar.max = progress.runs;
      bar.value = progress.done;
      setText(far, text("experiments.done", { done: progress.done, runs: progress.runs }));
    }
    seeds.update(frame.seeds, String(frame.seeds));
    seeds.node.hidden = clock !== null;
    fill(choices, frame.choices, () => frame.choices.map(chosen));
    fill(results, pictures, () => pictures.map(picture));
    fill(verdict, found, () => found.length ? [el("h3", {}, text("experiments.measured")), ...found.map((one) => el("p", {}, say(one)))] : []);
    fill(looks, [frame.variants, frame.looked, pictures.length > 0], () => (frame.variants.length > 1 ? [looked(frame)] : []));
    looks.hidden = clock !== null;
    onwards.hidden = clock !== null;
    train.enable(frame.fits);
    stepper.enable(frame.fits);
    noRoom.hidden = frame.fits;
    // What it means would tell what is to be predicted.
    means.hidden = found.length === 0;
    fill(means, name, () => ["means", "not"].map((key) => el("section", {}, el("h3", {}, text(`experiments.${key}`)), el("p", {}, words(key)))));
  }
  return { node, update, draw() {} };
}

function link(name, current) {
  return el("a", { href: `#experiments&card=${name}`, "aria-current": current ? "true" : null, "data-key": name, onclick: go }, text(`experiments.${name}.name`));
  function go(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    change({ open: name });
  }
}

// What the learner expects; leaving it open is an answer too.
function question({ card, answers }) {
  const options = [...answers.map((answer, n) => [String(n), plainSay(answer)]), [OPEN, text("experiments.leave_open")]];
  const all = radios({ name: text(`experiments.${card}.ask`), options, send: (value) => change({ expect: value === OPEN ? null : Number(value) }) });
  all.node.classList.add("predict");
  all.node.show = (expected) => all.update(expected === null ? OPEN : String(expected));
  return all.node;
}

function chosen({ name, options, value }, axis) {
  return choice({
    label: text(`experiments.axis.${name}`), value: String(value), key: name,
    options: options.map((option, n) => [String(n), plainSay(option)]),
    send: (wanted) => change({ choose: { axis, value: Number(wanted) } }),
  });
}

function looked({ variants, looked: value }) {
  return choice({
    label: text("experiments.look"), value: String(value), key: "look",
    options: variants.map((variant, n) => [String(n), plainSay(variant)]),
    send: (wanted) => change({ look: Number(wanted) }),
  });
}
