// Pictures: a row of grey pictures of the moment shown, each with what it is, what was answered, and how
// certain the answer was. A click tells Python which one is meant.
//
// Configuration: {player, label, pictures: "mistake_pictures", truth, answer, certainty, index: names of arrays,
// classes: [words], describe: "a {truth}, read as {answer} with certainty {certainty}", none: words, chosen}.

import { mix, paint } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, perCent } from "../dlviz.player/numbers.js";
import { View } from "../dlviz.player/view.js";

const DEFAULTS = {
  pictures: "mistake_pictures", truth: "mistake_truth", answer: "mistake_answer",
  certainty: "mistake_certainty", index: "mistakes",
};

const rounded = (share) => perCent(Math.floor(100 * share)); // never 100 % for what is not quite certain

class Pictures extends View {
  constructor(root, parent) {
    super(root, parent);
    this.grid = element("div", { class: "grid figures", role: "group" });
    this.none = element("p", { class: "none", hidden: true });
    root.replaceChildren(this.grid, this.none);
    this.cards = [];
  }

  configured() {
    label(this.grid, this.config.label ?? "");
    write(this.none, this.config.none ?? "");
    this.shown = null; // the theme may have changed: paint the pictures again
  }

  draw() {
    const { config, player } = this;
    if (!config) return;
    const names = { ...DEFAULTS, ...config };
    const moment = player.latest(names.pictures);
    if (!moment || moment === this.shown) return;
    this.shown = moment;
    const read = (name) => moment.arrays[names[name]]?.data ?? [];
    const [numbers, truth, answer, certainty] = ["index", "truth", "answer", "certainty"].map(read);
    const [count, height, width] = moment.arrays[names.pictures].shape;
    const real = Array.from({ length: count }, (_, i) => i).filter((i) => (numbers[i] ?? 0) >= 0);
    this.none.hidden = real.length > 0;
    while (this.cards.length < real.length) this.cards.push(this.#card());
    while (this.cards.length > real.length) this.cards.pop().button.remove();
    real.forEach((i, place) => {
      const pixels = read("pictures").subarray(i * width * height, (i + 1) * width * height);
      this.#fill(this.cards[place], { pixels, width, height, number: numbers[i] ?? i,
        truth: config.classes[truth[i]], answer: config.classes[answer[i]], certainty: certainty[i] });
    });
  }

  #card() {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const verdict = element("span", { class: "verdict" });
    const certainty = element("span", { class: "certainty" });
    const button = element("button", { type: "button" }, canvas, verdict, certainty);
    this.grid.append(button);
    return { button, canvas, verdict, certainty };
  }

  #fill(card, { pixels, width, height, number, truth, answer, certainty }) {
    const most = pixels instanceof Uint8Array ? 255 : 1;
    const { background, text } = this.colours; // ink on paper, as everywhere
    paint(card.canvas, pixels, width, height, (value) => mix(background, text, value / most));
    write(card.verdict, `${truth} → ${answer}`);
    write(card.certainty, Number.isFinite(certainty) ? rounded(certainty) : "");
    const said = fill(this.config.describe, { truth, answer, certainty: rounded(certainty) });
    label(card.button, said);
    card.button.title = said;
    card.button.setAttribute("aria-pressed", String(this.config.chosen === number));
    card.button.onclick = () => this.tell("picture", { number });
  }
}

export default instances("pictures", (root, parent) => new Pictures(root, parent));
