// One kind of numbers of one layer over time: a strip of columns, one a moment, each a histogram seen from above, and
// beside it the histogram of the marked moment as bars. Both stand on the same axis of values.

import { paint } from "../dlviz.maps/drawing.js";
import { element, sharpContext } from "../dlviz.player/elements.js";
import { percent, significant } from "../dlviz.player/numbers.js";

export const HEIGHT = 104;
const [LABELS, BARS, GAP, EDGE] = [54, 74, 8, 8]; // pixels: writing on the left, bars on the right, between, above and below
const LINE = 9; // pixels from the middle of a written line to what may stand above or below it

/** How strongly a share of the values is drawn: rare ones must be seen too, so it climbs with the root. */
export const strength = (share) => Math.sqrt(share);

export class Strip {
  constructor(kind) {
    this.kind = kind;
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.node = element("div", { class: "cell", role: "application", tabindex: 0, "data-kind": kind }, this.canvas);
    this.sheet = document.createElement("canvas");
  }

  /** Take new counts (R, bins), {low, high, root} and the steps (R,) they were taken at. */
  update({ data, shape }, spread, steps, theme) {
    const [moments, bins] = shape;
    Object.assign(this, { counts: data, moments, bins, spread, steps, theme, drawn: null });
    this.totals = Array.from({ length: moments }, (_, i) => data.subarray(i * bins, (i + 1) * bins).reduce((a, b) => a + b, 0));
    const shares = new Float32Array(bins * moments);
    for (let i = 0; i < moments; i += 1) {
      for (let bin = 0; bin < bins; bin += 1) shares[(bins - 1 - bin) * moments + i] = strength(this.share(i, bin));
    }
    paint(this.sheet, shares, bins, moments, theme.ramps.sequential, 0, 1);
  }

  share(moment, bin) {
    return this.totals[moment] ? this.counts[moment * this.bins + bin] / this.totals[moment] : 0;
  }

  /** The values between which a bin counts. */
  ends(bin) {
    const { low, high, root } = this.spread;
    const rooted = (value) => Math.sign(value) * Math.abs(value) ** (1 / root);
    const place = (share) => rooted(low) + share * (rooted(high) - rooted(low));
    return [bin, bin + 1].map((edge) => {
      const value = place(edge / this.bins);
      return Math.abs(value) < 1e-12 ? 0 : Math.sign(value) * Math.abs(value) ** root;
    });
  }

  // ------------------------------------------------------------------------------------- places

  get right() {
    return this.width - BARS - GAP;
  }

  /** Where the column of a moment begins: columns are as wide as the time until the next one. */
  #x(moment) {
    const { steps } = this;
    const [first, last] = [steps[0], steps.at(-1)];
    const end = last + (last - first || 1) / Math.max(1, steps.length - 1); // the newest one has no next one
    return LABELS + ((moment < steps.length ? steps[moment] : end) - first) / (end - first || 1) * (this.right - LABELS);
  }

  #y(bin) {
    return EDGE + (1 - bin / this.bins) * (HEIGHT - 2 * EDGE);
  }

  /** [moment, bin] under a pointer, over the strip or over the bars of the marked moment. */
  under(event, marked) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const bin = Math.floor((1 - (y - EDGE) / (HEIGHT - 2 * EDGE)) * this.bins);
    if (x > this.right) return marked < 0 ? null : [marked, within(bin, this.bins)];
    let moment = this.moments - 1;
    while (moment > 0 && this.#x(moment) > x) moment -= 1;
    return [moment, within(bin, this.bins)];
  }

  /** The middle of a bin, in pixels of the cell. */
  placeOf([moment, bin]) {
    return [(this.#x(moment) + this.#x(moment + 1)) / 2, this.#y(bin + 0.5)];
  }

  // ------------------------------------------------------------------------------------- drawing

  /** Draw with this moment marked (-1: none) and [moment, bin] pointed at, or null. */
  draw(marked, pointed) {
    const width = this.node.clientWidth;
    const state = [width, marked, String(pointed), this.theme, this.counts];
    if (!width || !this.counts || this.drawn?.every((value, i) => value === state[i])) return;
    Object.assign(this, { width, drawn: state });
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, width, HEIGHT);
    context.font = `14px ${this.theme.font}`;
    this.#columns(context);
    this.#axis(context);
    if (marked >= 0) this.#bars(context, marked);
    if (marked >= 0) this.#marker(context, marked);
    if (pointed) this.#pointed(context, pointed);
  }

  #columns(context) {
    context.imageSmoothingEnabled = false;
    const [top, bottom] = [this.#y(this.bins), this.#y(0)];
    for (let i = 0; i < this.moments; i += 1) {
      const [from, to] = [Math.round(this.#x(i)), Math.round(this.#x(i + 1))];
      if (to > from) context.drawImage(this.sheet, i, 0, 1, this.bins, from, top, to - from, bottom - top);
    }
  }

  #axis(context) {
    const { theme, spread } = this;
    context.fillStyle = theme.css(theme.muted);
    context.textAlign = "right";
    context.textBaseline = "middle";
    const rows = spread.low < 0 ? [[0, spread.low], [0.5, 0], [1, spread.high]] : [[0, 0], [1, spread.high]];
    for (const [share, value] of rows) context.fillText(significant(value, 2), LABELS - 6, this.#y(share * this.bins));
    if (spread.low >= 0) return;
    const zero = Math.round(this.#y(this.bins / 2)) + 0.5;
    line(context, theme.css(theme.muted, 0.5), 1, [LABELS, zero], [this.right, zero]);
    line(context, theme.css(theme.muted, 0.5), 1, [this.right + GAP, zero], [this.width, zero]);
  }

  #bars(context, marked) {
    const { theme, bins } = this;
    const [left, room] = [this.right + GAP, BARS - 4];
    const shares = Array.from({ length: bins }, (_, bin) => this.share(marked, bin));
    const most = Math.max(...shares);
    line(context, theme.css(theme.faint), 1, [left + 0.5, EDGE], [left + 0.5, HEIGHT - EDGE]);
    if (!most) return;
    const high = Math.max(1, this.#y(0) - this.#y(1) - 0.5);
    shares.forEach((share, bin) => {
      if (!share) return;
      const [low, end] = this.ends(bin);
      context.fillStyle = theme.css(theme.signed(low + end < 0 ? -0.9 : 0.9));
      context.fillRect(left + 1, this.#y(bin + 1), Math.max(1.5, room * share / most), high);
    });
    this.#most(context, shares, left + room);
  }

  /** Write the longest bar's share as near to it as no bar that is long enough lies in the way of its letters. */
  #most(context, shares, right) {
    const { theme } = this;
    const most = Math.max(...shares);
    const text = percent(most);
    const reach = 1 - (context.measureText(text).width + 3) / (BARS - 4); // share of the longest bar that ends where the letters begin
    const long = shares.flatMap((share, bin) => (share > reach * most ? [this.#y(bin + 0.5)] : []));
    const beside = this.#y(shares.indexOf(most) + 0.5);
    const free = Array.from({ length: HEIGHT - 2 * LINE + 1 }, (_, i) => LINE + i).filter((y) => long.every((one) => Math.abs(one - y) >= LINE));
    const nearest = (best, y) => (Math.abs(y - beside) < Math.abs(best - beside) ? y : best);
    const y = free.length ? free.reduce(nearest) : beside;
    context.textAlign = "right";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = theme.css(theme.background, 0.9);
    context.fillStyle = theme.css(theme.text);
    for (const write of ["strokeText", "fillText"]) context[write](text, right, y);
  }

  #marker(context, marked) {
    const { theme } = this;
    const x = Math.round((this.#x(marked) + this.#x(marked + 1)) / 2) + 0.5;
    line(context, theme.css(theme.background, 0.9), 4, [x, EDGE - 4], [x, HEIGHT - EDGE + 4]);
    line(context, theme.css(theme.text), 2, [x, EDGE - 4], [x, HEIGHT - EDGE + 4]);
  }

  #pointed(context, [moment, bin]) {
    const { theme } = this;
    const [x, y] = [this.#x(moment), this.#y(bin + 1)];
    context.lineWidth = 1.5;
    context.strokeStyle = theme.css(theme.text);
    context.strokeRect(x - 0.5, y - 0.5, Math.max(3, this.#x(moment + 1) - x) + 1, Math.max(3, this.#y(bin) - y) + 1);
  }
}

const within = (place, count) => Math.max(0, Math.min(count - 1, place));

function line(context, colour, width, from, to) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
