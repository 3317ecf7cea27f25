// The judge: what a threshold makes of probabilities. One slider turns them into answers; the counts, what is worked out
// of them, and the curves over all thresholds follow at once, at the moment under the player's cursor.
//
// With more than two classes, one of them is judged against the rest, and a row for each says how it fares where the most
// probable one is the answer; a click on a row chooses it.
//
// Data (packed): header {player, threshold, part, against, heard, words}; arrays train, validation, test (N,) uint8: the
// truth of each part's rows, the number of its class. The sums come with the moments, as <part>_scores. words.judged_of
// has the words that name the class in question: one set for two classes, else one for each. State: judged {threshold,
// part, against}.

import { heard, sender } from "../dlviz.maps/drawing.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { unpack } from "../dlviz.player/player.js";
import { View } from "../dlviz.player/view.js";
import { drawReliability, drawRates, stepAt } from "./charts.js";
import { against, counts, precisionRecall, rates, reliability, roc, sigmoid, sweep } from "./measures.js";
import { Ranks } from "./ranks.js";
import { LEAST, MOST, setThreshold, thresholdOf } from "./threshold.js";

const PARTS = ["train", "validation", "test"];
const CELLS = [["tn", "good"], ["fp", "bad"], ["fn", "bad"], ["tp", "good"]];
const RATES = ["accuracy", "precision", "recall", "specificity", "f1"];
const CHARTS = ["roc", "pr", "reliability"];
const STRONGEST = 46; // per cent of its colour that a cell has at most

class Judge extends View {
  constructor(root, parent) {
    super(root, parent);
    this.send = sender();
    this.drawn = [];
    this.#build();
    this.closed = onResize(root, (width) => { this.width = width; this.player?.redraw(); });
  }

  #build() {
    this.slider = element("input", { type: "range", min: LEAST, max: MOST, step: 0.01, oninput: () => setThreshold(this.player, Number(this.slider.value)), onchange: () => this.#say() });
    this.called = element("span");
    this.value = element("output", { class: "figures" });
    this.parts = PARTS.map((part) => element("button", { type: "button", onclick: () => { this.part = part; this.#say(); this.player.redraw(); } }));
    this.group = element("div", { class: "parts", role: "group" }, ...this.parts);
    this.note = element("p", { class: "note" });
    this.heads = [element("th", { scope: "col" }), element("th", { scope: "col" })];
    this.sides = [element("th", { scope: "row" }), element("th", { scope: "row" })];
    this.cells = CELLS.map(([, kind]) => element("td", { class: kind }, element("b"), element("span")));
    this.table = element("table", { class: "figures" }, element("thead", {}, element("tr", {}, element("td", { hidden: true }), element("th"), ...this.heads)),
      element("tbody", {}, element("tr", {}, this.sides[0], this.cells[0], this.cells[1]), element("tr", {}, this.sides[1], this.cells[2], this.cells[3])));
    this.rates = RATES.map(() => ({ name: element("dt"), how: element("dd", { class: "how figures" }), share: element("dd", { class: "share figures" }) }));
    this.charts = CHARTS.map((name) => this.#chart(name));
    this.ranks = new Ranks((one) => { this.against = one; this.#name(); this.#say(); this.player.redraw(); });
    this.parted = element("div", { class: "parted" }, this.group, this.note);
    this.turn = element("div", { class: "turn" }, element("label", {}, this.called, this.slider, this.value));
    this.root.replaceChildren(
      this.parted, this.ranks.node, this.turn,
      element("div", { class: "told" }, this.table, element("dl", {}, ...this.rates.map(({ name, how, share }) => element("div", {}, name, how, share)))),
      element("div", { class: "charts" }, ...this.charts.map(({ node }) => node)),
    );
  }

  #chart(name) {
    const [title, area, below] = [element("strong"), element("span", { class: "figures" }), element("p", { class: "below" })];
    const canvas = element("canvas", { role: "img" });
    const chart = { name, title, area, below, canvas, node: element("figure", {}, element("figcaption", {}, title, area), canvas, below) };
    if (name === "reliability") return chart;
    canvas.classList.add("turned");
    const turn = (event) => chart.axes && this.found && setThreshold(this.player, sigmoid(stepAt(chart, this.found[name].points, event)));
    canvas.onpointerdown = (event) => { canvas.setPointerCapture(event.pointerId); turn(event); };
    canvas.onpointermove = (event) => { if (event.buttons & 1) turn(event); };
    canvas.onpointerup = () => this.#say();
    return chart;
  }

  // ------------------------------------------------------------------------------------- told and telling

  update({ data, setStateValue }) {
    if (!(data instanceof Uint8Array)) return;
    this.send.setStateValue = setStateValue;
    const { header, arrays } = unpack(data);
    this.truth = Object.fromEntries(PARTS.map((part) => [part, arrays[part]?.data ?? new Uint8Array()]));
    this.told = heard(header.heard, this.send.sequence);
    super.update({ data: header, setStateValue });
  }

  configured() {
    const { config: { words, threshold, part, against: one }, player } = this;
    if (this.told) { this.part = part; this.against = one; setThreshold(player, threshold); }
    this.classes = words.judged_of.length; // 1 where there are two
    this.ranks.configured(words, this.classes > 1);
    label(this.group, words.parts);
    PARTS.forEach((name, i) => {
      write(this.parts[i], words[name]);
      this.parts[i].hidden = !this.truth[name].length;
    });
    this.#name();
  }

  // Say which class is in question.
  #name() {
    this.against = this.classes > 1 ? Math.min(this.against ?? 0, this.classes - 1) : 0;
    this.words = { ...this.config.words, ...this.config.words.judged_of[this.against] };
    const { words } = this;
    this.drawn = [];
    write(this.called, words.threshold);
    this.heads.forEach((head, i) => write(head, fill(words.answer, { name: words.sides[i] })));
    this.sides.forEach((side, i) => write(side, fill(words.truth, { name: words.sides[i] })));
    CELLS.forEach(([name], i) => write(this.cells[i].lastChild, words[name]));
    RATES.forEach((name, i) => { write(this.rates[i].name, words[name]); this.rates[i].name.title = words[`${name}_help`]; });
    this.charts.forEach(({ name, title, below, canvas }) => {
      write(title, words[name]);
      write(below, words[`${name}_below`]);
      label(canvas, `${words[name]}. ${words[`${name}_below`]}`);
    });
  }

  #say() {
    this.send("judged", { threshold: thresholdOf(this.player), part: this.part, against: this.against });
  }

  // ------------------------------------------------------------------------------------------- drawing

  draw() {
    const { player, config, width, classes, words } = this;
    if (!config || !width) return;
    const threshold = thresholdOf(player);
    const shown = this.truth[this.part]?.length ? this.part : "train";
    const said = player.moment?.arrays[`${shown}_scores`]?.data ?? null;
    const broken = said?.some(Number.isNaN) ?? false; // the run has diverged
    const scores = broken ? null : said;
    const state = [said, threshold, shown, this.colours, width, this.against];
    if (state.every((one, i) => one === this.drawn[i]) && this.drawn.length) return;
    this.drawn = state;
    if (document.activeElement !== this.slider || Number(this.slider.value) !== threshold) this.slider.value = String(threshold);
    write(this.value, threshold.toFixed(2));
    PARTS.forEach((name, i) => this.parts[i].setAttribute("aria-pressed", String(name === shown)));
    write(this.note, scores ? fill(words.judged[shown], { count: scores.length / classes }) : broken ? words.broken : words.waits[shown]);
    const truth = this.truth[shown];
    if (scores && scores.length !== truth.length * classes) return; // the rows of another run are still on their way
    this.ranks.draw(scores, truth, this.against);
    this.#judge(scores, truth, threshold);
  }

  #judge(scores, truth, threshold) {
    const one = this.classes > 1;
    const sums = one && scores ? against(scores, this.classes, this.against) : scores;
    const labels = one ? truth.map((label) => (label === this.against ? 1 : 0)) : truth;
    this.#count(sums, labels, threshold);
    this.#curves(sums, labels, threshold);
  }

  #count(scores, truth, threshold) {
    const found = scores ? counts(scores, truth, threshold) : null;
    const totals = found ? [found.tn + found.fp, found.fn + found.tp] : [0, 0];
    CELLS.forEach(([name], i) => {
      const total = totals[Math.floor(i / 2)];
      write(this.cells[i].firstChild, found ? String(found[name]) : "–");
      this.cells[i].style.setProperty("--share", `${total ? (STRONGEST * Math.sqrt(found[name] / total)).toFixed(1) : 0}%`);
    });
    const shares = found ? rates(found) : {};
    RATES.forEach((name, i) => {
      const [part, whole] = shares[name] ?? [0, 0];
      write(this.rates[i].how, found ? `${this.words[`${name}_how`]} = ${part} / ${whole}` : this.words[`${name}_how`]);
      write(this.rates[i].share, whole ? percent(part / whole) : "–");
    });
  }

  #curves(scores, truth, threshold) {
    const { words, colours } = this;
    const all = scores ? sweep(scores, truth) : null;
    const both = Boolean(all?.positives && all.negatives);
    this.found = both ? { roc: roc(all), pr: precisionRecall(all), reliability: reliability(scores, truth) } : null;
    const share = all ? all.positives / (all.positives + all.negatives) : 0;
    this.charts.forEach((chart) => {
      const { name, area, canvas } = chart;
      const curve = this.found?.[name];
      write(area, curve ? fill(words[`${name}_area`], { area: name === "reliability" ? significant(curve.off, 2) : curve.area.toFixed(3) }) : "–");
      area.dataset.value = curve ? String(curve.area ?? curve.off) : "";
      const look = { colours, names: [words[`${name}_x`], words[`${name}_y`]], accent: css(colours.accent) };
      if (name === "reliability") drawReliability(canvas, curve?.rows ?? [], threshold, look);
      else chart.axes = drawRates(canvas, curve?.points ?? [], threshold, name === "roc" ? null : share, look);
    });
  }
}

export default instances("judge", (root, parent) => new Judge(root, parent));
