// Training: ns a sample, forward, backward and update.

import { core } from "/session.js";
import { flatTrainer } from "./flat.js";
import { asCase, BATCH, LARGE, layers, RATE, samples, SMALL } from "./networks.js";
import { interleaved, repeats } from "./rounds.js";

const ROUNDS = 15;
const MS_A_ROUND = 60;

const ABOUT = "500 samples; forward, backward and update. Gradstep, the flat arrays and ConvNetJS update once a batch of 10; brain.js and synaptic can only update after each sample. All but ConvNetJS and synaptic, which draw their own, start from the same weights. The last unit has tanh in Gradstep and in the flat arrays, the hidden layers' activation in brain.js and synaptic, none in ConvNetJS. brain.js always has momentum, one multiplication a weight; synaptic runs code that it generates for the network. All in f64.";

function gradstep(network, data) {
  const how = { batch: BATCH, optimizer: "sgd", regularization: "none", seed: 1 };
  const trainer = new core.Trainer(JSON.stringify(asCase(network, data)), JSON.stringify(how));
  return { epochs: (count) => trainer.run((count * data.inputs.length) / BATCH), loss: () => trainer.loss() };
}

function flat(network, data) {
  const trainer = flatTrainer(network, data);
  return { epochs: (count) => repeat(count, trainer.epoch), loss: trainer.loss };
}

function brainJs(network, { inputs, targets }) {
  const { sizes, hidden } = network;
  const net = new window.brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation: hidden });
  net.sizes = sizes;
  net.initialize();
  layers(network).forEach(({ weights, biases }, l) => {
    weights.forEach((row, j) => (net.weights[l + 1][j] = row));
    biases.forEach((bias, j) => (net.biases[l + 1][j] = bias));
  });
  const patterns = inputs.map((input, s) => ({ input, output: hidden === "relu" ? [Math.max(0, targets[s][0])] : targets[s] }));
  // The error is worked out in the last epoch alone.
  const epochs = (count) => {
    net.errorCheckInterval = count;
    return net.train(patterns, { iterations: count, errorThresh: 1e-12, learningRate: RATE }).error;
  };
  return { epochs, loss: () => epochs(1) };
}

function convNetJs({ sizes, hidden }, { inputs, targets }) {
  const { Net, SGDTrainer, Vol } = window.convnetjs;
  const net = new Net();
  const fc = sizes.slice(1, -1).map((units) => ({ type: "fc", num_neurons: units, activation: hidden }));
  net.makeLayers([{ type: "input", out_sx: 1, out_sy: 1, out_depth: sizes[0] }, ...fc, { type: "regression", num_neurons: sizes.at(-1) }]);
  const trainer = new SGDTrainer(net, { learning_rate: RATE, momentum: 0, batch_size: BATCH, l2_decay: 0 });
  const vols = inputs.map((row) => new Vol(row));
  const epoch = () => vols.forEach((vol, s) => trainer.train(vol, targets[s]));
  const error = (vol, s) => (net.forward(vol).w[0] - targets[s][0]) ** 2 / 2;
  return { epochs: (count) => repeat(count, epoch), loss: () => vols.map(error).reduce((a, b) => a + b) / vols.length };
}

// Its error takes no slope of the output, so that it needs a smaller rate to learn.
const SYNAPTIC_RATE = RATE / 3;

function synapticJs({ sizes, hidden }, { inputs, targets }) {
  const { Architect, Neuron } = window.synaptic;
  const net = new Architect.Perceptron(...sizes);
  const squash = Neuron.squash[hidden.toUpperCase()];
  for (const layer of [...net.layers.hidden, net.layers.output]) layer.set({ squash });
  const epoch = () => inputs.forEach((input, s) => {
    net.activate(input);
    net.propagate(SYNAPTIC_RATE, targets[s]);
  });
  const error = (input, s) => (net.activate(input)[0] - targets[s][0]) ** 2 / 2;
  return { epochs: (count) => repeat(count, epoch), loss: () => inputs.map(error).reduce((a, b) => a + b) / inputs.length };
}

function repeat(count, work) {
  for (let i = 0; i < count; i += 1) work();
}

// Without a trainer in the module the others are measured all the same.
const OURS = { Gradstep: gradstep };
const CONTESTANTS = { ...OURS, "brain.js 1.6": brainJs, ConvNetJS: convNetJs, synaptic: synapticJs, "flat arrays": flat };

async function race(title, network, asked) {
  const data = samples();
  const contestants = Object.entries(CONTESTANTS).map(([name, build]) => {
    const { epochs, loss } = build(network, data);
    const before = loss();
    const count = repeats(() => epochs(1), MS_A_ROUND);
    const run = () => {
      const start = performance.now();
      epochs(count);
      return { ns: ((performance.now() - start) * 1e6) / (count * data.inputs.length) };
    };
    return { name, run, loss, before };
  });
  const { ns: rows } = await interleaved(contestants, ROUNDS);
  const learned = contestants.map(({ name, before, loss }) => `${name} ${before.toPrecision(3)} → ${loss().toPrecision(3)}`);
  return { title, unit: "ns a sample", about: `${ABOUT} Loss before and after: ${learned.join(", ")}.`, asked, rows };
}

export const training = async () => [
  await race("Training 2-4-2-1, tanh", SMALL, [{ peer: "brain.js 1.6", factor: 11 }]),
  await race("Training 2-8-8-8-8-8-8-1, ReLU", LARGE, [{ peer: "brain.js 1.6", factor: 20 }]),
];
