// Runs everything, or the part that the address names, one section after the other; the report is
// awaited by the command.

import { start } from "/session.js";
import { loadWords } from "/words.js";
import { experiments } from "./experiments.js";
import { heatMaps } from "./heatmaps.js";
import { redraw } from "./redraw.js";
import { stepper } from "./stepper.js";
import { training } from "./training.js";

const PARTS = { training, heatmaps: heatMaps, redraw, stepper, experiments };

async function measure() {
  const wanted = new URLSearchParams(location.search).get("part");
  if (wanted && !PARTS[wanted]) throw new Error(`there is no part ${wanted}, only ${Object.keys(PARTS).join(", ")}`);
  await Promise.all([loadWords("en"), start("step-by-step&case=figure7", () => {})]);
  const found = {};
  for (const [name, part] of Object.entries(PARTS)) found[name] = !wanted || wanted === name ? await part() : [];
  const { experiments: trials, ...compared } = found;
  return { date: new Date().toISOString().slice(0, 10), sections: Object.values(compared).flat(), experiments: trials };
}

window.report = measure();
