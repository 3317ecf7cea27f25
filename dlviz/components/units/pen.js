// The pen: strokes over the picture become one height at each of some places from -1 to 1. A later stroke goes over an
// earlier one.

export const PLACES = 81;
export const HIGHEST = 1; // a point that is drawn lies from -1 to 1 across and up, as its data hold it

export class Pen {
  constructor() {
    this.clear();
  }

  clear() {
    this.heights = new Array(PLACES).fill(null);
    this.last = null;
  }

  /** Begin with these points [[x, y], …]. */
  take(points) {
    this.clear();
    for (const [x, y] of points) this.heights[placeOf(x)] = y;
  }

  lift() {
    this.last = null;
  }

  /** Draw on to (x, y), straight from where the stroke was. */
  to(x, y) {
    const now = [Math.max(-1, Math.min(1, x)), Math.max(-HIGHEST, Math.min(HIGHEST, y))];
    const [from, to] = [this.last ?? now, now].map(([across]) => placeOf(across));
    for (let place = Math.min(from, to); place <= Math.max(from, to); place += 1) {
      const share = to === from ? 1 : (place - from) / (to - from);
      this.heights[place] = (this.last ?? now)[1] * (1 - share) + now[1] * share;
    }
    this.last = now;
  }

  get points() {
    return this.heights.flatMap((y, place) => (y === null ? [] : [[(2 * place) / (PLACES - 1) - 1, y]]));
  }
}

const placeOf = (x) => Math.round(((x + 1) / 2) * (PLACES - 1));
