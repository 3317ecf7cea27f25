// A slider for every weight, by the unit that listens to it. A finger or a mouse makes a move when it lets go; keys try
// values, and Enter (or going on to another weight) makes the move.

import { INPUTS, parametersOf } from "./forward.js";
import { channelOf, paint } from "../dlviz.maps/drawing.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { fill } from "../dlviz.player/numbers.js";

const STEPS = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 };
const ENDS = { Home: -1, End: 1 };
const ICON = 26;

/** A weight with two decimals; what rounds to nothing has no sign. */
export const written = (value) => (Math.round(100 * value) / 100 + 0).toFixed(2).replace("-", "−");

export class Rows {
  constructor(hands) {
    this.hands = hands;
    this.node = element("div", { class: "rows" });
  }

  /** Lay out the sliders of a network; words and limits may have changed as well. */
  update({ header, theme }) {
    Object.assign(this, { reach: header.reach, theme });
    const shape = JSON.stringify([header.sizes, header.words, header.reach]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.rows = parametersOf(header.sizes).map((one) => this.#row(one, header));
    this.icons = [];
    const units = header.sizes.slice(1).flatMap((count, layer) => Array.from({ length: count }, (_, to) => [layer, to]));
    this.node.replaceChildren(...units.map(([layer, to]) => this.#group(header, layer, to)));
  }

  #group({ sizes, words }, layer, to) {
    const icon = layer + 2 < sizes.length ? element("canvas", { class: "icon", "aria-hidden": "true" }) : null;
    if (icon) this.icons.push(icon);
    const mine = this.rows.filter((row) => row.layer === layer && row.to === to);
    return element("fieldset", {}, element("legend", {}, icon, element("span", { text: unitName(words, sizes, layer, to) })), ...mine.map(({ node }) => node));
  }

  #row(one, { sizes, words, reach }) {
    const source = one.layer ? fill(words.from_unit, { unit: one.from + 1 }) : INPUTS[one.from];
    const name = one.from === null ? words.bias : source;
    const full = fill(words.of, { unit: unitName(words, sizes, one.layer, one.to), name });
    const slider = element("input", { type: "range", min: -reach, max: reach, step: 0.01, "data-place": one.place });
    label(slider, full);
    const goal = element("i", { class: "goal", hidden: true, "aria-hidden": "true" });
    const row = { ...one, full, slider, goal, value: element("output", { class: "figures" }), next: element("span", { class: "next figures" }) };
    row.node = element("label", { class: "row" }, element("span", { class: "name", text: name }), element("span", { class: "track" }, slider, goal), element("span", { class: "numbers" }, row.value, row.next));
    this.#listen(row);
    return row;
  }

  #listen(row) {
    const { slider, place } = row;
    let finger = false;
    slider.onpointerdown = () => { finger = true; };
    slider.onpointercancel = () => { finger = false; this.hands.drop(); };
    slider.oninput = () => this.hands.hold(place, Number(slider.value));
    slider.onchange = () => finger && this.hands.make();
    slider.onblur = () => this.hands.make();
    slider.onkeydown = (event) => {
      finger = false;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const to = STEPS[event.key] ? this.flat[place] + STEPS[event.key] : ENDS[event.key] * this.reach;
      if (Number.isFinite(to)) this.hands.hold(place, to);
      else if (event.key === "Enter") this.hands.make();
      else if (event.key === "Escape") this.hands.drop();
      else return;
      event.preventDefault();
      event.stopPropagation(); // the arrows belong to the weight while it has the focus, not to the bench
    };
  }

  /** Show the weights; `next` (D,) or null is where SGD's next move would put them, `over` ends it. */
  draw(flat, moment, next, over, pointed) {
    this.flat = flat;
    const maps = moment.arrays.unit_maps;
    const side = maps.shape[1];
    this.icons.forEach((icon, unit) => {
      paint(icon, channelOf(maps, unit), side, side, this.theme.ramps.soft, 1, 255);
      icon.style.width = icon.style.height = `${ICON}px`;
    });
    for (const row of this.rows) this.#show(row, flat[row.place], next?.[row.place] ?? null, over, row.place === pointed);
  }

  #show({ slider, value, goal, next: said, node }, now, next, over, pointed) {
    slider.value = now;
    slider.disabled = over;
    const at = (now / this.reach + 1) / 2;
    slider.style.setProperty("--low", String(Math.min(0.5, at)));
    slider.style.setProperty("--high", String(Math.max(0.5, at)));
    slider.style.setProperty("--sign", this.theme.css(this.theme.signed(Math.sign(now))));
    slider.setAttribute("aria-valuetext", written(now));
    write(value, written(now));
    node.classList.toggle("pointed", pointed);
    goal.hidden = next === null;
    write(said, next === null ? "" : `${next > now ? "↑" : next < now ? "↓" : "="} ${written(next)}`);
    if (next !== null) goal.style.setProperty("--at", String((Math.max(-this.reach, Math.min(this.reach, next)) / this.reach + 1) / 2));
  }

  nameOf(place) {
    return this.rows[place].full;
  }
}

const unitName = (words, sizes, layer, to) => (layer + 2 < sizes.length ? fill(words.unit, { unit: to + 1 }) : words.output);
