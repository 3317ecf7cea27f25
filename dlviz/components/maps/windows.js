// Window × kernel = products: the three squares of numbers behind a cell of a feature map, and the maps it stands between.

import { cellUnder, outline } from "./board.js";
import { channelOf, extent, paint, readable } from "./drawing.js";
import { showPanel, sum } from "./panel.js";
import { showWeight, weightInput, written } from "./weights.js";
import { element } from "../dlviz.player/elements.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const SQUARES = { convolution: ["window", "kernel", "products"], max_pooling: ["window"], average_pooling: ["window", "kernel", "products"] };
const SIGNS = { kernel: "×", products: "=" };

/** Return {nodes, update}: the parts of the panel for a cell with a window. */
export function windowParts(view, stage, cell) {
  const { words } = view.header;
  const [inputs, height, width] = view.arrays["cell/window"].shape;
  const source = bigMap(view, words.input_map);
  const target = bigMap(view, words.output_map);
  drag(view, stage, target.picture);
  const squares = (SQUARES[cell.kind] ?? []).map((kind) => square(view, kind, height, width, stage.filters));
  const steps = inputs > 1 ? inputSteps(view, inputs) : null;
  const middle = squares.map((one) => element("div", { class: "factor" }, SIGNS[one.kind] ? element("span", { class: "sign" }, SIGNS[one.kind]) : null, one.root));
  const flow = element("div", { class: "flow" }, source.root, ...middle, target.root);
  const update = (now) => {
    source.paint(now.source, inputs > 1 || now.kind === "convolution" ? view.input : now.channel, { top: now.top, left: now.left, height, width });
    target.paint(now.stage, now.channel, { top: now.row, left: now.column, height: 1, width: 1 });
    squares.forEach((one) => one.fill(now));
    steps?.update();
  };
  return { nodes: steps ? [steps.root, flow] : [flow], update };
}

/** A map large enough to see its single cells, with a frame over some of them. */
function bigMap(view, caption) {
  const canvas = element("canvas");
  const frame = element("span", { class: "mark" });
  const picture = element("div", { class: "picture" }, canvas, frame);
  const root = element("figure", {}, picture, element("figcaption", { text: caption }));
  const show = (name, channel, cells) => {
    const array = view.arrays[`maps/${name}`];
    root.hidden = array?.shape.length !== 3;
    if (root.hidden) return;
    const [, height, width] = array.shape;
    const { low, high, ramp } = view.scales[name];
    paint(canvas, channelOf(array, channel), height, width, ramp, low, high);
    picture.style.aspectRatio = `${width} / ${height}`;
    outline(frame, cells, { height, width });
  };
  return { root, picture, paint: show };
}

/** Let a pointer move the chosen cell over the large output map. */
function drag(view, stage, picture) {
  const [, height, width] = stage.shape;
  const move = (event) => {
    const cell = { ...view.selected, ...cellUnder(event, picture, height, width) };
    if (cell.row !== view.selected.row || cell.column !== view.selected.column) view.choose(cell);
  };
  picture.classList.add("draggable");
  picture.addEventListener("pointerdown", (event) => { picture.setPointerCapture(event.pointerId); move(event); });
  picture.addEventListener("pointermove", (event) => { if (picture.hasPointerCapture(event.pointerId)) move(event); });
}

/** Steps through the input maps: each has its own window, kernel and products. */
function inputSteps(view, inputs) {
  const { words } = view.header;
  const text = element("span");
  const turn = (by) => () => {
    view.input = (view.input + by + inputs) % inputs;
    view.repaint();
    showPanel(view);
  };
  const button = (label, sign, by) => element("button", { type: "button", "aria-label": label, text: sign, onclick: turn(by) });
  const root = element("div", { class: "stepper" }, button(words.previous, "‹", -1), text, button(words.next, "›", 1));
  const update = () => {
    const total = sum(channelOf(view.arrays["cell/products"], view.input));
    text.textContent = fill(words.channels, { channel: view.input, count: inputs, total: significant(total) });
  };
  return { root, update };
}

// ------------------------------------------------------------------------------------------ squares

function square(view, kind, height, width, filters) {
  const typed = kind === "kernel" && filters;
  const cells = Array.from({ length: height * width }, (_, i) => element("td", { class: typed ? "typed" : null }, typed ? weightInput(view, i, width) : null));
  const rows = Array.from({ length: height }, (_, row) => element("tr", {}, ...cells.slice(row * width, (row + 1) * width)));
  const size = width <= 3 ? "large" : width <= 5 ? "medium" : "small";
  const root = element("table", { class: size }, element("caption", { text: view.header.words[kind] }), element("tbody", {}, ...rows));
  return { kind, root, fill: (cell) => fillSquare(view, kind, cells, width, cell) };
}

function fillSquare(view, kind, cells, width, cell) {
  const array = view.arrays[`cell/${kind}`];
  const channel = Math.min(view.input, array.shape[0] - 1);
  const scale = view.scales[cell.source];
  const most = kind === "window" && scale ? Math.max(-scale.low, scale.high) : extent(array.data).most;
  const inside = view.arrays["cell/inside"]?.data;
  channelOf(array, channel).forEach((value, i) => {
    colour(view, cells[i], most > 0 ? value / most : 0);
    const input = cells[i].firstElementChild;
    if (input) showWeight(view, input, value, width);
    else cells[i].textContent = written(value, width);
    cells[i].classList.toggle("winner", kind === "window" && Boolean(cell.winner) && i === cell.winner[0] * width + cell.winner[1]);
    cells[i].classList.toggle("padding", kind === "window" && inside?.[i] === 0);
  });
}

function colour(view, cell, share) {
  const background = view.theme.signed(0.85 * Math.max(-1, Math.min(1, share)));
  cell.style.backgroundColor = view.theme.css(background);
  cell.style.color = readable(background);
}
