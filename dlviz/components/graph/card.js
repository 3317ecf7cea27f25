// The node in focus, in numbers: how its value is made, how its gradient comes together and is passed on, every path to
// the output, and whether three ways to the gradient agree.

import { derivative, factor, made, shown } from "./symbols.js";
import { countPaths, listPaths, sumPaths } from "./paths.js";
import { downstream } from "./walk.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { fill, whole } from "../dlviz.player/numbers.js";

const MOST_PATHS = 8;
const MOST_ROWS = 8;
const EXACT = 6; // digits of numbers that are compared

export class Card {
  constructor(hands) {
    this.hands = hands;
    this.title = element("h4", { class: "figures" });
    this.about = element("span", { class: "muted" });
    this.fold = element("button", { type: "button", class: "fold", onclick: () => hands.toggle(this.item) });
    this.value = element("p", { class: "equation figures value" });
    this.slider = element("input", { type: "range", class: "slider", oninput: (event) => hands.set(this.item, Number(event.target.value), false), onchange: (event) => hands.set(this.item, Number(event.target.value), true) });
    this.number = element("input", { type: "number", class: "number figures", step: "any", onchange: (event) => hands.set(this.item, Number(event.target.value), true) });
    this.edit = element("div", { class: "edit" }, this.slider, this.number);
    this.arrives = new Table();
    this.passes = new Table();
    this.check = element("button", { type: "button", class: "check", onclick: () => hands.trust() });
    this.ways = element("div", { class: "ways" });
    this.verdict = element("p", { class: "verdict figures", "aria-live": "polite" });
    this.paths = element("div", { class: "paths" });
    const left = element("div", { class: "side" }, this.value, this.edit, this.arrives.node, this.passes.node);
    const right = element("div", { class: "side" }, element("div", { class: "trusting" }, this.check, this.ways, this.verdict), this.paths);
    this.node = element("section", { class: "card" }, element("div", { class: "head" }, this.title, this.about, this.fold), element("div", { class: "sides" }, left, right));
  }

  /** Show an item; `all` has everything that the component holds. */
  draw(item, all) {
    Object.assign(this, { item, all });
    const { nodes, words, values, view } = all;
    const node = nodes[item.exit];
    const kind = item.group >= 0 ? "group" : node.kind;
    this.names = view.items.map((one) => nodes[one.exit].name);
    this.output = this.names.at(-1);
    write(this.title, node.name);
    write(this.about, fill(words[`kind_${kind}`], { count: item.inside.length }));
    this.fold.hidden = all.foldable(item) === null;
    write(this.fold, words[item.group >= 0 ? "open" : "close"]);
    write(this.value, this.#formula(item, node));
    this.#edit(item, node, values[item.exit]);
    this.#arrives();
    this.#passes();
    this.#trust();
    this.#paths();
  }

  #formula(item, node) {
    const { values, nodes, words, view } = this.all;
    if (!item.edges.length) return `${node.kind === "constant" ? this.all.words.constant : node.name} = ${shown(values[item.exit])}`;
    if (item.group >= 0) {
      const from = item.edges.map((edge) => this.names[edge.from]);
      return fill(words.group_value, { name: node.name, count: item.inside.length, from: from.slice(0, 6).join(", ") + (from.length > 6 ? ", …" : ""), value: shown(values[item.exit]) });
    }
    const inside = item.edges.map((edge) => view.items[edge.from].exit);
    const texts = inside.map((place) => nodes[place].name);
    return `${node.name} = ${made(node, texts)} = ${made(node, inside.map((place) => factor(values[place])))} = ${shown(values[item.exit])}`;
  }

  #edit(item, node, value) {
    this.edit.hidden = !this.hands.able(item);
    if (this.edit.hidden) return;
    const reach = this.all.reachOf(item);
    const text = String(Number(value.toPrecision(6)));
    for (const [name, to] of Object.entries({ min: -reach, max: reach, step: reach / 200 })) if (this.slider.getAttribute(name) !== String(to)) this.slider.setAttribute(name, to);
    if (this.slider.matches(":active") === false) this.slider.value = text;
    if (this.node.getRootNode().activeElement !== this.number) this.number.value = text;
    label(this.slider, fill(this.all.words.edit, { name: node.name }));
    label(this.number, fill(this.all.words.edit, { name: node.name }));
  }

  // ------------------------------------------------------------------------------ the chain rule

  #arrives() {
    const { item, all } = this;
    const found = all.walk.gathered(item, all.stop, all.gradients, all.locals, all.bug);
    const { words } = all;
    const of = `∂${this.output}/∂${this.#name(item)}`;
    if (!found) return this.arrives.draw({ title: fill(words.not_yet, { of }), rows: [] });
    if (!found.parts.length) return this.arrives.draw({ title: fill(words.itself, { of }), rows: [] });
    const rows = found.parts.map(({ edge, value }) => this.#row(edge, value, fill(words.through, { name: this.names[edge.to] })));
    const sum = found.parts.length > 1 ? { of: `${of} = ${words.sum}`, value: shown(found.sum) } : null;
    const title = fill(words[found.parts.length > 1 ? "meet" : "arrives"], { of, count: found.parts.length, value: shown(found.sum) });
    return this.arrives.draw({ title, rows, sum, words });
  }

  #passes() {
    const { item, all } = this;
    if (!item.edges.length) return this.passes.draw(null);
    const { words } = all;
    if (!all.walk.passed(item, all.stop)) return this.passes.draw({ title: words.passes_later, rows: [] });
    const rows = item.edges.map((edge) => this.#row(edge, downstream(edge, all.gradients, all.locals, all.bug), fill(words.to, { name: this.names[edge.from] })));
    return this.passes.draw({ title: fill(words.passes, { name: this.#name(item) }), rows, words });
  }

  #row(edge, value, who) {
    const { all } = this;
    const number = all.locals[edge.to][edge.slot];
    const rule = this.#rule(edge);
    const upstream = all.bug === "chain" ? all.words.forgotten : shown(all.gradients[edge.to]);
    return { who, upstream, rule, local: shown(number), value: shown(value), number: value };
  }

  /** Return the local derivative on an edge in symbols: ∂d/∂a = b; of a group, without its rule. */
  #rule(edge) {
    const { all, names } = this;
    const child = all.view.items[edge.to];
    const node = all.nodes[child.exit];
    const slope = `∂${this.#name(child)}/∂${this.#name(all.view.items[edge.from])}`;
    if (child.group >= 0) return slope;
    const [, texts] = all.rules[`${node.operation}${node.parents.length}`];
    const symbols = derivative(node, texts[edge.slot], child.edges.map((one) => names[one.from]), names[child.place]);
    return `${slope} = ${symbols}`;
  }

  #name = (item) => this.names[item.place] || "·";

  // -------------------------------------------------------------------------------------- trust

  #trust() {
    const { item, all } = this;
    const { words } = all;
    this.check.setAttribute("aria-pressed", String(all.trust));
    write(this.check, words[all.trust ? "trust_on" : "trust"]);
    this.check.title = words.trust_help;
    this.ways.hidden = this.verdict.hidden = !all.trust;
    if (!all.trust) return;
    const place = item.exit;
    const good = all.agree(place);
    const ways = { hand: all.gradients[item.place], difference: all.differences[place], autograd: all.autograd[place] };
    this.ways.className = `ways ${good ? "good" : "bad"}`;
    this.ways.replaceChildren(...Object.entries(ways).map(([name, value]) => element("div", {}, element("span", { text: words[`way_${name}`] }), element("b", { class: "figures", text: shown(value, EXACT) }))));
    const apart = Math.max(...Object.values(ways)) - Math.min(...Object.values(ways));
    const without = !Number.isFinite(all.values.at(-1)) ? "agree_output" : "agree_none"; // a number to compare
    const numbers = { apart: shown(apart, 2), good: all.counts.good, of: all.counts.all, output: this.output, value: shown(ways.hand) };
    const text = fill(words[!good ? "disagree" : Number.isFinite(apart) ? "agree" : without], numbers);
    write(this.verdict, `${good ? "✓" : "✗"} ${text}`);
    this.verdict.className = `verdict figures ${good ? "good" : "bad"}`;
  }

  // -------------------------------------------------------------------------------------- paths

  #paths() {
    const { item, all } = this;
    const { words } = all;
    const last = item.place === all.view.items.length - 1;
    this.paths.hidden = last || all.stop < all.walk.whole;
    if (this.paths.hidden) return;
    const count = countPaths(all.view)[item.place];
    const found = listPaths(all.view, all.locals, item.place, MOST_PATHS);
    const rows = found.map((path) => {
      const way = [this.#name(item), ...path.edges.map((edge) => this.#name(all.view.items[edge.to]))].join(" → ");
      const row = element("li", { tabindex: 0 }, element("span", { class: "way", text: way }), element("span", { class: "figures", text: `${path.factors.map(factor).join(" × ")} = ${shown(path.product)}` }));
      row.onpointerenter = row.onfocus = () => this.hands.way(new Set(path.edges));
      row.onpointerleave = row.onblur = () => this.hands.way(null);
      return row;
    });
    const sum = sumPaths(all.view, all.locals)[item.place];
    const head = fill(words[count === 1 ? "path" : "paths"], { name: this.#name(item), output: this.output, count: counted(count) });
    const more = count > found.length ? element("p", { class: "note", text: fill(words.more_paths, { shown: found.length, count: counted(count) }) }) : null;
    const total = fill(words.path_sum, { sum: shown(sum, EXACT), gradient: shown(all.autograd[item.exit], EXACT) });
    this.paths.replaceChildren(element("h5", { text: head }), element("ol", {}, ...rows), ...(more ? [more] : []), element("p", { class: "total figures", text: total }));
  }
}

const counted = (count) => (count < 1e7 ? whole(count) : shown(count));

/** Rows of upstream × local = what flows on. */
class Table {
  constructor() {
    this.title = element("h5");
    this.rows = element("div", { class: "rows figures", role: "table" });
    this.node = element("div", { class: "table" }, this.title, this.rows);
  }

  draw(what) {
    this.node.hidden = what === null;
    if (what === null) return;
    const { title, rows, sum, words } = what;
    write(this.title, title);
    this.rows.hidden = !rows.length;
    const first = rows.slice(0, MOST_ROWS);
    const cells = (texts, kind) => element("div", { class: `row ${kind}`, role: "row" }, ...texts.map((text, i) => element("span", { role: kind === "names" ? "columnheader" : "cell", class: `c${i}`, text })));
    const lines = first.map(({ who, upstream, rule, local, value }) => cells([who, upstream, "×", local, "=", value, rule], ""));
    if (rows.length) lines.unshift(cells(["", words.upstream, "", words.local, "", words.downstream, ""], "names"));
    if (rows.length > first.length) lines.push(cells([fill(words.more_rows, { count: rows.length - first.length }), "", "", "", "", "…", ""], ""));
    if (sum) lines.push(cells([sum.of, "", "", "", "=", sum.value, ""], "sum"));
    this.rows.replaceChildren(...lines);
  }
}
