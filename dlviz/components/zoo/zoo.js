// The models side by side: a row each with its formula, its shape, what it costs and how well it did, which can be
// sorted and narrowed to one task; below it, for every task, score against cost.
//
// Data: {view: {task, sort, falling, axis}, tasks: [{name, text}], rows: [{name, title, kind, kind_text, task, task_text,
// formula, shape: [[sizes], …], loops, parameters, flops, seconds, floor, score: {mean, spread, each, measure} or null,
// state, share: 0 to 1 or null, href or null}], words}. full: names of models that have all their seeds.
// In a formula, ^{…} stands above the line and _{…} below it.
// States: look {task, sort, falling, axis}; more {name}: one seed more of that model.

import { sender } from "../dlviz.maps/drawing.js";
import { element, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { fill, significant, whole } from "../dlviz.player/numbers.js";
import { inOrder } from "./order.js";
import { Scatter, said, strip } from "./scatter.js";
import { shapeOf } from "./shape.js";

const COLUMNS = ["model", "parameters", "flops", "seconds", "score"];
const AXES = ["parameters", "flops", "seconds"];

class Zoo {
  constructor(root, parent) {
    Object.assign(this, { root, parent, send: sender(), look: {} });
    this.filters = element("div", { class: "chips", role: "group" });
    this.heads = element("div", { class: "row heads", role: "row" });
    this.body = element("div", { class: "body", role: "rowgroup" });
    this.table = element("div", { class: "table", role: "table" }, element("div", { role: "rowgroup" }, this.heads), this.body);
    this.axes = element("div", { class: "chips", role: "group" });
    this.scatter = new Scatter();
    this.note = element("p", { class: "note" });
    const chart = element("div", { class: "chart" }, element("div", { class: "over" }, this.title = element("h4"), this.axes), this.scatter.node);
    root.replaceChildren(this.filters, this.table, this.note, chart);
    this.close = onResize(root, (width) => { this.scatter.width = width; this.#draw(); });
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!data) return;
    const view = JSON.stringify(data.view);
    if (view !== this.told) [this.told, this.look] = [view, { ...data.view }];
    this.data = data;
    this.#draw();
  }

  #turn(changes) {
    Object.assign(this.look, changes);
    this.send("look", this.look);
    this.#draw();
  }

  #draw() {
    if (!this.data) return;
    const { words, tasks } = this.data;
    label(this.table, words.label);
    label(this.filters, words.task);
    label(this.axes, words.axis);
    chips(this.filters, tasks, this.look.task, (task) => this.#turn({ task }));
    chips(this.axes, AXES.map((name) => ({ name, text: words[name] })), this.look.axis, (axis) => this.#turn({ axis }));
    this.#drawHeads(words);
    const rows = inOrder(this.data.rows, this.look);
    const made = new Map([...this.body.children].map((node) => [node.dataset.name, node]));
    const nodes = rows.map((row) => {
      const node = fillRow(made.get(row.name) ?? rowNode(row), row, words);
      const more = node.querySelector(".more");
      more.disabled = this.data.full.includes(row.name);
      more.onclick = () => this.send("more", { name: row.name, at: Date.now() });
      return node;
    });
    if (nodes.some((node, place) => node !== this.body.children[place]) || nodes.length !== this.body.children.length) {
      this.body.replaceChildren(...nodes);
    }
    write(this.note, words.note);
    write(this.title, words.chart);
    this.scatter.draw(rows, this.look.axis, tasks, words, themeOf(this.parent));
  }

  #drawHeads(words) {
    const { sort, falling } = this.look;
    if (!this.heads.childElementCount) {
      const heads = COLUMNS.map((name) => element("div", { class: `cell ${name}`, role: "columnheader" }, element("button", { type: "button" })));
      this.heads.replaceChildren(heads[0], element("div", { class: "cell shape", role: "columnheader" }), ...heads.slice(1));
    }
    write(this.heads.children[1], words.shape);
    this.heads.dataset.sort = words.sort; // where the heads stand above no columns, they are told to be what sorts
    for (const [place, node] of [...this.heads.children].filter((_, i) => i !== 1).entries()) {
      const name = COLUMNS[place];
      const button = node.firstElementChild;
      write(button, words[name] + (sort === name ? (falling ? " ↓" : " ↑") : ""));
      node.setAttribute("aria-sort", sort !== name ? "none" : falling ? "descending" : "ascending");
      button.onclick = () => this.#turn(sort === name ? { falling: !falling } : { sort: name, falling: name === "score" });
    }
  }
}

function chips(node, options, chosen, choose) {
  if (node.childElementCount !== options.length) {
    node.replaceChildren(...options.map(() => element("button", { type: "button", class: "chip" })));
  }
  for (const [place, { name, text }] of options.entries()) {
    const button = node.children[place];
    write(button, text);
    button.setAttribute("aria-pressed", String(name === chosen));
    button.onclick = () => choose(name);
  }
}

// Write a formula with what stands above and below its line.
function setFormula(node, text) {
  if (node.dataset.text === text) return;
  node.dataset.text = text;
  const parts = text.split(/([_^]\{[^}]*\})/);
  node.replaceChildren(...parts.map((part) => {
    const tag = { "^{": "sup", "_{": "sub" }[part.slice(0, 2)];
    return tag ? element(tag, { text: part.slice(2, -1) }) : part;
  }));
}

// Return the sizes of all stages in words, such as 28×28 → 64 → 10; a line may break between two of them only.
function sizesOf(stages) {
  const sizes = (stage) => (stage.length === 3 && stage[0] === 1 ? stage.slice(1) : stage).join("×");
  return stages.map((stage, place) => (place ? `→\u00a0${sizes(stage)}` : sizes(stage))).join(" ");
}

function rowNode(row) {
  const cell = (name, ...inside) => element("div", { class: `cell ${name}`, role: "cell" }, ...inside);
  const node = element("div", { class: "row", role: "row", "data-name": row.name },
    cell("model", element("a", { class: "name" }), element("span", { class: "task" }), element("code", { class: "formula" })),
    cell("shape", element("span", { class: "drawn" }), element("small", { class: "sizes figures" })),
    ...["parameters", "flops", "seconds"].map((name) => cell(name, element("small"), element("b", { class: "figures" }))),
    cell("score", element("small"), element("b", { class: "figures" }), element("canvas", { "aria-hidden": "true" }),
      element("div", { class: "foot" }, element("span", { class: "state" }), element("button", { type: "button", class: "more" }))));
  return node;
}

function fillRow(node, row, words) {
  const [model, shape, parameters, flops, seconds, score] = node.children;
  const [name, task, formula] = model.children;
  write(name, row.title);
  if (row.href) name.setAttribute("href", row.href);
  write(task, row.title === row.kind_text ? row.task_text : `${row.kind_text} · ${row.task_text}`);
  setFormula(formula, row.formula);
  const drawn = JSON.stringify(row.shape);
  if (row.shape && shape.dataset.drawn !== drawn) {
    shape.dataset.drawn = drawn;
    const [picture, sizes] = shape.children;
    picture.replaceChildren(shapeOf(row.shape, row.loops));
    write(sizes, sizesOf(row.shape));
    label(picture.firstElementChild, fill(words.shape_label, { shapes: row.shape.map((one) => one.join(" × ")).join(" → ") }));
  }
  const numbers = [[parameters, "parameters", row.parameters, whole], [flops, "flops", row.flops, whole], [seconds, "seconds", row.seconds, significant]];
  for (const [cell, column, number, written] of numbers) {
    write(cell.children[0], words[column]);
    write(cell.children[1], number === null || number === undefined ? "–" : written(number));
  }
  write(score.children[0], words.score);
  write(score.children[1], said(row.score, words));
  strip(score.children[2], row, themeOf(node.getRootNode()));
  const [state, more] = score.children[3].children;
  write(state, row.state);
  state.style.setProperty("--share", `${100 * (row.share ?? 0)}%`);
  state.classList.toggle("moves", row.share !== null);
  write(more, words.plus);
  label(more, `${words.more}: ${row.title}`);
  more.title = words.more;
  return node;
}

export default instances("zoo", (root, parent) => new Zoo(root, parent));
