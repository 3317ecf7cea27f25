// Where everything of the network stands: inputs, hidden layers and the large map from left to right, or, on a
// phone, from top to bottom. Nothing here draws.

import { bent, distance } from "../dlviz.plane/geometry.js";

const NARROW = 560; // pixels of width
const HEAD = 78; // above a layer: its units, its activation
const EDGE = 6;
const NAME = 54; // room for the name of an input
const REACH = 7; // pixels within which a pointer means a link
const BIAS = 8; // pixels a side of the mark of a bias
const MOUTH = 10; // pixels between the middle of an end of links and the mark of its bias

export class Layout {
  /** `inputs`: whether each input is on; `hidden`: units of each hidden layer; `outputs`: where links end. */
  constructor(width, inputs, hidden, outputs) {
    Object.assign(this, { width, narrow: width < NARROW });
    this.active = inputs.flatMap((on, place) => (on ? [place] : []));
    this.counts = [inputs.length, ...hidden];
    if (this.narrow) this.#downwards(outputs);
    else this.#rightwards(outputs);
  }

  #rightwards(outputs) {
    const { width } = this;
    const side = Math.max(190, Math.min(420, Math.round(width * 0.5 - 14 * (this.counts.length - 1))));
    const body = Math.max(side, 316);
    this.node = Math.max(22, Math.min(42, body / Math.max(...this.counts) / 1.22, (width - side - NAME) / this.counts.length / 1.35));
    this.head = HEAD;
    this.map = { x: width - side, y: HEAD, side };
    this.height = HEAD + body;
    const first = NAME + this.node / 2;
    const last = this.map.x - this.node * 0.5 - 34;
    const places = this.counts.length;
    this.along = this.counts.map((_, i) => (places === 1 ? first : first + ((last - first) * i) / (places - 1)));
    this.columns = this.counts.map((units, layer) => this.#spread(units, body, (at) => [this.along[layer], HEAD + at], 7));
    this.mouths = this.#spread(outputs, side, (at) => [this.map.x, HEAD + at], 2);
  }

  #downwards(outputs) {
    const { width } = this;
    const most = Math.max(...this.counts);
    this.node = Math.max(22, Math.min(40, width / most / 1.16));
    this.head = 48;
    const step = this.node + this.head + 18;
    this.along = this.counts.map((_, i) => this.node / 2 + 30 + i * step);
    const side = Math.min(width, 420);
    this.map = { x: (width - side) / 2, y: this.along.at(-1) + this.node / 2 + 56, side };
    this.height = this.map.y + side;
    this.columns = this.counts.map((units, layer) => this.#spread(units, width, (at) => [at, this.along[layer]], 6));
    this.mouths = this.#spread(outputs, side, (at) => [this.map.x + at, this.map.y], 2);
  }

  /** The middles of `units` things over `room` pixels, no farther apart than `room / least`. */
  #spread(units, room, place, least) {
    const step = Math.min((room - 2 * EDGE) / units, (room - 2 * EDGE) / least);
    return Array.from({ length: units }, (_, i) => place(room / 2 + (i - (units - 1) / 2) * step));
  }

  get last() {
    return this.columns.length - 1;
  }

  /** How many links there are. */
  get count() {
    return (this.counted ??= [...this.links()].length);
  }

  /** Every link as [layer, to, from]: `from` counts the inputs that are on; those of the last layer end in the map. */
  *links() {
    for (let layer = 0; layer <= this.last; layer += 1) {
      const from = layer ? this.columns[layer].length : this.active.length;
      const to = layer === this.last ? this.mouths.length : this.columns[layer + 1].length;
      for (let end = 0; end < to; end += 1) for (let start = 0; start < from; start += 1) yield [layer, end, start];
    }
  }

  /** The four points of the curve of a link. */
  curve(layer, to, from) {
    const half = this.node / 2;
    const [x, y] = this.columns[layer][layer ? from : this.active[from]];
    const [u, v] = layer === this.last ? this.mouths[to] : this.columns[layer + 1][to];
    const into = layer === this.last ? 0 : half;
    const start = this.narrow ? [x, y + half] : [x + half, y];
    const end = this.narrow ? [u, v - into] : [u - into, v];
    return bent(start, end, this.narrow);
  }

  /** All that has weights or feeds them: the inputs, the hidden units, and as the last column where the links end. */
  get places() {
    return [...this.columns, this.mouths];
  }

  /** The corner of the mark of a unit's bias; that of an output stands beside the end of its links. */
  bias(layer, index) {
    const [x, y] = this.places[layer][index];
    if (layer > this.last) return this.narrow ? [x + MOUTH, y - BIAS - 5, BIAS] : [x - BIAS - 5, y + MOUTH, BIAS];
    return [x - this.node / 2 - 3, y + this.node / 2 - BIAS + 3, BIAS];
  }

  /** What stands at (x, y): {unit: [layer, index]}, {bias: [layer, index]}, {link: [layer, to, from]}, {map: [x, y]} in shares, or null. */
  under(x, y) {
    const { map } = this;
    if (x >= map.x && x <= map.x + map.side && y >= map.y && y <= map.y + map.side) {
      return { map: [(x - map.x) / map.side, (y - map.y) / map.side] };
    }
    return this.#unitUnder(x, y) ?? this.#linkUnder(x, y);
  }

  #unitUnder(x, y) {
    for (const [layer, column] of this.places.entries()) {
      const half = layer > this.last ? 0 : this.node / 2; // an end of links is as wide as they are
      for (const [index, [cx, cy]] of column.entries()) {
        const [bx, by, side] = this.bias(layer, index);
        if (layer && x >= bx - 3 && x <= bx + side + 2 && y >= by - 2 && y <= by + side + 3) return { bias: [layer, index] };
        if (Math.abs(x - cx) <= half && Math.abs(y - cy) <= half) return { unit: [layer, index] };
      }
    }
    return null;
  }

  #linkUnder(x, y) {
    let [found, least] = [null, REACH];
    for (const link of this.links()) {
      const curve = this.curve(...link);
      const far = near(curve, x, y) ? distance(curve, x, y) : Infinity;
      if (far < least) [found, least] = [{ link }, far];
    }
    return found;
  }
}

/** Whether (x, y) may be within reach of a curve, told by its box alone: the curve itself takes longer. */
function near([a, , , d], x, y) {
  const within = (value, one, other) => value >= Math.min(one, other) - REACH && value <= Math.max(one, other) + REACH;
  return within(x, a[0], d[0]) && within(y, a[1], d[1]);
}
