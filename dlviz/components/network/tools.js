// One's own data: points set on the map, painted with a brush, erased, or dragged to another place.

import { element, label, write } from "../dlviz.player/elements.js";
import { paced } from "../dlviz.player/instances.js";
import { colourOf } from "./surface.js";

const KINDS = ["brush", "point", "erase", "move"];
const ERASED = 0.45; // reach of the eraser, on the plane
const GRASP = 0.5; // how near a point must be to be dragged
const SPREAD = 0.55; // of the brush
const EVERY = 45; // milliseconds between two points of the brush
const PACE = 150; // milliseconds between two states
const LEARNT = 60; // epochs that a dragged point is learnt for before the next place of it is: else no boundary would follow
const PATIENCE = 5000; // milliseconds that are waited for them at most

export class Tools {
  /** `tell(rows)` sends the points, [[x, y, label], …]; `changed()` asks for a new picture. */
  constructor(tell, changed) {
    Object.assign(this, { changed, kind: "brush", label: 0, rows: [], held: -1, last: 0, told: { run: null, when: 0 } });
    this.tell = paced(() => {
      this.late = false;
      this.told = { run: this.run, when: performance.now() };
      tell(this.rows);
    }, PACE);
    this.colours = element("div", { class: "group", role: "radiogroup" });
    this.kinds = element("div", { class: "group", role: "radiogroup" });
    this.clear = element("button", { type: "button", class: "chip", onclick: () => this.#empty() });
    this.count = element("span", { class: "muted figures" });
    this.node = element("div", { class: "tools", hidden: true }, this.colours, this.kinds, this.clear, this.count);
    this.buttons = KINDS.map((kind) => this.#choice(this.kinds, () => { this.kind = kind; }));
    this.classes = [0, 1, 2, 3].map((one) => this.#choice(this.colours, () => { this.label = one; if (this.kind === "erase" || this.kind === "move") this.kind = "brush"; }));
  }

  #choice(group, choose) {
    const button = element("button", { type: "button", class: "chip", role: "radio", onclick: () => { choose(); this.changed(); } });
    group.append(button);
    return button;
  }

  update(view) {
    const { header: { words, most_points: most } } = view;
    this.most = most;
    this.node.hidden = !view.painting;
    if (this.node.hidden) return;
    label(this.colours, words.paint_class);
    label(this.kinds, words.paint_tool);
    KINDS.forEach((kind, i) => {
      write(this.buttons[i], words[`paint_${kind}`]);
      this.buttons[i].setAttribute("aria-checked", String(this.kind === kind));
    });
    this.classes.forEach((button, i) => {
      label(button, words.classes[i]);
      button.title = words.classes[i];
      button.classList.add("swatch");
      button.style.background = view.theme.css(colourOf({ theme: view.theme, kind: "classes" }, i));
      button.setAttribute("aria-checked", String(this.label === i && (this.kind === "brush" || this.kind === "point")));
    });
    write(this.clear, words.paint_clear);
    write(this.count, words.paint_count.replace("{count}", this.rows.length).replace("{most}", most));
  }

  // ---------------------------------------------------------------------------------- the pointer

  /** The pointer went down, moved or came up at (x, y) on the plane. */
  down(x, y) {
    this.acting = true;
    if (this.kind === "move") this.held = this.#nearest(x, y, GRASP);
    this.last = 0;
    this.#act(x, y);
  }

  move(x, y) {
    if (this.acting) this.#act(x, y);
  }

  up() {
    if (!this.acting) return;
    this.acting = false;
    this.held = -1;
    this.tell();
  }

  #act(x, y) {
    if (this.kind === "erase") this.#set(this.rows.filter(([px, py]) => Math.hypot(px - x, py - y) > ERASED));
    else if (this.kind === "move" && this.held >= 0) this.#set(this.rows.map((row, i) => (i === this.held ? [x, y, row[2]] : row)), true);
    else if (this.kind === "point" && !this.last) this.#add(x, y);
    else if (this.kind === "brush" && performance.now() - this.last > EVERY) {
      const [angle, far] = [Math.random() * 2 * Math.PI, SPREAD * Math.sqrt(Math.random())];
      this.#add(x + far * Math.cos(angle), y + far * Math.sin(angle));
    }
  }

  #add(x, y) {
    this.last = performance.now();
    const inside = (value) => Math.max(-5.95, Math.min(5.95, value));
    if (this.rows.length < this.most) this.#set([...this.rows, [inside(x), inside(y), this.label]]);
  }

  #set(rows, moved = false) {
    if (rows.length === this.rows.length && !moved) return;
    this.rows = rows;
    this.late = moved;
    this.changed();
  }

  /** Tell where a dragged point is by now, once the network has learnt from where it was: `player` shows how far it is. */
  follow(player) {
    this.run = player.track?.run ?? null;
    if (!this.late || !this.acting) return;
    const learnt = this.run !== this.told.run && (!player.playing || player.track.ended || (player.moment?.epoch ?? 0) >= LEARNT);
    if (learnt || this.told.run === null || performance.now() - this.told.when > PATIENCE) this.tell();
  }

  #empty() {
    this.rows = [];
    this.changed();
    this.tell();
  }

  #nearest(x, y, reach) {
    let [found, least] = [-1, reach];
    this.rows.forEach(([px, py], i) => {
      const far = Math.hypot(px - x, py - y);
      if (far < least) [found, least] = [i, far];
    });
    return found;
  }
}
