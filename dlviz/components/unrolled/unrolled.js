// A recurrent network unrolled in time: one column for every step that it reads. Over one another stand what was read,
// how probable each class is by then, the state and the gates as strips of colour, and how long the gradient of the
// loss is at that step. One step is on show in all of them: the pointer or the arrow keys choose it.
//
// There is one such reading for each of some moments of a run; the one on show is the newest up to the player's cursor.
//
// Data (packed): header {player, symbols: [words of the steps], every: only each so-manieth is written, reads: how many of
// them are read, about: "classes" | "letters" | "years", classes: [words], right: place of the true class or null, next:
// [places of the letters that come], field: null, or {value, label, hint, most, trouble: why it cannot be read, or null}
// of a field to type what is read in, seq,
// playing: whether what is read for the first time is played through, words: {label, belief, state, gradient, unit,
// gates: {name: words}, said, said_gate}}, arrays steps (R,), state (R, S, H) uint8 from -1 to 1, gate/<name> (R, S, H)
// uint8 from 0 to 1, gradient (R, S), of classes and letters belief (R, S, K) from 0 to 1, of years foretold (R, S) and
// read (S + 1,), the last being what came of the year that is foretold.
//
// State: typed {text, seq}.

import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, rem, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { player } from "../dlviz.player/player.js";
import { Columns } from "./columns.js";
import { frameOf } from "./film.js";
import { best, drawGuesses, drawYears } from "./next.js";
import { drawBelief, drawGradient, drawNames, drawStrip, heightOf } from "./panels.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const OWN = { belief: "classes", letters: "letters", years: "years" }; // pictures that belong to one kind of reading
const BEAT = 130; // milliseconds a letter, where what was typed is played through

class Unrolled {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.at = null; // the step that the pointer or a key chose; else the last one
    this.shown = Infinity; // steps played so far
    this.place = 0; // of the moment on show among those that there are
    this.panels = new Map();
    this.field = element("input", { type: "text", autocomplete: "off", autocapitalize: "words", spellcheck: "false" });
    this.name = element("label", { class: "field" }, element("span"), this.field);
    this.trouble = element("p", { class: "trouble", role: "status" });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.picture = element("div", { class: "picture", role: "application", tabindex: 0 });
    root.replaceChildren(this.name, this.trouble, this.said, this.picture);
    this.#listen();
    this.leave = [onResize(this.picture, () => this.draw())];
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const read = header.symbols.join("\u0000");
    if (read !== this.read) {
      this.at = null;
      if (header.playing && this.read !== undefined && !still()) this.#play(shared(this.read, read));
    }
    Object.assign(this, { header, film: arrays, read, theme: themeOf(this.root) });
    this.#fillField();
    label(this.picture, header.words.label);
    this.#follow(header.player);
    this.#turn();
    this.draw();
  }

  #follow(name) {
    if (this.player) return;
    this.player = player(name);
    this.leave.push(this.player.subscribe(() => this.#turn() && this.draw()));
  }

  /** Take the reading of the moment under the player's cursor; return whether it is another one. */
  #turn() {
    if (!this.film) return false;
    const steps = this.film.steps.data;
    const place = Math.max(0, steps.findLastIndex((step) => step <= this.player.step));
    if (place === this.place && this.arrays && this.of === this.film) return false;
    Object.assign(this, { place, of: this.film, arrays: frameOf(this.film, place) });
    Object.assign(this.root.dataset, { step: steps[place], moments: steps.length });
    return true;
  }

  #fillField() {
    const { field } = this.header;
    this.name.hidden = !field;
    write(this.trouble, field?.trouble ?? "");
    if (!field) return;
    write(this.name.firstChild, field.label);
    this.field.placeholder = field.hint;
    this.field.maxLength = field.most;
    if (heard(this.header.seq, this.send.sequence) && this.root.getRootNode().activeElement !== this.field) this.field.value = field.value;
  }

  // -------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.picture.clientWidth;
    if (!this.header || !width) return;
    const { header, arrays, theme } = this;
    const { classes, about, words } = header;
    this.columns = new Columns(width, header.symbols.length, about === "classes" ? classes : [], rem(), theme);
    const step = this.step;
    this.#panel("symbols", null, 1.9 * rem(), (sheet) => drawNames(sheet, header, step, true));
    if (about === "classes") this.#panel("belief", words.belief, heightOf.belief(classes.length, rem()), (sheet) => drawBelief(sheet, arrays.belief, header, step));
    if (about === "letters") this.#panel("letters", words.belief, heightOf.guesses(rem()), (sheet) => drawGuesses(sheet, arrays.belief, header, step));
    if (about === "years") this.#panel("years", words.belief, heightOf.years(rem()), (sheet) => drawYears(sheet, arrays, step));
    this.#strip("state", header.words.state, arrays.state, -1);
    for (const [name, words] of Object.entries(header.words.gates)) this.#strip(`gate/${name}`, words, arrays[`gate/${name}`], 0);
    this.#panel("gradient", header.words.gradient, heightOf.gradient(rem()), (sheet) => drawGradient(sheet, arrays.gradient.data, header, step));
    for (const [name, { node }] of this.panels) node.hidden = name.includes("/") ? !arrays[name] : OWN[name] && OWN[name] !== about;
    this.#say(step);
  }

  get step() {
    const last = this.header.reads - 1;
    return Math.min(last, this.at ?? Math.min(last, this.shown));
  }

  #strip(name, words, values, low) {
    if (!values) return;
    this.#panel(name, words, heightOf.strip(values.shape[1], name === "state", rem()), (sheet) => drawStrip(sheet, values, low, this.header, this.step));
  }

  /** Draw one of the pictures that stand over one another, with its words above; made on first use. */
  #panel(name, words, height, paint) {
    if (!this.panels.has(name)) {
      const [title, canvas] = [element("p", { class: "title" }), element("canvas", { "aria-hidden": "true" })];
      this.panels.set(name, { node: element("section", { "data-part": name }, title, canvas), title, canvas });
      this.#order();
    }
    const { title, canvas } = this.panels.get(name);
    title.hidden = !words;
    write(title, words ?? "");
    canvas.style.height = `${height}px`;
    const context = sharpContext(canvas, this.columns.width, height);
    context.font = `${0.875 * rem()}px ${this.theme.font}`;
    paint({ context, height, columns: this.columns, theme: this.theme, reached: this.at === null ? this.shown : Infinity });
  }

  /** The gradient stands at the bottom, whichever gates there are. */
  #order() {
    const rank = (name) => ["symbols", "belief", "letters", "years", "state", "gate", "gradient"].indexOf(name.split("/")[0]);
    this.picture.append(...[...this.panels].sort(([a], [b]) => rank(a) - rank(b)).map(([, { node }]) => node));
  }

  #say(step) {
    const { header, arrays } = this;
    const { words, symbols, classes } = header;
    const values = { step: step + 1, symbol: symbols[step], read: symbols.slice(0, step + 1).join(""), gradient: significant(arrays.gradient.data[step]) };
    if (arrays.belief) {
      const row = arrays.belief.data.subarray(step * classes.length, (step + 1) * classes.length);
      const leads = best(row, 1)[0];
      Object.assign(values, { best: classes[leads], share: percent(row[leads]) });
      if (header.next) Object.assign(values, { next: classes[header.next[step]], next_share: percent(row[header.next[step]]), read: symbols.slice(1, step + 1).join("") });
    }
    if (arrays.read) {
      const [value, truth] = [arrays.read.data[step], arrays.read.data[step + 1]];
      Object.assign(values, { value: significant(value), foretold: significant(arrays.foretold.data[step]), truth: significant(truth), year: symbols[step + 1] });
    }
    write(this.said, fill(words.said, values));
  }

  // -------------------------------------------------------------------------------------- playing

  /** Go through the steps one after the other, from the first that is new. */
  #play(from) {
    clearInterval(this.beat);
    this.shown = from;
    this.beat = setInterval(() => {
      this.shown += 1;
      if (this.shown >= this.header.reads) { this.shown = Infinity; clearInterval(this.beat); }
      this.draw();
    }, BEAT);
  }

  // ------------------------------------------------------------------------------------- listening

  #listen() {
    const { picture, field } = this;
    field.oninput = () => this.send("typed", { text: field.value });
    picture.onpointermove = picture.onpointerdown = (event) => this.#point(this.#under(event));
    picture.onpointerleave = (event) => event.pointerType !== "touch" && this.#point(null);
    picture.onblur = () => this.#point(null);
    picture.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    const step = this.columns ? this.columns.at(event.clientX - this.picture.getBoundingClientRect().left) : null;
    return step === null ? null : Math.min(step, this.header.reads - 1);
  }

  #key(event) {
    const last = this.header.reads - 1;
    const end = { Home: 0, End: last }[event.key];
    if ((end ?? STEPS[event.key]) === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#point(Math.max(0, Math.min(last, end ?? this.step + STEPS[event.key])));
  }

  #point(step) {
    if (step === this.at) return;
    this.at = step;
    this.draw();
  }

  close() {
    clearInterval(this.beat);
    for (const leave of this.leave) leave();
  }
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How many symbols two readings share from the first on. */
function shared(before, after) {
  const [old, now] = [before.split("\u0000"), after.split("\u0000")];
  const place = now.findIndex((symbol, i) => symbol !== old[i]);
  return Math.max(0, place < 0 ? now.length - 1 : place);
}

export default instances("unrolled", (root, parent) => new Unrolled(root, parent));
