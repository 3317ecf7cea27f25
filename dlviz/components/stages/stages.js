// From stroke to picture: each step of the preparation as the picture it leaves behind, and a switch to leave it out.
//
// Data (packed): header {stages: [{name, caption, note, on}], seq, words: {on, off, picture}}, arrays {<name>: (H, W)}
// grey from 0 (paper) to 1 (ink) as float32, or to 255 as uint8. `on` is true, false, or null for a step without a
// switch. State: steps = {on: {name: bool}, seq}. Send `seq` back in the header, so that a late answer
// from Python does not undo a newer click. The word picture has {caption}, {height}, {width}.

import { heard, paint, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill } from "../dlviz.player/numbers.js";

export default instances("stages", (root, parent) => {
  const view = { root: element("ol", { class: "row" }), cards: [], shape: "", on: {}, sequence: 0, send: sender() };
  root.replaceChildren(view.root);
  revealStyled(parent, root);
  return { update: (component) => update(view, component), close() {} };
});

function update(view, { data, setStateValue }) {
  if (!(data instanceof Uint8Array)) return;
  view.send.setStateValue = setStateValue;
  const { header, arrays } = unpack(data);
  lay(view, header);
  const theme = themeOf(view.root);
  header.stages.forEach((stage, i) => show(view, view.cards[i], stage, arrays[stage.name], header, theme));
}

function lay(view, header) {
  const shape = JSON.stringify([header.stages.map(({ name, caption, on }) => [name, caption, typeof on]), header.words]);
  if (shape === view.shape) return;
  view.shape = shape;
  view.cards = header.stages.map((stage) => card(view, stage, header.words));
  view.root.replaceChildren(...view.cards.map((one) => one.root));
}

function card(view, stage, words) {
  const picture = element("canvas", { width: 1, height: 1, role: "img" });
  const size = element("span", { class: "size" });
  const caption = element("span", { class: "caption" }, stage.caption);
  const state = element("span", { class: "unseen" });
  const control = typeof stage.on !== "boolean"
    ? element("div", { class: "title" }, caption)
    : element("button", { type: "button", class: "title", role: "switch", onclick: () => toggle(view, stage.name) },
      element("span", { class: "knob", "aria-hidden": "true" }), caption, state);
  const note = element("p");
  const root = element("li", {}, element("div", { class: "frame" }, picture, size), control, note);
  return { root, picture, size, control, state, note, words };
}

function toggle(view, name) {
  view.on = { ...view.on, [name]: !view.on[name] };
  view.sequence = view.send("steps", { on: view.on });
  for (const card of view.cards) card.sync?.();
}

function show(view, card, stage, array, header, theme) {
  if (heard(header.seq, view.sequence)) view.on = switches(header.stages);
  card.sync = () => sync(card, view.on[stage.name]);
  card.sync();
  write(card.note, stage.note ?? "");
  if (!array) return;
  const [height, width] = array.shape;
  const most = array.data instanceof Uint8Array ? 255 : 1;
  paint(card.picture, array.data, height, width, theme.ramps.ink, 0, most);
  card.picture.style.imageRendering = height > 60 ? "auto" : "pixelated";
  card.picture.setAttribute("aria-label", fill(header.words.picture, { caption: stage.caption, height, width }));
  card.size.textContent = stage.note ? "" : `${width}×${height}`;
}

const switches = (stages) => Object.fromEntries(stages.filter(({ on }) => typeof on === "boolean").map(({ name, on }) => [name, on]));

function sync(card, on) {
  if (card.control.tagName !== "BUTTON") return;
  card.control.setAttribute("aria-checked", String(Boolean(on)));
  card.root.classList.toggle("off", !on);
  card.state.textContent = on ? card.words.on : card.words.off;
}
