// How the units and their sum are drawn: points, thin lines, the strong line, and where units bend.

import { added } from "./forward.js";
import { HIGHEST as PEN_REACH } from "./pen.js";
import { Axes } from "../dlviz.curves/axes.js";
import { css, NEGATIVE, POSITIVE } from "../dlviz.player/colours.js";
import { rem, sharpContext } from "../dlviz.player/elements.js";

const REACH = 1.6; // how far the picture goes up and down
const RATIO = 0.52; // height of the picture, of its width
const [LOWEST, HIGHEST] = [300, 460];

/** Draw all of it and return the axes. */
export function drawUnits(view) {
  const { canvas, width, colours, header, parts } = view;
  const height = Math.round(Math.max(LOWEST, Math.min(HIGHEST, width * RATIO)));
  canvas.style.height = `${height}px`;
  const context = sharpContext(canvas, width, height);
  const axes = new Axes(context, width, height, { x: [-1, 1], y: [-REACH, REACH], log: false, share: false, colours, right: 12 });
  axes.draw(header.words.x);
  Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(colours.muted) });
  context.fillText(header.words.y, axes.left + 4, 0);
  context.save();
  context.beginPath();
  context.rect(axes.left, axes.top - 2, axes.right - axes.left, axes.bottom - axes.top + 2);
  context.clip();
  if (view.drawing) outside(axes, colours);
  zero(axes, colours);
  points(view, axes);
  if (parts && !view.drawing) each(view, axes);
  if (view.curve) answer(view, axes);
  if (parts && !view.drawing) bends(view, axes);
  context.restore();
  return axes;
}

// Where the pen does not reach.
function outside(axes, colours) {
  const { context } = axes;
  const edges = [axes.py(PEN_REACH), axes.py(-PEN_REACH)];
  context.fillStyle = css(colours.muted, 0.12);
  context.fillRect(axes.left, axes.top - 2, axes.right - axes.left, edges[0] - axes.top + 2);
  context.fillRect(axes.left, edges[1], axes.right - axes.left, axes.bottom - edges[1]);
}

function zero(axes, colours) {
  const { context } = axes;
  const y = Math.round(axes.py(0)) + 0.5;
  Object.assign(context, { strokeStyle: css(colours.muted, 0.55), lineWidth: 1 });
  context.beginPath();
  context.moveTo(axes.left, y);
  context.lineTo(axes.right, y);
  context.stroke();
}

function points({ points: { train, validation }, pen, drawing, colours }, axes) {
  const { context } = axes;
  const shown = drawing ? pen.points : train;
  context.fillStyle = css(drawing ? colours.accent : colours.muted, drawing ? 0.9 : 0.75);
  for (const [x, y] of shown) circle(context, axes.px(x), axes.py(y), 3.25).fill();
  context.strokeStyle = css(colours.muted, 0.75);
  context.lineWidth = 1.5;
  for (const [x, y] of drawing ? [] : validation) circle(context, axes.px(x), axes.py(y), 3).stroke();
}

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  return context;
}

// Every unit's own line: those that are not meant stand back.
function each({ parts: { rows, weights }, order, unit, count }, axes) {
  const inside = new Set(count === null ? order : order.slice(0, count));
  const usual = Math.max(0.22, Math.min(0.7, 6 / rows.length));
  const last = count ? order[count - 1] : null;
  order.forEach((one) => {
    if (!inside.has(one) || one === unit || one === last) return;
    const strength = unit === null && last === null ? usual : usual * 0.5;
    line(axes, rows[one], css(weights[one] < 0 ? NEGATIVE : POSITIVE, strength), 1.25);
  });
  for (const one of new Set([last, unit].filter((chosen) => chosen !== null))) {
    line(axes, rows[one], css(weights[one] < 0 ? NEGATIVE : POSITIVE), 3);
  }
}

// The network's answer; where units are added up one by one, their sum so far before it.
function answer({ curve, parts, order, count, colours, drawing }, axes) {
  const partial = parts && count !== null && !drawing;
  line(axes, curve, css(colours.text, partial || drawing ? 0.3 : 0.92), partial || drawing ? 1.5 : 2.75, partial ? [5, 4] : []);
  if (partial) line(axes, added(parts.rows, order, parts.bias, count), css(colours.text, 0.92), 2.75);
}

function line(axes, values, style, width, dash = []) {
  const { context } = axes;
  const across = (i) => axes.px((2 * i) / (values.length - 1) - 1);
  Object.assign(context, { strokeStyle: style, lineWidth: width, lineJoin: "round" });
  context.setLineDash(dash);
  context.beginPath();
  values.forEach((value, i) => context.lineTo(across(i), axes.py(Math.max(-9, Math.min(9, value)))));
  context.stroke();
  context.setLineDash([]);
}

// Where each unit's own sum is zero: there a ReLU bends, and a sigmoid is steepest.
function bends({ parts: { starts, weights }, unit, order, count }, axes) {
  const { context } = axes;
  const long = 0.625 * rem();
  const inside = new Set(count === null ? order : order.slice(0, count));
  starts.forEach((start, one) => {
    const x = start ? -start.bias / start.weight : NaN;
    if (!(Math.abs(x) <= 1) || !inside.has(one)) return;
    context.strokeStyle = css(weights[one] < 0 ? NEGATIVE : POSITIVE, unit === null || unit === one ? 0.95 : 0.35);
    context.lineWidth = unit === one ? 3 : 1.75;
    context.beginPath();
    context.moveTo(axes.px(x), axes.bottom);
    context.lineTo(axes.px(x), unit === one ? axes.top : axes.bottom - long);
    if (unit === one) context.setLineDash([3, 4]);
    context.stroke();
    context.setLineDash([]);
  });
}
