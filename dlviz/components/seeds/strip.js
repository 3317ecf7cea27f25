// How every seed ended: a dot for each, from the lowest score to the highest, piled up where they are close. Those beyond
// the mark have solved their task; one that diverged stands at the far left.

import { Axes } from "../dlviz.curves/axes.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";
import { fill, perCent, percent, significant, tickLabel, ticks } from "../dlviz.player/numbers.js";

const TURN = 2 * Math.PI;
const RADIUS = 7;
const REACH = 16; // pixels from a dot at which the pointer finds it
const [HEAD, FOOT] = [24, 26]; // pixels above the dots, for the name of the mark, and under them, for the scale
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const LEAST = -0.5;

/** The strip; `tell.choose(seed or null)` hears which one is pointed at, `tell.open(seed)` which is wanted. */
export class Strip {
  constructor(tell) {
    this.tell = tell;
    this.seed = null;
    this.byPointer = false;
    [this.title, this.measure] = [element("span"), element("small")];
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.picture = element("div", { class: "picture", role: "application", tabindex: 0 }, this.canvas);
    this.said = element("span", { class: "said" });
    this.kinds = element("ul", { class: "legend kinds" });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    const foot = element("div", { class: "foot figures" }, this.said, this.kinds);
    this.node = element("section", { class: "part strip" }, element("h4", {}, this.title, this.measure), this.picture, foot, this.spoken);
    this.#listen();
  }

  update(header, arrays, theme) {
    const last = (what) => {
      const { data, shape: [count, size] } = arrays[`${header.judged}_${what}`];
      return Array.from({ length: count }, (_, i) => data[(i + 1) * size - 1]);
    };
    Object.assign(this, { header, theme, scores: last("score"), losses: last("loss") });
    if (this.seed !== null && this.seed >= this.scores.length) this.choose(null);
    write(this.title, header.words.strip);
    write(this.measure, header.words["strip.x"]);
    label(this.picture, header.words["strip.label"]);
    this.#layKinds();
    this.draw();
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.picture.clientWidth;
    if (!this.header || !width) return;
    const piles = this.#piles(width);
    const height = HEAD + 2 * RADIUS * Math.max(2, ...piles.map((pile) => pile.length)) + FOOT;
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, width, height);
    this.axes = this.#axes(context, width, height);
    this.#scale(context, height);
    this.dots = piles.flatMap((pile) => pile.map((seed, i) => ({ seed, x: this.#place(this.scores[seed]), y: height - FOOT - RADIUS * (2 * i + 1.2) })));
    for (const dot of this.dots) if (dot.seed !== this.seed) this.#dot(context, dot, RADIUS - 1.25);
    const chosen = this.dots.find((dot) => dot.seed === this.seed);
    if (chosen) this.#dot(context, chosen, RADIUS + 0.75);
    this.#read();
  }

  #axes(context, width, height) {
    const finite = this.scores.filter(Number.isFinite);
    const [low, high] = [Math.max(LEAST, Math.min(...finite, this.header.solved_from)), Math.max(...finite, this.header.solved_from)];
    const room = Math.max(0.02, 0.12 * (high - low));
    const x = [low - room, Math.min(high + room, 1 + 0.3 * room)];
    const axes = new Axes(context, width, height, { x, y: [0, 1], log: false, share: true, colours: this.theme, right: RADIUS + 4 });
    axes.left = RADIUS + 4;
    return axes;
  }

  #place(score) {
    return Number.isFinite(score) ? Math.max(this.axes.left, this.axes.px(score)) : this.axes.left;
  }

  /** Seeds whose dots would cover each other, in piles: one for every width of a dot. */
  #piles(width) {
    this.axes = this.#axes(this.canvas.getContext("2d"), width, 100);
    const piles = new Map();
    for (const seed of this.#order()) {
      const slot = Number.isFinite(this.scores[seed]) ? Math.round(this.#place(this.scores[seed]) / (2 * RADIUS)) : -1;
      piles.set(slot, [...(piles.get(slot) ?? []), seed]);
    }
    return [...piles.values()];
  }

  /** The seeds from the lowest score to the highest. */
  #order() {
    const height = (seed) => (Number.isFinite(this.scores[seed]) ? this.scores[seed] : -Infinity);
    return [...this.scores.keys()].sort((a, b) => (height(a) === height(b) ? a - b : height(a) - height(b)));
  }

  #scale(context, height) {
    const { axes, theme, header } = this;
    const bottom = height - FOOT;
    const mark = Math.round(axes.px(header.solved_from)) + 0.5;
    context.fillStyle = theme.css(theme.accent, theme.dark ? 0.14 : 0.07);
    context.fillRect(mark, 0, axes.right + RADIUS - mark, bottom);
    const line = (x0, y0, x1, y1, colour) => {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    };
    line(axes.left - RADIUS, bottom + 0.5, axes.right + RADIUS, bottom + 0.5, theme.css(theme.faint));
    line(mark, 0, mark, bottom + 5, theme.css(theme.accent));
    context.textBaseline = "top";
    context.fillStyle = theme.css(theme.accent);
    const name = header.words["strip.mark"];
    const beside = mark + 8 + context.measureText(name).width < axes.right + RADIUS;
    context.textAlign = beside ? "left" : "right";
    context.fillText(name, mark + (beside ? 8 : -8), 5);
    context.fillStyle = theme.css(theme.muted);
    context.textAlign = "center";
    const values = ticks(axes.x0, Math.min(1, axes.x1), Math.max(2, Math.floor((axes.right - axes.left) / 90)));
    for (const value of values) {
      const x = Math.round(axes.px(value)) + 0.5;
      const half = context.measureText(this.#tick(value, values)).width / 2;
      line(x, bottom, x, bottom + 4, theme.css(theme.faint));
      if (x - half >= 0 && x + half <= axes.width) context.fillText(this.#tick(value, values), x, bottom + 8);
    }
  }

  #tick(value, values) {
    const step = (values[1] ?? 1) - values[0] || 1;
    return this.header.percent ? perCent(tickLabel(100 * value, 100 * step)) : tickLabel(value, step);
  }

  #dot(context, { seed, x, y }, radius) {
    const { theme, header } = this;
    const kind = this.#kind(seed);
    drawDot(context, theme, kind, x, y, radius);
    if (seed === header.stage) ring(context, theme, x, y, radius + 2.5);
  }

  #kind(seed) {
    const score = this.scores[seed];
    if (!Number.isFinite(score)) return "diverged";
    return score >= this.header.solved_from ? "solved" : "unsolved";
  }

  // --------------------------------------------------------------------------------------- words

  #layKinds() {
    const { words, stage } = this.header;
    const shown = ["solved", "unsolved", "diverged"].filter((kind) => this.scores.some((_, seed) => this.#kind(seed) === kind));
    if (stage !== null) shown.push("stage");
    this.kinds.replaceChildren(...shown.map((kind) => {
      const sample = element("canvas", { "aria-hidden": "true" });
      const context = sharpContext(sample, 16, 16);
      if (kind === "stage") ring(context, this.theme, 8, 8, 6);
      else drawDot(context, this.theme, kind, 8, 8, 5);
      return element("li", {}, sample, element("span", { text: kind === "stage" ? words["strip.stage"] : words.kinds[kind] }));
    }));
  }

  /** Return a score as text. */
  text(score) {
    return this.header.percent ? percent(score) : significant(score);
  }

  #read() {
    const { words, stage } = this.header;
    const { seed } = this;
    if (seed === null) {
      write(this.said, words["strip.hint"]);
      write(this.spoken, "");
      return;
    }
    const template = words[this.#kind(seed) === "diverged" ? "strip.lost" : "strip.seed"];
    const about = fill(template, { seed, score: this.text(this.scores[seed]), loss: significant(this.losses[seed]) });
    const said = `${about} · ${seed === stage ? words["strip.stage"] : words["strip.open"]}`;
    write(this.said, said);
    write(this.spoken, this.picture.matches(":focus") ? said : "");
  }

  // ------------------------------------------------------------------------------------- reading

  #listen() {
    const { picture } = this;
    picture.onpointermove = picture.onpointerdown = (event) => this.#point(this.#under(event));
    picture.onpointerleave = (event) => event.pointerType !== "touch" && this.#point(null);
    picture.onblur = () => this.choose(null);
    picture.onclick = (event) => this.#open(this.#under(event));
    picture.onkeydown = (event) => this.#key(event);
  }

  /** Follow the pointer; where it is at no dot, what the keys chose stays. */
  #point(seed) {
    if (seed === null && !this.byPointer) return;
    this.byPointer = seed !== null;
    this.choose(seed);
  }

  #under(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const away = (dot) => Math.hypot(dot.x - x, dot.y - y);
    const nearest = (this.dots ?? []).reduce((best, dot) => (best && away(best) <= away(dot) ? best : dot), null);
    return nearest && away(nearest) < REACH ? nearest.seed : null;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") this.#open(this.seed);
    const order = this.#order();
    const end = { Home: 0, End: order.length - 1 }[event.key];
    const step = STEPS[event.key];
    if (event.key !== "Enter" && event.key !== " " && (end ?? step) === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the bench has these keys too
    if ((end ?? step) === undefined) return;
    this.byPointer = false;
    const at = this.seed === null ? (step > 0 ? -1 : order.length) : order.indexOf(this.seed);
    this.choose(order[Math.max(0, Math.min(order.length - 1, end ?? at + step))]);
  }

  #open(seed) {
    if (seed !== null && seed !== this.header.stage) this.tell.open(seed);
  }

  /** Point at a seed, or with null at none. */
  choose(seed) {
    if (seed === this.seed) return;
    this.seed = seed;
    this.tell.choose(seed);
    this.draw();
  }
}

function drawDot(context, theme, kind, x, y, radius) {
  context.lineWidth = 1.75;
  if (kind === "diverged") {
    context.strokeStyle = theme.css(theme.danger);
    const reach = 0.75 * radius;
    context.beginPath();
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
    context.stroke();
    return;
  }
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fillStyle = theme.css(kind === "solved" ? theme.accent : theme.background);
  context.fill();
  if (kind === "solved") return;
  context.strokeStyle = theme.css(theme.muted);
  context.stroke();
}

function ring(context, theme, x, y, radius) {
  context.strokeStyle = theme.css(theme.text);
  context.lineWidth = 1.75;
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.stroke();
}
