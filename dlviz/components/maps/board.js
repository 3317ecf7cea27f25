// The board of maps: one strip per stage, each map a small picture that can be pointed at, focused and walked over.
//
// Words: map (one cell: {stage}, {channel}, {row}, {column}, {value}) and unit (one unit: {stage}, {channel}, {value}).

import { level, paint } from "./drawing.js";
import { element } from "../dlviz.player/elements.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const FEW_UNITS = 16;

export function createBoard(view) {
  view.strips = element("div", { class: "strips" });
  view.root.append(view.strips);
  view.maps = new Map(); // "stage,channel" -> {root, canvas, mark, window}
  view.shape = "";
}

/** Build the strips anew where the stages changed; otherwise keep them, with focus and scroll. */
export function layBoard(view) {
  const shape = JSON.stringify([view.header.stages.map(({ name, label, note, shape: size, units }) => [name, label, note, size, units]), view.header.words]);
  if (shape === view.shape) return;
  view.shape = shape;
  view.maps.clear();
  view.panel?.root.remove();
  view.strips.replaceChildren(...view.header.stages.map((stage) => strip(view, stage)));
}

function strip(view, stage) {
  const body = stage.shape.length === 3 ? spatial(view, stage) : stage.shape[0] <= FEW_UNITS ? fewUnits(view, stage) : manyUnits(view, stage);
  const scale = element("div", { class: "scale", "aria-hidden": "true" }, element("span", { class: "low" }), element("span", { class: "ramp" }), element("span", { class: "high" }));
  const title = element("div", {}, element("h3", {}, stage.label), element("span", { class: "shape" }, sizeOf(stage)));
  return element("section", { "data-stage": stage.name, "aria-label": `${stage.label}, ${sizeOf(stage)}` }, element("header", {}, title, scale), body);
}

const sizeOf = (stage) => stage.note ?? stage.shape.join(" × ");

function spatial(view, stage) {
  const [channels, height, width] = stage.shape;
  const tiles = Array.from({ length: channels }, (_, channel) => tile(view, { stage, channel, height, width, at: (row, column) => [channel, row, column] }));
  return element("div", { class: channels === 1 ? "tiles single" : "tiles" }, ...tiles);
}

/** A vector too long for words: its units row by row in one picture, as many columns as fit. */
function manyUnits(view, stage) {
  const [units] = stage.shape;
  const columns = Math.min(units, units > 256 ? 64 : 32);
  const height = Math.ceil(units / columns);
  const at = (row, column) => [Math.min(units - 1, row * columns + column), 0, 0];
  const picture = tile(view, { stage, channel: "all", height, width: columns, at, columns });
  picture.style.maxWidth = `${columns * (units > 256 ? 12 : 20)}px`;
  return element("div", { class: "vector" }, picture);
}

function fewUnits(view, stage) {
  const cells = Array.from({ length: stage.shape[0] }, (_, unit) => {
    const value = element("span", { class: "number" });
    const cell = { stage: stage.name, channel: unit, row: 0, column: 0 };
    const root = element("button", { type: "button", class: "unit", onclick: () => view.choose(cell) }, element("b", {}, stage.units?.[unit] ?? String(unit)), value);
    view.maps.set(`${stage.name},${unit}`, { stage, unit, root, value });
    return root;
  });
  return element("div", { class: "units" }, ...cells);
}

function tile(view, { stage, channel, height, width, at, columns }) {
  const canvas = element("canvas", { width, height });
  const mark = element("span", { class: "mark", hidden: true });
  const window = element("span", { class: "window", hidden: true });
  const cursor = { row: height >> 1, column: width >> 1 };
  const root = element("div", { class: "map", tabindex: 0, role: "application", style: `aspect-ratio: ${width} / ${height}` }, canvas, window, mark);
  const map = { stage, channel, height, width, at, columns, root, canvas, mark, window, cursor };
  view.maps.set(`${stage.name},${channel}`, map);
  listen(view, map);
  return root;
}

// -------------------------------------------------------------------------------- pointer and keys

/** Return the cell under the pointer as {row, column}, inside the map. */
export function cellUnder(event, picture, height, width) {
  const box = picture.getBoundingClientRect();
  const inside = (value, count) => Math.max(0, Math.min(count - 1, Math.floor(value * count)));
  return { row: inside((event.clientY - box.top) / box.height, height), column: inside((event.clientX - box.left) / box.width, width) };
}

function listen(view, map) {
  const { root } = map;
  const pointed = (event) => Object.assign(map.cursor, cellUnder(event, map.canvas, map.height, map.width));
  root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    pointed(event);
    view.lens.show(map);
  });
  root.addEventListener("pointerleave", () => view.lens.hide());
  root.addEventListener("click", (event) => { pointed(event); pick(view, map); });
  root.addEventListener("focus", () => { describe(view, map); if (root.matches(":focus-visible")) view.lens.show(map); });
  root.addEventListener("blur", () => view.lens.hide());
  root.addEventListener("keydown", (event) => key(view, map, event));
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function key(view, map, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "m" && map.stage.filters) view.mute(map.stage.name, map.channel);
  else if (event.key === "Escape") return view.lens.hide();
  else if (STEPS[event.key]) walk(map, STEPS[event.key], event.shiftKey ? 5 : 1);
  else if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (event.key !== "m") pick(view, map);
  view.lens.show(map);
}

function walk({ cursor, height, width }, [down, right], pace) {
  cursor.row = Math.max(0, Math.min(height - 1, cursor.row + down * pace));
  cursor.column = Math.max(0, Math.min(width - 1, cursor.column + right * pace));
}

function pick(view, map) {
  const [channel, row, column] = map.at(map.cursor.row, map.cursor.column);
  view.choose({ stage: map.stage.name, channel, row, column });
  describe(view, map);
}

/** Return what the words say about the cell under the map's cursor. */
export function sentence(view, map) {
  const [channel, row, column] = map.at(map.cursor.row, map.cursor.column);
  return memberSentence(view, map.stage, { channel, row, column });
}

/** Return what the words say about one cell or unit of a stage. */
export function memberSentence(view, stage, { channel, row, column }) {
  const words = stage.shape.length === 3 ? view.header.words.map : view.header.words.unit;
  return fill(words, { stage: stage.label, channel, row, column, value: significant(valueAt(view, stage, channel, row, column)) });
}

function valueAt(view, stage, channel, row, column) {
  const { data: values, shape } = view.arrays[`maps/${stage.name}`];
  return shape.length === 3 ? values[(channel * shape[1] + row) * shape[2] + column] : values[channel];
}

function describe(view, map) {
  map.root.setAttribute("aria-label", sentence(view, map));
}

// ----------------------------------------------------------------------------------------- painting

/** Return the numbers of one map, row by row. */
export function valuesOf(view, map) {
  const { data: values } = view.arrays[`maps/${map.stage.name}`];
  const size = map.height * map.width;
  if (!map.columns) return values.subarray(map.channel * size, (map.channel + 1) * size);
  const padded = new Float32Array(size).fill(NaN); // the last row of a folded vector may be short
  padded.set(values);
  return padded;
}

export function paintBoard(view) {
  if (!view.theme) return;
  for (const section of view.strips.querySelectorAll(":scope > section[data-stage]")) paintScale(view, section);
  for (const map of view.maps.values()) map.value ? paintUnit(view, map) : paintMap(view, map);
}

function paintScale(view, section) {
  const scale = view.scales[section.dataset.stage];
  section.querySelector(".low").textContent = significant(scale.low, 2);
  section.querySelector(".high").textContent = significant(scale.high, 2);
  section.querySelector(".ramp").className = `ramp ${scale.kind}`;
}

function paintMap(view, map) {
  const { low, high, ramp } = view.scales[map.stage.name];
  paint(map.canvas, valuesOf(view, map), map.height, map.width, ramp, low, high);
  const key = `${map.stage.name},${map.channel}`;
  map.root.classList.toggle("muted", view.muted.has(key));
  map.root.classList.toggle("edited", view.edited.has(key));
  markCell(view, map);
  describe(view, map);
}

function paintUnit(view, { stage, unit, root, value }) {
  const scale = view.scales[stage.name];
  const number = view.arrays[`maps/${stage.name}`].data[unit];
  const share = scale.high > scale.low ? (number - scale.low) / (scale.high - scale.low) : 0;
  root.style.setProperty("--level", view.theme.css(level(scale.ramp, share)));
  value.textContent = significant(number);
  root.setAttribute("aria-pressed", String(view.selected?.stage === stage.name && view.selected.channel === unit));
}

/** Outline the chosen cell on its map, and the window that it looks through on the map it reads. */
function markCell(view, map) {
  const { selected } = view;
  const cell = view.header.cell;
  const mine = selected?.stage === map.stage.name && (map.columns || selected.channel === map.channel);
  const [row, column] = map.columns ? [Math.floor(selected?.channel / map.columns), selected?.channel % map.columns] : [selected?.row, selected?.column];
  outline(map.mark, mine ? { top: row, left: column, height: 1, width: 1 } : null, map);
  if (mine) map.cursor = { row, column };
  map.root.classList.toggle("chosen", Boolean(mine));
  const read = !map.columns && matches(cell, selected) && cell.source === map.stage.name && sourceChannel(view, cell) === map.channel;
  const [, height, width] = view.arrays["cell/window"]?.shape ?? [];
  outline(map.window, read ? { top: cell.top, left: cell.left, height, width } : null, map);
}

/** A convolution reads every input map (the panel shows one of them); pooling and activation read their own. */
const sourceChannel = (view, cell) => (cell.kind === "convolution" ? view.input : cell.channel);

export const matches = (cell, selected) =>
  Boolean(cell && selected && cell.stage === selected.stage && cell.channel === selected.channel && cell.row === selected.row && cell.column === selected.column);

/** Put a frame over the cells {top, left, height, width} of a map; cells outside it (padding) stick out. */
export function outline(frame, cells, { height, width }) {
  frame.hidden = !cells;
  if (!cells) return;
  const share = (value, count) => `${(100 * value) / count}%`;
  Object.assign(frame.style, { top: share(cells.top, height), left: share(cells.left, width), height: share(cells.height, height), width: share(cells.width, width) });
}
