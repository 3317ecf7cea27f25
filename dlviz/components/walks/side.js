// Beside the map: what is true of both runs at the moment on show, what the colours mean, and the place that is read.

import { sample } from "./marks.js";
import { Ramp } from "../dlviz.landscape/ramp.js";
import { element, write } from "../dlviz.player/elements.js";
import { fill, significant, whole } from "../dlviz.player/numbers.js";

const ROWS = ["train_loss", "validation_loss", "here", "step", "travelled", "away"];

export class Side {
  constructor() {
    this.samples = [0, 1].map(() => element("canvas", { "aria-hidden": "true" }));
    this.names = [0, 1].map(() => element("span"));
    this.rows = ROWS.map((name) => ({ name, head: element("th", { scope: "row" }), cells: [0, 1].map(() => element("td", { class: "figures" })) }));
    const heads = this.samples.map((canvas, i) => element("th", { scope: "col" }, canvas, this.names[i]));
    this.table = element("table", {}, element("thead", {}, element("tr", {}, element("td"), ...heads)),
      element("tbody", {}, ...this.rows.map(({ head, cells }) => element("tr", {}, head, ...cells))));
    this.between = element("p", { class: "between figures" });
    this.ramp = new Ramp();
    this.pointed = element("b", { class: "figures" });
    this.where = element("span", { class: "where figures" });
    this.node = element("div", { class: "side" }, element("div", { class: "numbers" }, this.table, this.between),
      element("div", { class: "key" }, this.ramp.node,
        element("div", { class: "place", "aria-live": "polite" }, this.pointed, this.where)));
  }

  configured({ config: { words, runs, batches }, colours, scale, colourOf }) {
    runs.forEach(({ label }, i) => { write(this.names[i], label); sample(this.samples[i], i, colourOf(i)); });
    for (const { name, head } of this.rows) write(head, words[name]);
    this.rows.find(({ name }) => name === "here").head.parentElement.hidden = batches < 2;
    const low = { name: words.height, low: significant(scale.low, 2) };
    this.ramp.configured(scale.clipped ? fill(words.clipped, low) : words.height, scale, colours);
  }

  /** Write what is true of the moment under the cursor, and of the place that is read out. */
  write(view, walks, between) {
    const { words } = view.config;
    for (const { name, cells } of this.rows) {
      walks.forEach((walk, i) => write(cells[i], text(name, walk[name], words)));
    }
    write(this.between, between === null ? "\u00a0" : fill(words.between, { distance: significant(between) }));
    this.ramp.point(NaN);
    const [across, along] = view.at ? view.placeOf(view.at).map((value) => significant(value)) : [];
    write(this.pointed, view.at ? `${words.height} ${significant(view.heightAt(view.at))}` : "\u00a0");
    write(this.where, view.at ? fill(words.pointed, { x: words.x, y: words.y, across, along }) : words.none);
  }
}

function text(name, value, words) {
  if (name === "step" && value !== null) return whole(value);
  if (name === "away" && value === 0) return words.inside;
  return significant(value, name === "away" ? 2 : 3);
}
