// Heat: one picture of numbers, each cell a colour, with the scale under it and the value that the pointer is on.
//
// Data (packed): header {ramp: "grey" | "signed" | "sequential", words: {label, value: "row {row}, column {column}:
// {value}"}}, array values (H, W) float32. Signed values are scaled symmetrically around zero.

import { extent, paint, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { mix, sequential } from "../dlviz.player/colours.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const LEVELS = 256;

export default instances("heat", (root, parent) => {
  const view = {
    root,
    canvas: element("canvas", { role: "img", tabindex: 0 }),
    said: element("p", { class: "said figures", "aria-live": "polite" }),
    ramp: element("canvas", { "aria-hidden": "true" }),
    low: element("span"),
    high: element("span"),
    at: null,
  };
  const scale = element("div", { class: "scale figures" }, view.low, view.ramp, view.high);
  root.replaceChildren(view.canvas, scale, view.said);
  listen(view);
  revealStyled(parent, root);
  return { update: ({ data }) => data instanceof Uint8Array && update(view, data), close() {} };
});

function update(view, data) {
  const { header, arrays } = unpack(data);
  Object.assign(view, { header, values: arrays.values });
  const [height, width] = view.values.shape;
  const { low, high, most } = extent(view.values.data);
  const signed = header.ramp === "signed";
  const [from, to] = signed ? [-most, most] : [Math.min(0, low), header.ramp === "grey" ? Math.max(1, high) : high];
  const pixels = rampOf(header.ramp, themeOf(view.root));
  paint(view.canvas, view.values.data, height, width, pixels, from, to);
  paint(view.ramp, Float32Array.from({ length: LEVELS }, (_, i) => i), 1, LEVELS, pixels, 0, LEVELS - 1);
  write(view.low, significant(from));
  write(view.high, significant(to));
  label(view.canvas, header.words.label);
  tell(view);
}

function rampOf(name, theme) {
  if (name === "signed") return theme.ramps.signed;
  if (name === "grey") return theme.ramps.ink;
  return Uint32Array.from({ length: LEVELS }, (_, i) => {
    const share = i / (LEVELS - 1);
    // nothing at all is the page itself; then along cividis
    const [r, g, b] = mix(theme.neutral, sequential(share, theme), Math.min(1, 6 * share)).map(Math.round);
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
}

function listen(view) {
  const { canvas } = view;
  canvas.onpointermove = canvas.onpointerdown = (event) => {
    const box = canvas.getBoundingClientRect();
    const [height, width] = view.values?.shape ?? [1, 1];
    const clamp = (share, count) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    view.at = [clamp((event.clientY - box.top) / box.height, height), clamp((event.clientX - box.left) / box.width, width)];
    tell(view);
  };
  canvas.onpointerleave = () => { view.at = null; tell(view); };
  canvas.onkeydown = (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step || !view.values) return;
    event.preventDefault();
    event.stopPropagation();
    const now = view.at ?? [0, 0];
    view.at = now.map((place, axis) => Math.max(0, Math.min(view.values.shape[axis] - 1, place + step[axis])));
    tell(view);
  };
}

function tell(view) {
  if (!view.at || !view.values) return write(view.said, "\u00a0");
  const [row, column] = view.at;
  const value = significant(view.values.data[row * view.values.shape[1] + column]);
  return write(view.said, fill(view.header.words.value, { row, column, value }));
}
