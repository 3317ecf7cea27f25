// The size of signals and gradients by layer, on a log axis: measured as solid lines, as theory has them as dashes.

import { Axes } from "../dlviz.curves/axes.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { LEFT, RIGHT } from "./slots.js";

const HEIGHT = 200;
const LEAST = 1e-300;
const ROOM = 1.6; // factor of free space above and below

export const DASH = [6, 5];
export const DOTS = [2, 4];

export class Lines {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Take series [{values (L+1), colour, dash, width}]. */
  update(series, theme) {
    Object.assign(this, { series, theme });
    const all = series.flatMap(({ values, bounds }) => (bounds === false ? [] : [...values])).filter((value) => value > LEAST && Number.isFinite(value));
    this.range = [Math.min(0.5, ...all) / ROOM, Math.max(2, ...all) * ROOM];
  }

  draw(slots, marked, name) {
    const { theme } = this;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, slots.width, HEIGHT);
    const axes = new Axes(context, slots.width, HEIGHT, { x: [-0.5, slots.layers + 0.5], y: this.range, log: true, share: false, colours: theme, right: RIGHT });
    Object.assign(axes, { left: LEFT, top: 8, bottom: HEIGHT - 26 });
    axes.draw(null);
    slots.mark(context, marked, axes.top, axes.bottom, theme);
    context.save();
    context.beginPath();
    context.rect(LEFT, axes.top - 2, slots.width - LEFT, axes.bottom - axes.top + 4);
    context.clip();
    for (const one of this.series) this.#line(context, axes, one, marked);
    context.restore();
    slots.write(context, axes.bottom + 8, theme, name);
  }

  #line(context, axes, { values, colour, dash, width, dots }, marked) {
    context.strokeStyle = context.fillStyle = css(colour);
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    values.forEach((value, layer) => value > LEAST && Number.isFinite(value) && context.lineTo(axes.px(layer), axes.py(value)));
    context.stroke();
    context.setLineDash([]);
    if (!dots) return;
    values.forEach((value, layer) => {
      if (!(value > LEAST) || !Number.isFinite(value)) return;
      context.beginPath();
      context.arc(axes.px(layer), axes.py(value), layer === marked ? 4.5 : values.length > 32 ? 0 : 2.5, 0, 2 * Math.PI);
      context.fill();
    });
  }
}
