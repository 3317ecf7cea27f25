// Between: the straight line from one trained network to another. The loss at every place of it, the hill between its
// ends, and what the network at the chosen place answers over the plane.
//
// Data (packed): header {ends: [words, words], short: the same in a word or two, colours: [accent | second | muted, of each end], kind: two | classes |
// number, percent: whether the score is a share, mapped: whether there are maps, extent, line: what tells this line from others, words}, arrays shares
// (P,) of the way, losses and scores (2, P), on training and validation points, NaN where there are none, maps (P, G, G)
// uint8, points (N, 2), labels (N,), hills (2, 2): share and height of the highest place, sharpness (2,).
// Words: label, x, y, train, validation, score, share, way ({share}), hill ({height}), sharpness, end, middle, and, map ({share}).

import { Axes } from "../dlviz.curves/axes.js";
import { themeOfClasses, Surface } from "../dlviz.network/surface.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, revealStyled, sharpContext, through, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const HEIGHT = 300;
const DASHES = [[], [7, 4]]; // training, validation
const FAR = 2.5; // beyond the ends the loss may climb to so many times what it is between them, then it leaves the picture
const NARROW = 480; // pixels, less than which the table of the ends is turned

class Between {
  constructor(root, parent) {
    Object.assign(this, { root, parent, at: null, line: null, chosen: false, surface: new Surface() });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.slider = element("input", { type: "range", oninput: () => this.#choose(Number(this.slider.value)) });
    this.name = element("span");
    this.map = element("canvas", { role: "img" });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.table = element("table", { class: "figures" });
    this.key = element("ul", { class: "key" });
    const way = element("label", { class: "way" }, this.name, this.slider);
    root.replaceChildren(element("div", { class: "line" }, this.key, this.canvas, way), element("figure", {}, this.map, this.said), this.table);
    this.#listen();
    revealStyled(parent, root);
    this.close = onResize(root, () => { if (this.header) { this.#lay(); this.draw(); } });
  }

  #listen() {
    const { canvas } = this;
    const take = (event) => this.axes && this.#choose(this.#nearest(this.axes.at(event.clientX - canvas.getBoundingClientRect().left)));
    canvas.onpointerdown = (event) => { if (!event.button) take(event); };
    canvas.onpointermove = (event) => { if (event.pointerType !== "touch" || event.buttons) take(event); };
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    Object.assign(this, unpack(data));
    const { header, arrays: { shares, points, labels } } = this;
    this.count = shares.data.length;
    if (header.line !== this.line) this.chosen = false;
    if (!this.chosen) this.at = this.#highest();
    this.line = header.line;
    this.colours = themeOf(this.parent);
    this.theme = themeOfClasses(this.root);
    this.slider.style.colorScheme = this.colours.dark ? "dark" : "light";
    this.points = { data: points.data, labels: labels.data, splits: new Uint8Array(labels.data.length) };
    Object.assign(this.slider, { min: 0, max: this.count - 1, step: 1 });
    write(this.name, header.words.share);
    this.root.classList.toggle("bare", !header.mapped);
    this.map.hidden = !header.mapped;
    this.#lay();
    this.draw();
  }

  get kind() {
    return this.header.kind;
  }

  // The highest place between the ends: the middle where there is no hill.
  #highest() {
    const [share, height] = this.arrays.hills.data;
    return this.#nearest(height > 0 ? share : 0.5);
  }

  #nearest(share) {
    const { data } = this.arrays.shares;
    return data.reduce((best, one, i) => (Math.abs(one - share) < Math.abs(data[best] - share) ? i : best), 0);
  }

  #choose(at) {
    this.chosen = true;
    if (at === this.at) return;
    this.at = at;
    this.draw();
  }

  // -------------------------------------------------------------------------------------- the line

  draw() {
    const width = this.canvas.parentElement.clientWidth;
    if (!this.header || !width) return;
    const context = sharpContext(this.canvas, width, HEIGHT);
    const { header: { words }, arrays: { shares }, colours } = this;
    const [first, last] = [shares.data[0], shares.data.at(-1)];
    this.axes = new Axes(context, width, HEIGHT, { x: [first, last], y: this.#range(), log: false, share: false, colours, right: 6 });
    this.#beyond(context);
    this.axes.draw(null);
    this.#names(context);
    Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(colours.muted) });
    context.fillText(words.y, this.axes.left + 4, 0);
    this.#losses(context);
    this.#hill(context);
    this.#cursor(context);
    this.#ends(context);
    this.#answer();
    this.slider.value = this.at;
    this.slider.setAttribute("aria-valuetext", this.said.textContent);
  }

  #row(name, part) {
    return this.arrays[name].data.subarray(part * this.count, (part + 1) * this.count);
  }

  #range() {
    const inside = [0, 1].flatMap((part) => [...this.#row("losses", part)].filter((_, i) => this.#inside(i))).filter(Number.isFinite);
    const all = [...this.arrays.losses.data].filter(Number.isFinite);
    const high = Math.max(...inside, 1e-9);
    return [0, Math.min(Math.max(...all, high), FAR * high) * 1.08];
  }

  #inside(i) {
    const share = this.arrays.shares.data[i];
    return share >= 0 && share <= 1;
  }

  // Beyond the two networks the ground is another: nobody walked between them there.
  #beyond(context) {
    const { axes, colours } = this;
    context.fillStyle = css(colours.text, 0.045);
    for (const [from, to] of [[axes.x0, 0], [1, axes.x1]]) {
      context.fillRect(axes.px(from), axes.top, axes.px(to) - axes.px(from), axes.bottom - axes.top);
    }
  }

  #names(context) {
    const { axes, header: { short } } = this;
    Object.assign(context, { textBaseline: "top", textAlign: "center" });
    const room = (axes.px(1) - axes.px(0)) * 0.62;
    short.forEach((name, i) => {
      context.fillStyle = css(this.#colour(i));
      context.font = `600 ${axes.size}px ${this.colours.font}`;
      const half = Math.min(room, context.measureText(name).width) / 2;
      const x = Math.max(axes.left + half, Math.min(axes.right - half, axes.px(i)));
      context.fillText(name, x, axes.bottom + 6, room);
    });
    context.font = `${axes.size}px ${this.colours.font}`;
    context.fillStyle = css(this.colours.muted);
    context.fillText(this.header.words.middle, axes.px(0.5), axes.bottom + 6);
  }

  #colour(end) {
    const { colours } = this;
    return { accent: colours.accent, second: colours.classes[1], muted: colours.muted }[this.header.colours[end]];
  }

  #losses(context) {
    const { axes, arrays: { shares }, colours } = this;
    context.save();
    context.beginPath();
    context.rect(axes.left, axes.top, axes.right - axes.left, axes.bottom - axes.top + 2);
    context.clip();
    for (const part of [1, 0]) {
      const row = this.#row("losses", part);
      context.lineWidth = part ? 2 : 2.75;
      context.strokeStyle = css(colours.accent);
      context.setLineDash(DASHES[part]);
      through(context, Array.from(row, (loss, i) => (Number.isFinite(loss) ? [axes.px(shares.data[i]), axes.py(loss)] : null)));
      context.stroke();
    }
    context.setLineDash([]);
    context.restore();
  }

  // From the height of the higher end up to the highest place, with its height in writing.
  #hill(context) {
    const [share, height] = this.arrays.hills.data;
    if (!(height > 0) || !Number.isFinite(height)) return;
    const { axes, colours, header: { words } } = this;
    const top = this.#row("losses", 0)[this.#nearest(share)];
    const [x, high, low] = [axes.px(share), axes.py(top), axes.py(top - height)];
    context.strokeStyle = context.fillStyle = css(colours.text);
    context.lineWidth = 1.5;
    context.setLineDash([2, 3]);
    through(context, [[axes.px(0), low], [axes.px(1), low]]);
    context.stroke();
    context.setLineDash([]);
    through(context, [[x, low], [x, high], null, [x - 5, low], [x + 5, low], null, [x - 5, high], [x + 5, high]]);
    context.stroke();
    if (low - high < 2) return;
    const text = fill(words.hill, { height: significant(height) });
    const left = x + 10 + context.measureText(text).width > axes.right;
    Object.assign(context, { textAlign: left ? "right" : "left", textBaseline: low - high > 24 ? "middle" : "top" });
    const place = [x + (left ? -9 : 9), low - high > 24 ? (low + high) / 2 : low + 5];
    Object.assign(context, { lineWidth: 4, lineJoin: "round", strokeStyle: css(colours.background, 0.85) });
    context.strokeText(text, ...place);
    context.fillText(text, ...place);
  }

  #cursor(context) {
    const { axes, arrays: { shares }, colours } = this;
    const x = Math.round(axes.px(shares.data[this.at])) + 0.5;
    context.strokeStyle = css(colours.text, 0.75);
    context.lineWidth = 1;
    through(context, [[x, axes.top], [x, axes.bottom]]);
    context.stroke();
    for (const part of [0, 1]) {
      const loss = this.#row("losses", part)[this.at];
      if (Number.isFinite(loss) && loss <= axes.y1) this.#dot(context, x, axes.py(loss), colours.accent, 4);
    }
  }

  #ends(context) {
    const { axes } = this;
    [0, 1].forEach((end) => {
      const loss = this.#row("losses", 0)[this.#nearest(end)];
      if (loss <= axes.y1) this.#dot(context, axes.px(end), axes.py(loss), this.#colour(end), 6);
    });
  }

  #dot(context, x, y, colour, radius) {
    for (const [style, size] of [[this.colours.background, radius + 2], [colour, radius]]) {
      context.fillStyle = css(style);
      context.beginPath();
      context.arc(x, y, size, 0, 7);
      context.fill();
    }
  }

  // ------------------------------------------------------------------------- the network at a place

  #answer() {
    const { header: { words }, arrays: { maps, shares } } = this;
    const share = percent(shares.data[this.at]).replace("-", "−").replace(".0", "");
    write(this.said, [fill(words.way, { share }), ...this.#numbers()].join(words.and));
    const side = this.header.mapped ? this.map.parentElement.clientWidth : 0;
    if (!side) return;
    const [, rows, columns] = maps.shape;
    const data = maps.data.subarray(this.at * rows * columns, (this.at + 1) * rows * columns);
    if (this.moment?.place !== this.at || this.moment.maps !== maps) this.moment = { place: this.at, maps, arrays: { output_map: { shape: [rows, columns], data } } };
    this.map.style.height = `${side}px`;
    this.surface.draw(sharpContext(this.map, side, side), this, { map: { x: 0, y: 0, side } }, this.moment, null);
    label(this.map, fill(words.map, { share }));
  }

  #numbers() {
    const { header: { words, percent: shares } } = this;
    const written = (value) => (shares ? percent(value) : significant(value));
    const known = [[words.train, "losses", 0, significant], [words.validation, "losses", 1, significant], [words.score, "scores", this.#validated ? 1 : 0, written]];
    return known.map(([name, array, part, write_]) => [name, this.#row(array, part)[this.at], write_])
      .filter(([, value]) => !Number.isNaN(value)).map(([name, value, write_]) => `${name} ${write_(value)}`);
  }

  get #validated() {
    return !Number.isNaN(this.#row("losses", 1)[this.at]);
  }

  // ------------------------------------------------------------------------------------- the ends

  #lay() {
    const { header: { words, ends, percent: shares }, arrays: { sharpness } } = this;
    const at = [0, 1].map((end) => this.#nearest(end));
    const score = (end) => this.#row("scores", this.#validated ? 1 : 0)[at[end]];
    const cells = (end) => [significant(this.#row("losses", 0)[at[end]]), significant(this.#row("losses", 1)[at[end]]), shares ? percent(score(end)) : significant(score(end)), significant(sharpness.data[end])];
    const heads = [words.train, words.validation, words.score, words.sharpness];
    const titled = (scope, i) => element("th", { scope }, swatch(css(this.#colour(i))), element("span", { text: ends[i] }));
    const line = (head, texts) => element("tr", {}, head, ...texts.map((text) => element("td", { text })));
    const named = (scope, text) => element("th", { scope, class: "name", text });
    const both = [cells(0), cells(1)];
    const turned = this.root.clientWidth < NARROW; // a column for each end then
    const across = turned ? [0, 1].map((end) => titled("col", end)) : heads.map((text) => named("col", text));
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, named("col", words.end), ...across)),
      element("tbody", {}, ...(turned ? heads.map((text, i) => line(named("row", text), both.map((one) => one[i]))) : both.map((one, end) => line(titled("row", end), one)))),
    );
    const kinds = [["solid", words.train], this.#validated && ["dashed", words.validation]].filter(Boolean);
    this.key.replaceChildren(...kinds.map(([kind, text]) => element("li", {}, element("i", { class: kind, "aria-hidden": "true" }), element("span", { text }))));
  }
}

function swatch(colour) {
  const node = element("span", { class: "swatch", "aria-hidden": "true" });
  node.style.background = colour;
  return node;
}

export default instances("between", (root, parent) => new Between(root, parent));
