// What stands on the ground: the way of the run, before and behind the cursor, its marker, and the pointer.

import { css, NEGATIVE } from "../dlviz.player/colours.js";
import { sharpContext, through } from "../dlviz.player/elements.js";

// The ground has cividis in both themes, so what lies on it is dark with a light edge in both.
export const INK = [16, 19, 26];
export const PAPER = [255, 255, 255];
const TURN = 2 * Math.PI;

/** Draw a line through points [[x, y], …]; a hole where one is null. */
export function line(context, points, width, style, dash = []) {
  context.lineWidth = width;
  context.strokeStyle = style;
  context.lineJoin = context.lineCap = "round";
  context.setLineDash(dash);
  through(context, points);
  context.stroke();
  context.setLineDash([]);
}

const past = (context, points) => { line(context, points, 5, css(PAPER, 0.9)); line(context, points, 2.5, css(INK)); };
const ahead = (context, points) => { line(context, points, 3, css(INK, 0.35)); line(context, points, 1.5, css(PAPER, 0.95), [1, 4]); };

function disc(context, [x, y], radius, fill, edge, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fillStyle = css(fill);
  context.fill();
  context.lineWidth = width;
  context.strokeStyle = css(edge);
  context.stroke();
}

const start = (context, point) => disc(context, point, 4.5, PAPER, INK, 2);

function marker(context, point) {
  disc(context, point, 9.5, INK, INK, 0);
  disc(context, point, 7, NEGATIVE, PAPER, 2);
}

function cross(context, [x, y]) {
  const arms = [[[x - 5, y], [x + 5, y]], [[x, y - 5], [x, y + 5]]];
  for (const arm of arms) line(context, arm, 4, css(INK, 0.6));
  for (const arm of arms) line(context, arm, 1.75, css(PAPER));
}

/** Draw the way of the run up to the cursor, more faintly how it goes on, where it began, and where it is. */
export function drawWalk(context, axes, { way, cursor, at, cut, middle }) {
  const to = (place) => place && [axes.px(place[0]), axes.py(place[1])];
  const points = way.map(to);
  ahead(context, points.slice(Math.max(0, cursor)));
  past(context, points.slice(0, cursor + 1));
  if (points[0]) start(context, points[0]);
  if (!cut) cross(context, to(middle)); // what the map is cut through
  if (at) marker(context, to(at));
}

/** Draw the pointer at a place [across, along]: hair lines to both axes. */
export function drawPin(context, axes, place) {
  const [x, y] = [axes.px(place[0]), axes.py(place[1])];
  for (const [width, style] of [[3, css(INK, 0.35)], [1, css(PAPER, 0.95)]]) {
    line(context, [[axes.left, y], [x - 6, y]], width, style);
    line(context, [[x + 6, y], [axes.right, y]], width, style);
    line(context, [[x, axes.top], [x, y - 6]], width, style);
    line(context, [[x, y + 6], [x, axes.bottom]], width, style);
  }
  context.beginPath();
  context.arc(x, y, 6, 0, TURN);
  context.lineWidth = 3.5;
  context.strokeStyle = css(INK, 0.6);
  context.stroke();
  context.lineWidth = 1.75;
  context.strokeStyle = css(PAPER);
  context.stroke();
}

/** Draw the samples of the legend: marker, way, way ahead, start, on a piece of ground. */
export function samples(canvases, colours) {
  const draws = [
    (context) => marker(context, [16, 8]),
    (context) => past(context, [[3, 8], [29, 8]]),
    (context) => ahead(context, [[3, 8], [29, 8]]),
    (context) => start(context, [16, 8]),
  ];
  canvases.forEach((canvas, i) => {
    const context = sharpContext(canvas, 32, 16);
    if (i) {
      context.fillStyle = css(colours.dark ? [87, 93, 109] : [138, 134, 120]);
      context.fillRect(0, 0, 32, 16);
    }
    context.save();
    context.translate(16, 8);
    context.scale(0.8, 0.8);
    context.translate(-16, -8);
    draws[i](context);
    context.restore();
  });
}
