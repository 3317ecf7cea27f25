// The same numbers as matrices: what all examples of a batch become at once, layer by layer, with the shapes.

import { css, mix, signed } from "../dlviz.player/colours.js";
import { element, label, showMore, write } from "../dlviz.player/elements.js";
import { significant } from "../dlviz.player/numbers.js";

const MOST = 60; // numbers that are written out; larger matrices are coloured cells
const COLUMN = 62; // pixels that a written number of a narrow matrix takes, at most: −0.0123
const EDGES = 18;

export class Matrices {
  constructor(page) {
    this.page = page;
    this.across = Infinity; // columns that stand side by side
    this.node = element("div", { class: "matrices" });
    this.node.onpointerleave = () => page.point(null);
  }

  /** On a narrow screen a matrix stands in as many pieces of columns as it needs, one below the other. */
  fit(width, narrow) {
    const across = narrow ? Math.max(1, Math.floor((width - EDGES) / COLUMN)) : Infinity;
    if (across === this.across) return;
    this.across = across;
    this.update();
  }

  update() {
    const { network, header } = this.page;
    const shape = JSON.stringify([network.rows, network.layers.map((one) => [one.units, one.inputs, one.activation]), header.head, header.words.times, this.across]);
    if (shape !== this.shape) this.#build(network, header);
    this.shape = shape;
  }

  #build(network, { words, head }) {
    this.cells = [];
    this.grids = [];
    const { rows, layers, last } = network;
    const lines = layers.map(({ units, inputs, activation }, layer) => element("div", { class: "line" },
      this.#matrix(layer ? `H⁽${"⁰¹²³⁴⁵⁶⁷⁸⁹"[layer]}⁾` : "X", rows, inputs, (row, place) => ({ kind: layer ? "unit" : "input", layer: layer ? layer - 1 : undefined, unit: place, row, role: "x" }), (row, place) => network => network.input(layer, place, row), layer),
      this.#sign(words.times),
      this.#matrix(`W${up(layer)}ᵀ`, inputs, units, (place, unit) => ({ kind: "unit", layer, unit, row: 0, place, role: "w" }), (place, unit) => network => network.weight(layer, unit, place), layer),
      this.#sign("+"),
      this.#matrix(`b${up(layer)}`, 1, units, (_, unit) => ({ kind: "unit", layer, unit, row: 0, role: "b" }), (_, unit) => network => network.bias(layer, unit), layer),
      this.#sign("="),
      this.#matrix(`Z${up(layer)}`, rows, units, (row, unit) => ({ kind: "unit", layer, unit, row, role: "z" }), (row, unit) => network => network.sum(layer, unit, row), layer),
      ...(activation === "identity" ? [] : [this.#sign(`→ ${words.activations[activation]} →`), this.#matrix(`H${up(layer)}`, rows, units, (row, unit) => ({ kind: "unit", layer, unit, row, role: "h" }), (row, unit) => network => network.output(layer, unit, row), layer)]),
      ...(layer === last && head !== "identity" ? [this.#sign(`→ ${head} →`), this.#matrix("P", rows, units, (row, unit) => ({ kind: "answer", unit, row, role: "p" }), (row, unit) => network => network.answer(unit, row), layer + 1)] : [])));
    this.node.replaceChildren(...lines);
  }

  #sign(text) { return element("span", { class: "sign", text }); }

  #matrix(name, rows, columns, whatOf, readerOf, layer) {
    const large = rows * columns > MOST;
    const pieces = large ? 1 : Math.max(1, Math.ceil(columns / this.across));
    const across = Math.ceil(columns / pieces);
    const grids = Array.from({ length: pieces }, (_, piece) => this.#piece(`${name} ${rows}×${columns}`, rows, [piece * across, Math.min(columns, (piece + 1) * across)], pieces > 1, large));
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) grids[Math.floor(column / across)].grid.append(this.#cell(whatOf(row, column), readerOf(row, column), row, column, layer, large));
    }
    return element("div", { class: "matrix" }, element("span", { class: "caption figures", text: `${name}  ${rows}×${columns}` }), ...grids.map(({ node }) => node));
  }

  /** The columns of a matrix from one on, up to another: with their numbers above, where they are not all there are. */
  #piece(name, rows, [from, to], several, large) {
    const grid = element("div", { class: `grid figures${large ? " large" : ""}`, style: `--columns: ${to - from}` });
    const columns = several ? `[:, ${from + 1}${to > from + 1 ? `–${to}` : ""}]` : "";
    label(grid, `${name} ${columns}`.trim());
    this.grids.push(showMore(grid));
    return { grid, node: element("div", { class: "piece" }, several && element("span", { class: "caption figures", text: columns }), grid) };
  }

  #cell({ role, place, ...what }, read, row, column, layer, large) {
    const node = element("button", { type: "button", class: "cell", tabindex: large ? -1 : 0 });
    node.onpointerenter = (event) => event.pointerType !== "touch" && this.page.point(what);
    node.onfocus = () => node.matches(":focus-visible") && this.page.point(what);
    node.onblur = () => this.page.point(null);
    node.onclick = () => this.#click(role, what, place, layer);
    this.cells.push({ node, what, role, place, layer, row, column, read, large, text: "" });
    return node;
  }

  /** A weight, a bias and an input of the first example can be changed where they stand. */
  #click(role, what, place, layer) {
    const { page } = this;
    page.pin(what.kind === "input" ? { kind: "unit", layer: 0, unit: 0, row: what.row } : what);
    if (role === "w") page.edit(`w${layer + 1}.${what.unit + 1}.${place + 1}`);
    else if (role === "b") page.edit(`b${layer + 1}.${what.unit + 1}`);
    else if (what.kind === "input" && what.row === 0) page.edit(`x${what.unit + 1}`);
  }

  draw(before) {
    const { page, page: { network, theme, changes, focus } } = this;
    for (const cell of this.cells) {
      const value = cell.read(network);
      const text = significant(value);
      const known = this.#known(cell);
      const shown = cell.role === "p" ? value.toFixed(3) : text; // a share: what rounds to nothing needs no power of ten
      if (!cell.large) write(cell.node, known ? shown : "?");
      label(cell.node, `${known ? text : "?"}`);
      cell.node.title = known ? text : "?";
      cell.node.style.background = known ? css(mix(theme.background, signed(value / (cell.role === "p" || page.header.side ? 1 : page.most), theme), cell.large ? 1 : 0.42)) : "";
      cell.node.classList.toggle("made", this.#makes(cell, focus));
      cell.node.classList.toggle("focus", this.#is(cell, focus));
      cell.node.classList.toggle("touched", this.#nameOf(cell) in changes);
      if (before && cell.text && cell.text !== text) {
        cell.node.classList.remove("pulse");
        void cell.node.offsetWidth;
        cell.node.style.setProperty("--late", `${cell.layer * 90}ms`);
        cell.node.classList.add("pulse");
      }
      cell.text = text;
    }
    for (const look of this.grids) look();
  }

  #nameOf({ role, what, place, layer, row }) {
    if (role === "w") return `w${layer + 1}.${what.unit + 1}.${place + 1}`;
    if (role === "b") return `b${layer + 1}.${what.unit + 1}`;
    return what.kind === "input" && row === 0 ? `x${what.unit + 1}` : "";
  }

  #known({ role, what, layer, row }) {
    const { page } = this;
    if (role === "p") return page.known({ kind: "answer" });
    if (role === "w" || role === "b" || what.kind === "input") return true;
    const plain = page.network.layers[what.layer].activation === "identity";
    const part = role === "z" ? { kind: "sum" } : { kind: "output", plain };
    return page.known({ ...part, layer: what.layer, unit: what.unit, row, at: layer });
  }

  /** Whether a cell is the number in focus. */
  #is({ role, what }, focus) {
    if (role === "p") return focus.kind === "answer" && what.unit === focus.unit && what.row === focus.row;
    if (role !== "z" && role !== "h") return false;
    return focus.kind === "unit" && what.layer === focus.layer && what.unit === focus.unit && what.row === focus.row;
  }

  /** Whether a cell is one of those that the number in focus was made of: a row, a column, a bias. */
  #makes({ role, what, layer, row }, focus) {
    if (focus.kind === "answer") return role === "z" && what.layer === this.page.network.last && row === focus.row;
    if (focus.kind !== "unit" || layer !== focus.layer) return false;
    if (role === "x") return row === focus.row;
    return (role === "w" || role === "b") && what.unit === focus.unit;
  }
}

const up = (layer) => `⁽${"¹²³⁴⁵⁶⁷⁸⁹"[layer]}⁾`;
