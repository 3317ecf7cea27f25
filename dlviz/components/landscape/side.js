// Beside the landscape: the loss of the moment on show, what the marks and the colours mean, and the place that is read.

import { Ramp } from "./ramp.js";
import { element, write } from "../dlviz.player/elements.js";
import { fill, significant, whole } from "../dlviz.player/numbers.js";

export class Side {
  constructor(use) {
    this.loss = element("b", { class: "figures" });
    this.name = element("span", { class: "loss" });
    this.step = element("span", { class: "figures" });
    this.beside = element("p", { class: "beside" });
    this.samples = Array.from({ length: 4 }, () => element("canvas", { "aria-hidden": "true" }));
    this.names = this.samples.map(() => element("span"));
    this.ramp = new Ramp();
    this.pointed = element("b", { class: "figures" });
    this.where = element("span", { class: "where figures" });
    this.use = element("button", { type: "button", class: "use", onclick: use });
    this.node = element("div", { class: "side" },
      element("div", { class: "now" }, this.name, this.loss, this.step), this.beside,
      this.ramp.node,
      element("ul", { class: "key" }, ...this.samples.map((sample, i) => element("li", {}, sample, this.names[i]))),
      element("div", { class: "place", "aria-live": "polite" }, this.pointed, this.where, this.use));
  }

  configured({ config: { words, usable }, colours, scale }) {
    write(this.name, words.loss);
    write(this.use, words.use);
    this.use.title = words.use_help;
    this.use.hidden = !usable;
    [words.marker, words.way, words.ahead, words.start].forEach((text, i) => write(this.names[i], text));
    this.ramp.configured(words.loss, scale, colours);
  }

  /** Write what is true of the moment under the cursor and of the place that is read out. */
  write(view, walk) {
    const { words, step } = view.config;
    write(this.loss, significant(walk.loss));
    write(this.step, fill(words.here, { step: whole(walk.step) }));
    const distance = significant(walk.distance, 2);
    write(this.beside, walk.distance ? fill(words.away, { step: whole(step), distance }) : words.cut);
    this.ramp.point(view.scale.share(walk.loss));
    this.use.disabled = !view.at;
    const [across, along] = view.at ? view.placeOf(view.at).map((value) => significant(value)) : [];
    write(this.pointed, view.at ? `${words.loss} ${significant(view.heightAt(view.at))}` : "\u00a0");
    write(this.where, view.at ? fill(words.pointed, { x: words.x, y: words.y, across, along }) : words.none);
  }
}
