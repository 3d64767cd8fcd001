// Training in plain JavaScript as one would write it for speed: flat typed arrays, nothing
// allocated in a step.

import { BATCH, layers, RATE } from "./networks.js";

const VALUE = { tanh: Math.tanh, relu: (z) => (z > 0 ? z : 0) };
const SLOPE = { tanh: (a) => 1 - a * a, relu: (a) => (a > 0 ? 1 : 0) };

function flatLayer({ weights, biases, activation }) {
  const [units, inputs] = [weights.length, weights[0].length];
  return {
    units, inputs, value: VALUE[activation], slope: SLOPE[activation],
    w: Float64Array.from(weights.flat()), b: Float64Array.from(biases),
    dw: new Float64Array(units * inputs), db: new Float64Array(units),
    a: new Float64Array(units), da: new Float64Array(units),
  };
}

export function flatTrainer(network, { inputs, targets }) {
  const net = layers(network).map(flatLayer);
  const last = net[net.length - 1];
  const xs = inputs.map((row) => Float64Array.from(row));
  const below = (l, x) => (l ? net[l - 1].a : x);

  function forward(x) {
    for (let l = 0; l < net.length; l += 1) {
      const { units, inputs: n, w, b, a, value } = net[l];
      const from = below(l, x);
      for (let j = 0; j < units; j += 1) {
        let z = b[j];
        for (let i = 0; i < n; i += 1) z += w[j * n + i] * from[i];
        a[j] = value(z);
      }
    }
  }

  function backward(x, target) {
    for (let k = 0; k < last.units; k += 1) last.da[k] = last.a[k] - target[k];
    for (let l = net.length - 1; l >= 0; l -= 1) {
      const { units, inputs: n, w, a, da, dw, db, slope } = net[l];
      const from = below(l, x);
      const daBelow = l ? net[l - 1].da : null;
      if (daBelow) daBelow.fill(0);
      for (let j = 0; j < units; j += 1) {
        const dz = da[j] * slope(a[j]);
        db[j] += dz;
        for (let i = 0; i < n; i += 1) {
          dw[j * n + i] += dz * from[i];
          if (daBelow) daBelow[i] += dz * w[j * n + i];
        }
      }
    }
  }

  function update(count) {
    const rate = RATE / count;
    for (const { w, b, dw, db } of net) {
      for (let i = 0; i < w.length; i += 1) w[i] -= rate * dw[i];
      for (let j = 0; j < b.length; j += 1) b[j] -= rate * db[j];
      dw.fill(0);
      db.fill(0);
    }
  }

  // Half the squared error, the mean over all samples.
  function loss() {
    const each = (x, s) => {
      forward(x);
      return targets[s].reduce((sum, y, k) => sum + (last.a[k] - y) ** 2, 0) / 2;
    };
    return xs.map(each).reduce((sum, one) => sum + one) / xs.length;
  }

  function epoch() {
    for (let s = 0; s < xs.length; s += 1) {
      forward(xs[s]);
      backward(xs[s], targets[s]);
      if ((s + 1) % BATCH === 0) update(BATCH);
    }
  }
  return { epoch, loss };
}
