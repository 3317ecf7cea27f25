// The flat row of all parameters, read and changed by place. Per layer stand weights (outputs × inputs), then
// biases, then, where the layer is normalised, a scale and a shift for each of its units.
//
// Two classes have two scores, and the map shows softmax(scores)[1] = σ(score 1 − score 0): so what a unit says to
// the map is the difference of its two weights, and changing it moves both by half, in opposite directions.

export class Parameters {
  /** `sizes`: inputs that are on, units of each hidden layer, scores; `normalised`: whether hidden layers are. */
  constructor(flat, sizes, normalised) {
    Object.assign(this, { flat, sizes });
    this.starts = [];
    let place = 0;
    for (let layer = 0; layer + 1 < sizes.length; layer += 1) {
      this.starts.push(place);
      const hidden = layer + 2 < sizes.length;
      place += (sizes[layer] + 1 + (normalised && hidden ? 2 : 0)) * sizes[layer + 1];
    }
    this.known = flat?.length === place;
  }

  get #last() {
    return this.sizes.length - 2;
  }

  #differs(layer) {
    return layer === this.#last && this.sizes.at(-1) === 2;
  }

  /** The places of a link's weight: one, or the two whose difference it is. */
  #weights(layer, to, from) {
    const row = (unit) => this.starts[layer] + unit * this.sizes[layer] + from;
    return this.#differs(layer) ? [row(0), row(1)] : [row(to)];
  }

  /** The place of the bias of unit `index` in column `layer` (from 1), or, beyond the last column, of the output's. */
  #biases(layer, index) {
    const start = this.starts[layer - 1] + this.sizes[layer - 1] * this.sizes[layer];
    return this.#differs(layer - 1) ? [start, start + 1] : [start + index];
  }

  #value(places) {
    if (!this.known) return 0;
    return places.length === 2 ? this.flat[places[1]] - this.flat[places[0]] : this.flat[places[0]];
  }

  /** What has to be written where, as [[place, value], …], so that the value there becomes `value`. */
  #changes(places, value) {
    if (!this.known) return [];
    if (places.length === 1) return [[places[0], value]];
    const middle = (this.flat[places[0]] + this.flat[places[1]]) / 2;
    return [[places[0], middle - value / 2], [places[1], middle + value / 2]];
  }

  weight(layer, to, from) {
    return this.#value(this.#weights(layer, to, from));
  }

  bias(layer, index) {
    return this.#value(this.#biases(layer, index));
  }

  /** Return the changes that give a link {link} or a bias {bias} another value. */
  changed({ link, bias }, value) {
    return this.#changes(link ? this.#weights(...link) : this.#biases(...bias), value);
  }

  valueOf({ link, bias }) {
    return link ? this.weight(...link) : this.bias(...bias);
  }
}
