// Beside the landscape: the loss of the moment on show, what the marks and the colours mean, and the place that is read.

import { paint, sequential } from "../dlviz.player/colours.js";
import { element, write } from "../dlviz.player/elements.js";
import { fill, significant, whole } from "../dlviz.player/numbers.js";

const LEVELS = Array.from({ length: 128 }, (_, i) => i / 127);

export class Side {
  constructor(use) {
    this.loss = element("b", { class: "figures" });
    this.name = element("span", { class: "loss" });
    this.step = element("span", { class: "figures" });
    this.beside = element("p", { class: "beside" });
    this.samples = Array.from({ length: 4 }, () => element("canvas", { "aria-hidden": "true" }));
    this.names = this.samples.map(() => element("span"));
    this.ramp = element("canvas", { "aria-hidden": "true" });
    this.mark = element("span", { class: "mark" });
    this.ticks = element("div", { class: "ticks figures" });
    this.scaleName = element("span");
    this.pointed = element("b", { class: "figures" });
    this.where = element("span", { class: "where figures" });
    this.use = element("button", { type: "button", class: "use", onclick: use });
    this.node = element("div", { class: "side" },
      element("div", { class: "now" }, this.name, this.loss, this.step), this.beside,
      element("div", { class: "scale" }, this.scaleName, element("div", { class: "ramp" }, this.ramp, this.mark), this.ticks),
      element("ul", { class: "key" }, ...this.samples.map((sample, i) => element("li", {}, sample, this.names[i]))),
      element("div", { class: "place", "aria-live": "polite" }, this.pointed, this.where, this.use));
  }

  configured({ config: { words, usable }, colours, scale }) {
    write(this.name, words.loss);
    write(this.scaleName, words.loss);
    write(this.use, words.use);
    this.use.title = words.use_help;
    this.use.hidden = !usable;
    [words.marker, words.way, words.ahead, words.start].forEach((text, i) => write(this.names[i], text));
    paint(this.ramp, LEVELS, LEVELS.length, 1, (share) => sequential(share, colours));
    this.#layTicks(scale);
  }

  #layTicks(scale) {
    let free = -1;
    const all = scale.ticks().map(([value, text]) => ({ share: scale.share(value), text }));
    const kept = all.filter(({ share, text }) => {
      const room = 0.035 * text.length + 0.03;
      if (share < free || share < 0 || share > 1) return false;
      free = share + room;
      return true;
    });
    this.ticks.replaceChildren(...kept.map(({ share, text }) => {
      const edge = share < 0.06 ? "first" : share > 0.94 ? "last" : null;
      const tick = element("span", { text, class: edge });
      tick.style.left = `${100 * share}%`;
      return tick;
    }));
  }

  /** Write what is true of the moment under the cursor and of the place that is read out. */
  write(view, walk) {
    const { words, step } = view.config;
    write(this.loss, significant(walk.loss));
    write(this.step, fill(words.here, { step: whole(walk.step) }));
    const distance = significant(walk.distance, 2);
    write(this.beside, walk.distance ? fill(words.away, { step: whole(step), distance }) : words.cut);
    const share = view.scale.share(walk.loss);
    this.mark.hidden = !(share >= 0 && share <= 1);
    this.mark.style.left = `${100 * share}%`;
    this.use.disabled = !view.at;
    const [across, along] = view.at ? view.placeOf(view.at).map((value) => significant(value)) : [];
    write(this.pointed, view.at ? `${words.loss} ${significant(view.heightAt(view.at))}` : "\u00a0");
    write(this.where, view.at ? fill(words.pointed, { x: words.x, y: words.y, across, along }) : words.none);
  }
}
