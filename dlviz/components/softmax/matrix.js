// How each probability answers to each logit: a square of numbers, each cell a colour of the signed ramp and its value.

import { level, paint, readable } from "../dlviz.maps/drawing.js";
import { css } from "../dlviz.player/colours.js";
import { element, write } from "../dlviz.player/elements.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const LEVELS = Float32Array.from({ length: 128 }, (_, i) => i);
const SUNK = "₀₁₂₃₄₅₆₇₈₉";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const NARROW = 34; // pixels of a cell in which a number has no room for its zero
const tight = (value) => (Math.abs(value) < 5e-3 ? "0" : value.toFixed(Math.abs(value) < 9.95 ? 2 : 0).replace("-", "−").replace("0.", "."));
const short = (value) => (Math.abs(value) < 5e-4 ? "0" : value.toFixed(Math.abs(value) < 0.0095 ? 3 : Math.abs(value) < 9.95 ? 2 : 1).replace("-", "−"));

export class Matrix {
  constructor() {
    this.title = element("h4");
    this.grid = element("div", { class: "matrix figures" });
    this.ramp = element("canvas", { "aria-hidden": "true" });
    this.ends = [element("span"), element("span")];
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.node = element("section", {}, this.title, this.grid, element("div", { class: "scale figures" }, this.ends[0], this.ramp, this.ends[1]), this.said);
    this.grid.onkeydown = (event) => this.#key(event);
  }

  update({ jacobian, words }, theme) {
    Object.assign(this, { jacobian, words });
    const size = jacobian.length;
    write(this.title, words.jacobian);
    this.grid.style.gridTemplateColumns = `2rem repeat(${size}, minmax(0, 1fr))`;
    if (this.size !== size) this.#lay(size);
    const written = this.grid.clientWidth && this.grid.clientWidth / (size + 1) < NARROW + 12 ? tight : short;
    const most = Math.max(1e-12, ...jacobian.flat().map(Math.abs));
    jacobian.flat().forEach((value, i) => {
      const colour = level(theme.ramps.signed, 0.5 + value / most / 2);
      const cell = this.cells[i];
      cell.style.setProperty("--shade", css(colour));
      cell.style.setProperty("--ink", readable(colour));
      write(cell, written(value));
    });
    paint(this.ramp, LEVELS, 1, LEVELS.length, theme.ramps.signed, 0, LEVELS.length - 1);
    write(this.ends[0], significant(-most));
    write(this.ends[1], significant(most));
    this.#read(this.at ?? [0, 0]);
  }

  #lay(size) {
    this.size = size;
    this.at = null;
    const axis = (text) => element("span", { class: "axis", text });
    const heads = [axis(""), ...Array.from({ length: size }, (_, j) => axis(`z${SUNK[j + 1]}`))];
    this.cells = [];
    const rows = Array.from({ length: size }, (_, i) => [axis(`p${SUNK[i + 1]}`), ...Array.from({ length: size }, (__, j) => this.#cell(i, j))]);
    this.grid.replaceChildren(...heads, ...rows.flat());
  }

  #cell(i, j) {
    const cell = element("button", { type: "button", class: "cell", tabindex: i + j ? -1 : 0 });
    cell.onpointerenter = cell.onfocus = () => this.#read([i, j]);
    this.cells.push(cell);
    return cell;
  }

  #key(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [i, j] = (this.at ?? [0, 0]).map((place, axis) => Math.max(0, Math.min(this.size - 1, place + step[axis])));
    this.cells.forEach((cell, place) => { cell.tabIndex = place === i * this.size + j ? 0 : -1; });
    this.cells[i * this.size + j].focus();
  }

  #read([i, j]) {
    this.at = [i, j];
    const value = this.jacobian[i][j];
    write(this.said, fill(this.words["jacobian.said"], { p: `p${SUNK[i + 1]}`, z: `z${SUNK[j + 1]}`, value: significant(value), points: percent(Math.abs(0.1 * value)), way: value < 0 ? this.words.falls : this.words.rises }));
  }
}
