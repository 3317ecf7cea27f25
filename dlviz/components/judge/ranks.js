// A row for each of several classes: how many of its rows are found, and how many that are called so are, where the most
// probable class is the answer; below them their plain mean, in which a rare class counts as much as a common one, and
// what that means in words. A click, or the arrow keys, choose the class to be judged against the rest.

import { element, label, write } from "../dlviz.player/elements.js";
import { fill, percent } from "../dlviz.player/numbers.js";
import { against, eachClass, macro, rates, roc, sweep } from "./measures.js";

const RATES = ["precision", "recall", "f1"];

export class Ranks {
  constructor(choose) {
    this.choose = choose;
    this.heads = ["", ...RATES, "area"].map(() => element("th", { scope: "col" }));
    this.body = element("tbody");
    this.mean = element("th", { scope: "row" });
    this.means = [...RATES, "area"].map(() => element("td", {}, element("span")));
    const foot = element("tfoot", {}, element("tr", {}, this.mean, ...this.means));
    this.table = element("table", { class: "figures ranks" }, element("thead", {}, element("tr", {}, ...this.heads)), this.body, foot);
    this.title = element("p", { class: "below" });
    this.explained = element("p", { class: "below" }); // in sight: a phone has no pointer that could rest on a word
    this.node = element("div", { hidden: true }, this.title, this.table, this.explained);
    this.rows = [];
  }

  /** Take over the words; `several`: whether there are more than two classes, so that the rows are of use. */
  configured(words, several) {
    this.words = words;
    this.node.hidden = !several;
    if (!several) return;
    write(this.title, words.ranks);
    label(this.table, words.ranks);
    write(this.mean, words.macro);
    write(this.explained, words.macro_help);
    ["", ...RATES, "area"].forEach((name, i) => write(this.heads[i], name && words[name]));
    if (this.rows.length !== words.classes.length) this.#build(words.classes.length);
    this.rows.forEach(({ button }, i) => write(button, words.classes[i]));
  }

  #build(count) {
    this.rows = Array.from({ length: count }, (_, i) => {
      const button = element("button", { type: "button", onclick: () => this.choose(i) });
      const cells = [...RATES, "area"].map(() => element("td", {}, element("span"), element("span", { class: "of" })));
      return { button, cells, node: element("tr", {}, element("th", { scope: "row" }, button), ...cells) };
    });
    this.body.replaceChildren(...this.rows.map(({ node }) => node));
  }

  /** Write the shares of every class; `chosen` is the one that is judged against the rest. */
  draw(scores, truth, chosen) {
    if (this.node.hidden) return;
    const found = scores ? eachClass(scores, truth, this.rows.length) : [];
    this.rows.forEach(({ button, cells, node }, i) => {
      button.setAttribute("aria-pressed", String(i === chosen));
      node.classList.toggle("chosen", i === chosen);
      const shares = found[i] ? rates(found[i]) : {};
      RATES.forEach((name, j) => {
        const [part, whole] = shares[name] ?? [0, 0];
        write(cells[j].firstChild, whole ? percent(part / whole) : "–");
        write(cells[j].lastChild, whole && name !== "f1" ? fill(this.words.of, { part, whole }) : "");
      });
    });
    const areas = this.rows.map((_, i) => this.#area(scores, truth, i));
    areas.forEach((area, i) => write(this.rows[i].cells[RATES.length].firstChild, inThree(area)));
    const means = found.length ? macro(found) : {};
    RATES.forEach((name, j) => write(this.means[j].firstChild, found.length && truth.length ? percent(means[name]) : "–"));
    write(this.means[RATES.length].firstChild, inThree(areas.reduce((sum, area) => sum + area, 0) / areas.length));
  }

  #area(scores, truth, one) {
    if (!scores) return NaN;
    const all = sweep(against(scores, this.rows.length, one), truth.map((label) => (label === one ? 1 : 0)));
    return all.positives && all.negatives ? roc(all).area : NaN;
  }
}

const inThree = (area) => (Number.isFinite(area) ? area.toFixed(3) : "–");
