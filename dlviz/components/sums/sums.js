// Sums: what goes into the activation of each hidden layer, as a histogram under the curves of f and f′ themselves, at
// the moment under the player's cursor; and what that makes of gradients on their way back.
//
// Data (packed): header {player, run, steps, epochs, layers: [{label, detail, units, low, high}], limit, words: {marked,
// f, slope, x, through, mean, flat, dead, note, label}}; arrays "<layer>/counts" (R, bins), "<layer>/x", "/values",
// "/slopes" (G,), and dead, flat, silent, slope (L, R) float32.

import { Axes } from "../dlviz.curves/axes.js";
import { themeOf } from "../dlviz.maps/drawing.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, passes, percent, significant, whole } from "../dlviz.player/numbers.js";
import { player, unpack } from "../dlviz.player/player.js";

const HEIGHT = 190;
const BARS = 0.72; // of the height of a plot: the tallest bar
const [BAD_SHARE, BAD_SLOPE] = [0.5, 0.1];

class Sums {
  constructor(root, parent) {
    this.root = root;
    this.marked = element("p", { class: "marked figures muted" });
    this.through = element("p", { class: "through figures", "aria-live": "polite" });
    this.rows = element("div");
    this.note = element("p", { class: "note" });
    root.replaceChildren(this.marked, this.through, this.rows, this.note);
    revealStyled(parent, root);
    this.forget = onResize(root, () => this.draw(true));
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    Object.assign(this, { header, arrays, theme: themeOf(this.root), drawn: null });
    this.#build();
    write(this.note, header.words.note);
    const wanted = player(header.player);
    if (this.player !== wanted) {
      this.leave?.();
      this.player = wanted;
      this.leave = wanted.subscribe(() => this.draw());
    }
    this.draw(true);
  }

  #build() {
    const { layers } = this.header;
    const shape = JSON.stringify(layers.map((one) => [one.label, one.detail]));
    if (shape === this.shape) return;
    this.shape = shape;
    this.layers = layers.map((one) => {
      const canvases = [0, 1].map(() => element("canvas", { role: "img" }));
      const signs = ["mean", "flat", "dead"].map((name) => element("li", { class: name }, element("b"), element("span")));
      const node = element("section", { class: "layer" }, element("p", { class: "about" }, element("strong", { text: one.label }), element("span", { text: one.detail })),
        element("div", { class: "pair" }, ...canvases), element("ul", { class: "signs figures" }, ...signs));
      return { canvases, signs, node };
    });
    this.rows.replaceChildren(...this.layers.map(({ node }) => node));
  }

  /** The place of the newest counted moment up to the player's cursor; the last where the player shows another run. */
  get place() {
    const { header, player: shown } = this;
    if (shown?.track?.run !== header.run || !shown.moment) return header.steps.length - 1;
    return Math.max(0, header.steps.findLastIndex((step) => step <= shown.step));
  }

  draw(anew = false) {
    if (!this.header || !this.root.clientWidth) return;
    const { place, header } = this;
    if (place === this.drawn && !anew) return;
    this.drawn = place;
    write(this.marked, fill(header.words.marked, { epoch: passes(header.epochs[place]), step: whole(header.steps[place]) }));
    const means = this.layers.map((_, i) => this.#at("slope", i, place));
    const product = means.reduce((a, b) => a * b, 1);
    write(this.through, fill(header.words.through, { factors: means.toReversed().map((one) => significant(one)).join(" × "), product: significant(product) }));
    this.layers.forEach((layer, i) => this.#layer(layer, i, place));
  }

  #at(name, layer, place) {
    return this.arrays[name].data[layer * this.header.steps.length + place];
  }

  #layer({ canvases, signs }, i, place) {
    const { words, layers } = this.header;
    const texts = [
      [significant(this.#at("slope", i, place)), words.mean, this.#at("slope", i, place) < BAD_SLOPE],
      [percent(this.#at("flat", i, place)), words.flat, this.#at("flat", i, place) > BAD_SHARE],
      [`${whole(this.#at("dead", i, place))} / ${layers[i].units}`, words.dead, this.#at("dead", i, place) > 0],
    ];
    signs.forEach((sign, place_) => {
      const [value, text, bad] = texts[place_];
      write(sign.children[0], `${value} `);
      write(sign.children[1], text);
      sign.classList.toggle("bad", bad);
    });
    this.#plot(canvases[0], i, place, "values", words.f, this.theme.classes[0]);
    this.#plot(canvases[1], i, place, "slopes", words.slope, this.theme.classes[4]);
  }

  #plot(canvas, i, place, kind, name, colour) {
    const { theme, header } = this;
    const width = canvas.clientWidth;
    if (!width) return;
    canvas.style.height = `${HEIGHT}px`;
    label(canvas, fill(header.words.label, { layer: header.layers[i].label, name }));
    const context = sharpContext(canvas, width, HEIGHT);
    const [x, y] = [this.arrays[`${i}/x`].data, this.arrays[`${i}/${kind}`].data];
    const [low, high] = [Math.min(0, ...y), Math.max(1, ...y)];
    const room = 0.08 * (high - low);
    const axes = new Axes(context, width, HEIGHT, { x: [x[0], x.at(-1)], y: [low - room, high + room], log: false, share: false, colours: theme, right: 12 });
    this.#flat(context, axes, i);
    axes.draw(header.words.x);
    context.fillStyle = theme.css(theme.text);
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillText(name, axes.left, 0);
    this.#bars(context, axes, i, place);
    context.strokeStyle = theme.css(colour);
    context.lineWidth = 2.5;
    context.lineJoin = "round";
    context.beginPath();
    x.forEach((at, j) => context.lineTo(axes.px(at), axes.py(y[j])));
    context.stroke();
  }

  /** Shade where |f′| is below the limit. */
  #flat(context, axes, i) {
    const [x, slopes] = [this.arrays[`${i}/x`].data, this.arrays[`${i}/slopes`].data];
    const step = (x.at(-1) - x[0]) / (x.length - 1);
    context.fillStyle = this.theme.css(this.theme.danger, 0.09);
    slopes.forEach((slope, j) => {
      if (Math.abs(slope) >= this.header.limit) return;
      const [left, right] = [axes.px(x[j] - step / 2), axes.px(x[j] + step / 2)].map((one) => Math.max(axes.left, Math.min(axes.right, Math.round(one))));
      context.fillRect(left, axes.top - 4, right - left, axes.bottom - axes.top + 4);
    });
  }

  #bars(context, axes, i, place) {
    const { data, shape: [, bins] } = this.arrays[`${i}/counts`];
    const row = data.subarray(place * bins, (place + 1) * bins);
    const most = Math.max(1, ...row);
    const [wide, tall] = [(axes.right - axes.left) / bins, BARS * (axes.bottom - axes.top)];
    context.fillStyle = this.theme.css(this.theme.muted, 0.5);
    row.forEach((count, j) => {
      const height = (count / most) * tall;
      if (count) context.fillRect(axes.left + j * wide + 0.5, axes.bottom - Math.max(1, height), Math.max(1, wide - 1), Math.max(1, height));
    });
  }

  close() {
    this.leave?.();
    this.forget();
  }
}

export default instances("sums", (root, parent) => {
  const view = new Sums(root, parent);
  return { update: (component) => view.update(component), close: () => view.close() };
});
