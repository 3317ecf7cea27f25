// What stands in the columns of an unrolled network: what was read, bars of belief, strips of numbers, gradients.

import { paint } from "../dlviz.maps/drawing.js";
import { css } from "../dlviz.player/colours.js";
import { percent, significant } from "../dlviz.player/numbers.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const FAINTEST = -14; // power of ten below which a gradient is drawn no lower

export const GUESSES = 4; // letters in a column, the likeliest on top

export const heightOf = {
  belief: (classes, size) => Math.round(classes * (classes > 4 ? 1.55 : 2.1) * size),
  strip: (units, tall, size) => Math.round(Math.max(2.25 * size, Math.min((tall ? 5 : 2.75) * size, 3 * units))),
  gradient: (size) => Math.round(5.5 * size),
  guesses: (size) => Math.round(GUESSES * 1.7 * size),
  years: (size) => Math.round(8 * size),
};

/** Mark the column of the step on show from top to bottom. */
export function band({ context, height, columns, theme }, step) {
  context.fillStyle = css(theme.accent, 0.1);
  context.fillRect(columns.x(step), 0, columns.wide, height);
}

/** Write what was read at each step, as far as there is room; the one on show in any case. */
export function drawNames(sheet, { symbols, every }, step) {
  const { context, height, columns, theme, reached } = sheet;
  band(sheet, step);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const font = (place) => `${place === step ? 700 : 400} ${(every > 1 ? 0.875 : 1.125) * columns.size}px ${theme.font}`;
  context.font = font(step);
  const room = every > 1 ? Math.ceil((context.measureText(symbols[step]).width + 8) / columns.wide) : 1; // columns
  const apart = every * Math.ceil(room / every);
  symbols.forEach((symbol, place) => {
    if (place !== step && (place % apart !== 0 || Math.abs(place - step) < room)) return;
    context.font = font(place);
    context.fillStyle = css(place === step ? theme.accent : place > reached ? theme.faint : theme.text);
    context.fillText(symbol === " " ? "␣" : symbol, columns.middle(place), height / 2);
  });
}

/** Draw a row for each class, in it a bar for each step: the likeliest class of a step stands out. */
export function drawBelief(sheet, { data, shape: [steps, count] }, { classes, right }, step) {
  const { context, height, columns, theme, reached } = sheet;
  band(sheet, step);
  const tall = height / count;
  const quiet = theme.mix(theme.background, theme.text, 0.3);
  const leaders = Array.from({ length: steps }, (_, place) => leader(data, place, count));
  for (let row = 0; row < count; row += 1) {
    const floor = Math.round((row + 1) * tall) - 1;
    context.fillStyle = css(theme.faint);
    context.fillRect(columns.left, floor, columns.end - columns.left, 1);
    for (let place = 0; place < steps && place <= reached; place += 1) {
      const high = data[place * count + row] * (tall - 4);
      const leads = leaders[place] === row;
      context.fillStyle = css(leads ? theme.accent : quiet);
      context.fillRect(columns.x(place) + 1, floor - high, Math.max(1, columns.wide - 2), high);
    }
    const leads = leaders[step] === row;
    context.font = `${leads ? 700 : 400} ${0.875 * columns.size}px ${theme.font}`;
    context.fillStyle = css(leads ? theme.text : theme.muted);
    context.textBaseline = "alphabetic";
    context.textAlign = "right";
    context.fillText(classes[row], columns.left - 8, floor - 4);
    context.textAlign = "left";
    context.fillText(percent(data[step * count + row]), columns.end + 8, floor - 4);
    if (row === right) underline(context, columns.left - 8, floor - 1, context.measureText(classes[row]).width, theme);
  }
}

function underline(context, end, y, wide, theme) {
  context.fillStyle = css(theme.text);
  context.fillRect(end - wide, y, wide, 2);
}

function leader(data, place, count) {
  const row = data.subarray(place * count, (place + 1) * count);
  return row.indexOf(Math.max(...row));
}

/** Draw numbers (S, H) as a strip: a column a step, a row a unit; from `low` (-1 or 0) to 1. */
export function drawStrip(sheet, { data, shape: [steps, units] }, low, _, step) {
  const { context, height, columns, theme, reached } = sheet;
  const turned = new Float32Array(units * steps);
  for (let place = 0; place < steps; place += 1) {
    for (let unit = 0; unit < units; unit += 1) turned[unit * steps + place] = place > reached ? NaN : data[place * units + unit];
  }
  const picture = document.createElement("canvas");
  paint(picture, turned, units, steps, low < 0 ? theme.ramps.signed : theme.ramps.sequential, low, 1);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, columns.left, 0, columns.x(steps) - columns.left, height);
  context.strokeStyle = css(theme.text);
  context.lineWidth = 1.5;
  context.strokeRect(columns.x(step) + 0.5, 0.75, columns.wide - 1, height - 1.5);
  scale(sheet, low, low < 0 ? theme.ramps.signed : theme.ramps.sequential);
}

/** Beside a strip stands which colour means which number. */
function scale({ context, height, columns, theme }, low, ramp) {
  const levels = Float32Array.from({ length: 64 }, (_, i) => 1 - i / 63);
  const picture = document.createElement("canvas");
  paint(picture, levels, 64, 1, ramp, 0, 1);
  const x = columns.left - 18;
  context.drawImage(picture, x, 0, 8, height);
  context.fillStyle = css(theme.muted);
  context.textAlign = "right";
  context.textBaseline = "top";
  context.fillText("1", x - 4, 0);
  context.textBaseline = "bottom";
  context.fillText(low < 0 ? "−1" : "0", x - 4, height);
}

/** Draw the length of the gradient at each step as bars on a log scale; what is exactly zero has none. */
export function drawGradient(sheet, lengths, _, step) {
  const { context, height, columns, theme } = sheet;
  band(sheet, step);
  const found = [...lengths].filter((length) => length > 0 && Number.isFinite(length));
  if (!found.length) return;
  const powers = found.map((length) => Math.log10(length));
  const high = Math.ceil(Math.max(...powers) + 0.05);
  const low = Math.max(FAINTEST, Math.min(high - 2, Math.floor(Math.min(...powers))));
  const y = (power) => 8 + ((high - power) / (high - low)) * (height - 12);
  grid(sheet, low, high, y);
  [...lengths].forEach((length, place) => {
    if (!(length > 0)) return;
    const top = y(Math.max(low, Math.log10(length)));
    context.fillStyle = css(theme.accent, place === step ? 1 : 0.55);
    context.fillRect(columns.x(place) + 1, top, Math.max(1, columns.wide - 2), Math.max(1.5, height - 4 - top));
  });
  context.fillStyle = css(theme.text);
  context.textAlign = "left";
  context.textBaseline = "bottom";
  context.font = `700 ${0.875 * columns.size}px ${theme.font}`;
  context.fillText(significant(lengths[step], 2), columns.end + 8, height - 4);
}

function grid({ context, columns, theme }, low, high, y) {
  const room = Math.max(1, Math.ceil((1.25 * columns.size * (high - low)) / (y(low) - y(high))));
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (let power = high; power >= low; power -= room) {
    context.fillStyle = css(theme.faint);
    context.fillRect(columns.left, Math.round(y(power)), columns.end - columns.left, 1);
    context.fillStyle = css(theme.muted);
    context.fillText(powerOfTen(power), columns.left - 8, y(power));
  }
}

const powerOfTen = (power) => (power === 0 ? "1" : `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => RAISED[digit]).join("")}`);
