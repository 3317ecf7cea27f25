// One side of the duel: its loss, its network and what it answers over the plane. On the learner's own board a link or
// the square of a bias can be taken hold of and dragged up or down.

import { INPUTS, parametersOf } from "./forward.js";
import { Geometry } from "../dlviz.plane/geometry.js";
import { drawLarge, drawLinks, drawNodes, pictures } from "../dlviz.plane/picture.js";
import { weightsOf } from "../dlviz.plane/weights.js";
import { mark } from "../dlviz.chart/marks.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { percent, significant } from "../dlviz.player/numbers.js";

const PER_PIXEL = 0.02; // what a pixel of dragging adds to a weight
const SQUARE = 11; // pixels a side of the mark of a bias
const REACH = 11; // pixels within which a pointer means a bias
const ALONG = 0.7; // where on a link its arrow stands, before it meets the others; in the middle they would cross

export class Board {
  /** `series` is the mark of this side in the chart; `hold(place, value)`, `make()` and `drop()` are for hands. */
  constructor(series, hands = null) {
    Object.assign(this, { series, hands, focus: null, pointed: null, taken: null });
    this.sample = element("canvas", { class: "sample", "aria-hidden": "true" });
    this.title = element("strong");
    [this.lossName, this.rightName] = [element("dt"), element("dt")];
    this.loss = element("dd", { class: "figures loss" });
    this.right = element("dd", { class: "figures" });
    const numbers = element("dl", {}, element("div", {}, this.lossName, this.loss), element("div", {}, this.rightName, this.right));
    this.canvas = element("canvas", { role: "img" });
    this.node = element("section", { class: hands ? "board own" : "board" }, element("div", { class: "head" }, element("h4", {}, this.sample, this.title), numbers), this.canvas);
    if (hands) this.#listen();
  }

  /** Take over words, colours, points and the network's shape. */
  update({ header, theme, points, labels }, title, said) {
    Object.assign(this, { header: { extent: header.extent, inputs: INPUTS }, theme, points, labels, sizes: header.sizes });
    this.parameters = parametersOf(header.sizes);
    write(this.title, title);
    write(this.lossName, header.words.loss);
    write(this.rightName, header.words.right);
    label(this.canvas, said);
    mark(sharpContext(this.sample, 26, 16), theme, this.series, [[2, 8], [24, 8]], [[13, 8]]);
  }

  /** Draw the network with these weights; `slopes` (D,) or null are arrows, `narrow` leaves the map alone. */
  draw(flat, moment, { loss, share }, slopes, narrow) {
    this.flat = flat;
    write(this.loss, significant(loss));
    this.loss.dataset.value = String(loss);
    write(this.right, percent(share));
    const width = this.node.clientWidth;
    if (!width) return;
    this.at = narrow ? { map: { x: 0, y: 0, side: width }, columns: [], width, height: width } : new Geometry(width, this.sizes, false);
    this.canvas.style.height = `${this.at.height}px`;
    const context = sharpContext(this.canvas, width, this.at.height);
    const shown = pictures(this, moment);
    if (!narrow) {
      drawLinks(context, this, this.at, weightsOf(flat, this.sizes));
      drawNodes(context, this, this.at, shown);
    }
    drawLarge(context, this, this.at, shown);
    if (narrow) return;
    for (const one of this.parameters) if (one.from === null) this.#bias(context, one);
    if (slopes) this.#arrows(context, slopes);
  }

  // --------------------------------------------------------------------------------------- marks

  /** The middle of a bias's square: at the corner of its unit, or where the last links end. */
  #placeOfBias({ layer, to }) {
    if (layer + 2 === this.sizes.length) return this.at.mouth;
    const [x, y] = this.at.columns[layer + 1][to];
    return [x - this.at.node / 2 + 2, y + this.at.node / 2 - 2];
  }

  #bias(context, one) {
    const { theme } = this;
    const [x, y] = this.#placeOfBias(one);
    const chosen = this.pointed === one.place;
    context.beginPath();
    context.roundRect(x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE, 2.5);
    context.fillStyle = theme.css(theme.signed(Math.max(-1, Math.min(1, this.flat[one.place]))));
    context.fill();
    context.lineWidth = chosen ? 3 : 1.5;
    context.strokeStyle = theme.css(chosen ? theme.text : theme.mix(theme.background, theme.text, 0.5));
    context.stroke();
  }

  /** On every weight an arrow up or down: where the slope would have it go, and how much compared with the others. */
  #arrows(context, slopes) {
    const most = Math.max(...slopes.map(Math.abs)) || 1;
    for (const one of this.parameters) {
      const share = slopes[one.place] / most;
      const [x, y] = one.from === null ? this.#placeOfBias(one) : along(this.at.curve(one.layer, one.to, one.from), one.layer + 2 === this.sizes.length ? 1 - ALONG : ALONG);
      arrow(context, this.theme, x + (one.from === null ? 13 : 0), y, share);
    }
  }

  // ---------------------------------------------------------------------------------------- hands

  #listen() {
    const { canvas } = this;
    canvas.onpointerdown = (event) => this.#take(event);
    canvas.onpointermove = (event) => (this.taken ? this.#drag(event) : this.#look(this.#under(event)));
    canvas.onpointerup = () => this.#letGo(this.hands.make);
    canvas.onpointercancel = () => this.#letGo(this.hands.drop);
    canvas.onpointerleave = () => this.taken || this.#look(null);
  }

  /** The parameter under the pointer, or null. */
  #under(event) {
    if (!this.at?.under) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const bias = this.parameters.find((one) => one.from === null && Math.hypot(...this.#placeOfBias(one).map((value, i) => value - [x, y][i])) <= REACH);
    if (bias) return bias;
    const { link } = this.at.under(x, y) ?? {};
    return link ? this.parameters.find((one) => String([one.layer, one.to, one.from]) === String(link)) : null;
  }

  #look(one) {
    this.canvas.style.cursor = one && !this.hands.over() ? "ns-resize" : "default";
    if ((one?.place ?? null) === this.pointed) return;
    this.pointed = one?.place ?? null;
    this.focus = one && one.from !== null ? { link: [one.layer, one.to, one.from] } : null; // the others step back
    this.hands.point(this.pointed);
  }

  #take(event) {
    const one = this.#under(event);
    this.#look(one);
    if (!one || event.button || this.hands.over()) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.taken = { place: one.place, from: this.flat[one.place], y: event.clientY };
  }

  #drag(event) {
    const { place, from, y } = this.taken;
    this.hands.hold(place, from + (y - event.clientY) * PER_PIXEL);
  }

  #letGo(then) {
    if (!this.taken) return;
    this.taken = null;
    then();
  }
}

function along([a, b, c, d], t) {
  const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
  return [0, 1].map((i) => p * a[i] + q * b[i] + r * c[i] + s * d[i]);
}

/** A triangle up or down at (x, y); the larger the share of the steepest slope (-1 to 1), the larger it is. */
function arrow(context, theme, x, y, share) {
  const size = 4 + 6 * Math.abs(share);
  const up = share < 0 ? -1 : 1;
  context.beginPath();
  context.moveTo(x, y - up * size);
  context.lineTo(x + 0.8 * size, y + up * 0.7 * size);
  context.lineTo(x - 0.8 * size, y + up * 0.7 * size);
  context.closePath();
  context.fillStyle = theme.css(theme.text);
  context.strokeStyle = theme.css(theme.background);
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.stroke();
  context.fill();
}
