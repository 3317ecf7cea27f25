// Many seeds: two charts with the bands of all seeds, and a dot for how each of them ended. The seed that is pointed at
// stands out in both charts; a click puts its run on the stage.
//
// Data (packed): header {count, total: epochs in all, splits: [{name, label}], judged: split of the dots, percent,
// solved_from, stage: seed or null, words: {x, titles, y, charts: {loss, score}, read, epoch_at, strip, "strip.…",
// kinds}}, arrays epochs (E,), and for every split and for loss and score "<split>_<what>" (S, E) and ".../band" (3, E):
// what 10, 50 and 90 % of the seeds stay below. No number where a seed has diverged.
//
// State: open {seed}.

import { sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, revealStyled } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { Bands } from "./bands.js";
import { Strip } from "./strip.js";

class Seeds {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.charts = [new Bands("loss"), new Bands("score")];
    this.strip = new Strip({
      choose: (seed) => this.charts.forEach((chart) => chart.choose(seed)),
      open: (seed) => this.send("open", { seed }),
    });
    root.replaceChildren(element("div", { class: "charts" }, ...this.charts.map((chart) => chart.node)), this.strip.node);
    this.close = onResize(root, () => this.draw());
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const theme = themeOf(this.root);
    for (const part of [this.strip, ...this.charts]) part.update(header, arrays, theme);
  }

  draw() {
    for (const part of [...this.charts, this.strip]) part.draw();
  }
}

export default instances("seeds", (root, parent) => new Seeds(root, parent));
