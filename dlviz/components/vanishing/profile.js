// The gradient of every layer at the update on show, beside the rows of the heat, on a log axis.

import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { logMarks } from "../dlviz.player/numbers.js";
import { SIZE } from "./places.js";

const FOOT = 22;
const PAD = 10;

export class Profile {
  constructor(canvas) {
    this.canvas = canvas;
  }

  draw(width, height, [low, high], now, before, theme) {
    Object.assign(this, { width, low, high });
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    const bottom = height - FOOT;
    this.#axis(context, bottom, theme);
    if (before) this.#line(context, before, bottom, css(theme.muted), [5, 4], 1.75, 0);
    if (now) this.#bars(context, now, bottom, theme);
  }

  #x(length) {
    return PAD + ((Math.log10(length) - this.low) / (this.high - this.low)) * (this.width - 2 * PAD);
  }

  #axis(context, bottom, theme) {
    context.font = `${SIZE}px ${theme.font}`;
    context.textBaseline = "top";
    context.textAlign = "center";
    let free = -Infinity;
    for (const [value, text] of logMarks(10 ** this.low, 10 ** this.high)) {
      const x = Math.round(this.#x(value));
      const half = context.measureText(text).width / 2;
      if (x - half < Math.max(0, free + 10) || x + half > this.width) continue;
      free = x + half;
      context.fillStyle = css(theme.faint);
      context.fillRect(x, 0, 1, bottom);
      context.fillStyle = css(theme.muted);
      context.fillText(text, x, bottom + 6);
    }
  }

  #bars(context, lengths, bottom, theme) {
    const high = bottom / lengths.length;
    context.fillStyle = css(theme.accent);
    lengths.forEach((length, row) => {
      if (!(length > 0)) return;
      const y = (lengths.length - 1 - row) * high;
      context.globalAlpha = 0.22;
      context.fillRect(PAD, y + 0.15 * high, Math.max(0, this.#x(length) - PAD), 0.7 * high);
      context.globalAlpha = 1;
    });
    this.#line(context, lengths, bottom, css(theme.accent), [], 2.25, Math.min(4, 0.3 * high));
  }

  #line(context, lengths, bottom, colour, dash, wide, dot) {
    const high = bottom / lengths.length;
    const places = [...lengths].flatMap((length, row) => (length > 0 ? [[this.#x(length), (lengths.length - 0.5 - row) * high]] : []));
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = wide;
    context.setLineDash(dash);
    context.beginPath();
    for (const place of places) context.lineTo(...place);
    context.stroke();
    context.setLineDash([]);
    if (!dot) return;
    for (const [x, y] of places) {
      context.beginPath();
      context.arc(x, y, dot, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
