// The bench under the graph: one operation at a time, forward and back, and one update at a time, with the loss beside.

import { Axes } from "../dlviz.curves/axes.js";
import { css } from "../dlviz.player/colours.js";
import { element, icon, label, sharpContext, write } from "../dlviz.player/elements.js";
import { fill } from "../dlviz.player/numbers.js";
import { shown } from "./symbols.js";

const ICONS = {
  start: "M6 5h2v14H6zM20 5v14L9 12z",
  back: "M17 5v14L7 12z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  step: "M7 5v14l10-7z",
  end: "M16 5h2v14h-2zM4 5v14l11-7z",
};
const HEIGHT = 118;

export class Bench {
  constructor(hands) {
    const range = (name) => element("input", { type: "range", class: name, min: 0, step: 1, oninput: (event) => hands.go(name, Number(event.target.value)) });
    this.stops = range("stop");
    this.moments = range("at");
    this.walking = this.#row(hands, "walk", this.stops);
    this.learning = this.#row(hands, "learn", this.moments);
    this.pace = element("button", { type: "button", class: "pace figures", onclick: () => hands.pace() });
    this.walking.buttons.append(this.pace);
    this.canvas = element("canvas", { role: "img" });
    this.chart = element("div", { class: "block" });
    this.loss = element("p", { class: "note figures" });
    this.chart.append(this.learning.node, this.loss, this.canvas);
    this.keys = element("p", { class: "note keys" });
    this.node = element("div", { class: "bench" }, element("div", { class: "block" }, this.walking.node, this.keys), this.chart);
  }

  #row(hands, what, slider) {
    const button = (name) => element("button", { type: "button", class: name, onclick: () => hands.press(what, name) }, icon(ICONS[name]));
    const names = ["start", "back", "play", "step", "end"];
    const all = Object.fromEntries(names.map((name) => [name, button(name)]));
    const title = element("h5");
    const place = element("span", { class: "place figures muted" });
    const buttons = element("div", { class: "buttons" }, ...Object.values(all));
    return { node: element("div", { class: `line ${what}` }, element("div", { class: "titles" }, title, place), element("div", { class: "controls" }, buttons, slider)), title, place, all, buttons };
  }

  /** Show where one is; `all` has everything that the component holds. */
  draw(all) {
    const { words, walk, stop, at, losses, playing, phase } = all;
    const counts = { number: walk.number(stop), count: walk.count, at, last: losses.length - 1 };
    write(this.walking.title, words.walk);
    write(this.learning.title, words.learn);
    write(this.walking.place, fill(words[`place_${phase}`], counts));
    write(this.learning.place, fill(words.place_update, counts));
    this.#slide(this.stops, walk.last, stop, words.walk, this.walking.place.textContent);
    this.#slide(this.moments, losses.length - 1, at, words.learn, this.learning.place.textContent);
    this.stops.style.setProperty("--split", `${(100 * (walk.count + 0.5)) / walk.last}%`);
    for (const [what, row] of [["walk", this.walking], ["learn", this.learning]]) this.#buttons(what, row, all, playing === what);
    write(this.pace, `${all.speed}×`);
    label(this.pace, fill(words.pace, { speed: all.speed }));
    write(this.keys, words.keys);
    this.#curve(all);
  }

  #slide(slider, last, value, name, said) {
    slider.max = last;
    slider.value = value;
    label(slider, name);
    slider.setAttribute("aria-valuetext", said);
  }

  #buttons(what, row, { words, walk, stop, at, losses }, plays) {
    const [low, high] = what === "walk" ? [stop === 0, stop === walk.last] : [at === 0, at === losses.length - 1];
    for (const name of ["start", "back"]) row.all[name].disabled = low;
    for (const name of ["step", "end"]) row.all[name].disabled = high && (what === "learn" || at === losses.length - 1 || name === "end");
    for (const [name, button] of Object.entries(row.all)) {
      const key = name === "play" && plays ? `${what}_pause` : `${what}_${name}`;
      label(button, words[key]);
      button.title = words[key];
    }
    row.all.play.querySelector("path").setAttribute("d", ICONS[plays ? "pause" : "play"]);
  }

  #curve({ words, losses, at, theme, output, diverged, trouble }) {
    const drawn = [...losses].map((value) => (Math.abs(value) > 1e12 ? NaN : value));
    const loss = shown(losses[at]);
    const ends = diverged !== null && at === losses.length - 1;
    const text = fill(words[!ends ? "loss" : trouble ? "stuck" : "diverged"], { output, at, loss, first: shown(losses[0]) });
    write(this.loss, text);
    label(this.canvas, text);
    const finite = drawn.filter(Number.isFinite);
    this.canvas.hidden = !finite.length;
    const width = this.chart.clientWidth;
    if (!width) return;
    this.canvas.style.height = `${HEIGHT}px`;
    const context = sharpContext(this.canvas, width, HEIGHT);
    const low = Math.min(0, ...finite);
    const high = Math.max(0, ...finite) || (low < 0 ? 0 : 1); // where it is 0 all along, an axis up to 1
    const axes = new Axes(context, width, HEIGHT, { x: [0, Math.max(1, losses.length - 1)], y: [low, high + (high - low) * 0.06], log: false, share: false, colours: theme, right: 10 });
    axes.top = 8;
    axes.draw(words.updates);
    context.strokeStyle = css(theme.accent);
    context.lineWidth = 2;
    context.beginPath();
    drawn.forEach((value, i) => Number.isFinite(value) && context[i ? "lineTo" : "moveTo"](axes.px(i), axes.py(value)));
    context.stroke();
    if (!Number.isFinite(drawn[at])) return;
    context.fillStyle = css(theme.background);
    context.beginPath();
    context.arc(axes.px(at), axes.py(drawn[at]), 5, 0, 7);
    context.fill();
    context.stroke();
  }
}
