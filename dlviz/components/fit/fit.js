// A fit: points, the line or curve of the model at the moment under the player's cursor, and every miss as a square that
// shrinks while it learns. Points can be moved, added and erased where they are the visitor's own, or may become so.
// Where a model has many inputs, what it says stands over what is true, and the misses are sticks to the diagonal.
//
// Data (packed): header {player | null, beside: digests of runs whose weights mean the same, kind: "line" | "answers", x, y: {low, high, label}, middle, spread, unit:
// [zero, one], fault, delta, paints, straight: whether its line has no bends, most, lines: [{label, weights, place?}], heard, words: {label, hint, train,
// validation, model, miss, move, erase, point, answer, none, some}}; arrays x, y (N,) float32, split (N,) uint8.
// A line of `lines` has the colour of a class at its `place`, or is dashed where it has none.
// State: points {xy: [[x, y], …]}: all points as they are after the hand has let go.

import { Axes } from "../dlviz.curves/axes.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, NEGATIVE, trackColour } from "../dlviz.player/colours.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";
import { player } from "../dlviz.player/player.js";
import { View } from "../dlviz.player/view.js";
import { answer, curve, pull, straight } from "./geometry.js";
import { ghost } from "./ghost.js";
import { Hand } from "./hand.js";
import { line as stroke } from "../dlviz.landscape/marks.js";
import { area, point } from "./marks.js";

const [SHORTEST, TALLEST] = [240, 380];
const CROWD = 120; // from so many points on they are small, and of many only every so-manieth has its square
const SQUARES = 40;
const LONGEST = "−8.88"; // as long as a number with three digits mostly is
const NOBODY = "fit.nobody"; // the name of a player that has nothing to play

/** Of how many points one has its square. */
const stride = (count) => (count > CROWD ? Math.ceil(count / SQUARES) : 1);

class Fit extends View {
  constructor(root, parent) {
    super(root, parent);
    this.send = sender();
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.key = element("ul", { class: "key" });
    this.tools = ["move", "erase"].map((name) => element("button", { type: "button", onclick: () => this.#tool(name) }));
    this.toolbar = element("div", { class: "tools", role: "group" }, ...this.tools);
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.rooms = [0, 1].map(() => element("p", { class: "figures", "aria-hidden": "true" }));
    root.replaceChildren(element("div", { class: "picture" }, this.canvas), element("div", { class: "reading" }, ...this.rooms, this.said), element("div", { class: "foot" }, this.key, this.toolbar));
    this.points = [];
    this.hand = new Hand(this);
    this.closed = onResize(this.canvas, (width) => { this.width = width; this.player?.redraw(); });
  }

  update({ data, setStateValue }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    this.send.setStateValue = setStateValue;
    if (heard(header.heard, this.hand.sequence) && !this.hand.busy) {
      this.points = Array.from(arrays.x.data, (x, i) => ({ x, y: arrays.y.data[i], split: arrays.split.data[i] }));
      this.hand.taken();
    }
    super.update({ data: { ...header, player: header.player ?? NOBODY }, setStateValue });
    this.#haunted(header.player);
  }

  /** Draw what somebody points at beside this picture, as soon as it is pointed at. */
  #haunted(name) {
    if (!name || this.ghost) return;
    this.ghost = ghost(name);
    const look = () => this.player.redraw();
    this.ghost.seen.add(look);
    const stop = this.closed;
    this.closed = () => { stop(); this.ghost.seen.delete(look); };
  }

  configured() {
    const { config: { words, paints }, root } = this;
    root.classList.toggle("paints", Boolean(paints));
    root.classList.toggle("erases", this.hand.erases);
    this.toolbar.hidden = !paints;
    label(this.canvas, words.label);
    this.tools.forEach((button, i) => write(button, words[["move", "erase"][i]]));
    this.#tool(this.hand.erases ? "erase" : "move");
    this.#keepRoom();
    this.#layKey();
  }

  /** Keep as much room as the longest reading takes: the tools below must not move away from who is about to press one. */
  #keepRoom() {
    const { words, paints, x } = this.config;
    const longest = Object.fromEntries(["x", "y", "says", "miss"].map((name) => [name, LONGEST]));
    write(this.rooms[0], paints ? words.hint : words.none);
    write(this.rooms[1], fill(words.answer, { ...longest, name: x.label }));
  }

  #tool(name) {
    this.hand.erases = name === "erase";
    this.root.classList.toggle("erases", this.hand.erases);
    this.tools.forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === this.hand.erases)));
  }

  // --------------------------------------------------------------------------------------- drawing

  draw() {
    const { config, canvas, width } = this;
    if (!config || !width) return;
    const height = Math.round(Math.max(SHORTEST, Math.min(TALLEST, 0.72 * width)));
    if (canvas.style.height !== `${height}px`) canvas.style.height = `${height}px`;
    const context = sharpContext(canvas, width, height);
    const { x, y } = config;
    this.axes = new Axes(context, width, height, { x: [x.low, x.high], y: [y.low, y.high], log: false, share: false, colours: this.colours, right: 8 });
    this.axes.draw(x.label);
    this.#name(context, y.label);
    context.save();
    context.beginPath();
    context.rect(this.axes.left, this.axes.top - 1, this.axes.right - this.axes.left + 1, this.axes.bottom - this.axes.top + 2);
    context.clip();
    if (config.kind === "line") this.#line(context);
    else this.#answers(context);
    context.restore();
    this.#read();
  }

  #name(context, text) {
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = css(this.colours.muted);
    context.fillText(text, this.axes.left, 0);
  }

  /** The weights on show, null where there are none; those of another run than the points' are not theirs. */
  get weights() {
    if (this.hand.busy) return null;
    return this.player.latest("weights")?.arrays.weights.data ?? null;
  }

  #line(context) {
    const { config, player: played, colours, axes } = this;
    const through = (weights) => curve(weights, config.x.low, config.x.high, config).map(([x, y]) => [axes.px(x), axes.py(y)]);
    const { weights } = this;
    const live = this.hand.busy && config.straight ? straight(this.points.filter((one) => !one.split), config) : null;
    const seen = weights ?? live;
    if (seen) this.#squares(context, (one) => answer(seen, one.x, config));
    for (const { weights: others, place } of config.lines) {
      if (place === undefined) stroke(context, through(others), 2, css(colours.muted), [6, 5]);
      else stroke(context, through(others), 2.75, css(colours.classes[place]), [[], [9, 5], [2, 5]][place % 3]);
    }
    for (const track of played.tracks.filter((one) => config.beside.includes(one.run) && !one.current)) {
      const last = track.moments[Math.min(track.last, track.indexAt(played.step))]?.arrays.weights;
      if (last && last.data.length === (weights?.length ?? 0)) stroke(context, through(last.data), 2, css(trackColour(played.tracks, track, colours), 0.9));
    }
    if (weights) stroke(context, through(weights), 3, css(colours.accent));
    if (this.ghost?.weights && weights?.length === 2) stroke(context, through(this.ghost.weights), 2.5, css(colours.text, 0.75), [2, 5]);
    if (live) stroke(context, through(live), 2.5, css(colours.accent), [6, 5]);
    this.#points(context, (one) => [one.x, one.y]);
  }

  #answers(context) {
    const { config: { y, unit: [zero, one] }, axes, colours } = this;
    stroke(context, [[axes.px(y.low), axes.py(y.low)], [axes.px(y.high), axes.py(y.high)]], 1.5, css(colours.muted), [6, 5]);
    const scores = ["train", "validation"].map((name) => this.player.latest(`${name}_scores`)?.arrays[`${name}_scores`].data);
    if (!scores[0]) return;
    const taken = [0, 0];
    for (const point of this.points) {
      const place = taken[point.split];
      taken[point.split] += 1;
      const score = scores[point.split]?.[place];
      point.says = score === undefined ? NaN : zero + one * score;
    }
    for (const point of this.points.filter((one) => !one.split)) {
      stroke(context, [[axes.px(point.y), axes.py(point.says)], [axes.px(point.y), axes.py(point.y)]], 1, css(NEGATIVE, 0.5));
    }
    this.#points(context, (point) => [point.y, point.says]);
  }

  /** Every miss of a point to learn from; of very many, only some. */
  #squares(context, says) {
    const { config, axes } = this;
    const learnt = this.points.filter((one) => !one.split);
    const every = stride(learnt.length);
    const middle = (config.x.low + config.x.high) / 2;
    for (let i = 0; i < learnt.length; i += every) {
      const { x, y } = learnt[i];
      const foot = says(learnt[i]);
      if (!Number.isFinite(foot)) continue;
      const wide = Math.abs(axes.py(0) - axes.py(pull(y - foot, config)));
      area(context, axes.px(x), axes.py(y), axes.py(foot), wide, x < middle ? 1 : -1);
    }
  }

  #points(context, at) {
    const small = this.points.length > CROWD;
    this.points.forEach((one, i) => {
      const [x, y] = at(one);
      if (Number.isFinite(x) && Number.isFinite(y)) point(context, this.axes.px(x), this.axes.py(y), this.colours, { split: one.split, picked: i === this.hand.picked, small });
    });
  }

  // ----------------------------------------------------------------------------------------- words

  #layKey() {
    const { config: { words, lines, kind, player: name }, colours } = this;
    const bare = name === NOBODY;
    const rows = [[words.train, (c) => point(c, 13, 8, colours, { split: 0 })]];
    if (this.points.some((one) => one.split)) rows.push([words.validation, (c) => point(c, 13, 8, colours, { split: 1 })]);
    if (!bare && kind === "line") rows.push([words.model, (c) => stroke(c, [[2, 8], [24, 8]], 3, css(colours.accent))]);
    const every = stride(this.points.filter((one) => !one.split).length);
    const miss = kind === "line" && every > 1 ? fill(words.some, { miss: words.miss, every }) : words.miss;
    if (!bare) rows.push([miss, (c) => (kind === "line" ? area(c, 7, 2, 14, 12, 1) : stroke(c, [[13, 1], [13, 15]], 1.5, css(NEGATIVE)))]);
    for (const { label: text, place } of lines) {
      rows.push([text, (c) => stroke(c, [[2, 8], [24, 8]], 2.5, css(place === undefined ? colours.muted : colours.classes[place]), place === undefined ? [6, 5] : [[], [9, 5], [2, 5]][place % 3])]);
    }
    this.key.replaceChildren(...rows.map(([text, draw]) => {
      const canvas = element("canvas", { "aria-hidden": "true" });
      draw(sharpContext(canvas, 26, 16));
      return element("li", {}, canvas, element("span", { text }));
    }));
  }

  #read() {
    const { config: { words, kind, x, paints }, points, hand } = this;
    const one = points[hand.picked];
    if (!one) return write(this.said, paints ? words.hint : words.none);
    const { weights } = this;
    const says = kind === "line" ? weights && answer(weights, one.x, this.config) : one.says;
    const values = { x: significant(one.x), y: significant(one.y), says: significant(says), miss: significant(says === null ? NaN : Math.abs(one.y - says)), name: x.label };
    return write(this.said, fill(says === null || says === undefined ? words.point : words.answer, values));
  }
}

export default instances("fit", (root, parent) => new Fit(root, parent));
