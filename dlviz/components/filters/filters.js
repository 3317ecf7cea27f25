// Filters: the weights of a layer as pictures, orange below zero and blue above, all on one scale around
// zero. Where muting is offered, a click on one tells Python which.
//
// Configuration: {player, label, array: "filters", describe: "filter {number}: from {low} to {high}",
// muted: [channels], mute: words for "click to mute" or null, muted_word, scale: words, large?: whether pictures are}.

import { paint, signed } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";
import { View } from "../dlviz.player/view.js";

class Filters extends View {
  constructor(root, parent) {
    super(root, parent);
    this.grid = element("div", { class: "grid figures", role: "group" });
    this.said = element("p", { class: "said figures", "aria-live": "polite" });
    this.ramp = element("canvas", { "aria-hidden": "true" });
    [this.low, this.high] = [element("span"), element("span")];
    this.scaleName = element("span");
    const scale = element("div", { class: "scale figures" }, this.scaleName, this.low, this.ramp, this.high);
    root.replaceChildren(this.grid, element("div", { class: "foot" }, this.said, scale));
    this.cells = [];
  }

  configured() {
    label(this.grid, this.config.label ?? "");
    write(this.scaleName, this.config.scale ?? "");
    this.root.classList.toggle("large", Boolean(this.config.large));
    const steps = Array.from({ length: 65 }, (_, i) => i / 32 - 1);
    paint(this.ramp, steps, 65, 1, (value) => signed(value, this.colours));
    this.shown = null;
  }

  draw() {
    const { config, player, colours } = this;
    if (!config) return;
    const name = config.array ?? "filters";
    const kernels = player.latest(name)?.arrays[name];
    if (!kernels || kernels === this.shown) return;
    this.shown = kernels;
    const [count, height, width] = kernels.shape;
    let most = 1e-12;
    for (const value of kernels.data) most = Math.max(most, Math.abs(value) || 0);
    while (this.cells.length < count) this.cells.push(this.#cell(this.cells.length));
    while (this.cells.length > count) this.cells.pop().button.remove();
    this.cells.forEach((cell, channel) => {
      const values = kernels.data.subarray(channel * width * height, (channel + 1) * width * height);
      paint(cell.canvas, values, width, height, (value) => signed(value / most, colours));
      this.#name(cell, channel, values);
    });
    write(this.low, significant(-most));
    write(this.high, significant(most));
    this.grid.style.setProperty("--side", width);
  }

  #cell(channel) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const button = element("button", { type: "button", class: "cell" }, canvas,
      element("span", { class: "number", text: String(channel) }));
    button.onpointerenter = button.onfocus = () => write(this.said, button.title);
    button.onclick = () => { if (this.config.mute) this.tell("filter", { channel }); };
    this.grid.append(button);
    return { button, canvas };
  }

  #name({ button }, channel, values) {
    const { config } = this;
    const muted = (config.muted ?? []).includes(channel);
    const said = fill(config.describe, {
      number: channel, low: significant(Math.min(...values)), high: significant(Math.max(...values)),
    });
    const more = muted ? config.muted_word : config.mute;
    const text = more ? `${said} · ${more}` : said;
    if (button.title !== text) button.title = text;
    label(button, text);
    if (config.mute || muted) button.setAttribute("aria-pressed", String(muted));
    else button.removeAttribute("aria-pressed");
  }
}

export default instances("filters", (root, parent) => new Filters(root, parent));
