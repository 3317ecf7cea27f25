// Score against cost: one small chart for every task with more than one model; and a row's own strip of dots.

import { css } from "../dlviz.player/colours.js";
import { element, label, rem, sharpContext, write } from "../dlviz.player/elements.js";
import { fill, logMarks, percent, significant, tickLabel, ticks } from "../dlviz.player/numbers.js";

const KINDS = ["linear_regression", "logistic_regression", "mlp", "cnn", "rnn"];
const MARKS = ["square", "triangle", "circle", "diamond", "cross"];

/** Return a score in words: 97.4 % ± 0.3, or R² 0.871 ± 0.012. */
export function said(score, words) {
  if (!score) return "–";
  const share = score.measure === "accuracy";
  const one = share ? percent(score.mean) : fill(words.r2, { value: score.mean.toFixed(3) });
  if (score.each.length < 2) return one;
  return `${one} ± ${share ? (100 * score.spread).toFixed(1) : score.spread.toFixed(3)}`;
}

const colourOf = (kind, theme) => css(theme.classes?.[KINDS.indexOf(kind) % theme.classes.length] ?? theme.accent);

/** Draw a row's seeds as dots between what one gets without learning and the best there could be. */
export function strip(canvas, row, theme) {
  const width = canvas.clientWidth || 120;
  const height = 14;
  const context = sharpContext(canvas, width, height);
  const low = Math.min(row.floor ?? 0, 0.999, ...(row.score?.each ?? []));
  const at = (value) => 5 + (width - 10) * ((value - low) / (1 - low));
  context.strokeStyle = css(theme.line ?? theme.muted);
  context.globalAlpha = 0.5;
  context.beginPath();
  context.moveTo(5, height / 2);
  context.lineTo(width - 5, height / 2);
  context.stroke();
  for (const [value, weight] of [[row.floor ?? low, 1], [1, 1]]) {
    context.beginPath();
    context.moveTo(at(value), height / 2 - 4 * weight);
    context.lineTo(at(value), height / 2 + 4 * weight);
    context.stroke();
  }
  context.globalAlpha = 0.85;
  context.fillStyle = css(theme.accent);
  for (const value of row.score?.each ?? []) {
    context.beginPath();
    context.arc(at(value), height / 2, 3.5, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

export class Scatter {
  constructor() {
    this.node = element("div", { class: "panels" });
    this.width = 600;
  }

  draw(rows, axis, tasks, words, theme) {
    const known = rows.filter((row) => row.score && row[axis] > 0);
    const panels = tasks.map((task) => [task, known.filter((row) => row.task === task.name)]).filter(([, those]) => those.length > 1);
    if (this.node.childElementCount !== panels.length) {
      this.node.replaceChildren(...panels.map(() => element("figure", {}, element("figcaption"), element("canvas", { role: "img" }))));
    }
    for (const [place, [task, those]] of panels.entries()) {
      const [caption, canvas] = this.node.children[place].children;
      write(caption, fill(words[`chart_${those[0].score.measure}`], { task: task.text }));
      const told = those.map((row) => `${row.title}: ${said(row.score, words)}, ${significant(row[axis])}`).join("; ");
      label(canvas, `${fill(words.chart_label, { task: task.text, axis: words[axis] })} ${told}`);
      this.#panel(canvas, those, axis, words, theme);
    }
  }

  #panel(canvas, rows, axis, words, theme) {
    const [width, height, size] = [canvas.clientWidth || 280, 15 * rem(), 0.875 * rem()];
    canvas.style.height = `${height}px`;
    const context = sharpContext(canvas, width, height);
    const share = rows[0].score.measure === "accuracy";
    const each = rows.flatMap((row) => row.score.each);
    const spare = 0.12 * (Math.max(...each) - Math.min(...each)) || 0.02;
    const [low, high] = [Math.min(...each) - spare, Math.min(share ? 1 : Infinity, Math.max(...each) + 2 * spare)];
    const costs = rows.map((row) => row[axis]);
    const [least, most] = [Math.min(...costs) / 2, Math.max(...costs) * 3];
    const [left, right, top, bottom] = [3.4 * size, width - 6, 8, height - 2.6 * size];
    const x = (value) => left + (right - left) * (Math.log(value / least) / Math.log(most / least));
    const y = (value) => bottom - (bottom - top) * ((value - low) / (high - low));
    context.font = `${size}px ${getComputedStyle(canvas).fontFamily}`;
    this.#axes(context, { x, y, left, right, top, bottom, size, least, most, low, high, share, title: words[axis] }, theme);
    const marks = rows.map((row) => ({ row, x: x(row[axis]), y: y(row.score.mean) }));
    for (const one of marks) this.#model(context, one, y, theme);
    const taken = marks.map((one) => ({ left: one.x - 7, right: one.x + 7, top: one.y - 7, bottom: one.y + 7 }));
    for (const one of marks) this.#name(context, one, taken, { left, right, top: 0, bottom, size }, theme);
  }

  #axes(context, { x, y, left, right, bottom, size, least, most, low, high, share, title }, theme) {
    context.strokeStyle = css(theme.muted);
    context.fillStyle = css(theme.text);
    context.textAlign = "right";
    context.textBaseline = "middle";
    const marks = ticks(low, high, 4);
    for (const value of marks) {
      context.globalAlpha = 0.25;
      context.beginPath();
      context.moveTo(left, y(value));
      context.lineTo(right, y(value));
      context.stroke();
      context.globalAlpha = 0.8;
      const step = marks.length > 1 ? marks[1] - marks[0] : 0.1;
      context.fillText(share ? `${tickLabel(100 * value, 100 * step)}` : tickLabel(value, step), left - 5, y(value));
    }
    context.textAlign = "center";
    context.textBaseline = "top";
    const at = (place) => least * (most / least) ** ((place - left) / (right - left));
    const powers = logMarks(at(left + size), at(right - size));
    const every = Math.ceil(powers.length / 4);
    powers.filter((_, place) => place % every === 0).forEach(([value, text]) => context.fillText(text, x(value), bottom + 4));
    context.fillText(title, (left + right) / 2, bottom + 4 + 1.15 * size);
    context.globalAlpha = 1;
  }

  #model(context, { row, x }, y, theme) {
    const colour = colourOf(row.kind, theme);
    context.strokeStyle = context.fillStyle = colour;
    context.globalAlpha = 0.45;
    for (const value of row.score.each) {
      context.beginPath();
      context.arc(x, y(value), 2.5, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    mark(context, MARKS[KINDS.indexOf(row.kind)], x, y(row.score.mean), 6);
  }

  // Write a model's name beside its mark where nothing else stands; where everything is full, to the right.
  #name(context, { row, x, y }, taken, area, theme) {
    const box = placeOf(context.measureText(row.title).width, x, y, taken, area);
    taken.push(box);
    Object.assign(context, { fillStyle: css(theme.text), textAlign: "left", textBaseline: "middle" });
    context.fillText(row.title, box.left, (box.top + box.bottom) / 2);
  }
}

/** Return the box {left, right, top, bottom} of a name so wide beside the mark at (x, y) that meets none of those taken. */
export function placeOf(width, x, y, taken, { left, right, top, bottom, size }) {
  const at = (from, middle) => ({ left: from, right: from + width, top: middle - 0.55 * size, bottom: middle + 0.55 * size });
  const rows = [0, -1.15, 1.15, -2.3, 2.3].map((lines) => y + lines * size);
  const tried = rows.flatMap((middle) => (middle === y ? [x + 10, x - 10 - width] : [x + 10, x - width / 2, x - 10 - width]).map((from) => at(from, middle)));
  const inside = tried.filter((box) => box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom);
  const meets = (one) => taken.some((box) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom);
  return inside.find((box) => !meets(box)) ?? inside[0] ?? tried[0];
}

function mark(context, kind, x, y, r) {
  context.beginPath();
  if (kind === "circle") context.arc(x, y, r, 0, 2 * Math.PI);
  if (kind === "square") context.rect(x - r + 1, y - r + 1, 2 * r - 2, 2 * r - 2);
  const corners = { triangle: [[0, -r], [r, r], [-r, r]], diamond: [[0, -r], [r, 0], [0, r], [-r, 0]], cross: [[-r, -2], [r, -2], [r, 2], [-r, 2]] }[kind];
  corners?.forEach(([dx, dy], place) => (place ? context.lineTo(x + dx, y + dy) : context.moveTo(x + dx, y + dy)));
  context.fill();
}
