// The arithmetic of one cell: what it reads, what that is multiplied by, and what it all adds up to.
//
// header.cell is dlviz/probes/window.py, CellArithmetic: {stage, kind, source, channel, row, column, top, left, bias,
// rest, total, value, winner, after: [[stage, value]]}, with the arrays "cell/window", "cell/kernel", "cell/products"
// (C, k, k), "cell/inside" (k, k) and, for a dense unit, "cell/places" (n, 3).
// Words: choose, title, unit_title ({stage}, {channel}, {row}, {column}); window, kernel, products, input_map,
// output_map; previous, next, channels ({channel}, {count}, {total}); mute, unmute, reset, reset_all; weight ({row},
// {column}); place, unit_place ({source}, {channel}, {row}, {column}); term: four column heads; after ({stage},
// {value}); and one sentence per kind: convolution, max_pooling, average_pooling, dense, normalisation, activation,
// with {products} (their sum), {bias}, {rest}, {total}, {value}, {count}, {input}, {weight}.

import { matches, memberSentence } from "./board.js";
import { showTerms, termTable } from "./terms.js";
import { windowParts } from "./windows.js";
import { element } from "../dlviz.player/elements.js";
import { fill, significant } from "../dlviz.player/numbers.js";

export function createPanel(view) {
  const button = (act, kind) => element("button", { type: "button", class: kind ?? null, onclick: act });
  const title = element("h4");
  const mute = button(() => view.mute(view.selected.stage, view.selected.channel));
  const reset = button(() => view.restore(view.selected.stage, view.selected.channel));
  const resetAll = button(() => view.restore(), "plain");
  const body = element("div", { class: "body" });
  const sentence = element("p", { class: "sentence", "aria-live": "polite" });
  const head = element("header", {}, title, element("div", { class: "tools" }, mute, reset, resetAll));
  view.panel = { root: element("section", { class: "panel" }, head, body, sentence), title, mute, reset, resetAll, body, sentence, signature: "" };
}

export function showPanel(view) {
  const { panel, selected, header } = view;
  const stage = header.stages.find(({ name }) => name === selected?.stage);
  if (!stage) return showHint(view);
  const cell = matches(header.cell, selected) ? header.cell : null;
  const first = stage === header.stages[0]; // the picture itself: nothing was computed to get it
  stand(view, view.strips.querySelector(`:scope > [data-stage="${CSS.escape(stage.name)}"]`));
  panel.root.classList.remove("hint");
  panel.root.setAttribute("aria-busy", String(!cell && !first));
  panel.title.textContent = fill(stage.shape.length === 3 ? header.words.title : header.words.unit_title, { ...selected, stage: stage.label });
  showTools(view, stage);
  if (first) showPlain(view, memberSentence(view, stage, selected));
  else if (cell) showCell(view, stage, cell);
  return undefined;
}

/** Put the panel under the strip of the chosen stage. */
function stand({ panel }, strip) {
  if (strip.nextElementSibling !== panel.root) strip.after(panel.root);
}

function showPlain({ panel }, sentence) {
  panel.signature = "";
  panel.body.replaceChildren();
  panel.sentence.textContent = sentence;
}

function showHint(view) {
  const { panel, strips, header } = view;
  panel.root.classList.add("hint");
  panel.title.textContent = header.words.choose;
  showPlain(view, "");
  if (strips.firstElementChild !== panel.root) strips.prepend(panel.root);
  for (const button of [panel.mute, panel.reset]) button.hidden = true;
  showResetAll(view);
}

function showResetAll({ panel, header, muted, edited }) {
  panel.resetAll.textContent = header.words.reset_all;
  panel.resetAll.hidden = muted.size + edited.size === 0;
}

function showTools(view, stage) {
  const { panel, header, muted, edited, selected } = view;
  const key = `${selected.stage},${selected.channel}`;
  panel.mute.textContent = muted.has(key) ? header.words.unmute : header.words.mute;
  panel.mute.setAttribute("aria-pressed", String(muted.has(key)));
  panel.mute.hidden = !stage.filters;
  panel.reset.textContent = header.words.reset;
  panel.reset.hidden = !edited.has(key);
  showResetAll(view);
}

/** Fill the panel; its parts are built anew only where the kind of arithmetic changed, so that focus stays. */
function showCell(view, stage, cell) {
  const { panel, arrays } = view;
  const signature = JSON.stringify([cell.kind, cell.source, arrays["cell/window"].shape, stage.name, view.header.words]);
  if (panel.signature !== signature) {
    panel.signature = signature;
    view.input = heaviest(arrays["cell/products"]);
    panel.parts = cell.kind === "dense" ? termTable(view) : windowParts(view, stage, cell);
    panel.body.replaceChildren(...panel.parts.nodes);
  }
  if (cell.kind === "dense") showTerms(view, panel.parts, cell);
  else panel.parts.update(cell);
  panel.sentence.textContent = sentence(view, cell);
}

/** The input map whose products add up to most, for better or worse: the one to show first. */
function heaviest({ data, shape }) {
  const sums = Array.from({ length: shape[0] }, (_, c) => Math.abs(sum(data.subarray(c * shape[1] * shape[2], (c + 1) * shape[1] * shape[2]))));
  return sums.indexOf(Math.max(...sums));
}

export const sum = (values) => values.reduce((total, value) => total + value, 0);

function sentence(view, cell) {
  const { words, stages } = view.header;
  const { arrays } = view;
  const numbers = { ...cell, products: sum(arrays["cell/products"].data), input: arrays["cell/window"].data[0], weight: arrays["cell/kernel"].data[0] };
  const written = Object.fromEntries(["products", "bias", "rest", "total", "value", "input", "weight"].map((name) => [name, significant(numbers[name], 4)]));
  const label = (name) => stages.find((stage) => stage.name === name)?.label ?? name;
  const after = (cell.after ?? []).map(([stage, value]) => fill(words.after, { stage: label(stage), value: significant(value, 4) }));
  return [fill(words[cell.kind], { ...written, count: arrays["cell/window"].data.length }), ...after].join(" ");
}
