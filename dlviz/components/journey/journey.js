// A journey: test digits on the plane of a hidden layer, at some moments of a run. The map is that of the newest of
// these moments up to the player's cursor; each digit stands where the layer puts it, in its own colour, and with a
// ring where the network reads it wrongly.
//
// Data (packed): header {player, words: {label, at: {epoch, share}, right: {truth}, wrong: {truth, answer}}}; arrays steps
// (R,), epochs (R,), points (R, N, 2), explained (R,), labels (N,), answers (R, N), pictures (N, 28, 28) uint8.

import { paint, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, rem, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, passes, percent } from "../dlviz.player/numbers.js";
import { player } from "../dlviz.player/player.js";

const MARGIN = 18;
const REACH = 20;
const SIDE = 28 * 28;
const RATIO = 0.62;
const [LOWEST, HIGHEST] = [300, 520];

class Journey {
  constructor(root, parent) {
    Object.assign(this, { root, at: null, place: -1 });
    this.canvas = element("canvas", { class: "sky", role: "img" });
    this.card = element("div", { class: "card", hidden: true }, element("canvas", { width: 28, height: 28 }), element("p"));
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    root.replaceChildren(this.said, element("div", { class: "stage" }, this.canvas, this.card));
    this.canvas.onpointermove = this.canvas.onpointerdown = (event) => this.#choose(this.#under(event));
    this.canvas.onpointerleave = (event) => { if (event.pointerType === "mouse") this.#choose(null); };
    revealStyled(parent, root);
    this.forget = [onResize(this.canvas, (width) => { this.width = width; this.place = -1; this.draw(); })];
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    Object.assign(this, { header, ...arrays, theme: themeOf(this.root), place: -1, at: null });
    this.count = arrays.labels.data.length;
    label(this.canvas, header.words.label);
    if (!this.player) {
      this.player = player(header.player);
      this.forget.push(this.player.subscribe(() => this.draw()));
    }
    this.draw();
  }

  draw() {
    if (!this.header || !this.width || !this.player) return;
    const place = Math.max(0, this.steps.data.findLastIndex((step) => step <= this.player.step));
    if (place === this.place) return;
    this.place = place;
    this.#paint();
  }

  // All moments share one scale, so that the cloud is seen to spread.
  #paint() {
    const { canvas, width, theme, place } = this;
    const height = Math.round(Math.max(LOWEST, Math.min(HIGHEST, width * RATIO)));
    canvas.style.height = `${height}px`;
    const context = sharpContext(canvas, width, height);
    const { x: middle, y: centre, scale } = this.#fit(width, height);
    const points = this.points.data.subarray(place * 2 * this.count, (place + 1) * 2 * this.count);
    this.spots = Array.from({ length: this.count }, (_, i) => [width / 2 + (points[2 * i] - middle) * scale, height / 2 - (points[2 * i + 1] - centre) * scale]);
    Object.assign(context, { font: `600 ${0.875 * rem()}px ${theme.font}`, textAlign: "center", textBaseline: "middle", lineWidth: 1.5 });
    this.spots.forEach(([x, y], i) => {
      const digit = this.labels.data[i];
      context.fillStyle = theme.css(theme.classes[digit], this.at === null || this.at === i ? 0.95 : 0.5);
      context.fillText(String(digit), x, y);
      if (this.#answer(i) === digit) return;
      context.strokeStyle = theme.css(theme.text, 0.75);
      context.beginPath();
      context.arc(x, y, 9, 0, 7);
      context.stroke();
    });
    write(this.said, fill(this.header.words.at, { epoch: passes(this.epochs.data[place]), share: percent(this.explained.data[place]) }));
    this.#show();
  }

  // {x, y, scale}: the middle of the last cloud, and pixels a unit that let it fill the picture.
  #fit(width, height) {
    const { points: { data, shape } } = this;
    const last = data.subarray((shape[0] - 1) * 2 * this.count);
    const box = { left: Infinity, low: Infinity, right: -Infinity, high: -Infinity };
    for (let i = 0; i < last.length; i += 2) {
      box.left = Math.min(box.left, last[i]);
      box.right = Math.max(box.right, last[i]);
      box.low = Math.min(box.low, last[i + 1]);
      box.high = Math.max(box.high, last[i + 1]);
    }
    const scale = Math.min((width - 2 * MARGIN) / (box.right - box.left || 1), (height - 2 * MARGIN) / (box.high - box.low || 1));
    return { x: (box.left + box.right) / 2, y: (box.low + box.high) / 2, scale };
  }

  #answer(i) { return this.answers.data[this.place * this.count + i]; }

  #under(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [found, least] = [null, REACH ** 2];
    this.spots?.forEach(([px, py], i) => {
      const away = (px - x) ** 2 + (py - y) ** 2;
      if (away < least) [found, least] = [i, away];
    });
    return found;
  }

  #choose(at) {
    if (at === this.at || !this.header) return;
    this.at = at;
    this.#paint();
  }

  #show() {
    const { card, at, spots, theme, header: { words } } = this;
    card.hidden = at === null;
    if (card.hidden) return;
    const [truth, answer] = [this.labels.data[at], this.#answer(at)];
    paint(card.firstElementChild, this.pictures.data.subarray(at * SIDE, (at + 1) * SIDE), 28, 28, theme.ramps.ink, 0, 255);
    write(card.lastElementChild, fill(truth === answer ? words.right : words.wrong, { truth, answer }));
    const [x, y] = spots[at];
    const box = card.getBoundingClientRect();
    card.style.left = `${Math.max(0, Math.min(this.width - box.width, x + 16 + box.width < this.width ? x + 16 : x - 16 - box.width))}px`;
    card.style.top = `${Math.max(0, Math.min(this.canvas.clientHeight - box.height, y - box.height / 2))}px`;
  }

  close() {
    for (const forget of this.forget) forget();
  }
}

export default instances("journey", (root, parent) => new Journey(root, parent));
