// How the small network looks: links as wide as their weights, units as windows on their maps, the plane with its points.

import { paint } from "../dlviz.maps/drawing.js";

const SIDE = 24; // cells a side of an input's own map
const ZERO = 128; // a unit's map holds 1 to 255 around it
const WIDEST = 7; // pixels of a link; it grows by 1.5 for each 1 of its weight
const TURN = 2 * Math.PI;
const FINE = 50; // cells a side from which no cell of a map can be told on the screen

const sheets = new WeakMap(); // view -> one small canvas a map, kept and painted again

/** Return the maps of a moment as small canvases: {output, units}, null where there is nothing yet. */
export function pictures(view, moment) {
  const kept = sheets.get(view) ?? sheets.set(view, []).get(view);
  const sheet = (number) => (kept[number] ??= document.createElement("canvas"));
  const { soft } = view.theme.ramps;
  const inputs = [0, 1].map((axis) => painted(sheet(axis), coordinate(axis), SIDE, soft, -1, 1));
  const output = moment?.arrays.output_map;
  const units = moment?.arrays.unit_maps;
  const size = units ? units.shape[1] * units.shape[2] : 0;
  const hidden = Array.from({ length: units?.shape[0] ?? 0 }, (_, i) => painted(sheet(3 + i), units.data.subarray(i * size, (i + 1) * size), units.shape[1], soft, 1, 2 * ZERO - 1));
  return { units: [...inputs, ...hidden], output: output ? painted(sheet(2), output.data, output.shape[0], soft, 0, 255) : null };
}

function painted(canvas, values, side, pixels, low, high) {
  paint(canvas, values, side, side, pixels, low, high);
  return canvas;
}

/** The value of x₁ (axis 0) or x₂ (axis 1) over the plane, row 0 at the top. */
function coordinate(axis) {
  const middle = (i) => ((i + 0.5) / SIDE) * 2 - 1;
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => (axis === 0 ? middle(i % SIDE) : -middle(Math.floor(i / SIDE))));
}

// -------------------------------------------------------------------------------------------- links

export function drawLinks(context, view, at, weights) {
  const { focus, theme } = view;
  for (const link of at.links()) {
    const weight = weights.at(...link);
    const [start, first, second, end] = at.curve(...link);
    context.beginPath();
    context.moveTo(...start);
    context.bezierCurveTo(...first, ...second, ...end);
    context.lineWidth = Math.min(WIDEST, 1 + 1.5 * Math.abs(weight));
    context.lineCap = "round";
    context.globalAlpha = concerns(focus, link) ? 0.35 + 0.6 * Math.min(1, Math.abs(weight)) : 0.12;
    context.strokeStyle = theme.css(weight === 0 ? theme.faint : theme.signed(Math.sign(weight) * Math.min(1, 0.35 + Math.abs(weight))));
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Whether a link touches what the reader points at; everything does where the reader points at nothing. */
function concerns(focus, [layer, to, from]) {
  if (!focus) return true;
  if (focus.link) return String(focus.link) === String([layer, to, from]);
  const [mine, index] = focus.unit;
  return (layer === mine && from === index) || (layer + 1 === mine && to === index);
}

// -------------------------------------------------------------------------------------------- units

export function drawNodes(context, view, at, { units }) {
  let number = 0;
  at.columns.forEach((column, layer) => column.forEach(([x, y], index) => {
    const chosen = view.focus?.unit && view.focus.unit[0] === layer && view.focus.unit[1] === index;
    window(context, view.theme, units[number], x - at.node / 2, y - at.node / 2, at.node, 8, chosen);
    if (layer === 0) name(context, view, view.header.inputs[index], ...at.nameOf(x, y));
    number += 1;
  }));
}

/** A rounded window on a map (or on nothing yet); `focus` is the colour of its edge where it is the chosen one. */
export function window(context, theme, map, x, y, side, radius, chosen, focus = theme.text) {
  context.save();
  context.beginPath();
  context.roundRect(x, y, side, side, radius);
  context.fillStyle = theme.css(theme.neutral);
  context.fill();
  context.clip();
  if (map) spread(context, map, x, y, side);
  context.restore();
  context.beginPath();
  context.roundRect(x, y, side, side, radius);
  context.lineWidth = chosen ? 3 : 1.5;
  context.strokeStyle = theme.css(chosen ? focus : theme.mix(theme.background, theme.text, 0.28));
  context.stroke();
}

/** A map (a canvas, or {sheet, y, side}: a part of one) over a square; coarse ones are smoothed with more care. */
function spread(context, map, x, y, side) {
  context.imageSmoothingQuality = (map.side ?? map.width) < FINE ? "high" : "low";
  if (map.sheet) context.drawImage(map.sheet, 0, map.y, map.side, map.side, x, y, side, side);
  else context.drawImage(map, x, y, side, side);
}

function name(context, view, text, x, y) {
  context.font = `italic 400 15px ${view.theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillStyle = view.theme.css(view.theme.muted);
  context.fillText(text, x, y);
}

// -------------------------------------------------------------------------------------- the large map

export function drawLarge(context, view, at, { units, output }) {
  const { x, y, side } = at.map;
  const [layer, index] = view.focus?.unit ?? [];
  const before = at.columns.slice(0, layer ?? 0).reduce((sum, column) => sum + column.length, 0);
  const map = view.focus?.unit ? units[before + index] : output;
  window(context, view.theme, map, x + 1, y + 1, side - 2, 12, false);
  context.save();
  context.beginPath();
  context.roundRect(x + 1, y + 1, side - 2, side - 2, 12);
  context.clip();
  points(context, view, x, y, side);
  context.restore();
}

/** The points with their true class: orange circles say 0, blue squares say 1, as in the map below them. */
function points(context, view, x, y, side) {
  const { theme, points: places, labels, header } = view;
  const size = side > 300 ? 3.6 : 3;
  const colours = [-1, 1].map((sign) => theme.css(theme.signed(sign)));
  context.lineWidth = 1.4;
  context.strokeStyle = theme.css(theme.dark ? [14, 17, 23] : [255, 255, 255]);
  labels.forEach((label, i) => {
    const [px, py] = [x + ((places[2 * i] / header.extent + 1) / 2) * side, y + ((1 - places[2 * i + 1] / header.extent) / 2) * side];
    context.beginPath();
    if (label) context.rect(px - size * 0.9, py - size * 0.9, size * 1.8, size * 1.8);
    else context.arc(px, py, size, 0, TURN);
    context.fillStyle = colours[label ? 1 : 0];
    context.stroke();
    context.fill();
  });
}
