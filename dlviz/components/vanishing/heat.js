// The gradient of every layer at every update, as a strip for each layer: the scores on top, the first layer at the
// bottom, so that the way back leads down. Colours climb with the logarithm of the length.

import { paint } from "../dlviz.maps/drawing.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { LEFT, RIGHT, SIZE, nameRows, xOf } from "./places.js";

const FOOT = 22;

export class Heat {
  constructor(canvas) {
    this.canvas = canvas;
    this.sheet = document.createElement("canvas");
  }

  /** Take lengths (T, rows), the logarithms between which colours climb, and how many updates the axis has. */
  update({ data, shape: [moments, rows] }, [low, high], steps, theme) {
    Object.assign(this, { moments, rows, steps, theme });
    const shares = new Float32Array(rows * moments);
    for (let row = 0; row < rows; row += 1) {
      for (let i = 0; i < moments; i += 1) {
        const length = data[i * rows + row];
        shares[(rows - 1 - row) * moments + i] = length > 0 ? Math.max(0.02, (Math.log10(length) - low) / (high - low)) : NaN;
      }
    }
    paint(this.sheet, shares, rows, moments, theme.ramps.sequential, 0, 1);
  }

  height(narrow) {
    return Math.max(150, Math.min(narrow ? 240 : 300, 20 * this.rows)) + FOOT;
  }

  draw(width, height, step, pointed, words) {
    const { theme, rows, moments, steps } = this;
    Object.assign(this, { width, bottom: height - FOOT });
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    context.font = `${SIZE}px ${theme.font}`;
    context.imageSmoothingEnabled = false;
    const end = xOf(width, moments, steps + 1);
    context.fillStyle = css(theme.faint, 0.5); // what has no number: exactly zero
    context.fillRect(LEFT, 0, end - LEFT, this.bottom);
    if (moments <= steps) { // or not finite any more
      context.fillStyle = css(theme.danger, 0.25);
      context.fillRect(end, 0, width - RIGHT - end, this.bottom);
    }
    context.drawImage(this.sheet, 0, 0, moments, rows, LEFT, 0, end - LEFT, this.bottom);
    nameRows(context, rows, this.bottom, theme, words);
    this.#mark(context, step);
    this.#foot(context, words);
    if (pointed) this.#frame(context, pointed);
  }

  /** [step, row] under a pixel; rows count from the first layer. */
  at(x, y) {
    const share = (x - LEFT) / (this.width - LEFT - RIGHT);
    const step = Math.max(0, Math.min(this.moments - 1, Math.floor(share * (this.steps + 1))));
    return [step, Math.max(0, Math.min(this.rows - 1, this.rows - 1 - Math.floor((y / this.bottom) * this.rows)))];
  }

  #mark(context, step) {
    const x = xOf(this.width, step + 0.5, this.steps + 1);
    for (const [colour, wide] of [[css(this.theme.background, 0.9), 5], [css(this.theme.text), 2]]) {
      context.fillStyle = colour;
      context.fillRect(x - wide / 2, 0, wide, this.bottom);
    }
  }

  #frame(context, [step, row]) {
    const [x0, x1] = [step, step + 1].map((place) => xOf(this.width, place, this.steps + 1));
    const high = this.bottom / this.rows;
    context.strokeStyle = css(this.theme.text);
    context.lineWidth = 1.5;
    context.strokeRect(x0 - 1.5, (this.rows - 1 - row) * high + 0.75, Math.max(3, x1 - x0) + 3, high - 1.5);
  }

  #foot(context, words) {
    context.fillStyle = css(this.theme.muted);
    context.textBaseline = "top";
    context.textAlign = "left";
    context.fillText("0", LEFT, this.bottom + 6);
    context.textAlign = "right";
    context.fillText(`${words.step} ${this.steps}`, this.width - RIGHT, this.bottom + 6);
  }
}
