// The map: the ground from above with lines of equal height, everybody's way up to now, and of the one who is picked the
// arrows of this step. A surface over one number is drawn as the curve it is, with the racers on it.

import { arrow, bottom, dot, INK, marker, PAPER, PARTS, ring, trail } from "./marks.js";
import { heightAt } from "./race.js";
import { Axes } from "../dlviz.curves/axes.js";
import { paintMap } from "../dlviz.landscape/ground.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext } from "../dlviz.player/elements.js";

const LOWEST_PICTURE = 210; // pixels
const HIGHEST_PICTURE = 470;
const REACH = 0.16; // of the map's width: the longest arrow of what is no length on the map
const LEGS = 120; // that a way from a start of the grid is drawn with, at most
const SQUARE = 0.09; // and half the side of the largest square

export class Map {
  constructor(canvas) {
    this.canvas = canvas;
    this.painted = null;
  }

  /** Draw all of it for a step; `view` has race, scale, colours, picked, start, held, width and words. */
  draw(view, step) {
    this.view = view;
    const { race, colours } = view;
    const { header: { curve, box }, arrays } = race;
    const width = view.width;
    const height = Math.round(Math.max(LOWEST_PICTURE, Math.min(HIGHEST_PICTURE, curve ? width * 0.55 : (width * (box[3] - box[2])) / (box[1] - box[0]))));
    if (this.canvas.style.height !== `${height}px`) this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    const y = curve ? spread(arrays.heights.data) : [box[2], box[3]];
    this.axes = new Axes(context, width, height, { x: [box[0], box[1]], y, log: false, share: false, colours, right: 8 });
    this.axes.draw("x");
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = css(colours.muted);
    context.fillText(curve ? view.words.height : "y", this.axes.left, 0);
    this.context = context;
    this.#clip(() => {
      if (curve) this.#curve();
      else this.#ground();
      this.#walk(step);
    });
  }

  /** Where on the picture a place is. */
  to([x, y]) {
    const { header: { curve }, arrays } = this.view.race;
    return [this.axes.px(x), this.axes.py(curve ? heightAt(arrays, x, 0) : y)];
  }

  /** The place under a point of the picture. */
  at(px, py) {
    const { axes, view: { race: { header: { curve } } } } = this;
    const [low, high] = [axes.y0, axes.y1];
    const y = low + ((axes.bottom - py) / (axes.bottom - axes.top)) * (high - low);
    const inside = (value, from, to) => Math.max(from, Math.min(to, value));
    return [inside(axes.at(px), axes.x0, axes.x1), curve ? 0 : inside(y, low, high)];
  }

  // --------------------------------------------------------------------------------------- the ground

  #clip(draw) {
    const { context, axes: { left, right, top, bottom: low } } = this;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, low - top);
    context.clip();
    draw();
    context.restore();
  }

  #ground() {
    const { context, axes: { left, right, top, bottom: low }, view } = this;
    const { race, colours } = view;
    const { data, shape: [rows, columns] } = race.arrays.heights;
    const dots = window.devicePixelRatio || 1;
    const size = [Math.round((right - left) * dots), Math.round((low - top) * dots)];
    const name = `${size} ${race.header.ground} ${css(colours.background)}`;
    if (this.painted?.name !== name) this.painted = { name, canvas: paintMap(data, { columns, rows }, view.scale, colours, context.font, this.axes.size, size, dots) };
    context.drawImage(this.painted.canvas, left, top, right - left, low - top);
  }

  #curve() {
    const { context, view: { race: { arrays: { across } }, colours } } = this;
    trail(context, [...across.data].map((x) => this.to([x, 0])), 2.5, css(colours.text, 0.8));
  }

  // --------------------------------------------------------------------------------------- the race

  #walk(step) {
    const { context, view: { race, colours, picked, start, held } } = this;
    const { minima, depths } = race.arrays;
    for (let i = depths.data.length - 1; i >= 0; i -= 1) {
      const deepest = depths.data[i] - depths.data[0] <= 1e-6 * Math.max(1, Math.abs(depths.data[0]));
      bottom(context, ...this.to([minima.data[2 * i], minima.data[2 * i + 1]]), deepest ? 5 : 2.5);
    }
    const order = [...Array(race.count).keys()].filter((i) => i !== picked).concat(picked);
    for (const i of order) this.#crowd(i, Math.floor(step), colours.classes[i]);
    for (const i of order) this.#trail(i, step, colours.classes[i]);
    ring(context, ...this.to(start), held);
    if (!held) this.#parts(picked, Math.floor(step));
    for (const i of order) {
      const place = race.place(i, step);
      if (place) marker(context, i, ...this.to(place), 5.5, colours.classes[i], i === picked);
    }
  }

  #crowd(i, step, colour) {
    const { context, view: { race } } = this;
    const stride = Math.ceil(Math.max(1, step) / LEGS);
    for (let w = 0; w < race.walkers; w += 1) {
      const points = [];
      for (let k = 0; k < step; k += stride) points.push(race.walker(i, w, k));
      points.push(race.walker(i, w, step));
      const there = points.map((place) => place && this.to(place));
      trail(context, there, 2.5, css(PAPER, 0.35));
      trail(context, there, 1.25, css(colour, 0.9));
      const last = there.at(-1);
      if (last) dot(context, ...last, colour);
    }
  }

  #trail(i, step, colour) {
    const { context, view: { race, held } } = this;
    const points = [];
    for (let k = 0; k <= Math.floor(step); k += 1) points.push(race.place(i, k));
    if (step > Math.floor(step)) points.push(race.place(i, step));
    const there = points.map((place) => place && this.to(place));
    const faint = held ? 0.4 : 1;
    if (!race.header.curve) trail(context, there, 5, css(PAPER, 0.85 * faint));
    trail(context, there, 2.75, css(colour, faint));
    if (points.length > 40) return;
    context.fillStyle = css(INK, 0.8 * faint);
    for (const point of there.filter(Boolean)) { context.beginPath(); context.arc(...point, 1.6, 0, 7); context.fill(); }
  }

  /** Of one step of the one who is picked: downhill, velocity, the step itself, and the square of the second moment. */
  #parts(i, step) {
    const { context, axes, view: { race, words } } = this;
    if (race.header.curve || step >= race.steps) return;
    const place = race.place(i, step);
    const after = race.place(i, step + 1);
    if (!place) return;
    const from = this.to(place);
    const wide = axes.right - axes.left;
    this.#square(i, step, from, wide);
    const towards = (pair, most) => [from[0] + (pair[0] / most) * wide * REACH, from[1] - (pair[1] / most) * wide * REACH];
    for (const [name, part] of [["slopes", "slope"], ["moments", "moment"]]) {
      const pair = race.held(name, i, step);
      if (!pair || (part === "moment" && !race.header.racers[i].velocity)) continue;
      const down = [-pair[0], -pair[1]];
      arrow(context, from, towards(down, race.longest(name, i) || 1), PARTS[part]);
    }
    if (after) arrow(context, from, this.to(after), PARTS.step);
    return words;
  }

  #square(i, step, [x, y], wide) {
    const { context, view: { race } } = this;
    const pair = race.held("squares", i, step);
    if (!pair || !race.header.racers[i].square) return;
    const most = Math.sqrt(race.longest("squares", i)) || 1;
    const [across, up] = pair.map((value) => (Math.sqrt(Math.max(0, value)) / most) * wide * SQUARE);
    context.fillStyle = css(PAPER, 0.28);
    context.fillRect(x - across, y - up, 2 * across, 2 * up);
    for (const [width, style] of [[3.5, css(INK, 0.6)], [1.5, css(PAPER)]]) {
      context.lineWidth = width;
      context.strokeStyle = style;
      context.strokeRect(x - across, y - up, 2 * across, 2 * up);
    }
  }
}

function spread(values) {
  const known = [...values].filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = (high - low || 1) * 0.08;
  return [low - room, high + room];
}
