// The experiment that runs, in a worker or where none can start on this thread. What it says
// becomes actions.

import { background } from "../background.js";
import { breakDown, core, dispatch, explain, frame, instance, report as take } from "../session.js";
import { notify } from "../voice.js";
import { text } from "../words.js";
import { engine } from "./engine.js";

// Short, so that the page stays at hand where the engine shares its thread.
const SLICE = 4;

export function trials() {
  // The frame's number of the run that the engine has, and the runner's own: other states of the
  // page, as after a link, count their runs from 0 again.
  let begun = null;
  let number = 0;
  const post = background({
    url: new URL("./worker.js", import.meta.url),
    engine: (say) => engine(core, (said) => shared(said, say), SLICE, instance),
    hear,
    busy: () => begun !== null,
    lost: resume,
  });

  // Another engine knows of nothing: what runs begins anew, and measures the same.
  function resume(how) {
    const again = begun !== null && how !== "none";
    begun = null;
    follow(frame());
    notify(`${text(`background.${how}`)} ${again ? text("experiments.resumed") : ""}`);
  }

  // What traps here has taken the page's core with it.
  function shared(said, say) {
    if (said.trap !== undefined) breakDown(said.trap);
    say(said);
  }

  function hear({ run, done, report, times, fault }) {
    if (run !== number || begun === null) return;
    if (fault !== undefined) {
      console.error(fault);
      dispatch({ do: "experiments", change: "cancel" });
      return explain("trial");
    }
    take({ do: "experiments", change: news({ done, report, times }) });
  }

  function news({ done, report, times }) {
    if (report !== undefined) return { report: { run: begun, report: JSON.parse(report) } };
    if (times !== undefined) return { times: { run: begun, times } };
    return { progress: { run: begun, done } };
  }

  // Starts what the frame asks for, and stops what it no longer does.
  function follow({ place, run, progress, card, seeds, clock }) {
    const wanted = place === "experiments" && progress ? run : null;
    if (wanted === begun) return;
    begun = wanted;
    number += 1;
    post({ run: number, start: wanted === null ? null : { card, seeds, clock } });
  }

  return { follow };
}
