// The card beside what was clicked: its weights (or its bias) as sliders and numbers to change by hand.

import { element, label, write } from "../dlviz.player/elements.js";

const REACH = 4; // the slider goes from -4 to 4; the number takes any weight
const MOST = 100;

export class Card {
  /** `move(target, value, done)` is called with every change; `close()` when the card is put away. */
  constructor(move, close) {
    Object.assign(this, { move, close });
    this.title = element("strong");
    this.shut = element("button", { type: "button", class: "shut", onclick: () => close() }, element("span", { text: "×", "aria-hidden": "true" }));
    this.rows = element("div", { class: "rows" });
    this.note = element("p", { class: "note" });
    this.node = element("div", { class: "card", role: "group", hidden: true }, element("div", { class: "top" }, this.title, this.shut), this.rows, this.note);
    this.node.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  }

  /** Open beside (x, y) with rows [{name, target}] that show the values of `parameters`. */
  open(x, y, title, rows, words, layout, parameters, fixed) {
    this.targets = rows.map(({ name, target }) => this.#row(name, target, fixed));
    this.rows.replaceChildren(...this.targets.map((one) => one.row));
    write(this.title, title);
    write(this.note, fixed ?? words.change_note);
    label(this.node, title);
    label(this.shut, words.close);
    this.node.hidden = false;
    this.refresh(parameters); // before a slider has the focus, which nothing moves from then on but its own hand
    const width = Math.min(310, layout.width);
    this.node.style.width = `${width}px`;
    this.node.style.left = `${Math.max(0, Math.min(layout.width - width, x + 14))}px`;
    this.node.style.top = `${Math.max(0, Math.min(layout.height - this.node.offsetHeight, y + 10))}px`;
  }

  #row(name, target, fixed) {
    const slider = element("input", { type: "range", min: -REACH, max: REACH, step: 0.01, disabled: Boolean(fixed) });
    const typed = element("input", { type: "number", min: -MOST, max: MOST, step: "any", disabled: Boolean(fixed) });
    for (const [input, event, done] of [[slider, "oninput", false], [slider, "onchange", true], [typed, "onchange", true]]) {
      input[event] = () => this.#changed(target, input, done);
    }
    label(slider, name);
    label(typed, name);
    const row = element("div", { class: "row" }, element("span", { class: "name", text: name }), slider, typed);
    return { row, slider, typed, target };
  }

  #changed(target, input, done) {
    const value = Number(input.value);
    if (input.value === "" || !Number.isFinite(value)) return;
    this.move(target, Math.max(-MOST, Math.min(MOST, value)), done);
  }

  /** Show the values as they are now, except where somebody is typing. */
  refresh(parameters) {
    if (this.node.hidden) return;
    const root = this.node.getRootNode();
    for (const { slider, typed, target } of this.targets) {
      const value = parameters.valueOf(target);
      if (root.activeElement !== slider) slider.value = value;
      if (root.activeElement !== typed) typed.value = Number.isFinite(value) ? Number(value.toPrecision(3)) : "";
    }
  }

  put() {
    this.node.hidden = true;
  }
}
