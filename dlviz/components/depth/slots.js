// One place across for every layer, the same in all charts of the component, so that they read downwards.

import { css } from "../dlviz.player/colours.js";

export const LEFT = 58; // pixels beside the slots
export const RIGHT = 8;
export const SIZE = 14; // of all writing, in pixels

/** Where the slots of the layers 0 to `layers` are in a chart of this width. */
export class Slots {
  constructor(width, layers) {
    Object.assign(this, { width, layers, each: (width - LEFT - RIGHT) / (layers + 1) });
  }

  /** The middle of a layer's slot. */
  x(layer) {
    return LEFT + (layer + 0.5) * this.each;
  }

  /** The layer under a pixel. */
  at(pixel) {
    return Math.max(0, Math.min(this.layers, Math.floor((pixel - LEFT) / this.each)));
  }

  /** Mark one slot from top to bottom. */
  mark(context, layer, top, bottom, theme) {
    if (layer === null) return;
    context.fillStyle = css(theme.text, 0.09);
    const wide = Math.max(this.each, 4);
    context.fillRect(this.x(layer) - wide / 2, top, wide, bottom - top);
  }

  /** Write the numbers of the layers under the chart, as many as there is room for, and what they count. */
  write(context, y, theme, name) {
    context.font = `${SIZE}px ${theme.font}`;
    context.fillStyle = css(theme.muted);
    context.textBaseline = "top";
    context.textAlign = "left";
    context.fillText(name, 0, y);
    context.textAlign = "center";
    const gap = [1, 2, 5, 10, 20, 50].find((step) => step * this.each >= 26) ?? 50;
    for (let layer = 0; layer <= this.layers; layer += gap) context.fillText(String(layer), this.x(layer), y);
  }
}
