// A chart of what was computed when somebody asked: lines over a distance, or one bar for each of many things. It
// is drawn anew in place whenever the numbers change, and reads out the place that the pointer or the arrow keys are on.
//
// Data (packed): header {kind: "lines" | "bars", series: [words], names: [words], x_label, y_label, percent, words:
// {label, at}; plain?: lines without marks, the second dashed; height?: pixels; every?: only each so-manieth place has
// its name under the chart; log?: y on a log scale, where there is nothing at or below zero}, arrays values (S, P), for lines x (P,), for bars quiet (P,) uint8, 1 where a bar stands back.
// The word at has {x}, the name of the place, and {value} where there is one series alone.

import { Axes } from "../dlviz.curves/axes.js";
import { themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { drawBars, drawLines, drawNames, mark } from "./marks.js";

const HEIGHT = { lines: 300, bars: 220 };
const LOG_SPAN = 16; // powers of ten
const EDGE = 0.045; // of the width between the first place and the frame, and between the last and the frame
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

class Chart {
  constructor(root, parent) {
    this.root = root;
    this.at = null; // the place that is read out
    this.legend = element("ul", { class: "legend figures" });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.picture = element("div", { class: "picture", role: "application", tabindex: 0 }, this.canvas);
    this.said = element("span", { class: "said figures" });
    this.xName = element("span", { class: "x" });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    root.replaceChildren(this.legend, this.picture, element("div", { class: "foot" }, this.said, this.xName), this.spoken);
    this.#listen();
    this.close = onResize(root, () => this.draw());
    revealStyled(parent, root);
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const [series, places] = arrays.values.shape;
    Object.assign(this, { header, places, theme: themeOf(this.root), quiet: arrays.quiet?.data });
    this.rows = Array.from({ length: series }, (_, i) => arrays.values.data.subarray(i * places, (i + 1) * places));
    this.x = arrays.x?.data ?? Float32Array.from({ length: places }, (_, i) => i);
    if (this.at !== null && this.at >= places) this.at = null;
    label(this.picture, header.words.label);
    write(this.xName, header.x_label);
    this.#layLegend();
    this.draw();
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.picture.clientWidth;
    if (!this.header || !width) return;
    const height = this.header.height ?? HEIGHT[this.header.kind];
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    this.axes = new Axes(context, width, height, {
      x: this.#rangeOfX(), y: this.#rangeOfY(), log: Boolean(this.header.log), share: this.header.percent, colours: this.theme, right: 4,
    });
    this.axes.draw(null);
    drawNames(this);
    (this.header.kind === "bars" ? drawBars : drawLines)(this);
    this.#yName(context);
    this.#read();
  }

  #rangeOfX() {
    const [first, last] = [this.x[0] ?? 0, this.x.at(-1) ?? 1];
    const room = this.header.kind === "bars" ? 0.6 : EDGE * (last - first || 1);
    return [first - room, last + room];
  }

  // From nothing on: a bar or a share means its whole length.
  #rangeOfY() {
    const all = this.rows.flatMap((row) => [...row]).filter(Number.isFinite);
    if (this.header.log) return rangeOfLog(all.filter((value) => value > 0));
    const [low, high] = [Math.min(0, ...all), Math.max(this.header.percent ? 1 : 0, ...all)];
    const room = 0.06 * (high - low || 1);
    return [low < 0 ? low - room : 0, this.header.percent ? 1.02 : high + room];
  }

  #yName(context) {
    const { theme, axes } = this;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = theme.css(theme.muted);
    context.fillText(this.header.y_label, axes.left, 0);
  }

  // -------------------------------------------------------------------------------------- words

  #layLegend() {
    const { series, kind } = this.header;
    this.legend.hidden = kind === "bars";
    while (this.legend.children.length < series.length) {
      this.legend.append(element("li", {}, element("canvas", { "aria-hidden": "true" }), element("span"), element("b")));
    }
    while (this.legend.children.length > series.length) this.legend.lastChild.remove();
    series.forEach((name, i) => {
      const [sample, text] = this.legend.children[i].children;
      write(text, name);
      const context = sharpContext(sample, 30, 16);
      mark(context, this.theme, i, [[2, 8], [28, 8]], [[15, 8]], this.header.plain);
    });
  }

  #text(value) {
    return this.header.percent ? percent(value) : significant(value);
  }

  #read() {
    const { header, at, rows } = this;
    const values = rows.map((row) => (at === null ? "" : this.#text(row[at])));
    [...this.legend.children].forEach((item, i) => write(item.lastChild, values[i] ?? ""));
    const said = at === null ? "\u00a0" : fill(header.words.at, { x: header.names[at], value: values[0] }); // keeps its line
    write(this.said, said);
    const parts = rows.length > 1 ? rows.map((_, i) => `${header.series[i]} ${values[i]}`) : [];
    const heard = at !== null && this.picture.matches(":focus"); // what a pointer passes over is not read aloud
    write(this.spoken, heard ? [said, ...parts].join(". ") : "");
  }

  // ------------------------------------------------------------------------------------- reading

  #listen() {
    const { picture } = this;
    picture.onpointermove = picture.onpointerdown = (event) => this.#point(this.#under(event));
    // a finger that is lifted leaves what it found to be read
    picture.onpointerleave = (event) => event.pointerType !== "touch" && this.#point(null);
    picture.onfocus = () => picture.matches(":focus-visible") && this.#point(this.at ?? 0);
    picture.onblur = () => this.#point(null);
    picture.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    if (!this.axes || !this.places) return null;
    const x = this.axes.at(event.clientX - this.canvas.getBoundingClientRect().left);
    let nearest = 0;
    this.x.forEach((one, i) => { if (Math.abs(one - x) < Math.abs(this.x[nearest] - x)) nearest = i; });
    return nearest;
  }

  #key(event) {
    const end = { Home: 0, End: this.places - 1 }[event.key];
    const step = STEPS[event.key];
    if ((end ?? step) === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#point(Math.max(0, Math.min(this.places - 1, end ?? (this.at === null ? 0 : this.at + step))));
  }

  #point(place) {
    if (place === this.at) return;
    this.at = place;
    this.draw();
  }
}

/** From power of ten to power of ten, over not more than LOG_SPAN of them. */
function rangeOfLog(values) {
  const powers = values.length ? values.map(Math.log10) : [0];
  const high = Math.ceil(Math.max(...powers) + 0.05);
  return [10 ** Math.max(high - LOG_SPAN, Math.min(high - 1, Math.floor(Math.min(...powers)))), 10 ** high];
}

export default instances("chart", (root, parent) => new Chart(root, parent));
