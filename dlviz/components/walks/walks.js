// Two runs on one map: the loss of a real network over a plane that both share, and their ways over it as the player's
// cursor moves. Every height that is read out was computed at that very place; colours between them are interpolated.
//
// Data (packed): header {player, runs: [{run, label}, …] of the two, cut: what tells this map from others, epoch: of the
// moment that it was made at, batch: which surface is on show, batches: how many there are, words}, arrays heights
// (M, H, G), across (G,), along (H,), here (M, 2): the loss of both at that moment on each surface, and of the plane
// origin (D,), directions and measures (2, D).
// State: batch {seq, number}. Words: label, height, train_loss, validation_loss, here, step, travelled, away, inside,
// between ({distance}), pointed ({x}, {y}, {across}, {along}), none, x, y, batch ({number}, {count}), clipped ({name},
// {low}), before, after, play, pause.

import { drawWalks } from "./marks.js";
import { Side } from "./side.js";
import { Axes } from "../dlviz.curves/axes.js";
import { paintMap, Scale } from "../dlviz.landscape/ground.js";
import { drawPin } from "../dlviz.landscape/marks.js";
import { WeightPlane, Way } from "../dlviz.landscape/plane.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, icon, label, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill } from "../dlviz.player/numbers.js";
import { View } from "../dlviz.player/view.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const CLOSE = 1e-4; // a distance from the plane that is rounding, in proportion to the weights
const DEEP = 1e4; // times the lowest loss that has a colour of its own fits into the highest
const FLIP = 450; // milliseconds that a mini-batch stays while they are played
const ICONS = { before: "M15.4 7.4 14 6l-6 6 6 6 1.4-1.4L10.8 12z", after: "M8.6 16.6 13.2 12 8.6 7.4 10 6l6 6-6 6z", play: "M8 5v14l11-7z", pause: "M6 5h4v14H6zm8 0h4v14h-4z" };

class Walks extends View {
  constructor(root, parent) {
    super(root, parent);
    this.at = null; // [column, row] of the place that is read out
    this.held = false; // it stays when the pointer leaves
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.xName = element("p", { class: "x" });
    this.side = new Side();
    root.replaceChildren(element("div", { class: "picture" },
      this.ground = element("div", { class: "ground" }, this.canvas), this.xName, this.#bar()), this.side.node);
    this.#listen();
    const away = onResize(root, () => this.player?.redraw());
    this.closed = () => { this.#stop(); away(); };
  }

  #bar() {
    const button = (name, onclick) => element("button", { type: "button", class: name, onclick }, icon(ICONS[name]));
    this.buttons = { before: button("before", () => this.#flip(-1)), play: button("play", () => this.#play()), after: button("after", () => this.#flip(1)) };
    this.slider = element("input", { type: "range", min: 0, step: 1, oninput: () => { this.#stop(); this.#show(Number(this.slider.value)); }, onchange: () => this.#said() });
    this.number = element("output", { class: "figures" });
    return (this.bar = element("div", { class: "bar", role: "group" }, ...Object.values(this.buttons), this.slider, this.number));
  }

  update(component) {
    if (!(component.data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(component.data);
    if (header.cut !== this.config?.cut) {
      this.#stop();
      Object.assign(this, { arrays, plane: new WeightPlane(arrays, [0, 0]), at: null, held: false, painted: new Map() });
      this.ways = header.runs.map(() => new Way(this.plane));
      this.scale = readable(new Scale(arrays.heights.data, arrays.here.data[0]));
      this.batch = Math.max(0, Math.min(arrays.heights.shape[0] - 1, header.batch));
    }
    super.update({ ...component, data: header });
  }

  configured() {
    this.painted = new Map(); // the theme may have changed
    const { words } = this.config;
    label(this.canvas, words.label);
    write(this.xName, words.x);
    this.colourOf = (place) => (place ? this.colours.classes[1] : this.colours.accent);
    this.side.configured(this);
    this.bar.hidden = this.count < 2;
    this.slider.max = this.count - 1;
    for (const name of ["before", "after"]) { label(this.buttons[name], words[name]); this.buttons[name].title = words[name]; }
    this.#writeBar();
  }

  get count() {
    return this.arrays.heights.shape[0];
  }

  get shape() {
    const [, rows, columns] = this.arrays.heights.shape;
    return { rows, columns };
  }

  get heights() {
    const { rows, columns } = this.shape;
    return this.arrays.heights.data.subarray(this.batch * rows * columns, (this.batch + 1) * rows * columns);
  }

  heightAt([column, row]) {
    return this.heights[row * this.shape.columns + column];
  }

  placeOf([column, row]) {
    return [this.arrays.across.data[column], this.arrays.along.data[row]];
  }

  // -------------------------------------------------------------------------------- mini-batches

  #show(batch) {
    this.batch = (batch + this.count) % this.count;
    this.#writeBar();
    this.player?.redraw();
  }

  #flip(step) {
    this.#stop();
    this.#show(this.batch + step);
    this.#said();
  }

  #play() {
    if (this.timer) { this.#stop(); this.#said(); }
    else this.timer = setInterval(() => this.#show(this.batch + 1), FLIP);
    this.#writeBar();
  }

  #stop() {
    clearInterval(this.timer);
    this.timer = null;
    if (this.config) this.#writeBar();
  }

  #said() {
    this.tell("batch", { number: this.batch });
  }

  #writeBar() {
    const { words, batches } = this.config;
    const { play } = this.buttons;
    const name = this.timer ? "pause" : "play";
    if (play.dataset.name !== name) { play.dataset.name = name; play.replaceChildren(icon(ICONS[name])); }
    label(play, words[name]);
    play.title = words[name];
    const text = fill(words.batch, { number: this.batch + 1, count: batches });
    write(this.number, text);
    this.slider.value = this.batch;
    label(this.slider, text);
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.ground.clientWidth;
    if (!this.config || !width) return;
    const height = Math.round(Math.max(300, Math.min(480, width * 0.7)));
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    const ends = (values) => [values.data[0], values.data.at(-1)];
    const range = { x: ends(this.arrays.across), y: ends(this.arrays.along) };
    this.axes = new Axes(context, width, height, { ...range, log: false, share: false, colours: this.colours, right: 4 });
    this.axes.draw("");
    Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(this.colours.muted) });
    context.fillText(this.config.words.y, this.axes.left, 0);
    const { left, right, top, bottom } = this.axes;
    context.drawImage(this.#ground(context.font), left, top, right - left, bottom - top);
    const walks = this.#walks();
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    drawWalks(context, this.axes, walks);
    context.restore();
    if (this.at) drawPin(context, this.axes, this.placeOf(this.at));
    this.side.write(this, walks, this.#between(walks));
  }

  /** The ground of the surface on show, painted once for a size and a theme. */
  #ground(font) {
    const { left, right, top, bottom } = this.axes;
    const dots = window.devicePixelRatio || 1;
    const size = [Math.round((right - left) * dots), Math.round((bottom - top) * dots)];
    const key = [...size, this.batch].join();
    if (!this.painted.has(key)) {
      if (this.painted.size && ![...this.painted.keys()][0].startsWith(`${size.join()},`)) this.painted.clear();
      this.painted.set(key, paintMap(this.heights, this.shape, this.scale, this.colours, font, this.axes.size, size, dots));
    }
    return this.painted.get(key);
  }

  /** Where both runs are: at the same epoch, as their batches may be of different sizes. */
  #walks() {
    const epoch = this.player.moment?.epoch ?? 0;
    return this.config.runs.map(({ run }, place) => this.#walk(this.player.tracks.find((one) => one.run === run), epoch, place));
  }

  #walk(track, epoch, place) {
    const colour = this.colourOf(place);
    if (!track?.moments.length) return { way: [], cursor: -1, at: null, colour, weights: null, train_loss: null, validation_loss: null, here: null, step: null, travelled: null, away: null };
    const way = this.ways[place].of(track);
    const cursor = lastUntil(track.moments, epoch);
    const moment = track.moments[cursor];
    const weights = way[cursor].at ? moment.arrays.weights.data : null;
    const first = track.moments[0].arrays.weights?.data;
    const away = weights ? this.plane.distanceOf(weights) : null;
    return {
      way: way.map(({ at }) => at), cursor, at: way[cursor].at, colour, weights,
      train_loss: moment.arrays.train_loss?.data[0] ?? null, validation_loss: moment.arrays.validation_loss?.data[0] ?? null,
      here: Math.abs(epoch - this.config.epoch) < 1e-9 ? this.arrays.here.data[2 * this.batch + place] : null,
      step: moment.step, travelled: weights && first ? apart(weights, first) : null,
      away: away !== null && away < CLOSE * (1 + Math.hypot(...weights)) ? 0 : away,
    };
  }

  #between([one, other]) {
    return one.weights && other.weights ? apart(one.weights, other.weights) : null;
  }

  // ------------------------------------------------------------------------------------- reading

  #listen() {
    const { canvas } = this;
    canvas.onpointermove = (event) => { if (!this.held || event.buttons & 1) this.#point(this.#under(event)); };
    canvas.onpointerdown = (event) => { if (!event.button) { this.held = true; this.#point(this.#under(event)); } };
    canvas.onpointerleave = () => { if (!this.held) this.#point(null); };
    canvas.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    if (!this.axes) return null;
    const box = this.canvas.getBoundingClientRect();
    const { left, right, top, bottom } = this.axes;
    const { columns, rows } = this.shape;
    const column = Math.round(((event.clientX - box.left - left) / (right - left)) * (columns - 1));
    const row = Math.round((1 - (event.clientY - box.top - top) / (bottom - top)) * (rows - 1));
    return [within(column, columns), within(row, rows)];
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.arrays) return;
    const step = STEPS[event.key];
    const { columns, rows } = this.shape;
    const from = this.at ?? [columns >> 1, rows >> 1];
    const pace = event.shiftKey ? 5 : 1;
    if (step) { this.held = true; this.#point([within(from[0] + pace * step[0], columns), within(from[1] + pace * step[1], rows)]); }
    else if (event.key === "Escape") { this.held = false; this.#point(null); }
    else return;
    event.preventDefault();
    event.stopPropagation(); // the bench listens to arrows as well
  }

  #point(place) {
    if (String(place) === String(this.at)) return;
    this.at = place;
    this.player?.redraw();
  }
}

/** A few examples that are solved have losses without end to zero: what is far below the highest is drawn as one. */
function readable(scale) {
  if (scale.high / scale.low > DEEP) Object.assign(scale, { low: scale.high / DEEP, span: Math.log(DEEP), clipped: true });
  return scale;
}

const within = (place, count) => Math.max(0, Math.min(count - 1, place));

function apart(one, other) {
  let total = 0;
  for (let i = 0; i < one.length; i += 1) total += (one[i] - other[i]) ** 2;
  return Math.sqrt(total);
}

/** The place of the last moment until an epoch. */
function lastUntil(moments, epoch) {
  let place = moments.length - 1;
  while (place > 0 && moments[place].epoch > epoch + 1e-9) place -= 1;
  return place;
}

export default instances("walks", (root, parent) => new Walks(root, parent));
