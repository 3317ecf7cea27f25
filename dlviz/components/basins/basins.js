// Basins of attraction: a map for each racer, on which every place has the colour of the minimum that is reached from it.
//
// Data (packed): header {box, minima: [[x, y], …], start: [x, y], racers: [{name, place, steps, shares}], nowhere, lost,
// words}; arrays "reached/<i>" (G, G) int16: the number of a minimum, or one of `nowhere` and `lost`.
// State: start {x, y}: where the race should start. Words: label ({name}), share ({share}, {name}), minimum ({x}, {y}),
// nowhere, lost, many, from ({x}, {y}), how.

import { bottom, marker, ring } from "../dlviz.descent/marks.js";
import { sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { css, mix } from "../dlviz.player/colours.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, percent, significant } from "../dlviz.player/numbers.js";

const NAMED = 10; // minima with a colour of their own

class Basins {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    this.key = element("ul", { class: "key" });
    this.maps = [];
    revealStyled(parent, root);
    this.close = onResize(root, () => this.draw());
  }

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    Object.assign(this, unpack(data));
    this.theme = themeOf(this.root);
    this.maps = this.header.racers.map((racer, i) => this.#map(racer, i));
    this.root.replaceChildren(this.key, ...this.maps.map(({ node }) => node));
    this.#legend();
    this.draw();
  }

  #colour(number) {
    const { classes, text, background, neutral } = this.theme;
    if (number === this.header.lost) return mix(background, text, 0.72);
    if (number < 0) return mix(neutral, text, 0.12);
    return number < NAMED ? classes[number] : mix(classes[number % NAMED], background, 0.25 + 0.15 * (Math.floor(number / NAMED) % 4));
  }

  #legend() {
    const { words, minima, nowhere, lost } = this.header;
    const item = (number, text) => {
      const dot = element("i", { "aria-hidden": "true" });
      dot.style.background = css(this.#colour(number));
      return element("li", {}, dot, element("span", { text }));
    };
    const few = minima.slice(0, NAMED).map(([x, y], i) => item(i, fill(words.minimum, { x: significant(x), y: significant(y) })));
    const more = minima.length > NAMED ? [element("li", { text: fill(words.many, { count: minima.length - NAMED }) })] : [];
    this.key.replaceChildren(...few, ...more, item(nowhere, words.nowhere), item(lost, words.lost));
  }

  #map(racer, i) {
    const sign = element("canvas", { "aria-hidden": "true" });
    marker(sharpContext(sign, 20, 20), racer.place, 10, 10, 5.5, this.theme.classes[racer.place]);
    const canvas = element("canvas", { role: "img" });
    const said = element("p", { class: "said figures" });
    label(canvas, fill(this.header.words.label, { name: racer.name }));
    canvas.onpointermove = (event) => write(said, this.#read(this.#under(canvas, event), i));
    canvas.onpointerleave = () => write(said, this.#shares(racer));
    canvas.onclick = (event) => {
      const [x, y] = this.#under(canvas, event).map((value) => Number(value.toPrecision(4)));
      this.send("start", { x, y });
    };
    write(said, this.#shares(racer));
    const node = element("div", { class: "basin" }, element("h4", {}, sign, element("span", { text: racer.name })), element("div", { class: "ground" }, canvas), said);
    return { node, canvas, picture: this.#paint(i) };
  }

  #shares({ shares, steps }) {
    const { words } = this.header;
    const arrived = shares.reduce((sum, share) => sum + share, 0);
    return fill(words.share, { share: percent(arrived), steps });
  }

  #under(canvas, event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const { box } = this.header;
    const within = (share) => Math.max(0, Math.min(1, share));
    return [box[0] + within((event.clientX - left) / width) * (box[1] - box[0]), box[3] - within((event.clientY - top) / height) * (box[3] - box[2])];
  }

  /** What is reached from a place, in words. */
  #read([x, y], i) {
    const { words, box, minima, lost } = this.header;
    const { data, shape: [rows, columns] } = this.arrays[`reached/${i}`];
    const row = Math.round(((y - box[2]) / (box[3] - box[2])) * (rows - 1));
    const number = data[row * columns + Math.round(((x - box[0]) / (box[1] - box[0])) * (columns - 1))];
    const from = fill(words.from, { x: significant(x), y: significant(y) });
    if (number < 0) return `${from} ${number === lost ? words.lost : words.nowhere}`;
    return `${from} ${fill(words.minimum, { x: significant(minima[number][0]), y: significant(minima[number][1]) })}`;
  }

  /** The map as a picture, a dot for each start. */
  #paint(i) {
    const { data, shape: [rows, columns] } = this.arrays[`reached/${i}`];
    const canvas = element("canvas");
    [canvas.width, canvas.height] = [columns, rows];
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    const colours = new Map();
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const number = data[row * columns + column];
        if (!colours.has(number)) colours.set(number, this.#colour(number).map(Math.round));
        image.data.set([...colours.get(number), 255], 4 * ((rows - 1 - row) * columns + column));
      }
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }

  draw() {
    const { box, minima, start } = this.header ?? {};
    if (!box) return;
    for (const { canvas, picture } of this.maps) {
      const width = canvas.parentElement.clientWidth;
      if (!width) continue;
      const height = Math.round((width * (box[3] - box[2])) / (box[1] - box[0]));
      canvas.style.height = `${height}px`;
      const context = sharpContext(canvas, width, height);
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, 0, 0, width, height);
      const to = ([x, y]) => [((x - box[0]) / (box[1] - box[0])) * width, ((box[3] - y) / (box[3] - box[2])) * height];
      minima.forEach((place) => bottom(context, ...to(place), minima.length > NAMED ? 2 : 4));
      ring(context, ...to(start), false);
    }
  }
}

export default instances("basins", (root, parent) => new Basins(root, parent));
