// A table of numbers with the colours of their signs behind them, and checks of whether two columns agree.
//
// Data: {label, columns: [{label, kind: text | signed | share | plain | bad, strong}], rows: [{name, cells, mark}], note};
// a cell is a number, a text, or null. NaN and infinity come as the texts "NaN", "∞", "−∞".

import { css, mix, signed } from "../dlviz.player/colours.js";
import { element, label, revealStyled } from "../dlviz.player/elements.js";
import { instances, themeOf } from "../dlviz.player/instances.js";
import { percent, significant, whole } from "../dlviz.player/numbers.js";

const BROKEN = new Set(["NaN", "∞", "−∞"]);

class Ledger {
  constructor(root, parent) {
    this.root = root;
    this.table = element("table", { class: "figures" });
    this.node = element("div", { class: "scroll", tabindex: 0 }, this.table);
    root.replaceChildren(this.node);
    revealStyled(parent, root);
    this.close = () => {};
  }

  update({ data }) {
    if (!data?.rows) return;
    const theme = themeOf(this.root);
    const { columns, rows } = data;
    label(this.node, data.label);
    const most = columns.map((column, place) => Math.max(1e-12, ...rows.map((row) => Math.abs(Number(row.cells[place])) || 0)));
    const head = element("tr", {}, element("th", { scope: "col", text: data.corner ?? "" }), ...columns.map((column) => element("th", { scope: "col", text: column.label })));
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows.map((row) => this.#row(row, columns, most, theme))));
  }

  #row(row, columns, most, theme) {
    const cells = row.cells.map((value, place) => {
      const { kind, strong } = columns[place];
      const broken = BROKEN.has(value);
      const text = value === null ? "" : typeof value === "string" ? value : kind === "share" ? percent(value) : kind === "plain" && Number.isInteger(value) ? whole(value) : significant(value);
      const cell = element("td", { class: `${kind}${broken ? " broken" : ""}${strong ? " strong" : ""}`, text });
      if (kind === "signed" && typeof value === "number") cell.style.background = css(mix(theme.background, signed(value / most[place], theme), 0.42));
      if (kind === "share" && typeof value === "number") cell.style.setProperty("--share", String(value));
      return cell;
    });
    return element("tr", { class: row.mark ? "mark" : "" }, element("th", { scope: "row", text: row.name }), ...cells);
  }
}

export default instances("ledger", (root, parent) => new Ledger(root, parent));
