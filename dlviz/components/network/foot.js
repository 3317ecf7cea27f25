// What is written around the picture: the numbers above the large map, what is pointed at, the scale, two switches.

import { colourOf } from "./surface.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";
import { number } from "../dlviz.player/player.js";

const ARROWS = { lower: "\u00a0↓", higher: "\u00a0↑" };

export class Foot {
  constructor(change) {
    this.change = change;
    this.said = "";
    this.title = element("strong");
    this.numbers = element("dl");
    this.head = element("div", { class: "output" }, this.title, this.numbers);
    this.caption = element("p", { class: "caption" });
    this.scale = element("div", { class: "scale" });
    this.shown = this.#toggle("shown");
    this.discrete = this.#toggle("discrete");
    this.node = element("div", { class: "foot" }, this.caption, element("div", { class: "side" }, this.scale, this.shown, this.discrete));
  }

  #toggle(name) {
    const turn = () => this.change({ ...this.look, [name]: !this.look[name] });
    return element("button", { type: "button", class: "toggle", role: "switch", "data-look": name, onclick: turn });
  }

  /** Take over new words, numbers and colours. */
  update(view) {
    const { header: { words, numbers, hide }, look } = view;
    this.look = look;
    write(this.title, words.output_title);
    this.#layNumbers(numbers);
    this.#layScale(view);
    for (const name of ["shown", "discrete"]) {
      write(this[name], words[name]);
      this[name].title = words[`${name}_help`];
      this[name].hidden = hide.includes(name);
      this[name].setAttribute("aria-checked", String(look[name]));
    }
  }

  #layNumbers(numbers) {
    const shape = JSON.stringify(numbers);
    if (shape === this.shape) return;
    this.shape = shape;
    this.cells = numbers.map((one) => ({ ...one, node: element("dd", { class: "figures" }) }));
    this.numbers.replaceChildren(...this.cells.map(({ label: text, better, node }) => element("div", {}, element("dt", { text: text + (ARROWS[better] ?? "") }), node)));
  }

  /** The colours and what they mean: from one end to the other, or one for each class. */
  #layScale({ header: { words, classes }, kind, theme, painting }) {
    const shape = JSON.stringify([kind, classes, theme.background, painting]);
    if (shape === this.laid) return;
    this.laid = shape;
    if (kind === "classes") {
      this.scale.replaceChildren(...classes.map((name, i) => {
        const swatch = element("span", { class: "swatch" });
        swatch.style.background = theme.css(colourOf({ theme, kind }, i));
        return element("span", { class: "key" }, swatch, element("span", { text: name }));
      }));
      return;
    }
    const bar = element("span", { class: "bar" });
    const stops = [-1, -0.5, 0, 0.5, 1].map((share) => theme.css(theme.signed(share)));
    bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    this.scale.replaceChildren(element("span", { text: words.scale_low }), bar, element("span", { text: words.scale_high }));
  }

  /** Show the numbers of the moment and say what is pointed at. */
  draw(view, moment, parameters, layout) {
    this.#place(layout);
    for (const { name, percent: share, node } of this.cells) {
      const value = number(moment, name);
      write(node, value === null ? "–" : share ? percent(value) : significant(value));
    }
    const focus = view.focus ?? view.pinned;
    this.said = moment ? this.words(view, focus, parameters, moment) : view.header.words.starting;
    write(this.caption, this.said);
  }

  #place(layout) {
    if (layout === this.layout) return;
    this.layout = layout;
    const { map, narrow, head } = layout;
    Object.assign(this.head.style, { left: `${map.x}px`, width: `${map.side}px`, top: "0px", height: `${head}px` });
    this.head.classList.toggle("narrow", narrow);
  }

  // ------------------------------------------------------------------------------------- in words

  /** What is pointed at, in a sentence (with its value where `parameters` are given). */
  words(view, focus, parameters = null, moment = null) {
    const { words } = view.header;
    if (focus?.map && moment) return this.#atPoint(view, focus.map, moment);
    if (!focus || focus.map) return words.output;
    const value = parameters ? `: ${significant(focus.unit ? 0 : parameters.valueOf(focus))}` : "";
    if (focus.link) {
      const [layer, to, from] = focus.link;
      return fill(words.link, { from: this.unitName(view, layer, from, true), to: this.unitName(view, layer + 1, to) }) + value;
    }
    if (focus.bias) return fill(words.bias_of, { unit: this.unitName(view, ...focus.bias) }) + value;
    const [layer, index] = focus.unit;
    if (layer === 0) return fill(words.input, { name: view.header.inputs[index].label });
    if (layer > view.layout.last) return fill(words.answer, { unit: this.unitName(view, layer, index) });
    return fill(words.unit, { unit: index + 1, layer });
  }

  /** The name of unit `index` of a column; `active` counts only the inputs that are on. */
  unitName(view, layer, index, active = false) {
    const { header: { words, inputs, classes }, layout, kind } = view;
    if (layer === 0) return inputs[active ? layout.active[index] : index].label;
    if (layer > layout.last) return kind === "classes" ? classes[index] : words.output_unit;
    return fill(words.unit_short, { unit: index + 1, layer });
  }

  #atPoint(view, [x, y], moment) {
    const { header: { words, extent, classes }, kind } = view;
    const map = moment.arrays.output_map;
    const [rows, columns] = map.shape;
    const place = Math.min(rows - 1, Math.floor(y * rows)) * columns + Math.min(columns - 1, Math.floor(x * columns));
    const [x1, x2] = [(2 * x - 1) * extent, (1 - 2 * y) * extent].map((one) => one.toFixed(1).replace("-", "−"));
    const level = map.data[place];
    if (kind === "number") return fill(words.at_number, { x1, x2, value: significant((level - 128) / 127, 2) });
    const least = 1 / view.header.outputs; // how sure one is of a class when all are alike
    const sure = kind === "classes" ? least + (1 - least) * (level & 63) / 63 : Math.max(level, 255 - level) / 255;
    const name = classes[kind === "classes" ? level >> 6 : Number(level > 127)];
    return fill(words.at_class, { x1, x2, class: name, percent: percent(sure) });
  }
}
