// The answer: which digit each network reads, how certain it is, and the ten probabilities behind it.
//
// Data (packed): header {readers: [{label, note, main}], empty: bool, words: {empty, announce, scale}},
// arrays {probabilities: (readers, 10)}. Words: announce has {digit} and {percent}; scale names the bars.
// Without probabilities (or with empty = true) the view invites the reader to draw.

import { unpack } from "../dlviz.player/buffer.js";
import { element, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, perCent } from "../dlviz.player/numbers.js";

const CLASSES = 10;

export default instances("answer", (root, parent) => {
  const view = { cards: element("div", { class: "readers" }), spoken: element("p", { class: "unseen", "aria-live": "polite" }) };
  root.replaceChildren(view.cards, view.spoken);
  revealStyled(parent, root);
  return { update: ({ data }) => data instanceof Uint8Array && update(view, data), close: () => clearTimeout(view.timer) };
});

function update(view, data) {
  const { header, arrays } = unpack(data);
  if (!header.readers.length) header.readers = [{ label: "", main: true }]; // nobody reads yet: keep the place
  lay(view, header);
  show(view, header, arrays.probabilities?.data ?? new Float32Array(0));
}

/** Build the cards anew where there are other readers; otherwise keep them, so that the bars move. */
function lay(view, header) {
  const shape = JSON.stringify([header.readers.map(({ main }) => Boolean(main)), header.words]);
  if (shape !== view.shape) {
    view.shape = shape;
    view.readers = header.readers.map((reader) => card(reader, header.words));
    view.cards.replaceChildren(...view.readers.map((reader) => reader.root));
  }
  header.readers.forEach((reader, i) => nameCard(view.readers[i], reader));
}

function nameCard(card, { label, note }) {
  write(card.name, label);
  write(card.note, note ?? ""); // how far its training is: new with every message
  card.label = label;
  card.root.setAttribute("aria-label", label);
}

/** Return a share as percent with one decimal, and never 100: a softmax only comes so near to 1 that it is rounded. */
const percent = (share) => (share > 0.9995 ? ">99.9" : (100 * share).toFixed(1));

/** Return a share as whole percent, as a bar has room for it: nothing below a half, and never 100. */
function whole(share) {
  if (share < 0.005) return "";
  return share >= 0.995 ? ">99" : String(Math.round(100 * share));
}

function card(reader, words) {
  const digit = element("div", { class: "digit" });
  const certainty = element("div", { class: "certainty" });
  const bars = Array.from({ length: CLASSES }, (_, number) => bar(number));
  const [name, note] = [element("h3"), element("p")];
  const chart = element("div", { class: "bars", role: "img" }, ...bars.map((one) => one.root));
  const root = element(
    "section", { class: reader.main ? "reader main" : "reader" },
    element("header", {}, name, note),
    element("div", { class: "reading" }, element("div", { class: "verdict" }, digit, certainty),
      element("figure", {}, chart, element("figcaption", {}, words.scale))),
  );
  return { root, name, note, digit, certainty, bars, chart, main: reader.main };
}

function bar(number) {
  const value = element("span", { class: "value" });
  const level = element("span", { class: "level" });
  const root = element("div", { class: "bar" }, value, element("span", { class: "track" }, level), element("span", { class: "name" }, String(number)));
  return { root, value, level };
}

function show(view, header, probabilities) {
  const empty = header.empty || probabilities.length === 0;
  view.readers.forEach((reader, i) => {
    const row = empty ? new Float32Array(CLASSES) : probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
    showReader(reader, row, empty, header.words);
  });
  announce(view, header, probabilities, empty);
}

function showReader(reader, row, empty, words) {
  const best = row.indexOf(Math.max(...row));
  const share = (value) => perCent(percent(value));
  reader.root.classList.toggle("empty", empty);
  reader.digit.textContent = empty ? "" : String(best);
  reader.certainty.textContent = empty ? (reader.main ? words.empty : "–") : share(row[best]);
  reader.bars.forEach((one, number) => {
    one.level.style.transform = `scaleY(${row[number]})`;
    one.root.classList.toggle("best", !empty && number === best);
    one.value.textContent = whole(row[number]);
  });
  const spoken = Array.from(row, (value, number) => `${number}: ${share(value)}`).join(", ");
  reader.chart.setAttribute("aria-label", `${reader.label}. ${words.scale}${empty ? "" : `: ${spoken}`}`);
}

/** Say the main reading aloud once it has stood still for a moment: a stroke changes it many times a second. */
function announce(view, header, probabilities, empty) {
  clearTimeout(view.timer);
  const main = Math.max(0, header.readers.findIndex((reader) => reader.main));
  const row = probabilities.subarray(main * CLASSES, (main + 1) * CLASSES);
  const best = row.indexOf(Math.max(...row));
  const text = empty ? header.words.empty : fill(header.words.announce, { digit: best, percent: percent(row[best]) });
  view.timer = setTimeout(() => {
    if (view.spoken.textContent !== text) view.spoken.textContent = text;
  }, 700);
}
