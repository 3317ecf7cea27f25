// The atlas: every test digit as a point, placed by what the network's last layer makes of it. Digits that the
// network takes for alike lie together; a ring marks those that it reads wrongly.
//
// Data (packed): header {words, selected}, arrays points (N, 2), labels (N,), answers (N,), pictures (N, 28, 28) uint8
// and, where the digits have other names, numbers (N,): what `number` in the state then says.
// State: digit = {number, seq}. Words: label (of the whole: {count}, {wrong}), right, wrong ({number}, {truth},
// {answer}), all, class ({digit}, {count}, {wrong}), closer, farther, whole, legend.

import { paint, sender, themeOf } from "../dlviz.maps/drawing.js";
import { createCanvas, draw, nearest, neighbour } from "./scatter.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, revealStyled } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill } from "../dlviz.player/numbers.js";

const CLASSES = 10;

export default instances("atlas", (root, parent) => {
  const view = create(root);
  revealStyled(parent, root);
  return { update: (component) => update(view, component), close: () => view.observer.disconnect() };
});

function update(view, { data, setStateValue }) {
  if (!(data instanceof Uint8Array)) return;
  view.send.setStateValue = setStateValue;
  const { header, arrays } = unpack(data);
  Object.assign(view, { words: header.words, theme: themeOf(view.root), points: arrays.points.data, pictures: arrays.pictures });
  Object.assign(view, { labels: arrays.labels.data, answers: arrays.answers.data, numbers: arrays.numbers?.data });
  view.count = view.labels.length;
  if (view.shown >= view.count) view.shown = -1;
  say(view);
  draw(view);
  showCard(view);
}

function create(root) {
  const canvas = element("canvas", { class: "sky", tabindex: 0, role: "application" });
  const card = element("div", { class: "card", hidden: true }, element("canvas", { width: 28, height: 28 }), element("p"));
  const spoken = element("p", { class: "unseen", "aria-live": "polite" });
  const legend = element("div", { class: "legend", role: "group" });
  const tools = element("div", { class: "tools" });
  const stage = element("div", { class: "stage" }, canvas, card);
  root.replaceChildren(element("div", { class: "head" }, legend, tools), stage, spoken); // nothing lies over the points
  const view = { root, canvas, card, spoken, legend, tools, stage, shown: -1, picked: -1, only: -1, count: 0, zoom: 1, left: 0, top: 0, send: sender() };
  view.redraw = () => { draw(view); showCard(view); };
  view.show = (index, aloud) => show(view, index, aloud);
  view.pick = (index) => pick(view, index);
  createCanvas(view);
  createTools(view);
  canvas.addEventListener("keydown", (event) => key(view, event));
  return view;
}

// ---------------------------------------------------------------------------------------- the buttons

function createTools(view) {
  const button = (text, act) => element("button", { type: "button", text, onclick: act });
  view.buttons = [button("+", () => view.scale(1.6)), button("−", () => view.scale(1 / 1.6)), button("⤢", () => view.whole())];
  view.tools.append(...view.buttons);
  view.chips = Array.from({ length: CLASSES }, (_, digit) => button(String(digit), () => isolate(view, digit)));
  view.legend.append(...view.chips);
}

/** Show one digit alone, or all again. */
function isolate(view, digit) {
  view.only = view.only === digit ? -1 : digit;
  view.shown = -1;
  say(view);
  view.redraw();
}

function say(view) {
  const { words, labels, answers } = view;
  const wrong = labels.reduce((count, label, i) => count + (label !== answers[i]), 0);
  view.canvas.setAttribute("aria-label", fill(words.label, { count: view.count, wrong }));
  view.legend.setAttribute("aria-label", words.legend);
  [words.closer, words.farther, words.whole].forEach((word, i) => {
    view.buttons[i].setAttribute("aria-label", word);
    view.buttons[i].title = word;
  });
  view.chips.forEach((chip, digit) => {
    const mine = labels.reduce((found, label, i) => (label === digit ? [found[0] + 1, found[1] + (answers[i] !== digit)] : found), [0, 0]);
    chip.style.setProperty("--class", view.theme.css(view.theme.classes[digit]));
    chip.setAttribute("aria-pressed", String(view.only === digit));
    chip.setAttribute("aria-label", fill(words.class, { digit, count: mine[0], wrong: mine[1] }));
    chip.title = chip.getAttribute("aria-label");
  });
}

// ------------------------------------------------------------------------------------- points and keys

function show(view, index, aloud = false) {
  if (index === view.shown) return;
  view.shown = index;
  view.redraw();
  if (aloud && index >= 0) view.spoken.textContent = sentence(view, index);
}

function pick(view, index) {
  view.picked = index;
  view.shown = index;
  view.redraw();
  if (index >= 0) view.send("digit", { number: numberOf(view, index) });
}

const numberOf = (view, index) => view.numbers?.[index] ?? index;

function sentence(view, index) {
  const [truth, answer] = [view.labels[index], view.answers[index]];
  return fill(truth === answer ? view.words.right : view.words.wrong, { number: numberOf(view, index), truth, answer });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function key(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = { "+": () => view.scale(1.6), "-": () => view.scale(1 / 1.6), 0: () => view.whole(), Enter: () => view.pick(view.shown), " ": () => view.pick(view.shown), Escape: () => view.show(-1) };
  const arrow = ARROWS[event.key];
  if (arrow) view.show(view.shown < 0 ? nearest(view, view.width / 2, view.height / 2, Infinity) : neighbour(view, view.shown, arrow), true);
  else if (acts[event.key]) acts[event.key]();
  else return;
  event.preventDefault();
}

/** The picture behind the point in view, beside it. */
function showCard(view) {
  const { card, shown } = view;
  card.hidden = shown < 0 || !view.place;
  if (card.hidden) return;
  const size = 28 * 28;
  paint(card.firstElementChild, view.pictures.data.subarray(shown * size, (shown + 1) * size), 28, 28, view.theme.ramps.ink, 0, 255);
  card.lastElementChild.textContent = sentence(view, shown);
  card.classList.toggle("mistake", view.labels[shown] !== view.answers[shown]);
  const [x, y] = view.place(shown);
  const box = card.getBoundingClientRect();
  const left = x + 16 + box.width < view.width ? x + 16 : x - 16 - box.width;
  card.style.left = `${Math.max(0, Math.min(view.width - box.width, left))}px`;
  card.style.top = `${Math.max(0, Math.min(view.height - box.height, y - box.height / 2))}px`;
}
