// What answers are worth: counts at a threshold, and what becomes of them at all thresholds. Sums z = wᵀx + b come in,
// not probabilities: far out, σ(z) rounds to 0 or 1 where z still tells who is surer.

/** P = σ(z) = 1 / (1 + exp(−z)), without overflow. */
export function sigmoid(z) {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** The sum at which the probability is `p`. */
export const logit = (p) => Math.log(p / (1 - p));

/** One class against the rest, of sums (N, K): z with σ(z) = P(class), which is its sum less the logarithm of Σ exp of the others'. */
export function against(sums, classes, one) {
  const found = new Float64Array(sums.length / classes);
  for (let row = 0; row < found.length; row += 1) {
    const others = [];
    for (let k = 0; k < classes; k += 1) if (k !== one) others.push(sums[row * classes + k]);
    const most = Math.max(...others);
    found[row] = sums[row * classes + one] - most - Math.log(others.reduce((total, z) => total + Math.exp(z - most), 0));
  }
  return found;
}

/** Of each class, how its rows fare where the largest sum is the answer: {tp, fp, tn, fn}; sums (N, K). */
export function eachClass(sums, labels, classes) {
  const found = Array.from({ length: classes }, () => ({ tp: 0, fp: 0, tn: 0, fn: 0 }));
  labels.forEach((truth, row) => {
    const z = sums.subarray(row * classes, (row + 1) * classes);
    const answer = z.indexOf(Math.max(...z));
    found.forEach((count, k) => { count[answer === k ? (truth === k ? "tp" : "fp") : truth === k ? "fn" : "tn"] += 1; });
  });
  return found;
}

/** How many rows are answered how: class 1 where z is above the threshold's. */
export function counts(sums, labels, threshold) {
  const limit = logit(threshold);
  const found = { tp: 0, fp: 0, tn: 0, fn: 0 };
  sums.forEach((z, i) => { found[z > limit ? (labels[i] ? "tp" : "fp") : labels[i] ? "fn" : "tn"] += 1; });
  return found;
}

/** The usual shares of the counts, each [numerator, denominator]; 0 of 0 is no number. */
export function rates({ tp, fp, tn, fn }) {
  return {
    accuracy: [tp + tn, tp + tn + fp + fn],
    precision: [tp, tp + fp],
    recall: [tp, tp + fn],
    specificity: [tn, tn + fp],
    f1: [2 * tp, 2 * tp + fp + fn],
  };
}

/** The mean over the classes of {precision, recall, f1}, each class counting alike; 0 of 0 counts as 0, as in scikit-learn. */
export function macro(counts) {
  const shares = counts.map(rates);
  const mean = (name) => shares.reduce((sum, of) => sum + (of[name][1] ? of[name][0] / of[name][1] : 0), 0) / shares.length;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}

/** All thresholds from the strictest on: {z, tp, fp} after everybody with at least this sum is taken for class 1. */
export function sweep(sums, labels) {
  const order = [...sums.keys()].sort((one, other) => sums[other] - sums[one]);
  const steps = [{ z: Infinity, tp: 0, fp: 0 }];
  let [tp, fp] = [0, 0];
  order.forEach((row, place) => {
    if (labels[row]) tp += 1;
    else fp += 1;
    if (place + 1 === order.length || sums[order[place + 1]] !== sums[row]) steps.push({ z: sums[row], tp, fp });
  });
  return { steps, positives: tp, negatives: fp };
}

/** The ROC curve: x the share of class 0 taken for 1, y the share of class 1 that is found; area by trapezoids. */
export function roc({ steps, positives, negatives }) {
  const points = steps.map(({ z, tp, fp }) => ({ z, x: fp / negatives, y: tp / positives }));
  let area = 0;
  for (let i = 1; i < points.length; i += 1) area += ((points[i].x - points[i - 1].x) * (points[i].y + points[i - 1].y)) / 2;
  return { points, area };
}

/** Precision over recall; the area is average precision, Σ (Rᵢ − Rᵢ₋₁) Pᵢ, which promises nothing between two points. */
export function precisionRecall({ steps, positives }) {
  const points = steps.slice(1).map(({ z, tp, fp }) => ({ z, x: tp / positives, y: tp / (tp + fp) }));
  let [area, before] = [0, 0];
  for (const { x, y } of points) {
    area += (x - before) * y;
    before = x;
  }
  return { points, area };
}

/** Reliability: for each tenth of P (its upper end included), how many rows, their mean P and which share is class 1. */
export function reliability(sums, labels, bins = 10) {
  const found = Array.from({ length: bins }, () => ({ count: 0, sum: 0, ones: 0 }));
  sums.forEach((z, i) => {
    const p = sigmoid(z);
    const bin = found[Math.max(0, Math.ceil(p * bins) - 1)];
    bin.count += 1;
    bin.sum += p;
    bin.ones += labels[i] ? 1 : 0;
  });
  const rows = found.map(({ count, sum, ones }) => ({ count, x: sum / count, y: ones / count }));
  const off = rows.reduce((total, { count, x, y }) => total + (count ? count * Math.abs(x - y) : 0), 0) / sums.length;
  return { rows, off };
}
