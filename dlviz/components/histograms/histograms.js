// Histograms over time: for every layer its weights, their gradients and its answers, each as a strip of columns from
// the first recorded moment to the newest. The moment under the player's cursor is marked, and its histogram stands
// beside the strip. A click on a strip, or Enter, takes the player to that moment; arrow keys read cell by cell.
//
// Data (packed): header {player, run, steps, epochs, kinds: [{name, label}], layers: [{label, detail, signs: word with
// {stuck} {units} {flat} {activations} {gradients} {ratio}, units, spreads: {kind: {low, high, root}}}], words}; arrays
// "<layer>/<kind>" (R, bins) counts, sizes (L, R, kinds) float32, flat (L, R) float32, stuck (L, R) int32.

import { HEIGHT, Strip, strength } from "./strip.js";
import { paint, themeOf } from "../dlviz.maps/drawing.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, passes, perCent, percent, significant, whole } from "../dlviz.player/numbers.js";
import { player, unpack } from "../dlviz.player/player.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const LEVELS = Float32Array.from({ length: 128 }, (_, i) => strength(i / 127));

class Histograms {
  constructor(root, parent) {
    this.root = root;
    this.layers = [];
    this.pointed = null; // {strip, layer, at: [moment, bin]}
    this.kind = "weights"; // the one that a narrow page shows
    this.marked = element("p", { class: "marked figures" });
    this.kinds = element("div", { class: "kinds", role: "radiogroup" });
    this.names = element("div", { class: "row names" });
    this.rows = element("div");
    this.times = element("div", { class: "row times figures", "aria-hidden": "true" });
    this.note = element("p");
    this.ramp = element("canvas", { "aria-hidden": "true" });
    this.scaleName = element("span");
    this.scale = element("div", { class: "scale figures" }, this.scaleName, element("span", { text: "0" }), this.ramp, element("span", { text: perCent(100) }));
    this.tip = element("div", { class: "tip figures", hidden: true });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    root.replaceChildren(element("div", { class: "top" }, this.marked, this.kinds), this.names, this.rows, this.times,
      element("div", { class: "foot" }, this.note, this.scale), this.tip, this.spoken);
    revealStyled(parent, root);
    this.forget = onResize(root, () => this.draw());
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    Object.assign(this, { header, arrays, theme: themeOf(this.root) });
    this.#build();
    this.layers.forEach(({ strips }, i) => strips.forEach((strip) => {
      const { label: name, spreads } = header.layers[i];
      strip.update(arrays[`${i}/${strip.kind}`], spreads[strip.kind], header.steps, this.theme);
      label(strip.node, fill(header.words.label, { layer: name, kind: this.#kindName(strip.kind) }));
    }));
    paint(this.ramp, LEVELS, 1, LEVELS.length, this.theme.ramps.sequential, 0, 1);
    write(this.scaleName, header.words.scale);
    const [first, last] = [header.epochs[0], header.epochs.at(-1)].map((epoch) => fill(header.words.time, { epoch: passes(epoch) }));
    for (const { children } of this.times.children) { write(children[0], first); write(children[1], last); }
    write(this.note, header.words.note);
    if (this.pointed && this.pointed.at[0] >= header.steps.length) this.#point(null);
    this.#follow(player(header.player));
  }

  #follow(wanted) {
    if (this.player !== wanted) {
      this.leave?.();
      this.player = wanted;
      this.leave = wanted.subscribe(() => this.draw());
    }
    wanted.redraw();
  }

  #kindName(kind) {
    return this.header.kinds.find((one) => one.name === kind).label;
  }

  /** Lay out the layers, and the names of the kinds; done again when the network or the language is another. */
  #build() {
    const { layers, kinds, words } = this.header;
    const shape = JSON.stringify([layers.map((one) => [one.label, one.detail]), kinds]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.#point(null);
    this.names.replaceChildren(...kinds.map((one) => element("span", { text: one.label })));
    this.times.replaceChildren(...kinds.map(() => element("div", {}, element("span"), element("span"))));
    label(this.kinds, words.kinds);
    this.kinds.replaceChildren(...kinds.map((one) => element("button", { type: "button", role: "radio", "data-kind": one.name, text: one.short, onclick: () => this.#choose(one.name) })));
    this.kinds.onkeydown = (event) => this.#turn(event);
    this.layers = layers.map((one) => this.#layer(one));
    this.rows.replaceChildren(...this.layers.map(({ node }) => node));
    this.#choose(this.kind, false);
  }

  #layer({ label: name, detail }) {
    const signs = element("span", { class: "signs figures" });
    const strips = this.header.kinds.map((kind) => new Strip(kind.name));
    const about = element("p", { class: "about" }, element("strong", { text: name }), element("span", { class: "detail", text: detail }), signs);
    const layer = { signs, strips, node: element("div", { class: "layer" }, about, element("div", { class: "row" }, ...strips.map((one) => one.node))) };
    strips.forEach((strip) => this.#listen(strip, layer));
    return layer;
  }

  #choose(kind, focus = true) {
    this.kind = kind;
    for (const button of this.kinds.children) {
      const on = button.dataset.kind === kind;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
      if (on && focus) button.focus();
    }
    for (const { strips } of this.layers) for (const strip of strips) strip.node.classList.toggle("chosen", strip.kind === kind);
    this.draw();
  }

  #turn(event) {
    const turn = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!turn) return;
    const names = this.header.kinds.map((one) => one.name);
    this.#choose(names[(names.indexOf(this.kind) + turn + names.length) % names.length]);
    event.preventDefault();
    event.stopPropagation();
  }

  // --------------------------------------------------------------------------------------- drawing

  /** The place of the newest counted moment up to the player's cursor; -1 where the player shows another run. */
  get place() {
    const { header, player: shown } = this;
    if (shown?.track?.run !== header?.run || !shown.moment) return -1;
    return header.steps.findLastIndex((step) => step <= shown.step);
  }

  draw() {
    if (!this.header || !this.player) return;
    const { place, header, pointed } = this;
    for (const { strips } of this.layers) {
      for (const strip of strips) strip.draw(place, pointed?.strip === strip ? pointed.at : null);
    }
    if (this.said === `${place} ${this.shape}` && this.saidFor === header) return;
    [this.said, this.saidFor] = [`${place} ${this.shape}`, header];
    const at = place < 0 ? header.steps.length - 1 : place;
    write(this.marked, fill(header.words.marked, { epoch: passes(header.epochs[at]), step: whole(header.steps[at]) }));
    this.layers.forEach(({ signs }, i) => write(signs, this.#signs(i, at)));
  }

  #signs(i, at) {
    const { layers, steps } = this.header;
    const { sizes, flat, stuck } = this.arrays;
    const size = (layer, kind) => sizes.data[(layer * steps.length + at) * 3 + kind];
    return fill(layers[i].signs, {
      stuck: stuck.data[i * steps.length + at], units: layers[i].units, flat: percent(flat.data[i * steps.length + at]),
      weights: significant(size(i, 0)), gradients: significant(size(i, 1)), activations: significant(size(i, 2)),
      ratio: significant(size(i, 1) / size(layers.length - 1, 1), 2),
    });
  }

  // --------------------------------------------------------------------------------------- reading

  #listen(strip, layer) {
    const { node } = strip;
    const under = (event) => strip.counts && strip.under(event, this.place);
    node.onpointermove = node.onpointerdown = (event) => this.#point(strip, layer, under(event));
    node.onpointerleave = (event) => event.pointerType !== "touch" && this.#point(null);
    node.onfocus = () => node.matches(":focus-visible") && this.#point(strip, layer, [Math.max(0, this.place), strip.bins >> 1]);
    node.onblur = () => this.#point(null);
    node.onclick = (event) => this.#go(under(event));
    node.onkeydown = (event) => this.#key(event, strip, layer);
  }

  #key(event, strip, layer) {
    if (event.ctrlKey || event.metaKey || event.altKey || !strip.counts) return;
    const at = this.pointed?.strip === strip ? this.pointed.at : [Math.max(0, this.place), strip.bins >> 1];
    const step = KEYS[event.key];
    if (event.key === "Enter") this.#go(at);
    else if (event.key === "Escape") this.#point(null);
    else if (!step) return;
    else this.#point(strip, layer, [clamp(at[0] + step[0], strip.moments), clamp(at[1] + step[1], strip.bins)]);
    event.preventDefault();
    event.stopPropagation();
  }

  /** Take the player to a moment. */
  #go(at) {
    if (at && this.place >= 0) this.player.seek(this.player.track.indexAt(this.header.steps[at[0]]));
  }

  #point(strip, layer, at) {
    this.pointed = at ? { strip, layer, at } : null;
    this.tip.hidden = !at;
    this.draw();
    if (!at) return write(this.spoken, "");
    const [moment, bin] = at;
    const [low, high] = strip.ends(bin);
    const said = fill(this.header.words.at, {
      epoch: passes(this.header.epochs[moment]), count: whole(strip.counts[moment * strip.bins + bin]), total: whole(strip.totals[moment]),
      share: percent(strip.share(moment, bin)), low: significant(low), high: significant(high), kind: this.#kindName(strip.kind),
    });
    write(this.tip, said);
    write(this.spoken, strip.node.matches(":focus-visible") ? said : ""); // what a pointer passes over is not read aloud
    return this.#place(strip, at);
  }

  /** Put the tip above or below the cell that is read, within the component. */
  #place(strip, at) {
    const [box, cell] = [this.root.getBoundingClientRect(), strip.node.getBoundingClientRect()];
    const [x, y] = strip.placeOf(at);
    const left = Math.max(0, Math.min(box.width - this.tip.offsetWidth, cell.left - box.left + x - this.tip.offsetWidth / 2));
    const above = y > HEIGHT / 2 || cell.top - box.top < this.tip.offsetHeight;
    const top = cell.top - box.top + (above ? y - this.tip.offsetHeight - 14 : y + 14);
    Object.assign(this.tip.style, { left: `${left}px`, top: `${Math.max(0, top)}px` });
  }

  close() {
    this.leave?.();
    this.forget();
  }
}

const clamp = (place, count) => Math.max(0, Math.min(count - 1, place));

export default instances("histograms", (root, parent) => {
  const view = new Histograms(root, parent);
  return { update: (component) => view.update(component), close: () => view.close() };
});
