// The scale of heights: near the lowest place as they are, far above it by their logarithm, so that a flat valley
// floor and a steep wall are both readable. It serves whoever paints the ground (landscape/ground.js) and the relief.

import { tickLabel, ticks } from "../dlviz.player/numbers.js";

const LINES = 15; // lines of equal height, about
const NAMED = 3; // every so many of them has its height written on it

export class Heights {
  constructor(heights) {
    const known = Float64Array.from(heights).filter(Number.isFinite).sort();
    const at = (share) => known[Math.round(share * (known.length - 1))] ?? 0;
    [this.low, this.high] = [at(0), at(1)];
    if (!(this.high > this.low)) this.high = this.low + 1;
    this.soft = Math.max((at(0.3) - this.low) / 3, (this.high - this.low) * 1e-4); // below this a height counts as it is
    this.span = Math.log1p((this.high - this.low) / this.soft);
  }

  /** 0 for the lowest, 1 for the highest; NaN where the numbers ran away. */
  share(value) {
    return Number.isFinite(value) ? Math.log1p(Math.max(0, value - this.low) / this.soft) / this.span : NaN;
  }

  /** The height that a share stands for. */
  value(share) {
    return this.low + Math.expm1(share * this.span) * this.soft;
  }

  /** Round heights, about evenly apart on the scale. */
  levels() {
    this.known ??= roundOnes(Array.from({ length: LINES + 1 }, (_, i) => this.value(i / LINES)), this.low, this.high);
    return this.known;
  }

  /** Some of them, with their text: [[value, text], …]. */
  ticks() {
    const all = this.levels();
    return all.filter((_, i) => i % NAMED === 1).map((value) => [value, short(value, all)]);
  }
}

function roundOnes(wanted, low, high) {
  const found = [];
  for (let i = 1; i < wanted.length; i += 1) {
    const step = wanted[i] - wanted[i - 1];
    const fine = 10 ** Math.floor(Math.log10(step));
    const near = ticks(wanted[i - 1], wanted[i], 1).at(-1) ?? Infinity;
    const value = clean(Math.abs(near - wanted[i]) <= step ? near : Math.round(wanted[i] / fine) * fine);
    if (value > low && value < high && value > (found.at(-1) ?? -Infinity)) found.push(value);
  }
  return found;
}

// Without what arithmetic leaves behind: 0.15 and 0.15000000000000002 are one height, and not two steps of 10⁻¹⁷.
const clean = (value) => Number(value.toPrecision(12));

function short(value, all) {
  const place = all.indexOf(value);
  const step = Math.min(Math.abs(value - (all[place - 1] ?? -Infinity)), Math.abs((all[place + 1] ?? Infinity) - value));
  const text = tickLabel(value, step || 1);
  return text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, ""); // steps differ here: 0.04 and 0.1, not 0.040 and 0.1
}
