// The columns that all pictures of an unrolled network share: one a step, names left of them, numbers right of them.

import { percent } from "../dlviz.player/numbers.js";

const WIDEST = 76; // pixels of a column: three letters are no three barn doors
const GAP = 10;

export class Columns {
  constructor(width, count, names, size, theme) {
    const measure = document.createElement("canvas").getContext("2d");
    measure.font = `${0.875 * size}px ${theme.font}`;
    const widest = (texts) => Math.max(0, ...texts.map((text) => measure.measureText(text).width));
    this.left = Math.ceil(Math.max(widest(names), widest(["10⁻¹²"]))) + GAP;
    this.right = Math.ceil(widest([percent(1)])) + GAP;
    this.wide = Math.min(WIDEST, (width - this.left - this.right) / count);
    this.end = this.left + this.wide * count;
    Object.assign(this, { width, count, size });
  }

  /** Where the column of a step begins. */
  x(step) {
    return this.left + step * this.wide;
  }

  /** The middle of the column of a step. */
  middle(step) {
    return this.x(step) + this.wide / 2;
  }

  /** The step whose column is at this pixel, null beside all of them. */
  at(pixel) {
    const step = Math.floor((pixel - this.left) / this.wide);
    return step >= 0 && step < this.count ? step : null;
  }
}
