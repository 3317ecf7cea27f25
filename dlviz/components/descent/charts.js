// Three small charts: loss, size of the slope, distance to the nearest minimum; over steps, seconds or evaluations.

import { Axes } from "../dlviz.curves/axes.js";
import { css } from "../dlviz.player/colours.js";
import { sharpContext, through } from "../dlviz.player/elements.js";
import { marker } from "./marks.js";

const HEIGHT = 172;
const DEEP = 1e-8; // how far down a logarithmic axis goes, in proportion to its top
const HIGH = 50; // how far above the start it goes

/** Draw the chart of one measure up to a step. `view` as in map.js, with `across`. */
export function drawChart(canvas, name, view, step) {
  const { race, colours, across, words } = view;
  const width = canvas.clientWidth;
  if (!width) return;
  const context = sharpContext(canvas, width, HEIGHT);
  const scale = rangeOf(race, name);
  const axes = new Axes(context, width, HEIGHT, { x: [0, endOf(race, across)], y: scale ? scale.range : [0, 1], log: Boolean(scale?.log), share: false, colours, right: 12 });
  axes.draw(words[across]);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = css(colours.text);
  context.fillText(words[name], 0, 0);
  if (scale) lines(context, axes, scale, name, view, step);
  else {
    context.fillStyle = css(colours.muted);
    context.fillText(words.no_minimum, axes.left + 8, axes.top + 12);
  }
}

/**
 * The range of y, and whether it is logarithmic; null where there is nothing to draw. Who flies off leaves the picture,
 * but a learning rate is as high as it was planned.
 */
export function rangeOf(race, name) {
  const values = [...race.arrays[name].data].filter(Number.isFinite);
  if (!values.length) return null;
  const [start, planned] = [race.measured(name, 0, 0), name === "rates"];
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (low >= 0 && high > 0) {
    high = (planned ? high : Math.min(high, HIGH * Math.max(start, high * 1e-12))) * 1.3;
    const floor = Math.max(high * DEEP, Math.min(...values.filter((value) => value > 0), high));
    if (high / floor > 20) return { range: [floor * 0.8, high], log: true };
  }
  if (!planned) high = Math.min(high, Math.max(start + 3 * Math.abs(start - low), start + 1e-9));
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return { range: [low - room, high + room], log: false };
}

function endOf(race, across) {
  if (across === "steps") return race.steps;
  let most = 0;
  for (let i = 0; i < race.count; i += 1) most = Math.max(most, race.measured(across, i, race.steps));
  return most || 1;
}

function lines(context, axes, { range: [low], log }, name, view, step) {
  const { race, colours, across, picked } = view;
  const point = (i, k) => {
    const value = race.measured(name, i, k);
    if (!Number.isFinite(value)) return null;
    return [axes.px(across === "steps" ? k : race.measured(across, i, k)), axes.py(log ? Math.max(value, low) : value)];
  };
  context.save();
  context.beginPath();
  context.rect(axes.left - 1, axes.top - 6, axes.right - axes.left + 12, axes.bottom - axes.top + 12); // with room for the marks at its edges
  context.clip();
  const order = [...Array(race.count).keys()].filter((i) => i !== picked).concat(picked);
  for (const i of order) {
    const all = Array.from({ length: race.length }, (_, k) => point(i, k));
    stroke(context, all, 1.5, css(colours.classes[i], 0.3));
    stroke(context, all.slice(0, Math.floor(step) + 1), i === picked ? 2.75 : 2, css(colours.classes[i]));
    const now = all[Math.floor(step)];
    if (now) marker(context, i, ...now, 3.5, colours.classes[i], i === picked);
  }
  context.restore();
}

function stroke(context, points, width, style) {
  context.lineWidth = width;
  context.strokeStyle = style;
  through(context, points);
  context.stroke();
}
