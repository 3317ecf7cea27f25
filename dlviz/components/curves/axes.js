// Axes: from numbers to pixels, with ticks at round values.

import { css } from "../dlviz.player/colours.js";
import { rem } from "../dlviz.player/elements.js";
import { logMarks, percent, tickLabel, ticks } from "../dlviz.player/numbers.js";
import { horizon } from "../dlviz.player/player.js";

const CLIP = 4; // a diverged run leaves the picture at so many times the value it began with
const LEAST_SHARE = 0.1; // an axis of shares spans at least so much: a hair's breadth is no mountain

// Where the axis of x ends: the whole run (or the part of it that the scrubber shows too), in the unit of x.
export function endOfX(tracks, over, names) {
  if (over === "seconds") {
    const times = tracks.flatMap((track) => names.map((name) => track.series(name, over).x.at(-1) ?? 0));
    return Math.max(1e-9, ...times) * 1.02;
  }
  return Math.max(1e-9, ...tracks.map((track) => horizon(track) / (over === "epoch" ? track.stepsPerEpoch : 1)));
}

function extreme(values, pick, start) {
  let found = start;
  for (const value of values) found = pick(found, value);
  return found;
}

// What a run that blew up may reach at most: a few times where runs begin, or all that the sound ones reach.
function ceiling(filled) {
  const broken = filled.filter(({ track }) => track.divergedAt !== null);
  if (!broken.length) return Infinity;
  const sound = filled.filter(({ track }) => track.divergedAt === null);
  const start = CLIP * Math.min(...broken.map(({ y }) => y[0]));
  return Math.max(start, ...sound.map(({ y }) => extreme(y, Math.max, -Infinity))) || Infinity;
}

// [lowest, highest] of what is drawn, or null. A run that blew up does not flatten all the others.
export function rangeOfY(tracks, over, names, { log, zero, share, floor }) {
  const series = tracks.flatMap((track) => names.map((name) => ({ track, y: track.series(name, over).y })));
  const kept = series.map(({ track, y }) => ({ track, y: log ? y.filter((value) => value > 0) : y }));
  const filled = kept.filter(({ y }) => y.length);
  if (!filled.length) return null;
  let high = Math.max(...filled.map(({ y }) => extreme(y, Math.max, -Infinity)));
  if (!log && !share) high = Math.min(high, ceiling(filled));
  let low = Math.min(...filled.map(({ y }) => extreme(y, Math.min, Infinity)));
  if (log) return [low * 0.9, Math.max(high, low * 1.01) * 1.1];
  if (zero) low = Math.min(0, low);
  if (floor !== undefined) low = Math.max(low, Math.min(floor, high));
  if (share) low = Math.max(0, Math.min(low, high - LEAST_SHARE));
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return [low === 0 && (zero || share) ? 0 : low - room, share ? Math.min(1, high + room) : high + room];
}

export class Axes {
  constructor(context, width, height, { x, y, log, share, colours, right }) {
    Object.assign(this, { context, width, height, log, share, colours });
    [this.x0, this.x1] = x;
    [this.y0, this.y1] = y;
    this.size = 0.875 * rem();
    context.font = `${this.size}px ${colours.font}`;
    this.yTicks = this.#ticksOfY();
    const widest = Math.max(...this.yTicks.map(([, text]) => context.measureText(text).width));
    this.left = widest + 10;
    this.right = width - right;
    this.top = this.size + 8; // the name of y stands above
    this.bottom = height - this.size - 14;
  }

  #ticksOfY() {
    const count = Math.max(2, Math.floor(this.height / 34));
    if (this.log) return logMarks(this.y0, this.y1);
    const values = ticks(this.y0, this.y1, count);
    const step = (values[1] ?? this.y1) - values[0] || 1;
    return values.map((value) => [value, this.share ? percent(value).replace(".0", "") : tickLabel(value, step)]);
  }

  px(x) {
    return this.left + ((x - this.x0) / (this.x1 - this.x0)) * (this.right - this.left);
  }

  py(y) {
    const place = this.log ? Math.log(y / this.y0) / Math.log(this.y1 / this.y0) : (y - this.y0) / (this.y1 - this.y0);
    return this.bottom - place * (this.bottom - this.top);
  }

  // The x under a pixel.
  at(pixel) {
    return this.x0 + ((pixel - this.left) / (this.right - this.left)) * (this.x1 - this.x0);
  }

  // Lines at the ticks of y, and below them the ticks of x; with null for its name x has none.
  draw(xLabel) {
    const { context, colours } = this;
    context.lineWidth = 1;
    context.fillStyle = css(colours.muted);
    context.textBaseline = "middle";
    context.textAlign = "right";
    let above = Infinity; // ticks of a log axis may crowd: leave out writing that would touch
    for (const [value, text] of this.yTicks) {
      const y = Math.round(this.py(value)) + 0.5;
      this.#line(this.left, y, this.right, y);
      if (above - y < this.size + 2) continue;
      context.fillText(text, this.left - 6, y);
      above = y;
    }
    if (xLabel !== null) this.#ticksOfX(xLabel);
  }

  #ticksOfX(xLabel) {
    const { context } = this;
    const row = this.bottom + 6;
    context.textBaseline = "top";
    context.textAlign = "right";
    context.fillText(xLabel, this.right, row);
    const room = this.right - context.measureText(xLabel).width - 12;
    context.textAlign = "center";
    const values = ticks(this.x0, this.x1, Math.max(2, Math.floor((this.right - this.left) / 60)));
    for (const value of values) {
      const x = Math.round(this.px(value)) + 0.5;
      this.#line(x, this.bottom, x, this.bottom + 4);
      const text = tickLabel(value, (values[1] ?? 1) - values[0] || 1);
      if (x + context.measureText(text).width / 2 < room) context.fillText(text, x, row);
    }
  }

  #line(x0, y0, x1, y1) {
    const { context, colours } = this;
    context.strokeStyle = css(colours.faint);
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  }
}
