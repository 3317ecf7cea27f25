// A network to build, watch and change: inputs to switch on and off, layers to add, the map of every unit, links as
// wide as their weights, and the large map of what all of them say together. It moves as the player's cursor does.
//
// Data (packed): header {player, extent, kind: two|classes|number, inputs: [{name, label, help}], activations:
// [{name, label}], network: {inputs: [names on], hidden, activations, activation}, outputs, normalised, data: {sets,
// chosen}, look: {shown, discrete}, painting, most_points, hide: [parts], numbers: [{name, label, better, percent}],
// heard: {network, points, weights: seq}, preview: {step} or null, words}; arrays points (N, 2), labels (N,), splits
// (N,) 0 for training, "own" (N, 3) of
// painted points, "<set>/points" and "<set>/labels" of the small pictures, "preview/<name>" as in a moment.
// Moments carry output_map (G, G) uint8 (of two classes the second one's probability, of more 64 · class + certainty,
// of a number 128 for zero), unit_maps (U, g, g) uint8, weights (D,), and batch, the last update's training points.
//
// States: data {name}, network, points {rows}, weights {step, values: [[place, value]], done}, look.

import { Card } from "./card.js";
import { Controls } from "./controls.js";
import { Foot } from "./foot.js";
import { Layout } from "./layout.js";
import { Parameters } from "./parameters.js";
import { drawLinks, drawUnits, inputMap, UnitMaps } from "./picture.js";
import { Pointer } from "./pointer.js";
import { Strip } from "./strip.js";
import { Surface, themeOfClasses } from "./surface.js";
import { Tools } from "./tools.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, sharpContext } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill } from "../dlviz.player/numbers.js";
import { player } from "../dlviz.player/player.js";

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const BUSIEST = 220; // links of a network whose links still show what flows

class Network {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.units = new UnitMaps();
    this.surface = new Surface();
    this.sequences = {};
    this.hand = null; // {step, values: Map of place -> value}: weights changed here that Python has not answered yet
    this.focus = this.pinned = this.drawn = null;
    this.#build(root);
    revealStyled(parent, root);
    this.forget = [onResize(root, (width) => { this.width = width; this.redraw(); })];
  }

  #build(root) {
    this.canvas = element("canvas", { tabindex: 0, role: "application" });
    this.strip = new Strip((name) => this.#tell("data", { name }));
    this.controls = new Controls((wanted) => this.#want(wanted));
    this.tools = new Tools((rows) => this.#tell("points", { rows }), () => this.redraw());
    this.card = new Card((target, value, done) => this.change(target, value, done), () => this.#unpin());
    this.foot = new Foot((look) => { this.look = look; this.#tell("look", look); this.redraw(); });
    this.stage = element("div", { class: "stage" }, this.canvas, this.controls.node, this.foot.head, this.card.node);
    root.replaceChildren(this.strip.node, this.stage, this.tools.node, this.foot.node);
    this.pointer = new Pointer(this);
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    this.header = header;
    this.arrays = arrays;
    this.theme = themeOfClasses(this.root);
    this.#adopt(header, arrays);
    if (!this.player) {
      this.player = player(header.player);
      this.forget.push(this.player.subscribe(() => this.draw()));
    }
    this.foot.update(this);
    this.strip.update({ ...header.data, words: header.words }, arrays, this.theme);
    this.redraw();
  }

  /** Take over what Python knows to be true, unless something newer was done here. */
  #adopt(header, arrays) {
    const news = (name) => heard(header.heard[name] ?? null, this.sequences[name] ?? 0);
    if (!this.wanted || news("network")) this.wanted = header.network;
    if (!this.look || news("look")) this.look = header.look;
    if (news("weights")) this.hand = null;
    this.kind = header.kind;
    this.painting = header.painting;
    this.points = { data: arrays.points.data, labels: arrays.labels.data, splits: arrays.splits.data };
    this.points.training = [...this.points.splits.keys()].filter((i) => !this.points.splits[i]);
    if (this.painting && arrays.own && news("points") && !this.tools.acting) this.tools.rows = rowsOf(arrays.own);
  }

  #tell(name, value) {
    this.sequences[name] = this.send(name, value);
  }

  #want(wanted) {
    this.wanted = wanted;
    this.#unpin();
    this.#tell("network", wanted);
    this.redraw();
  }

  // --------------------------------------------------------------------------------------- weights

  /** Give a link or a bias another value by hand; `done` is false while it is still being moved. */
  change(target, value, done) {
    const moment = this.moment();
    if (!moment?.arrays.weights) return;
    if (this.hand?.step !== moment.step) this.hand = { step: moment.step, values: new Map() };
    for (const [place, one] of this.parameters(moment).changed(target, value)) this.hand.values.set(place, one);
    if (this.player.rolling) this.player.pause();
    this.#tell("weights", { step: moment.step, values: [...this.hand.values], done });
    this.redraw();
  }

  /** The moment on show: what was changed by hand, as Python computed it, or the one under the cursor. */
  moment() {
    const recorded = this.player.latest("output_map");
    const { preview } = this.header;
    if (!preview || preview.step !== recorded?.step) return recorded;
    if (this.previewed?.buffer !== this.arrays) this.previewed = { buffer: this.arrays, moment: { ...recorded, arrays: { ...recorded.arrays, ...below(this.arrays, "preview/") } } };
    return this.previewed.moment;
  }

  parameters(moment) {
    let flat = moment?.arrays.weights?.data;
    if (flat && this.hand?.step === moment.step) {
      flat = flat.slice();
      for (const [place, value] of this.hand.values) flat[place] = value;
    }
    const sizes = [this.header.network.inputs.length, ...this.header.network.hidden, this.header.outputs];
    return new Parameters(this.same ? flat : null, sizes, this.header.normalised);
  }

  /** Whether the network on screen is the one that Python knows, so that its moments fit. */
  get same() {
    return JSON.stringify([this.wanted.inputs, this.wanted.hidden]) === JSON.stringify([this.header.network.inputs, this.header.network.hidden]);
  }

  // --------------------------------------------------------------------------------------- drawing

  redraw() {
    this.drawn = null;
    this.player?.redraw();
  }

  /** Draw the moment under the cursor, unless it is on the canvas already. */
  draw() {
    if (!this.header || !this.width) return;
    this.tools.follow(this.player);
    const moment = this.moment();
    const running = this.player.running && !STILL.matches;
    if (this.drawn && this.drawn.moment === moment && this.drawn.focus === this.focus && this.drawn.running === running) return;
    this.drawn = { moment, focus: this.focus, running };
    Object.assign(this, { lit: !this.player.running, shown: this.look.shown, discrete: this.look.discrete });
    const layout = this.#layout();
    this.controls.update(this.header, this.wanted, layout);
    this.tools.update(this);
    const context = sharpContext(this.canvas, layout.width, layout.height);
    const parameters = this.parameters(moment);
    const maps = this.same ? this.units.paint(moment?.arrays.unit_maps, this.theme.ramps.soft) : [];
    const busy = layout.count > BUSIEST;
    drawLinks(context, this, layout, parameters, running && moment && !busy ? this.player.cursor / 3 : null);
    drawUnits(context, this, layout, maps, parameters);
    this.surface.draw(context, this, layout, this.same ? moment : null, this.#unitMap(maps));
    this.card.refresh(parameters);
    this.foot.draw(this, moment, parameters, layout);
    label(this.canvas, `${this.header.words.label} ${this.foot.said}`);
  }

  #layout() {
    const { inputs, hidden } = this.wanted;
    const on = this.header.inputs.map(({ name }) => inputs.includes(name));
    const ends = this.header.kind === "classes" ? this.header.outputs : 1;
    const shape = JSON.stringify([this.width, on, hidden, ends]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.layout = new Layout(this.width, on, hidden, ends);
      this.canvas.style.height = this.stage.style.height = `${this.layout.height}px`;
    }
    return this.layout;
  }

  /** The map of the unit that is pointed at, or null. */
  #unitMap(maps) {
    const [layer, index] = this.focus?.unit ?? this.focus?.bias ?? [];
    if (layer === undefined) return null;
    if (layer === 0) return inputMap(this.header.inputs[index].name, this.theme.ramps.soft);
    return maps[this.wanted.hidden.slice(0, layer - 1).reduce((sum, units) => sum + units, 0) + index] ?? null;
  }

  // ----------------------------------------------------------------------------------------- focus

  point(focus) {
    if (JSON.stringify(focus) === JSON.stringify(this.focus)) return;
    this.focus = focus;
    this.player?.redraw();
  }

  /** Open the card of what was clicked: a link, a bias, or all that goes into a unit. */
  pin(focus, x, y) {
    if (this.header.hide.includes("weights") || !this.same) return;
    const rows = this.#rows(focus);
    if (!rows.length) return;
    this.pinned = focus;
    this.card.open(x, y, this.foot.words(this, focus), rows, this.header.words, this.layout, this.parameters(this.moment()), this.header.fixed ?? null);
    this.redraw();
  }

  #rows(focus) {
    const { words } = this.header;
    if (focus.link) return [{ name: words.weight, target: focus }];
    if (focus.bias) return [{ name: words.bias, target: focus }];
    const [layer, to] = focus.unit ?? [0];
    if (!layer) return [];
    const into = [...this.layout.links()].filter(([from, end]) => from === layer - 1 && end === to);
    const rows = into.map((link) => ({ name: fill(words.weight_from, { from: this.foot.unitName(this, link[0], link[2], true) }), target: { link } }));
    return [...rows, { name: words.bias, target: { bias: [layer, to] } }];
  }

  #unpin() {
    this.pinned = null;
    this.card.put();
  }

  close() {
    this.forget.forEach((forget) => forget());
    this.pointer.close();
  }
}

const rowsOf = ({ data, shape }) => Array.from({ length: shape[0] }, (_, i) => [...data.subarray(3 * i, 3 * i + 3)]);

function below(arrays, prefix) {
  return Object.fromEntries(Object.entries(arrays).filter(([name]) => name.startsWith(prefix)).map(([name, array]) => [name.slice(prefix.length), array]));
}

export default instances("network", (root, parent) => new Network(root, parent));
