// The S-curve: the sum z goes in, the probability comes out; every point stands above its z, at 1 or 0 as its class is.

import { Axes } from "../dlviz.curves/axes.js";
import { dot } from "../dlviz.network/surface.js";
import { css, mix } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";
import { logit, sigmoid } from "../dlviz.judge/measures.js";
import { ring } from "./plane.js";

const BAND = 0.15; // beyond 0 and 1, where the points are spread so that none hides another
const LEAST = 4; // how far the axis of z reaches at least
const STEPS = 160;
const HANDLE = 14; // pixels within which the threshold is taken hold of

export class Curve {
  constructor(canvas) {
    this.canvas = canvas;
    this.reach = LEAST;
  }

  draw(view, height) {
    const { theme, header: { words }, threshold } = view;
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, view.width, height);
    this.#stretch(view.sums);
    const axes = new Axes(context, view.width, height, { x: [-this.reach, this.reach], y: [-BAND - 0.03, 1 + BAND + 0.03], log: false, share: false, colours: theme, right: 12 });
    axes.yTicks = axes.yTicks.filter(([value]) => value >= 0 && value <= 1); // a probability is nothing else
    this.axes = axes;
    axes.draw(words.curve_x);
    Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(theme.muted) });
    context.fillText(words.curve_y, 0, 0);
    this.#threshold(context, view, axes);
    this.#curve(context, theme, axes);
    for (let i = 0; i < view.count; i += 1) if (view.splits[i] < 2) this.#point(context, view, i);
    if (view.shown >= 0 && view.sums) this.#link(context, view);
    this.#handle(context, theme, axes, threshold);
  }

  /** Let the axis reach as far as the points do; back only where they take less than half of it, so that it rests. */
  #stretch(sums) {
    if (!sums) return;
    let far = LEAST;
    for (const z of sums) if (Number.isFinite(z)) far = Math.max(far, Math.abs(z) * 1.06);
    const power = 10 ** Math.floor(Math.log10(far));
    const wanted = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((factor) => factor * power).find((one) => one >= far);
    if (wanted > this.reach || wanted < this.reach / 1.9) this.reach = wanted;
  }

  #curve(context, theme, axes) {
    const step = (2 * this.reach) / STEPS;
    context.lineCap = "round";
    context.lineWidth = 3.5;
    for (let i = 0; i < STEPS; i += 1) {
      const [z0, z1] = [-this.reach + i * step, -this.reach + (i + 1) * step];
      context.strokeStyle = css(mix(theme.text, theme.signed(2 * sigmoid((z0 + z1) / 2) - 1), 0.85));
      context.beginPath();
      context.moveTo(axes.px(z0), axes.py(sigmoid(z0)));
      context.lineTo(axes.px(z1), axes.py(sigmoid(z1)));
      context.stroke();
    }
    context.lineCap = "butt";
  }

  /** The sum at which the answer turns, and what is said to its left and right. */
  #threshold(context, { threshold, theme, header: { words } }, axes) {
    const [z, level] = [logit(threshold), axes.py(threshold)];
    const x = Math.max(axes.left, Math.min(axes.right, axes.px(z)));
    context.fillStyle = css(theme.signed(-1), 0.07);
    context.fillRect(axes.left, axes.top, x - axes.left, axes.bottom - axes.top);
    context.fillStyle = css(theme.signed(1), 0.07);
    context.fillRect(x, axes.top, axes.right - x, axes.bottom - axes.top);
    Object.assign(context, { strokeStyle: css(theme.text, 0.8), lineWidth: 2 });
    rule(context, x, axes.top, x, axes.bottom);
    Object.assign(context, { strokeStyle: css(theme.text, 0.35), lineWidth: 1 });
    context.setLineDash([4, 4]);
    rule(context, axes.left, level, x, level);
    context.setLineDash([]);
    Object.assign(context, { fillStyle: css(theme.muted), textBaseline: "middle" });
    const middle = axes.py(0.5);
    const room = 10;
    context.textAlign = "right";
    if (x - axes.left > context.measureText(words.says[0]).width + 2 * room) context.fillText(words.says[0], x - room, axes.py(threshold < 0.5 ? 0.72 : 0.3));
    context.textAlign = "left";
    if (axes.right - x > context.measureText(words.says[1]).width + 2 * room) context.fillText(words.says[1], x + room, axes.py(threshold < 0.5 ? 0.72 : 0.3));
    this.turn = { x, y: level, middle };
  }

  #handle(context, theme, axes, threshold) {
    const { x, y } = this.turn;
    context.beginPath();
    context.arc(x, y, 7.5, 0, 7);
    Object.assign(context, { fillStyle: css(theme.background), strokeStyle: css(theme.text), lineWidth: 2.25 });
    context.fill();
    context.stroke();
    Object.assign(context, { fillStyle: css(theme.text), textAlign: "left", textBaseline: "middle" });
    const text = threshold.toFixed(2);
    const right = x + 14 + context.measureText(text).width < axes.right;
    context.textAlign = right ? "left" : "right";
    context.fillText(text, x + (right ? 13 : -13), y);
  }

  /** Where point `i` stands, in pixels of the canvas; points of a class are spread over a band beyond its row. */
  place({ labels, sums }, i) {
    const spread = (((i * 0.618034) % 1) * 0.78 + 0.12) * BAND;
    return [this.axes.px(sums?.[i] ?? 0), this.axes.py(labels[i] ? 1 + spread : -spread)];
  }

  #point(context, view, i) {
    const [x, y] = this.place(view, i);
    context.globalAlpha = view.count > 250 ? 0.8 : 1;
    dot(context, view, view.labels[i], x, y, 3.2, view.splits[i] === 1);
    context.globalAlpha = 1;
  }

  /** From the point that is pointed at to its probability on the curve. */
  #link(context, view) {
    const { axes } = this;
    const [x, y] = this.place(view, view.shown);
    const end = axes.py(sigmoid(view.sums[view.shown]));
    Object.assign(context, { strokeStyle: css(view.theme.text), lineWidth: 1.5 });
    rule(context, x, y, x, end);
    context.beginPath();
    context.arc(x, end, 5, 0, 7);
    context.fillStyle = css(view.theme.text);
    context.fill();
    ring(context, view, x, y);
  }

  /** Whether a pixel is where the threshold can be taken hold of. */
  holds(px, py) {
    return Boolean(this.turn) && Math.hypot(px - this.turn.x, py - this.turn.y) < HANDLE;
  }

  /** The threshold under a pixel of the canvas. */
  thresholdAt(py) {
    return 1 - (py - this.axes.py(1)) / (this.axes.py(0) - this.axes.py(1));
  }
}

function rule(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
