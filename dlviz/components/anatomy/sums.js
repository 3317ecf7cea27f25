// The sum that a number was made by, written out term by term; every number of it can be changed.

import { css, mix, signed } from "../dlviz.player/colours.js";
import { element, label } from "../dlviz.player/elements.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const MANY = 12; // terms from which on those of a zero input are only counted
const FEWEST = 1e-12;

export class Sum {
  constructor(page) {
    this.page = page;
    this.title = element("h4");
    this.terms = element("div", { class: "terms figures" });
    this.note = element("p", { class: "note" });
    this.node = element("div", { class: "sum" }, this.title, this.terms, this.note);
  }

  draw() {
    const { kind } = this.page.focus;
    const parts = kind === "unit" ? this.#unit() : kind === "input" ? this.#input() : kind === "answer" ? this.#answer() : this.#loss();
    const key = JSON.stringify([parts.key, parts.title, parts.note, this.page.theme.dark]);
    if (key === this.key) return;
    this.key = key;
    this.title.textContent = parts.title;
    this.terms.replaceChildren(...parts.nodes());
    this.note.textContent = parts.note;
    this.note.hidden = !parts.note;
  }

  // ----------------------------------------------------------------------------------- its pieces

  /** A number that can be changed: `name` is x2, w1.2.3 or b1.2. */
  #number(value, name, called) {
    const { page, page: { header: { words } } } = this;
    const text = significant(value);
    if (!name) return element("span", { class: "number", text });
    const node = element("button", { type: "button", class: `number${name in page.changes ? " touched" : ""}`, text, title: called, onclick: () => page.edit(name) });
    label(node, fill(words.change, { name: called, value: text }));
    return node;
  }

  #tint(value, most) {
    const { theme } = this.page;
    return css(mix(theme.background, signed(value / Math.max(most, 1e-9), theme), 0.42));
  }

  #sign(text) { return element("span", { class: "sign", text }); }

  #result(name, value, most, known = true) {
    const node = element("span", { class: "chip result" }, element("span", { class: "called", text: name }), element("b", { text: known ? significant(value) : "?" }));
    if (known) node.style.background = this.#tint(value, most);
    return node;
  }

  // ------------------------------------------------------------------------------------ each kind

  #unit() {
    const { page, page: { network, header, header: { words }, step } } = this;
    const { layer, unit, row } = page.focus;
    const { inputs, activation } = network.layers[layer];
    const all = Array.from({ length: inputs }, (_, place) => ({ place, w: network.weight(layer, unit, place), x: network.input(layer, place, row) }));
    const shown = inputs > MANY ? all.filter(({ x }) => Math.abs(x) > FEWEST) : all;
    const most = Math.max(...all.map(({ w, x }) => Math.abs(w * x)), Math.abs(network.bias(layer, unit)), Math.abs(network.sum(layer, unit, row)));
    const here = step && step.layer === layer && step.unit === unit && row === 0 ? step : null;
    const reached = (place) => !here || here.kind !== "term" || place < here.to;
    const [hasBias, hasBend] = [!here || here.kind !== "term", !here || here.kind === "bend"];
    const plain = activation === "identity";
    const far = row === 0 && !here && !page.known({ kind: "output", layer, unit, plain });
    const soFar = all.filter(({ place }) => reached(place)).reduce((sum, { w, x }) => sum + w * x, 0);
    const called = layer === network.last && network.head === "softmax" ? ` (${header.classes[unit]})` : "";
    const title = fill(plain ? words.title_score : words.title_unit, { name: network.unitName(layer, unit) + called, activation: words.activations[activation], row: row + 1 });
    const zero = all.length - shown.length;
    const notes = [zero ? fill(words.zeros, { zero, inputs }) : "", row ? fill(words.other_row, { row: row + 1 }) : ""];
    if (here?.kind === "term") notes.push(fill(words.so_far, { value: significant(soFar) }));
    else if (here?.kind === "bias") notes.push(words.with_bias);
    else if (here?.kind === "bend") notes.push(words[`bend_${activation}`] ?? "");
    else if (!plain) notes.push(words[`bend_${activation}`] ?? "");
    const nodes = () => {
      if (far) return [element("span", { class: "muted", text: words.not_yet })];
      const found = shown.flatMap(({ place, w, x }, i) => {
        const now = here?.kind === "term" && place >= here.from && place < here.to;
        const chip = element("span", { class: `chip term${now ? " now" : ""}${reached(place) ? "" : " later"}` },
          element("span", { class: "product" }, this.#number(w, `w${layer + 1}.${unit + 1}.${place + 1}`, `w ${network.inputName(layer, place)} → ${network.unitName(layer, unit)}`), this.#sign("×"),
            this.#number(x, layer === 0 && row === 0 ? `x${place + 1}` : null, header.inputs[place]?.name ?? "")),
          element("span", { class: "made", text: `${network.inputName(layer, place)}: ${significant(w * x)}` }));
        if (reached(place)) chip.style.background = this.#tint(w * x, most);
        return i ? [this.#sign("+"), chip] : [chip];
      });
      const bias = element("span", { class: `chip term${here?.kind === "bias" ? " now" : ""}${hasBias ? "" : " later"}` },
        element("span", { class: "product" }, this.#number(network.bias(layer, unit), `b${layer + 1}.${unit + 1}`, words.bias)), element("span", { class: "made", text: words.bias }));
      if (hasBias) bias.style.background = this.#tint(network.bias(layer, unit), most);
      found.push(...(found.length ? [this.#sign("+")] : []), bias, this.#sign("="), this.#result("z", network.sum(layer, unit, row), most, hasBias));
      if (!plain) found.push(this.#sign(`→ ${words.activations[activation]} →`), this.#result("h", network.output(layer, unit, row), most, hasBend));
      return found;
    };
    return { title, note: notes.filter(Boolean).join(" "), nodes, key: [layer, unit, row, this.page.walk, far, all, network.bias(layer, unit), page.changes, words.bias] };
  }

  #input() {
    const { page, page: { network, header, header: { words } } } = this;
    const { unit, row } = page.focus;
    const { name, raw } = header.inputs[unit];
    const value = network.input(0, unit, row);
    const nodes = () => {
      const chip = this.#result(network.inputName(0, unit), value, page.most);
      const number = this.#number(value, row === 0 ? `x${unit + 1}` : null, name);
      chip.querySelector("b").replaceChildren(number);
      return [chip, ...(raw ? [element("span", { class: "muted", text: `= (${raw} − ${significant(header.inputs[unit].mean)}) ÷ ${significant(header.inputs[unit].deviation)}` })] : [])];
    };
    return { title: fill(words.title_input, { name }), note: raw ? words.standardised : words.input_note, nodes, key: [unit, row, value, name, page.changes] };
  }

  #answer() {
    const { page, page: { network, header, header: { words } } } = this;
    const { unit, row } = page.focus;
    const known = row > 0 || page.known({ kind: "answer" });
    const z = Array.from({ length: network.outputs }, (_, i) => network.sum(network.last, i, row));
    const lowered = Math.max(...z) > 30 ? Math.max(...z) : 0; // e to such a power is too long to read
    const powers = z.map((one) => Math.exp(one - lowered));
    const name = header.classes[unit];
    const nodes = () => {
      if (!known && page.step?.kind !== "exp") return [element("span", { class: "muted", text: words.not_yet })];
      const share = this.#result("p", network.answer(unit, row), 1, known);
      if (network.head === "sigmoid") return [element("span", { text: `1 ÷ (1 + e^${significant(-z[0])})` }), this.#sign("="), element("span", { text: `1 ÷ (1 + ${significant(Math.exp(-z[0]))})` }), this.#sign("="), share];
      const chips = z.flatMap((one, i) => {
        const chip = element("span", { class: `chip term${i === unit ? " now" : ""}` }, element("span", { class: "product", text: `e^${significant(one - lowered)}` }), element("span", { class: "made", text: significant(powers[i]) }));
        return i ? [this.#sign("+"), chip] : [chip];
      });
      return [element("span", { class: "chip term now" }, element("span", { class: "product", text: `e^${significant(z[unit] - lowered)}` }), element("span", { class: "made", text: significant(powers[unit]) })), this.#sign("÷ ("), ...chips, this.#sign(") ="), share];
    };
    const note = network.head === "sigmoid" ? words.note_sigmoid : fill(words.note_softmax, { total: significant(powers.reduce((a, b) => a + b, 0)) }) + (lowered ? ` ${fill(words.lowered, { value: significant(lowered) })}` : "");
    return { title: fill(words.title_answer, { name }), note, nodes, key: [unit, row, z, known, page.walk, name] };
  }

  #loss() {
    const { page, page: { network, header, header: { words } } } = this;
    const known = page.known({ kind: "loss" });
    const { truth } = network;
    const nodes = () => {
      if (!known) return [element("span", { class: "muted", text: words.not_yet })];
      const result = this.#result("L", network.loss(), Math.max(1, network.loss()));
      if (network.head === "identity") {
        const [y, t] = [network.answer(0), network.target(0)];
        return [element("span", { text: `(${significant(y)} − ${significant(t)})² = ${significant(y - t)}²` }), this.#sign("="), result];
      }
      const right = network.head === "softmax" ? network.answer(truth) : network.target(0) ? network.answer(0) : 1 - network.answer(0);
      return [element("span", { text: `−log ${significant(right)}` }), this.#sign("="), result];
    };
    const slopes = Array.from({ length: network.outputs }, (_, i) => `${header.head === "softmax" ? `${header.classes[i]} ` : ""}${significant(network.slope(i))}`).join(" · ");
    const share = network.head === "identity" ? "" : percent(network.head === "softmax" ? network.answer(truth) : network.target(0) ? network.answer(0) : 1 - network.answer(0));
    const note = known ? fill(words[`note_loss_${network.head}`], { truth: header.truth_name, share, slopes }) : "";
    return { title: words.title_loss, note, nodes, key: [known, network.loss(), slopes] };
  }
}
