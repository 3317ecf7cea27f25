// Two runs on one ground: their ways, the start that they share, and a marker each, of its own colour and shape.

import { css } from "../dlviz.player/colours.js";
import { INK, line, PAPER } from "../dlviz.landscape/marks.js";
import { sharpContext } from "../dlviz.player/elements.js";

const SIZE = 7;

function way(context, points, colour) {
  line(context, points, 6.5, css(INK, 0.55));
  line(context, points, 5, css(PAPER));
  line(context, points, 3, css(colour));
}

function ahead(context, points, colour) {
  line(context, points, 3.5, css(PAPER, 0.6));
  line(context, points, 2, css(colour), [1, 5]);
}

/** A disc for the first run, a square for the second. */
function outline(context, [x, y], place, size) {
  context.beginPath();
  if (place) context.rect(x - size, y - size, 2 * size, 2 * size);
  else context.arc(x, y, size * 1.1, 0, 2 * Math.PI);
}

function marker(context, point, place, colour) {
  for (const [grow, style] of [[4, css(INK, 0.7)], [2.5, css(PAPER)], [0, css(colour)]]) {
    outline(context, point, place, SIZE + grow - 1);
    context.fillStyle = style;
    context.fill();
  }
}

function start(context, [x, y]) {
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.fillStyle = css(PAPER);
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = css(INK);
  context.stroke();
}

/** Draw both ways up to the cursor, more faintly how they go on, where they began, and where they are. */
export function drawWalks(context, axes, walks) {
  const to = (place) => place && [axes.px(place[0]), axes.py(place[1])];
  const drawn = walks.map((walk) => ({ ...walk, points: walk.way.map(to) }));
  for (const { points, cursor, colour } of drawn) ahead(context, points.slice(Math.max(0, cursor)), colour);
  for (const { points, cursor, colour } of drawn) way(context, points.slice(0, cursor + 1), colour);
  for (const { points } of drawn.slice(0, 1)) if (points[0]) start(context, points[0]);
  drawn.forEach(({ at, colour }, place) => { if (at) marker(context, to(at), place, colour); });
}

/** Draw a run's marker on a small canvas beside its name. */
export function sample(canvas, place, colour) {
  const context = sharpContext(canvas, 22, 22);
  marker(context, [11, 11], place, colour);
}
