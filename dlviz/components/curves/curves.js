// Curves: how numbers of all runs went over epochs, steps or seconds, with the values under the cursor in
// writing. The pointer reads values off; a click moves the cursor of the player there.
//
// Configuration: {player, label, series: [{name, label, dash: solid|dashed|dotted, role?}], x: epoch|step|seconds,
// x_label, y_label, zero, percent, digits, height, log: word of the switch or null, diverged: word, run: word, best?:
// {name, word} of a series whose lowest place is marked, floor?: what the axis of y does not go below}.

import { css, trackColour } from "../dlviz.player/colours.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { Calm, instances, onResize } from "../dlviz.player/instances.js";
import { percent, significant } from "../dlviz.player/numbers.js";
import { number } from "../dlviz.player/player.js";
import { View } from "../dlviz.player/view.js";
import { Axes, endOfX, rangeOfY } from "./axes.js";
import { Lines } from "./lines.js";

// The last point of a series at or before x, or null.
function pointAt({ x, y }, place) {
  const i = x.findLastIndex((one) => one <= place + 1e-9);
  return i < 0 ? null : { x: x[i], y: y[i] };
}

const NAMED = 320; // pixels of width from which the ends of lines have room for names

class Curves extends View {
  constructor(root, parent) {
    super(root, parent);
    this.log = false;
    this.pointed = null; // pixels from the left
    this.canvas = element("canvas", { role: "img" });
    this.table = element("table", { class: "figures" });
    this.logButton = element("button", { type: "button", class: "log", onclick: () => this.#switchLog() });
    root.replaceChildren(element("div", { class: "top" }, this.table, this.logButton), this.canvas);
    this.#listen();
    this.calm = new Calm();
    this.closed = onResize(this.canvas, (width) => { this.width = width; this.#redraw(); });
  }

  #listen() {
    const { canvas } = this;
    const at = (event) => event.clientX - canvas.getBoundingClientRect().left;
    const point = (event) => { this.pointed = at(event); this.#redraw(); };
    canvas.onpointermove = (event) => { point(event); if (event.buttons & 1) this.#seek(at(event)); };
    canvas.onpointerdown = (event) => { if (!event.button) this.#seek(at(event)); };
    canvas.onpointerleave = () => { this.pointed = null; this.#redraw(); };
  }

  #redraw() {
    this.calm.wake();
    this.player?.redraw();
  }

  #switchLog() {
    this.log = !this.log;
    this.#redraw();
  }

  #seek(pixel) {
    const { track } = this.player;
    if (!track || track.last < 0 || !this.axes) return;
    const x = this.axes.at(pixel);
    let nearest = 0;
    track.moments.forEach((moment, i) => {
      const away = Math.abs((number(moment, this.config.x) ?? Infinity) - x);
      if (away < Math.abs((number(track.moments[nearest], this.config.x) ?? Infinity) - x)) nearest = i;
    });
    this.player.seek(nearest);
  }

  configured() {
    const { config } = this;
    this.calm.wake();
    label(this.canvas, config.label ?? "");
    this.logButton.hidden = !config.log;
    write(this.logButton, config.log ?? "");
    this.height = config.height ?? 220;
    if (config.height) this.root.style.minHeight = "0"; // the place that was kept until now is for the usual height
    this.canvas.style.height = `${this.height}px`;
  }

  draw() {
    const { config, player, canvas, colours, width } = this;
    if (!config || !width || this.calm.rests(player)) return;
    this.logButton.setAttribute("aria-pressed", String(this.log));
    const context = sharpContext(canvas, width, this.height);
    const names = config.series.map((series) => series.name);
    const range = rangeOfY(player.tracks, config.x, names, { log: this.log, zero: config.zero, share: config.percent, floor: config.floor });
    const end = player.tracks.length ? endOfX(player.tracks, config.x, names) : 1;
    const named = player.tracks.length > 1 && width >= NAMED; // where not, the colours of the table say which is which
    const right = named ? Math.min(width * 0.24, 130) : 12;
    this.axes = new Axes(context, width, this.height, {
      x: [0, end], y: range ?? [0, 1], log: this.log && range, share: config.percent, colours, right,
    });
    this.axes.draw(config.x_label ?? "");
    const lines = new Lines(context, this.axes, { player, config, colours, over: config.x });
    if (range) lines.draw(named);
    this.#read(lines);
    this.#yLabel(context);
  }

  #yLabel(context) {
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = css(this.colours.muted);
    context.fillText(this.config.y_label ?? "", this.axes.left + 4, 0);
  }

  // The values where the pointer is, or else where the cursor is; both have their line.
  #read(lines) {
    const { player, config } = this;
    const own = number(player.moment, config.x);
    const pointed = this.pointed === null ? null : Math.max(0, Math.min(this.axes.x1, this.axes.at(this.pointed)));
    const x = pointed ?? own;
    const rows = player.tracks.flatMap((track) => config.series.map((series) => ({
      track, series, point: x === null ? null : pointAt(track.series(series.name, config.x), x),
    })));
    if (own !== null) lines.pointer(own, pointed === null ? rows : [], true);
    if (pointed !== null) lines.pointer(pointed, rows, false);
    this.#write(rows);
  }

  #write(rows) {
    const { config, player } = this;
    const shape = JSON.stringify([config.series, config.run, player.tracks.map((track) => track.run)]);
    if (shape !== this.shape) this.#rebuild(shape);
    rows.forEach(({ point }, i) => {
      write(this.cells[i], point ? (config.percent ? percent(point.y) : significant(point.y, config.digits ?? 3)) : "–");
    });
    player.tracks.forEach((track, i) => {
      const { row, name, swatch } = this.rows[i];
      row.className = track.current ? "current" : "";
      write(name, track.label);
      swatch.style.background = css(trackColour(player.tracks, track, this.colours));
    });
    const accent = css(this.colours.accent);
    for (const sample of this.samples) sample.style.borderColor = accent;
  }

  // A row for each run, a column for each series; with one run the names need no column of their own.
  #rebuild(shape) {
    const { config, player } = this;
    this.shape = shape;
    const several = player.tracks.length > 1;
    this.root.classList.toggle("several", several);
    this.samples = config.series.map((series) => element("span", { class: `sample ${series.dash ?? "solid"}` }));
    const heads = config.series.map((series, i) => element("th", { scope: "col" },
      element("div", { class: "series" }, this.samples[i], element("span", { text: series.label }))));
    this.cells = [];
    this.rows = player.tracks.map(() => {
      const cells = config.series.map(() => element("td"));
      this.cells.push(...cells);
      const [name, swatch] = [element("span"), element("span", { class: "swatch" })];
      const row = element("tr", {}, several && element("th", { scope: "row" }, swatch, name), ...cells);
      return { row, name, swatch };
    });
    const corner = several && element("th", { text: config.run ?? "" });
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, corner, ...heads)),
      element("tbody", {}, ...this.rows.map(({ row }) => row)),
    );
  }
}

export default instances("curves", (root, parent) => new Curves(root, parent));
