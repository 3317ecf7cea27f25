// Strips: a row for each kind of network, a dot for each one that was trained, the mean as a bar and, behind it, one
// standard deviation to either side.
//
// Data (packed): header {rows: [{label, group: heading over it or "", chosen}], percent, digits: decimals of what is no share (3 if
// not said), words: {label, x, dot: {value}}}; arrays values (R, S) float64, NaN where a run is not through or has none.

import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, percent, tickLabel, ticks } from "../dlviz.player/numbers.js";

const ROOM = 0.06; // of the range, on both sides
const LEAST = 0.02; // of a score: a hair's breadth is no range

class Strips {
  constructor(root, parent) {
    this.root = root;
    root.setAttribute("role", "table");
    revealStyled(parent, root);
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays: { values } } = unpack(data);
    const [rows, seeds] = values.shape;
    const known = Array.from({ length: rows }, (_, i) => [...values.data.subarray(i * seeds, (i + 1) * seeds)].filter(Number.isFinite));
    Object.assign(this, { header, range: rangeOf(known.flat()) });
    label(this.root, header.words.label);
    this.root.replaceChildren(...header.rows.flatMap((row, i) => this.#row(row, known[i], header.rows[i - 1])), this.#axis(), element("p", { class: "x", text: header.words.x }));
  }

  #at(value) {
    const [low, high] = this.range;
    return `${(100 * (value - low)) / (high - low)}%`;
  }

  #text(value, digits = this.header.digits ?? 3) {
    return this.header.percent ? percent(value) : value.toFixed(digits).replace("-", "−");
  }

  #row({ label: name, group, chosen }, values, before) {
    const track = element("div", { class: "track", role: "cell" });
    let text = "–";
    if (values.length) {
      const [mean, deviation] = moments(values);
      if (values.length > 1) {
        const [from, to] = [mean - deviation, mean + deviation].map((one) => Math.max(this.range[0], Math.min(this.range[1], one)));
        const band = element("i", { class: "band" });
        Object.assign(band.style, { left: this.#at(from), width: `calc(${this.#at(to)} - ${this.#at(from)})` });
        track.append(band);
      }
      for (const value of values) track.append(this.#mark("dot", value, fill(this.header.words.dot, { value: this.#text(value) })));
      track.append(this.#mark("mean", mean));
      const spread = this.header.percent ? `${(100 * deviation).toFixed(1)}` : this.#text(deviation);
      text = values.length > 1 ? `${this.#text(mean)} ± ${spread}` : this.#text(mean);
    }
    const row = element("div", { class: chosen ? "row chosen" : "row", role: "row" }, element("span", { class: "name", role: "rowheader", text: name }), track, element("span", { class: "value figures", role: "cell", text }));
    return group && group !== before?.group ? [element("h4", { text: group }), row] : [row];
  }

  #mark(kind, value, title) {
    const mark = element("i", { class: kind, title });
    mark.style.left = this.#at(value);
    return mark;
  }

  #axis() {
    const [low, high] = this.range;
    const places = ticks(low, high, 6);
    const step = (places[1] ?? high) - places[0] || 1;
    const track = element("div", { class: "track" });
    for (const value of places) {
      const text = element("span", { class: "figures", text: this.header.percent ? percent(value).replace(".0", "") : tickLabel(value, step) });
      text.style.left = this.#at(value);
      track.append(text);
    }
    return element("div", { class: "row axis", "aria-hidden": "true" }, element("span"), track, element("span"));
  }
}

function rangeOf(values) {
  if (!values.length) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(LEAST / 2, ROOM * (high - low));
  return [low - room, high + room];
}

/** Return the mean and the standard deviation of a sample (divided by one less than its size). */
function moments(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(square / Math.max(1, values.length - 1))];
}

export default instances("strips", (root, parent) => {
  const view = new Strips(root, parent);
  return { update: (component) => view.update(component), close: () => {} };
});
