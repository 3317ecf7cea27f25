// The curves over all thresholds, and the picture of reliability.

import { Axes } from "../dlviz.curves/axes.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext, through } from "../dlviz.player/elements.js";
import { whole } from "../dlviz.player/numbers.js";
import { logit } from "./measures.js";

const RATIO = 0.86;
const TALLEST = 300;
const DASH = [4, 4];
const ROOM = 0.03; // beyond 0 and 1, so that lines along the edges are seen whole

function plot(canvas, look) {
  const width = canvas.clientWidth;
  if (!width) return null;
  const height = Math.min(TALLEST, Math.round(width * RATIO));
  canvas.style.height = `${height}px`;
  const context = sharpContext(canvas, width, height);
  const { colours, names: [x, y] } = look;
  const axes = new Axes(context, width, height, { x: [-ROOM, 1 + ROOM], y: [-ROOM, 1 + ROOM], log: false, share: false, colours, right: 8 });
  axes.draw(x);
  Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(colours.muted) });
  context.fillText(y, 0, 0);
  return axes;
}

function line(axes, points, style, width, dash = []) {
  const { context } = axes;
  through(context, points.map(([x, y]) => [axes.px(x), axes.py(y)]));
  Object.assign(context, { strokeStyle: style, lineWidth: width, lineJoin: "round" });
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

function dot(axes, x, y, colours, size, style) {
  const { context } = axes;
  context.beginPath();
  context.arc(axes.px(x), axes.py(y), size, 0, 7);
  Object.assign(context, { fillStyle: style, strokeStyle: css(colours.background), lineWidth: 2 });
  context.fill();
  context.stroke();
}

/** The point of a curve that a threshold picks: the last one whose sums are still above it. */
const picked = (points, threshold) => points.findLast(({ z }) => z > logit(threshold)) ?? null;

/** Draw a curve of rates and the point of the threshold; chance is the diagonal, or level at `share`. Return the axes. */
export function drawRates(canvas, points, threshold, share, look) {
  const axes = plot(canvas, look);
  if (!axes || !points.length) return axes;
  const { colours, accent } = look;
  const { context } = axes;
  line(axes, share === null ? [[0, 0], [1, 1]] : [[0, share], [1, share]], css(colours.muted), 1.25, DASH);
  const path = points.map(({ x, y }) => [x, y]);
  through(context, [[path[0][0], 0], ...path, [path.at(-1)[0], 0]].map(([x, y]) => [axes.px(x), axes.py(y)]));
  context.fillStyle = css(colours.accent, 0.1);
  context.fill();
  line(axes, path, accent, 2.25);
  const here = picked(points, threshold);
  if (here) dot(axes, here.x, here.y, colours, 7, css(colours.text));
  return axes;
}

/** Draw for each tenth of P how often it came true, over how many rows are in it. */
export function drawReliability(canvas, rows, threshold, look) {
  const axes = plot(canvas, look);
  if (!axes) return;
  const { colours, accent } = look;
  const { context } = axes;
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const [floor, tall] = [axes.py(0), 0.3 * (axes.py(0) - axes.py(1))];
  Object.assign(context, { textAlign: "center", textBaseline: "bottom", font: `${axes.size}px ${colours.font}` });
  rows.forEach(({ count }, i) => {
    if (!count) return;
    const [left, right, height] = [axes.px(i / rows.length), axes.px((i + 1) / rows.length), Math.max(1, (count / most) * tall)];
    context.fillStyle = css(colours.text, 0.13);
    context.fillRect(left + 1, floor - height, right - left - 2, height);
    context.fillStyle = css(colours.muted);
    if (right - left > 1.2 * axes.size) context.fillText(whole(count), (left + right) / 2, floor - height - 1);
  });
  line(axes, [[0, 0], [1, 1]], css(colours.muted), 1.25, DASH);
  line(axes, [[threshold, 0], [threshold, 1]], css(colours.text, 0.45), 1);
  const known = rows.filter(({ count }) => count);
  line(axes, known.map(({ x, y }) => [x, y]), accent, 1.75);
  for (const { x, y } of known) dot(axes, x, y, colours, 4.5, accent);
}

/** The sum between the curve's point nearest to the pointer and the one after it: a threshold that picks this point. */
export function stepAt({ axes, canvas }, points, event) {
  const box = canvas.getBoundingClientRect();
  const far = ({ x, y }) => (axes.px(x) - (event.clientX - box.left)) ** 2 + (axes.py(y) - (event.clientY - box.top)) ** 2;
  let nearest = 0;
  points.forEach((point, i) => { if (far(point) < far(points[nearest])) nearest = i; });
  const [here, next] = [points[nearest].z, points[nearest + 1]?.z];
  if (!Number.isFinite(here)) return (next ?? 0) + 1;
  return next === undefined ? here - 1 : (here + next) / 2;
}
