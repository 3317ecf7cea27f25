// Functions: a few functions of one x above, their slopes below on the same axis, and a probe that reads both where it
// stands and draws the tangents there. Between them bars say where each function is flat, or dead.
//
// Data (packed): header {functions: [{name, label, facts: [[kind, sentence]], flat: [[low, high, dead]], jumps}], reach,
// probe, seq, words: {label, x, f, slope, at, flat, dead, hint, spoken}}; arrays x (G,), values (K, G), slopes (K, G),
// NaN where there is none. The probe stands on one of the x, so that every number shown is one that came.
//
// State: probe {value}.

import { Drawing } from "./drawing.js";
import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const KEYS = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -50, PageUp: 50 };

class Functions {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.place = null; // of the probe, among the x
    this.hovered = null; // of the pointer, while it only passes over
    this.names = element("ul", { class: "names" });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.picture = element("div", { class: "picture", role: "slider", tabindex: 0 }, this.canvas);
    this.hint = element("p", { class: "hint" });
    this.cards = element("ul", { class: "cards" });
    root.replaceChildren(this.names, this.picture, this.hint, this.cards);
    this.drawing = new Drawing(this.canvas);
    this.close = onResize(this.picture, () => this.draw());
    this.#listen();
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const rows = ({ data: all, shape: [count, size] }) => [...Array(count).keys()].map((i) => all.subarray(i * size, (i + 1) * size));
    const known = this.x && this.place !== null ? this.x[this.place] : null;
    Object.assign(this, { header, x: arrays.x.data, values: rows(arrays.values), slopes: rows(arrays.slopes), theme: themeOf(this.root) });
    const wanted = known === null || heard(header.seq, this.send.sequence) ? header.probe : known;
    this.place = this.#nearest(wanted);
    this.#lay();
    this.draw();
  }

  #nearest(value) {
    const [first, last] = [this.x[0], this.x.at(-1)];
    return this.#within(Math.round(((value - first) / (last - first)) * (this.x.length - 1)));
  }

  #within(place) {
    return Math.max(0, Math.min(this.x.length - 1, place));
  }

  /** Make the legend and a card for each function; done again when they, or the language, are others. */
  #lay() {
    const { functions, words } = this.header;
    const colour = (i) => this.theme.css(this.theme.classes[i]);
    label(this.picture, words.label);
    write(this.hint, words.hint);
    const item = ({ label: name }, i) => {
      const line = element("li", {}, element("i"), element("span", { text: name }));
      line.style.setProperty("--own", colour(i));
      return line;
    };
    this.names.replaceChildren(...functions.map(item));
    this.cards.replaceChildren(...functions.map((one, i) => this.#card(one, colour(i))));
  }

  #card({ name, label: called, facts }, colour) {
    const { words } = this.header;
    const reads = element("dl", { class: "reads figures" },
      element("dt", { text: words.f }), element("dd", { class: "value" }), element("dt", { text: words.slope }), element("dd", { class: "slope" }));
    const told = facts.map(([kind, text]) => element("li", { class: kind, text }));
    const card = element("li", { class: "card", "data-name": name }, element("h4", { text: called }), reads, element("ul", { class: "told" }, ...told));
    card.style.setProperty("--own", colour);
    return card;
  }

  draw() {
    if (!this.x || !this.picture.clientWidth) return;
    const place = this.hovered ?? this.place;
    this.drawing.draw(this.picture.clientWidth, this, place);
    this.#read(place);
  }

  #read(place) {
    const { words, functions } = this.header;
    const at = significant(Math.abs(this.x[place]) < 1e-9 ? 0 : this.x[place]);
    const parts = functions.map(({ label: name }, i) => {
      const [value, slope] = [this.values[i][place], this.slopes[i][place]].map((one) => significant(one));
      const card = this.cards.children[i];
      write(card.querySelector(".value"), value);
      write(card.querySelector(".slope"), slope);
      return fill(words.spoken, { name, value, slope });
    });
    const set = (name, value) => this.picture.getAttribute(name) !== String(value) && this.picture.setAttribute(name, value);
    set("aria-valuemin", this.x[0]);
    set("aria-valuemax", this.x.at(-1));
    set("aria-valuenow", Number(this.x[place].toFixed(4)));
    set("aria-valuetext", [fill(words.at, { x: at }), ...parts].join(". "));
  }

  // ------------------------------------------------------------------------------------ the probe

  #listen() {
    const { picture } = this;
    picture.onpointerdown = (event) => {
      picture.setPointerCapture(event.pointerId);
      this.held = true;
      this.#set(this.#under(event));
    };
    picture.onpointermove = (event) => (this.held ? this.#set(this.#under(event)) : this.#hover(this.#under(event)));
    picture.onpointerup = picture.onpointercancel = () => { this.held = false; };
    picture.onpointerleave = () => !this.held && this.#hover(null);
    picture.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    return this.x ? this.#nearest(this.drawing.at(event.clientX - this.canvas.getBoundingClientRect().left)) : null;
  }

  #hover(place) {
    if (place === this.hovered) return;
    this.hovered = place;
    this.draw();
  }

  #set(place) {
    this.hovered = null;
    if (place === null || place === this.place) return;
    this.place = place;
    this.send("probe", { value: Number(this.x[place].toFixed(6)) });
    this.draw();
  }

  #key(event) {
    if (!this.x || event.ctrlKey || event.metaKey || event.altKey) return;
    const end = { Home: 0, End: this.x.length - 1 }[event.key];
    const step = KEYS[event.key];
    if ((end ?? step) === undefined) return;
    event.preventDefault();
    this.#set(this.#within(end ?? this.place + step * (event.shiftKey ? 5 : 1)));
  }
}

export default instances("functions", (root, parent) => new Functions(root, parent));
