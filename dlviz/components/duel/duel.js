// A duel with the optimizer: two copies of one small network start from the same weights. On one the learner moves a
// weight at a time, by dragging a link, a slider or with keys; the other is where SGD has come in as many moves.
//
// Data (packed): header {start: name of points and first weights, sizes, length: moves of a duel, reach: largest weight,
// extent, rate, moves: [[place, value], …], looks, hints, answered: moves that `downhill` is about, heard: seq, words};
// arrays points (N, 2) and labels (N,), weights (M+1, D), losses and shares (M+1,) of SGD, downhill (D,) float64.
//
// State: moves {start, moves, looks, hints}: all moves by hand so far, how many values were tried, and how often the
// slope was looked at.

import { Board } from "./board.js";
import { momentOf, quality } from "./forward.js";
import { OTHER, OWN, Race } from "./race.js";
import { Rows, written } from "./rows.js";
import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const NARROW = 680; // pixels of width
const LEAST = 0.015; // a weight that was held and hardly moved stays where it was

class Duel {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.held = null; // {place, value}: what a hand holds, not yet a move
    this.hint = false;
    this.#build(root);
    revealStyled(parent, root);
    const forget = [this.own.node, this.race.node].map((node) => onResize(node, () => this.draw())); // the style sheet may come late
    this.close = () => forget.forEach((one) => one());
  }

  #build(root) {
    const hands = {
      hold: (place, value) => this.hold(place, value),
      make: () => this.make(),
      drop: () => this.drop(),
      over: () => this.over,
      point: (place) => { this.pointed = place; this.draw(); },
    };
    this.own = new Board(OWN, hands);
    this.other = new Board(OTHER);
    this.rows = new Rows(hands);
    this.race = new Race();
    this.count = element("strong", { class: "figures count" });
    this.pips = element("span", { class: "pips", "aria-hidden": "true" });
    const acts = { hint: () => this.turnHint(), undo: () => this.undo(), reset: () => this.reset() };
    this.buttons = Object.fromEntries(Object.entries(acts).map(([name, onclick]) => [name, element("button", { type: "button", class: name, onclick })]));
    this.caption = element("p", { class: "caption figures" });
    this.keys = element("p", { class: "note keys" });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    const top = element("div", { class: "top" }, element("div", { class: "moves" }, this.count, this.pips), element("div", { class: "buttons" }, ...Object.values(this.buttons)));
    const below = element("div", { class: "below" }, element("div", { class: "hands" }, this.rows.node, this.keys), this.race.node);
    root.replaceChildren(top, element("div", { class: "boards" }, this.own.node, this.other.node), this.caption, below, this.spoken);
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const anew = header.start !== this.header?.start;
    Object.assign(this, { header, arrays, theme: themeOf(this.root), points: arrays.points.data, labels: arrays.labels.data });
    if (anew || heard(header.heard, this.sequence ?? 0)) this.#adopt(header, anew);
    const { words } = header;
    this.own.update(this, words.you, words.board_you);
    this.other.update(this, words.sgd, words.board_sgd);
    this.rows.update(this);
    for (const [name, button] of Object.entries(this.buttons)) {
      write(button, words[name]);
      button.title = words[`${name}_help`];
    }
    this.draw();
  }

  /** Take over the moves that Python knows. */
  #adopt({ moves, looks, hints }, anew) {
    if (anew || JSON.stringify(moves) !== JSON.stringify(this.moves)) [this.held, this.hint] = [null, false];
    Object.assign(this, { moves, looks, hints });
    this.#remember();
  }

  #remember() {
    this.losses = [...Array(this.moves.length + 1).keys()].map((count) => this.#quality(this.#flat(this.moves.slice(0, count))).loss);
  }

  #tell() {
    this.#remember();
    const { moves, looks, hints } = this;
    this.sequence = this.send("moves", { start: this.header.start, moves, looks, hints });
    this.draw();
    write(this.spoken, fill(this.header.words.spoken, { move: moves.length, own: significant(this.losses.at(-1)), other: significant(this.arrays.losses.data[moves.length]) }));
  }

  // ---------------------------------------------------------------------------------------- moves

  get over() {
    return this.moves.length >= this.header.length;
  }

  /** Try a value of a weight: everything shows what it would be. */
  hold(place, value) {
    if (this.over) return;
    if (this.held && this.held.place !== place) this.make();
    const { reach } = this.header;
    const rounded = Math.round(100 * Math.max(-reach, Math.min(reach, value))) / 100 + 0;
    if (this.held?.value === rounded) return;
    this.held = { place, value: rounded };
    this.looks += 1;
    this.draw();
  }

  /** What is held becomes a move, unless it is where it was. */
  make() {
    if (!this.held) return;
    const { place, value } = this.held;
    const moved = Math.abs(value - this.#flat(this.moves)[place]) >= LEAST;
    this.held = null;
    if (!moved) return this.draw();
    this.hint = false;
    this.moves = [...this.moves, [place, value]];
    return this.#tell();
  }

  drop() {
    this.held = null;
    this.draw();
  }

  undo() {
    this.held = null;
    this.hint = false;
    this.moves = this.moves.slice(0, -1);
    this.#tell();
  }

  reset() {
    Object.assign(this, { held: null, hint: false, moves: [], looks: 0, hints: 0 });
    this.#tell();
  }

  turnHint() {
    this.hint = !this.hint;
    if (!this.hint) return this.draw();
    this.hints += 1;
    return this.#tell();
  }

  // --------------------------------------------------------------------------------------- drawing

  #flat(moves) {
    const flat = this.arrays.weights.data.slice(0, this.arrays.weights.shape[1]);
    for (const [place, value] of moves) flat[place] = value;
    return flat;
  }

  #quality(flat) {
    return quality(flat, this.header.sizes, this.points, this.labels);
  }

  /** The slope where the learner stands, once it was asked for and a worker has answered; null before. */
  #slopes() {
    return this.hint && JSON.stringify(this.header.answered) === JSON.stringify(this.moves) ? this.arrays.downhill.data : null;
  }

  draw() {
    if (!this.header || !this.root.clientWidth) return;
    const { header, arrays, moves, held } = this;
    const narrow = this.root.clientWidth < NARROW;
    this.root.classList.toggle("narrow", narrow);
    const flat = this.#flat(held ? [...moves, [held.place, held.value]] : moves);
    const stood = this.#quality(flat);
    const moment = momentOf(flat, header.sizes, header.extent);
    const slopes = this.#slopes();
    this.own.draw(flat, moment, stood, slopes, narrow);
    this.#other(narrow);
    const base = this.#flat(moves);
    this.rows.draw(flat, moment, slopes && base.map((value, place) => value + header.rate * slopes[place]), this.over, held?.place ?? this.pointed);
    this.race.draw(this, this.losses, [...arrays.losses.data.subarray(0, moves.length + 1)], held ? stood.loss : null);
    this.#write(narrow, stood.loss);
  }

  #other(narrow) {
    const { weights, losses, shares } = this.arrays;
    const [move, size] = [this.moves.length, weights.shape[1]];
    const flat = weights.data.subarray(move * size, (move + 1) * size);
    this.other.draw(flat, momentOf(flat, this.header.sizes, this.header.extent), { loss: losses.data[move], share: shares.data[move] }, null, narrow);
  }

  #write(narrow, loss) {
    const { header: { words, length }, moves, held, hint, hints } = this;
    write(this.count, this.over ? fill(words.over, { length }) : fill(words.move, { move: moves.length + 1, length }));
    if (this.pips.children.length !== length) this.pips.replaceChildren(...Array.from({ length }, () => element("i")));
    [...this.pips.children].forEach((pip, i) => pip.classList.toggle("made", i < moves.length));
    this.buttons.undo.disabled = !moves.length;
    this.buttons.reset.disabled = !moves.length && !this.hints && !this.looks;
    this.buttons.hint.setAttribute("aria-pressed", String(hint));
    label(this.buttons.hint, words.hint);
    write(this.keys, words.keys);
    this.keys.hidden = this.over;
    const holding = held && fill(words.holding, { name: this.rows.nameOf(held.place), value: written(held.value), before: significant(this.losses.at(-1)), after: significant(loss) });
    const how = this.over ? words.done : narrow ? words.how_narrow : words.how;
    write(this.caption, holding ?? (hint ? fill(words.hint_said, { hints }) : how));
  }
}

export default instances("duel", (root, parent) => new Duel(root, parent));
