// Where everything of the small network stands: its layers from left to right and the large map beside them, or,
// on a phone, from top to bottom and the map below.

const NARROW = 560; // pixels of width
const MOST_NODE = 52;
const EDGE = 10;
const REACH = 6; // pixels within which a pointer means a link

export class Geometry {
  constructor(width, sizes, narrow = width < NARROW) {
    Object.assign(this, { width, sizes, narrow, layers: sizes.slice(0, -1) });
    const side = this.narrow ? Math.min(width, 380) : Math.round(Math.min(440, width * 0.44));
    const most = Math.max(...this.layers);
    const across = this.narrow ? Math.min(width, 420) : side; // room for the units of one layer
    this.node = Math.max(14, Math.min(this.narrow ? 44 : MOST_NODE, across / most / 1.3));
    const along = this.narrow ? this.layers.length * this.node * 2 : width - side - 2 * EDGE; // room for all layers
    this.map = this.narrow ? { x: (width - side) / 2, y: along + EDGE, side } : { x: width - side, y: 0, side };
    this.height = this.map.y + side;
    this.columns = this.layers.map((units, layer) => this.#column(units, layer, along, across));
    this.mouth = this.narrow ? [width / 2, this.map.y] : [this.map.x, side / 2]; // where the last links end
  }

  /** The middles of a layer's units: `far` along the network, spread out across it. */
  #column(units, layer, along, across) {
    const half = this.node / 2;
    const last = along - half - (this.narrow ? this.node : EDGE + this.node * 0.6);
    const first = half + (this.narrow ? 2 : EDGE);
    const far = this.layers.length === 1 ? first : first + ((last - first) * layer) / (this.layers.length - 1);
    const step = Math.min(across / units, this.node * 1.75);
    const middle = this.narrow ? this.width / 2 : across / 2;
    return Array.from({ length: units }, (_, i) => this.#turn(far, middle + (i - (units - 1) / 2) * step));
  }

  #turn(far, beside) {
    return this.narrow ? [beside, far] : [far, beside];
  }

  /** Where the name of an input stands: below it, or beside it where the network runs downwards. */
  nameOf(x, y) {
    return this.narrow ? [x + this.node / 2 + 14, y + 5] : [x, y + this.node / 2 + 16];
  }

  /** The four points of the curve from unit `from` of a layer to unit `to` of the next. */
  curve(layer, to, from) {
    const leave = this.#turn(this.node / 2, 0);
    const start = this.columns[layer][from].map((value, i) => value + leave[i]);
    const last = layer === this.layers.length - 1;
    const end = last ? this.mouth : this.columns[layer + 1][to].map((value, i) => value - leave[i]);
    return bent(start, end, this.narrow);
  }

  /** Every link as [layer, to, from]; those of the last layer end in the large map. */
  *links() {
    for (let layer = 0; layer < this.layers.length; layer += 1) {
      const ends = layer === this.layers.length - 1 ? 1 : this.layers[layer + 1];
      for (let to = 0; to < ends; to += 1) for (let from = 0; from < this.layers[layer]; from += 1) yield [layer, to, from];
    }
  }

  /** What stands at (x, y): {unit: [layer, index]}, {link: [layer, to, from]}, or null. */
  under(x, y) {
    const half = this.node / 2;
    for (const [layer, column] of this.columns.entries()) {
      const index = column.findIndex(([cx, cy]) => Math.abs(x - cx) <= half && Math.abs(y - cy) <= half);
      if (index >= 0) return { unit: [layer, index] };
    }
    let [found, least] = [null, REACH];
    for (const link of this.links()) {
      const far = distance(this.curve(...link), x, y);
      if (far < least) [found, least] = [{ link }, far];
    }
    return found;
  }
}

/** The four points of a link's curve: it leaves `start` and reaches `end` along the network, which may run downwards. */
export function bent(start, end, downwards) {
  const axis = downwards ? 1 : 0;
  const middle = (start[axis] + end[axis]) / 2;
  const bend = ([x, y]) => (downwards ? [x, middle] : [middle, y]);
  return [start, bend(start), bend(end), end];
}

/** How far (x, y) is from a cubic curve, at the nearest of 33 points along it. */
export function distance([a, b, c, d], x, y) {
  let least = Infinity;
  for (let step = 0; step <= 32; step += 1) {
    const t = step / 32;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const [px, py] = [0, 1].map((i) => p * a[i] + q * b[i] + r * c[i] + s * d[i]);
    least = Math.min(least, Math.hypot(px - x, py - y));
  }
  return least;
}
