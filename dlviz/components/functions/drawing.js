// How functions and their slopes are drawn: two plots one above the other on one axis of x, with bars between the slopes
// and that axis where a function is flat or dead, the probe through both, and a tangent on each curve.

import { Axes } from "../dlviz.curves/axes.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { significant } from "../dlviz.player/numbers.js";

const [UPPER, LOWER, NARROW] = [310, 210, 480]; // heights of the plots; a narrow page has lower ones
const BAR = 7; // height of a bar, its gap included
const STEEP = 3; // slopes beyond this leave the picture
const RIGHT = 12;
const TANGENT = 0.13; // of the width, to either side

/** The lowest and the highest finite value of the rows, within what can be shown, and some room around them. */
function extent(rows, least, most) {
  let [low, high] = least;
  for (const row of rows) {
    for (const value of row) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  [low, high] = [Math.max(low, -most), Math.min(high, most)];
  const room = 0.06 * (high - low);
  return [low - room, high + room];
}

export class Drawing {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** The x under a pixel. */
  at(pixel) {
    return this.upper ? this.upper.at(pixel) : 0;
  }

  draw(width, { header, x, values, slopes, theme }, place) {
    const narrow = width < NARROW;
    const heights = [narrow ? 230 : UPPER, (narrow ? 165 : LOWER) + BAR * values.length];
    this.canvas.style.height = `${heights[0] + heights[1]}px`;
    const context = sharpContext(this.canvas, width, heights[0] + heights[1]);
    Object.assign(this, { context, theme, x, header, place });
    const shape = { x: [x[0], x.at(-1)], log: false, share: false, colours: theme, right: RIGHT };
    this.upper = new Axes(context, width, heights[0], { ...shape, y: extent(values, [-0.5, 1], Math.max(1.5, header.reach)) });
    this.lower = new Axes(context, width, heights[1], { ...shape, y: extent(slopes, [0, 1], STEEP) });
    const left = Math.max(this.upper.left, this.lower.left);
    for (const axes of [this.upper, this.lower]) axes.left = left;
    this.upper.bottom += this.upper.size + 6; // its x stand below the other plot
    this.lower.bottom -= BAR * values.length + 2;
    this.#plot(0, this.upper, header.words.f, values, slopes);
    this.#plot(heights[0], this.lower, header.words.slope, slopes, null);
  }

  #plot(top, axes, name, rows, tangents) {
    const { context, theme, header } = this;
    context.save();
    context.translate(0, top);
    this.#ground(axes, name, tangents === null);
    context.beginPath();
    context.rect(axes.left, axes.top - 4, axes.right - axes.left, axes.bottom - axes.top + 5);
    context.save();
    context.clip();
    if (tangents) this.#tangents(axes, rows, tangents);
    rows.forEach((row, i) => this.#curve(axes, row, theme.classes[i], header.functions[i].jumps));
    this.#pointer(axes);
    context.restore();
    rows.forEach((row, i) => this.#dot(axes, row[this.place], theme.classes[i]));
    context.restore();
  }

  /** Grid, zero lines, name of y, and below the lower plot the bars and the name of x. */
  #ground(axes, name, last) {
    const { context, theme, header } = this;
    axes.draw(null);
    context.strokeStyle = theme.css(theme.muted, 0.75);
    context.lineWidth = 1;
    for (const [x0, y0, x1, y1] of [[axes.left, axes.py(0), axes.right, axes.py(0)], [axes.px(0), axes.top, axes.px(0), axes.bottom]]) {
      context.beginPath();
      context.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
      context.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
      context.stroke();
    }
    context.fillStyle = theme.css(theme.text);
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillText(name, axes.left, 0);
    if (!last) return;
    header.functions.forEach((one, i) => this.#bars(axes, one.flat, i));
    const bottom = axes.bottom;
    axes.bottom += BAR * header.functions.length + 2;
    context.lineWidth = 1;
    this.#ticks(axes, header.words.x);
    axes.bottom = bottom;
  }

  #ticks(axes, name) {
    const { context, theme } = this;
    const row = axes.bottom + 5;
    context.fillStyle = theme.css(theme.muted);
    context.textBaseline = "top";
    context.textAlign = "right";
    context.fillText(name, axes.right, row);
    const room = axes.right - context.measureText(name).width - 14;
    context.textAlign = "center";
    const span = axes.x1 - axes.x0;
    const step = [0.5, 1, 2, 5, 10].find((one) => (span / one) * 44 < axes.right - axes.left) ?? 10;
    for (let at = Math.ceil(axes.x0 / step - 1e-9) * step; at <= axes.x1 + 1e-9; at += step) {
      const x = axes.px(at);
      if (x > room || x < axes.left - 1) continue;
      context.fillText(`${Math.abs(at) < 1e-9 ? 0 : at}`.replace("-", "−"), x, row);
    }
  }

  /** Bars where a function is flat (light) or dead (full), in its colour, in a row of its own. */
  #bars(axes, stretches, i) {
    const { context, theme } = this;
    const top = axes.bottom + 3 + BAR * i;
    context.fillStyle = theme.css(theme.faint, 0.5);
    context.fillRect(axes.left, top, axes.right - axes.left, BAR - 2);
    for (const [low, high, dead] of stretches) {
      const [x0, x1] = [Math.max(axes.left, axes.px(low)), Math.min(axes.right, axes.px(high))];
      context.fillStyle = theme.css(theme.classes[i], dead ? 1 : 0.45);
      if (x1 > x0) context.fillRect(x0, top, x1 - x0, BAR - 2);
    }
  }

  #curve(axes, row, colour, jumps) {
    const { context, x, theme } = this;
    context.strokeStyle = theme.css(colour);
    context.lineWidth = 2.5;
    context.lineJoin = "round";
    context.beginPath();
    let pen = false;
    for (let i = 0; i < x.length; i += 1) {
      if (Number.isNaN(row[i])) {
        pen = false;
        continue;
      }
      if (pen && jumps.some((at) => at > x[i - 1] - 1e-9 && at <= x[i] && (at > x[i - 1] + 1e-9 || row[i - 1] !== row[i]))) pen = Math.abs(row[i] - row[i - 1]) < 0.05;
      const [px, py] = [axes.px(x[i]), Math.max(-1e4, Math.min(1e4, axes.py(row[i])))];
      if (pen) context.lineTo(px, py);
      else context.moveTo(px, py);
      pen = true;
    }
    context.stroke();
  }

  #tangents(axes, rows, slopes) {
    const { context, x, place, theme } = this;
    const reach = TANGENT * (axes.x1 - axes.x0);
    context.setLineDash([5, 4]);
    context.lineWidth = 1.5;
    rows.forEach((row, i) => {
      const [at, value, slope] = [x[place], row[place], slopes[i][place]];
      if (Number.isNaN(value) || Number.isNaN(slope)) return;
      const scale = (axes.right - axes.left) / (axes.x1 - axes.x0) / ((axes.bottom - axes.top) / (axes.y1 - axes.y0));
      const short = reach / Math.sqrt(1 + (slope / scale) ** 2); // as long on the screen whatever the slope
      context.strokeStyle = theme.css(theme.mix(theme.classes[i], theme.text, 0.35));
      context.beginPath();
      context.moveTo(axes.px(at - short), axes.py(value - slope * short));
      context.lineTo(axes.px(at + short), axes.py(value + slope * short));
      context.stroke();
    });
    context.setLineDash([]);
  }

  #pointer(axes) {
    const { context, theme, x, place } = this;
    const at = Math.round(axes.px(x[place])) + 0.5;
    context.strokeStyle = theme.css(theme.text, 0.55);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(at, axes.top - 4);
    context.lineTo(at, axes.bottom);
    context.stroke();
    if (axes !== this.upper) return;
    const text = `x = ${significant(Math.abs(x[place]) < 1e-9 ? 0 : x[place])}`;
    const room = context.measureText(text).width + 12;
    const right = at + room < axes.right;
    context.fillStyle = theme.css(theme.background, 0.88);
    context.fillRect(right ? at + 3 : at - room - 2, axes.bottom - axes.size - 10, room - 2, axes.size + 6);
    context.fillStyle = theme.css(theme.text);
    context.textAlign = right ? "left" : "right";
    context.textBaseline = "bottom";
    context.fillText(text, at + (right ? 8 : -8), axes.bottom - 5);
  }

  #dot(axes, value, colour) {
    const { context, theme, x, place } = this;
    if (Number.isNaN(value) || value < axes.y0 || value > axes.y1) return;
    context.beginPath();
    context.arc(axes.px(x[place]), axes.py(value), 5, 0, 2 * Math.PI);
    context.fillStyle = theme.css(colour);
    context.strokeStyle = theme.css(theme.background);
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
}
