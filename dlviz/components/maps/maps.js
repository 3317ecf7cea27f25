// Inside the network: what every stage makes of one picture, and the arithmetic behind any single cell.
//
// Data (packed):
//   header.stages      [{name, label, shape: [C, H, W] or [U], signed, filters: bool, units: [labels]}]
//                      the first is the picture itself; note (optional) stands for the size beside the label;
//                      filters = its kernels can be muted and edited
//   header.cell        null, or the arithmetic of the chosen cell (see panel.js)
//   header.operations  {muted: [[stage, channel]], edited: [[stage, channel, [kernel values]]], seq}: what is in force
//   header.selected    null or {stage, channel, row, column}: the cell to open with
//   header.words       see panel.js, board.js
//   arrays "maps/<stage>" (C, H, W) or (U,)
// State: cell = {stage, channel, row, column, seq}; operations, in the form it has in the header and always the
// whole truth. Send operations.seq back in the header once it was taken in, so that a late answer does not undo a
// newer click.

import { createBoard, layBoard, paintBoard } from "./board.js";
import { extent, heard, sender, themeOf } from "./drawing.js";
import { createLens } from "./lens.js";
import { createPanel, showPanel } from "./panel.js";
import { unpack } from "../dlviz.player/buffer.js";
import { revealStyled } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";

export default instances("maps", (root, parent) => {
  const view = create(root);
  revealStyled(parent, root);
  return { update: (component) => update(view, component), close() {} };
});

function update(view, { data, setStateValue }) {
  if (!(data instanceof Uint8Array)) return;
  view.send.setStateValue = setStateValue;
  Object.assign(view, unpack(data));
  take(view);
  layBoard(view);
  refresh(view);
}

function create(root) {
  const view = { root, send: sender(), selected: null, input: 0, muted: new Set(), edited: new Map(), sequence: 0, touched: false };
  view.choose = (cell) => choose(view, cell);
  view.mute = (stage, channel) => mute(view, stage, channel);
  view.edit = (stage, channel, kernel) => edit(view, stage, channel, kernel);
  view.repaint = () => paintBoard(view);
  view.restore = (stage, channel) => restore(view, stage, channel);
  createBoard(view);
  createPanel(view);
  createLens(view);
  return view;
}

/** Take over what Python says is in force, unless the reader has changed something since Python last heard. */
function take(view) {
  const { operations = {}, selected, stages } = view.header;
  if (heard(operations.seq, view.sequence)) {
    view.muted = new Set((operations.muted ?? []).map(String));
    view.edited = new Map((operations.edited ?? []).map(([stage, channel, kernel]) => [`${stage},${channel}`, kernel]));
  }
  const known = (cell) => cell && stages.some(({ name }) => name === cell.stage);
  if (!view.touched || !known(view.selected)) view.selected = known(selected) ? selected : null;
}

/** Redraw everything that depends on the data, the theme, the chosen cell or the operations. */
function refresh(view) {
  view.theme = themeOf(view.root);
  view.root.style.setProperty("--neutral", view.theme.css(view.theme.neutral)); // the zero of the scales, as on the maps
  view.scales = Object.fromEntries(view.header.stages.map((stage) => [stage.name, scaleOf(stage, view)]));
  showPanel(view); // first: it decides which input map is in view
  paintBoard(view);
}

function scaleOf(stage, view) {
  const { low, most } = extent(view.arrays[`maps/${stage.name}`].data);
  const kind = stage === view.header.stages[0] ? "ink" : (stage.signed ?? low < 0) ? "signed" : "positive";
  return { kind, low: kind === "signed" ? -most : 0, high: most, ramp: view.theme.ramps[kind] };
}

function choose(view, cell) {
  view.selected = cell;
  view.touched = true;
  view.send("cell", cell);
  paintBoard(view);
  showPanel(view);
}

function mute(view, stage, channel) {
  const key = `${stage},${channel}`;
  if (!view.muted.delete(key)) view.muted.add(key);
  tell(view);
}

function edit(view, stage, channel, kernel) {
  view.edited.set(`${stage},${channel}`, kernel);
  tell(view);
}

/** Undo the edits of one filter, or of all filters (and let all be heard again) where none is named. */
function restore(view, stage, channel) {
  if (stage === undefined) {
    view.edited.clear();
    view.muted.clear();
  } else view.edited.delete(`${stage},${channel}`);
  tell(view);
}

const place = (key) => [key.slice(0, key.lastIndexOf(",")), Number(key.slice(key.lastIndexOf(",") + 1))];

function tell(view) {
  const edited = [...view.edited].map(([key, kernel]) => [...place(key), kernel]);
  view.sequence = view.send("operations", { muted: [...view.muted].map(place), edited });
  paintBoard(view);
  showPanel(view);
}
