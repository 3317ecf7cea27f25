// The bowl: the loss over weight and bias from above, with lines of equal loss, the way of the run down to the moment under
// the player's cursor, and the lowest place as the normal equations and scikit-learn have it.
//
// Data (packed): header {player | null, height?, beside: digests of runs whose ways belong here, exact: [w, b] | null, library: [w, b] | null, words: {label, x, y, way, exact,
// library, pointed, how}}; arrays heights (G, G) with rows of equal bias, weight (G,), bias (G,), way (R, 2):
// a way of its own, where no player has one.

import { Axes } from "../dlviz.curves/axes.js";
import { bottom, INK, marker, PAPER, ring, trail } from "../dlviz.descent/marks.js";
import { Heights } from "../dlviz.descent/scale.js";
import { haunt } from "../dlviz.fit/ghost.js";
import { paintMap } from "../dlviz.landscape/ground.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, trackColour } from "../dlviz.player/colours.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";
import { View } from "../dlviz.player/view.js";

const [SHORTEST, TALLEST] = [240, 380];
const NOBODY = "bowl.nobody";
const LONGEST = "−0.000123"; // a number as long as any that is read
const FAR = 1e4; // times the width of the picture: farther than that nothing is drawn
let made = 0;

class Bowl extends View {
  constructor(root, parent) {
    super(root, parent);
    this.pointed = null;
    this.canvas = element("canvas", { role: "img" });
    this.said = element("p", { class: "said figures" });
    this.rooms = [0, 1].map(() => element("p", { class: "figures", "aria-hidden": "true" }));
    this.key = element("ul", { class: "key" });
    root.replaceChildren(element("div", { class: "picture" }, this.canvas), element("div", { class: "reading" }, ...this.rooms, this.said), this.key);
    this.canvas.onpointermove = this.canvas.onpointerdown = (event) => {
      const box = this.canvas.getBoundingClientRect();
      this.pointed = [event.clientX - box.left, event.clientY - box.top];
      this.player?.redraw();
    };
    this.canvas.onpointerleave = () => { this.pointed = null; this.#haunt(null); this.player?.redraw(); };
    this.closed = onResize(this.canvas, (width) => { this.width = width; this.player?.redraw(); });
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    this.arrays = arrays;
    this.scale = new Heights(arrays.heights.data);
    made += 1;
    this.name = made;
    super.update({ data: { ...header, player: header.player ?? NOBODY } });
  }

  configured() {
    const { words } = this.config;
    label(this.canvas, words.label);
    write(this.rooms[0], words.how); // as much room as the longest reading takes: what stands below must not move
    write(this.rooms[1], fill(words.pointed, { weight: LONGEST, bias: LONGEST, loss: LONGEST }));
    this.#layKey();
  }

  // --------------------------------------------------------------------------------------- drawing

  draw() {
    const { config, canvas, width, arrays, colours } = this;
    if (!config || !width) return;
    const height = config.height ?? Math.round(Math.max(SHORTEST, Math.min(TALLEST, 0.9 * width)));
    if (canvas.style.height !== `${height}px`) canvas.style.height = `${height}px`;
    const context = sharpContext(canvas, width, height);
    const [across, up] = [arrays.weight.data, arrays.bias.data];
    this.axes = new Axes(context, width, height, { x: [across[0], across.at(-1)], y: [up[0], up.at(-1)], log: false, share: false, colours, right: 8 });
    this.axes.draw(config.words.x);
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = css(colours.muted);
    context.fillText(config.words.y, this.axes.left, 0);
    const { left, right, top, bottom: low } = this.axes;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, low - top);
    context.clip();
    this.#ground(context);
    this.#ways(context);
    context.restore();
    this.#read();
  }

  #ground(context) {
    const { axes: { left, right, top, bottom: low, size: writing }, arrays: { heights }, colours } = this;
    const dots = window.devicePixelRatio || 1;
    const size = [Math.round((right - left) * dots), Math.round((low - top) * dots)];
    const name = `${size} ${this.name} ${css(colours.background)}`;
    const [rows, columns] = heights.shape;
    if (this.painted?.name !== name) this.painted = { name, canvas: paintMap(heights.data, { columns, rows }, this.scale, colours, context.font, writing, size, dots) };
    context.drawImage(this.painted.canvas, left, top, right - left, low - top);
  }

  /** Where on the picture weight and bias are; null where that is out of all sight. */
  #to([weight, bias]) {
    const place = [this.axes.px(weight), this.axes.py(bias)];
    return place.every((one) => Math.abs(one) < FAR * this.width) ? place : null;
  }

  #ways(context) {
    const { config, player, colours } = this;
    for (const track of player.tracks.filter((one) => config.beside.includes(one.run) && !one.current)) {
      const points = this.#way(track, track.indexAt(player.step));
      trail(context, points, 4, css(PAPER, 0.7));
      trail(context, points, 2, css(trackColour(player.tracks, track, colours)));
    }
    const own = this.arrays.way.data;
    const points = own.length ? Array.from({ length: own.length / 2 }, (_, i) => this.#to([own[2 * i], own[2 * i + 1]])) : this.#way(player.track, player.cursor);
    if (config.library) ring(context, ...this.#to(config.library), false);
    if (config.exact) bottom(context, ...this.#to(config.exact), 5);
    trail(context, points, 5, css(PAPER, 0.85));
    trail(context, points, 2.5, css(INK));
    if (points.length < 80) this.#dots(context, points);
    const last = points.at(-1);
    if (last) marker(context, 0, ...last, 5.5, colours.accent, true);
  }

  #dots(context, points) {
    context.fillStyle = css(INK);
    for (const point of points.filter(Boolean)) {
      context.beginPath();
      context.arc(...point, 2, 0, 7);
      context.fill();
    }
  }

  #way(track, end) {
    const found = [];
    for (let i = 0; i <= end; i += 1) {
      const weights = track?.moments[i]?.arrays.weights?.data;
      if (weights?.length === 2) found.push(this.#to(weights));
    }
    return found;
  }

  // ----------------------------------------------------------------------------------------- words

  #layKey() {
    const { words, exact, library } = this.config;
    const rows = [[words.way, (c) => { trail(c, [[2, 8], [24, 8]], 5, css(PAPER, 0.85)); trail(c, [[2, 8], [24, 8]], 2.5, css(INK)); }]];
    if (exact) rows.push([words.exact, (c) => bottom(c, 13, 8, 4)]);
    if (library) rows.push([words.library, (c) => { c.translate(13, 8); c.scale(0.75, 0.75); ring(c, 0, 0, false); }]);
    this.key.replaceChildren(...rows.map(([text, draw]) => {
      const canvas = element("canvas", { "aria-hidden": "true" });
      draw(sharpContext(canvas, 26, 16));
      return element("li", {}, canvas, element("span", { text }));
    }));
  }

  #haunt(weights) {
    if (this.config?.player !== NOBODY) haunt(this.config.player, weights);
  }

  #read() {
    const { pointed, axes, config: { words }, arrays } = this;
    if (!pointed || pointed[0] < axes.left || pointed[0] > axes.right || pointed[1] < axes.top || pointed[1] > axes.bottom) {
      this.#haunt(null);
      return write(this.said, words.how);
    }
    const [rows, columns] = arrays.heights.shape;
    const column = Math.round(((pointed[0] - axes.left) / (axes.right - axes.left)) * (columns - 1));
    const row = Math.round(((axes.bottom - pointed[1]) / (axes.bottom - axes.top)) * (rows - 1));
    const values = { weight: arrays.weight.data[column], bias: arrays.bias.data[row], loss: arrays.heights.data[row * columns + column] };
    this.#haunt([values.weight, values.bias]);
    return write(this.said, fill(words.pointed, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, significant(value)]))));
  }
}

export default instances("bowl", (root, parent) => new Bowl(root, parent));
