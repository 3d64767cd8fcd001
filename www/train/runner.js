// The run that trains: in a worker, or where none can start on this thread. What it says becomes
// actions.

import { background } from "../background.js";
import { engine } from "./engine.js";
import { core, dispatch, frame } from "../session.js";

// Short, so that the page stays at hand where the engine shares its thread.
const SLICE = 4;

// `onChange` is told when it begins or stops to play.
export function runner(onChange) {
  const post = background({
    url: new URL("./worker.js", import.meta.url),
    engine: (say) => engine(core.Run, say, SLICE),
    hear,
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

  // Neither a new engine nor another state of the page knows of the run.
  function forget() {
    begun = null;
    waiting = false;
  }

  function resume() {
    forget();
    follow(frame());
  }

  function hear({ snapshot, run, perSecond: pace, given, fault, id }) {
    if (id !== undefined) {
      const { resolve, reject } = asked.get(id);
      asked.delete(id);
      return fault === undefined ? resolve(given) : reject(new Error(fault));
    }
    if (fault !== undefined) return console.error(fault);
    waiting = false;
    perSecond = pace;
    if (run !== number || begun === null || frame().place !== "train") return;
    const newest = JSON.parse(snapshot);
    if (newest.diverged !== null) pause();
    dispatch({ do: "train", change: { snapshot: { run: begun, snapshot: newest } } });
  }

  // Begins what the frame asks for, if it is another run.
  function follow({ place, run, setup, speed: wish }) {
    const away = !seen;
    seen = place === "train";
    if (!seen) return pause();
    keepPace(wish);
    if (run === begun) return away && post({ do: "ask" });
    begun = run;
    number += 1;
    post({ do: "start", run: number, setup: JSON.stringify(setup) });
    post({ do: "speed", perSecond: playing ? speed : 0 });
  }

  function keepPace(wish) {
    if (wish === speed) return;
    speed = wish;
    if (playing) post({ do: "speed", perSecond: speed });
  }

  function pause() {
    if (!playing) return;
    playing = false;
    post({ do: "speed", perSecond: 0 });
    onChange();
  }

  function play() {
    playing = true;
    post({ do: "speed", perSecond: speed });
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
      asked.set(id, { resolve, reject });
      post({ do: "give", what, id });
    });
  }

  return {
    follow,
    forget,
    refresh,
    give,
    pause,
    toggle: () => (playing ? pause() : play()),
    playing: () => playing,
    // Batches a second, as measured.
    perSecond: () => perSecond,
    steps: (count) => (pause(), post({ do: "steps", count })),
    epoch: () => (pause(), post({ do: "epoch" })),
    command: (command) => post({ do: "command", command }),
  };
}
