// What the network says of every place of the plane at the update on show, and the points that it learns.

import { paint } from "../dlviz.maps/drawing.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";

const LARGEST = 280;

export class PlaneMap {
  constructor(canvas) {
    this.canvas = canvas;
    this.sheet = document.createElement("canvas");
  }

  /** Take maps (M, S, S) of the probability of class 1, the updates (M,) they were made after, points and labels. */
  update(maps, steps, points, labels, extent, theme) {
    Object.assign(this, { maps, steps: steps.data, points: points.data, labels: labels.data, extent, theme });
  }

  draw(width, step) {
    const side = Math.min(width, LARGEST);
    this.canvas.style.height = this.canvas.style.width = `${side}px`;
    const context = sharpContext(this.canvas, side, side);
    const cells = this.maps.shape[1];
    const place = this.steps.findLastIndex((at) => at <= step);
    if (place < 0) return;
    const map = this.maps.data.subarray(place * cells * cells, (place + 1) * cells * cells);
    paint(this.sheet, map, cells, cells, this.theme.ramps.soft, 0, 1);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.sheet, 0, 0, side, side);
    this.#points(context, side);
  }

  #points(context, side) {
    const { theme, points, extent } = this;
    context.lineWidth = 1;
    context.strokeStyle = css(theme.background);
    this.labels.forEach((label, i) => {
      const [x, y] = [points[2 * i], points[2 * i + 1]].map((value) => (value / extent + 1) / 2);
      context.fillStyle = css(theme.signed(label ? 1 : -1));
      context.beginPath();
      context.arc(x * side, (1 - y) * side, 3.25, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
  }
}
