// Logistic regression at work: where the rows lie (a plane, or the weights of a table's columns) beside what becomes of
// them (the S-curve, or for three classes the triangle of probabilities). Pointing at a row in one picture shows it in
// the other; the threshold can be taken hold of on the curve. It follows the moment under the player's cursor.
//
// Data (packed): header {player, extent, degree, sums: 1 or 3, plane: bool, editable: bool, classes, columns, heard,
// words}; arrays inputs (N, F) float32, labels and splits (N,) uint8 (0 training, 1 validation, 2 test), own (M, 3)
// float32 where points are painted. States: points {rows: [[x, y, class]]}, judged {threshold} when it was let go of.

import { heard, sender } from "../dlviz.maps/drawing.js";
import { dot, themeOfClasses } from "../dlviz.network/surface.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { unpack } from "../dlviz.player/player.js";
import { View } from "../dlviz.player/view.js";
import { setThreshold, thresholdOf } from "../dlviz.judge/threshold.js";
import { Bars } from "./bars.js";
import { Curve } from "./curve.js";
import { Model, answer, probabilities } from "./model.js";
import { Plane } from "./plane.js";
import { Triangle } from "./triangle.js";

const REACH = 22; // pixels within which a pointer means a row
const ERASED = 14;
const TALLEST = 560;
const SHORTEST = 260;

class Sigmoid extends View {
  constructor(root, parent) {
    super(root, parent);
    Object.assign(this, { send: sender(), shown: -1, tool: 0, drawn: [], count: 0 });
    const pictures = [0, 1].map(() => element("canvas", { role: "img" }));
    this.boxes = pictures.map((canvas) => element("div", { class: "picture" }, canvas));
    this.left = { plane: new Plane(pictures[0]), bars: new Bars(pictures[0]) };
    this.right = { curve: new Curve(pictures[1]), triangle: new Triangle(pictures[1]) };
    this.canvases = pictures;
    this.tools = element("div", { class: "tools", role: "group" });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.legend = element("ul", { class: "legend" });
    root.replaceChildren(this.tools, element("div", { class: "pictures" }, ...this.boxes), this.said, this.legend);
    this.#listen();
    this.closed = onResize(root, () => { this.drawn = []; this.player?.redraw(); });
  }

  update({ data, setStateValue }) {
    if (!(data instanceof Uint8Array)) return;
    this.send.setStateValue = setStateValue;
    const { header, arrays } = unpack(data);
    const mine = Boolean(this.painted) && !heard(header.heard, this.send.sequence);
    this.header = header;
    if (!mine) this.painted = arrays.own ? pointsOf(arrays.own.data) : null;
    this.rows = { inputs: arrays.inputs.data, labels: arrays.labels.data, splits: arrays.splits.data };
    this.fresh = arrays.inputs.shape[0] === this.painted?.length;
    super.update({ data: header, setStateValue });
  }

  configured() {
    const { header, root } = this;
    this.theme = themeOfClasses(root);
    this.kind = header.sums === 1 ? "two" : "classes";
    this.#take();
    this.drawn = [];
    label(this.canvases[0], header.plane ? header.words.plane_label : header.words.bars_label);
    for (const node of [this.canvases[1], this.boxes[1]]) label(node, header.sums === 1 ? header.words.curve_label : header.words.triangle_label);
    this.boxes[0].classList.toggle("paper", header.editable);
    this.#buildTools();
    this.#buildLegend();
  }

  /** The rows on show: those of the run, or what was painted since. */
  #take() {
    const { painted, header } = this;
    Object.assign(this, this.rows);
    if (header.editable && painted && !this.fresh) {
      this.inputs = Float32Array.from(painted.flatMap(({ x, y }) => [x, y]));
      this.labels = Uint8Array.from(painted, (one) => one.label);
      this.splits = new Uint8Array(painted.length);
    }
    this.count = this.labels.length;
    if (this.shown >= this.count) this.shown = -1;
  }

  // ------------------------------------------------------------------------------------------ drawing

  draw() {
    const { player, header } = this;
    if (!header || !this.root.clientWidth) return;
    const flat = player.moment?.arrays.weights?.data ?? null;
    this.threshold = thresholdOf(player);
    const state = [flat, this.threshold, this.shown, this.rows, this.painted, this.theme, this.root.clientWidth];
    if (this.drawn.length && state.every((one, i) => one === this.drawn[i])) return;
    this.drawn = state;
    const features = header.plane ? 2 : header.columns.length;
    const fits = flat && flat.length === header.sums * (features * header.degree + 1);
    this.model = fits ? new Model(flat, features, header.degree, header.sums) : null;
    this.sums = this.model && this.count ? this.model.all(this.inputs) : null;
    this.#draw();
    this.#say();
    this.root.dataset.rows = String(this.sums ? this.count : 0); // on show with their sums
  }

  #draw() {
    const widths = this.boxes.map((box) => box.clientWidth);
    this.width = widths[0];
    if (this.header.plane) this.left.plane.draw(this);
    else this.left.bars.draw(this);
    const height = Math.max(SHORTEST, Math.min(TALLEST, this.canvases[0].clientHeight));
    this.width = widths[1];
    if (this.header.sums === 1) this.right.curve.draw(this, Math.min(height, Math.max(SHORTEST, (this.header.plane ? 1.15 : 1.6) * widths[1])));
    else this.right.triangle.draw(this, Math.min(height, Math.max(SHORTEST, 1.05 * widths[1])));
  }

  #say() {
    const { header: { words, classes, plane, sums: width }, shown, sums, threshold } = this;
    if (shown < 0 || !sums) { write(this.said, words.hint); return; }
    const own = sums.subarray(shown * width, (shown + 1) * width);
    const shares = probabilities(own);
    const truth = this.labels[shown];
    const features = this.inputs.length / this.count;
    const values = {
      place: plane ? [0, 1].map((axis) => significant(this.inputs[shown * features + axis], 2)).join(", ") : String(shown + 1),
      part: words.parts[this.splits[shown]], truth: classes[truth], answer: classes[answer(shares, threshold)], name: classes[1],
      z: Array.from(own, (one) => significant(one)).join(", "), share: percent(shares.at(-1)), loss: significant(-Math.log(Math.max(1e-300, shares[truth]))),
      shares: shares.map((share, one) => `${classes[one]} ${percent(share)}`).join(", "), of_truth: percent(shares[truth]),
    };
    write(this.said, fill(width === 1 ? words.read : words.read_classes, values));
  }

  // --------------------------------------------------------------------------------------- words and tools

  #buildLegend() {
    const { header: { words, plane, sums }, theme } = this;
    const rows = [["filled", words.filled], ...(this.splits.includes(1) ? [["hollow", words.hollow]] : [])];
    if (plane) rows.push(["line", sums === 1 ? words.line : words.lines]);
    if (plane && sums === 1) rows.push(["dashed", words.dashed]);
    this.legend.replaceChildren(...rows.map(([kind, text]) => {
      const canvas = element("canvas", { "aria-hidden": "true" });
      const context = sharpContext(canvas, 26, 14);
      Object.assign(context, { strokeStyle: css(theme.text), lineWidth: kind === "line" ? 2.5 : 1.25 });
      context.setLineDash(kind === "dashed" ? [5, 4] : []);
      if (kind === "filled" || kind === "hollow") [0, 1].forEach((one) => dot(context, this, one, 7 + 12 * one, 7, 4, kind === "hollow"));
      else { context.beginPath(); context.moveTo(1, 7); context.lineTo(25, 7); context.stroke(); }
      return element("li", {}, canvas, element("span", { text }));
    }));
  }

  #buildTools() {
    const { header, theme } = this;
    this.tools.hidden = !header.editable;
    if (!header.editable) return;
    const names = [...header.colours, header.words.erase];
    label(this.tools, header.words.tools);
    this.tools.replaceChildren(...names.map((name, place) => {
      const erases = place === names.length - 1;
      const sample = element("canvas", { "aria-hidden": "true" });
      if (!erases) {
        const context = sharpContext(sample, 16, 16);
        dot(context, { theme, kind: "classes" }, place, 8, 8, 5, false);
      }
      const act = () => { this.tool = place; this.#press(); };
      return element("button", { type: "button", onclick: act }, !erases && sample, element("span", { text: name }));
    }));
    this.#press();
  }

  #press() {
    [...this.tools.children].forEach((button, place) => button.setAttribute("aria-pressed", String(place === this.tool)));
  }

  // ------------------------------------------------------------------------------------------- hands

  #listen() {
    this.boxes.forEach((box, side) => {
      box.onpointermove = (event) => this.#move(side, event);
      box.onpointerdown = (event) => this.#take_hold(side, event);
      box.onpointerup = box.onpointercancel = () => this.#release();
      box.onpointerleave = (event) => { if (event.pointerType === "mouse" && !this.turning) this.#show(-1); };
    });
    const right = this.boxes[1];
    right.tabIndex = 0;
    right.setAttribute("role", "application"); // the arrow keys are its own, not the bench's
    right.onkeydown = (event) => this.#key(event);
    right.onblur = () => this.#show(-1);
  }

  #here(side, event) {
    const box = this.canvases[side].getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** The picture on that side in which rows have places, or null. */
  #picture(side) {
    const { header } = this;
    if (side === 0) return header.plane ? this.left.plane : null;
    return header.sums === 1 ? this.right.curve : this.right.triangle;
  }

  #nearest(side, [x, y]) {
    const picture = this.#picture(side);
    let [found, least] = [-1, REACH * REACH];
    for (let i = 0; picture && i < this.count; i += 1) {
      if (this.splits[i] > 1) continue;
      const [px, py] = picture.place(this, i);
      const far = (px - x) ** 2 + (py - y) ** 2;
      if (far < least) [found, least] = [i, far];
    }
    return found;
  }

  #move(side, event) {
    if (!this.header || !this.drawn.length) return;
    const here = this.#here(side, event);
    if (this.turning) { setThreshold(this.player, this.right.curve.thresholdAt(here[1])); return; }
    const holds = side === 1 && this.header.sums === 1 && this.right.curve.holds(...here);
    this.boxes[1].style.cursor = holds ? "ns-resize" : "";
    this.#show(holds ? -1 : this.#nearest(side, here));
  }

  #take_hold(side, event) {
    if (event.button || !this.header || !this.drawn.length) return;
    const here = this.#here(side, event);
    if (side === 1 && this.header.sums === 1 && this.right.curve.holds(...here)) {
      this.turning = true;
      this.boxes[1].setPointerCapture(event.pointerId);
      event.preventDefault();
    } else if (side === 0 && this.header.editable) this.#paint(here);
    else this.#show(this.#nearest(side, here));
  }

  #release() {
    if (!this.turning) return;
    this.turning = false;
    this.send("judged", { threshold: thresholdOf(this.player) });
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !this.sums || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const order = [...Array(this.count).keys()].filter((i) => this.splits[i] < 2).sort((one, other) => this.#rank(one) - this.#rank(other));
    const place = order.indexOf(this.shown);
    this.#show(order[Math.max(0, Math.min(order.length - 1, place < 0 ? 0 : place + step))]);
  }

  #rank(i) {
    return this.header.sums === 1 ? this.sums[i] : this.labels[i] * 1e6 + i;
  }

  #show(index) {
    if (index === this.shown) return;
    this.shown = index;
    this.player?.redraw();
  }

  // ------------------------------------------------------------------------------------------ painting

  /** Put a point of the chosen class where the pointer is, or take away the one under it. */
  #paint([px, py]) {
    const place = this.left.plane.at(this, px, py);
    if (!place || !this.painted) return;
    const erases = this.tool === this.header.colours.length;
    if (erases) {
      const far = ({ x, y }) => { const [ax, ay] = this.left.plane.pixels(this, x, y); return Math.hypot(ax - px, ay - py); };
      const nearest = this.painted.reduce((best, one) => (far(one) < far(best) ? one : best), this.painted[0]);
      if (!nearest || far(nearest) > ERASED || this.painted.length <= this.header.fewest) return;
      this.painted = this.painted.filter((one) => one !== nearest);
    } else if (this.painted.length < this.header.most) this.painted = [...this.painted, { x: place[0], y: place[1], label: this.tool }];
    else return;
    this.fresh = false;
    this.#take();
    this.send("points", { rows: this.painted.map(({ x, y, label: one }) => [x, y, one]) });
    this.player.redraw();
  }
}

const pointsOf = (data) => Array.from({ length: data.length / 3 }, (_, i) => ({ x: data[3 * i], y: data[3 * i + 1], label: data[3 * i + 2] }));

export default instances("sigmoid", (root, parent) => new Sigmoid(root, parent));
