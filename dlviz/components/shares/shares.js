// A table of what makes up a whole: every number stands over a bar as long as its share of its column's sum.
//
// Data: {label, columns: [words], rows: [{name, note, cells: [{text, share}]}]}; the first two columns are name and
// note. A cell without a share (null) is nothing of the whole, and has no bar; one without a text says its share alone.

import { element, label, revealStyled } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { percent } from "../dlviz.player/numbers.js";

const said = (share) => (share < 0.0005 ? `<${percent(0.001)}` : percent(share)); // never nothing for what is there

function cell({ text, share }) {
  if (share === null) return element("td", { class: "none" }, text);
  const level = element("span", { class: "level", "aria-hidden": "true" });
  level.style.width = `${100 * share}%`;
  const words = text === null ? [said(share)] : [text, element("small", { text: said(share) })];
  return element("td", {}, element("span", {}, ...words), level);
}

const row = ({ name, note, cells }) => element("tr", {}, element("th", { scope: "row", text: name }),
  element("td", { class: "note", text: note }), ...cells.map(cell));

export default instances("shares", (root, parent) => {
  const table = element("table", { class: "figures" });
  root.replaceChildren(table);
  revealStyled(parent, root);
  let shown = "";
  const update = ({ data }) => {
    if (!data || JSON.stringify(data) === shown) return;
    shown = JSON.stringify(data);
    label(table, data.label);
    const heads = data.columns.map((text) => element("th", { scope: "col", text }));
    table.replaceChildren(element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...data.rows.map(row)));
  };
  return { update, close() {} };
});
