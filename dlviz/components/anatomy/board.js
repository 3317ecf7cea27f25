// The network as columns of numbers with its weights as links between them.

import { css, mix, paint, signed } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 46; // pixels of a unit, and the room between two
const GAP = 14;
const SMALL = { height: 30, gap: 5 }; // where there are many
const LEAST = 96; // pixels from column to column, before the picture scrolls
const HEAD = 26; // above the columns
const CELL = 19; // pixels a side of an input in a picture
const APART = 8; // between units that stand side by side in a row
const [UNNAMED, NAMED, MOST_WIDE] = [74, 140, 158]; // pixels that a unit needs, that one with a long name needs, and the most
const [NEAR, FAR] = [10, 26]; // from a row to the head of the next, without and with links between them

export class Board {
  constructor(page) {
    this.page = page;
    this.links = document.createElementNS(SVG, "svg");
    this.links.setAttribute("class", "links");
    this.links.setAttribute("aria-hidden", "true");
    this.field = element("div", { class: "field" }, this.links);
    this.node = element("div", { class: "board" }, this.field);
    this.field.onpointerleave = () => page.point(null);
  }

  /** Make the columns anew where the network has another shape. */
  update() {
    const { network, header } = this.page;
    const shape = JSON.stringify([network.layers.map((one) => [one.units, one.inputs]), header.head, header.side]);
    if (shape !== this.shape) this.#build(network, header);
    this.shape = shape;
  }

  #build(network, header) {
    const last = network.last;
    const inputs = { kind: "input", parts: Array.from({ length: network.layers[0].inputs }, (_, unit) => this.#part({ kind: "input", unit, row: 0 })) };
    const layers = network.layers.map((layer, place) => ({ kind: "unit", layer: place, parts: Array.from({ length: layer.units }, (_, unit) => this.#part({ kind: "unit", layer: place, unit, row: 0 }, place === last)) }));
    const answers = header.head === "identity" ? [] : [{ kind: "answer", parts: Array.from({ length: network.outputs }, (_, unit) => this.#part({ kind: "answer", unit, row: 0 })) }];
    this.columns = [inputs, ...layers, ...answers];
    this.heads = this.columns.map(() => element("span", { class: "head" }));
    this.loss = this.#part({ kind: "loss", row: 0 });
    this.picture = element("canvas", { class: "picture", hidden: !header.side });
    this.field.replaceChildren(this.links, ...this.heads, this.picture, ...this.columns.flatMap((column) => column.parts.map((part) => part.node)), this.loss.node);
    this.links.replaceChildren();
    this.placed = "";
    this.lines = network.layers.flatMap((layer, place) => Array.from({ length: layer.units * layer.inputs }, (_, i) => {
      const line = document.createElementNS(SVG, "path");
      this.links.append(line);
      return { line, layer: place, unit: Math.floor(i / layer.inputs), input: i % layer.inputs };
    }));
  }

  #part(what, score = false) {
    const [name, value, more] = ["name", "value figures", "more figures"].map((kind) => element("span", { class: kind }));
    const node = element("button", { type: "button", class: `part ${what.kind}${score ? " score" : ""}` }, name, value, more);
    node.onpointerenter = (event) => event.pointerType !== "touch" && this.page.point(what);
    node.onfocus = () => node.matches(":focus-visible") && this.page.point(what);
    node.onblur = () => this.page.point(null);
    node.onclick = () => this.page.pin(what);
    return { what, node, name, value, more, text: "" };
  }

  // --------------------------------------------------------------------------------------- drawing

  draw(before) {
    const { page } = this;
    this.#place(page.stage.clientWidth);
    const focus = page.focus;
    this.columns.forEach((column, place) => {
      write(this.heads[place], this.#head(column));
      column.parts.forEach((part) => this.#write(part, focus, before, place));
    });
    this.#writeLoss(focus, before);
    this.#colour(focus);
  }

  #head({ kind, layer }) {
    const { network, header: { words } } = this.page;
    if (this.narrow && !this.upright) return kind === "input" ? "x" : kind === "answer" ? "p" : layer === network.last ? "z" : words.activations[network.layers[layer].activation];
    if (kind !== "unit") return words[`head_${kind}`];
    return layer === network.last ? words.head_score : fill(words.head_hidden, { layer: layer + 1, activation: words.activations[network.layers[layer].activation] });
  }

  /** Put layers and links in their places: side by side, or, where that has no room, one below the other. */
  #place(room) {
    const { side } = this.page.header;
    this.narrow = room < 560;
    const beside = this.#beside(room);
    this.upright = !side && (this.narrow || beside.wide > room);
    const plan = this.upright ? this.#below(room) : beside;
    const { wide, tall } = plan;
    const key = [wide, tall, this.upright, this.columns.length].join();
    if (key === this.placed) return;
    this.placed = key;
    Object.assign(this.field.style, { width: `${wide}px`, height: `${tall}px` });
    this.links.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    this.columns.forEach(({ parts }, place) => {
      Object.assign(this.heads[place].style, plan.heads[place]);
      parts.forEach((part, i) => {
        part.box = plan.boxes[place][i];
        Object.assign(part.node.style, pixels(part.box));
      });
    });
    Object.assign(this.loss.node.style, pixels(plan.loss));
    if (side) Object.assign(this.picture.style, pixels({ left: this.narrow ? 17 : 24, top: HEAD, width: this.narrow ? 64 : 84 }));
    for (const { line, layer, unit, input } of this.lines) {
      line.setAttribute("d", way(this.columns[layer].parts[input].box, this.columns[layer + 1].parts[unit].box, this.upright));
    }
    this.small = plan.small;
    this.tight = plan.size < 100 && !(this.narrow && !this.upright);
    for (const [name, on] of Object.entries({ tight: this.tight, small: this.small, upright: this.upright })) this.node.classList.toggle(name, on);
  }

  /** Where everything stands with a column for each layer. */
  #beside(room) {
    const { header: { side } } = this.page;
    const { narrow } = this;
    const columns = this.columns.length;
    const most = Math.max(...this.columns.map(({ parts, kind }) => (side && kind === "input" ? 1 : parts.length)));
    const { height, gap } = most > 6 ? SMALL : { height: HEIGHT, gap: GAP };
    const cell = narrow ? 14 : CELL;
    const first = side ? side * cell : narrow ? 92 : 132;
    const wide = Math.max(room - 4, first + (columns - 1) * (narrow ? 75 : LEAST));
    const size = narrow ? 62 : Math.min(124, Math.max(76, (wide - first) / (columns - 1) - 56));
    const apart = (wide - first - size * (columns - 1)) / Math.max(1, columns - 1);
    const tall = HEAD + Math.max(most * (height + gap), side ? side * cell + (narrow ? 76 : 108) : 0) + 64;
    const body = tall - HEAD - 64;
    const end = Math.max(size, narrow ? 150 : 190);
    const plan = { wide, tall, size, small: most > 6, boxes: [], heads: [], loss: { left: Math.max(0, wide - end), top: tall - 52, width: end, height: 44 } };
    this.columns.forEach(({ parts: { length: count } }, place) => {
      const width = place ? size : first;
      const left = place ? first + apart * place + size * (place - 1) : 0;
      const more = place && !narrow ? 40 : 0; // a head is wider than its column; the last one reaches to the left alone
      const last = place === columns - 1;
      plan.heads.push({ ...pixels({ left: left - (last ? more : more / 2), top: 0, width: width + more }), textAlign: last && more ? "right" : "" });
      const start = HEAD + (body - count * (height + gap) + gap) / 2;
      plan.boxes.push(Array.from({ length: count }, (_, i) => (side && !place
        ? { left: (i % side) * cell, top: HEAD + (narrow ? 70 : 100) + Math.floor(i / side) * cell, width: cell, height: cell }
        : { left, top: start + i * (height + gap), width, height })));
    });
    return plan;
  }

  /** Where everything stands with a row for each layer, or several where it has many units: a phone is higher than wide. */
  #below(room) {
    const wide = room - 4;
    const plan = { wide, boxes: [], heads: [], size: MOST_WIDE, small: false };
    let top = 0;
    this.columns.forEach(({ kind, parts: { length: count } }, place) => {
      top += !place ? 0 : kind === "answer" ? NEAR : FAR; // links need room; none lead from a score to its probability
      plan.heads.push({ left: "0", top: `${top}px`, width: "", textAlign: "" });
      top += HEAD;
      const least = kind === "input" && this.page.header.inputs.some(({ raw }) => raw) ? NAMED : UNNAMED;
      const rows = Math.ceil(count / Math.max(1, Math.floor((wide + APART) / (least + APART))));
      const abreast = Math.ceil(count / rows);
      const size = Math.min(MOST_WIDE, (wide + APART) / abreast - APART);
      if (kind === "unit") plan.size = Math.min(plan.size, size);
      plan.boxes.push(Array.from({ length: count }, (_, i) => {
        const row = Math.floor(i / abreast);
        const start = (wide + APART - Math.min(abreast, count - row * abreast) * (size + APART)) / 2;
        return { left: start + (i % abreast) * (size + APART), top: top + row * (HEIGHT + APART), width: size, height: HEIGHT };
      }));
      top += rows * (HEIGHT + APART) - APART;
    });
    const loss = { left: (wide - MOST_WIDE) / 2, top: top + NEAR + 8, width: MOST_WIDE, height: 44 };
    return { ...plan, loss, tall: loss.top + 48 };
  }

  #write(part, focus, before, column) {
    const { page, page: { network, header, theme } } = this;
    const { kind, layer, unit } = part.what;
    const state = this.#valueOf(part);
    const pixel = header.side && kind === "input";
    write(part.name, pixel ? "" : state.name);
    write(part.value, pixel ? "" : state.value);
    write(part.more, pixel || this.small ? "" : state.more);
    label(part.node, state.said);
    part.node.title = state.said;
    part.node.classList.toggle("unknown", !state.known);
    part.node.classList.toggle("focus", kind === focus.kind && layer === focus.layer && unit === focus.unit);
    part.node.classList.toggle("source", this.#feeds(part.what, focus));
    part.node.classList.toggle("touched", kind === "input" && `x${unit + 1}` in page.changes);
    part.node.classList.toggle("true", kind === "answer" && network.target(unit) === 1);
    part.node.style.background = state.known && state.tint !== null ? css(mix(theme.background, signed(state.tint, theme), pixel ? 1 : 0.42)) : "";
    part.node.style.setProperty("--share", kind === "answer" && state.known ? String(network.answer(unit)) : "0");
    const changed = before && part.text && part.text !== state.value;
    part.text = state.value;
    if (changed && state.known) this.#pulse(part.node, column);
  }

  /** Light up what has become another number, column by column. */
  #pulse(node, column) {
    node.classList.remove("pulse");
    void node.offsetWidth; // the animation begins anew
    node.style.setProperty("--late", `${column * 90}ms`);
    node.classList.add("pulse");
  }

  #valueOf({ what: { kind, layer, unit } }) {
    const { page, page: { network, header, header: { words } } } = this;
    if (kind === "input") {
      const value = network.input(0, unit);
      const { name, raw } = header.inputs[unit];
      return { known: true, name, value: significant(value), more: raw ?? "", tint: header.side ? value : value / page.most, said: fill(words.said_input, { name, value: significant(value) }) };
    }
    if (kind === "answer") {
      const known = page.known({ kind: "answer" });
      const share = percent(network.answer(unit));
      return { known, name: header.classes[unit], value: known ? share : "?", more: "", tint: null, said: fill(words.said_answer, { name: header.classes[unit], value: known ? share : "?" }) };
    }
    const plain = network.layers[layer].activation === "identity";
    const [sum, out] = [page.known({ kind: "sum", layer, unit }), page.known({ kind: "output", layer, unit, plain })];
    const [z, h] = [sum ? significant(network.sum(layer, unit)) : "?", out ? significant(network.output(layer, unit)) : "?"];
    const name = layer === network.last && header.head !== "identity" ? header.classes[unit] : network.unitName(layer, unit);
    const value = network.output(layer, unit);
    return { known: out, name, value: h, more: plain ? "" : this.narrow ? `z ${sum ? significant(network.sum(layer, unit), 2) : "?"}` : `${this.tight ? "z" : "z ="} ${z}`, tint: value / page.most, said: fill(words.said_unit, { name: name === network.unitName(layer, unit) ? name : `${network.unitName(layer, unit)} (${name})`, sum: z, value: h }) };
  }

  #feeds(what, focus) {
    const { network } = this.page;
    if (focus.kind === "unit") return focus.layer === 0 ? what.kind === "input" : what.kind === "unit" && what.layer === focus.layer - 1;
    if (focus.kind === "answer") return what.kind === "unit" && what.layer === network.last && (network.head === "softmax" || what.unit === focus.unit);
    return focus.kind === "loss" && (what.kind === "answer" || (network.head === "identity" && what.kind === "unit" && what.layer === network.last));
  }

  #writeLoss(focus, before) {
    const { page, page: { network, header: { words } } } = this;
    const known = page.known({ kind: "loss" });
    const text = known ? significant(network.loss()) : "?";
    write(this.loss.name, words.loss);
    write(this.loss.value, text);
    label(this.loss.node, `${words.loss}: ${text}`);
    this.loss.node.classList.toggle("unknown", !known);
    this.loss.node.classList.toggle("focus", focus.kind === "loss");
    if (before && this.loss.text && this.loss.text !== text) this.#pulse(this.loss.node, this.columns.length);
    this.loss.text = text;
  }

  /** Links have the colour of their weight's sign and are as thick as it is large; what leads to the focus stands out. */
  #colour(focus) {
    const { network, theme, step, header, arrays } = this.page;
    const most = Math.max(1e-9, ...network.layers.flatMap((one) => [Math.max(...one.weights), -Math.min(...one.weights)]));
    if (header.side) paint(this.picture, arrays.picture.data, 28, 28, (ink) => mix(theme.background, theme.text, ink / 255));
    for (const { line, layer, unit, input } of this.lines) {
      const weight = network.weight(layer, unit, input);
      const into = focus.kind === "unit" && focus.layer === layer && focus.unit === unit;
      const out = (focus.kind === "input" && layer === 0 && input === focus.unit) || (focus.kind === "unit" && focus.layer === layer - 1 && focus.unit === input);
      const now = step?.kind === "term" && step.layer === layer && step.unit === unit && input >= step.from && input < step.to;
      line.setAttribute("stroke", css(signed(weight < 0 ? -1 : 1, theme)));
      line.setAttribute("stroke-width", String(0.6 + 4.4 * (Math.abs(weight) / most) + (now ? 1.5 : 0)));
      line.setAttribute("opacity", String(now ? 1 : into ? (step?.kind === "term" && step.layer === layer ? 0.45 : 0.95) : out ? 0.55 : header.side && layer === 0 ? 0.04 : 0.13));
    }
  }
}

/** The way of a link from one unit to another, to the right or, `upright`, down. */
function way(from, to, upright) {
  if (upright) {
    const [x1, y1, x2, y2] = [from.left + from.width / 2, from.top + from.height, to.left + to.width / 2, to.top];
    const bend = (y2 - y1) / 2.4;
    return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [from.left + from.width, from.top + from.height / 2, to.left, to.top + to.height / 2];
  const bend = (x2 - x1) / 2.4;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

const pixels = (box) => Object.fromEntries(Object.entries(box).map(([name, value]) => [name, `${value}px`]));
