// The triangle of three probabilities: a corner for each class, and every row where its three shares put it.

import { dot } from "../dlviz.network/surface.js";
import { css } from "../dlviz.player/colours.js";
import { rem, sharpContext } from "../dlviz.player/elements.js";
import { probabilities } from "./model.js";
import { ring } from "./plane.js";

const TALL = Math.sqrt(3) / 2; // of a triangle with sides of 1

export class Triangle {
  constructor(canvas) {
    this.canvas = canvas;
  }

  draw(view, height) {
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, view.width, height);
    const size = 0.875 * rem();
    const room = 2 * size;
    const side = Math.min(view.width - 2 * room, (height - 2.6 * room) / TALL);
    const [left, low] = [(view.width - side) / 2, (height + side * TALL) / 2];
    this.corners = [[left, low], [left + side, low], [left + side / 2, low - side * TALL]];
    context.font = `${size}px ${view.theme.font}`;
    this.#ground(context, view);
    this.#names(context, view, size);
    for (let i = 0; i < view.count; i += 1) {
      if (view.splits[i] < 2) dot(context, view, view.labels[i], ...this.place(view, i), 3.6, view.splits[i] === 1);
    }
    if (view.shown >= 0) ring(context, view, ...this.place(view, view.shown));
  }

  /** Each class's field, the stronger the surer, with the lines on which the answer turns. */
  #ground(context, { theme }) {
    const middle = this.#at([1 / 3, 1 / 3, 1 / 3]);
    this.corners.forEach((corner, one) => {
      const [before, after] = [this.corners[(one + 2) % 3], this.corners[(one + 1) % 3]];
      path(context, [corner, between(corner, after), middle, between(corner, before)]);
      const fill = context.createRadialGradient(...corner, 0, ...corner, Math.hypot(corner[0] - middle[0], corner[1] - middle[1]));
      fill.addColorStop(0, css(theme.classes[one], 0.5));
      fill.addColorStop(1, css(theme.classes[one], 0.06));
      context.fillStyle = fill;
      context.fill();
    });
    Object.assign(context, { strokeStyle: css(theme.text, 0.8), lineWidth: 2 });
    this.corners.forEach((corner, one) => {
      path(context, [middle, between(corner, this.corners[(one + 1) % 3])], false);
      context.stroke();
    });
    Object.assign(context, { strokeStyle: css(theme.faint), lineWidth: 1.25 });
    path(context, this.corners);
    context.stroke();
  }

  #names(context, { theme, header: { classes } }, size) {
    Object.assign(context, { fillStyle: css(theme.text), textBaseline: "middle" });
    this.corners.forEach(([x, y], one) => {
      context.textAlign = ["left", "right", "center"][one];
      context.fillText(classes[one], [Math.max(0, x - size), x + size, x][one], one === 2 ? y - 1.1 * size : y + 1.2 * size);
    });
  }

  #at(shares) {
    return [0, 1].map((axis) => shares.reduce((sum, share, one) => sum + share * this.corners[one][axis], 0));
  }

  /** Where row `i` stands, in pixels of the canvas. */
  place({ sums, model }, i) {
    return this.#at(sums ? probabilities(sums.subarray(i * model.sums, (i + 1) * model.sums)) : [1 / 3, 1 / 3, 1 / 3]);
  }
}

const between = (one, other) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];

function path(context, points, closed = true) {
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  if (closed) context.closePath();
}
