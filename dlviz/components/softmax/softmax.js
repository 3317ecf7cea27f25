// Softmax: a bar for each logit, to be dragged, beside it the probability it becomes, and how each probability answers
// to each logit.
//
// Data: {logits: (K,), low, high, probabilities: (K,), jacobian: [(K,)], numbers: [{label, value, note}], seq,
// words: {label, logit, chance, hint, jacobian, "jacobian.said", scale}}.
//
// State: logits {values}. What is dragged moves at once; probabilities come from where they are computed.

import { Matrix } from "./matrix.js";
import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { percent } from "../dlviz.player/numbers.js";

const KEYS = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, PageDown: -1, PageUp: 1 };
const SUNK = "₀₁₂₃₄₅₆₇₈₉";

class Softmax {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.logits = [];
    this.heads = [element("span", { class: "head" }), element("span", { class: "head" }), element("span", { class: "head" }), element("span", { class: "head" }), element("span", { class: "head" })];
    this.rows = element("div", { class: "rows figures" });
    this.hint = element("p", { class: "hint" });
    this.numbers = element("ul", { class: "numbers figures" });
    this.matrix = new Matrix();
    root.replaceChildren(this.rows, this.hint, this.numbers, this.matrix.node);
    this.close = () => {};
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    this.data = data;
    this.theme = themeOf(this.root);
    const news = heard(data.seq, this.send.sequence) || data.logits.length !== this.logits.length;
    if (news && !this.held) this.logits = [...data.logits];
    this.#lay();
    this.draw();
    this.matrix.update(data, this.theme);
  }

  #lay() {
    const { words, logits, numbers } = this.data;
    write(this.heads[1], words.logit);
    write(this.heads[3], words.chance);
    write(this.hint, words.hint);
    if (this.rows.children.length !== logits.length + 5) this.rows.replaceChildren(...this.heads, ...logits.map((_, i) => this.#row(i)));
    this.numbers.replaceChildren(...numbers.map(({ label: name, value, note }) => element("li", {},
      element("span", { class: "label", text: name }), element("span", { class: "value", text: value }), element("span", { class: "note", text: note }))));
  }

  #row(i) {
    const track = element("div", { class: "logit", role: "slider", tabindex: 0 }, element("span", { class: "fill" }), element("span", { class: "thumb" }));
    const take = (event) => {
      const box = track.getBoundingClientRect();
      const { low, high } = this.data;
      this.#set(i, low + ((event.clientX - box.left) / box.width) * (high - low));
    };
    track.onpointerdown = (event) => {
      track.setPointerCapture(event.pointerId);
      this.held = true;
      take(event);
    };
    track.onpointermove = (event) => this.held && track.hasPointerCapture(event.pointerId) && take(event);
    track.onpointerup = track.onpointercancel = () => { this.held = false; };
    track.onkeydown = (event) => this.#key(event, i);
    return element("div", { class: "row" }, element("span", { class: "name", text: `z${SUNK[i + 1]}` }), track, element("span", { class: "number" }),
      element("div", { class: "chance" }, element("span", { class: "fill" })), element("span", { class: "number share" }));
  }

  #key(event, i) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const end = { Home: this.data.low, End: this.data.high }[event.key];
    if ((end ?? KEYS[event.key]) === undefined) return;
    event.preventDefault();
    this.#set(i, end ?? this.logits[i] + KEYS[event.key] * (event.shiftKey ? 5 : 1));
  }

  #set(i, value) {
    const { low, high } = this.data;
    const rounded = Math.round(10 * Math.max(low, Math.min(high, value))) / 10;
    if (rounded === this.logits[i]) return;
    this.logits[i] = rounded;
    this.send("logits", { values: this.logits });
    this.draw();
  }

  draw() {
    const { low, high, probabilities, words } = this.data;
    this.logits.forEach((value, i) => {
      const [, track, number, chance, share] = this.rows.children[i + 5].children;
      const place = (one) => (100 * (one - low)) / (high - low);
      const [fill, thumb] = track.children;
      track.style.setProperty("--own", this.theme.css(this.theme.signed(value < 0 ? -1 : 1)));
      Object.assign(fill.style, { left: `${Math.min(place(0), place(value))}%`, width: `${Math.abs(place(value) - place(0))}%` });
      thumb.style.left = `${place(value)}%`;
      label(track, words.label.replace("{place}", i + 1));
      for (const [name, one] of [["valuemin", low], ["valuemax", high], ["valuenow", value]]) track.setAttribute(`aria-${name}`, one);
      write(number, value.toFixed(1).replace("-", "−"));
      chance.firstChild.style.width = `${100 * (probabilities[i] ?? 0)}%`;
      write(share, percent(probabilities[i]));
    });
  }
}

export default instances("softmax", (root, parent) => new Softmax(root, parent));
