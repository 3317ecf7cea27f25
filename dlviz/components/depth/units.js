// How many of a layer's sums lie where its function is flat, and how many of its units do so for every signal.

import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { perCent } from "../dlviz.player/numbers.js";
import { LEFT, RIGHT, SIZE } from "./slots.js";

const HEIGHT = 96;
const [TOP, BOTTOM] = [9, HEIGHT - 26];

export class Units {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Take the shares (L,) of flat sums and of dead units. */
  update(flat, dead, colours, theme) {
    Object.assign(this, { flat, dead, colours, theme });
  }

  draw(slots, marked, name) {
    const { theme } = this;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, slots.width, HEIGHT);
    this.#axis(context, slots);
    slots.mark(context, marked, TOP, BOTTOM, theme);
    const wide = Math.max(1.5, Math.min(26, 0.78 * slots.each));
    this.flat.forEach((share, i) => {
      this.#bar(context, slots.x(i + 1), wide, share, this.colours.flat);
      this.#bar(context, slots.x(i + 1), Math.max(1.5, 0.5 * wide), this.dead[i], this.colours.dead);
    });
    slots.write(context, BOTTOM + 8, theme, name);
  }

  #bar(context, x, wide, share, colour) {
    if (!share) return;
    const high = Math.max(1, share * (BOTTOM - TOP));
    context.fillStyle = css(colour);
    context.fillRect(x - wide / 2, BOTTOM - high, wide, high);
  }

  #axis(context, slots) {
    const { theme } = this;
    context.font = `${SIZE}px ${theme.font}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const [share, text] of [[0, perCent(0)], [1, perCent(100)]]) {
      const y = Math.round(BOTTOM - share * (BOTTOM - TOP)) + 0.5;
      context.fillStyle = css(theme.muted);
      context.fillText(text, LEFT - 8, y);
      context.fillStyle = css(theme.faint);
      context.fillRect(LEFT, y - 0.5, slots.width - LEFT - RIGHT, 1);
    }
  }
}
