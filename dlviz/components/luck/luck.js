// Luck: one number of many runs, a dot for each, over their mean and standard deviation; a row for every number.
//
// Data (packed): header {percent, seeds: [whole numbers], rows: [{label, mean: words}], stage: seed or null, words: {label,
// at}}; arrays values (rows, N) float32. State: open {seed}, when a dot is chosen. The word at has {label}, {seed}, {value}.

import { sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, rem, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, percent, tickLabel, ticks } from "../dlviz.player/numbers.js";

const HEIGHT = 64;
const SIZE = 5.5;
const REACH = 14; // pixels within which a pointer means a dot
const LEAST = 0.02; // what an axis spans at least
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

class Luck {
  constructor(root, parent) {
    Object.assign(this, { root, at: null, lines: [], send: sender() });
    this.body = element("div");
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    root.replaceChildren(this.body, this.said);
    revealStyled(parent, root);
    this.close = onResize(root, () => this.draw());
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const [rows, count] = arrays.values.shape;
    Object.assign(this, { header, theme: themeOf(this.root), count });
    this.rows = Array.from({ length: rows }, (_, i) => arrays.values.data.subarray(i * count, (i + 1) * count));
    if (this.at !== null && this.at >= count) this.at = null;
    if (this.lines.length !== rows) this.#build(rows);
    this.lines.forEach(({ title, mean, picture }, i) => {
      write(title, header.rows[i].label);
      write(mean, header.rows[i].mean);
      label(picture, `${header.rows[i].label}: ${header.rows[i].mean}. ${header.words.label}`);
    });
    this.draw();
  }

  #build(rows) {
    this.lines = Array.from({ length: rows }, (_, place) => {
      const [title, mean, canvas] = [element("strong"), element("span", { class: "figures" }), element("canvas", { "aria-hidden": "true" })];
      const picture = element("div", { class: "picture", tabindex: 0, role: "application" }, canvas);
      picture.onpointermove = picture.onpointerdown = (event) => this.#point(this.#under(place, event));
      picture.onpointerleave = (event) => event.pointerType !== "touch" && this.#point(null);
      picture.onclick = () => this.#open();
      picture.onkeydown = (event) => this.#key(place, event);
      picture.onblur = () => this.#point(null);
      return { title, mean, canvas, picture, node: element("div", { class: "row" }, element("div", { class: "head" }, title, mean), picture) };
    });
    this.body.replaceChildren(...this.lines.map(({ node }) => node));
  }

  // -------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.root.clientWidth;
    if (!this.header || !width) return;
    this.rows.forEach((row, place) => this.#row(row, place, width));
    const { header, at } = this;
    const parts = at === null ? [] : this.rows.map((row, i) => fill(header.words.at, { label: header.rows[i].label, seed: header.seeds[at], value: this.#text(row[at]) }));
    write(this.said, at === null ? header.words.label : parts.join("; "));
  }

  #text(value) { return this.header.percent ? percent(value) : value.toFixed(3); }

  #row(row, place, width) {
    const { theme } = this;
    const size = 0.875 * rem();
    const { canvas } = this.lines[place];
    canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(canvas, width, HEIGHT);
    context.font = `${size}px ${theme.font}`;
    const known = [...row].filter(Number.isFinite);
    const [low, high] = this.#range(known);
    const px = (value) => 28 + ((value - low) / (high - low)) * (width - 56);
    const floor = HEIGHT - size - 9;
    this.#axis(context, px, floor, low, high);
    if (known.length) this.#spread(context, px, floor, known);
    this.lines[place].places = [...row].map((value, i) => (Number.isFinite(value) ? [px(value), floor - 12 - (i % 4) * 6] : null));
    this.lines[place].places.forEach((at, i) => {
      if (!at) return;
      context.beginPath();
      context.arc(...at, i === this.at ? SIZE + 2 : SIZE, 0, 7);
      Object.assign(context, { fillStyle: css(theme.accent, i === this.at ? 1 : 0.75), strokeStyle: css(this.header.seeds[i] === this.header.stage ? theme.text : theme.background), lineWidth: this.header.seeds[i] === this.header.stage ? 2 : 1.25 });
      context.fill();
      context.stroke();
    });
  }

  #range(known) {
    if (!known.length) return [0, 1];
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const room = Math.max(LEAST, high - low) * 0.15;
    const most = Math.min(1, high + room);
    return [Math.min(low - room, most - LEAST), most];
  }

  #axis(context, px, floor, low, high) {
    const { theme } = this;
    Object.assign(context, { strokeStyle: css(theme.muted, 0.6), fillStyle: css(theme.muted), lineWidth: 1, textAlign: "center", textBaseline: "top" });
    const values = ticks(low, high, 5);
    const step = (values[1] ?? 1) - values[0] || 1;
    context.beginPath();
    context.moveTo(px(low), floor + 0.5);
    context.lineTo(px(high), floor + 0.5);
    for (const value of values) { context.moveTo(px(value), floor); context.lineTo(px(value), floor + 4); }
    context.stroke();
    for (const value of values) context.fillText(this.header.percent ? percent(value).replace(".0", "") : tickLabel(value, step), px(value), floor + 6);
  }

  #spread(context, px, floor, known) {
    const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
    const off = Math.sqrt(known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, known.length - 1));
    context.fillStyle = css(this.theme.accent, 0.12);
    context.fillRect(px(mean - off), 2, Math.max(1, px(mean + off) - px(mean - off)), floor - 2);
    context.fillStyle = css(this.theme.accent);
    context.fillRect(px(mean) - 1, 2, 2, floor - 2);
  }

  // -------------------------------------------------------------------------------------- reading

  #under(place, event) {
    const box = this.lines[place].canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [found, least] = [null, REACH * REACH];
    (this.lines[place].places ?? []).forEach((at, i) => {
      const far = at ? (at[0] - x) ** 2 + (at[1] - y) ** 2 : Infinity;
      if (far < least) [found, least] = [i, far];
    });
    return found;
  }

  #key(place, event) {
    if (event.key === "Enter" || event.key === " ") this.#open();
    else if (STEPS[event.key] && this.count) {
      const order = [...Array(this.count).keys()].filter((i) => Number.isFinite(this.rows[place][i])).sort((one, other) => this.rows[place][one] - this.rows[place][other]);
      const now = order.indexOf(this.at);
      this.#point(order[Math.max(0, Math.min(order.length - 1, now < 0 ? 0 : now + STEPS[event.key]))] ?? null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #point(place) {
    if (place === this.at) return;
    this.at = place;
    this.draw();
  }

  #open() {
    if (this.at !== null) this.send("open", { seed: this.header.seeds[this.at] });
  }
}

export default instances("luck", (root, parent) => {
  const dots = new Luck(root, parent);
  return { update: (component) => dots.update(component), close: () => dots.close() };
});
