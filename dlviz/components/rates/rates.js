// Rates: how high a racer ends with each learning rate, both on logarithmic axes, and where stability ends.
//
// Data (packed): header {now: the rate in force, start: the height at the start, limits: [2/λmax at the start, at the
// minimum] or null, words}; arrays rates and ends (K,), growing and tested (T+1,), NaN where the racer flew off:
// the line leaves the picture there, and where most rates fly off from then on, the ground is red.
// State: rate {value}: the rate to take. Words: label, ends, tested, x, y, start, now, limit_start, limit_minimum, at
// ({rate}, {height}), lost ({rate}), how, off.

import { sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, rem, revealStyled, sharpContext, through, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, logMarks, significant } from "../dlviz.player/numbers.js";

const HEIGHT = 300;
const LOWEST = 1e-12; // heights below this are drawn as this
const DEEP = 1e-10; // and below this share of the highest one

class Rates {
  constructor(root, parent) {
    Object.assign(this, { root, parent, send: sender(), at: null });
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.key = element("ul", { class: "key" });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    root.replaceChildren(this.key, element("div", { class: "picture" }, this.canvas), this.said);
    this.canvas.onpointermove = (event) => this.#point(this.#under(event));
    this.canvas.onpointerleave = () => this.#point(null);
    this.canvas.onclick = (event) => { this.#point(this.#under(event)); this.#take(); };
    this.canvas.onkeydown = (event) => this.#key(event);
    revealStyled(parent, root);
    this.close = onResize(root, () => this.draw());
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    Object.assign(this, unpack(data));
    this.colours = themeOf(this.parent);
    const { words, limits } = this.header;
    label(this.canvas, words.label);
    const kinds = [["ends", words.ends], ["tested", words.tested], this.#lost() < this.arrays.rates.data.length && ["off", words.off], limits[0] && ["limit", words.limit_start], limits[1] && ["other", words.limit_minimum]];
    this.key.replaceChildren(...kinds.filter(Boolean).map(([kind, text]) => element("li", {}, element("i", { class: kind, "aria-hidden": "true" }), element("span", { text }))));
    this.draw();
  }

  // -------------------------------------------------------------------------------------- reading

  #under(event) {
    const { rates } = this.arrays;
    const share = (event.clientX - this.canvas.getBoundingClientRect().left - this.left) / (this.right - this.left);
    return Math.max(0, Math.min(rates.data.length - 1, Math.round(share * (rates.data.length - 1))));
  }

  #point(at) {
    if (!this.header) return;
    this.at = at;
    this.draw();
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const { data } = this.arrays.rates;
    const nearest = data.reduce((best, rate, i) => (Math.abs(Math.log(rate / this.header.now)) < Math.abs(Math.log(data[best] / this.header.now)) ? i : best), 0);
    if (step) this.#point(Math.max(0, Math.min(data.length - 1, (this.at ?? nearest) + step)));
    else if (event.key === "Enter") this.#take();
    else return;
    event.preventDefault();
  }

  #take() {
    if (this.at !== null) this.send("rate", { value: this.arrays.rates.data[this.at] });
  }

  #say() {
    const { words } = this.header;
    if (this.at === null) return write(this.said, words.how);
    const [rate, height] = [this.arrays.rates, this.arrays.ends].map(({ data }) => data[this.at]);
    return write(this.said, fill(Number.isFinite(height) ? words.at : words.lost, { rate: significant(rate), height: significant(Math.max(0, height)) }));
  }

  // -------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.canvas.parentElement.clientWidth;
    if (!this.header || !width) return;
    const context = sharpContext(this.canvas, width, HEIGHT);
    const { colours, header: { start, now, limits, words }, arrays: { rates, ends, growing, tested } } = this;
    const size = 0.875 * rem();
    context.font = `${size}px ${colours.font}`;
    this.#scales(context, width, size, [...ends.data, start ?? NaN]);
    this.#axes(context, size, words);
    const clip = new Path2D();
    clip.rect(this.left, this.top, this.right - this.left, this.bottom - this.top);
    context.save();
    context.clip(clip);
    this.#flying(context);
    if (start > 0) this.#across(context, start, words.start, size);
    if (limits[1]) this.#upright(context, limits[1], colours.muted, [2, 4], "");
    if (limits[0]) this.#upright(context, limits[0], colours.danger, [6, 4], "");
    this.#line(context, growing.data, tested.data, 1.5, css(colours.muted));
    this.#line(context, rates.data, ends.data, 2.75, css(colours.accent));
    this.#upright(context, now, colours.text, [], words.now, size);
    if (this.at !== null) this.#dot(context);
    context.restore();
    this.#say();
  }

  #scales(context, width, size, heights) {
    const { rates } = this.arrays;
    const known = heights.filter((value) => Number.isFinite(value) && value > LOWEST);
    this.high = Math.max(...known, LOWEST * 10) * 2;
    const start = this.header.start > 0 ? this.header.start * 30 : this.high;
    this.high = Math.min(this.high, start);
    this.low = Math.max(Math.min(...known, this.high) * 0.5, this.high * DEEP);
    [this.left, this.right, this.top, this.bottom] = [context.measureText("1×10⁻⁹⁹").width + 8, width - 10, size + 8, HEIGHT - size - 14];
    const [from, to] = [rates.data[0], rates.data.at(-1)];
    this.px = (rate) => this.left + (Math.log(rate / from) / Math.log(to / from)) * (this.right - this.left);
    this.py = (height) => this.bottom - (Math.log(Math.max(height, this.low) / this.low) / Math.log(this.high / this.low)) * (this.bottom - this.top);
  }

  #axes(context, size, words) {
    const { colours, arrays: { rates } } = this;
    context.fillStyle = css(colours.muted);
    context.strokeStyle = css(colours.faint);
    context.lineWidth = 1;
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    let above = Infinity;
    for (const [value, text] of logMarks(this.low, this.high)) {
      const y = Math.round(this.py(value)) + 0.5;
      if (above - y < size + 8) continue;
      above = y;
      context.beginPath();
      context.moveTo(this.left, y);
      context.lineTo(this.right, y);
      context.stroke();
      context.fillText(text, this.left - 6, y);
    }
    Object.assign(context, { textAlign: "left", textBaseline: "top" });
    context.fillText(words.y, 0, 0);
    context.textAlign = "right";
    context.fillText(words.x, this.right, this.bottom + 8);
    const room = this.right - context.measureText(words.x).width - 12;
    context.textAlign = "center";
    for (const [value, text] of logMarks(rates.data[0], rates.data.at(-1))) {
      const x = this.px(value);
      if (x + context.measureText(text).width / 2 < room) context.fillText(text, x, this.bottom + 8);
    }
  }

  /** The first of the rates from which on nobody arrives; as many as there are rates where the largest one does. */
  #lost() {
    const { data } = this.arrays.ends;
    return data.findLastIndex(Number.isFinite) + 1;
  }

  /** Show where everybody flies off, and how the line of the ends leaves the picture there. */
  #flying(context) {
    const { rates, ends } = this.arrays;
    const first = this.#lost();
    if (first >= rates.data.length) return;
    const x = this.px(rates.data[first]);
    context.fillStyle = css(this.colours.danger, 0.12);
    context.fillRect(x, this.top, this.right - x, this.bottom - this.top);
    if (!first) return;
    context.lineWidth = 2.75;
    context.strokeStyle = css(this.colours.accent);
    context.setLineDash([3, 4]);
    through(context, [[this.px(rates.data[first - 1]), this.py(ends.data[first - 1])], [x, this.top - 8]]);
    context.stroke();
    context.setLineDash([]);
  }

  #line(context, x, y, width, style) {
    context.lineWidth = width;
    context.strokeStyle = style;
    through(context, Array.from(x, (rate, i) => (Number.isFinite(y[i]) ? [this.px(rate), this.py(y[i])] : null)));
    context.stroke();
  }

  #upright(context, rate, colour, dash, text, size = 0) {
    const x = this.px(rate);
    context.setLineDash(dash);
    context.lineWidth = 2;
    context.strokeStyle = css(colour);
    context.beginPath();
    context.moveTo(x, this.top);
    context.lineTo(x, this.bottom);
    context.stroke();
    context.setLineDash([]);
    if (!text) return;
    const before = x > (this.left + this.right) / 2;
    Object.assign(context, { textAlign: before ? "right" : "left", textBaseline: "alphabetic", fillStyle: css(colour) });
    context.fillText(text, x + (before ? -6 : 6), this.top + size);
  }

  #across(context, height, text, size) {
    const y = this.py(height);
    context.setLineDash([1, 4]);
    context.lineWidth = 1.5;
    context.strokeStyle = css(this.colours.muted);
    context.beginPath();
    context.moveTo(this.left, y);
    context.lineTo(this.right, y);
    context.stroke();
    context.setLineDash([]);
    Object.assign(context, { textAlign: "right", textBaseline: "alphabetic", fillStyle: css(this.colours.muted) });
    context.fillText(text, this.right - 6, y + size + 2);
  }

  #dot(context) {
    const [rate, height] = [this.arrays.rates.data[this.at], this.arrays.ends.data[this.at]];
    context.beginPath();
    context.arc(this.px(rate), Number.isFinite(height) ? this.py(height) : this.top + 6, 6, 0, 7);
    context.fillStyle = css(Number.isFinite(height) ? this.colours.accent : this.colours.danger);
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = css(this.colours.background);
    context.stroke();
  }
}

export default instances("rates", (root, parent) => new Rates(root, parent));
