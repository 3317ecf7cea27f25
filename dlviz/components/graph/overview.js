// The whole graph in small, where only a part of it is on screen: it shows which part, and one moves along by it.

import { css, signed } from "../dlviz.player/colours.js";
import { label } from "../dlviz.player/elements.js";
import { svg } from "./picture.js";

const LEAST = 3; // pixels of a box, so that it can be seen

export class Overview {
  /** `go(x, y)` is told which place of the graph shall be in the middle of the screen. */
  constructor(go) {
    this.boxes = svg("g");
    this.window = svg("rect", { class: "window" });
    this.node = svg("svg", { class: "overview", preserveAspectRatio: "none", role: "img" }, this.boxes, this.window);
    const move = (event) => {
      if (!event.buttons) return;
      event.preventDefault();
      const { left, top, width, height } = this.node.getBoundingClientRect();
      go(((event.clientX - left) / width) * this.size[0], ((event.clientY - top) / height) * this.size[1]);
    };
    this.node.addEventListener("pointerdown", (event) => { this.node.setPointerCapture?.(event.pointerId); move(event); });
    this.node.addEventListener("pointermove", move);
  }

  /** Draw the boxes anew, as the picture has them. */
  build({ places, parts, width, height, down }) {
    this.size = [width, height];
    this.node.classList.toggle("down", down && height > width); // a wide one lies below the picture
    this.node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.rects = parts.map(({ wide, tall }, i) => svg("rect", { x: places[i][0] - wide / 2, y: places[i][1] - tall / 2, width: wide, height: Math.max(tall, LEAST) }));
    this.boxes.replaceChildren(...this.rects);
  }

  /** Frame the part that is on screen; where that is all of it, there is nothing to show. */
  stand({ x, y, k, room }) {
    const [width, height] = this.size;
    const [left, top] = [-x / k, -y / k].map((place) => Math.max(0, place));
    const [right, bottom] = [Math.min(width, (room[0] - x) / k), Math.min(height, (room[1] - y) / k)];
    this.node.toggleAttribute("hidden", right - left > width - 1 && bottom - top > height - 1);
    const place = { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
    for (const [name, value] of Object.entries(place)) this.window.setAttribute(name, value);
  }

  /** Colour each box by its gradient, as the picture does; what is not known yet is grey. */
  draw({ view, walk, stop, gradients, locals, bug, scale, theme, words }) {
    for (const item of view.items) {
      const found = walk.gathered(item, stop, gradients, locals, bug);
      this.rects[item.place].style.fill = css(found ? signed(scale ? found.sum / scale : 0, theme) : theme.faint);
    }
    label(this.node, words.overview);
  }
}
