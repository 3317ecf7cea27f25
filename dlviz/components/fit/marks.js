// What is drawn on the picture of a fit: points, misses as areas, lines.

import { css, NEGATIVE } from "../dlviz.player/colours.js";

const TURN = 2 * Math.PI;

/** A point to learn from is filled, one to check on is a ring. */
export function point(context, x, y, colours, { split, picked, small }) {
  const size = small ? 3 : 4.5;
  context.beginPath();
  context.arc(x, y, picked ? size + 2 : size, 0, TURN);
  context.fillStyle = css(split ? colours.background : colours.text, split ? 1 : small ? 0.55 : 1);
  context.fill();
  context.lineWidth = split ? 2 : 1.5;
  context.strokeStyle = css(split ? colours.text : colours.background, split && small ? 0.6 : 1);
  if (!small || split) context.stroke();
  if (!picked) return;
  context.beginPath();
  context.arc(x, y, size + 5, 0, TURN);
  context.lineWidth = 2;
  context.strokeStyle = css(colours.accent);
  context.stroke();
}

/** A miss as an area that stands on it: as high as the miss, as wide as it pulls; towards the middle of the picture. */
export function area(context, x, y, foot, width, towards) {
  const left = towards > 0 ? x : x - width;
  context.fillStyle = css(NEGATIVE, 0.2);
  context.fillRect(left, Math.min(y, foot), width, Math.abs(y - foot));
  context.lineWidth = 1;
  context.strokeStyle = css(NEGATIVE, 0.85);
  context.strokeRect(left, Math.min(y, foot), width, Math.abs(y - foot));
}
