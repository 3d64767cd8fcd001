// The run that trains: in a worker, or where none can start on this thread. What it says becomes
// actions.

import { background } from "../background.js";
import { engine } from "./engine.js";
import { breakDown, core, frame, instance, report, trainingSetup } from "../session.js";
import { complain, notify } from "../voice.js";
import { text } from "../words.js";

// Short, so that the page stays at hand where the engine shares its thread.
const SLICE = 4;

// `onChange` is told when it begins or stops to play.
export function runner(onChange) {
  const post = background({
    url: new URL("./worker.js", import.meta.url),
    engine: (say) => engine(core, (said) => shared(said, say), SLICE, instance),
    hear,
    busy: () => playing,
    lost: resume,
  });
  // The frame's number of the run that the engine has, and the runner's own: other states of the
  // page, as after a link, count their runs from 0 again.
  let begun = null;
  let number = 0;
  // What the engine was told to play at: batches a second, or null for as fast as it goes.
  let speed = null;
  let playing = false;
  let perSecond = 0;
  let waiting = false;
  let seen = false;
  let serial = 0;
  const asked = new Map();
  // What another engine has to be told: where this one was when it last answered, and what it was
  // told since that changes the run.
  let journal = [];
  // Whether the engine shares the page's core.
  let here = false;

  function tell(message) {
    const numbered = { ...message, n: (serial += 1) };
    journal.push(numbered);
    post(numbered);
  }

  function keep(checkpoint, heard) {
    const since = journal.filter(({ n }) => n > heard);
    journal = [{ do: "start", run: number, checkpoint, n: heard }, ...since];
  }

  // Neither a new engine nor another state of the page knows of the run.
  function forget() {
    begun = null;
    waiting = false;
  }

  // What traps here has taken the page's core with it, and would do so again.
  function shared(said, say) {
    if (said.trap !== undefined) {
      journal = [];
      breakDown(said.trap);
    }
    say(said);
  }

  // The page's state was built anew. The run outlives that, if it is still the one that the page
  // shows: in a worker as it is, else from where it last answered.
  function recovered(now, before) {
    const shown = ({ place, setup }) => (place === "train" ? JSON.stringify(setup) : null);
    if (begun === null || shown(now) === null || shown(now) !== shown(before)) return forget();
    begun = now.run;
    waiting = false;
    if (!here) return post({ do: "ask" });
    journal.forEach(post);
    setPace();
  }

  // Another engine goes on where the last one was.
  function resume(how) {
    here = how !== "again";
    waiting = false;
    journal.forEach(post);
    setPace();
    asked.forEach(({ what }, id) => post({ do: "give", what, id }));
    notify(`${text(`background.${how}`)} ${how === "none" ? "" : text("train.resumed")}`);
  }

  function hear({ snapshot, checkpoint, heard, run, perSecond: pace, given, fault, id }) {
    if (id !== undefined) return settle(id, given, fault);
    waiting = false;
    if (fault !== undefined) return fail(fault);
    perSecond = pace;
    if (run !== number || begun === null) return;
    keep(checkpoint, heard);
    if (frame().place !== "train") return;
    const newest = JSON.parse(snapshot);
    if (newest.diverged !== null) pause();
    report({ do: "train", change: { snapshot: { run: begun, snapshot: newest } } });
  }

  function settle(id, given, fault) {
    const { resolve, reject } = asked.get(id);
    asked.delete(id);
    if (fault === undefined) resolve(given);
    else reject(new Error(fault));
  }

  function fail(fault) {
    console.error(fault);
    for (const { reject } of asked.values()) reject(new Error(text("train.broke")));
    asked.clear();
    pause();
    complain(text("train.broke"));
  }

  // Begins what the frame asks for, if it is another run.
  function follow({ place, run, speed: wish }) {
    const away = !seen;
    seen = place === "train";
    if (!seen) return pause();
    keepPace(wish);
    if (run === begun) return away && post({ do: "ask" });
    begun = run;
    number += 1;
    journal = [];
    tell({ do: "start", run: number, setup: trainingSetup() });
    setPace();
  }

  const setPace = () => post({ do: "speed", perSecond: playing ? speed : 0 });

  function keepPace(wish) {
    if (wish === speed) return;
    speed = wish;
    if (playing) setPace();
  }

  function pause() {
    if (!playing) return;
    playing = false;
    setPace();
    onChange();
  }

  function play() {
    playing = true;
    setPace();
    onChange();
  }

  // Once a frame.
  function refresh() {
    if (!playing || waiting) return;
    waiting = true;
    post({ do: "ask" });
  }

  // Something that the run gives as text: its next case, its losses, its script.
  function give(what) {
    const id = (serial += 1);
    return new Promise((resolve, reject) => {
      asked.set(id, { what, resolve, reject });
      post({ do: "give", what, id });
    });
  }

  return {
    follow,
    forget,
    recovered,
    refresh,
    give,
    pause,
    toggle: () => (playing ? pause() : play()),
    playing: () => playing,
    // Batches a second, as measured.
    perSecond: () => perSecond,
    steps: (count) => (pause(), tell({ do: "steps", count })),
    epoch: () => (pause(), tell({ do: "epoch" })),
    command: (command) => tell({ do: "command", command }),
  };
}
