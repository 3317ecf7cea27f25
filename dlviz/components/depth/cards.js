// By what a layer multiplies signals and gradients: as measured here, and as theory has it.

import { css } from "../dlviz.player/colours.js";
import { element, sharpContext, write } from "../dlviz.player/elements.js";
import { fill, significant } from "../dlviz.player/numbers.js";

/** The card of what is called `name`. */
export class Card {
  constructor(name) {
    this.name = name;
    this.sample = element("canvas", { "aria-hidden": "true" });
    [this.title, this.number, this.measured] = [element("span"), element("span"), element("small")];
    [this.whole, this.theory, this.symbols, this.source] = ["whole", "theory", "symbols", "source"].map((name) => element("p", { class: name }));
    this.node = element("section", { class: "card figures" },
      element("h4", {}, this.sample, this.title),
      element("p", { class: "big" }, this.number, this.measured),
      this.whole, this.theory, this.symbols, this.source);
  }

  update({ factor, theory, whole, kind, variance, formula, source }, layers, colour, words) {
    const context = sharpContext(this.sample, 24, 10);
    context.fillStyle = css(colour);
    context.fillRect(0, 3, 24, 4);
    write(this.title, words[this.name]);
    write(this.number, fill(words.factor, { factor: significant(factor) }));
    write(this.measured, words.a_layer);
    write(this.whole, fill(words[kind], { layers, whole: significant(whole) }));
    write(this.theory, fill(words.theory, { theory: significant(theory) }));
    const template = formula.includes("Var(w)") ? words["theory.variance"] : words["theory.normed"];
    write(this.symbols, fill(template, { variance: significant(theory ** 2), formula, start: significant(variance) }));
    write(this.source, source);
  }
}
