// The data sets as small pictures in a row: one is chosen by a click, or with the arrow keys as in every group.

import { colourOf, outline } from "./surface.js";
import { element, label, sharpContext, write } from "../dlviz.player/elements.js";

const SIDE = 40;

export class Strip {
  constructor(choose) {
    this.choose = choose;
    this.title = element("span", { class: "title" });
    this.name = element("span", { class: "name" });
    this.row = element("div", { class: "sets", role: "radiogroup" });
    this.node = element("div", { class: "strip" }, element("div", { class: "heading" }, this.title, this.name), this.row);
    this.buttons = new Map();
  }

  /** Show `sets` [{name, label, kind}] with `chosen` on; `arrays` holds "<name>/points" and "<name>/labels" of those that are there. */
  update({ sets, chosen, words }, arrays, theme) {
    this.node.hidden = !sets.length;
    write(this.title, words.data);
    write(this.name, sets.find((one) => one.name === chosen)?.label ?? "");
    label(this.row, words.data);
    this.#lay(sets);
    for (const one of sets) this.#draw(one, one.name === chosen, arrays, theme);
  }

  #lay(sets) {
    const names = sets.map((one) => one.name).join();
    if (names === this.laid) return;
    this.laid = names;
    this.buttons.clear();
    for (const { name } of sets) {
      const canvas = element("canvas", { "aria-hidden": "true" });
      const button = element("button", { type: "button", role: "radio", "data-set": name, onclick: () => this.choose(name) }, canvas);
      button.onkeydown = (event) => this.#key(event, name);
      this.buttons.set(name, { button, canvas });
    }
    this.row.replaceChildren(...[...this.buttons.values()].map(({ button }) => button));
  }

  #draw({ name, label: text, kind }, on, arrays, theme) {
    const { button, canvas } = this.buttons.get(name);
    label(button, text);
    button.title = text;
    button.setAttribute("aria-checked", String(on));
    button.tabIndex = on ? 0 : -1;
    const points = arrays[`${name}/points`];
    const state = [points?.data.length, points?.data[0], theme, kind];
    if (canvas.state?.every((value, i) => value === state[i])) return;
    canvas.state = state;
    const context = sharpContext(canvas, SIDE, SIDE);
    if (!points) return name === "points" ? pencil(context, theme) : undefined;
    arrays[`${name}/labels`].data.forEach((value, i) => {
      const [x, y] = [(points.data[2 * i] / 6 + 1) * SIDE / 2, (1 - points.data[2 * i + 1] / 6) * SIDE / 2];
      context.beginPath();
      outline(context, kind === "number" ? 0 : value, x, y, 1.5);
      context.fillStyle = theme.css(colourOf({ theme, kind }, value));
      context.fill();
    });
    return undefined;
  }

  #key(event, name) {
    const turn = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!turn) return;
    const names = [...this.buttons.keys()];
    const next = names[(names.indexOf(name) + turn + names.length) % names.length];
    this.buttons.get(next).button.focus();
    this.choose(next);
    event.preventDefault();
    event.stopPropagation();
  }
}

/** The sign of one's own data: a pen. */
function pencil(context, theme) {
  context.strokeStyle = theme.css(theme.text);
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.translate(SIDE / 2, SIDE / 2);
  context.rotate(Math.PI / 4);
  context.strokeRect(-4, -13, 8, 19);
  context.beginPath();
  context.moveTo(-4, 6);
  context.lineTo(0, 14);
  context.lineTo(4, 6);
  context.stroke();
}
