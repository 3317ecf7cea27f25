// One step in numbers: what the one who is picked computed, line by line, as its optimizer does it.

import { PARTS } from "./marks.js";
import { css } from "../dlviz.player/colours.js";
import { element, write } from "../dlviz.player/elements.js";
import { fill, significant, whole } from "../dlviz.player/numbers.js";

export class Steps {
  constructor() {
    this.title = element("h3", { class: "figures" });
    this.body = element("tbody");
    this.head = [element("th", { scope: "col" }), element("th", { scope: "col" }), element("th", { scope: "col", text: "x" }), element("th", { scope: "col", text: "y" })];
    this.node = element("section", { class: "numbers" }, this.title, element("table", { class: "figures" }, element("thead", {}, element("tr", {}, ...this.head)), this.body));
  }

  /** Write the step after `step`, or the last one where there is none after it. */
  write({ race, picked, words, colours }, step) {
    const racer = race.header.racers[picked];
    const at = Math.min(race.steps - 1, Math.floor(step));
    const rows = racer.rows;
    write(this.title, fill(words.step_title, { name: racer.name, from: whole(at), to: whole(at + 1) }));
    if (this.made !== racer.key) this.#make(rows, racer, colours, race.header.curve);
    rows.forEach(({ of }, k) => {
      const pair = this.#value(of, race, picked, at);
      this.cells[k].forEach((cell, axis) => write(cell, !pair ? "–" : pair[axis] === null ? "" : significant(pair[axis], 4)));
    });
  }

  #value(of, race, picked, at) {
    if (of === "before") return race.place(picked, at);
    if (of === "rate") return [race.measured("rates", picked, at), null];
    if (of === "after") return race.place(picked, at + 1);
    if (of !== "step") return race.held(of, picked, at);
    const [from, to] = [race.place(picked, at), race.place(picked, at + 1)];
    return from && to && [to[0] - from[0], to[1] - from[1]];
  }

  #make(rows, racer, colours, curve) {
    this.made = racer.key;
    this.cells = rows.map(() => [element("td", { class: "value" }), element("td", { class: "value", hidden: curve })]);
    this.head[3].hidden = curve;
    this.body.replaceChildren(...rows.map(({ name, formula, part }, k) => {
      const dot = element("i", { class: "swatch", "aria-hidden": "true" });
      if (part) dot.style.background = part === "step" ? css(colours.text) : css(PARTS[part] ?? colours.neutral);
      if (part === "square") dot.className = "swatch square";
      return element("tr", {}, element("th", { scope: "row" }, dot, element("span", { text: name })), element("td", { class: "formula", text: formula }), ...this.cells[k]);
    }));
  }
}
