// Coefficients: a bar for every weight of a linear model at the moment under the player's cursor, from zero to either side,
// and beside it, as a diamond, where the weight would end that has the lowest loss.
//
// Configuration: {player, label, names: [words], best: [numbers] | null, factor: what weights are multiplied with to be in the
// units shown, words: {unit, best}}. The bias has no bar: it is the last weight, and told apart.

import { css, signed } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { Calm, instances } from "../dlviz.player/instances.js";
import { significant } from "../dlviz.player/numbers.js";
import { View } from "../dlviz.player/view.js";

class Coefficients extends View {
  constructor(root, parent) {
    super(root, parent);
    this.rows = element("div", { class: "rows figures", role: "list", tabindex: 0 });
    this.unit = element("span");
    this.best = element("span", { class: "best" });
    root.replaceChildren(this.rows, element("div", { class: "foot" }, this.unit, this.best));
    this.calm = new Calm();
  }

  configured() {
    const { names, best, words, label: said } = this.config;
    this.calm.wake();
    label(this.rows, said);
    write(this.unit, words.unit);
    write(this.best, words.best);
    this.best.hidden = !best;
    if (JSON.stringify(names) === this.shape) return;
    this.shape = JSON.stringify(names);
    this.made = names.map((name) => {
      const parts = { bar: element("i"), mark: element("b"), value: element("span", { class: "value" }) };
      this.rows.append(element("span", { class: "name", text: name }), element("span", { class: "bar" }, parts.bar, parts.mark), parts.value);
      return parts;
    });
    this.rows.replaceChildren(...[...this.rows.children].slice(-3 * names.length));
  }

  draw() {
    const { config, player } = this;
    if (!config || this.calm.rests(player)) return;
    const weights = player.latest("weights")?.arrays.weights.data;
    const fits = weights?.length === config.names.length + 1;
    const values = config.names.map((_, i) => (fits ? weights[i] * config.factor : NaN));
    const known = [...values, ...(config.best ?? [])].map(Math.abs).filter(Number.isFinite);
    const most = Math.max(...known, 1e-12);
    values.forEach((value, i) => this.#row(this.made[i], value, config.best?.[i], most));
  }

  #row({ bar, mark, value: text }, value, best, most) {
    const share = Math.min(1, Math.abs(value) / most) || 0;
    bar.style.left = `${value < 0 ? 50 - 48 * share : 50}%`;
    bar.style.width = `${48 * share}%`;
    bar.style.background = css(signed(Math.sign(value) || 0, this.colours));
    mark.hidden = !Number.isFinite(best);
    mark.style.left = `${50 + (48 * (best ?? 0)) / most}%`;
    write(text, significant(value));
  }
}

export default instances("coefficients", (root, parent) => new Coefficients(root, parent));
