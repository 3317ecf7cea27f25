// The hand on one number: type it or drag it; everything after it follows.

import { element, label, write } from "../dlviz.player/elements.js";
import { paced } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const REACH = 1000;
const PACE = 120; // milliseconds between two values of a drag

export class Editor {
  constructor(page) {
    this.page = page;
    this.name = null;
    this.title = element("strong");
    this.box = element("input", { type: "number", step: "any", class: "figures" });
    this.slider = element("input", { type: "range", step: "any" });
    this.back = element("button", { type: "button", onclick: () => this.#set(this.page.network.originalOf(this.name), true) });
    this.zero = element("button", { type: "button", onclick: () => this.#set(0, true) });
    this.shut = element("button", { type: "button", class: "shut", text: "×", onclick: () => this.close() });
    this.node = element("div", { class: "editor", role: "group", hidden: true }, this.title, this.slider, this.box, element("span", { class: "choices" }, this.back, this.zero), this.shut);
    const tell = paced((value) => this.#set(value, false), PACE);
    this.slider.oninput = () => { this.box.value = String(rounded(Number(this.slider.value))); tell(Number(this.slider.value)); };
    this.slider.onchange = () => this.#set(Number(this.slider.value), true);
    this.box.onchange = () => { if (this.box.value !== "" && Number.isFinite(Number(this.box.value))) this.#set(Number(this.box.value), true); };
    this.node.onkeydown = (event) => {
      event.stopPropagation(); // arrows turn the number here, not the walk
      if (event.key === "Escape") this.close();
    };
  }

  open(name) {
    this.name = name;
    this.node.hidden = false;
    const value = this.page.network.valueOf(name);
    const reach = Math.max(3, Math.ceil(2 * Math.abs(value)), Math.ceil(2 * Math.abs(this.page.network.originalOf(name))));
    [this.slider.min, this.slider.max] = name[0] === "x" && this.page.header.side ? [0, 1] : [-reach, reach];
    this.update(true);
    this.box.focus();
    this.box.select();
    this.node.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.name = null;
    this.node.hidden = true;
  }

  update(anew = false) {
    if (!this.name) return;
    const { network, header: { words, inputs }, changes } = this.page;
    const places = this.name.slice(1).split(".").map((part) => Number(part) - 1);
    const value = this.name in changes ? changes[this.name] : network.originalOf(this.name);
    const called = this.name[0] === "x" ? inputs[places[0]].name
      : this.name[0] === "b" ? fill(words.edit_bias, { unit: network.unitName(...places) })
        : fill(words.edit_weight, { input: network.inputName(places[0], places[2]), unit: network.unitName(places[0], places[1]) });
    write(this.title, called);
    label(this.slider, called);
    label(this.box, called);
    label(this.node, fill(words.editing, { name: called }));
    write(this.back, fill(words.original, { value: significant(network.originalOf(this.name)) }));
    write(this.zero, words.zero);
    label(this.shut, words.close);
    this.back.disabled = !(this.name in changes);
    if (anew || !this.node.matches(":focus-within")) {
      this.box.value = String(rounded(value));
      this.slider.value = String(value);
    }
  }

  /** The number becomes this one; its original value is no change. */
  #set(value, last) {
    const { page, page: { network }, name } = this;
    if (!name) return;
    const held = rounded(Math.max(-REACH, Math.min(REACH, value)));
    const changes = { ...page.changes };
    if (Math.abs(value - network.originalOf(name)) < 1e-9) delete changes[name];
    else changes[name] = held;
    page.change(changes, last);
    if (last) {
      this.box.value = String(held);
      this.slider.value = String(held);
    }
  }
}

const rounded = (value) => Math.round(1e4 * value) / 1e4 + 0;
