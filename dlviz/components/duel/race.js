// The race: the training loss of both sides after every move so far, and, while a weight is held, where it would lead.

import { Axes } from "../dlviz.curves/axes.js";
import { mark } from "../dlviz.chart/marks.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";

const HEIGHT = 200;
const ROOM = 1.7; // times the largest and the smallest loss: between them there is always a round number to write
const LEAST = 1e-6; // loss, drawn as such below it
export const OWN = 2; // the marks and colours of the two sides, apart from those of the points
export const OTHER = 3;

const drawn = (loss) => Math.max(LEAST, loss);

export class Race {
  constructor() {
    this.name = element("p", { class: "note" });
    this.canvas = element("canvas", { role: "img" });
    this.node = element("div", { class: "race" }, this.name, this.canvas);
  }

  /** Draw the losses [number, …] of both, each from before the first move on; `held` is the loss of what is held, or null. */
  draw({ header, theme }, own, other, held) {
    write(this.name, header.words.race);
    label(this.canvas, header.words.race);
    const width = this.node.clientWidth;
    if (!width) return;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, width, HEIGHT);
    // the first moves win most: on a straight scale all that comes after them would be one line at the bottom
    const seen = [...own, ...other, ...(held === null ? [] : [held])].map(drawn);
    const y = [Math.min(...seen) / ROOM, Math.max(...seen) * ROOM];
    const axes = new Axes(context, width, HEIGHT, { x: [0, header.length], y, log: true, share: false, colours: theme, right: 10 });
    axes.top = 8; // the name of y stands above the picture
    axes.draw(header.words.race_x);
    const places = (losses) => losses.map((loss, move) => [axes.px(move), axes.py(drawn(loss))]);
    const [mine, theirs] = [places(own), places(other)];
    mark(context, theme, OTHER, theirs, theirs);
    if (held !== null) this.#held(context, theme, mine.at(-1), [axes.px(own.length), axes.py(drawn(held))]);
    mark(context, theme, OWN, mine, mine);
  }

  #held(context, theme, from, to) {
    context.setLineDash([4, 4]);
    context.globalAlpha = 0.7;
    mark(context, theme, OWN, [from, to], [to]);
    context.globalAlpha = 1;
    context.setLineDash([]);
  }
}
