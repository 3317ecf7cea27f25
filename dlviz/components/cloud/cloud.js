// Noise, in three pictures: the way down by everybody, by a few and by one person at a time; the cloud of gradients at
// the start; and how far off the gradient of so many people is, measured and as theory has it.
//
// Data (packed): header {batch, who: [three names], words}; arrays as in Sampled of concepts/gradient_descent/recording.py.
// Words: map, map_said, cloud, cloud_said, spread, spread_said, weight_x, weight_y, slope_x, slope_y, people, off.

import { bottom, marker, PAPER, ring, trail } from "../dlviz.descent/marks.js";
import { Heights } from "../dlviz.descent/scale.js";
import { Axes } from "../dlviz.curves/axes.js";
import { drawHeights, paintGround } from "../dlviz.landscape/ground.js";
import { themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css } from "../dlviz.player/colours.js";
import { element, label, rem, revealStyled, sharpContext } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { logMarks } from "../dlviz.player/numbers.js";

const RATIO = 0.85;
const PICTURES = ["map", "cloud", "spread"];

class Cloud {
  constructor(root, parent) {
    this.root = root;
    this.key = element("ul", { class: "key" });
    this.figures = PICTURES.map(() => ({ title: element("h4"), canvas: element("canvas", { role: "img" }), said: element("figcaption") }));
    root.replaceChildren(this.key, ...this.figures.map(({ title, canvas, said }) => element("figure", {}, title, canvas, said)));
    revealStyled(parent, root);
    this.close = onResize(root, () => this.draw());
  }

  update({ data }) {
    if (!(data instanceof Uint8Array)) return;
    Object.assign(this, unpack(data));
    this.colours = themeOf(this.root);
    this.scale = new Heights(this.arrays.heights.data);
    const { words, who } = this.header;
    PICTURES.forEach((name, i) => {
      this.figures[i].title.textContent = words[name];
      this.figures[i].said.textContent = words[`${name}_said`];
      label(this.figures[i].canvas, words[name]);
    });
    this.key.replaceChildren(...who.map((name, i) => {
      const sign = element("canvas", { "aria-hidden": "true" });
      marker(sharpContext(sign, 20, 20), i, 10, 10, 5.5, this.colours.classes[i]);
      return element("li", {}, sign, element("span", { text: name }));
    }));
    this.draw();
  }

  draw() {
    if (!this.header) return;
    [this.#map, this.#cloud, this.#spread].forEach((draw, i) => {
      const { canvas } = this.figures[i];
      const width = canvas.clientWidth;
      if (!width) return;
      const height = Math.round(width * RATIO);
      canvas.style.height = `${height}px`;
      draw.call(this, sharpContext(canvas, width, height), width, height);
    });
  }

  #axes(context, width, height, x, y, names) {
    const axes = new Axes(context, width, height, { x, y, log: false, share: false, colours: this.colours, right: 8 });
    axes.draw(names[0]);
    Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(this.colours.muted) });
    context.fillText(names[1], 0, 0);
    return axes;
  }

  #map(context, width, height) {
    const { colours, scale, header: { words }, arrays: { heights, across, upwards, path, best } } = this;
    const ends = ({ data }) => [data[0], data.at(-1)];
    const axes = this.#axes(context, width, height, ends(across), ends(upwards), [words.weight_x, words.weight_y]);
    const [rows, columns] = heights.shape;
    const [wide, high] = [axes.right - axes.left, axes.bottom - axes.top];
    const dots = window.devicePixelRatio || 1;
    const ground = paintGround(heights.data, columns, rows, scale, colours, Math.round(wide * dots), Math.round(high * dots));
    const lines = ground.getContext("2d");
    lines.scale(dots, dots);
    Object.assign(lines, { font: context.font, textAlign: "center", textBaseline: "middle" });
    const to = (column, row) => [(column / (columns - 1)) * wide, (1 - row / (rows - 1)) * high];
    drawHeights(lines, heights.data, columns, rows, scale, colours, to, { left: 0, right: wide, top: 0, bottom: high, height: axes.size });
    context.drawImage(ground, axes.left, axes.top, wide, high);
    context.save();
    context.beginPath();
    context.rect(axes.left, axes.top, wide, high);
    context.clip();
    const [count, length] = path.shape;
    const place = (i, step) => [axes.px(path.data[2 * (i * length + step)]), axes.py(path.data[2 * (i * length + step) + 1])];
    for (let i = count - 1; i >= 0; i -= 1) {
      const points = Array.from({ length }, (_, step) => place(i, step)).map((point) => (point.every(Number.isFinite) ? point : null));
      trail(context, points, i ? 2.5 : 4.5, css(PAPER, 0.7));
      trail(context, points, i ? 1.25 : 2.5, css(colours.classes[i]));
    }
    ring(context, ...place(0, 0), false);
    bottom(context, axes.px(best.data[0]), axes.py(best.data[1]), 5);
    for (let i = count - 1; i >= 0; i -= 1) if (place(i, length - 1).every(Number.isFinite)) marker(context, i, ...place(i, length - 1), 5, colours.classes[i]);
    context.restore();
  }

  #cloud(context, width, height) {
    const { colours, header: { words }, arrays: { single, batches, true: whole } } = this;
    const most = Math.max(...[...single.data].map(Math.abs)) * 1.05;
    const axes = this.#axes(context, width, height, [-most, most], [-most, most], [words.slope_x, words.slope_y]);
    const dots = (data, colour, size) => {
      context.fillStyle = colour;
      for (let i = 0; i < data.length; i += 2) { context.beginPath(); context.arc(axes.px(data[i]), axes.py(data[i + 1]), size, 0, 7); context.fill(); }
    };
    context.strokeStyle = css(colours.faint);
    context.beginPath();
    context.moveTo(axes.px(0), axes.top);
    context.lineTo(axes.px(0), axes.bottom);
    context.stroke();
    dots(single.data, css(colours.classes[2], 0.45), 2.25);
    dots(batches.data, css(colours.classes[1], 0.6), 2.25);
    marker(context, 0, axes.px(whole.data[0]), axes.py(whole.data[1]), 4, colours.classes[0]);
  }

  #spread(context, width, height) {
    const { colours, header: { words, batch }, arrays: { sizes, measured, expected } } = this;
    const size = 0.875 * rem();
    context.font = `${size}px ${colours.font}`;
    const [low, high] = [Math.min(...measured.data, ...expected.data) * 0.7, Math.max(...measured.data) * 1.4];
    const axes = new Axes(context, width, height, { x: [0, 1], y: [low, high], log: true, share: false, colours, right: 14 });
    axes.draw(null);
    Object.assign(context, { textAlign: "left", textBaseline: "top", fillStyle: css(colours.muted) });
    context.fillText(words.off, 0, 0);
    const px = (count) => axes.left + 8 + (Math.log(count) / Math.log(sizes.data.at(-1))) * (axes.right - axes.left - 8);
    context.textAlign = "center";
    const room = axes.right - context.measureText(words.people).width - 12;
    for (const [value, text] of logMarks(1, sizes.data.at(-1))) {
      const x = px(value);
      if (x + context.measureText(text).width / 2 < room) context.fillText(text, x, axes.bottom + 6);
    }
    context.textAlign = "right";
    context.fillText(words.people, axes.right, axes.bottom + 6);
    trail(context, [...sizes.data].map((count, i) => [px(count), axes.py(expected.data[i])]), 2, css(colours.muted));
    sizes.data.forEach((count, i) => marker(context, count === 1 ? 2 : 1, px(count), axes.py(measured.data[i]), 4.5, colours.classes[count === 1 ? 2 : 1], count === batch));
  }
}

export default instances("cloud", (root, parent) => new Cloud(root, parent));
