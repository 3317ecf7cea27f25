// Curves and their slopes side by side, over one number that can be moved: what a loss says, and how hard it pulls.
//
// Data (packed): header {all: [{name, label}], shown: names in focus first, choosable, x: label, ys: [label, label], here:
// x of the example or null, here_label, low: lowest x shown, high, heard: seq, words}; arrays grid (G,), curves and slopes
// (L, G) float64, with NaN where a loss has nothing to say. State: shown {shown: names}.

import { css } from "../dlviz.player/colours.js";
import { heard, sender } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, rem, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, significant, ticks } from "../dlviz.player/numbers.js";

const TALL = 250;
const NARROW = 560;
const EDGE = { left: 52, right: 10, top: 12, bottom: 42 };
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 4], [1, 4], [12, 4], [6, 2, 2, 2]];

class Losses {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.at = null; // x of the probe
    this.chips = element("div", { class: "chips", role: "group" });
    this.panels = [0, 1].map((which) => this.#panel(which));
    this.rows = element("div", { class: "rows figures", "aria-live": "polite" });
    root.replaceChildren(this.chips, element("div", { class: "panels" }, ...this.panels.map((one) => one.node)), this.rows);
    revealStyled(parent, root);
    this.close = onResize(this.panels[0].picture, () => this.draw()); // side by side, or one below the other
  }

  #panel(which) {
    const canvas = element("canvas");
    const title = element("strong");
    const picture = element("div", { class: "picture", tabindex: 0, role: "slider" }, canvas);
    const panel = { which, canvas, title, picture, node: element("div", { class: "panel" }, title, picture) };
    const move = (event) => this.#move(panel, event);
    picture.onpointerdown = (event) => { picture.setPointerCapture(event.pointerId); move(event); };
    picture.onpointermove = (event) => (event.buttons || event.pointerType === "mouse") && move(event);
    picture.onpointerleave = (event) => { if (event.pointerType !== "touch") { this.at = null; this.draw(); } };
    picture.onkeydown = (event) => this.#key(event);
    return panel;
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    Object.assign(this, { header, grid: arrays.grid.data, values: [arrays.curves.data, arrays.slopes.data], theme: themeOf(this.root) });
    if (!this.shown || heard(header.heard, this.send.sequence)) this.shown = header.shown;
    label(this.chips, header.words.choose);
    this.panels.forEach((panel) => {
      write(panel.title, header.ys[panel.which]);
      label(panel.picture, `${header.ys[panel.which]}. ${header.words.probe}`);
    });
    this.#chips();
    this.draw();
  }

  #chips() {
    const { header } = this;
    this.chips.hidden = !header.choosable;
    if (!header.choosable) return;
    const known = [...this.chips.children].map((one) => one.dataset.name + one.textContent).join();
    const wanted = header.all.map((one) => one.name + one.label).join();
    if (known !== wanted) this.chips.replaceChildren(...header.all.map((one) => element("button", { type: "button", "data-name": one.name, onclick: () => this.#toggle(one.name) }, element("span", { class: "sample" }), element("span", { text: one.label }))));
    for (const chip of this.chips.children) {
      const place = header.all.findIndex((one) => one.name === chip.dataset.name);
      chip.disabled = !this.#speaks(place);
      chip.setAttribute("aria-pressed", String(this.shown.includes(chip.dataset.name)));
      chip.classList.toggle("first", this.shown[0] === chip.dataset.name);
      chip.firstChild.style.background = css(this.#colour(chip.dataset.name));
      chip.title = header.words.chip;
    }
  }

  #speaks(place) { return Number.isFinite(this.values[0][place * this.grid.length]); }

  /** One more curve, the newest in focus; or one less, but never none. */
  #toggle(name) {
    const others = this.shown.filter((one) => one !== name);
    if (this.shown[0] === name && !others.length) return;
    this.shown = this.shown[0] === name ? others : [name, ...others];
    this.#tell();
  }

  #tell() {
    this.send("shown", { shown: this.shown });
    this.#chips();
    this.draw();
  }

  #colour(name) {
    const place = this.header.all.findIndex((one) => one.name === name);
    const { classes, accent, text, danger, muted } = this.theme;
    return [classes[1], classes[2], classes[3], accent, classes[0], danger, muted, text][place % 8];
  }

  #dash(name) { return DASHES[this.header.all.findIndex((one) => one.name === name) % 8]; }

  // --------------------------------------------------------------------------------------- the probe

  #move(panel, event) {
    const box = panel.picture.getBoundingClientRect();
    const share = (event.clientX - box.left - EDGE.left) / (box.width - EDGE.left - EDGE.right);
    this.at = this.header.low + Math.max(0, Math.min(1, share)) * (this.header.high - this.header.low);
    this.draw();
  }

  #key(event) {
    const turn = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    const { low, high, here } = this.header;
    if (event.key === "Escape") this.at = null;
    else if (event.key === "Home" || event.key === "End") this.at = event.key === "Home" ? low : high;
    else if (turn) this.at = Math.max(low, Math.min(high, (this.at ?? here ?? (low + high) / 2) + (turn * (high - low) * (event.shiftKey ? 10 : 1)) / 100));
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  /** A curve's value at x, along the straight line between its neighbours on the grid. */
  #read(values, place, x) {
    const { grid } = this;
    const count = grid.length;
    if (x <= grid[0]) return values[place * count];
    for (let i = 1; i < count; i += 1) {
      if (x > grid[i]) continue;
      const share = (x - grid[i - 1]) / (grid[i] - grid[i - 1]);
      return values[place * count + i - 1] * (1 - share) + values[place * count + i] * share;
    }
    return values[(place + 1) * count - 1];
  }

  // --------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.root.clientWidth;
    if (!this.header || !width) return;
    this.root.classList.toggle("narrow", width < NARROW);
    const known = this.header.all.map((one, place) => ({ ...one, place })).filter(({ place }) => this.#speaks(place));
    const lines = this.shown.map((name) => known.find((one) => one.name === name)).filter(Boolean);
    for (const panel of this.panels) this.#draw(panel, lines.length ? lines : known.slice(0, 1));
    this.#write(lines.length ? lines : known.slice(0, 1));
  }

  #range(values, lines) {
    const { grid, header: { low, high } } = this;
    let [least, most] = [0, 0];
    for (const { place } of lines) {
      for (let i = 0; i < grid.length; i += 1) {
        if (grid[i] < low || grid[i] > high) continue;
        const value = values[place * grid.length + i];
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
    if (least === most) most = 1;
    return [least, most];
  }

  #draw(panel, lines) {
    const { header, theme, grid } = this;
    const width = panel.picture.clientWidth;
    const values = this.values[panel.which];
    const context = sharpContext(panel.canvas, width, TALL);
    panel.canvas.style.height = `${TALL}px`;
    const [least, most] = this.#range(values, lines);
    const room = (most - least) * 0.06;
    const [bottom, top] = [least < 0 ? least - room : 0, most + room];
    const x = (value) => EDGE.left + ((value - header.low) / (header.high - header.low)) * (width - EDGE.left - EDGE.right);
    const y = (value) => TALL - EDGE.bottom - ((value - bottom) / (top - bottom)) * (TALL - EDGE.bottom - EDGE.top);
    context.font = `${0.875 * rem()}px ${theme.font}`;
    context.lineWidth = 1;
    context.fillStyle = css(theme.muted);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of ticks(bottom, top, 5)) {
      context.strokeStyle = css(theme.faint);
      context.globalAlpha = value === 0 ? 1 : 0.55;
      line(context, EDGE.left, y(value), width - EDGE.right, y(value));
      context.globalAlpha = 1;
      context.fillText(tick(value), EDGE.left - 6, y(value));
    }
    context.textBaseline = "top";
    context.textAlign = "center";
    for (const value of ticks(header.low, header.high, width < 380 ? 4 : 7)) context.fillText(tick(value), x(value), TALL - EDGE.bottom + 5);
    context.fillText(header.x, (EDGE.left + width - EDGE.right) / 2, TALL - EDGE.bottom + 23, width - EDGE.left);
    context.save();
    context.beginPath();
    context.rect(EDGE.left, 0, width - EDGE.left - EDGE.right, TALL - EDGE.bottom + 1);
    context.clip();
    for (const { name, place } of [...lines].reverse()) {
      context.strokeStyle = css(this.#colour(name));
      context.lineWidth = name === lines[0].name ? 3 : 1.75;
      context.setLineDash(name === lines[0].name ? [] : this.#dash(name));
      context.beginPath();
      for (let i = 0; i < grid.length; i += 1) context.lineTo(x(grid[i]), y(values[place * grid.length + i]));
      context.stroke();
    }
    context.setLineDash([]);
    if (header.here !== null) this.#mark(context, lines, values, header.here, x, y, true);
    if (this.at !== null) this.#mark(context, lines, values, this.at, x, y, false);
    context.restore();
    panel.picture.setAttribute("aria-valuenow", String(this.at ?? header.here ?? 0));
    panel.picture.setAttribute("aria-valuemin", String(header.low));
    panel.picture.setAttribute("aria-valuemax", String(header.high));
  }

  /** A line down at x with a point on every curve: filled where the example is, hollow under the probe. */
  #mark(context, lines, values, at, x, y, filled) {
    const { theme } = this;
    context.strokeStyle = css(theme.text, filled ? 0.55 : 0.35);
    context.lineWidth = 1;
    context.setLineDash(filled ? [] : [3, 3]);
    line(context, x(at), 0, x(at), TALL - EDGE.bottom);
    context.setLineDash([]);
    for (const { name, place } of lines) {
      context.beginPath();
      context.arc(x(at), y(this.#read(values, place, at)), name === lines[0].name ? 6 : 4.5, 0, 7);
      context.fillStyle = css(filled ? this.#colour(name) : theme.background);
      context.strokeStyle = css(filled ? theme.background : this.#colour(name));
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    }
  }

  /** What every curve says: at the example, and under the probe. */
  #write(lines) {
    const { header, header: { words } } = this;
    const at = this.at ?? header.here;
    const head = at === null ? words.none : fill(this.at === null ? words.at_example : words.at_probe, { x: read(at) });
    const cells = at === null ? [] : lines.flatMap(({ name, label: called, place }) => {
      const sample = element("i", { class: "sample" });
      sample.style.background = css(this.#colour(name));
      return [element("span", { class: "called" }, sample, element("span", { text: called })),
        ...this.values.map((values, which) => element("span", { class: "value", text: `${header.short[which]} ${read(this.#read(values, place, at))}` }))];
    });
    this.rows.replaceChildren(element("p", { class: "muted", text: head }), ...cells);
  }
}

function line(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

// What only rounding keeps from zero is zero.
const read = (value) => significant(Math.abs(value) < 1e-12 ? 0 : value);

const tick = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

export default instances("losses", (root, parent) => new Losses(root, parent));
