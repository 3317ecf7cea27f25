// Dots: one number measured many times, a dot each, with the mean as a line and a band of one standard deviation to either
// side; one lane for each thing that is measured, all on one scale.
//
// Data: {label, rows: [{name, values: [numbers], mean, deviation, text, second}], low, high, ends: [words, words]}.

import { element, label, revealStyled } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { significant } from "../dlviz.player/numbers.js";

function lane({ values, mean, deviation, second }, place) {
  const band = element("span", { class: "band" });
  const [from, to] = [place(mean - deviation), place(mean + deviation)];
  Object.assign(band.style, { left: `${from}%`, width: `${Math.max(0.4, to - from)}%` });
  const line = element("span", { class: "mean" });
  line.style.left = `${place(mean)}%`;
  const dots = values.map((value) => {
    const dot = element("span", { class: "dot", title: significant(value) });
    dot.style.left = `${place(value)}%`;
    return dot;
  });
  return element("div", { class: second ? "lane second" : "lane", "aria-hidden": "true" }, element("span", { class: "axis" }), band, ...dots, line);
}

export default instances("dots", (root, parent) => {
  const rows = element("div", { class: "rows figures", role: "group" });
  root.replaceChildren(rows);
  revealStyled(parent, root);
  let shown = "";
  const update = ({ data }) => {
    if (!data || JSON.stringify(data) === shown) return;
    shown = JSON.stringify(data);
    const { low, high } = data;
    const place = (value) => 100 * Math.max(0, Math.min(1, (value - low) / (high - low || 1)));
    label(rows, data.label);
    const scale = element("div", { class: "scale" }, ...data.ends.map((text) => element("span", { text })));
    rows.replaceChildren(...data.rows.flatMap((row) => [element("span", { class: "name", text: row.name }), lane(row, place), element("span", { class: "value", text: row.text })]), element("span"), scale, element("span"));
  };
  return { update, close() {} };
});
