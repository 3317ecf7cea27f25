// Gallery: a small picture of every function there is, as a button that puts it on the stage or takes it off.
//
// Data (packed): header {families: [{label, functions: [{name, label}]}], chosen: names in the order of their colours,
// most, seq, words: {label, add, remove, last}}; arrays by name: the small curve (S,), x from -4 to 4.
//
// State: chosen {names}.

import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill } from "../dlviz.player/numbers.js";

const [HEIGHT, LOW, HIGH] = [36, -1.25, 2.25]; // of y

class Gallery {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.chosen = [];
    this.buttons = new Map();
    this.families = element("div", { role: "group" });
    this.said = element("p", { class: "said", "aria-live": "polite" });
    root.replaceChildren(this.families, this.said);
    this.close = onResize(root, () => this.draw());
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    Object.assign(this, { header, arrays, theme: themeOf(this.root) });
    if (heard(header.seq, this.send.sequence) || !this.chosen.length) this.chosen = header.chosen;
    label(this.families, header.words.label);
    this.#lay();
    this.draw();
  }

  #lay() {
    const shape = JSON.stringify([this.header.families, Object.keys(this.arrays)]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.buttons.clear();
    this.families.replaceChildren(...this.header.families.map((family) => element("section", { class: "family" },
      element("h5", { text: family.label }), element("div", { class: "grid" }, ...family.functions.map((one) => this.#button(one))))));
  }

  #button({ name, label: called }) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const button = element("button", { type: "button", "data-name": name, onclick: () => this.#turn(name, called) }, canvas, element("span", { text: called, title: called }));
    this.buttons.set(name, { button, canvas });
    return button;
  }

  /** Put a function on the stage, in the last one's place where it is full, or take it off. */
  #turn(name, called) {
    const { words, most } = this.header;
    if (!this.chosen.includes(name)) {
      this.chosen = [...this.chosen.slice(0, most - 1), name];
      write(this.said, fill(words.added, { name: called }));
    } else if (this.chosen.length === 1) {
      return write(this.said, words.last);
    } else {
      this.chosen = this.chosen.filter((one) => one !== name);
      write(this.said, fill(words.removed, { name: called }));
    }
    this.send("chosen", { names: this.chosen });
    return this.draw();
  }

  draw() {
    if (!this.header || !this.root.clientWidth) return;
    for (const [name, { button, canvas }] of this.buttons) {
      const place = this.chosen.indexOf(name);
      const colour = place < 0 ? this.theme.muted : this.theme.classes[place];
      button.setAttribute("aria-pressed", String(place >= 0));
      button.style.setProperty("--own", this.theme.css(colour));
      this.#curve(canvas, this.arrays[name]?.data, colour, place >= 0 ? 2.5 : 1.75);
    }
  }

  #curve(canvas, values, colour, width) {
    const [wide, { theme }] = [canvas.clientWidth || 76, this];
    const context = sharpContext(canvas, wide, HEIGHT);
    const py = (value) => HEIGHT - 3 - ((value - LOW) / (HIGH - LOW)) * (HEIGHT - 6);
    context.strokeStyle = theme.css(theme.faint);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, Math.round(py(0)) + 0.5);
    context.lineTo(wide, Math.round(py(0)) + 0.5);
    context.moveTo(Math.round(wide / 2) + 0.5, 0);
    context.lineTo(Math.round(wide / 2) + 0.5, HEIGHT);
    context.stroke();
    if (!values) return;
    context.strokeStyle = theme.css(colour);
    context.lineWidth = width;
    context.lineJoin = "round";
    context.beginPath();
    let pen = false;
    values.forEach((value, i) => {
      const y = Math.max(-50, Math.min(HEIGHT + 50, py(value)));
      if (Number.isNaN(value)) pen = false;
      else if (pen) context.lineTo((i / (values.length - 1)) * wide, y);
      else context.moveTo((i / (values.length - 1)) * wide, y);
      pen = !Number.isNaN(value);
    });
    context.stroke();
  }
}

export default instances("gallery", (root, parent) => new Gallery(root, parent));
