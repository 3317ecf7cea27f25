// A table of numbers with the colours of their signs behind them, and checks of whether two columns agree.
//
// Where it has more columns than rows and is narrow, as on a phone, it is turned: what were columns are rows.
//
// Data: {label, columns: [{label, kind: text | signed | share | plain | bad, strong}], rows: [{name, cells, mark}], note};
// a cell is a number, a text, or null. NaN and infinity come as the texts "NaN", "∞", "−∞".

import { css, mix, signed } from "../dlviz.player/colours.js";
import { element, label, revealStyled, showMore } from "../dlviz.player/elements.js";
import { instances, onResize, themeOf } from "../dlviz.player/instances.js";
import { percent, significant, whole } from "../dlviz.player/numbers.js";

const BROKEN = new Set(["NaN", "∞", "−∞"]);
const NARROW = 480; // pixels

class Ledger {
  constructor(root, parent) {
    this.root = root;
    this.table = element("table", { class: "figures" });
    this.node = element("div", { class: "scroll", tabindex: 0 }, this.table);
    root.replaceChildren(this.node);
    revealStyled(parent, root);
    this.more = showMore(this.node);
    this.close = onResize(root, () => this.draw());
  }

  update({ data }) {
    if (!data?.rows) return;
    this.data = data;
    this.draw();
  }

  draw() {
    if (!this.data) return;
    const { columns, rows, corner = "" } = this.data;
    const theme = themeOf(this.root);
    label(this.node, this.data.label);
    const most = columns.map((_, place) => Math.max(1e-12, ...rows.map(({ cells }) => Math.abs(Number(cells[place])) || 0)));
    const cells = rows.map((row) => row.cells.map((value, place) => cell(value, columns[place], most[place], theme)));
    const turned = this.root.clientWidth < NARROW && rows.length < columns.length;
    const [across, down] = turned ? [rows.map(named), columns.map(titled)] : [columns.map(titled), rows.map(named)];
    const lines = down.map((one, i) => line(one, across.map((_, j) => (turned ? cells[j][i] : cells[i][j]))));
    const head = element("tr", {}, element("th", { scope: "col", text: corner }), ...across.map(({ text, mark }) => element("th", { scope: "col", class: mark ? "mark" : "", text })));
    this.table.classList.toggle("turned", turned);
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...lines));
    this.more();
  }
}

const titled = (column) => ({ text: column.label, mark: false });
const named = (row) => ({ text: row.name, mark: row.mark });

function line({ text, mark }, cells) {
  return element("tr", {}, element("th", { scope: "row", class: mark ? "mark" : "", text }), ...cells);
}

function cell(value, { kind, strong }, most, theme) {
  const broken = BROKEN.has(value);
  const text = value === null ? "" : typeof value === "string" ? value : kind === "share" ? percent(value) : kind === "plain" && Number.isInteger(value) ? whole(value) : significant(value);
  const node = element("td", { class: `${kind}${broken ? " broken" : ""}${strong ? " strong" : ""}`, text });
  if (kind === "signed" && typeof value === "number") node.style.background = css(mix(theme.background, signed(value / most, theme), 0.42));
  if (kind === "share" && typeof value === "number") node.style.setProperty("--share", String(value));
  return node;
}

export default instances("ledger", (root, parent) => new Ledger(root, parent));
