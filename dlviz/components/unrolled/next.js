// What a network expects next after each step: the likeliest letters, or a number of spots beside the one that came.

import { css } from "../dlviz.player/colours.js";
import { percent, tickLabel, ticks } from "../dlviz.player/numbers.js";
import { band, GUESSES } from "./panels.js";

/** Return the places of the `count` largest of a row, the largest first. */
export const best = (row, count) => [...row.keys()].sort((a, b) => row[b] - row[a]).slice(0, count);

/** Draw in each column the letters that are likeliest to come next, the fuller the likelier, the one that came framed. */
export function drawGuesses(sheet, { data, shape: [steps, count] }, { classes, next }, step) {
  const { context, height, columns, theme, reached } = sheet;
  band(sheet, step);
  const tall = height / GUESSES;
  context.textBaseline = "middle";
  for (let place = 0; place < steps && place <= reached; place += 1) {
    const row = data.subarray(place * count, (place + 1) * count);
    best(row, GUESSES).forEach((letter, rank) => {
      const [x, y, wide, high] = [columns.x(place) + 1, rank * tall + 1, columns.wide - 2, tall - 3];
      context.fillStyle = css(theme.accent, 0.06 + 0.6 * row[letter]);
      context.fillRect(x, y, wide, high);
      const came = letter === next[place];
      Object.assign(context, { fillStyle: css(theme.text), textAlign: "center", font: `${came ? 700 : 400} ${0.875 * columns.size}px ${theme.font}` });
      context.fillText(classes[letter], columns.middle(place), y + high / 2, wide - 4); // a word is squeezed into its cell
      if (!came) return;
      Object.assign(context, { strokeStyle: css(theme.text), lineWidth: 1.5 });
      context.strokeRect(x + 0.75, y + 0.75, wide - 1.5, high - 1.5);
    });
  }
  sharesOf(sheet, data.subarray(step * count, (step + 1) * count), tall);
}

function sharesOf({ context, columns, theme }, row, tall) {
  Object.assign(context, { fillStyle: css(theme.muted), textAlign: "left", font: `400 ${0.875 * columns.size}px ${theme.font}` });
  best(row, GUESSES).forEach((letter, rank) => context.fillText(percent(row[letter]), columns.end + 8, (rank + 0.5) * tall));
}

/** Draw each year's number as a bar, the one that is foretold as a frame, and what was told of a year before it as a dot. */
export function drawYears(sheet, { read, foretold }, step) {
  const { context, height, columns, theme, reached } = sheet;
  band(sheet, step);
  const high = 1.08 * Math.max(...read.data, ...foretold.data, 1);
  const y = (value) => height - 4 - (Math.max(0, value) / high) * (height - 12);
  axis(sheet, high, y);
  read.data.forEach((value, place) => {
    const [x, wide, top] = [columns.x(place) + 2, Math.max(1, columns.wide - 4), y(value)];
    const own = place < read.data.length - 1;
    Object.assign(context, { fillStyle: css(theme.text, place === step ? 0.55 : 0.25), strokeStyle: css(theme.text, 0.7), lineWidth: 1.5 });
    if (own) context.fillRect(x, top, wide, height - 4 - top);
    else context.strokeRect(x + 0.75, top, wide - 1.5, height - 4 - top);
  });
  foretold.data.forEach((value, place) => {
    if (place > reached) return;
    context.fillStyle = css(theme.accent, place === step ? 1 : 0.7);
    context.beginPath();
    context.arc(columns.middle(place + 1), y(value), place === step ? 5.5 : 3.5, 0, 7);
    context.fill();
  });
}

function axis({ context, columns, theme }, high, y) {
  const marks = ticks(0, high, 3);
  Object.assign(context, { textAlign: "right", textBaseline: "middle" });
  for (const mark of marks) {
    context.fillStyle = css(theme.faint);
    context.fillRect(columns.left, Math.round(y(mark)), columns.end - columns.left, 1);
    context.fillStyle = css(theme.muted);
    context.fillText(tickLabel(mark, marks[1] - marks[0] || 1), columns.left - 8, y(mark));
  }
}
