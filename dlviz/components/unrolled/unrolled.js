// A recurrent network unrolled in time: one column for every step that it reads. Over one another stand what was read,
// how probable each class is by then, the state and the gates as strips of colour, and how long the gradient of the
// loss is at that step. One step is on show in all of them: the pointer or the arrow keys choose it.
//
// Data (packed): header {symbols: [words of the steps], every: only each so-manieth is written, classes: [words], right:
// place of the true class or null, field: null, or {value, label, hint, most} of a field to type what is read in, seq,
// playing: whether what is read for the first time is played through, words: {label, belief, state, gradient, unit,
// gates: {name: words}, said, said_gate}}, arrays state (S, H) from -1 to 1, gate/<name> (S, H) from 0 to 1, gradient
// (S,), and, where there are classes, belief (S, K) from 0 to 1.
//
// State: typed {text, seq}.

import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, rem, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { Columns } from "./columns.js";
import { drawBelief, drawGradient, drawNames, drawStrip, heightOf } from "./panels.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const BEAT = 130; // milliseconds a letter, where what was typed is played through

class Unrolled {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.at = null; // the step that the pointer or a key chose; else the last one
    this.shown = Infinity; // steps played so far
    this.panels = new Map();
    this.field = element("input", { type: "text", autocomplete: "off", autocapitalize: "words", spellcheck: "false" });
    this.name = element("label", { class: "field" }, element("span"), this.field);
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.picture = element("div", { class: "picture", role: "application", tabindex: 0 });
    root.replaceChildren(this.name, this.said, this.picture);
    this.#listen();
    this.leave = onResize(this.picture, () => this.draw());
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
    Object.assign(this, { header, arrays, read, theme: themeOf(this.root) });
    this.#fillField();
    label(this.picture, header.words.label);
    this.draw();
  }

  #fillField() {
    const { field } = this.header;
    this.name.hidden = !field;
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
    const names = header.classes.length ? header.classes : [];
    this.columns = new Columns(width, header.symbols.length, names, rem(), theme);
    const step = this.step;
    this.#panel("symbols", null, 1.9 * rem(), (sheet) => drawNames(sheet, header, step, true));
    if (arrays.belief) this.#panel("belief", header.words.belief, heightOf.belief(names.length, rem()), (sheet) => drawBelief(sheet, arrays.belief, header, step));
    this.#strip("state", header.words.state, arrays.state, -1);
    for (const [name, words] of Object.entries(header.words.gates)) this.#strip(`gate/${name}`, words, arrays[`gate/${name}`], 0);
    this.#panel("gradient", header.words.gradient, heightOf.gradient(rem()), (sheet) => drawGradient(sheet, arrays.gradient.data, header, step));
    for (const [name, { node }] of this.panels) node.hidden = name.includes("/") ? !arrays[name] : name === "belief" && !arrays.belief;
    this.#say(step);
  }

  get step() {
    const last = this.header.symbols.length - 1;
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
    const rank = (name) => ["symbols", "belief", "state", "gate", "gradient"].indexOf(name.split("/")[0]);
    this.picture.append(...[...this.panels].sort(([a], [b]) => rank(a) - rank(b)).map(([, { node }]) => node));
  }

  #say(step) {
    const { header, arrays } = this;
    const { words, symbols, classes } = header;
    const values = { step: step + 1, symbol: symbols[step], read: symbols.slice(0, step + 1).join(""), gradient: significant(arrays.gradient.data[step]) };
    if (arrays.belief) {
      const row = arrays.belief.data.subarray(step * classes.length, (step + 1) * classes.length);
      const best = row.indexOf(Math.max(...row));
      Object.assign(values, { best: classes[best], share: percent(row[best]) });
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
      if (this.shown >= this.header.symbols.length) { this.shown = Infinity; clearInterval(this.beat); }
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
    return this.columns ? this.columns.at(event.clientX - this.picture.getBoundingClientRect().left) : null;
  }

  #key(event) {
    const last = this.header.symbols.length - 1;
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
    this.leave();
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
