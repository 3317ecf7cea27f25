// A race as the browser holds it: who was where at which step, and everything that was measured on the way.

export class Race {
  constructor(header, arrays) {
    Object.assign(this, { header, arrays });
    [this.count, this.length] = arrays.path.shape; // racers, and places of each: the start and T more
    this.walkers = arrays.crowd?.shape[1] ?? 0; // of each racer, from starts of a grid
  }

  get steps() {
    return this.length - 1;
  }

  /** Where racer i is after a step, which may lie between two; null once it is lost. */
  place(i, step) {
    const before = Math.min(this.steps, Math.floor(step));
    const from = this.#pair("path", i, before, this.length);
    const share = step - before;
    const to = share > 0 ? this.#pair("path", i, before + 1, this.length) : null;
    if (!from || !to) return from;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  }

  /** What was measured of racer i after a whole step: "losses", "norms", "distances", "seconds" or "evaluations". */
  measured(name, i, step) {
    return this.arrays[name].data[i * this.length + Math.min(this.steps, Math.floor(step))];
  }

  /** What the optimizer of racer i had in hand as it took the step after `step`: "slopes", "moments" or "squares"; or null. */
  held(name, i, step) {
    return this.#pair(name, i, Math.min(this.steps - 1, Math.floor(step)), this.steps);
  }

  /** The longest of all pairs of one kind that racer i had in hand. */
  longest(name, i) {
    let most = 0;
    for (let step = 0; step < this.steps; step += 1) most = Math.max(most, Math.hypot(...(this.held(name, i, step) ?? [0, 0])));
    return most;
  }

  /** Where walker w of racer i is after a whole step; null once it is lost. */
  walker(i, w, step) {
    return this.#pair("crowd", i * this.walkers + w, Math.min(this.steps, step), this.length);
  }

  #pair(name, i, step, length) {
    const at = 2 * (i * length + step);
    const { data } = this.arrays[name];
    return Number.isFinite(data[at]) && Number.isFinite(data[at + 1]) ? [data[at], data[at + 1]] : null;
  }
}

/** The height at a place, between those that are known; NaN outside of them. */
export function heightAt({ heights, across, upwards }, x, y) {
  const [rows, columns] = heights.shape;
  const column = ((x - across.data[0]) / (across.data.at(-1) - across.data[0])) * (columns - 1);
  const row = rows > 1 ? ((y - upwards.data[0]) / (upwards.data.at(-1) - upwards.data[0])) * (rows - 1) : 0;
  if (!(column >= 0 && column <= columns - 1 && row >= 0 && row <= rows - 1)) return NaN;
  const [i, j] = [Math.min(columns - 2, Math.floor(column)), Math.max(0, Math.min(rows - 2, Math.floor(row)))];
  const at = (k, l) => heights.data[Math.min(rows - 1, k) * columns + l];
  const between = (k) => at(k, i) + (column - i) * (at(k, i + 1) - at(k, i));
  return between(j) + (row - j) * (between(j + 1) - between(j));
}
