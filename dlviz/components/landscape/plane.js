// A plane through weight space, as the browser has it: where on it the weights of a moment stand, and which weights
// stand at a place of it. `origin` (D,), `directions` and `measures` (2, D), as dlviz/probes/landscape.py makes them;
// `middle` is what the axes say where the origin is: the two weights themselves, or nothing.

export class WeightPlane {
  constructor({ origin, directions, measures }, middle) {
    this.middle = middle;
    this.size = origin.data.length;
    this.origin = origin.data;
    this.directions = rows(directions, this.size);
    this.measures = rows(measures, this.size);
  }

  /** Whether rows of weights (D,) can be seen on this plane. */
  fits(weights) {
    return this.size > 0 && weights?.length === this.size;
  }

  /** Return [across, along] of the nearest place on the plane. */
  placeOf(weights) {
    return this.measures.map((row, axis) => this.middle[axis] + sum(this.size, (i) => row[i] * (weights[i] - this.origin[i])));
  }

  /** Return how far the weights are from their nearest place on the plane. */
  distanceOf(weights) {
    const [across, along] = this.placeOf(weights).map((value, axis) => value - this.middle[axis]);
    const [first, second] = this.directions;
    const away = (i) => weights[i] - this.origin[i] - across * first[i] - along * second[i];
    return Math.sqrt(sum(this.size, (i) => away(i) ** 2));
  }

  /** Return what has to be written where, as [[place, value], …], so that the network stands at a place of the plane. */
  weightsAt(across, along) {
    const [first, second] = this.directions;
    const places = [...this.origin.keys()].filter((i) => first[i] || second[i]);
    const value = (i) => this.origin[i] + (across - this.middle[0]) * first[i] + (along - this.middle[1]) * second[i];
    return places.map((i) => [i, Number(value(i).toPrecision(7))]);
  }
}

const rows = ({ data }, size) => [data.subarray(0, size), data.subarray(size, 2 * size)];

function sum(count, of) {
  let total = 0;
  for (let i = 0; i < count; i += 1) total += of(i);
  return total;
}

/** Where the moments of a track stand on a plane: [[across, along] or null, …], kept until another one comes. */
export class Way {
  constructor(plane) {
    this.plane = plane;
    this.places = [];
  }

  of(track) {
    if (track !== this.track || track.version !== this.version) {
      const known = track === this.track ? this.places : [];
      this.places = track.moments.map((moment, i) => (known[i]?.moment === moment ? known[i] : this.#place(moment)));
      Object.assign(this, { track, version: track.version });
    }
    return this.places;
  }

  #place(moment) {
    const weights = moment.arrays.weights?.data;
    const known = this.plane.fits(weights) && weights.every(Number.isFinite);
    return { moment, at: known ? this.plane.placeOf(weights) : null };
  }
}
