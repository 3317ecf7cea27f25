// A model with one input: its curve from its weights, and how much a miss pulls at it.

/** What the model says at x: the powers of (x − middle) / spread, weighed, and the bias, which is the last weight. */
export function answer(weights, x, { middle, spread, unit: [zero, one] }) {
  const u = (x - middle) / spread;
  let [sum, power] = [weights[weights.length - 1], 1];
  for (let i = 0; i + 1 < weights.length; i += 1) {
    power *= u;
    sum += weights[i] * power;
  }
  return zero + one * sum;
}

/** Points [[x, y], …] of a curve over [low, high]. */
export function curve(weights, low, high, scale, count = 160) {
  return Array.from({ length: count + 1 }, (_, i) => {
    const x = low + ((high - low) * i) / count;
    return [x, answer(weights, x, scale)];
  });
}

/** How hard a miss pulls the line, in the units of y: its size where it is squared, never more than delta, or always the same. */
export function pull(miss, { fault, delta, unit: [, one] }) {
  const size = Math.abs(miss);
  if (fault === "squared") return size;
  return fault === "huber" ? Math.min(size, delta * one) : Math.min(size, 0.06 * one);
}

/** The straight line that lies best, [weight, bias], for points [{x, y}, …]; null where all stand above one another. */
export function straight(points, { middle, spread, unit: [zero, one] }) {
  const n = points.length;
  const [mx, my] = ["x", "y"].map((name) => points.reduce((sum, point) => sum + point[name], 0) / n);
  let [across, both] = [0, 0];
  for (const { x, y } of points) {
    across += (x - mx) ** 2;
    both += (x - mx) * (y - my);
  }
  if (!(across > 1e-9)) return null;
  const slope = both / across;
  return [(slope * spread) / one, (my - slope * (mx - middle) - zero) / one];
}
