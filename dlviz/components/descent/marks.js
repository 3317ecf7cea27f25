// What racers are drawn with, the same on the map, in the relief, in the curves and beside their names: a colour and a
// shape each, since colours alone are not for everybody.

import { css, NEGATIVE } from "../dlviz.player/colours.js";
import { through } from "../dlviz.player/elements.js";

export const INK = [16, 19, 26];
export const PAPER = [255, 255, 255];
const TURN = 2 * Math.PI;

/** The colours of what is shown of one step: the way downhill, the velocity, the step that was taken. */
export const PARTS = { slope: NEGATIVE, moment: [204, 121, 167], step: INK };

const polygon = (count, turn) => (context, x, y, size) => {
  for (let i = 0; i < count; i += 1) {
    const angle = turn + (i * TURN) / count;
    context.lineTo(x + size * Math.cos(angle), y + size * Math.sin(angle));
  }
  context.closePath();
};
const SHAPES = [
  (context, x, y, size) => context.arc(x, y, size * 0.92, 0, TURN),
  polygon(4, TURN / 8),
  polygon(3, -TURN / 4),
  polygon(4, 0),
  polygon(3, TURN / 4),
  polygon(5, -TURN / 4),
  polygon(6, 0),
  polygon(8, TURN / 16),
];

/** Draw the marker of racer number `i`, with a light edge on a dark one, so that it stands out on any ground. */
export function marker(context, i, x, y, size, colour, picked = false) {
  for (const [grow, fill] of [[picked ? 4 : 2.5, css(INK)], [picked ? 2.5 : 1.5, css(PAPER)], [0, css(colour)]]) {
    context.beginPath();
    SHAPES[i % SHAPES.length](context, x, y, size + grow);
    context.fillStyle = fill;
    context.fill();
  }
}

/** Draw one of a crowd: a small dot with the edges of a marker. */
export function dot(context, x, y, colour) {
  for (const [size, fill] of [[4, css(INK)], [3.25, css(PAPER)], [2.5, css(colour)]]) {
    context.beginPath();
    context.arc(x, y, size, 0, TURN);
    context.fillStyle = fill;
    context.fill();
  }
}

/** Draw a line through points [[x, y], …]; a hole where one is null. */
export function trail(context, points, width, style) {
  context.lineWidth = width;
  context.strokeStyle = style;
  context.lineJoin = context.lineCap = "round";
  through(context, points);
  context.stroke();
}

/** Draw an arrow between two points, with a light edge. */
export function arrow(context, [x0, y0], [x1, y1], colour) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 2)) return;
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const head = Math.min(9, length * 0.6);
  const wings = [angle + 2.6, angle - 2.6].map((turn) => [x1 + head * Math.cos(turn), y1 + head * Math.sin(turn)]);
  for (const [width, style] of [[6, css(PAPER, 0.9)], [2.75, css(colour)]]) {
    trail(context, [[x0, y0], [x1, y1]], width, style);
    trail(context, [wings[0], [x1, y1], wings[1]], width, style);
  }
}

/** Draw the bottom of a valley: a cross, larger for the deepest. */
export function bottom(context, x, y, size) {
  for (const [width, style] of [[4.5, css(INK, 0.75)], [2, css(PAPER)]]) {
    trail(context, [[x - size, y - size], [x + size, y + size]], width, style);
    trail(context, [[x - size, y + size], [x + size, y - size]], width, style);
  }
}

/** Draw the start: a ring. */
export function ring(context, x, y, held) {
  for (const [width, style] of [[6, css(INK, 0.75)], [2.5, css(PAPER)]]) {
    context.beginPath();
    context.arc(x, y, held ? 11 : 8, 0, TURN);
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  }
}
