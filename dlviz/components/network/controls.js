// What stands over the picture and can be pressed: inputs on and off, layers and units more or fewer, the activation
// of each layer. They are real buttons, laid over the canvas where the layout says.

import { element, label, write } from "../dlviz.player/elements.js";
import { fill } from "../dlviz.player/numbers.js";

const MOST_LAYERS = 6;
const MOST_UNITS = 8;
const WIDE = 94; // pixels between two layers from which buttons stand side by side

export class Controls {
  /** `change(wanted)` gets the inputs, units and activations as they are to be. */
  constructor(change) {
    this.change = change;
    this.node = element("div", { class: "controls" });
    this.inputs = [];
    this.layers = [];
  }

  /** Lay the controls for `wanted` {inputs: [names that are on], hidden, activations}. */
  update(header, wanted, layout) {
    if (header === this.header && wanted === this.wanted && layout === this.layout) return;
    this.layout = layout;
    const shape = JSON.stringify([header.inputs.map((one) => one.name), wanted.hidden.length, header.hide, header.language]);
    if (shape !== this.shape) this.#build(header, wanted, shape);
    Object.assign(this, { header, wanted });
    this.#place(layout);
  }

  #build(header, wanted, shape) {
    this.shape = shape;
    const { words, hide } = header;
    this.inputs = header.inputs.map((input, place) => this.#input(input, place, hide));
    this.layers = wanted.hidden.map((_, layer) => this.#layer(layer, words, header.activations));
    const more = this.#button("more", "+", words.add_layer, () => this.#resize(1));
    const fewer = this.#button("fewer", "−", words.remove_layer, () => this.#resize(-1));
    this.count = element("span");
    this.ends = { more, fewer };
    this.head = element("div", { class: "count" }, fewer, more, this.count);
    const parts = [...this.inputs.map((one) => one.node), ...(hide.includes("layers") ? [] : [...this.layers.map((one) => one.node), this.head])];
    this.node.replaceChildren(...parts);
  }

  #input({ name, label: text }, place, hide) {
    const node = element("button", { type: "button", class: "input", "data-input": name, disabled: hide.includes("inputs"), onclick: () => this.#toggle(place) });
    node.append(element("span", { text }));
    return { node };
  }

  #layer(layer, words, activations) {
    const less = this.#button("less", "−", "", () => this.#units(layer, -1));
    const more = this.#button("more", "+", "", () => this.#units(layer, 1));
    const count = element("span", { class: "figures" });
    const options = activations.map(({ name, label: text }) => element("option", { value: name, text }));
    const select = element("select", { onchange: () => this.#bend(layer, select.value) }, ...options);
    const node = element("div", { class: "layer", "data-layer": layer }, element("div", { class: "units" }, less, count, more), select);
    return { node, less, more, count, select };
  }

  #button(kind, text, says, onclick) {
    const button = element("button", { type: "button", class: `small ${kind}`, onclick }, element("span", { text, "aria-hidden": "true" }));
    label(button, says);
    button.title = says;
    return button;
  }

  // ---------------------------------------------------------------------------------------- places

  #place(layout) {
    const { header, wanted } = this;
    const { words } = header;
    const apart = (layout.along[1] ?? Infinity) - layout.along[0];
    const stacked = !layout.narrow && apart < WIDE;
    this.node.style.setProperty("--apart", `${Math.min(88, apart - 5)}px`);
    this.node.classList.toggle("narrow", layout.narrow);
    this.node.classList.toggle("stacked", stacked);
    this.inputs.forEach(({ node }, place) => {
      const input = header.inputs[place];
      const on = wanted.inputs.includes(input.name);
      const [x, y] = layout.columns[0][place];
      at(node, x - layout.node / 2, y - layout.node / 2, layout.node);
      node.style.height = `${layout.node}px`;
      node.setAttribute("aria-pressed", String(on));
      label(node, fill(on ? words.input_on : words.input_off, { name: input.label }));
      node.title = input.help;
    });
    this.layers.forEach((one, layer) => this.#placeLayer(one, layer, layout));
    this.#placeHead(layout);
  }

  #placeLayer({ node, less, more, count, select }, layer, layout) {
    const { wanted, header: { words } } = this;
    const units = wanted.hidden[layer];
    if (layout.narrow) at(node, 0, layout.along[layer + 1] - layout.node / 2 - 44, layout.width);
    else at(node, layout.along[layer + 1] - 45, 0, 90);
    write(count, String(units));
    less.disabled = units <= 1;
    more.disabled = units >= MOST_UNITS;
    for (const [button, key] of [[less, "fewer_units"], [more, "more_units"]]) {
      const says = fill(words[key], { layer: layer + 1 });
      label(button, says);
      button.title = says;
    }
    if (select.value !== wanted.activations[layer]) select.value = wanted.activations[layer];
    const says = fill(words.activation_of, { layer: layer + 1 });
    label(select, says);
    select.title = says;
  }

  #placeHead(layout) {
    const { wanted, ends, header: { words } } = this;
    write(this.count, fill(wanted.hidden.length === 1 ? words.one_layer : words.layers, { count: wanted.hidden.length }));
    ends.more.disabled = wanted.hidden.length >= MOST_LAYERS;
    ends.fewer.disabled = wanted.hidden.length === 0;
    if (layout.narrow) at(this.head, 0, layout.map.y - 48, layout.width);
    else at(this.head, 0, 0, Math.max(48, layout.along[0] + layout.node));
  }

  // --------------------------------------------------------------------------------------- changes

  #toggle(place) {
    const { name } = this.header.inputs[place];
    const on = new Set(this.wanted.inputs);
    if (on.has(name) && on.size === 1) return; // a network that sees nothing learns nothing
    if (on.has(name)) on.delete(name);
    else on.add(name);
    const inputs = this.header.inputs.map((one) => one.name).filter((one) => on.has(one));
    this.change({ ...this.wanted, inputs });
  }

  #units(layer, more) {
    const hidden = this.wanted.hidden.map((units, i) => (i === layer ? Math.max(1, Math.min(MOST_UNITS, units + more)) : units));
    this.change({ ...this.wanted, hidden });
  }

  #bend(layer, activation) {
    this.change({ ...this.wanted, activations: this.wanted.activations.map((one, i) => (i === layer ? activation : one)) });
  }

  #resize(more) {
    const { hidden, activations, activation } = this.wanted;
    const longer = more > 0;
    this.change({
      ...this.wanted,
      hidden: longer ? [...hidden, Math.min(MOST_UNITS, hidden.at(-1) ?? 2)] : hidden.slice(0, -1),
      activations: longer ? [...activations, activations.at(-1) ?? activation] : activations.slice(0, -1),
    });
  }
}

function at(node, x, y, width) {
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
  node.style.width = `${width}px`;
}
