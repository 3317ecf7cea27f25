// The inputs that weigh most in the sum of a dense unit, one a row: input × weight = product.

import { element } from "../dlviz.player/elements.js";
import { fill, significant } from "../dlviz.player/numbers.js";

/** Return {nodes, rows}: a table with a row for each of the terms in view. */
export function termTable(view) {
  const count = view.arrays["cell/window"].shape[0];
  const row = () => element("tr", {}, element("th", { scope: "row" }), element("td"), element("td"), element("td"), element("td", { class: "bar", "aria-hidden": "true" }, element("span")));
  const rows = Array.from({ length: count }, row);
  const heads = view.header.words.term.map((word) => element("th", { scope: "col", text: word }));
  const head = element("thead", {}, element("tr", {}, ...heads, element("td", { class: "bar" })));
  return { nodes: [element("table", { class: "terms" }, head, element("tbody", {}, ...rows))], rows };
}

/** Write the terms of `cell` into the rows of a termTable. */
export function showTerms(view, { rows }, cell) {
  const [inputs, weights, products] = ["window", "kernel", "products"].map((name) => view.arrays[`cell/${name}`].data);
  const most = Math.max(...Array.from(products, Math.abs), 1e-12);
  rows.forEach((row, i) => {
    const [name, ...cells] = row.children;
    name.textContent = placeOf(view, cell.source, i);
    [inputs, weights, products].forEach((values, k) => { cells[k].textContent = significant(values[i]); });
    const share = products[i] / most;
    const start = share < 0 ? 50 * (1 + share) : 50;
    Object.assign(cells[3].firstElementChild.style, { width: `${50 * Math.abs(share)}%`, marginLeft: `${start}%`, background: view.theme.css(view.theme.signed(Math.sign(share))) });
  });
}

function placeOf({ arrays, header }, source, i) {
  const [channel, row, column] = arrays["cell/places"].data.subarray(3 * i, 3 * i + 3);
  const stage = header.stages.find(({ name }) => name === source);
  const spatial = arrays[`maps/${source}`]?.shape.length === 3;
  return fill(spatial ? header.words.place : header.words.unit_place, { source: stage?.label ?? source, channel, row, column });
}
