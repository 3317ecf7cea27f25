// The model in the browser: sums of the inputs from the weights of a moment, and the probabilities that they become.

import { sigmoid } from "../dlviz.judge/measures.js";

/**
 * Weights (D,) as a moment holds them: a row of `features` · `degree` weights for each of `sums` outputs, first all first
 * powers, then all squares, and so on; then the biases.
 */
export class Model {
  constructor(flat, features, degree, sums) {
    Object.assign(this, { flat, features, degree, sums, width: features * degree });
  }

  weight(sum, feature, power = 1) { return this.flat[sum * this.width + (power - 1) * this.features + feature]; }

  bias(sum) { return this.flat[this.sums * this.width + sum]; }

  /** The sums z of the inputs at `from` of a flat array, written into `into`. */
  sumsOf(inputs, from, into) {
    for (let sum = 0; sum < this.sums; sum += 1) {
      let z = this.bias(sum);
      for (let feature = 0; feature < this.features; feature += 1) {
        const x = inputs[from + feature];
        let raised = x;
        for (let power = 1; power <= this.degree; power += 1, raised *= x) z += this.weight(sum, feature, power) * raised;
      }
      into[sum] = z;
    }
    return into;
  }

  /** Sums (N, sums), row by row. */
  all(inputs) {
    const count = inputs.length / this.features;
    const found = new Float64Array(count * this.sums);
    for (let i = 0; i < count; i += 1) this.sumsOf(inputs, i * this.features, found.subarray(i * this.sums, (i + 1) * this.sums));
    return found;
  }
}

/** Probabilities of the classes from the sums: of two classes one sum is the second's, against 0 for the first. */
export function probabilities(sums) {
  if (sums.length === 1) return [1 - sigmoid(sums[0]), sigmoid(sums[0])];
  const most = Math.max(...sums);
  const powers = Array.from(sums, (z) => Math.exp(z - most));
  const total = powers.reduce((sum, one) => sum + one, 0);
  return powers.map((one) => one / total);
}

/** Which class is said: of two, the second where its probability is above the threshold; else the most probable. */
export function answer(shares, threshold) {
  if (shares.length === 2) return Number(shares[1] > threshold);
  return shares.indexOf(Math.max(...shares));
}
