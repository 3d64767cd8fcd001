// Heat maps as a page without WebAssembly would make them: objects for nodes and links, one point
// after the other, each node's outputs kept, then each map coloured by a scale.

const VALUE = { tanh: Math.tanh, relu: (z) => (z > 0 ? z : 0) };

class Node {
  constructor(bias, activation) {
    Object.assign(this, { bias, activation, links: [], output: 0 });
  }

  update() {
    let z = this.bias;
    for (const link of this.links) z += link.weight * link.source.output;
    this.output = VALUE[this.activation](z);
  }
}

export function nodes(layers) {
  const inputs = layers[0].weights[0].map(() => new Node(0, "relu"));
  const network = [inputs];
  for (const { weights, biases, activation } of layers) {
    const below = network.at(-1);
    network.push(weights.map((row, j) => {
      const node = new Node(biases[j], activation);
      node.links = row.map((weight, i) => ({ weight, source: below[i] }));
      return node;
    }));
  }
  return network;
}

// For each node a map of n × n outputs.
export function outputs(network, n, reach) {
  const units = network.slice(1).flat();
  const maps = units.map(() => Array.from({ length: n }, () => new Array(n)));
  const at = (i) => reach * ((2 * i + 1) / n - 1);
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column < n; column += 1) {
      network[0][0].output = at(column);
      network[0][1].output = -at(row);
      for (const layer of network.slice(1)) for (const node of layer) node.update();
      for (let u = 0; u < units.length; u += 1) maps[u][row][column] = units[u].output;
    }
  }
  return maps;
}

// From −1 to 1, in `colours` steps of { r, g, b }.
export const scale = (colours) => (value) => colours[Math.max(0, Math.min(colours.length - 1, Math.floor(((value + 1) / 2) * colours.length)))];

export function draw(context, map, colour) {
  const n = map.length;
  const image = context.createImageData(n, n);
  let p = 0;
  for (const row of map) {
    for (const value of row) {
      const { r, g, b } = colour(value);
      image.data[p++] = r;
      image.data[p++] = g;
      image.data[p++] = b;
      image.data[p++] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
