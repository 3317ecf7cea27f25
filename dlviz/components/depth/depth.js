// In depth: how signals and gradients are spread in every layer of a stack, how large they are, beside what theory
// predicts, and where units no longer listen. All charts have the same layers across; the pointer or the arrow keys read
// one of them.
//
// Data (packed): header {layers, own, reach, own_reach, grew: [signals, gradients] of {factor, theory, whole, kind,
// variance, formula, source}, words}, arrays sizes, theory (2, L+1), apart (L+1,), shared, own (2, L+1, G), flat, dead (L,).
//
// State: own {own}: whether each layer has a scale of its own.

import { Card } from "./cards.js";
import { DASH, DOTS, Lines } from "./lines.js";
import { Slots } from "./slots.js";
import { Units } from "./units.js";
import { Violins } from "./violins.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, mix } from "../dlviz.player/colours.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const NAMES = ["signals", "gradients"];
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

class Depth {
  constructor(root, parent) {
    Object.assign(this, { root, parent, marked: null, send: sender(), own: null });
    this.cards = NAMES.map((name) => new Card(name));
    this.parts = Object.fromEntries([...NAMES, "lines", "units"].map((name) => [name, part(name)]));
    this.violins = NAMES.map((name) => new Violins(this.parts[name].canvas));
    this.lines = new Lines(this.parts.lines.canvas);
    this.units = new Units(this.parts.units.canvas);
    this.scale = element("button", { class: "own", type: "button", onclick: () => this.#rescale() });
    this.parts.signals.head.append(this.scale);
    this.charts = element("div", { class: "charts", role: "application", tabindex: 0 }, ...Object.values(this.parts).map(({ node }) => node));
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    root.replaceChildren(element("div", { class: "grew" }, ...this.cards.map(({ node }) => node)), this.said, this.charts);
    this.#listen();
    this.close = onResize(root, () => this.draw());
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    Object.assign(this, unpack(data), { theme: themeOf(this.parent) });
    if (this.own === null || heard(this.header.heard, this.send.sequence)) this.own = this.header.own;
    const { words, layers, grew } = this.header;
    if (this.marked > layers) this.marked = null;
    this.colours = { signals: this.theme.accent, gradients: this.theme.classes[3], apart: this.theme.classes[2], flat: mix(this.theme.neutral, this.theme.text, 0.25), dead: this.theme.danger };
    this.cards.forEach((card, i) => card.update(grew[i], layers, this.colours[NAMES[i]], words));
    for (const name of Object.keys(this.parts)) write(this.parts[name].title, words[`${name}.title`]);
    label(this.charts, words.label);
    this.#legends();
    this.#fill();
    this.draw();
  }

  #fill() {
    const { arrays, header, theme, colours, own } = this;
    const row = ({ data, shape }, i) => data.subarray((i * data.length) / shape[0], ((i + 1) * data.length) / shape[0]);
    this.violins.forEach((one, i) => {
      const counts = arrays[own ? "own" : "shared"];
      one.update({ data: row(counts, i), shape: counts.shape.slice(1) }, own ? header.own_reach : header.reach, own ? "×" : "", theme);
    });
    const series = NAMES.flatMap((name, i) => [
      { values: row(arrays.sizes, i), colour: colours[name], dash: [], width: 2.25, dots: true },
      { values: row(arrays.theory, i), colour: mix(colours[name], theme.text, 0.35), dash: DASH, width: 1.5 },
    ]);
    this.lines.update([...series, { values: arrays.apart.data, colour: colours.apart, dash: DOTS, width: 2.25 }], theme);
    this.units.update(arrays.flat.data, arrays.dead.data, colours, theme);
    this.scale.setAttribute("aria-pressed", String(own));
    write(this.scale, header.words.own);
    this.scale.title = header.words["own.help"];
  }

  #legends() {
    const { words } = this.header;
    const { colours, theme } = this;
    const lines = [[colours.signals, [], words["line.signals"]], [colours.gradients, [], words["line.gradients"]], [theme.muted, DASH, words.in_theory], [colours.apart, DOTS, words["line.apart"]]];
    this.parts.lines.legend.replaceChildren(...lines.map(([colour, dash, text]) => sample(text, (context) => {
      context.strokeStyle = css(colour);
      context.lineWidth = 2.25;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(0, 6);
      context.lineTo(26, 6);
      context.stroke();
    })));
    this.parts.units.legend.replaceChildren(...["flat", "dead"].map((name) => sample(words[name], (context) => {
      context.fillStyle = css(colours[name]);
      context.fillRect(6, 0, 14, 12);
    })));
  }

  draw() {
    const width = this.charts.clientWidth;
    if (!this.header || !width) return;
    this.slots = new Slots(width, this.header.layers);
    for (const one of this.violins) one.draw(this.slots, this.marked);
    const name = this.header.words.layer;
    this.lines.draw(this.slots, this.marked, name);
    this.units.draw(this.slots, this.marked, name);
    this.#read();
  }

  #read() {
    const { words, layers } = this.header;
    const { sizes, theory, apart, flat, dead } = this.arrays;
    const at = this.marked;
    if (at === null) return write(this.said, words.hint);
    const of = ({ data }, which) => significant(data[which * (layers + 1) + at]);
    const numbers = { layer: at, signals: of(sizes, 0), gradients: of(sizes, 1), signals_theory: of(theory, 0), gradients_theory: of(theory, 1), apart: of(apart, 0) };
    const rest = at ? fill(words["said.units"], { flat: percent(flat.data[at - 1]), dead: percent(dead.data[at - 1]) }) : words["said.input"];
    return write(this.said, fill(words.said, numbers) + rest);
  }

  #rescale() {
    this.own = !this.own;
    this.#fill();
    this.draw();
    this.send("own", { own: this.own });
  }

  // --------------------------------------------------------------------------------------- reading

  #listen() {
    const { charts } = this;
    charts.onpointermove = charts.onpointerdown = (event) => this.slots && event.target.matches("canvas") && this.#mark(this.slots.at(event.clientX - charts.getBoundingClientRect().left));
    charts.onpointerleave = (event) => event.pointerType !== "touch" && this.#mark(null);
    charts.onblur = () => this.#mark(null);
    charts.onkeydown = (event) => this.#key(event);
  }

  #key(event) {
    if (event.target !== this.charts || event.ctrlKey || event.metaKey || event.altKey || !this.header) return;
    const last = this.header.layers;
    const end = { Home: 0, End: last }[event.key];
    const step = STEPS[event.key];
    if ((end ?? step) === undefined) return;
    event.preventDefault();
    this.#mark(Math.max(0, Math.min(last, end ?? (this.marked ?? (step > 0 ? -1 : last + 1)) + step)));
  }

  #mark(layer) {
    if (layer === this.marked) return;
    this.marked = layer;
    this.draw();
  }
}

function part(name) {
  const [title, canvas, legend] = [element("h4"), element("canvas", { "aria-hidden": "true" }), element("ul", { class: "legend" })];
  const head = element("header", {}, title, legend);
  return { title, canvas, legend, head, node: element("section", { class: "part", "data-part": name }, head, canvas) };
}

function sample(text, draw) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  draw(sharpContext(canvas, 26, 12));
  return element("li", {}, canvas, element("span", { text }));
}

export default instances("depth", (root, parent) => new Depth(root, parent));
