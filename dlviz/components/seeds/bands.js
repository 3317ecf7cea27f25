// One number of all seeds over the epochs: the band in which the middle of them lies, its median, and a thin line for
// each. It reads out the epoch that the pointer or the arrow keys are on, or else the last one.

import { Axes } from "../dlviz.curves/axes.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const HEIGHT = 240;
const DASH = [7, 4];
const CLIP = 4; // what blows up leaves the picture at so many times the loss that it began with
const LEAST = -0.5; // R² may fall without end; below this nothing can be told apart
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const range = (count) => [...Array(count).keys()];

/** One of the two charts; `what` is "loss" or "score". */
export class Bands {
  constructor(what) {
    this.what = what;
    this.at = null; // the place of the epoch that is read out, null for the last
    this.seed = null; // the one whose lines stand out
    this.title = element("h4");
    this.legend = element("ul", { class: "legend figures" });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.picture = element("div", { class: "picture", role: "application", tabindex: 0 }, this.canvas);
    this.said = element("div", { class: "foot figures" });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    this.node = element("section", { class: "part" }, this.title, this.legend, this.picture, this.said, this.spoken);
    this.#listen();
  }

  update(header, arrays, theme) {
    Object.assign(this, { header, theme, epochs: arrays.epochs.data, share: this.what === "score" && header.percent });
    if (this.at !== null && this.at >= this.epochs.length) this.at = null;
    const rowsOf = ({ data, shape: [count, size] }) => range(count).map((i) => data.subarray(i * size, (i + 1) * size));
    this.series = header.splits.map(({ name, label: words }) => ({
      words, name,
      colour: name === "train" ? theme.classes[1] : theme.accent,
      dash: name === "train" ? [] : DASH,
      rows: rowsOf(arrays[`${name}_${this.what}`]),
      band: rowsOf(arrays[`${name}_${this.what}/band`]),
    }));
    write(this.title, header.words.titles[this.what]);
    label(this.picture, header.words.charts[this.what]);
    this.#layLegend();
    this.draw();
  }

  /** Let the lines of one seed stand out, or with null of none. */
  choose(seed) {
    if (seed === this.seed) return;
    this.seed = seed;
    this.draw();
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.picture.clientWidth;
    if (!this.header || !width) return;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, width, HEIGHT);
    const { theme } = this;
    const x = [0, Math.max(1, this.header.total)];
    this.axes = new Axes(context, width, HEIGHT, { x, y: this.#rangeOfY(), log: false, share: this.share, colours: theme, right: 10 });
    this.axes.draw(this.header.words.x);
    this.#inside(context, () => {
      for (const one of this.series) this.#area(context, one);
      for (const one of this.series) for (const row of one.rows) this.#line(context, row, one, 0.8, this.seed === null ? 0.28 : 0.12);
      this.#pointer(context);
      for (const one of this.series) this.#line(context, one.band[1], one, 2.25, this.seed === null ? 1 : 0.45, one.dash);
      if (this.seed !== null) for (const one of this.series) this.#line(context, one.rows[this.seed], { colour: theme.text }, 1.75, 1, one.dash);
    });
    this.#yName(context);
    this.#read();
  }

  #rangeOfY() {
    const finite = (rows) => rows.flatMap((row) => [...row]).filter(Number.isFinite);
    if (this.what === "loss") {
      const bands = this.series.map((one) => one.band[2]);
      const begun = Math.max(...finite(bands.map((row) => row.subarray(0, 1))), -Infinity);
      const high = Math.min(Math.max(...finite(bands), -Infinity), CLIP * begun);
      return [0, Number.isFinite(high) ? high * 1.08 || 1 : 1];
    }
    const low = Math.min(...finite(this.series.flatMap((one) => one.rows)), 1);
    if (this.share) return [Math.max(0, Math.min(0.9, low) - 0.03), 1.01];
    return [Math.max(LEAST, Math.min(0, low)), 1.02];
  }

  #inside(context, draw) {
    const { axes } = this;
    context.save();
    context.beginPath();
    context.rect(axes.left - 1, axes.top - 3, axes.right - axes.left + 8, axes.bottom - axes.top + 4);
    context.clip();
    draw();
    context.restore();
  }

  #area(context, { band: [low, , high], colour }) {
    const known = range(this.epochs.length).filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]));
    const path = [...known.map((i) => [i, high[i]]), ...known.reverse().map((i) => [i, low[i]])];
    context.fillStyle = this.theme.css(colour, this.theme.dark ? 0.26 : 0.18);
    context.beginPath();
    for (const [i, y] of path) context.lineTo(this.axes.px(this.epochs[i]), this.axes.py(y));
    context.fill();
  }

  #line(context, row, { colour }, width, alpha, dash = []) {
    context.strokeStyle = this.theme.css(colour, alpha);
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(dash);
    context.beginPath();
    row.forEach((y, i) => {
      if (Number.isFinite(y)) context.lineTo(this.axes.px(this.epochs[i]), this.axes.py(y));
    });
    context.stroke();
    context.setLineDash([]);
  }

  #pointer(context) {
    if (this.at === null) return;
    const x = Math.round(this.axes.px(this.epochs[this.at])) + 0.5;
    context.strokeStyle = this.theme.css(this.theme.muted, 0.7);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, this.axes.top);
    context.lineTo(x, this.axes.bottom);
    context.stroke();
  }

  #yName(context) {
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = this.theme.css(this.theme.muted);
    context.fillText(this.header.words.y[this.what], this.axes.left, 0);
  }

  // --------------------------------------------------------------------------------------- words

  #layLegend() {
    const item = () => element("li", {}, element("canvas", { "aria-hidden": "true" }), element("span"), element("b"), element("span", { class: "muted" }));
    while (this.legend.children.length < this.series.length) this.legend.append(item());
    while (this.legend.children.length > this.series.length) this.legend.lastChild.remove();
    this.series.forEach(({ words, colour, dash }, i) => {
      const [sample, text] = this.legend.children[i].children;
      write(text, words);
      const context = sharpContext(sample, 30, 16);
      context.fillStyle = this.theme.css(colour, 0.22);
      context.fillRect(0, 1, 30, 14);
      context.strokeStyle = this.theme.css(colour);
      context.lineWidth = 2.25;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(0, 8);
      context.lineTo(30, 8);
      context.stroke();
    });
  }

  /** Return a value of this chart as text. */
  text(value) {
    return this.share ? percent(value) : significant(value);
  }

  #read() {
    const { words } = this.header;
    const place = this.at ?? this.epochs.length - 1;
    const parts = this.series.map(({ words: name, band }, i) => {
      const [low, middle, high] = band.map((row) => this.text(row[place]));
      const [, , value, spread] = this.legend.children[i].children;
      write(value, middle);
      write(spread, `${low} – ${high}`);
      return fill(words.read, { name, low, middle, high });
    });
    const said = fill(words.epoch_at, { epoch: Math.round(this.epochs[place] ?? 0) });
    write(this.said, said);
    const heard = this.at !== null && this.picture.matches(":focus"); // what a pointer passes over is not read aloud
    write(this.spoken, heard ? [said, ...parts].join(". ") : "");
  }

  // ------------------------------------------------------------------------------------- reading

  #listen() {
    const { picture } = this;
    picture.onpointermove = picture.onpointerdown = (event) => this.#point(this.#under(event));
    picture.onpointerleave = (event) => event.pointerType !== "touch" && this.#point(null);
    picture.onblur = () => this.#point(null);
    picture.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    if (!this.axes) return null;
    const x = this.axes.at(event.clientX - this.canvas.getBoundingClientRect().left);
    return range(this.epochs.length).reduce((best, i) => (Math.abs(this.epochs[i] - x) < Math.abs(this.epochs[best] - x) ? i : best), 0);
  }

  #key(event) {
    const last = this.epochs.length - 1;
    const end = { Home: 0, End: last }[event.key];
    const step = STEPS[event.key];
    if ((end ?? step) === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#point(Math.max(0, Math.min(last, end ?? (this.at ?? last) + step)));
  }

  #point(place) {
    if (place === this.at) return;
    this.at = place;
    this.draw();
  }
}
