// What a network says of each row against what is true of it: on the diagonal it is right, above it says too much.
//
// Data (packed): header {player, mean, deviation: of the answers' unit, names: {part: [of each row]}, words: {label, true,
// says, right, target, unit, train, validation, test, later, off, row, unnamed}}; arrays train, validation, test: what is
// true (N,) in the table's unit. Moments carry train_scores, validation_scores and, at the end, test_scores (N, 1).

import { Axes } from "../dlviz.curves/axes.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";
import { player } from "../dlviz.player/player.js";

const PARTS = ["train", "validation", "test"];
const REACH = 16; // pixels within which a pointer means a row
const RATIO = 0.62;
const [LOWEST, HIGHEST] = [300, 500];
const ROOM = 0.06; // beyond the lowest and the highest truth
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

class Against {
  constructor(root, parent) {
    Object.assign(this, { root, parent, at: null });
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.key = element("ul", { class: "key figures" });
    this.items = PARTS.map(() => ({ sign: element("canvas", { "aria-hidden": "true" }), name: element("span"), off: element("b") }));
    this.key.append(...this.items.map(({ sign, name, off }) => element("li", {}, sign, name, off)));
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    root.replaceChildren(this.key, this.canvas, this.said);
    this.#listen();
    revealStyled(parent, root);
    this.forget = [onResize(this.canvas, (width) => { this.width = width; this.draw(); })];
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    Object.assign(this, { header, truths: PARTS.map((part) => arrays[part].data), colours: themeOf(this.parent), at: null });
    label(this.canvas, header.words.label);
    const all = this.truths.flatMap((truth) => [...truth]);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    this.range = [low - ROOM * (high - low), high + ROOM * (high - low)];
    if (!this.player) {
      this.player = player(header.player);
      this.forget.push(this.player.subscribe(() => this.draw()));
    }
    this.items.forEach(({ sign, name }, part) => {
      write(name, header.words[PARTS[part]]);
      this.#mark(sharpContext(sign, 16, 16), part, 8, 8);
    });
    this.draw();
  }

  // ------------------------------------------------------------------------------------ what is shown

  // What the network says of a part's rows at the moment on show, in the table's unit; null where it was not asked.
  #answers(part) {
    const found = this.player.moment?.arrays[`${PARTS[part]}_scores`]?.data;
    if (!found || found.length !== this.truths[part].length) return null;
    return Float64Array.from(found, (score) => this.header.mean + this.header.deviation * score);
  }

  draw() {
    const { width, header, colours, canvas } = this;
    if (!header || !width || !this.player) return;
    const height = Math.round(Math.max(LOWEST, Math.min(HIGHEST, width * RATIO)));
    canvas.style.height = `${height}px`;
    const context = sharpContext(canvas, width, height);
    const axes = new Axes(context, width, height, { x: this.range, y: this.range, log: false, share: false, colours, right: 12 });
    this.axes = axes;
    axes.draw(header.words.true);
    Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(colours.muted) });
    context.fillText(header.words.says, axes.left + 4, 0);
    this.answers = PARTS.map((_, part) => this.#answers(part));
    context.save();
    context.beginPath();
    context.rect(axes.left, axes.top, axes.right - axes.left, axes.bottom - axes.top);
    context.clip();
    this.#diagonal(context);
    this.answers.forEach((answers, part) => answers?.forEach((answer, row) => this.#mark(context, part, axes.px(this.truths[part][row]), axes.py(answer))));
    if (this.at) this.#chosen(context);
    context.restore();
    this.#write();
  }

  #diagonal(context) {
    const { axes, range, colours } = this;
    context.strokeStyle = css(colours.muted, 0.7);
    context.lineWidth = 1.25;
    context.beginPath();
    context.moveTo(axes.px(range[0]), axes.py(range[0]));
    context.lineTo(axes.px(range[1]), axes.py(range[1]));
    context.stroke();
  }

  #mark(context, part, x, y) {
    const { colours } = this;
    const colour = [colours.muted, colours.accent, colours.classes[1]][part];
    context.beginPath();
    if (part === 2) context.rect(x - 3.5, y - 3.5, 7, 7);
    else context.arc(x, y, part ? 4 : 3, 0, 7);
    context.fillStyle = css(colour, part ? 0.9 : 0.45);
    context.fill();
  }

  #chosen(context) {
    const { axes, colours, at: { part, row } } = this;
    const answer = this.answers[part]?.[row];
    if (answer === undefined) return;
    const [x, truth, y] = [axes.px(this.truths[part][row]), axes.py(this.truths[part][row]), axes.py(answer)];
    context.strokeStyle = css(colours.text);
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, truth);
    context.lineTo(x, y);
    context.stroke();
    context.beginPath();
    context.arc(x, y, 7, 0, 7);
    context.stroke();
  }

  #write() {
    const { words } = this.header;
    this.items.forEach(({ off }, part) => {
      const answers = this.answers[part];
      const mean = answers && answers.reduce((sum, answer, row) => sum + Math.abs(answer - this.truths[part][row]), 0) / answers.length;
      write(off, answers ? fill(words.off, { off: significant(mean), unit: words.unit }) : words.later);
    });
    const { at } = this;
    const answer = at && this.answers[at.part]?.[at.row];
    if (!at || answer === undefined) { write(this.said, words.right); return; }
    const truth = this.truths[at.part][at.row];
    const name = this.header.names[PARTS[at.part]][at.row] || fill(words.unnamed, { row: at.row + 1 });
    write(this.said, fill(words.row, { name, part: words[PARTS[at.part]], truth: significant(truth), says: significant(answer), unit: words.unit }));
  }

  // -------------------------------------------------------------------------------------- what is done

  #listen() {
    const { canvas } = this;
    canvas.onpointermove = canvas.onpointerdown = (event) => this.#choose(this.#under(event));
    canvas.onpointerleave = (event) => { if (event.pointerType === "mouse") this.#choose(null); };
    canvas.onblur = () => this.#choose(null);
    canvas.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    if (!this.answers) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [found, least] = [null, REACH ** 2];
    this.answers.forEach((answers, part) => answers?.forEach((answer, row) => {
      const away = (this.axes.px(this.truths[part][row]) - x) ** 2 + (this.axes.py(answer) - y) ** 2;
      if (away < least) [found, least] = [{ part, row }, away];
    }));
    return found;
  }

  // The arrow keys go through the validation rows.
  #key(event) {
    const step = STEPS[event.key];
    if (event.key === "Escape") this.#choose(null);
    else if (!step || !this.truths?.[1].length || event.ctrlKey || event.metaKey || event.altKey) return;
    else this.#choose({ part: 1, row: this.at?.part === 1 ? (this.at.row + step + this.truths[1].length) % this.truths[1].length : 0 });
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(at) {
    if (at?.part === this.at?.part && at?.row === this.at?.row) return;
    this.at = at;
    this.draw();
  }

  close() {
    for (const forget of this.forget) forget();
  }
}

export default instances("against", (root, parent) => new Against(root, parent));
