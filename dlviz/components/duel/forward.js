// What a small network answers, in float64 and at once, so that the picture follows a hand that moves a weight. Torch
// computes the same from the same numbers (dlviz/training/descent.py), and a test compares the two.
//
// `flat` is the row of all parameters in the order of torch: per layer weights (outputs × inputs), then biases. Hidden
// units are tanh units; the one score z at the end says class 1 with probability σ(z).

export const INPUTS = ["x₁", "x₂"];

const MAP = 100; // cells a side of the answer's map
const UNIT = 24; // and of a unit's
const ZERO = 128; // a unit's map holds 1 to 255 around it
const FULL = 127;

/** Every weight and bias as {place, layer, to, from}, from = null for a bias, in the order of the row. */
export function parametersOf(sizes) {
  const found = [];
  for (let layer = 0; layer + 1 < sizes.length; layer += 1) {
    for (let to = 0; to < sizes[layer + 1]; to += 1) for (let from = 0; from < sizes[layer]; from += 1) found.push({ layer, to, from });
    for (let to = 0; to < sizes[layer + 1]; to += 1) found.push({ layer, to, from: null });
  }
  return found.map((one, place) => ({ place, ...one }));
}

/** Return {scores (N,), units: [(N,), …]} for points (N, 2): the scores, and what each hidden unit gives. */
export function answers(flat, sizes, points) {
  const count = points.length / 2;
  const units = [];
  let values = [0, 1].map((axis) => Float64Array.from({ length: count }, (_, i) => points[2 * i + axis]));
  let place = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer += 1) {
    const hidden = layer + 2 < sizes.length;
    const biases = place + sizes[layer] * sizes[layer + 1];
    const before = { values, place };
    values = Array.from({ length: sizes[layer + 1] }, (_, to) => unit(before, flat, sizes[layer], to, flat[biases + to], hidden));
    if (hidden) units.push(...values);
    place = biases + sizes[layer + 1];
  }
  return { scores: values[0], units };
}

function unit({ values, place }, flat, inputs, to, bias, hidden) {
  const sums = new Float64Array(values[0].length).fill(bias);
  values.forEach((row, from) => {
    const weight = flat[place + to * inputs + from];
    for (let i = 0; i < sums.length; i += 1) sums[i] += weight * row[i];
  });
  return hidden ? sums.map(Math.tanh) : sums;
}

/** Return {loss, share}: the mean cross-entropy −log of what was said of the true class, and the share of right answers. */
export function quality(flat, sizes, points, labels) {
  const { scores } = answers(flat, sizes, points);
  let [sum, right] = [0, 0];
  scores.forEach((z, i) => {
    sum += Math.max(z, 0) - z * labels[i] + Math.log1p(Math.exp(-Math.abs(z)));
    right += Number(z > 0 === labels[i] > 0.5);
  });
  return { loss: sum / scores.length, share: right / scores.length };
}

const grids = new Map();

/** The middles of side × side cells of the plane, (side², 2), row by row from the top left. */
function grid(side, extent) {
  const key = `${side}/${extent}`;
  if (!grids.has(key)) {
    const middle = (i) => (((i + 0.5) / side) * 2 - 1) * extent;
    grids.set(key, Float64Array.from({ length: 2 * side * side }, (_, i) => (i % 2 ? -middle(Math.floor(i / 2 / side)) : middle((i >> 1) % side))));
  }
  return grids.get(key);
}

/** Return a moment as the player's have it: output_map (G, G) uint8 and unit_maps (U, g, g) uint8. */
export function momentOf(flat, sizes, extent) {
  const { scores } = answers(flat, sizes, grid(MAP, extent));
  const output = Uint8Array.from(scores, (z) => Math.round(255 / (1 + Math.exp(-z))));
  const { units } = answers(flat, sizes, grid(UNIT, extent));
  const maps = new Uint8Array(units.length * UNIT * UNIT);
  units.forEach((row, i) => maps.set(row.map((value) => ZERO + Math.round(FULL * value)), i * UNIT * UNIT));
  return { arrays: { output_map: { data: output, shape: [MAP, MAP] }, unit_maps: { data: maps, shape: [units.length, UNIT, UNIT] } } };
}
