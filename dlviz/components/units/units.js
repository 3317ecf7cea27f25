// A curve and the units that add up to it: what every unit of the last hidden layer gives, thin, the sum of all, strong,
// and the points that the network learns from. A pen draws other points.
//
// Data (packed): header {player, hidden, activations, normed: whether there is batch norm, count: how many are added up or
// null for each by itself, own: whether the points are drawn, heard: seq of the last state taken in, words}; arrays
// train (N, 2), validation (M, 2). Moments carry weights (D,), curve (G,), the network's answers from -1 to 1, and norms
// where there is batch norm: means and variances, layer after layer.
// States: points {points: [[x, y], …]}, count {count}.

import { drawUnits } from "./drawing.js";
import { added, bySize, contributions } from "./forward.js";
import { Pen } from "./pen.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, NEGATIVE, POSITIVE } from "../dlviz.player/colours.js";
import { element, icon, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";
import { player } from "../dlviz.player/player.js";

const PEN = "M3 17.25V21h3.75L17.81 9.94l-3.75-3.75L3 17.25zM20.71 7.04a1 1 0 0 0 0-1.41l-2.34-2.34a1 1 0 0 0-1.41 0l-1.83 1.83 3.75 3.75 1.83-1.83z";
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const REACH = 18; // pixels within which a pointer means a line

class Units {
  constructor(root, parent) {
    Object.assign(this, { root, parent, send: sender(), pen: new Pen(), drawing: false, told: 0, unit: null, count: null });
    this.#build(root);
    this.#listen();
    revealStyled(parent, root);
    this.forget = [onResize(this.canvas, (width) => { this.width = width; this.draw(); })];
  }

  #build(root) {
    const button = (act) => element("button", { type: "button", onclick: act });
    this.modes = [button(() => this.#add(null)), button(() => this.#add(this.count ?? Math.min(1, this.size)))];
    this.modeGroup = element("div", { class: "modes", role: "group" }, ...this.modes);
    this.slider = element("input", { type: "range", min: 0, step: 1, oninput: () => this.#add(Number(this.slider.value)) });
    this.output = element("output", { class: "figures" });
    this.adding = element("div", { class: "adding", hidden: true }, this.slider, this.output);
    this.penWords = element("span");
    this.penButton = element("button", { type: "button", onclick: () => this.#takePen() }, icon(PEN), this.penWords);
    this.clearButton = button(() => { this.pen.clear(); this.cleared = true; this.draw(); });
    const pens = element("div", { class: "pen" }, this.clearButton, this.penButton);
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.key = element("ul", { class: "key figures" });
    root.replaceChildren(element("div", { class: "head" }, this.modeGroup, this.adding, pens), this.canvas, element("div", { class: "foot" }, this.said, this.key));
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const fresh = heard(header.heard, this.told);
    Object.assign(this, { header, colours: themeOf(this.parent), size: header.hidden.at(-1) ?? 1 });
    if (fresh) {
      this.points = { train: pairsOf(arrays.train), validation: pairsOf(arrays.validation) };
      this.count = header.count === null ? null : Math.min(header.count, this.size);
      if (header.own && !this.stroke && !this.cleared) this.pen.take(this.points.train);
    }
    if (!this.player) {
      this.player = player(header.player);
      this.forget.push(this.player.subscribe(() => this.draw()));
    }
    this.#words();
    this.draw();
  }

  #words() {
    const { words } = this.header;
    [words.each, words.one_by_one].forEach((text, i) => write(this.modes[i], text));
    label(this.modeGroup, words.modes);
    label(this.slider, words.slider);
    label(this.canvas, words.label);
    write(this.penWords, this.drawing ? words.done : words.draw);
    write(this.clearButton, words.clear);
    const line = (colour, text) => element("li", {}, element("i", { style: `border-color: ${css(colour)}` }), element("span", { text }));
    const dot = element("i", { class: "dot", style: `background: ${css(this.colours.muted)}` });
    this.key.replaceChildren(
      line(this.colours.text, words.answer),
      line(POSITIVE, words.adds),
      line(NEGATIVE, words.takes),
      element("li", {}, dot, element("span", { text: words.points })),
    );
  }

  // ----------------------------------------------------------------------------------- what is done

  #add(count) {
    this.count = count;
    this.unit = null;
    this.told = this.send("count", { count });
    this.draw();
  }

  #takePen() {
    this.drawing = !this.drawing;
    this.cleared = false;
    if (this.drawing && !this.header.own) this.pen.clear();
    this.unit = null;
    this.#words();
    this.draw();
  }

  #listen() {
    const { canvas } = this;
    canvas.onpointerdown = (event) => this.#press(event);
    canvas.onpointermove = (event) => this.#move(event);
    canvas.onpointerup = canvas.onpointercancel = () => this.#lift();
    canvas.onpointerleave = (event) => { if (event.pointerType === "mouse" && !this.stroke) this.#choose(null); };
    canvas.onblur = () => this.#choose(null);
    canvas.onkeydown = (event) => this.#key(event);
  }

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #press(event) {
    if (event.button) return;
    if (!this.drawing) { this.#choose(this.#under(...this.#place(event))); return; }
    this.canvas.setPointerCapture(event.pointerId);
    this.stroke = true;
    this.cleared = false;
    this.#draw(event);
  }

  #move(event) {
    if (this.stroke) this.#draw(event);
    else if (!this.drawing) this.#choose(this.#under(...this.#place(event)));
  }

  #draw(event) {
    const [x, y] = this.#place(event);
    this.pen.to(this.axes.at(x), this.axes.y1 - ((y - this.axes.top) / (this.axes.bottom - this.axes.top)) * (this.axes.y1 - this.axes.y0));
    this.draw();
  }

  #lift() {
    if (!this.stroke) return;
    this.stroke = false;
    this.pen.lift();
    const { points } = this.pen;
    if (points.length > 1) {
      this.points = { train: points, validation: [] };
      this.told = this.send("points", { points });
    }
    this.draw();
  }

  #key(event) {
    const step = STEPS[event.key];
    if (event.key === "Escape") this.#choose(null);
    else if (!step || !this.parts || event.ctrlKey || event.metaKey || event.altKey) return;
    else this.#choose(this.unit === null ? 0 : (this.unit + step + this.size) % this.size);
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(unit) {
    if (unit === this.unit) return;
    this.unit = unit;
    this.draw();
  }

  // The unit whose line is nearest to a pixel, null where none is near.
  #under(x, y) {
    if (!this.parts || !this.axes) return null;
    const { rows } = this.parts;
    const place = Math.round(((this.axes.at(x) + 1) / 2) * (rows[0].length - 1));
    if (place < 0 || place >= rows[0].length) return null;
    const away = rows.map((row) => Math.abs(this.axes.py(row[place]) - y));
    const nearest = away.indexOf(Math.min(...away));
    return away[nearest] < REACH ? nearest : null;
  }

  // ---------------------------------------------------------------------------------------- drawing

  draw() {
    if (!this.header || !this.width || !this.player) return;
    const moment = this.player.latest("curve");
    this.#compute(moment);
    this.axes = drawUnits(this);
    this.canvas.classList.toggle("drawing", this.drawing);
    this.penButton.setAttribute("aria-pressed", String(this.drawing));
    this.clearButton.hidden = !this.drawing;
    this.modes.forEach((one, i) => one.setAttribute("aria-pressed", String((this.count === null) === !i)));
    this.adding.hidden = this.count === null || !this.parts;
    this.slider.max = this.size;
    if (this.count !== null) this.slider.value = this.count;
    write(this.output, this.count === null ? "" : fill(this.header.words.of, { count: this.count, all: this.size }));
    write(this.said, this.#sentence());
  }

  // What every unit gives at the moment on show; its weights may still be of a network of another size.
  #compute(moment) {
    const flat = moment?.arrays.weights.data;
    if (flat === this.flat) return;
    const { hidden, activations, normed } = this.header;
    this.flat = flat;
    this.curve = moment?.arrays.curve.data ?? null;
    const sizes = [1, ...hidden, 1];
    const units = hidden.reduce((sum, width) => sum + width, 0);
    const wanted = sizes.slice(1).reduce((sum, width, i) => sum + width * (sizes[i] + 1), 0) + (normed ? 2 * units : 0);
    const norms = normed ? moment?.arrays.norms?.data : null;
    this.parts = null;
    if (!flat || flat.length !== wanted || (normed && norms?.length !== 2 * units)) return;
    const xs = Float64Array.from(this.curve, (_, i) => (2 * i) / (this.curve.length - 1) - 1);
    this.parts = contributions(flat, hidden, activations, xs, norms);
    this.order = bySize(this.parts.rows);
    const sum = added(this.parts.rows, this.order, this.parts.bias, this.size);
    this.off = this.curve.reduce((most, value, i) => Math.max(most, Math.abs(value - sum[i])), 0);
    this.root.dataset.off = String(this.off);
  }

  #sentence() {
    const { words, names, hidden, activations } = this.header;
    if (this.drawing) return words.how;
    if (!this.parts) return "";
    if (!hidden.length) return fill(words.straight, { sum: sumText(this.parts.weights[0], this.parts.bias) });
    if (this.unit === null) {
      return this.count === null ? fill(this.size === 1 ? words.sum_one : words.sum, { count: this.size, off: significant(this.off, 1) }) : this.#soFar();
    }
    const [start, weight] = [this.parts.starts[this.unit], this.parts.weights[this.unit]];
    const number = this.unit + 1;
    if (!start) return fill(words.deep, { number, weight: significant(weight) });
    const sum = sumText(start.weight, start.bias);
    const text = fill(words.unit, { number, weight: significant(weight), name: names[activations[hidden.length - 1]], sum });
    const bend = -start.bias / start.weight;
    return Math.abs(bend) <= 1 ? `${text} ${fill(words.bends, { x: significant(bend) })}` : `${text} ${words.outside}`;
  }

  #soFar() {
    if (!this.count) return fill(this.header.words.none, { bias: significant(this.parts.bias) });
    const sum = added(this.parts.rows, this.order, this.parts.bias, this.count);
    const off = sum.reduce((total, value, i) => total + Math.abs(value - this.curve[i]), 0) / sum.length;
    return fill(this.header.words.so_far, { number: this.order[this.count - 1] + 1, count: this.count, off: significant(off) });
  }

  close() {
    for (const forget of this.forget) forget();
  }
}

const sumText = (weight, bias) => `${significant(weight)}·x ${bias < 0 ? "−" : "+"} ${significant(Math.abs(bias))}`;

const pairsOf = ({ data }) => Array.from({ length: data.length / 2 }, (_, i) => [data[2 * i], data[2 * i + 1]]);

export default instances("units", (root, parent) => new Units(root, parent));
