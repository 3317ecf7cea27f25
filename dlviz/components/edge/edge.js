// Edge: how sharply the loss bends at measured steps of the runs on a bench, against the limit up to which each run's
// steps are stable. What lies behind the player's cursor is strong, what lies before it faint; a click moves the cursor.
//
// Data (packed): header {player, runs: [digest of each run], over: step | epoch, words}, for the run at place i arrays
// i/places (R,), rising steps or epochs, i/values (R, K), the largest eigenvalues, and i/limits (R,), NaN where no number
// is the limit. Below, over the same axis, the training losses that the player holds.
// Words: label, loss, x, y, y_loss, run, limit, none, limit_at ({limit}), above ({limit}), first to third: the eigenvalues.

import { Axes, endOfX, rangeOfY } from "../dlviz.curves/axes.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, trackColour } from "../dlviz.player/colours.js";
import { element, label, sharpContext, through, write } from "../dlviz.player/elements.js";
import { Calm, instances, onResize } from "../dlviz.player/instances.js";
import { fill, passes, significant, whole } from "../dlviz.player/numbers.js";
import { number } from "../dlviz.player/player.js";
import { View } from "../dlviz.player/view.js";

const HEIGHT = 300;
const LOW = 118; // of the picture of the losses
const FAR = 3; // a limit that is so many times as high as all that was measured would press it flat
const STRENGTHS = [1, 0.6, 0.4]; // of the first eigenvalue and those after it
const NAMES = ["first", "second", "third"];

class Edge extends View {
  constructor(root, parent) {
    super(root, parent);
    this.pointed = null; // pixels from the left
    this.table = element("table", { class: "figures" });
    this.canvas = element("canvas", { role: "img" });
    this.losses = element("canvas", { role: "img" });
    root.replaceChildren(this.table, this.canvas, this.losses);
    this.calm = new Calm();
    this.#listen();
    this.closed = onResize(this.canvas, (width) => { this.width = width; this.#redraw(); });
  }

  update(component) {
    if (!(component.data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(component.data);
    this.measured = header.runs.map((run, i) => ({ run, places: arrays[`${i}/places`].data, values: arrays[`${i}/values`].data, limits: arrays[`${i}/limits`].data }));
    this.count = arrays["0/values"].shape[1];
    super.update({ ...component, data: header });
  }

  configured() {
    this.calm.wake();
    label(this.canvas, this.config.words.label);
    label(this.losses, this.config.words.loss);
    this.canvas.style.height = `${HEIGHT}px`;
    this.losses.style.height = `${LOW}px`;
  }

  #listen() {
    for (const canvas of [this.canvas, this.losses]) {
      const point = (event) => { this.pointed = event.clientX - canvas.getBoundingClientRect().left; };
      canvas.onpointermove = (event) => { point(event); if (event.buttons & 1) this.#seek(); this.#redraw(); };
      canvas.onpointerdown = (event) => { point(event); if (!event.button) this.#seek(); this.#redraw(); };
      canvas.onpointerleave = () => { this.pointed = null; this.#redraw(); };
    }
  }

  #redraw() {
    this.calm.wake();
    this.player?.redraw();
  }

  #seek() {
    const { track } = this.player;
    if (!(track?.last >= 0) || !this.axes) return;
    const place = this.axes.at(this.pointed);
    this.player.seek(Math.max(0, track.moments.findLastIndex((moment) => number(moment, this.config.over) <= place)));
  }

  // ------------------------------------------------------------------------------------- drawing

  // The runs that are on the bench, with what was measured of them; the current one is drawn last, on top.
  get lines() {
    const known = this.measured.map((one) => ({ ...one, track: this.player.tracks.find((track) => track.run === one.run) }));
    return known.filter(({ track }) => track).sort((one, other) => one.track.current - other.track.current);
  }

  draw() {
    const { config, player, canvas, colours, width } = this;
    if (!config || !width || this.calm.rests(player)) return;
    const { lines } = this;
    const context = sharpContext(canvas, width, HEIGHT);
    const end = player.tracks.length ? endOfX(player.tracks, config.over, ["train_loss"]) : 1;
    const losses = rangeOfY(player.tracks, config.over, ["train_loss"], { log: true });
    const below = new Axes(sharpContext(this.losses, width, LOW), width, LOW, { x: [0, end], y: losses ?? [0, 1], log: Boolean(losses), share: false, colours, right: 12 });
    this.axes = new Axes(context, width, HEIGHT, { x: [0, end], y: this.#range(lines), log: false, share: false, colours, right: 12 });
    this.axes.left = below.left = Math.max(this.axes.left, below.left);
    this.#unstable(context, lines.at(-1));
    this.#frame(this.axes, null, config.words.y);
    this.#frame(below, config.words.x, config.words.y_loss);
    if (losses) this.#losses(below);
    context.save();
    context.beginPath();
    context.rect(this.axes.left - 1, this.axes.top - 6, this.axes.right - this.axes.left + 8, this.axes.bottom - this.axes.top + 8);
    context.clip();
    for (const line of lines) this.#line(context, line);
    for (const line of lines) this.#limit(context, line);
    context.restore();
    this.#read(context, lines);
    for (const line of lines) this.#limitInWords(context, line);
  }

  #frame(axes, x, y) {
    axes.draw(x);
    Object.assign(axes.context, { textAlign: "left", textBaseline: "top", fillStyle: css(this.colours.muted) });
    axes.context.fillText(y, axes.left + 4, 0);
  }

  #losses(axes) {
    const { player, colours, config: { over }, own } = this;
    const { context } = axes;
    for (const track of [...player.tracks].sort((one, other) => one.current - other.current)) {
      const { x, y } = track.series("train_loss", over);
      const points = x.map((place, k) => [axes.px(place), axes.py(Math.max(y[k], axes.y0))]);
      const past = x.findLastIndex((place) => place <= own + 1e-9) + 1;
      const colour = trackColour(player.tracks, track, colours);
      context.lineWidth = track.current ? 2 : 1.5;
      stroke(context, points, css(colour, 0.3));
      stroke(context, points.slice(0, past), css(colour));
    }
  }

  // From zero, or below it where the loss bends down everywhere, to all that was measured and the limits near it.
  #range(lines) {
    const values = lines.flatMap(({ values: some }) => [...some]);
    const [low, high] = [Math.min(0, ...values), Math.max(1e-9, ...values)];
    this.reach = FAR * high;
    const limits = lines.flatMap(({ limits: some }) => [...some]).filter((one) => one <= this.reach);
    return [low, Math.max(high, ...limits) * 1.12];
  }

  // The ground above the limit of the run on the stage.
  #unstable(context, line) {
    const limit = line?.limits.at(-1);
    if (!(limit <= this.reach)) return;
    const { axes, colours } = this;
    const y = axes.py(limit);
    context.fillStyle = css(colours.danger, colours.dark ? 0.13 : 0.07);
    context.fillRect(axes.left, axes.top, axes.right - axes.left, y - axes.top);
  }

  // Where the cursor is on the axis, null before anything is shown.
  get own() {
    return number(this.player.moment, this.config.over);
  }

  #line(context, { track, places, values }) {
    const { axes, player, count, colours } = this;
    const colour = trackColour(player.tracks, track, colours);
    const past = places.findLastIndex((place) => place <= this.own + 1e-9) + 1;
    for (let i = (track.current ? count : 1) - 1; i >= 0; i -= 1) {
      const points = Array.from(places, (place, k) => [axes.px(place), axes.py(values[k * count + i])]);
      context.lineWidth = i || !track.current ? 1.5 : 2.5;
      context.lineJoin = "round";
      stroke(context, points, css(colour, 0.3 * STRENGTHS[i]));
      stroke(context, points.slice(0, past), css(colour, STRENGTHS[i]));
      if (points.length === 1) dot(context, ...points[0], css(colour, STRENGTHS[i]), 3);
    }
  }

  #limit(context, { track, places, limits }) {
    const { axes, player, colours } = this;
    const known = Array.from(limits, (limit, k) => [places[k], limit]).filter(([, limit]) => Number.isFinite(limit));
    const points = known.flatMap(([place, limit], k) => [[axes.px(k ? place : 0), axes.py(limit)], [k + 1 < known.length ? axes.px(known[k + 1][0]) : axes.right, axes.py(limit)]]);
    context.lineWidth = 1.75;
    context.setLineDash([7, 4]);
    stroke(context, points, css(trackColour(player.tracks, track, colours)));
    context.setLineDash([]);
  }

  #limitInWords(context, { track, limits }) {
    const { axes, player, colours, config: { words } } = this;
    const limit = limits.at(-1);
    const near = limit <= this.reach;
    if (!Number.isFinite(limit) || (!near && !track.current)) return;
    const text = fill(near ? words.limit_at : words.above, { limit: significant(limit) });
    const y = near ? axes.py(limit) - 6 : axes.top + axes.size + 2;
    Object.assign(context, { textAlign: "right", textBaseline: "alphabetic", lineJoin: "round", lineWidth: 4 });
    context.strokeStyle = css(colours.background, 0.85);
    context.strokeText(text, axes.right - 4, y);
    context.fillStyle = css(near ? trackColour(player.tracks, track, colours) : colours.muted);
    context.fillText(text, axes.right - 4, y);
  }

  // ------------------------------------------------------------------------------------- reading

  #read(context, lines) {
    const { axes, own } = this;
    const pointed = this.pointed === null ? null : Math.max(0, Math.min(axes.x1, axes.at(this.pointed)));
    const here = pointed ?? own;
    for (const one of [context, this.losses.getContext("2d")]) {
      if (own !== null) this.#upright(one, own, 0.75);
      if (pointed !== null) this.#upright(one, pointed, 0.4);
    }
    const rows = lines.toReversed().map((line) => ({ line, k: here === null ? -1 : line.places.findLastIndex((one) => one <= here + 1e-9) }));
    for (const { line, k } of rows) if (k >= 0) this.#dots(context, line, k);
    this.#write(rows);
  }

  #upright(context, place, strength) {
    const x = Math.round(this.axes.px(place)) + 0.5;
    context.strokeStyle = css(this.colours.text, strength);
    context.lineWidth = 1;
    through(context, [[x, this.axes.top], [x, context === this.axes.context ? this.axes.bottom : LOW - this.axes.size - 14]]);
    context.stroke();
  }

  #dots(context, { track, places, values }, k) {
    const { axes, count, colours, player } = this;
    for (let i = 0; i < (track.current ? count : 1); i += 1) {
      const place = [axes.px(places[k]), axes.py(values[k * count + i])];
      dot(context, ...place, css(colours.background), 5);
      dot(context, ...place, css(trackColour(player.tracks, track, colours), STRENGTHS[i]), 3.5);
    }
  }

  #write(rows) {
    const { config: { words, over }, count, player, colours } = this;
    const heads = [words.run, words.x, ...NAMES.slice(0, count).map((name) => words[name]), words.limit];
    const body = rows.map(({ line, k }) => {
      const eigenvalues = Array.from({ length: count }, (_, i) => (k < 0 ? "–" : significant(line.values[k * count + i])));
      const limit = k < 0 ? "–" : Number.isFinite(line.limits[k]) ? significant(line.limits[k]) : words.none;
      return [line.track.label, k < 0 ? "–" : (over === "step" ? whole : passes)(line.places[k]), ...eigenvalues, limit];
    });
    const shape = JSON.stringify([heads, body, colours.dark]);
    if (shape === this.written) return;
    this.written = shape;
    const tinted = rows.map(({ line }) => css(trackColour(player.tracks, line.track, colours)));
    const row = (cells, i) => element("tr", { class: i ? "" : "current" },
      element("th", { scope: "row" }, swatch(tinted[i]), element("span", { text: cells[0] })), ...cells.slice(1).map((text) => element("td", { text })));
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col", text })))),
      element("tbody", {}, ...body.map(row)),
    );
  }
}

function swatch(colour) {
  const node = element("span", { class: "swatch", "aria-hidden": "true" });
  node.style.background = colour;
  return node;
}

function stroke(context, points, style) {
  context.strokeStyle = style;
  through(context, points);
  context.stroke();
}

function dot(context, x, y, style, radius) {
  context.fillStyle = style;
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

export default instances("edge", (root, parent) => new Edge(root, parent));
