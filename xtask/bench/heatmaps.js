// Heat maps of all units of the largest network, coloured, on a canvas for each unit.

import { core } from "/session.js";
import { asCase, LARGE, layers, samples } from "./networks.js";
import { draw, nodes, outputs, scale } from "./nodes.js";
import { flush, interleaved } from "./rounds.js";

const ROUNDS = 15;
const REACH = 6;
const COLOURS = { negative: "#b34700", neutral: "#fcfcfb", positive: "#0072b2" };

const ABOUT = "From the parameters to 49 maps, each on a canvas of its own, with one pixel of each read back so that nothing is put off. Plain JavaScript: objects for nodes and links, one point after the other, each node's outputs kept, then a scale. Gradstep computes in f32, its peer in f64, and has the two inputs' maps as well.";

function contexts(count, n) {
  return Array.from({ length: count }, () => Object.assign(document.createElement("canvas"), { width: n, height: n }).getContext("2d"));
}

const flat = (all) => Float64Array.from(all.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]));

function gradstep(n, repeats) {
  const spec = { features: ["x1", "x2"], points: n, reach: REACH, colours: COLOURS };
  const maps = new core.HeatMaps(JSON.stringify(asCase(LARGE, samples())), JSON.stringify(spec));
  const parameters = flat(layers(LARGE));
  const on = contexts(maps.count(), n);
  const frame = () => {
    maps.update(parameters);
    on.forEach((context, i) => maps.paint(context, i));
    on.forEach(flush);
  };
  return { name: "Gradstep", run: timed(frame, repeats), shown: on.slice(2) };
}

function plain(n) {
  const network = nodes(layers(LARGE));
  const on = contexts(LARGE.sizes.slice(1).reduce((a, b) => a + b), n);
  const colour = scale(palette());
  const frame = () => {
    outputs(network, n, REACH).forEach((map, u) => draw(on[u], map, colour));
    on.forEach(flush);
  };
  return { name: "plain JavaScript", run: timed(frame, 1), shown: on };
}

const timed = (frame, repeats) => () => {
  const start = performance.now();
  for (let i = 0; i < repeats; i += 1) frame();
  return { ms: (performance.now() - start) / repeats };
};

// Gradstep's own colours, by painting x₁ as wide as the table is long.
function palette() {
  const spec = { features: ["x1", "x2"], points: 256, reach: 1, colours: COLOURS };
  const maps = new core.HeatMaps(JSON.stringify(asCase(LARGE, samples())), JSON.stringify(spec));
  const [context] = contexts(1, 256);
  maps.paint(context, 0);
  const { data } = context.getImageData(0, 0, 256, 1);
  return Array.from({ length: 256 }, (_, i) => ({ r: data[4 * i], g: data[4 * i + 1], b: data[4 * i + 2] }));
}

// Both show the same: pixels may differ where f32 falls on the other side of a colour's edge.
function differing(one, other, n) {
  const pixels = (context) => new Uint32Array(context.getImageData(0, 0, n, n).data.buffer);
  let count = 0;
  one.forEach((context, u) => {
    const theirs = pixels(other[u]);
    pixels(context).forEach((pixel, p) => (count += pixel === theirs[p] ? 0 : 1));
  });
  return count / (one.length * n * n);
}

async function race(n, asked) {
  const contestants = [gradstep(n, 10), plain(n)];
  const { ms: rows } = await interleaved(contestants, ROUNDS);
  const share = differing(contestants[0].shown, contestants[1].shown, n);
  const same = `Pixels that differ between the two: ${(100 * share).toPrecision(2)} %.`;
  return { title: `Heat maps of all units of 2-8-8-8-8-8-8-1, ${n} × ${n}`, unit: "ms", about: `${ABOUT} ${same}`, asked, rows };
}

export const heatMaps = async () => [
  await race(100, [{ peer: "plain JavaScript", factor: 15 }]),
  await race(256, [{ peer: "plain JavaScript", factor: 15 }]),
];
