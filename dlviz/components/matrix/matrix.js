// Confusion matrix: what was there (rows) against what was answered (columns), counted. A click on a cell
// tells Python which pair is meant.
//
// Configuration: {player, label, array: "confusion", classes: [words], truth, answer: words of the axes,
// cell: "{count} of {total} … {truth} … {answer}", right: the same for the diagonal, none: for a row without
// examples, scale: "share of the row", chosen: {truth, answer} or null}.

import { css, lightness, paint, sequential } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, percent, whole } from "../dlviz.player/numbers.js";
import { View } from "../dlviz.player/view.js";

// Errors are rare, so the ramp climbs with the square root of the share; the scale says so.
const height = (share) => Math.sqrt(share);

const WIDE = /[\u2e80-\uffef]{2}/; // two characters of Chinese are as wide as a short word

class Matrix extends View {
  constructor(root, parent) {
    super(root, parent);
    this.table = element("table", { role: "grid", class: "figures" });
    this.said = element("p", { class: "said", "aria-live": "polite" });
    this.ramp = element("canvas", { "aria-hidden": "true" });
    this.scaleName = element("span");
    const scale = element("div", { class: "scale figures" }, this.scaleName, element("span", { text: "0" }), this.ramp,
      element("span", { text: percent(1).replace(".0", "") }));
    this.answers = element("div", { class: "axis answers" });
    this.truths = element("div", { class: "axis truths" });
    root.replaceChildren(this.answers, this.truths, this.table, element("div", { class: "foot" }, this.said, scale));
    this.focus = { truth: 0, answer: 0 };
  }

  configured() {
    const { config } = this;
    label(this.table, config.label ?? "");
    write(this.scaleName, config.scale ?? "");
    write(this.answers, config.answer ?? "");
    write(this.truths, config.truth ?? "");
    const shape = JSON.stringify(config.classes);
    if (shape !== this.shape) this.#build(shape);
    const steps = Array.from({ length: 64 }, (_, i) => i / 63);
    paint(this.ramp, steps, 64, 1, (share) => sequential(height(share), this.colours));
    this.counts = null; // the theme may have changed: paint the cells again
  }

  #build(shape) {
    const { classes } = this.config;
    this.shape = shape;
    this.root.classList.toggle("named", classes.some((name) => name.length > 2 || WIDE.test(name))); // words need more room than digits
    this.cells = classes.map((_, row) => classes.map((__, column) => this.#cell(row, column)));
    const head = element("tr", {}, element("td", { class: "corner" }),
      ...classes.map((name) => element("th", { scope: "col" }, element("span", { text: name }))));
    const rows = classes.map((name, row) => element("tr", {}, element("th", { scope: "row", text: name }),
      ...this.cells[row]));
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  }

  #cell(truth, answer) {
    const cell = element("td", { role: "gridcell", tabindex: truth || answer ? "-1" : "0",
      class: truth === answer ? "right" : "" });
    cell.onpointerenter = () => this.#say(truth, answer);
    cell.onfocus = () => { this.#hold(truth, answer); this.#say(truth, answer); };
    cell.onclick = () => this.tell("cell", { truth, answer });
    cell.onkeydown = (event) => this.#key(event, truth, answer);
    return cell;
  }

  #hold(truth, answer) {
    this.cells[this.focus.truth]?.[this.focus.answer]?.setAttribute("tabindex", "-1");
    this.focus = { truth, answer };
    this.cells[truth][answer].setAttribute("tabindex", "0");
  }

  #key(event, truth, answer) {
    const [down, right] = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    }[event.key] ?? [0, 0];
    if (event.key === "Enter" || event.key === " ") this.tell("cell", { truth, answer });
    else if (!down && !right) return;
    event.preventDefault();
    this.cells[truth + down]?.[answer + right]?.focus();
  }

  #say(truth, answer) {
    const { classes, cell, right, none } = this.config;
    if (!this.counts) return;
    const row = this.counts.data.subarray(truth * classes.length, (truth + 1) * classes.length);
    const total = row.reduce((sum, count) => sum + count, 0);
    const template = total ? (truth === answer ? right ?? cell : cell) : none;
    write(this.said, fill(template, {
      count: whole(row[answer]), total: whole(total), share: percent(row[answer] / total),
      truth: classes[truth], answer: classes[answer],
    }));
    this.spoken = { truth, answer };
  }

  draw() {
    const { config, player } = this;
    if (!config || !this.cells) return;
    const counts = player.latest(config.array ?? "confusion")?.arrays[config.array ?? "confusion"] ?? null;
    this.#mark(config.chosen);
    if (!counts || counts === this.counts) return;
    this.counts = counts;
    const size = config.classes.length;
    for (let truth = 0; truth < size; truth += 1) {
      const row = counts.data.subarray(truth * size, (truth + 1) * size);
      const total = row.reduce((sum, count) => sum + count, 0) || 1;
      row.forEach((count, answer) => this.#fill(this.cells[truth][answer], count, count / total));
    }
    if (this.spoken) this.#say(this.spoken.truth, this.spoken.answer);
  }

  // Nothing is written or painted where nothing was counted: what went wrong then stands out.
  #fill(cell, count, share) {
    write(cell, count ? whole(count).replace(",", "") : "");
    const colour = sequential(height(share), this.colours);
    cell.style.background = count ? css(colour) : "";
    cell.style.color = count ? (lightness(colour) > 0.52 ? "#14181d" : "#ffffff") : "";
  }

  #mark(chosen) {
    if (chosen === this.chosen) return;
    this.chosen = chosen;
    for (const row of this.cells) for (const cell of row) cell.removeAttribute("aria-selected");
    if (chosen) this.cells[chosen.truth]?.[chosen.answer]?.setAttribute("aria-selected", "true");
  }
}

export default instances("matrix", (root, parent) => new Matrix(root, parent));
