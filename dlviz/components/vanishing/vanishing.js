// A lesson of a deep network: the gradient of every layer at every update, the loss, what clipping did, and what the
// network says of the plane. A slider goes to any update; the lesson before this one stays as dashes beside it.
//
// Data (packed): header {name, before: name or null, steps, at: update or null for the last, clip: 0 for none,
// diverged_at, extent, words}, arrays losses, shares, totals (T,), norms (T, L+1), the same as before/… where there was a
// lesson before, maps (M, S, S), map_steps (M,), points (N, 2), labels (N,).
//
// State: at {step: number, or null for the last}.

import { Bench, still } from "./bench.js";
import { Course } from "./course.js";
import { Heat } from "./heat.js";
import { PlaneMap } from "./map.js";
import { LEFT, RIGHT } from "./places.js";
import { Profile } from "./profile.js";
import { heard, paint, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant, whole } from "../dlviz.player/numbers.js";

const NARROW = 576;
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const LEVELS = Float32Array.from({ length: 128 }, (_, i) => i / 127);
const MOST_DECADES = 16;

class Vanishing {
  constructor(root, parent) {
    Object.assign(this, { root, send: sender(), step: null, pointed: null });
    this.parts = Object.fromEntries(["heat", "profile", "loss", "map", "total"].map((name) => [name, part(name)]));
    this.heat = new Heat(this.parts.heat.canvas);
    this.profile = new Profile(this.parts.profile.canvas);
    this.loss = new Course(this.parts.loss.canvas, false);
    this.total = new Course(this.parts.total.canvas, true);
    this.map = new PlaneMap(this.parts.map.canvas);
    this.bench = new Bench((step, settled) => this.#go(step, settled));
    this.top = element("div", { class: "top" });
    this.ramp = element("canvas", { "aria-hidden": "true" });
    [this.low, this.high, this.classes, this.tip] = [element("span"), element("span"), element("p"), element("div", { class: "tip figures", hidden: true })];
    this.parts.heat.head.append(element("div", { class: "scale figures" }, this.low, this.ramp, this.high));
    this.parts.map.node.append(this.classes);
    [this.numbers, this.passed, this.shortened, this.broken] = ["", "", "clip", "warning"].map((name) => element("p", { class: name || null }));
    this.said = element("div", { class: "said figures", "aria-live": "polite" }, this.broken, this.numbers, this.passed, this.shortened);
    root.replaceChildren(this.top, element("div", { class: "grid" }, ...Object.values(this.parts).map(({ node }) => node)), this.bench.node, this.said, this.tip);
    this.#listen();
    this.forget = onResize(root, () => this.draw());
    this.eye = new IntersectionObserver(([entry]) => this.#seen(entry.isIntersecting), { threshold: 0.2 });
    this.eye.observe(root);
    revealStyled(parent, root);
  }

  #seen(visible) {
    this.visible = visible;
    this.#begin();
  }

  #begin() {
    if (!this.awaited || !this.visible || !this.header) return;
    this.awaited = false;
    this.bench.replay();
  }

  close() {
    this.bench.rest();
    this.eye.disconnect();
    this.forget();
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const before = this.arrays;
    Object.assign(this, unpack(data), { theme: themeOf(this.root) });
    const { header, arrays } = this;
    this.last = arrays.losses.shape[0] - 1;
    this.span = header.diverged_at ?? header.steps; // where the axis of updates ends
    const fresh = !before || before.norms.data.length !== arrays.norms.data.length || before.norms.data.some((value, i) => value !== arrays.norms.data[i]);
    const at = header.at === null ? this.last : Math.min(this.last, header.at);
    const news = heard(header.heard, this.send.sequence) && header.at !== this.told; // a link, or Back
    if (fresh || news) {
      this.bench.rest();
      this.awaited = header.at === null && !still(); // a lesson is seen from its first update on, once it is looked at
      [this.step, this.told] = [this.awaited ? 0 : at, header.at];
    }
    this.bench.update(this.last, header.steps, header.words);
    this.#colour();
    this.#words();
    this.draw();
    this.#begin();
  }

  /** Between which powers of ten the lengths are, seldom ones at the lower end aside. */
  #range() {
    const { arrays } = this;
    let [low, high] = [Infinity, -Infinity];
    for (const { data } of [arrays.norms, ...(arrays["before/norms"] ? [arrays["before/norms"]] : [])]) {
      for (const length of data) {
        if (!(length > 0)) continue;
        const power = Math.log10(length);
        if (power < low) low = power;
        if (power > high) high = power;
      }
    }
    if (!Number.isFinite(low)) return [-3, 0];
    [low, high] = [Math.floor(low), Math.ceil(high)];
    return [Math.max(low === high ? high - 1 : low, high - MOST_DECADES), high];
  }

  #colour() {
    const { header, arrays, theme } = this;
    this.range = this.#range();
    this.heat.update(arrays.norms, this.range, this.span, theme);
    const [now, ghost] = [{ colour: theme.accent, dash: [], width: 2.25, marked: true }, { colour: theme.muted, dash: [5, 4], width: 1.75 }];
    const was = (name) => (arrays[`before/${name}`] ? [{ ...ghost, values: arrays[`before/${name}`].data }] : []);
    this.loss.update([...was("losses"), { ...now, values: arrays.losses.data }], this.span, 0, theme);
    const totals = { ...now, values: arrays.totals.data };
    const used = header.clip ? [{ values: arrays.totals.data.map((total) => Math.min(total, header.clip)), colour: theme.classes[2], dash: [], width: 2.25, marked: true }] : [];
    this.total.update([...was("totals"), totals, ...used], this.span, header.clip, theme);
    this.map.update(arrays.maps, arrays.map_steps, arrays.points, arrays.labels, header.extent, theme);
    paint(this.ramp, LEVELS, 1, LEVELS.length, theme.ramps.sequential, 0, 1);
  }

  #words() {
    const { header, parts, theme } = this;
    const { words } = header;
    for (const name of Object.keys(parts)) write(parts[name].title, words[`${name}.title`]);
    write(this.low, significant(10 ** this.range[0], 1));
    write(this.high, significant(10 ** this.range[1], 1));
    write(this.classes, words.class);
    label(parts.heat.canvas, words.label);
    const line = (colour, dash) => (context) => stroke(context, css(colour), dash);
    const rows = [sample(header.name, line(theme.accent, []), "span")];
    if (header.before) rows.push(sample(fill(words.before, { name: header.before }), line(theme.muted, [5, 4]), "span"));
    this.top.replaceChildren(...rows);
    const clip = header.clip ? [[theme.accent, [], words.as_is], [theme.classes[2], [], words.clipped], [theme.muted, [2, 3], fill(words.limit, { clip: significant(header.clip) })]] : [];
    parts.total.legend.replaceChildren(...clip.map(([colour, dash, text]) => sample(text, line(colour, dash), "li")));
  }

  // --------------------------------------------------------------------------------------- drawing

  draw() {
    const { header, arrays, parts, step } = this;
    if (!header || !parts.heat.node.clientWidth) return;
    const narrow = this.root.clientWidth < NARROW;
    const height = this.heat.height(narrow);
    const row = (array) => (array && step < array.shape[0] ? array.data.subarray(step * array.shape[1], (step + 1) * array.shape[1]) : null);
    this.heat.draw(parts.heat.node.clientWidth, height, step, this.pointed, header.words);
    const ghost = row(arrays["before/norms"]);
    this.profile.draw(parts.profile.node.clientWidth, height, this.range, row(arrays.norms), ghost?.length === arrays.norms.shape[1] ? ghost : null, this.theme);
    this.loss.draw(parts.loss.node.clientWidth, step);
    this.total.draw(parts.total.node.clientWidth, step);
    this.map.draw(parts.map.node.clientWidth, step);
    this.bench.show(step);
    this.#read(row(arrays.norms));
  }

  #read(lengths) {
    const { header: { words, clip, diverged_at: broken }, arrays, step, last } = this;
    const layers = lengths.length - 1;
    const [first, top] = [lengths[0], lengths[layers - 1]];
    write(this.parts.profile.title, fill(words["profile.title"], { step: whole(step) }));
    write(this.numbers, fill(words.numbers, { loss: significant(arrays.losses.data[step]), share: percent(arrays.shares.data[step]), first: significant(first), last: significant(top) }));
    const share = first / top;
    const start = significant(arrays.norms.data[0] / arrays.norms.data[layers - 1]);
    const passed = fill(words.passed, { layers, start, passed: significant(share), factor: significant(share ** (1 / Math.max(1, layers - 1))) });
    write(this.passed, top > 0 ? (layers > 1 ? passed : "") : words.nothing);
    const total = arrays.totals.data[step];
    write(this.shortened, clip && total > clip ? fill(words.shortened, { total: significant(total), clip: significant(clip) }) : "");
    write(this.broken, broken !== null && step === last ? fill(words.diverged, { step: whole(broken) }) : "");
  }

  // --------------------------------------------------------------------------------------- reading

  #go(step, settled) {
    this.awaited = false;
    this.step = Math.max(0, Math.min(this.last, step));
    this.draw();
    if (!settled) return;
    this.told = this.step === this.last ? null : this.step;
    this.send("at", { step: this.told });
  }

  #listen() {
    const { canvas } = this.parts.heat;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.removeAttribute("aria-hidden");
    canvas.classList.add("heat");
    canvas.onpointermove = (event) => this.#point(this.header && this.heat.at(event.offsetX, event.offsetY));
    canvas.onpointerleave = () => this.#point(null);
    canvas.onclick = (event) => this.header && this.#go(this.heat.at(event.offsetX, event.offsetY)[0], true);
    canvas.onkeydown = (event) => this.#key(event);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.header) return;
    const end = { Home: 0, End: this.last }[event.key];
    const step = STEPS[event.key];
    if ((end ?? step) === undefined) return;
    event.preventDefault();
    this.#go(end ?? this.step + step * (event.shiftKey ? 10 : 1), true);
  }

  #point(pointed) {
    if (String(pointed) === String(this.pointed)) return;
    this.pointed = pointed;
    this.tip.hidden = !pointed;
    this.draw();
    if (!pointed) return;
    const { header: { words }, arrays: { norms } } = this;
    const [step, row] = pointed;
    const rows = norms.shape[1];
    const layer = row === rows - 1 ? words.scores : `${words.layer} ${row + 1}`;
    const value = norms.data[step * rows + row];
    write(this.tip, fill(words.cell, { layer, step: whole(step), value: value ? significant(value) : words.zero }));
    this.#place(step, row, rows);
  }

  #place(step, row, rows) {
    const [box, cell] = [this.root.getBoundingClientRect(), this.parts.heat.canvas.getBoundingClientRect()];
    const x = cell.left - box.left + LEFT + ((step + 0.5) / (this.span + 1)) * (cell.width - LEFT - RIGHT);
    const y = cell.top - box.top + ((rows - 1 - row) / rows) * this.heat.bottom;
    const left = Math.max(0, Math.min(box.width - this.tip.offsetWidth, x - this.tip.offsetWidth / 2));
    const top = y > 44 + cell.top - box.top ? y - this.tip.offsetHeight - 8 : y + this.heat.bottom / rows + 8;
    Object.assign(this.tip.style, { left: `${left}px`, top: `${top}px` });
  }
}

function part(name) {
  const [title, canvas, legend] = [element("h4"), element("canvas", { "aria-hidden": "true" }), element("ul", { class: "legend" })];
  const head = element("header", {}, title, legend);
  return { title, canvas, legend, head, node: element("section", { class: "part", "data-part": name }, head, canvas) };
}

function sample(text, draw, tag) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  draw(sharpContext(canvas, 26, 10));
  return element(tag, {}, canvas, element("span", { text }));
}

function stroke(context, colour, dash) {
  context.strokeStyle = colour;
  context.lineWidth = 2.25;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(0, 5);
  context.lineTo(26, 5);
  context.stroke();
}

export default instances("vanishing", (root, parent) => new Vanishing(root, parent));
