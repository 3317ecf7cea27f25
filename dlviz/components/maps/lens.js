// The lens: the map under the pointer or the focus, large, with the number of the cell pointed at.

import { outline, sentence, valuesOf } from "./board.js";
import { paint } from "./drawing.js";
import { element } from "../dlviz.player/elements.js";

export function createLens(view) {
  const canvas = element("canvas");
  const mark = element("span", { class: "mark" });
  const picture = element("div", { class: "picture" }, canvas, mark);
  const text = element("p", {});
  const root = element("div", { class: "lens", hidden: true, "aria-hidden": "true" }, picture, text);
  view.root.append(root);
  view.lens = { show: (map) => show(view, map, { root, canvas, mark, picture, text }), hide: () => { root.hidden = true; } };
}

function show(view, map, { root, canvas, mark, picture, text }) {
  const { low, high, ramp } = view.scales[map.stage.name];
  paint(canvas, valuesOf(view, map), map.height, map.width, ramp, low, high);
  picture.style.aspectRatio = `${map.width} / ${map.height}`;
  outline(mark, { top: map.cursor.row, left: map.cursor.column, height: 1, width: 1 }, map);
  text.textContent = sentence(view, map);
  root.hidden = false;
  place(view.root.getBoundingClientRect(), map.root.getBoundingClientRect(), root);
}

/** Put the lens beside the map: to its right where there is room, else to its left; above where the window ends. */
function place(whole, box, lens) {
  const size = lens.getBoundingClientRect();
  const right = box.right + 12 + size.width <= whole.right;
  const left = right ? box.right + 12 : Math.max(whole.left, box.left - size.width - 12);
  const top = Math.max(8, Math.min(box.top - 20, innerHeight - size.height - 8));
  lens.style.left = `${left - whole.left}px`;
  lens.style.top = `${top - whole.top}px`;
}
