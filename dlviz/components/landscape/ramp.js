// What the colours of a ground mean: a ramp of losses with round ones named, and a mark for one of them.

import { paint, sequential } from "../dlviz.player/colours.js";
import { element, write } from "../dlviz.player/elements.js";

const LEVELS = Array.from({ length: 128 }, (_, i) => i / 127);

export class Ramp {
  constructor() {
    this.ramp = element("canvas", { "aria-hidden": "true" });
    this.mark = element("span", { class: "mark" });
    this.ticks = element("div", { class: "ticks figures" });
    this.name = element("span");
    this.node = element("div", { class: "scale" }, this.name, element("div", { class: "ramp" }, this.ramp, this.mark), this.ticks);
  }

  /** Say what is measured, and lay the losses of a scale along the ramp. */
  configured(name, scale, colours) {
    write(this.name, name);
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

  /** Put the mark at a share of the ramp, or away where it is none. */
  point(share) {
    this.mark.hidden = !(share >= 0 && share <= 1);
    this.mark.style.left = `${100 * share}%`;
  }
}
