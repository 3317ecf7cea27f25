// A number over the updates, in line with the heat above it: the loss, or the length of the whole gradient.

import { Axes } from "../dlviz.curves/axes.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { LEFT, RIGHT } from "./places.js";

const HEIGHT = 128;
const CLIP = 4; // what blows up leaves the picture at so many times the loss that it began with

export class Course {
  constructor(canvas, log) {
    Object.assign(this, { canvas, log });
  }

  /** Take series [{values (T,), colour, dash, width}] over so many updates, and a level to mark, if any. */
  update(series, steps, level, theme) {
    Object.assign(this, { series, steps, level, theme });
    const all = series.flatMap(({ values }) => [...values]).filter((value) => Number.isFinite(value) && (!this.log || value > 0));
    if (level) all.push(level);
    if (this.log) this.range = [Math.min(...all, 1) / 1.5, Math.max(...all, 1e-3) * 1.5];
    else this.range = [0, Math.min(Math.max(...all, 0.1), CLIP * Math.max(...series.map(({ values }) => values[0] || 0), 0.2)) * 1.08];
  }

  draw(width, step) {
    const { theme } = this;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, width, HEIGHT);
    const axes = new Axes(context, width, HEIGHT, { x: [0, this.steps + 1], y: this.range, log: this.log, share: false, colours: theme, right: RIGHT });
    Object.assign(axes, { left: LEFT, top: 8, bottom: HEIGHT - 10 });
    axes.draw(null);
    context.save();
    context.beginPath();
    context.rect(LEFT, 0, width - LEFT, HEIGHT);
    context.clip();
    if (this.level) this.#level(context, axes);
    const x = axes.px(step + 0.5);
    context.fillStyle = css(theme.muted, 0.8);
    context.fillRect(x - 0.75, axes.top, 1.5, axes.bottom - axes.top);
    for (const one of this.series) this.#line(context, axes, one, step);
    context.restore();
  }

  #level(context, axes) {
    context.strokeStyle = css(this.theme.muted);
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(axes.left, axes.py(this.level));
    context.lineTo(axes.right, axes.py(this.level));
    context.stroke();
    context.setLineDash([]);
  }

  #line(context, axes, { values, colour, dash, width, marked }, step) {
    context.strokeStyle = context.fillStyle = css(colour);
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(dash);
    context.beginPath();
    for (let i = 0; i < values.length; i += 1) {
      if (!this.log || values[i] > 0) context.lineTo(axes.px(i + 0.5), axes.py(values[i]));
    }
    context.stroke();
    context.setLineDash([]);
    if (!marked || step >= values.length || (this.log && !(values[step] > 0))) return;
    context.beginPath();
    context.arc(axes.px(step + 0.5), axes.py(values[step]), 4.5, 0, 2 * Math.PI);
    context.fill();
  }
}
