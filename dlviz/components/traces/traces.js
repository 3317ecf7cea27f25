// Traces: how many numbers change with one that is turned, each a line of its own; both axes may be by powers of ten. A
// mark shows where things stand now, and a click chooses another place.
//
// Data (packed): header {series: [{label, dash?, place: of its colour}], names: [words of the places], log_x, log_y, x_label,
// y_label, now: {x, values: [numbers or null], label} | null, chosen: whether a click means anything, words: {label, at, how},
// heard}; arrays x (P,), values (S, P) float32. State: chosen {index}.

import { Axes } from "../dlviz.curves/axes.js";
import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, sharpContext, through, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const HEIGHT = 320;
const DASHES = [[], [7, 4], [2, 4]];
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

class Traces {
  constructor(root, parent) {
    this.root = root;
    this.at = null;
    this.send = sender();
    this.sequence = 0;
    this.canvas = element("canvas", { role: "application", tabindex: 0 });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.key = element("ul", { class: "key figures" });
    this.above = element("p", { class: "above" }); // what y is: as text it takes two lines where one is too narrow
    root.replaceChildren(this.key, this.above, element("div", { class: "picture" }, this.canvas), this.said);
    revealStyled(parent, root);
    this.close = onResize(root, () => this.draw());
    this.canvas.onpointermove = (event) => this.#point(this.#under(event));
    this.canvas.onpointerleave = () => this.#point(null);
    this.canvas.onclick = (event) => this.#choose(this.#under(event));
    this.canvas.onkeydown = (event) => this.#keys(event);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const [count, places] = arrays.values.shape;
    Object.assign(this, { header, places, x: arrays.x.data, theme: themeOf(this.root) });
    this.rows = Array.from({ length: count }, (_, i) => arrays.values.data.subarray(i * places, (i + 1) * places));
    if (this.at !== null && this.at >= places) this.at = null;
    if (heard(header.heard, this.sequence)) this.wanted = null;
    label(this.canvas, header.words.label);
    this.#layKey();
    this.draw();
  }

  // --------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.canvas.parentElement.clientWidth;
    if (!this.header || !width) return;
    const { header, theme } = this;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, width, HEIGHT);
    this.axes = new Axes(context, width, HEIGHT, { x: this.#rangeOfX(), y: this.#rangeOfY(), log: header.log_y, share: false, colours: theme, right: 10 });
    this.axes.draw(null);
    this.#xNames(context);
    write(this.above, header.y_label);
    this.above.style.paddingInlineStart = `${this.axes.left}px`;
    if (!header.log_y) this.#level(context, 0);
    if (this.at !== null) this.#upright(context, this.#px(this.at), theme.muted, []);
    this.rows.forEach((row, i) => this.#line(context, row, i));
    this.#now(context);
    this.#read();
  }

  #scaled(x) {
    return this.header.log_x ? Math.log10(x) : x;
  }

  #rangeOfX() {
    const [first, last] = [this.#scaled(this.x[0]), this.#scaled(this.x.at(-1))];
    const room = 0.02 * (last - first || 1);
    return [first - room, last + room];
  }

  #rangeOfY() {
    const now = (this.header.now?.values ?? []).filter((value) => value !== null);
    const all = [...this.rows.flatMap((row) => [...row]), ...now].filter((value) => Number.isFinite(value) && (!this.header.log_y || value > 0));
    let [low, high] = [Math.min(...all), Math.max(...all)];
    if (!all.length) [low, high] = [0.1, 1];
    if (this.header.log_y) return [low / 1.25, high * 1.25];
    [low, high] = [Math.min(0, low), Math.max(0, high)];
    const room = 0.06 * (high - low || 1);
    return [low - room, high + room];
  }

  #px(place) {
    return this.axes.px(this.#scaled(this.x[place]));
  }

  #xNames(context) {
    const { header, theme, axes } = this;
    context.fillStyle = theme.css(theme.muted);
    context.textBaseline = "top";
    context.textAlign = "right";
    context.fillText(header.x_label, axes.right, axes.bottom + 6);
    const room = axes.right - context.measureText(header.x_label).width - 12;
    context.textAlign = "center";
    let free = -Infinity;
    header.names.forEach((name, i) => {
      const half = context.measureText(name).width / 2;
      const x = this.#px(i);
      if (!name || x - half < free || x + half > room) return;
      free = x + half + 10;
      context.fillText(name, x, axes.bottom + 6);
    });
  }

  #level(context, value) {
    const y = Math.round(this.axes.py(value)) + 0.5;
    context.fillStyle = this.theme.css(this.theme.muted);
    context.fillRect(this.axes.left, y - 0.5, this.axes.right - this.axes.left, 1);
  }

  #upright(context, x, colour, dash) {
    context.strokeStyle = this.theme.css(colour, 0.8);
    context.lineWidth = 1.25;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(Math.round(x) + 0.5, this.axes.top);
    context.lineTo(Math.round(x) + 0.5, this.axes.bottom);
    context.stroke();
    context.setLineDash([]);
  }

  #look(i) {
    const { place, dash } = this.header.series[i];
    return { colour: this.theme.classes[place % this.theme.classes.length], dash: DASHES[dash ?? 0] };
  }

  #line(context, row, i) {
    const { colour, dash } = this.#look(i);
    const fits = (value) => Number.isFinite(value) && (!this.header.log_y || value > 0);
    context.strokeStyle = this.theme.css(colour);
    context.lineWidth = 2.25;
    context.lineJoin = "round";
    context.setLineDash(dash);
    through(context, Array.from(row, (value, place) => (fits(value) ? [this.#px(place), this.axes.py(value)] : null)));
    context.stroke();
    context.setLineDash([]);
  }

  #now(context) {
    const { header: { now }, theme, axes } = this;
    if (!now) return;
    const x = Math.max(axes.left, Math.min(axes.right, axes.px(this.#scaled(now.x))));
    this.#upright(context, x, theme.accent, [5, 4]);
    context.textBaseline = "top";
    context.textAlign = x > (axes.left + axes.right) / 2 ? "right" : "left";
    context.fillStyle = theme.css(theme.accent);
    context.fillText(now.label, x + (context.textAlign === "right" ? -6 : 6), axes.top);
    now.values.forEach((value, i) => {
      if (value === null) return;
      context.beginPath();
      context.arc(x, axes.py(value), 5, 0, 7);
      context.fillStyle = theme.css(this.#look(i).colour);
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = theme.css(theme.background);
      context.stroke();
    });
  }

  // ----------------------------------------------------------------------------------------- words

  #layKey() {
    const { header: { series } } = this;
    this.key.replaceChildren(...series.map(({ label: text }, i) => {
      const canvas = element("canvas", { "aria-hidden": "true" });
      const context = sharpContext(canvas, 28, 16);
      const { colour, dash } = this.#look(i);
      context.strokeStyle = this.theme.css(colour);
      context.lineWidth = 2.5;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(1, 8);
      context.lineTo(27, 8);
      context.stroke();
      return element("li", {}, canvas, element("span", { text }), element("b"));
    }));
  }

  #read() {
    const { header, at, rows } = this;
    [...this.key.children].forEach((item, i) => write(item.lastChild, at === null ? "" : significant(rows[i][at])));
    write(this.said, at === null ? header.words.how : fill(header.words.at, { x: significant(this.x[at]) }));
  }

  // -------------------------------------------------------------------------------------- pointing

  #under(event) {
    if (!this.axes) return null;
    const pixel = event.clientX - this.canvas.getBoundingClientRect().left;
    let nearest = 0;
    for (let i = 1; i < this.places; i += 1) if (Math.abs(this.#px(i) - pixel) < Math.abs(this.#px(nearest) - pixel)) nearest = i;
    return nearest;
  }

  #point(place) {
    if (place === this.at) return;
    this.at = place;
    this.draw();
  }

  #choose(place) {
    if (place === null || !this.header?.chosen) return;
    this.sequence = this.send("chosen", { index: place });
  }

  #keys(event) {
    const step = STEPS[event.key];
    if (event.key === "Enter" && this.at !== null) this.#choose(this.at);
    else if (step) this.#point(Math.max(0, Math.min(this.places - 1, (this.at ?? -1) + step)));
    else return;
    event.preventDefault();
  }
}

export default instances("traces", (root, parent) => new Traces(root, parent));
