// How the network looks: links as wide as their weights, units as windows on their own maps.

import { paint } from "../dlviz.maps/drawing.js";
import { window } from "../dlviz.plane/picture.js";

const SIDE = 24; // cells a side of an input's own map
const ZERO = 128; // a unit's map holds 1 to 255 around it
const WIDEST = 7; // pixels of a link; it grows by 1.5 for each 1 of its weight
const FLOW = 9; // pixels between two dots of what flows along a link
const OFF = 0.34; // how much is seen of an input that is off

const INPUTS = {
  x1: (x) => x / 6,
  x2: (x, y) => y / 6,
  x1_squared: (x) => (x * x) / 36,
  x2_squared: (x, y) => (y * y) / 36,
  x1_x2: (x, y) => (x * y) / 36,
  sin_x1: (x) => Math.sin(x),
  sin_x2: (x, y) => Math.sin(y),
};

const SHADES = 128; // steps of a link's colour to either side of zero

const paths = new WeakMap(); // layout -> its links with their curves
const shades = new WeakMap(); // theme -> step -> colour
const sheets = new Map(); // name of an input, ramp -> its map as a canvas, painted once

/** Return the map of an input over the plane, as a canvas. */
export function inputMap(name, ramp) {
  const known = sheets.get(name);
  if (known?.ramp === ramp) return known.canvas;
  const middle = (i) => (((i + 0.5) / SIDE) * 2 - 1) * 6;
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, i) => INPUTS[name](middle(i % SIDE), -middle(Math.floor(i / SIDE))));
  const canvas = document.createElement("canvas");
  paint(canvas, values, SIDE, SIDE, ramp, -1, 1);
  sheets.set(name, { ramp, canvas });
  return canvas;
}

/** Paints the maps of hidden units, one below the other, onto one sheet: a canvas for each would take ten times as long. */
export class UnitMaps {
  constructor() {
    this.sheet = document.createElement("canvas");
    this.tiles = [];
  }

  /** Return {sheet, y, side} for each unit, layer by layer; fewer where the moment holds none. */
  paint(array, ramp) {
    if (!array?.shape[0]) return [];
    const [units, side] = array.shape;
    if (this.painted !== array || this.ramp !== ramp) paint(this.sheet, array.data, units * side, side, ramp, 1, 2 * ZERO - 1);
    Object.assign(this, { painted: array, ramp });
    if (this.tiles.length !== units) this.tiles = Array.from({ length: units }, (_, i) => ({ sheet: this.sheet, y: i * side, side }));
    return this.tiles;
  }
}

// -------------------------------------------------------------------------------------------- links

/** Draw all links; `flow` moves the dots of a step forward (positive) or back along them, 0 draws none. */
export function drawLinks(context, view, layout, parameters, flow) {
  const { focus, theme } = view;
  context.lineCap = "round";
  for (const { link, path } of pathsOf(layout)) {
    const weight = parameters.weight(...link);
    context.lineWidth = Math.min(WIDEST, 1 + 1.5 * Math.abs(weight));
    const strong = concerns(focus, layout, link);
    context.globalAlpha = strong ? 0.35 + 0.6 * Math.min(1, Math.abs(weight)) : 0.1;
    context.strokeStyle = colourOf(theme, weight);
    context.stroke(path);
    if (flow !== null && strong && Math.abs(weight) > 0.05) dots(context, view, path, weight, flow);
  }
  context.globalAlpha = 1;
}

/** All links of a layout, each with its curve, made once. */
function pathsOf(layout) {
  if (!paths.has(layout)) paths.set(layout, Array.from(layout.links(), (link) => ({ link, path: pathOf(layout.curve(...link)) })));
  return paths.get(layout);
}

function pathOf([start, first, second, end]) {
  const path = new Path2D();
  path.moveTo(...start);
  path.bezierCurveTo(...first, ...second, ...end);
  return path;
}

/** The colour of a link, in steps too fine to be seen: as text it is made once. */
function colourOf(theme, weight) {
  if (!weight) return theme.css(theme.faint);
  const level = Math.round(SHADES * Math.sign(weight) * Math.min(1, 0.35 + Math.abs(weight)));
  if (!shades.has(theme)) shades.set(theme, new Map());
  const known = shades.get(theme);
  if (!known.has(level)) known.set(level, theme.css(theme.signed(level / SHADES)));
  return known.get(level);
}

/** What is carried along a link: the larger the weight, the larger the dots. */
function dots(context, { theme }, path, weight, flow) {
  context.setLineDash([0.01, FLOW]);
  context.lineDashOffset = -flow * FLOW;
  context.lineWidth = Math.min(3.5, 1.2 + Math.abs(weight));
  context.globalAlpha = 0.8;
  context.strokeStyle = theme.css(theme.background);
  context.stroke(path);
  context.setLineDash([]);
}

/** Whether a link touches what the reader points at; everything does where the reader points at nothing. */
function concerns(focus, layout, [layer, to, from]) {
  if (!focus || focus.map) return true;
  if (focus.link) return String(focus.link) === String([layer, to, from]);
  const [mine, index] = focus.unit ?? focus.bias;
  const start = layer ? from : layout.active[from];
  return (layer === mine && start === index) || (layer + 1 === mine && to === index);
}

// -------------------------------------------------------------------------------------------- units

/** Draw every unit as a window on its map; `maps` are those of the hidden units, in order. */
export function drawUnits(context, view, layout, maps, parameters) {
  let number = 0;
  layout.columns.forEach((column, layer) => column.forEach(([x, y], index) => {
    const [mine, place] = view.focus?.unit ?? view.focus?.bias ?? [];
    const chosen = mine === layer && place === index;
    const input = layer === 0 ? view.header.inputs[index] : null;
    context.globalAlpha = input && !layout.active.includes(index) ? OFF : 1;
    const map = input ? inputMap(input.name, view.theme.ramps.soft) : maps[number++];
    window(context, view.theme, map, x - layout.node / 2, y - layout.node / 2, layout.node, 7, chosen, view.theme.accent);
    context.globalAlpha = 1;
    if (layer) drawBias(context, view, layout.bias(layer, index), parameters.bias(layer, index));
  }));
  drawMouths(context, view, layout);
  layout.mouths.forEach((_, index) => drawBias(context, view, layout.bias(layout.last + 1, index), parameters.bias(layout.last + 1, index)));
}

function drawBias(context, { theme }, [x, y, side], value) {
  context.beginPath();
  context.roundRect(x, y, side, side, 2);
  context.fillStyle = theme.css(theme.signed(Math.max(-1, Math.min(1, value))));
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = theme.css(theme.mix(theme.background, theme.text, 0.45));
  context.stroke();
}

/** Where the last links end: one mark for each class where there are more than two. */
function drawMouths(context, { theme }, { mouths }) {
  if (mouths.length < 2) return;
  mouths.forEach(([x, y], place) => {
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.fillStyle = theme.css(theme.classes[place]);
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = theme.css(theme.background);
    context.stroke();
  });
}
