// How the numbers of every layer are spread: for each a shape, as wide as there are many of a value, and in the colour of
// the value, orange below zero and blue above it.

import { css, mix, signed } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { significant } from "../dlviz.player/numbers.js";
import { LEFT, RIGHT, SIZE } from "./slots.js";

const HEIGHT = 132;
const EDGE = 9; // pixels above and below
const FULL = 0.94; // of a slot that the widest place of a shape takes

export class Violins {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Take histograms (L+1, G), where the axis ends, and the word for it where it counts in sizes of the layer. */
  update({ data, shape: [, bins] }, reach, unit, theme) {
    Object.assign(this, { counts: data, bins, reach, unit, theme });
  }

  draw(slots, marked) {
    const context = sharpContext(this.canvas, slots.width, HEIGHT);
    this.canvas.style.height = `${HEIGHT}px`;
    this.#axis(context, slots);
    slots.mark(context, marked, 0, HEIGHT, this.theme);
    context.fillStyle = this.#colours(context);
    for (let layer = 0; layer <= slots.layers; layer += 1) this.#shape(context, slots, layer);
  }

  #y(place) {
    return EDGE + (1 - place / this.bins) * (HEIGHT - 2 * EDGE);
  }

  #axis(context, slots) {
    const { theme } = this;
    context.font = `${SIZE}px ${theme.font}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    const rows = [[this.bins, this.reach], [this.bins / 2, 0], [0, -this.reach]];
    for (const [place, value] of rows) {
      const y = Math.round(this.#y(place)) + 0.5;
      context.fillStyle = css(theme.muted);
      context.fillText(`${significant(value, 1)}${value ? this.unit : ""}`, LEFT - 8, y);
      context.fillStyle = css(value ? theme.faint : theme.muted, value ? 1 : 0.6);
      context.fillRect(LEFT, y - 0.5, slots.width - LEFT - RIGHT, 1);
    }
  }

  /** Orange from below through the neutral of the theme to blue: what a value's own colour is. */
  #colours(context) {
    const { theme } = this;
    const ramp = context.createLinearGradient(0, HEIGHT - EDGE, 0, EDGE);
    const grey = mix(theme.neutral, theme.text, 0.3);
    const least = theme.dark ? 0.85 : 0.6; // near zero too a value must be seen
    for (const share of [-1, -0.5, -0.2, -0.06]) ramp.addColorStop((share + 1) / 2, css(signed(Math.sign(share) * Math.max(least, -share), theme)));
    ramp.addColorStop(0.5, css(grey));
    for (const share of [0.06, 0.2, 0.5, 1]) ramp.addColorStop((share + 1) / 2, css(signed(Math.max(least, share), theme)));
    return ramp;
  }

  #shape(context, slots, layer) {
    const row = this.counts.subarray(layer * this.bins, (layer + 1) * this.bins);
    const most = row.reduce((a, b) => Math.max(a, b), 0);
    if (!most) return;
    const half = Array.from(row, (count) => (count ? Math.max(0.75, (FULL * slots.each / 2) * Math.sqrt(count / most)) : 0));
    const first = half.findIndex(Boolean);
    const last = half.findLastIndex(Boolean);
    const x = slots.x(layer);
    context.beginPath();
    for (let bin = first; bin <= last; bin += 1) this.#step(context, x, half[bin], bin);
    for (let bin = last; bin >= first; bin -= 1) this.#step(context, x, -half[bin], bin, true);
    context.closePath();
    context.fill();
  }

  #step(context, x, half, bin, down = false) {
    const [first, second] = down ? [bin + 1, bin] : [bin, bin + 1];
    context.lineTo(x + half, this.#y(first));
    context.lineTo(x + half, this.#y(second));
  }
}
