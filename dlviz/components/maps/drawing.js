// What the views of the digit lab share: ramps ready to paint with, ten class colours, and the way back to Python.

import { css, lightness, mix, palette, parse, sequential, signed } from "../dlviz.player/colours.js";

// The four class colours and six more, chosen to stay apart for colour-blind readers; the digit always stands
// beside the colour. Sources: Okabe and Ito 2008; Tol 2021, "muted".
const CLASSES = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#882255", "#999933", "#332288", "#767676"];
const LEVELS = 256;
const SOFT = 0.6;
const PAUSE = 50; // milliseconds between two states of one name

/** Return the theme at `element`: the player's palette, ten classes as [r, g, b], and the ramps as packed pixels. */
export function themeOf(element) {
  const colours = palette(element);
  const lift = (colour) => (colours.dark ? mix(colour, [255, 255, 255], 0.3) : colour);
  const [paper, ink] = colours.dark ? [[14, 17, 23], [250, 250, 250]] : [[255, 255, 255], [20, 24, 33]];
  return {
    ...colours,
    css,
    mix,
    classes: CLASSES.map((colour) => lift(parse(colour))),
    signed: (share) => signed(share, colours),
    ramps: {
      signed: ramp((share) => signed(2 * share - 1, colours)),
      positive: ramp((share) => signed(share, colours)), // what is never negative: the upper half of the signed ramp
      // nothing at all is the page itself; then soon along cividis
      sequential: ramp((share) => mix(colours.neutral, sequential(share, colours), Math.min(1, 6 * share))),
      soft: ramp((share) => signed(SOFT * (2 * share - 1), colours)), // behind points, which have the full colour
      ink: ramp((share) => mix(paper, ink, share)),
    },
  };
}

function ramp(colour) {
  return Uint32Array.from({ length: LEVELS }, (_, level) => {
    const [red, green, blue] = colour(level / (LEVELS - 1)).map(Math.round);
    return (255 << 24) | (blue << 16) | (green << 8) | red; // as ImageData holds it, little endian
  });
}

/** Return the colour that a ramp gives to a share from 0 to 1, as [r, g, b]. */
export function level(pixels, share) {
  const pixel = pixels[Math.round(Math.max(0, Math.min(1, share)) * (LEVELS - 1))];
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}

/** Return dark or light writing, whichever reads better on `colour`. */
export const readable = (colour) => (lightness(colour) > 0.52 ? "#10131a" : "#ffffff");

/** Return the lowest and highest of the values and zero, and the largest absolute value. */
export function extent(values) {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high, most: Math.max(-low, high) };
}

/** Paint values (height·width, row by row) into the canvas, one pixel a cell, `low` to `high` along the ramp; NaN stays clear. */
export function paint(canvas, values, height, width, pixels, low, high) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const out = new Uint32Array(image.data.buffer);
  const scale = high > low ? (LEVELS - 1) / (high - low) : 0;
  for (let i = 0; i < out.length; i += 1) {
    const place = (values[i] - low) * scale;
    out[i] = place === place ? pixels[Math.max(0, Math.min(LEVELS - 1, Math.round(place)))] : 0; // only NaN differs from itself
  }
  context.putImageData(image, 0, 0);
}

/** Return one map of an array (C, H, W): its numbers, row by row. */
export function channelOf({ data, shape }, channel) {
  const size = shape[1] * shape[2];
  return data.subarray(channel * size, (channel + 1) * size);
}

/** Return send(name, value): tells Python the newest value, each name at most 20 times a second, with a rising `seq`. */
export function sender() {
  const waiting = new Map();
  const told = new Map();
  const send = (name, value) => {
    send.sequence = Math.max(Date.now(), send.sequence + 1); // rises over a reload of the page too
    if (!waiting.has(name)) setTimeout(() => deliver(name), Math.max(0, (told.get(name) ?? 0) + PAUSE - performance.now()));
    waiting.set(name, { ...value, seq: send.sequence });
    return send.sequence;
  };
  const deliver = (name) => {
    const value = waiting.get(name);
    waiting.delete(name);
    told.set(name, performance.now());
    send.setStateValue?.(name, value);
  };
  return Object.assign(send, { sequence: 0, setStateValue: null });
}

/**
 * Return whether Python's message knows our newest state: `seq` is what it sends back of the last state it took in,
 * null where it took in none yet, and undefined where it does not say.
 */
export const heard = (seq, sequence) => seq === undefined || (seq ?? 0) >= sequence;
