// The ground: heights as colours by their logarithm, lit from the upper left, with lines of equal height. It is painted
// once for a size and a theme, and then only copied.

import { css, lightness, mix, sequential } from "../dlviz.player/colours.js";
import { logMarks, tickLabel, ticks } from "../dlviz.player/numbers.js";

const LOWEST = 1e-6; // a loss below this is drawn as this
const RELIEF = 0.2; // how much light and shadow change a colour
const DIM = 0.85;

/** What colours mean: `low` and `high` are the loss at the ends of the ramp. */
export class Scale {
  constructor(heights, here) {
    let [low, high] = [Math.max(here, LOWEST), Math.max(here, LOWEST)];
    for (const value of heights) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, Math.max(value, LOWEST));
      high = Math.max(high, value);
    }
    if (high < low * 1.0001) [low, high] = [low * 0.99, low * 1.01];
    Object.assign(this, { low, high, span: Math.log(high / low) });
  }

  /** 0 for the lowest, 1 for the highest, NaN where the numbers ran away. */
  share(value) {
    return Number.isFinite(value) ? Math.log(Math.max(value, this.low) / this.low) / this.span : NaN;
  }

  /** Round losses from the lowest to the highest: [[value, text], …]. */
  ticks() {
    const { low, high } = this;
    if (high / low >= 4) return logMarks(low, high);
    const found = ticks(low, high, 4);
    const step = (found[1] ?? high) - found[0] || high;
    return found.filter((value) => value > 0).map((value) => [value, tickLabel(value, step)]);
  }

  /** The losses at which lines of equal height are drawn. */
  levels() {
    const { low, high } = this;
    const decades = Math.log10(high / low);
    if (decades < 0.8) return ticks(low, high, 12);
    const factors = decades > 5 ? [1, 3] : decades > 2.5 ? [1, 2, 5] : [1, 1.4, 2, 2.8, 4, 5.6, 8];
    const found = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
      for (const factor of factors) found.push(factor * 10 ** power);
    }
    return found.filter((value) => value > low && value < high);
  }
}

/** Return a canvas of width × height dots with the ground: `heights` (rows × columns), the first row at the bottom. */
export function paintGround(heights, columns, rows, scale, colours, width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const shares = Float32Array.from(heights, (value) => scale.share(value));
  const light = lightOf(shares, columns, rows);
  const ramp = Array.from({ length: 512 }, (_, i) => sequential(i / 511, colours));
  const nothing = mix(colours.background, colours.text, 0.2);
  for (let y = 0, out = 0; y < height; y += 1) {
    const row = (1 - (y + 0.5) / height) * (rows - 1);
    for (let x = 0; x < width; x += 1, out += 4) {
      const column = ((x + 0.5) / width) * (columns - 1);
      const share = between(shares, columns, rows, column, row);
      const known = share === share; // only NaN differs from itself
      const colour = known ? ramp[Math.max(0, Math.min(511, Math.round(share * 511)))] : nothing;
      const lit = known ? between(light, columns, rows, column, row) : 0;
      for (let part = 0; part < 3; part += 1) image.data[out + part] = lit > 0 ? colour[part] + lit * (255 - colour[part]) : colour[part] * (1 + lit);
      image.data[out + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Light from the upper left on slopes, -RELIEF to RELIEF at every place of the grid. */
function lightOf(shares, columns, rows) {
  const at = (column, row) => shares[Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column))];
  return shares.map((_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const across = ((at(column + 1, row) - at(column - 1, row)) * columns) / 2;
    const along = ((at(column, row + 1) - at(column, row - 1)) * rows) / 2;
    const slope = (across - along) * DIM;
    return Number.isFinite(slope) ? (RELIEF * slope) / Math.sqrt(1 + slope * slope) : 0;
  });
}

function between(values, columns, rows, column, row) {
  const [x, y] = [Math.min(columns - 2, Math.floor(column)), Math.min(rows - 2, Math.floor(row))];
  const [u, v] = [column - x, row - y];
  const place = y * columns + x;
  const lower = values[place] + (values[place + 1] - values[place]) * u;
  const upper = values[place + columns] + (values[place + columns + 1] - values[place + columns]) * u;
  return lower + (upper - lower) * v;
}

/** Return the pieces of the line at one height, [[x0, y0, x1, y1], …] in columns and rows of the grid (marching squares). */
export function lineAt(shares, columns, rows, level) {
  const pieces = [];
  for (let y = 0; y + 1 < rows; y += 1) {
    for (let x = 0; x + 1 < columns; x += 1) {
      const place = y * columns + x;
      const corners = [shares[place], shares[place + 1], shares[place + columns + 1], shares[place + columns]];
      const cuts = edgesCut(corners, level, x, y);
      for (let i = 0; i + 1 < cuts.length; i += 2) pieces.push([...cuts[i], ...cuts[i + 1]]);
    }
  }
  return pieces;
}

function edgesCut([a, b, c, d], level, x, y) {
  const cuts = [];
  const cut = (from, to, place) => {
    if (from < level !== to < level && Number.isFinite(from) && Number.isFinite(to)) cuts.push(place((level - from) / (to - from)));
  };
  cut(a, b, (share) => [x + share, y]);
  cut(b, c, (share) => [x + 1, y + share]);
  cut(c, d, (share) => [x + 1 - share, y + 1]);
  cut(d, a, (share) => [x, y + 1 - share]);
  return cuts;
}

/** Draw the lines of equal height, the round ones stronger and with their loss written on them; `to` gives pixels. */
export function drawHeights(context, heights, columns, rows, scale, colours, to, size) {
  const shares = Float32Array.from(heights, (value) => scale.share(value));
  const named = new Map(scale.ticks());
  const taken = [];
  for (const level of scale.levels()) {
    const strong = named.has(level);
    const ink = inkOn(sequential(scale.share(level), colours));
    const pieces = lineAt(shares, columns, rows, scale.share(level)).map(([x0, y0, x1, y1]) => [...to(x0, y0), ...to(x1, y1)]);
    context.strokeStyle = css(ink, strong ? 0.5 : 0.22);
    context.lineWidth = strong ? 1.1 : 0.8;
    context.beginPath();
    for (const [x0, y0, x1, y1] of pieces) { context.moveTo(x0, y0); context.lineTo(x1, y1); }
    context.stroke();
    if (strong) writeOn(context, pieces, named.get(level), ink, sequential(scale.share(level), colours), taken, size);
  }
}

/** Dark or light, whichever reads better on a colour. */
export const inkOn = (colour) => (lightness(colour) > 0.52 ? [16, 19, 26] : [255, 255, 255]);

/** Write the loss once on its line, on a flat piece with room around. */
function writeOn(context, pieces, text, ink, ground, taken, { left, right, top, bottom, height }) {
  const half = context.measureText(text).width / 2 + 4;
  const fits = pieces.map(([x0, y0, x1, y1]) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, tilt: Math.abs(Math.atan2(y1 - y0, x1 - x0)) }))
    .filter(({ x, y }) => x - half > left && x + half < right && y - height > top && y + height < bottom)
    .filter(({ x, y }) => taken.every((one) => Math.abs(one.x - x) > half + one.half + 8 || Math.abs(one.y - y) > 2 * height));
  if (!fits.length) return;
  const best = fits.reduce((one, other) => (Math.abs(Math.sin(other.tilt)) < Math.abs(Math.sin(one.tilt)) ? other : one));
  taken.push({ ...best, half });
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = css(ground, 0.85);
  context.strokeText(text, best.x, best.y);
  context.fillStyle = css(ink, 0.95);
  context.fillText(text, best.x, best.y);
}

/** A canvas of `size` [width, height] dots with the ground and its lines of equal height, labelled in `font`. */
export function paintMap(heights, { columns, rows }, scale, colours, font, labelHeight, [width, height], dots) {
  const canvas = paintGround(heights, columns, rows, scale, colours, width, height);
  const context = canvas.getContext("2d");
  context.scale(dots, dots);
  Object.assign(context, { font, textAlign: "center", textBaseline: "middle" });
  const to = (column, row) => [(column / (columns - 1)) * (width / dots), (1 - row / (rows - 1)) * (height / dots)];
  const room = { left: 0, right: width / dots, top: 0, bottom: height / dots, height: labelHeight };
  drawHeights(context, heights, columns, rows, scale, colours, to, room);
  return canvas;
}
