// Places that the pictures of a lesson share: updates run across, layers run down to the first one.

import { css } from "../dlviz.player/colours.js";

export const LEFT = 64; // pixels beside the pictures
export const RIGHT = 6;
export const SIZE = 14; // of all writing, in pixels

/** Where the place `i` of `count` is across. */
export const xOf = (width, i, count) => LEFT + (i / count) * (width - LEFT - RIGHT);

/** Write what the rows are called, as many as there is room for: the scores on top, the first layer at the bottom. */
export function nameRows(context, rows, bottom, theme, words) {
  const high = bottom / rows;
  const gap = [1, 2, 5, 10].find((step) => step * high >= 17) ?? 10;
  context.font = `${SIZE}px ${theme.font}`;
  context.fillStyle = css(theme.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (let row = 0; row < rows; row += 1) {
    const top = row === rows - 1;
    const roomUnderTop = (rows - 1 - row) * high >= 17;
    if (!top && ((row % gap && row !== 0) || !roomUnderTop)) continue;
    const name = top ? words.scores : row ? String(row + 1) : `${words.layer} 1`;
    if (row && !top && gap > 1 && row + 1 < gap) continue;
    context.fillText(name, LEFT - 8, Math.min(bottom - 8, Math.max(8, (rows - row - 0.5) * high)));
  }
}
