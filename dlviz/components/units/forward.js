// What each unit of a dense network gives along a line: the browser computes it from the weights that a moment holds.
//
// `flat` is the row of all parameters as torch has them: per layer the weights (outputs × inputs), then the biases. One
// number goes in and one comes out, so the answer is a sum over the units of the last hidden layer: each one's output
// times the weight that leads from it to the end, and one bias for all.

const SQRT_HALF = Math.SQRT1_2;
const EPSILON = 1e-5; // torch's, beside a variance

// Abramowitz and Stegun 1964, 7.1.26: off by at most 1.5×10⁻⁷.
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** The activations as torch has them by default. */
export const ACTIVATIONS = {
  relu: (x) => Math.max(0, x),
  leaky_relu: (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  gelu: (x) => 0.5 * x * (1 + erf(x * SQRT_HALF)),
  silu: (x) => x * sigmoid(x),
  tanh: Math.tanh,
  sigmoid,
  identity: (x) => x,
};

/**
 * Return {rows: [(G,), …], weights, starts, bias} at the places xs (G,): what each last unit adds to the answer, the
 * weight from it to the answer, {weight, bias} of its own sum where it sees x itself (else null), and the bias of all.
 * With batch norm, `norms` has each layer's means and variances, and `flat` a scale and a shift for each unit after its
 * biases: the two are one sum, for a network that no longer learns.
 */
export function contributions(flat, hidden, activations, xs, norms = null) {
  let [values, place, normed, first] = [[Float64Array.from(xs)], 0, 0, []];
  hidden.forEach((width, layer) => {
    const inputs = values.length;
    const bias = place + inputs * width;
    const scales = Array.from({ length: width }, (_, unit) => (norms ? flat[bias + width + unit] / Math.sqrt(norms[normed + width + unit] + EPSILON) : 1));
    const shifts = Array.from({ length: width }, (_, unit) => (norms ? scales[unit] * (flat[bias + unit] - norms[normed + unit]) + flat[bias + 2 * width + unit] : flat[bias + unit]));
    if (!layer) first = scales.map((scale, unit) => ({ weight: scale * flat[place + unit], bias: shifts[unit] }));
    values = scales.map((scale, unit) => sumOf(values, flat, place + unit * inputs, scale, shifts[unit]).map(ACTIVATIONS[activations[layer]]));
    place = bias + width * (norms ? 3 : 1);
    normed += 2 * width;
  });
  const weights = Array.from(values, (_, unit) => flat[place + unit]);
  const starts = hidden.length === 1 ? first : values.map(() => null);
  return { rows: values.map((row, unit) => row.map((value) => weights[unit] * value)), weights, starts, bias: flat[place + values.length] };
}

function sumOf(rows, flat, place, scale, bias) {
  const sums = new Float64Array(rows[0].length).fill(bias);
  rows.forEach((row, from) => {
    const weight = scale * flat[place + from];
    for (let i = 0; i < sums.length; i += 1) sums[i] += weight * row[i];
  });
  return sums;
}

/** Return the numbers of the units, those that move most along the line first. */
export function bySize(rows) {
  const spread = rows.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    return row.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  return rows.map((_, unit) => unit).sort((one, two) => spread[two] - spread[one] || one - two);
}

/** Return the bias and the first `count` rows of the order, added up: (G,). */
export function added(rows, order, bias, count) {
  const sum = new Float64Array(rows[0]?.length ?? 0).fill(bias);
  for (const unit of order.slice(0, count)) for (let i = 0; i < sum.length; i += 1) sum[i] += rows[unit][i];
  return sum;
}
