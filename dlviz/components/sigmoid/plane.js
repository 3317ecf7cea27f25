// The plane: the probability at every place as colour, the line on which the answer turns, and the points.

import { paint } from "../dlviz.maps/drawing.js";
import { dot } from "../dlviz.network/surface.js";
import { rem, sharpContext, through } from "../dlviz.player/elements.js";
import { css } from "../dlviz.player/colours.js";
import { ticks, tickLabel } from "../dlviz.player/numbers.js";
import { logit, sigmoid } from "../dlviz.judge/measures.js";
import { contour } from "./contours.js";
import { probabilities } from "./model.js";

const SIDE = 81; // places a side at which the plane is asked
const RADIUS = 10;
const CERTAIN = 63;
const MARGINS = [-1, 1]; // sums at which the dashed lines run

export class Plane {
  constructor(canvas) {
    this.canvas = canvas;
    this.ground = document.createElement("canvas");
  }

  /** Draw for a view {width, theme, model, threshold, header, points…}; the picture is a square under `top` pixels. */
  draw(view) {
    const size = 0.875 * rem();
    const edge = { left: 1.6 * size, top: size + 8, bottom: 2.1 * size, right: 2 };
    const side = Math.max(40, Math.min(view.width - edge.left - edge.right, 460));
    this.box = { x: edge.left, y: edge.top, side };
    const height = side + edge.top + edge.bottom;
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, view.width, height);
    context.font = `${size}px ${view.theme.font}`;
    this.#axes(context, view, size);
    context.save();
    context.beginPath();
    context.roundRect(this.box.x, this.box.y, side, side, RADIUS);
    context.clip();
    context.fillStyle = css(view.theme.neutral);
    context.fillRect(this.box.x, this.box.y, side, side);
    if (view.model) this.#surface(context, view);
    this.#points(context, view);
    context.restore();
  }

  /** Where point `i` stands, in pixels of the canvas. */
  place(view, i) {
    return this.pixels(view, view.inputs[2 * i], view.inputs[2 * i + 1]);
  }

  /** Where a place of the plane is, in pixels of the canvas. */
  pixels({ header: { extent } }, across, up) {
    const { x, y, side } = this.box;
    return [x + ((across / extent + 1) * side) / 2, y + ((1 - up / extent) * side) / 2];
  }

  /** The place on the plane under a pixel of the canvas, or null outside. */
  at(view, px, py) {
    const { x, y, side } = this.box;
    const [across, up] = [(2 * (px - x)) / side - 1, 1 - (2 * (py - y)) / side];
    return Math.max(Math.abs(across), Math.abs(up)) > 1 ? null : [across * view.header.extent, up * view.header.extent];
  }

  #axes(context, { theme, header }, size) {
    const { x, y, side } = this.box;
    const { extent, words } = header;
    Object.assign(context, { fillStyle: css(theme.muted), textAlign: "center", textBaseline: "top" });
    for (const value of ticks(-extent, extent, 6).filter((one) => Math.abs(one) < extent)) {
      context.fillText(tickLabel(value, 2), x + ((value / extent + 1) * side) / 2, y + side + 5);
    }
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    for (const value of ticks(-extent, extent, 6).filter((one) => Math.abs(one) < extent)) {
      context.fillText(tickLabel(value, 2), x - 5, y + ((1 - value / extent) * side) / 2);
    }
    Object.assign(context, { textAlign: "right", textBaseline: "top" });
    context.fillText("x₁", x + side, y + side + 5);
    Object.assign(context, { textAlign: "left", textBaseline: "top" });
    context.fillText(words.plane_y, 0, 0);
    this.size = size;
  }

  #surface(context, view) {
    const { model, header: { extent }, threshold } = view;
    const sums = new Float64Array(SIDE * SIDE * model.sums);
    const place = [0, 0];
    for (let row = 0, at = 0; row < SIDE; row += 1) {
      place[1] = extent * (1 - (2 * row) / (SIDE - 1));
      for (let column = 0; column < SIDE; column += 1, at += model.sums) {
        place[0] = extent * ((2 * column) / (SIDE - 1) - 1);
        model.sumsOf(place, 0, sums.subarray(at, at + model.sums));
      }
    }
    const { x, y, side } = this.box;
    if (model.sums === 1) paint(this.ground, sums.map(sigmoid), SIDE, SIDE, view.theme.ramps.soft, 0, 1);
    else this.#paintClasses(sums, view);
    const half = side / (SIDE - 1) / 2; // the outermost places lie on the edge, so their cells reach beyond it
    context.imageSmoothingEnabled = true;
    context.drawImage(this.ground, x - half, y - half, side + 2 * half, side + 2 * half);
    if (model.sums === 1) {
      for (const margin of MARGINS) this.#line(context, view, contour(sums, SIDE, margin), 1.25, [5, 5], 0.75);
      this.#line(context, view, contour(sums, SIDE, logit(threshold)), 2.5, [], 1);
      return;
    }
    for (let one = 0; one < model.sums; one += 1) this.#line(context, view, contour(ahead(sums, model.sums, one), SIDE, 0), 2, [], 1);
  }

  #paintClasses(sums, { theme, model }) {
    [this.ground.width, this.ground.height] = [SIDE, SIDE];
    const context = this.ground.getContext("2d");
    const image = context.createImageData(SIDE, SIDE);
    const out = new Uint32Array(image.data.buffer);
    for (let i = 0; i < out.length; i += 1) {
      const shares = probabilities(sums.subarray(i * model.sums, (i + 1) * model.sums));
      const first = shares.indexOf(Math.max(...shares));
      const sure = (shares[first] - 1 / shares.length) / (1 - 1 / shares.length);
      out[i] = theme.classRamps[first][Math.round(CERTAIN * sure)];
    }
    context.putImageData(image, 0, 0);
  }

  #line(context, { theme }, paths, width, dash, strength) {
    const { x, y, side } = this.box;
    const scale = side / (SIDE - 1);
    Object.assign(context, { strokeStyle: css(theme.text, strength), lineWidth: width, lineJoin: "round" });
    context.setLineDash(dash);
    for (const path of paths) {
      through(context, path.map(([across, down]) => [x + across * scale, y + down * scale]));
      context.stroke();
    }
    context.setLineDash([]);
  }

  #points(context, view) {
    for (let i = 0; i < view.count; i += 1) {
      if (view.splits[i] > 1) continue; // test rows are not looked at here
      dot(context, view, view.labels[i], ...this.place(view, i), 3.8, view.splits[i] === 1);
    }
    if (view.shown >= 0) ring(context, view, ...this.place(view, view.shown));
  }
}

/** By how much one sum is ahead of the best other one, at every place. */
function ahead(sums, width, one) {
  return Float64Array.from({ length: sums.length / width }, (_, i) => {
    let best = -Infinity;
    for (let other = 0; other < width; other += 1) if (other !== one) best = Math.max(best, sums[i * width + other]);
    return sums[i * width + one] - best;
  });
}

/** A ring around the point that is pointed at. */
export function ring(context, { theme }, x, y) {
  context.beginPath();
  context.arc(x, y, 8.5, 0, 7);
  Object.assign(context, { strokeStyle: css(theme.text), lineWidth: 2.25 });
  context.stroke();
}
