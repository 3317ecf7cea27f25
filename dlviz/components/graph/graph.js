// Graph: a computation graph that one walks through, forward and back, one operation at a time, and that then learns.
//
// Data (packed): header {nodes: [{name, key, kind, operation, parents, number, group}], groups: [{what, name, exit,
// inside}], rules: {operation and count of parents: [sign, [derivative, …]]}, learns: [place, …], rate, bug, diverged,
// tolerance, fresh, at, walk, node, open, trust, heard: seq, words}; arrays, of R moments, N nodes and E edges:
// values, gradients, autograd, differences (R, N), locals (R, E) float64, broken (E,) uint8.
//
// State: place {at, walk, node, open, trust}: where one stands, when one has come to rest; change {values: {key: number},
// done}: numbers set by hand.

import { Bench } from "./bench.js";
import { Card } from "./card.js";
import { trouble } from "./finite.js";
import { layered } from "./layout.js";
import { Overview } from "./overview.js";
import { Picture, sizeIn } from "./picture.js";
import { Sight } from "./sight.js";
import { firstEdges, localsOf, visible } from "./visible.js";
import { Walk } from "./walk.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, signed } from "../dlviz.player/colours.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill } from "../dlviz.player/numbers.js";
import { factor, made, shown } from "./symbols.js";

const READABLE = 0.54; // the least nearness at which a graph opens: beyond it, one moves along
const NARROW = 560; // pixels of width from which on the graph runs to the right
const REST = 350; // milliseconds without a move after which one has come to rest
const BEAT = { walk: 1100, learn: 260 }; // milliseconds between two operations, and two updates
const SPEEDS = [0.5, 1, 2, 4];
const GAPS = { right: [62, 12], down: [40, 10], tight: [28, 10] };
const HEIGHTS = { wide: [270, 620], narrow: [320, 640] };

class Graph {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    Object.assign(this, { at: 0, stop: 0, rest: true, node: null, open: new Set(), trust: false, playing: null, speed: 1, lit: new Set(), way: null, held: new Map(), base: {}, dirty: false });
    this.#build(root);
    revealStyled(parent, root);
    const forget = onResize(this.frame, () => this.#arrange());
    this.close = () => { forget(); clearTimeout(this.timer); clearTimeout(this.resting); };
  }

  #build(root) {
    const hands = { press: (event, item) => this.#press(event, item), toggle: (item) => this.toggle(item), able: (item) => this.able(item), set: (item, value, done) => this.set(item, value, done), trust: () => this.turnTrust(), way: (edges) => { this.way = edges; this.draw(); } };
    this.picture = new Picture(hands);
    this.card = new Card(hands);
    this.bench = new Bench({ press: (what, name) => this.press(what, name), go: (what, value) => this.go(what, value), pace: () => this.turnPace() });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    const tool = (name, sign, onclick) => element("button", { type: "button", class: `tool ${name}`, text: sign, onclick });
    this.tools = { closer: tool("closer", "+", () => this.sight.zoom(1.3)), away: tool("away", "−", () => this.sight.zoom(1 / 1.3)), fit: tool("fit", "⤢", () => this.#fit(true)) };
    this.overview = new Overview((x, y) => this.sight.centre(x, y));
    this.frame = element("div", { class: "frame" }, this.picture.node);
    const stage = element("div", { class: "stage" }, this.frame, this.overview.node);
    this.top = element("div", { class: "top" }, this.said, element("div", { class: "tools" }, ...Object.values(this.tools)));
    this.ramp = element("span", { class: "ramp" });
    this.low = element("span");
    this.high = element("span");
    this.legend = element("div", { class: "legend figures muted" }, element("span", { class: "what" }), element("span", { class: "scale" }, this.low, this.ramp, this.high));
    this.sight = new Sight(this.picture.node, () => { this.picture.stand(this.sight); this.overview.stand(this.sight); this.draw(); });
    this.picture.node.addEventListener("keydown", (event) => this.#key(event));
    root.replaceChildren(this.top, stage, this.legend, this.bench.node, this.card.node, this.spoken);
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const shape = JSON.stringify([header.nodes.map(({ name, operation, parents }) => [name, operation, parents]), header.groups]);
    const anew = shape !== this.shape;
    Object.assign(this, { header, arrays, shape, words: header.words, theme: themeOf(this.root) });
    if (header.fresh) {
      this.lit = new Set();
      if (!this.dragging) this.#letGo();
    }
    if (anew) this.#letGo();
    if (anew || (!this.dirty && !this.playing && !this.dragging && heard(header.heard, this.sequence ?? 0))) this.#adopt(anew);
    this.at = Math.min(this.at, arrays.values.shape[0] - 1);
    this.#name();
    if (anew || this.view?.shape !== this.openShape) this.#unfold();
    this.draw();
  }

  #adopt(anew) {
    const { at, walk, node, open, trust } = this.header;
    if (anew) this.#hush(); // what is drawn is still the graph before, so that nothing is drawn now
    this.open = new Set(open);
    Object.assign(this, { at, node, trust, wanted: walk });
    if (anew) { this.sight.own = false; this.dirty = false; }
    this.openShape = `${this.shape}${[...this.open].sort()}`;
    if (this.view) this.#wander();
  }

  #name() {
    const { words } = this;
    const titles = { closer: words.closer, away: words.away, fit: words.fit };
    for (const [name, text] of Object.entries(titles)) { label(this.tools[name], text); this.tools[name].title = text; }
    write(this.legend.firstChild, words.legend);
  }

  /** See the graph with these groups open: what is drawn, where, and how one walks through it. */
  #unfold() {
    const { nodes, groups, rules } = this.header;
    this.openShape = `${this.shape}${[...this.open].sort()}`;
    this.view = Object.assign(visible(nodes, groups, this.open), { shape: this.openShape });
    this.walk = new Walk(this.view);
    this.#wander();
    this.rules = rules;
    this.width = 0;
    this.#arrange();
  }

  /** Stand at the stop that is wanted; where none is, all gradients are known and no operation is singled out. */
  #wander() {
    this.rest = this.wanted === null || this.wanted === undefined;
    this.stop = this.rest ? this.walk.whole : Math.min(this.wanted, this.walk.last);
  }

  #arrange() {
    const width = this.frame.clientWidth;
    if (!this.view || !width) return;
    const down = width < NARROW;
    if (this.width !== width || this.down !== down) {
      Object.assign(this, { width, down });
      this.picture.near = this.sight.k;
      this.picture.build(this.view, this.#plan(), this.header.nodes, this.header.rules, down);
      this.overview.build(this.picture);
    }
    this.#fit();
  }

  /** Return where everything is; layers stand closer where the graph would be too long to be seen whole. */
  #plan() {
    const { view, down, width } = this;
    const plan = (gaps) => layered(view, sizeIn(down, this.header.nodes), GAPS[gaps]);
    const usual = plan(down ? "down" : "right");
    return !down && usual.along * READABLE > width - 28 ? plan("tight") : usual;
  }

  #fit(anyway = false) {
    const { width, height } = this.picture;
    const [least, most] = HEIGHTS[this.down ? "narrow" : "wide"];
    const scale = Math.min(1.15, Math.max(READABLE, (this.width - 28) / width));
    const tall = Math.round(Math.max(least, Math.min(most, height * scale + 28)));
    this.frame.style.height = `${tall}px`;
    this.sight.fit(width, height, [this.width, tall], this.down, this.picture.places.at(-1)[0], anyway ? 0 : READABLE, anyway);
  }

  // ---------------------------------------------------------------------------------------- numbers

  row(name, at = this.at) {
    const { data, shape } = this.arrays[name];
    return data.subarray(at * shape[1], (at + 1) * shape[1]);
  }

  #all() {
    const { header, view, walk, stop, words, theme, at, trust } = this;
    const values = Float64Array.from(this.row("values"));
    for (const [place, value] of this.held) values[place] = value;
    const whole = this.row("gradients");
    const gradients = view.items.map((item) => whole[item.exit]);
    const locals = localsOf(view, header.nodes, this.row("locals"));
    const autograd = this.row("autograd");
    const differences = this.row("differences");
    const size = this.arrays.values.shape[1];
    const output = header.nodes.at(-1).name;
    const found = trouble(header.nodes, view.first, values, whole, this.row("locals"), header.bug);
    const losses = Float64Array.from({ length: this.arrays.values.shape[0] }, (_, i) => this.arrays.values.data[(i + 1) * size - 1]);
    const agree = (place) => agrees([whole[place], autograd[place], differences[place]], values[size - 1], header.tolerance);
    const good = header.nodes.map((_, place) => agree(place));
    const wrong = new Set(view.items.filter((item) => !good[item.exit]).map((item) => item.place));
    const focus = this.focus();
    const scale = Math.max(...view.items.map((item, i) => (walk.gathered(item, stop, gradients, locals, header.bug) ? Math.abs(gradients[i]) : 0)).filter(Number.isFinite), 0);
    const next = new Map(header.learns.map((place) => [place, values[place] - header.rate * whole[place]]));
    return {
      header, nodes: header.nodes, rules: header.rules, bug: header.bug, diverged: header.diverged, words, theme, view, walk, stop, at, trust, values, gradients, locals, autograd, differences, losses, output,
      agree, wrong, focus, trouble: found, scale, next, phase: this.phase, current: this.current, counts: { good: good.filter(Boolean).length, all: good.length }, broken: this.arrays.broken.data, lit: this.lit, way: this.way, playing: this.playing, speed: this.speed,
      foldable: (item) => this.foldable(item), reachOf: (item) => this.reachOf(item),
    };
  }

  get phase() {
    return this.rest ? "whole" : this.walk.phase(this.stop);
  }

  get current() {
    return this.rest ? null : this.walk.current(this.stop);
  }

  /** Return the item that is looked at: the chosen one, else the one whose turn it is, else where gradients meet. */
  focus() {
    const chosen = this.node === null ? undefined : this.#itemOf(this.node);
    if (chosen) return chosen.place;
    const { current } = this;
    return current ? current.place : this.#mostUsed();
  }

  #itemOf(place) {
    return this.view.items.find((item) => item.inside.includes(place));
  }

  /** Return the given item that most others use: there gradients meet. */
  #mostUsed() {
    const given = this.view.items.filter((item) => !item.edges.length && this.header.nodes[item.exit].kind !== "constant");
    const learns = (item) => (this.header.learns.includes(item.exit) ? 100 : 0);
    return [...given].sort((one, other) => learns(other) + other.children.length - learns(one) - one.children.length || one.place - other.place)[0]?.place ?? 0;
  }

  able(item) {
    return this.header.nodes[item.exit].key !== "";
  }

  reachOf(item) {
    const start = Math.abs(this.arrays.values.data[item.exit]);
    return [2, 5, 10, 20, 50, 100, 1000, 1e4, 1e5, 1e6].find((reach) => start * 1.5 <= reach) ?? 1e6;
  }

  // ---------------------------------------------------------------------------------------- drawing

  draw() {
    if (!this.view || !this.width || !this.picture.view) return;
    const all = this.#all();
    this.picture.draw(all);
    this.overview.draw(all);
    this.bench.draw(all);
    this.card.draw(this.view.items[all.focus], all);
    write(this.said, this.#said(all));
    const { scale, theme } = all;
    this.ramp.style.background = `linear-gradient(to right, ${[-1, -0.5, 0, 0.5, 1].map((share) => css(signed(share, theme))).join(", ")})`;
    this.ramp.parentElement.hidden = !scale;
    write(this.low, shown(-scale));
    write(this.high, shown(scale));
    const described = this.#described(all);
    label(this.picture.node, fill(this.words.label, { count: this.view.items.length, node: described }));
    if (!this.playing) write(this.spoken, described);
  }

  #said(all) {
    const { words, walk, phase, current, values, nodes, view, gradients, output, counts, at, losses } = all;
    if (phase === "start") return fill(words.said_start, { count: walk.count });
    if (phase === "update") return fill(words.said_update, { update: at + 1, rate: this.header.rate_text });
    if (phase === "whole" && all.trouble) return this.#saidOfTrouble(all);
    if (phase === "whole") return fill(words.said_whole, { output, value: shown(losses[at]), count: counts.all });
    const name = nodes[current.exit].name;
    if (phase === "seed") return fill(words.said_seed, { output });
    if (phase === "backward") return fill(words[current.edges.length > 1 ? "said_backward" : "said_backward_one"], { name, output, gradient: shown(gradients[current.place]), to: current.edges.slice(0, 5).map((edge) => nodes[view.items[edge.from].exit].name).join(", ") + (current.edges.length > 5 ? ", …" : "") });
    const inside = current.edges.map((edge) => view.items[edge.from].exit);
    const formula = current.group >= 0 ? "" : `${made(nodes[current.exit], inside.map((place) => nodes[place].name))} = ${made(nodes[current.exit], inside.map((place) => factor(values[place])))} = `;
    return fill(words.said_forward, { name, formula, value: shown(values[current.exit]) });
  }

  /** Say where numbers stopped being numbers, and how many are none. */
  #saidOfTrouble({ trouble: found, nodes, view, values, words, output, counts }) {
    const node = nodes[found.place];
    const makes = made(node, node.parents.map((parent) => nodes[parent].name));
    const formula = node.parents.length ? `${node.name} = ${makes}` : node.name;
    const gradient = this.row("gradients")[found.place];
    const local = this.row("locals")[view.first[found.place] + found.slot];
    const numbers = {
      forward: () => ({ formula: `${formula} = ${made(node, node.parents.map((parent) => factor(values[parent])))}`, value: shown(values[found.place]), kind: words[Number.isNaN(values[found.place]) ? "kind_nan" : "kind_infinite"] }),
      backward: () => ({ formula, product: `${shown(gradient)} × ${factor(local)} = ${shown(gradient * local)}`, to: nodes[node.parents[found.slot]].name }),
      sum: () => ({ name: node.name }),
    }[found.way]();
    return fill(words[`trouble_${found.way}`], { ...numbers, output, result: shown(values.at(-1)), values: found.values, gradients: found.gradients, count: counts.all });
  }

  #described({ nodes, view, focus, values, walk, stop, gradients, output, words }) {
    const item = view.items[focus];
    const gradient = walk.passed(item, stop) || stop >= walk.whole ? shown(gradients[focus]) : words.none;
    return fill(words.described, { name: nodes[item.exit].name || words.constant, value: walk.knows(item, stop) ? shown(values[item.exit]) : words.none, output, gradient, uses: item.children.length });
  }

  // ------------------------------------------------------------------------------------- walking

  /** Go to a stop or to a moment, as the bench asks. */
  go(what, value) {
    if (what === "stop") this.#stand({ stop: Math.max(0, Math.min(this.walk.last, value)) });
    else this.#stand({ at: Math.max(0, Math.min(this.arrays.values.shape[0] - 1, value)), stop: this.walk.whole, rest: true });
  }

  press(what, name) {
    if (name === "play") return this.playing === what ? this.pause() : this.play(what);
    this.pause();
    const last = this.arrays.values.shape[0] - 1;
    const [now, end] = what === "walk" ? [this.stop, this.walk.last] : [this.at, last];
    if (what === "walk" && name === "step" && now === end && this.at < last) return this.#stand({ at: this.at + 1, stop: 0 });
    const target = { start: 0, back: now - 1, step: now + 1, end }[name];
    return this.go(what === "walk" ? "stop" : "at", target);
  }

  play(what) {
    this.playing = what;
    this.node = null;
    const last = this.arrays.values.shape[0] - 1;
    if (what === "walk" && this.stop >= this.walk.whole) this.#stand({ stop: 0, at: this.stop === this.walk.last && this.at < last ? this.at + 1 : this.at });
    else if (what === "learn" && this.at >= last) this.#stand({ at: 0, stop: this.walk.whole, rest: true });
    else this.#stand(what === "learn" ? { stop: this.walk.whole, rest: true } : {});
    this.#beat();
  }

  #hush() {
    this.playing = null;
    clearTimeout(this.timer);
  }

  pause() {
    this.#hush();
    if (this.view) this.#stand({});
  }

  #beat() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (this.playing) this.#advance(); }, BEAT[this.playing] / this.speed);
  }

  #advance() {
    const last = this.arrays.values.shape[0] - 1;
    if (this.playing === "learn") {
      if (this.at >= last) return this.pause();
      this.#stand({ at: this.at + 1, stop: this.walk.whole, rest: true });
    } else if (this.stop < this.walk.last) this.#stand({ stop: this.stop + 1 });
    else if (this.at < last) this.#stand({ at: this.at + 1, stop: 0 });
    else return this.pause();
    return this.#beat();
  }

  turnPace() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.draw();
  }

  turnTrust() {
    this.#stand({ trust: !this.trust });
  }

  /** Take apart, or put together again, the group that an item is or belongs to. */
  toggle(item) {
    const group = this.foldable(item);
    if (group === null) return;
    if (item.group >= 0) this.open.add(group);
    else this.open.delete(group);
    this.wanted = this.rest ? null : 0;
    this.sight.own = false;
    this.#unfold();
    this.#stand({ node: this.header.groups[group].exit });
  }

  /** Return the group that can be opened or closed at an item; null where there is none. */
  foldable(item) {
    if (item.group >= 0) return item.group;
    const { group } = this.header.nodes[item.exit];
    return group >= 0 ? group : null;
  }

  /** Stand somewhere else, and say so when one has come to rest. */
  #stand(changes) {
    Object.assign(this, { rest: "stop" in changes ? false : this.rest }, changes, { dirty: true });
    this.wanted = this.rest ? null : this.stop;
    this.draw();
    if ("stop" in changes || "node" in changes) this.#follow();
    clearTimeout(this.resting);
    if (!this.playing) this.resting = setTimeout(() => this.#tell(), REST);
  }

  /** Keep what is looked at on the screen. */
  #follow() {
    const place = this.picture.places?.[this.focus()];
    if (place && this.sight.room && !(this.rest && this.node === null)) this.sight.show(place);
  }

  #tell() {
    const { at, node, trust } = this;
    this.dirty = false;
    this.sequence = this.send("place", { era: this.header.era, at, walk: this.wanted ?? null, node, open: [...this.open].sort((a, b) => a - b), trust });
  }

  // -------------------------------------------------------------------------------- a hand on a node

  #press(event, item) {
    const from = { x: event.clientX, value: this.#all().values[item.exit], moved: false };
    const { node } = this.picture;
    event.preventDefault(); // the picture stays where it is
    node.focus({ preventScroll: true });
    const step = this.reachOf(item) / 250;
    const move = (next) => {
      next.preventDefault();
      const far = next.clientX - from.x;
      if (!this.able(item) || (!from.moved && Math.abs(far) < 4)) return;
      from.moved = this.dragging = true;
      this.set(item, from.value + Math.round(far) * step, false);
    };
    const end = ({ type }) => {
      window.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, end);
      this.dragging = false;
      if (from.moved) this.set(item, this.held.get(item.exit), true);
      else if (type === "pointerup") this.#choose(item); // a cancelled one scrolls the page
    };
    window.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, end);
  }

  #choose(item) {
    if (this.playing) this.pause();
    this.#stand({ node: this.node === item.exit ? null : item.exit });
  }

  /** Give a node another value: what depends on it lights up until a worker has computed it. */
  set(item, value, done) {
    if (!Number.isFinite(value) || !this.able(item)) return;
    this.pause();
    const { nodes } = this.header;
    const rounded = Number(Math.max(-1e6, Math.min(1e6, value)).toPrecision(6));
    if (this.at > 0) this.#beginHere();
    const values = { ...this.base };
    for (const [place, held] of this.held) values[nodes[place].key] = held;
    values[nodes[item.exit].key] = rounded;
    this.held.set(item.exit, rounded);
    this.lit = this.#above(item);
    this.node = item.exit;
    this.send("change", { era: this.header.era, values, done });
    this.draw();
  }

  /** Let the numbers of this moment be those before the first update. */
  #beginHere() {
    const now = this.row("values");
    this.base = {};
    this.header.nodes.forEach((node, place) => { if (node.key) this.base[node.key] = Number(now[place].toPrecision(6)); });
    for (const name of ["values", "gradients", "autograd", "differences", "locals"]) {
      const { data, shape } = this.arrays[name];
      data.copyWithin(0, this.at * shape[1], (this.at + 1) * shape[1]);
    }
    this.at = 0;
  }

  #letGo() {
    this.held.clear();
    this.base = {};
  }

  #above(item) {
    const found = new Set();
    for (const one of this.view.items) if (one.edges.some((edge) => edge.from === item.place || found.has(edge.from))) found.add(one.place);
    return found;
  }

  // ---------------------------------------------------------------------------------------- keys

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.view) return;
    const focus = this.view.items[this.focus()];
    const acts = {
      ArrowRight: () => (event.shiftKey ? this.#along(focus, 1) : this.press("walk", "step")),
      ArrowLeft: () => (event.shiftKey ? this.#along(focus, -1) : this.press("walk", "back")),
      ArrowDown: () => this.#next(1),
      ArrowUp: () => this.#next(-1),
      " ": () => this.press("walk", "play"),
      Enter: () => this.toggle(focus),
      Escape: () => this.#stand({ node: null }),
      "+": () => this.sight.zoom(1.3),
      "=": () => this.sight.zoom(1.3),
      "-": () => this.sight.zoom(1 / 1.3),
      0: () => this.#fit(true),
      Home: () => this.press("walk", "start"),
      End: () => this.press("walk", "end"),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  #next(by) {
    const { length } = this.view.items;
    this.#look(this.view.items[(this.focus() + by + length) % length]);
  }

  #along(item, by) {
    const to = by > 0 ? item.children[0]?.to : item.edges[0]?.from;
    if (to !== undefined) this.#look(this.view.items[to]);
  }

  #look(item) {
    this.#stand({ node: item.exit });
    this.sight.show(this.picture.places[item.place]);
  }
}

/**
 * Return whether ways to one gradient (by hand, autograd, difference) agree: they differ by no more than the tolerance
 * of the largest of 1, these and the output. Where the difference is not finite, the first two are compared alone, and
 * where these say alike that the gradient is not finite, they agree: a difference cannot tell there.
 */
export function agrees([hand, autograd, difference], output, tolerance) {
  if (!Number.isFinite(output)) return true; // there is nothing to differ about
  if (![hand, autograd].every(Number.isFinite)) return Object.is(hand, autograd);
  const ways = Number.isFinite(difference) ? [hand, autograd, difference] : [hand, autograd];
  const size = Math.max(1, Math.abs(output), ...ways.map(Math.abs));
  return Math.max(...ways) - Math.min(...ways) <= tolerance * size;
}

export { firstEdges, layered, localsOf, visible };
export default instances("graph", (root, parent) => new Graph(root, parent));
