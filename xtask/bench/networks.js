// The two networks and the samples, which every contestant gets.

import { random } from "./rounds.js";

export const SMALL = { sizes: [2, 4, 2, 1], hidden: "tanh" };
export const LARGE = { sizes: [2, 8, 8, 8, 8, 8, 8, 1], hidden: "relu" };
export const RATE = 0.03;
export const BATCH = 10;

// Layers as a case has them; tanh at the end, whose targets are −1 and 1.
export function layers({ sizes, hidden }) {
  const draw = random(7);
  return sizes.slice(1).map((units, l) => {
    const bound = Math.sqrt(6 / sizes[l]);
    const weights = Array.from({ length: units }, () => Array.from({ length: sizes[l] }, () => bound * (2 * draw() - 1)));
    return { weights, biases: Array(units).fill(0.1), activation: l + 2 === sizes.length ? "tanh" : hidden };
  });
}

// 500 points of a square; those within a circle are 1, the others −1.
export function samples() {
  const draw = random(11);
  const inputs = Array.from({ length: 500 }, () => [2 * draw() - 1, 2 * draw() - 1]);
  return { inputs, targets: inputs.map(([x, y]) => [x * x + y * y < 0.6 ? 1 : -1]) };
}

export const asCase = (network, { inputs, targets }) => ({
  format: "gradstep/1", layers: layers(network), loss: "half_squared_error", learning_rate: RATE, inputs, targets,
});
