// The large map: what the network (or the unit that is pointed at) says at every point of the plane, and the points.

import { paint, themeOf } from "../dlviz.maps/drawing.js";
import { window } from "../dlviz.plane/picture.js";

const TURN = 2 * Math.PI;
const CERTAIN = 63; // the highest certainty in a map of several classes
const SOFT = 0.62; // how much of a class's colour the ground behind the points has at most

/** The ground and the points as two pictures that are painted only when what they show changes. */
export class Surface {
  constructor() {
    this.ground = document.createElement("canvas");
    this.dots = document.createElement("canvas");
    this.drawn = {};
  }

  /** Draw the map of a moment, or of a unit where `unit` is its canvas, into the place that the layout gives it. */
  draw(context, view, layout, moment, unit) {
    const { x, y, side } = layout.map;
    window(context, view.theme, unit ?? this.#ground(view, moment), x + 1, y + 1, side - 2, 12, false);
    context.save();
    context.beginPath();
    context.roundRect(x + 1, y + 1, side - 2, side - 2, 12);
    context.clip();
    context.drawImage(this.#points(view, side), x, y, side, side);
    if (view.lit) rings(context, view, x, y, side, moment?.arrays.batch?.data);
    context.restore();
  }

  #ground(view, moment) {
    const { theme, discrete } = view;
    const state = [moment, theme, discrete, view.kind];
    if (same(this.drawn.ground, state)) return this.ground;
    this.drawn.ground = state;
    const map = moment?.arrays.output_map;
    if (!map) return null;
    const [height, width] = map.shape;
    if (view.kind === "classes") paintClasses(this.ground, map, theme, discrete);
    else paint(this.ground, discrete ? map.data.map((one) => (one < 128 ? 1 : 255)) : map.data, height, width, theme.ramps.soft, 1, 255);
    return this.ground;
  }

  #points(view, side) {
    const state = [view.points, view.theme, view.shown, side, view.kind];
    if (same(this.drawn.points, state)) return this.dots;
    this.drawn.points = state;
    const dots = globalThis.devicePixelRatio || 1;
    this.dots.width = this.dots.height = Math.round(side * dots);
    const context = this.dots.getContext("2d");
    context.setTransform(dots, 0, 0, dots, 0, 0);
    const { labels, splits } = view.points;
    labels.forEach((label, i) => {
      if (splits[i] && !view.shown) return;
      dot(context, view, label, ...placeOf(view, i, side), side > 300 ? 3.6 : 3, Boolean(splits[i]));
    });
    return this.dots;
  }
}

const same = (one, other) => Boolean(one) && one.every((value, i) => value === other[i]);

/** The pixels from the corner of a map of that side at which point `i` stands. */
export function placeOf({ points, header }, i, side) {
  const { data } = points;
  return [(data[2 * i] / header.extent + 1) * side / 2, (1 - data[2 * i + 1] / header.extent) * side / 2];
}

/** Paint a map of more than two classes: each cell has the colour of the most probable, the stronger the surer. */
export function paintClasses(canvas, map, theme, discrete = false) {
  const [height, width] = map.shape;
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const out = new Uint32Array(image.data.buffer);
  for (let i = 0; i < out.length; i += 1) out[i] = theme.classRamps[map.data[i] >> 6][discrete ? CERTAIN : map.data[i] & CERTAIN];
  context.putImageData(image, 0, 0);
}

/** The theme, its classes in the order of two classes on the signed ramp, so that a third one changes no colour. */
export function themeOfClasses(root) {
  const theme = themeOf(root);
  const [blue, orange, ...others] = theme.classes;
  const classes = [orange, blue, ...others];
  return { ...theme, classes, classRamps: classRamps({ ...theme, classes }) };
}

/** For each class its ramp from the theme's neutral to its colour, as packed pixels. */
function classRamps(theme) {
  return theme.classes.slice(0, 4).map((colour) => Uint32Array.from({ length: CERTAIN + 1 }, (_, level) => {
    const [red, green, blue] = theme.mix(theme.neutral, colour, (SOFT * level) / CERTAIN).map(Math.round);
    return (255 << 24) | (blue << 16) | (green << 8) | red;
  }));
}

/** The colour of a label: of its class, or of its number from -1 to 1. */
export function colourOf({ theme, kind }, label) {
  if (kind === "classes") return theme.classes[label] ?? theme.text;
  return theme.signed(kind === "number" ? Math.max(-1, Math.min(1, label)) : label ? 1 : -1);
}

/** A point: filled where the network learns from it, hollow where it is kept aside; each class has its own shape. */
export function dot(context, view, label, x, y, size, aside) {
  const { theme } = view;
  const edge = theme.css(theme.dark ? [14, 17, 23] : [255, 255, 255]);
  const colour = theme.css(colourOf(view, label));
  context.beginPath();
  outline(context, view.kind === "number" ? 0 : label, x, y, aside ? size * 0.9 : size);
  context.lineWidth = aside ? 3.4 : 2;
  context.strokeStyle = edge;
  context.stroke();
  context.fillStyle = aside ? edge : colour;
  context.fill();
  if (!aside) return;
  context.lineWidth = 1.6;
  context.strokeStyle = colour;
  context.stroke();
}

/** Circle, square, triangle, diamond: the shapes of the classes. */
export function outline(context, shape, x, y, size) {
  const rows = { 1: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], 2: [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]], 3: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] }[shape];
  if (!rows) return context.arc(x, y, size, 0, TURN);
  rows.forEach(([dx, dy], i) => context[i ? "lineTo" : "moveTo"](x + dx * size, y + dy * size));
  return context.closePath();
}

/** Rings around the points that the last update learnt from. */
function rings(context, view, x, y, side, batch) {
  context.lineWidth = 2;
  context.strokeStyle = view.theme.css(view.theme.text);
  for (const place of batch ?? []) {
    const i = view.points.training[place];
    if (i === undefined) continue;
    const [dx, dy] = placeOf(view, i, side);
    context.beginPath();
    context.arc(x + dx, y + dy, 7, 0, TURN);
    context.stroke();
  }
}
