// The relief: the same ground from the side, as far up as the colours say, with the same racers on it. Dragging turns it;
// a click, or dragging the ring, says where all start.

import { bottom, dot, marker, PAPER, ring, trail } from "./marks.js";
import { heightAt } from "./race.js";
import { css, lightness, sequential } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";

const CELLS = 40; // a side
const HIGH = 0.62; // of the ground's width
const RATIO = 0.72; // of the picture's width
const ROOM = 12; // pixels above and below the ground, where markers are drawn

export class Relief {
  constructor(canvas) {
    this.canvas = canvas;
    [this.turn, this.tilt] = [-0.55, 0.62];
  }

  /** Turn it by so many radians, around the upright and towards the viewer. */
  rotate(around, towards) {
    this.turn += around;
    this.tilt = Math.max(0.15, Math.min(1.45, this.tilt + towards));
    this.net = null;
  }

  draw(view, step) {
    this.view = view;
    const width = this.canvas.clientWidth;
    if (!width) return;
    const height = Math.round(width * RATIO);
    if (this.canvas.style.height !== `${height}px`) this.canvas.style.height = `${height}px`;
    this.size = [width, height];
    const context = sharpContext(this.canvas, width, height);
    const name = `${width} ${this.turn} ${this.tilt} ${view.race.header.ground} ${css(view.colours.background)} ${window.devicePixelRatio}`;
    if (this.net?.name !== name) {
      this.#fit(width, height);
      const cells = this.#cells();
      this.net = { name, canvas: this.#net(width, height, cells), cells: cells.reverse() };
    }
    context.drawImage(this.net.canvas, 0, 0, width, height);
    this.#walk(context, step);
  }

  /** The place of the ground that is seen at a point of the picture, in pixels; null where there is none. */
  seen(px, py) {
    const { box } = this.view.race.header;
    for (const { corners, i, j } of this.net.cells) { // the nearest first: it hides what is behind it
      const found = inside([px, py], corners);
      if (found) return [box[0] + ((j + found[0]) / CELLS) * (box[1] - box[0]), box[2] + ((i + found[1]) / CELLS) * (box[3] - box[2])];
    }
    return null;
  }

  /** Where on the picture the start is; null where it lies outside of the ground. */
  get ring() {
    const { race, start } = this.view;
    return this.#at(start, heightAt(race.arrays, ...start));
  }

  /** Where a place of the ground (0..1 each way, and up 0..1) is on the picture; the third number is how far away. */
  #project(x, y, up) {
    const { size: [width, height], turn, tilt, view: { race: { header: { box } } } } = this;
    const deep = Math.min(1, (box[3] - box[2]) / (box[1] - box[0]));
    const [u, v] = [x - 0.5, (y - 0.5) * deep];
    const [right, away] = [u * Math.cos(turn) - v * Math.sin(turn), u * Math.sin(turn) + v * Math.cos(turn)];
    const rise = (up - 0.5) * HIGH;
    const scale = this.fit.scale * width;
    return [width / 2 + scale * right, height / 2 + this.fit.lift - scale * (away * Math.sin(tilt) + rise * Math.cos(tilt)), away];
  }

  /** Let all of the ground be on the picture, in the middle of its height, as large as the width allows at any turn. */
  #fit(width, height) {
    this.fit = { scale: 0.92 / 1.16, lift: 0 };
    const heights = this.#cells().flatMap(({ corners }) => corners.map(([, y]) => y));
    if (!heights.length) return;
    const [low, high] = heights.reduce(([least, most], y) => [Math.min(least, y), Math.max(most, y)], [Infinity, -Infinity]);
    const smaller = Math.min(1, (height - 2 * ROOM) / (high - low));
    this.fit = { scale: this.fit.scale * smaller, lift: smaller * (height / 2 - (low + high) / 2) };
  }

  #net(width, height, cells) {
    const canvas = document.createElement("canvas");
    const context = sharpContext(canvas, width, height);
    for (const { corners, share } of cells) {
      const colour = sequential(share, this.view.colours);
      context.beginPath();
      for (const [x, y] of corners) context.lineTo(x, y);
      context.closePath();
      context.fillStyle = css(colour);
      context.strokeStyle = css(lightness(colour) > 0.5 ? [0, 0, 0] : PAPER, 0.12);
      context.lineWidth = 0.75;
      context.fill();
      context.stroke();
    }
    return canvas;
  }

  /** The cells of the ground, the farthest first. */
  #cells() {
    const { scale, race: { arrays: { heights } } } = this.view;
    const [rows, columns] = heights.shape;
    const share = (i, j) => {
      const value = heights.data[Math.round((i / CELLS) * (rows - 1)) * columns + Math.round((j / CELLS) * (columns - 1))];
      return Math.min(1, scale.share(value));
    };
    const point = (i, j) => this.#project(j / CELLS, i / CELLS, share(i, j) || 0);
    const cells = [];
    for (let i = 0; i < CELLS; i += 1) {
      for (let j = 0; j < CELLS; j += 1) {
        const corners = [point(i, j), point(i, j + 1), point(i + 1, j + 1), point(i + 1, j)];
        const shares = [share(i, j), share(i, j + 1), share(i + 1, j + 1), share(i + 1, j)];
        if (shares.every(Number.isFinite)) cells.push({ i, j, corners, share: (shares[0] + shares[2]) / 2, away: corners[0][2] + corners[2][2] });
      }
    }
    return cells.sort((one, other) => other.away - one.away);
  }

  #at([x, y], height) {
    const { race: { header: { box } }, scale } = this.view;
    const [u, v] = [(x - box[0]) / (box[1] - box[0]), (y - box[2]) / (box[3] - box[2])];
    return u >= 0 && u <= 1 && v >= 0 && v <= 1 ? this.#project(u, v, Math.min(1, scale.share(height))).slice(0, 2) : null;
  }

  #walk(context, step) {
    const { race, picked, colours } = this.view;
    const { minima, depths } = race.arrays;
    depths.data.forEach((depth, i) => {
      const place = this.#at([minima.data[2 * i], minima.data[2 * i + 1]], depth);
      if (place) bottom(context, ...place, depth - depths.data[0] <= 1e-6 * Math.max(1, Math.abs(depths.data[0])) ? 4 : 2);
    });
    if (this.ring) ring(context, ...this.ring, this.view.held);
    const order = [...Array(race.count).keys()].filter((i) => i !== picked).concat(picked);
    for (const i of order) this.#crowd(context, i, Math.floor(step), colours.classes[i]);
    for (const i of order) {
      const points = [];
      for (let k = 0; k <= Math.floor(step); k += 1) {
        const place = race.place(i, k);
        points.push(place && this.#at(place, race.measured("losses", i, k)));
      }
      trail(context, points, 4, css(PAPER, 0.8));
      trail(context, points, 2.25, css(colours.classes[i]));
      const last = points.at(-1);
      if (last) marker(context, i, ...last, 4.5, colours.classes[i], i === picked);
    }
  }

  #crowd(context, i, step, colour) {
    const { race } = this.view;
    for (let w = 0; w < race.walkers; w += 1) {
      const place = race.walker(i, w, step);
      const there = place && this.#at(place, heightAt(race.arrays, ...place));
      if (there) dot(context, ...there, colour);
    }
  }
}

// Where a point lies in a cell with these four corners, across and upwards, 0..1; null where it lies outside.
function inside(point, [corner, across, far, up]) {
  const first = mixture(point, corner, across, far); // half a cell: across, then upwards
  if (first) return [first[0] + first[1], first[1]];
  const second = mixture(point, corner, up, far);
  return second && [second[1], second[0] + second[1]];
}

// The shares of b and c in a point of the triangle a, b, c; null where it lies outside.
function mixture([x, y], [ax, ay], [bx, by], [cx, cy]) {
  const size = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  const b = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / size;
  const c = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / size;
  return b >= 0 && c >= 0 && b + c <= 1 ? [b, c] : null;
}
