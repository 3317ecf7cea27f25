// The landscape: how high the loss is around the weights of a moment, and the run that walks over it as the player's
// cursor moves. Every height that is read out was computed at that very place; colours between them are interpolated.
//
// Data (packed): header {player, run, cut: what tells this landscape from others, step, loss: of the moment that it is
// cut through, offset: [across, along] where that stands, usable: whether weights can be put on the stage, words}, arrays
// heights (H, G), across (G,), along (H,), and of the plane origin (D,), directions and measures (2, D), which are empty
// for networks that are too large.
// State: place {seq, cut, values: [[place, value], …]}, weights for the stage. Words: label, loss, here ({step}), start,
// way, ahead, marker, cut, away ({step}, {distance}), pointed ({x}, {y}, {across}, {along}), none, use, use_help, x, y.

import { paintMap, Scale } from "./ground.js";
import { drawPin, drawWalk, samples } from "./marks.js";
import { WeightPlane, Way } from "./plane.js";
import { Side } from "./side.js";
import { Axes } from "../dlviz.curves/axes.js";
import { sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { View } from "../dlviz.player/view.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const CLOSE = 1e-4; // a distance from the plane that is rounding, in proportion to the weights

class Landscape extends View {
  constructor(root, parent) {
    super(root, parent);
    this.send = sender();
    this.at = null; // [column, row] of the place that is read out
    this.held = false; // it stays when the pointer leaves
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.xName = element("p", { class: "x" });
    this.ground = element("div", { class: "ground" }, this.canvas, this.xName);
    this.side = new Side(() => this.#use());
    root.replaceChildren(this.ground, this.side.node);
    this.#listen();
    this.closed = onResize(root, () => this.player?.redraw());
  }

  update(component) {
    if (!(component.data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(component.data);
    if (header.cut !== this.config?.cut) {
      Object.assign(this, { arrays, plane: new WeightPlane(arrays, header.offset), at: null, held: false, painted: null });
      this.way = new Way(this.plane);
      this.scale = new Scale(arrays.heights.data, header.loss);
    }
    this.send.setStateValue = component.setStateValue;
    super.update({ ...component, data: header });
  }

  configured() {
    this.painted = null; // the theme may have changed
    label(this.canvas, this.config.words.label);
    write(this.xName, this.config.words.x);
    this.side.configured(this);
    samples(this.side.samples, this.colours);
  }

  get shape() {
    const [rows, columns] = this.arrays.heights.shape;
    return { rows, columns };
  }

  heightAt([column, row]) {
    return this.arrays.heights.data[row * this.shape.columns + column];
  }

  placeOf([column, row]) {
    return [this.arrays.across.data[column], this.arrays.along.data[row]];
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.ground.clientWidth;
    if (!this.config || !width) return;
    const height = Math.round(Math.max(280, Math.min(470, width * 0.66)));
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    const { across, along } = this.arrays;
    const ends = (values) => [values.data[0], values.data.at(-1)];
    this.axes = new Axes(context, width, height, { x: ends(across), y: ends(along), log: false, share: false, colours: this.colours, right: 4 });
    this.axes.draw("");
    this.#yName(context);
    this.#drawGround(context);
    const walk = this.#walk();
    this.#clipped(context, () => drawWalk(context, this.axes, walk, this.colours));
    if (this.at) drawPin(context, this.axes, this.placeOf(this.at));
    this.side.write(this, walk);
  }

  #yName(context) {
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = css(this.colours.muted);
    context.fillText(this.config.words.y, this.axes.left, 0);
  }

  /** Copy the ground, and its lines of equal height, which are drawn anew only for another size or theme. */
  #drawGround(context) {
    const { left, right, top, bottom } = this.axes;
    const dots = window.devicePixelRatio || 1;
    const size = [Math.round((right - left) * dots), Math.round((bottom - top) * dots)];
    if (this.painted?.size !== size.join()) this.painted = { size: size.join(), canvas: paintMap(this.arrays.heights.data, this.shape, this.scale, this.colours, context.font, this.axes.size, size, dots) };
    context.drawImage(this.painted.canvas, left, top, right - left, bottom - top);
  }

  #clipped(context, draw) {
    const { left, right, top, bottom } = this.axes;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    draw();
    context.restore();
  }

  /** Where the run is on the map: its way, the place under the cursor, and how far that is from the plane. */
  #walk() {
    const { player, config } = this;
    const { track } = player;
    if (!track || track.run !== config.run) return { way: [], cursor: -1, at: config.offset, cut: true, step: config.step, loss: config.loss, distance: 0 };
    const way = this.way.of(track);
    const moment = player.latest("weights");
    const cursor = moment ? track.moments.indexOf(moment) : -1;
    const weights = moment?.arrays.weights.data;
    const known = this.plane.fits(weights) && way[cursor]?.at;
    const here = known ? way[cursor].at : moment?.step === config.step ? config.offset : null;
    const length = known ? Math.hypot(...weights) : 1;
    const distance = known ? this.plane.distanceOf(weights) : 0;
    return {
      way: way.map(({ at }) => at), cursor, at: here, step: moment?.step ?? config.step,
      loss: moment?.arrays.train_loss?.data[0] ?? null, distance: distance > CLOSE * (1 + length) ? distance : 0,
      cut: moment?.step === config.step, middle: config.offset,
    };
  }

  // ------------------------------------------------------------------------------------- reading

  #listen() {
    const { canvas } = this;
    canvas.onpointermove = (event) => { if (!this.held || event.buttons & 1) this.#point(this.#under(event)); };
    canvas.onpointerdown = (event) => { if (!event.button) { this.held = true; this.#point(this.#under(event)); } };
    canvas.onpointerleave = () => { if (!this.held) this.#point(null); };
    canvas.onkeydown = (event) => this.#key(event);
    canvas.onfocus = () => { if (canvas.matches(":focus-visible") && !this.at) this.#point(this.#nearest(...this.config.offset)); };
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

  #nearest(across, along) {
    const closest = (values, wanted) => values.reduce((best, one, i) => (Math.abs(one - wanted) < Math.abs(values[best] - wanted) ? i : best), 0);
    return [closest(this.arrays.across.data, across), closest(this.arrays.along.data, along)];
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.arrays) return;
    const step = STEPS[event.key];
    const { columns, rows } = this.shape;
    const from = this.at ?? this.#nearest(...this.config.offset);
    const pace = event.shiftKey ? 5 : 1;
    if (step) this.#hold([within(from[0] + pace * step[0], columns), within(from[1] + pace * step[1], rows)]);
    else if (event.key === "Home") this.#hold(this.#nearest(...this.config.offset));
    else if (event.key === "Escape") { this.held = false; this.#point(null); }
    else if (event.key === "Enter") this.#use();
    else return;
    event.preventDefault();
    event.stopPropagation(); // the bench listens to arrows as well
  }

  #hold(place) {
    this.held = true;
    this.#point(place);
  }

  #point(place) {
    if (String(place) === String(this.at)) return;
    this.at = place;
    this.player?.redraw();
  }

  #use() {
    if (!this.at || !this.config.usable) return;
    if (this.player.rolling) this.player.pause();
    this.send("place", { cut: this.config.cut, values: this.plane.weightsAt(...this.placeOf(this.at)) });
    this.held = false;
  }
}

const within = (place, count) => Math.max(0, Math.min(count - 1, place));

export default instances("landscape", (root, parent) => new Landscape(root, parent));
