// Heat: one picture of numbers, each cell a colour, with the scale under it and the value that the pointer is on.
//
// Data (packed): header {ramp, bare, words: {label, value}}, array values (H, W) float32. ramp: "grey" (ink on paper, up to
// 1 at least), "signed" (the same colours as far below zero as above it) or "sequential" (from zero on, along cividis).
// bare: a small picture to recognise, without the scale and the value. The word value has {row}, {column} and {value}.
// Arrow keys move from cell to cell, with shift by five.

import { extent, paint, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const LEVELS = Float32Array.from({ length: 256 }, (_, level) => level);
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export default instances("heat", (root, parent) => {
  const view = {
    canvas: element("canvas"),
    mark: element("span", { class: "mark", hidden: true }),
    ramp: element("canvas", { class: "ramp", "aria-hidden": "true" }),
    low: element("span"),
    high: element("span"),
    said: element("p", { class: "said figures", "aria-live": "polite" }),
    at: null, // [row, column] of the cell that is read out
  };
  view.picture = element("div", { class: "picture", role: "application", tabindex: 0 }, view.canvas, view.mark);
  root.replaceChildren(view.picture, element("div", { class: "scale figures" }, view.ramp, view.low, view.high), view.said);
  listen(view);
  revealStyled(parent, root);
  return { update: ({ data }) => data instanceof Uint8Array && update(view, root, data), close() {} };
});

function update(view, root, data) {
  const { header, arrays } = unpack(data);
  Object.assign(view, { words: header.words, values: arrays.values });
  const [height, width] = view.values.shape;
  const { low, high, pixels } = scaleOf(header.ramp, view.values.data, themeOf(root).ramps);
  paint(view.canvas, view.values.data, height, width, pixels, low, high);
  paint(view.ramp, LEVELS, 1, LEVELS.length, pixels, 0, LEVELS.length - 1);
  root.classList.toggle("bare", Boolean(header.bare));
  view.picture.style.aspectRatio = `${width} / ${height}`;
  write(view.low, significant(low));
  write(view.high, significant(high));
  label(view.picture, header.words.label);
  read(view, view.at);
}

/** Return which colours, as pixels, the values have, and which values the first and the last of them stand for. */
function scaleOf(ramp, values, ramps) {
  const { low, high, most } = extent(values);
  if (ramp === "signed") return { low: -most, high: most, pixels: ramps.signed };
  if (ramp === "grey") return { low, high: Math.max(1, high), pixels: ramps.ink };
  return { low, high, pixels: ramps.sequential };
}

function listen(view) {
  const { picture } = view;
  picture.onpointermove = picture.onpointerdown = (event) => read(view, under(view, event));
  // a finger that is lifted leaves what it found to be read
  picture.onpointerleave = (event) => event.pointerType !== "touch" && read(view, null);
  picture.onfocus = () => picture.matches(":focus-visible") && read(view, view.at ?? view.values?.shape.map((count) => count >> 1));
  picture.onblur = () => read(view, null);
  picture.onkeydown = (event) => key(view, event);
}

function under({ picture, values }, event) {
  const box = picture.getBoundingClientRect();
  return values?.shape.map((count, axis) => {
    const share = axis ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
    return within(Math.floor(share * count), count);
  });
}

const within = (place, count) => Math.max(0, Math.min(count - 1, place));

function key(view, event) {
  const step = STEPS[event.key];
  if (!step || !view.values || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const pace = event.shiftKey ? 5 : 1;
  const { shape } = view.values;
  const from = view.at ?? shape.map((count) => count >> 1);
  read(view, from.map((place, axis) => within(place + pace * step[axis], shape[axis])));
}

/** Frame the cell `at` and say its value; nothing where `at` is null or outside of the picture. */
function read(view, at) {
  const [height, width] = view.values?.shape ?? [0, 0];
  view.at = at && at[0] < height && at[1] < width ? at : null;
  view.mark.hidden = !view.at;
  if (!view.at) return write(view.said, "\u00a0"); // keeps its line
  const [row, column] = view.at;
  const share = (value, count) => `${(100 * value) / count}%`;
  Object.assign(view.mark.style, { top: share(row, height), left: share(column, width), height: share(1, height), width: share(1, width) });
  return write(view.said, fill(view.words.value, { row, column, value: significant(view.values.data[row * width + column]) }));
}
