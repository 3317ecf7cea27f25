// A network small enough to be seen whole: two inputs, a few units, one answer for every point of the plane.
// Each unit shows what it answers over the plane, each link how strongly it is listened to, and the large map
// what all of them say together. Everything moves as the player's cursor moves over the recorded moments.
//
// Data (packed, once): header {player, sizes: [2, …, 2], extent, inputs: ["x₁", "x₂"], numbers: [{name, label,
// percent, better}] or [], words}, arrays points (N, 2) in [-extent, extent]², labels (N,) 0 or 1.
// Moments (from the player) carry output_map (G, G) uint8, unit_maps (U, g, g) uint8 (128 is zero), weights (D,).
// Words: label, starting, output, input ({name}), unit ({unit}, {layer}), link ({from}, {to}, {weight}), epoch, classes: two.

import { Geometry } from "./geometry.js";
import { drawLarge, drawLinks, drawNodes, pictures } from "./picture.js";
import { weightsOf } from "./weights.js";
import { themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { number, player } from "../dlviz.player/player.js";

class Plane {
  constructor(root, parent) {
    this.root = root;
    this.canvas = element("canvas", { tabindex: 0, role: "application" }); // the arrows are its own while it has the focus
    this.caption = element("p", { class: "caption" });
    this.numbers = element("dl");
    root.replaceChildren(this.canvas, element("div", { class: "foot" }, this.caption, this.numbers));
    revealStyled(parent, root);
    this.focus = null; // what the reader points at: {unit: [layer, index]} or {link: [layer, to, from]}
    this.drawn = null;
    this.#listen();
    this.forget = [onResize(root, () => this.redraw())];
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    this.header = header;
    this.points = arrays.points.data;
    this.labels = arrays.labels.data;
    this.theme = themeOf(this.root);
    if (!this.player) {
      this.player = player(header.player);
      this.forget.push(this.player.subscribe(() => this.draw()));
    }
    this.#layNumbers();
    this.redraw();
  }

  redraw() {
    this.drawn = null;
    this.player?.redraw();
  }

  /** Draw the moment under the cursor, unless it is on the canvas already. */
  draw() {
    const moment = this.player.latest("output_map");
    if (!this.root.clientWidth || (this.drawn && this.drawn.moment === moment && this.drawn.focus === this.focus)) return;
    this.drawn = { moment, focus: this.focus };
    const at = this.#geometry();
    const context = sharpContext(this.canvas, at.width, at.height);
    const shown = pictures(this, moment);
    const weights = weightsOf(moment?.arrays.weights?.data, this.header.sizes);
    drawLinks(context, this, at, weights);
    drawNodes(context, this, at, shown);
    drawLarge(context, this, at, shown);
    this.#write(moment, weights);
  }

  #geometry() {
    const width = this.root.clientWidth;
    if (this.geometry?.width !== width || this.geometry.sizes !== this.header.sizes) {
      this.geometry = new Geometry(width, this.header.sizes);
      this.canvas.style.height = `${this.geometry.height}px`;
    }
    return this.geometry;
  }

  // ------------------------------------------------------------------------------------- words

  #layNumbers() {
    const wanted = this.header.numbers ?? []; // none where a bench below says them all
    const said = wanted.length ? [{ name: "epoch", label: this.header.words.epoch }, ...wanted] : [];
    if (JSON.stringify(said) === this.said) return;
    this.said = JSON.stringify(said);
    this.cells = said.map((one) => ({ ...one, node: element("dd") }));
    const arrow = { lower: " ↓", higher: " ↑" };
    this.numbers.replaceChildren(...this.cells.map(({ label: text, better, node }) => element("div", {}, element("dt", { text: text + (arrow[better] ?? "") }), node)));
  }

  #write(moment, weights) {
    const { words } = this.header;
    for (const { name, percent: share, node } of this.cells) {
      const value = number(moment, name);
      write(node, value === null ? "–" : name === "epoch" ? String(Math.floor(value)) : share ? percent(value) : significant(value));
    }
    const text = moment ? this.#focusWords(weights) : words.starting;
    write(this.caption, text);
    label(this.canvas, `${words.label} ${text}`);
  }

  #focusWords(weights) {
    const { words } = this.header;
    if (this.focus?.link) {
      const [layer, to, from] = this.focus.link;
      const end = layer === this.header.sizes.length - 2 ? words.output_unit : this.#unitName(layer + 1, to);
      return fill(words.link, { from: this.#unitName(layer, from), to: end, weight: significant(weights.at(layer, to, from)) });
    }
    if (!this.focus) return words.output;
    const [layer, index] = this.focus.unit;
    return layer === 0 ? fill(words.input, { name: this.header.inputs[index] }) : fill(words.unit, { unit: index + 1, layer });
  }

  #unitName(layer, index) {
    if (layer === 0) return this.header.inputs[index];
    return fill(this.header.words.unit_short, { unit: index + 1, layer });
  }

  // ------------------------------------------------------------------------------ pointer and keys

  #listen() {
    const { canvas } = this;
    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      this.#look(this.geometry?.under(event.clientX - box.left, event.clientY - box.top) ?? null);
    };
    canvas.onpointermove = point;
    canvas.onpointerdown = point;
    canvas.onpointerleave = () => this.#look(null);
    canvas.onblur = () => this.#look(null);
    canvas.onkeydown = (event) => this.#key(event);
  }

  #look(focus) {
    if (JSON.stringify(focus) === JSON.stringify(this.focus)) return;
    this.focus = focus;
    this.player?.redraw();
  }

  /** Arrow keys walk over the units: up and down in a layer, left and right between layers; escape leaves. */
  #key(event) {
    const [layer, index] = this.focus?.unit ?? [0, -1];
    const moves = { ArrowDown: [layer, index + 1], ArrowUp: [layer, index - 1], ArrowRight: [layer + 1, Math.max(0, index)], ArrowLeft: [layer - 1, Math.max(0, index)] };
    if (event.key === "Escape") return this.#look(null);
    if (!moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    event.preventDefault();
    event.stopPropagation(); // the arrows belong to the network while it has the focus, not to the bench
    const sizes = this.header.sizes.slice(0, -1);
    const to = Math.max(0, Math.min(sizes.length - 1, moves[event.key][0]));
    return this.#look({ unit: [to, Math.max(0, Math.min(sizes[to] - 1, moves[event.key][1]))] });
  }

  close() {
    this.forget.forEach((forget) => forget());
  }
}

export default instances("plane", (root, parent) => new Plane(root, parent));
