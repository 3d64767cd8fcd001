// Runs everything, one section after the other; the report is awaited by the command.

import { start } from "/session.js";
import { loadWords } from "/words.js";
import { heatMaps } from "./heatmaps.js";
import { redraw } from "./redraw.js";
import { stepper } from "./stepper.js";
import { training } from "./training.js";

async function measure() {
  await Promise.all([loadWords("en"), start("step-by-step&case=figure7", () => {})]);
  const sections = [...(await training()), ...(await heatMaps()), ...(await redraw()), ...(await stepper())];
  return { browser: navigator.userAgent, date: new Date().toISOString().slice(0, 10), sections };
}

window.report = measure();
