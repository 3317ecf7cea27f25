// A network taken apart: every number on the way of one example, to step through, to point at, and to change.
//
// Pointing at a number shows what it was made of, written out below; a step shows one product more. Numbers are changed
// below, where they stand in a sum: Python computes the network anew, and what is another number then lights up.
//
// Data (packed): header {subject: name of network and example, activations, head, truth, inputs: [{name, value}], classes,
// side: of the picture that the inputs make (0: none), walk, drawn, changed: {name: value}, heard: seq, words}; arrays
// inputs (B, F), w0, b0, z0, h0, w1 …, answers, targets, slopes (B, K), losses (B,), original_inputs, original, picture.
//
// State: look {walk, drawn}; changed {subject, changes: {name: value}, last: whether the hand has let go}.

import { Board } from "./board.js";
import { Editor } from "./editor.js";
import { Matrices } from "./matrices.js";
import { Sum } from "./sums.js";
import { Network, known, stepsOf, stride } from "./walk.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, icon, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const BEAT = 900; // milliseconds a step while it plays
const ICONS = {
  start: "M6 6h2v12H6zm3.5 6 8.5 6V6z", back: "M14 18V6l-8.5 6zm1-12h2v12h-2z", before: "M15.4 7.4 14 6l-6 6 6 6 1.4-1.4L10.8 12z",
  play: "M8 5v14l11-7z", pause: "M6 19h4V5H6zm8-14v14h4V5z",
  after: "M10 6 8.6 7.4 13.2 12l-4.6 4.6L10 18l6-6z", on: "M7 6h2v12H7zm3 0v12l8.5-6z", end: "M6 18l8.5-6L6 6zM16 6v12h2V6z",
};

class Anatomy {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.pinned = { kind: "unit", layer: 0, unit: 0, row: 0 };
    this.pointed = null;
    this.board = new Board(this);
    this.matrices = new Matrices(this);
    this.sum = new Sum(this);
    this.editor = new Editor(this);
    this.#build(root);
    revealStyled(parent, root);
    const forget = onResize(root, () => this.draw());
    this.close = () => { forget(); clearInterval(this.timer); };
  }

  #build(root) {
    const acts = {
      start: () => this.go(0), back: () => this.go(Math.max(1, stride(this.steps, this.reached, false))), before: () => this.go(Math.max(1, this.reached - 1)),
      play: () => this.toggle(), after: () => this.go(this.walk + 1), on: () => this.go(stride(this.steps, this.walk, true)), end: () => this.go(this.steps.length),
    };
    this.buttons = Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, element("button", { type: "button", class: name, onclick: () => { if (name !== "play") this.pause(); act(); } }, icon(ICONS[name]))]));
    this.progress = element("span", { class: "progress figures", "aria-live": "polite" });
    this.views = ["network", "matrices"].map((name) => element("button", { type: "button", role: "radio", "data-view": name, onclick: () => this.choose(name) }));
    this.switch = element("div", { class: "views", role: "radiogroup", onkeydown: (event) => this.#turn(event) }, ...this.views);
    this.reset = element("button", { type: "button", class: "reset", onclick: () => this.change({}, true) });
    this.stage = element("div", { class: "stage", tabindex: 0, role: "group", onkeydown: (event) => this.#key(event) }, this.board.node, this.matrices.node);
    this.scale = element("p", { class: "scale" });
    root.replaceChildren(
      element("div", { class: "top" }, element("div", { class: "walk" }, ...Object.values(this.buttons)), this.progress, this.reset, this.switch),
      this.stage, this.scale, this.sum.node, this.editor.node,
    );
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const anew = header.subject !== this.header?.subject;
    this.before = anew ? null : this.network;
    Object.assign(this, { header, arrays, theme: themeOf(this.root), network: new Network(header, arrays) });
    this.steps = stepsOf(this.network);
    this.most = mostOf(arrays); // what has the full colour
    if (anew) {
      this.pinned = { kind: "unit", layer: 0, unit: this.#loudest(), row: 0 };
      this.pointed = null;
      this.editor.close();
      clearInterval(this.timer);
      this.timer = 0;
    }
    if (anew || (!this.timer && heard(header.heard, this.send.sequence))) {
      this.walk = Math.min(header.walk, this.steps.length);
      this.drawn = header.drawn;
      this.changes = header.changed;
    }
    this.#name();
    this.board.update();
    this.matrices.update();
    this.editor.update();
    this.draw();
  }

  /** The unit of the first layer that says most: what is written out when the page opens. */
  #loudest() {
    const { units } = this.network.layers[0];
    const sizes = Array.from({ length: units }, (_, unit) => Math.abs(this.network.output(0, unit)));
    return sizes.indexOf(Math.max(...sizes));
  }

  #name() {
    const { words } = this.header;
    for (const [name, button] of Object.entries(this.buttons)) {
      label(button, words[name]);
      button.title = words[name];
    }
    label(this.switch, words.view);
    label(this.stage, words.stage);
    for (const button of this.views) write(button, words[button.dataset.view]);
  }

  // --------------------------------------------------------------------------------------- the walk

  /** Whether a part of the network has been computed at this step of the walk. */
  known(part) { return known(this.steps, this.walk, part); }

  /** How many steps are done: where the whole is shown, all of them. */
  get reached() { return this.walk || this.steps.length; }

  get step() { return this.walk ? this.steps[this.walk - 1] : null; }

  go(walk) {
    this.walk = Math.max(0, Math.min(this.steps.length, walk));
    const now = this.step;
    this.pointed = null;
    if (now) this.pinned = now.kind === "loss" ? { kind: "loss", row: 0 } : now.unit === undefined ? { kind: "answer", unit: this.network.truth, row: 0 } : { kind: "unit", layer: now.layer, unit: now.unit, row: 0 };
    this.#look();
  }

  toggle() {
    if (this.timer) return this.pause();
    if (this.walk >= this.steps.length) this.go(0);
    this.timer = setInterval(() => {
      if (this.walk >= this.steps.length) return this.pause();
      return this.go(this.walk + 1);
    }, BEAT);
    this.go(this.walk + 1);
    return undefined;
  }

  pause() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    if (this.header) this.#look();
  }

  /** Tell Python where the walk stands, once it rests: a link for every step of it would fill the browser's history. */
  #look() {
    if (!this.timer) this.send("look", { walk: this.walk, drawn: this.drawn });
    this.draw();
  }

  choose(name) {
    this.drawn = name;
    this.pinned = { ...this.pinned, row: 0 };
    this.#look();
    this.views.find((button) => button.dataset.view === name).focus();
  }

  #turn(event) {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    this.choose(this.drawn === "network" ? "matrices" : "network");
    event.preventDefault();
    event.stopPropagation();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = { ArrowRight: event.shiftKey ? "on" : "after", ArrowLeft: event.shiftKey ? "back" : "before", Home: "start", End: "end" };
    if (event.key === " " && event.target === this.stage) this.toggle();
    else if (acts[event.key]) this.buttons[acts[event.key]].click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ------------------------------------------------------------------------------ pointing, changing

  /** What is written out below: what is pointed at, else what was clicked last. */
  get focus() { return this.pointed ?? this.pinned; }

  point(what) {
    if (JSON.stringify(what) === JSON.stringify(this.pointed)) return;
    this.pointed = what;
    this.draw(false);
  }

  pin(what) {
    this.pinned = what;
    this.pointed = null;
    if (what.kind === "input") this.editor.open(`x${what.unit + 1}`);
    this.draw(false);
  }

  edit(name) { this.editor.open(name); }

  /** Take over numbers set by hand; `last`: the hand has let go. */
  change(changes, last) {
    this.changes = changes;
    this.sequence = this.send("changed", { subject: this.header.subject, changes, last });
    this.editor.update();
    this.draw(false);
  }

  // --------------------------------------------------------------------------------------- drawing

  draw(pulse = true) {
    if (!this.header || !this.root.clientWidth) return;
    const { header: { words }, walk, steps } = this;
    this.root.classList.toggle("narrow", this.root.clientWidth < 560);
    const matrices = this.drawn === "matrices";
    this.board.node.hidden = matrices;
    this.matrices.node.hidden = !matrices;
    if (matrices) this.matrices.fit(this.root.clientWidth, this.root.clientWidth < 560);
    for (const button of this.views) {
      const on = button.dataset.view === this.drawn;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    write(this.progress, walk ? fill(words.progress, { walk, steps: steps.length }) : fill(words.whole, { steps: steps.length }));
    this.buttons.start.disabled = !walk;
    for (const name of ["back", "before"]) this.buttons[name].disabled = walk === 1;
    for (const name of ["after", "on", "end"]) this.buttons[name].disabled = walk >= steps.length;
    this.#playing();
    const changed = Object.keys(this.changes).length;
    this.reset.hidden = !changed;
    write(this.reset, fill(words.reset, { count: changed }));
    (matrices ? this.matrices : this.board).draw(pulse ? this.before : null);
    write(this.scale, fill(matrices ? words.matrix_note : words.network_note, { most: significant(this.most, 2) }));
    this.sum.draw();
    this.before = null;
  }

  #playing() {
    const { play } = this.buttons;
    const name = this.timer ? "pause" : "play";
    if (play.dataset.name === name) return;
    play.dataset.name = name;
    play.replaceChildren(icon(ICONS[name]));
    label(play, this.header.words[name]);
    play.title = this.header.words[name];
  }
}

/** The largest number that goes into a layer or comes out of it. */
function mostOf(arrays) {
  let most = 1;
  for (const [name, { data }] of Object.entries(arrays)) {
    if (name === "inputs" || /^[zhw]\d$/.test(name)) for (const value of data) most = Math.max(most, Math.abs(value));
  }
  return Math.min(most, 5);
}

export default instances("anatomy", (root, parent) => new Anatomy(root, parent));
