// Descent: optimizers race down a surface that torch has computed, on a map and in a relief, with their curves and with
// the numbers of every step. Everything plays in the browser; a new start goes to Python and comes back as a new race.
//
// Data (packed): header {race: what tells this race from others, ground: what tells the surface from others, asked: which
// question the race answers, curve, box, start, stable: largest stable rate or null, scheduled, racers: [{key, name,
// velocity, square, lost, rows: [{name, formula, of, part}]}], picked, at, across, heard: seq, words, crowd: what is said of each
// racer's crowd, or null}; arrays as in Trace of concepts/gradient_descent/recording.py, and crowd (R, S, T+1, 2).
// State: start {ground, x, y}: where all should start; look {picked, at, across}: what is looked at, and at which step.

import { Bar } from "./bar.js";
import { drawChart } from "./charts.js";
import { Map } from "./map.js";
import { marker } from "./marks.js";
import { heightAt, Race } from "./race.js";
import { Relief } from "./relief.js";
import { Heights } from "./scale.js";
import { Steps } from "./steps.js";
import { heard, sender, themeOf } from "../dlviz.maps/drawing.js";
import { unpack } from "../dlviz.player/buffer.js";
import { element, label, revealStyled, sharpContext, write } from "../dlviz.player/elements.js";
import { instances, onResize } from "../dlviz.player/instances.js";
import { fill, significant } from "../dlviz.player/numbers.js";

const WHOLE = 6; // seconds that a race takes to play
const SLOWEST = 12; // steps a second, at least
const CHARTS = ["losses", "norms", "distances", "rates"];
const VIEWS = ["relief", ...CHARTS]; // of which a narrow screen shows one
const GRASP = 16; // pixels around the ring in which it is taken hold of
const PATIENCE = 2000; // milliseconds until a start that nobody heard of is told again,
const TRIES = 3; // so many times at most
const STILL = 5; // pixels that a click may move
const ACROSS = ["steps", "seconds", "evaluations"];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

class Descent {
  constructor(root, parent) {
    this.root = root;
    this.send = sender();
    Object.assign(this, { step: 0, playing: false, pace: 1, picked: 0, across: "steps", wanted: null, held: false, sequence: 0, view: "relief" });
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.#build(root);
    revealStyled(parent, root);
    const stop = onResize(root, (width) => { this.width = width; this.draw(); });
    this.close = () => { stop(); cancelAnimationFrame(this.frame); clearTimeout(this.again); };
  }

  #build(root) {
    this.racers = element("div", { class: "racers", role: "group" });
    const canvas = element("canvas", { tabindex: 0, role: "application" });
    this.map = new Map(canvas);
    this.said = element("p", { class: "said figures" });
    this.bar = new Bar({
      first: () => this.seek(0), back: () => this.seek(Math.ceil(this.step) - 1), next: () => this.seek(Math.floor(this.step) + 1),
      play: () => this.play(!this.playing), seek: (step) => this.seek(step, false), rest: () => this.#tell(),
      pace: (pace) => { this.pace = pace; this.draw(); },
    });
    this.relief = new Relief(element("canvas", { tabindex: 0, role: "application" }));
    this.reliefSaid = element("p");
    this.side = element("div", { class: "relief" }, this.relief.canvas, this.reliefSaid);
    this.charts = CHARTS.map(() => element("canvas", { role: "img" }));
    this.acrossName = element("span");
    this.acrosses = ACROSS.map((name) => element("button", { type: "button", onclick: () => this.#look({ across: name }) }));
    this.steps = new Steps();
    const across = element("div", { class: "across", role: "group" }, this.acrossName, ...this.acrosses);
    this.views = VIEWS.map((name) => element("button", { type: "button", onclick: () => { this.view = name; this.draw(); } }));
    this.chooser = element("div", { class: "views", role: "group" }, ...this.views);
    this.lower = element("div", { class: "lower" }, this.side, ...this.charts.map((chart) => element("div", { class: "chart" }, chart)));
    root.replaceChildren(this.racers, element("div", { class: "ground" }, canvas, this.said), this.bar.node, this.steps.node, this.chooser, across, this.lower);
    this.#listen(canvas);
    this.#turn(this.relief.canvas);
  }

  // ---------------------------------------------------------------------------------- what arrives

  update({ data, setStateValue }) {
    this.send.setStateValue = setStateValue;
    if (!(data instanceof Uint8Array)) return;
    const { header, arrays } = unpack(data);
    const first = !this.race;
    const atEnd = this.race && this.step >= this.race.steps;
    const other = header.race !== this.race?.header.race;
    this.race = new Race(header, arrays);
    this.words = header.words;
    this.colours = themeOf(this.root);
    this.root.style.colorScheme = this.colours.dark ? "dark" : "light"; // for the scrubber, which the browser draws
    this.scale = new Heights(arrays.heights.data);
    this.steps.made = null;
    if (heard(header.heard, this.sequence)) Object.assign(this, { wanted: null, picked: header.picked, across: header.across });
    this.picked = Math.min(this.picked, this.race.count - 1);
    this.#name();
    const asked = header.asked !== this.asked;
    this.asked = header.asked;
    if (first) this.#open(header.at);
    else if (asked && other && !this.calm.matches) { this.step = 0; this.play(true); }
    else if (other) this.step = atEnd && !this.playing ? this.race.steps : Math.min(this.step, this.race.steps);
    this.draw();
  }

  /** Begin where the link says, or play the race. */
  #open(at) {
    this.step = at ?? (this.calm.matches ? this.race.steps : 0);
    if (at === null && !this.calm.matches) this.play(true);
  }

  #name() {
    const { words, race } = this;
    label(this.racers, words.racers);
    label(this.map.canvas, words.map_label);
    label(this.relief.canvas, words.relief_label);
    write(this.reliefSaid, words.relief_how);
    write(this.acrossName, words.across);
    CHARTS.forEach((name, i) => label(this.charts[i], words[name]));
    this.acrosses.forEach((button, i) => write(button, words[ACROSS[i]]));
    label(this.chooser, words.views);
    [race.header.curve, false, false, false, !race.header.scheduled].forEach((hidden, i) => {
      this.lower.children[i].hidden = this.views[i].hidden = hidden;
      write(this.views[i], words[`view.${VIEWS[i]}`]);
    });
    this.buttons = race.header.racers.map((racer, i) => {
      const picture = element("canvas", { "aria-hidden": "true" });
      marker(sharpContext(picture, 20, 20), i, 10, 10, 5.5, this.colours.classes[i]);
      return element("button", { type: "button", class: "racer", onclick: () => this.#look({ picked: i }) }, picture, element("b", { text: racer.name }), element("span", { class: "now" }), element("span", { class: "crowd", text: race.header.crowd?.[i] ?? "" }));
    });
    this.racers.replaceChildren(...this.buttons);
  }

  // ------------------------------------------------------------------------------------- playing

  play(on) {
    if (on && this.step >= this.race.steps) this.step = 0;
    this.playing = on;
    cancelAnimationFrame(this.frame);
    if (on) this.#roll(performance.now());
    else this.#tell();
    this.draw();
  }

  #roll(before) {
    this.frame = requestAnimationFrame((now) => {
      const pace = this.pace * Math.max(SLOWEST, this.race.steps / WHOLE);
      this.step = Math.min(this.race.steps, this.step + (Math.min(200, now - before) / 1000) * pace);
      if (this.step >= this.race.steps) return this.play(false);
      this.draw();
      return this.#roll(now);
    });
  }

  seek(step, tell = true) {
    if (this.playing) { this.playing = false; cancelAnimationFrame(this.frame); }
    this.step = Math.max(0, Math.min(this.race.steps, step));
    this.draw();
    if (tell) this.#tell();
  }

  #look(changes) {
    Object.assign(this, changes);
    this.draw();
    this.#tell();
  }

  #tell() {
    const { picked, across, race } = this;
    const step = Math.floor(this.step);
    this.sequence = this.send("look", { picked, across, at: this.playing || step >= race.steps ? null : step });
  }

  // ------------------------------------------------------------------------------------- pointing

  #listen(canvas) {
    canvas.onpointerdown = (event) => {
      if (event.button || !this.race) return;
      canvas.setPointerCapture(event.pointerId);
      this.down = true;
      if (event.pointerType !== "touch") this.#hold(this.#under(event));
    };
    canvas.onpointermove = (event) => (this.down ? this.#hold(this.#under(event)) : this.#read(this.#under(event)));
    canvas.onpointerup = (event) => { if (this.down) { this.#hold(this.#under(event)); this.#release(); } };
    canvas.onpointercancel = () => this.#release();
    canvas.onpointerleave = () => this.#read(null);
    canvas.onkeydown = (event) => this.#key(event);
  }

  #under(event) {
    const box = this.map.canvas.getBoundingClientRect();
    return this.map.at(event.clientX - box.left, event.clientY - box.top);
  }

  get start() {
    return this.wanted ?? this.race.header.start;
  }

  #hold([x, y]) {
    const round = (value) => Number(value.toPrecision(4));
    [this.wanted, this.held] = [[round(x), round(y)], true];
    this.#ask();
  }

  #release() {
    [this.down, this.held] = [false, false];
    this.draw();
  }

  #ask(left = TRIES) {
    const [x, y] = this.wanted;
    this.sequence = this.send("start", { ground: this.race.header.ground, x, y });
    this.draw();
    this.#read(this.wanted);
    clearTimeout(this.again); // what a busy browser says may get lost on its way
    if (left) this.again = setTimeout(() => this.wanted && !this.down && this.#ask(left - 1), PATIENCE);
  }

  #key(event) {
    if (!this.race || event.ctrlKey || event.metaKey || event.altKey) return;
    const { box, curve } = this.race.header;
    const step = STEPS[event.key];
    if (step) {
      const pace = event.shiftKey ? 10 : 50;
      const within = (value, low, high) => Number(Math.max(low, Math.min(high, value)).toPrecision(4));
      const [x, y] = this.start;
      this.wanted = [within(x + (step[0] * (box[1] - box[0])) / pace, box[0], box[1]), curve ? 0 : within(y + (step[1] * (box[3] - box[2])) / pace, box[2], box[3])];
      this.#ask();
    } else if (event.key === " ") this.play(!this.playing);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #read(place) {
    if (!this.race) return;
    if (!place) return write(this.said, this.words.how);
    const [x, y] = place.map((value) => significant(value));
    const value = significant(heightAt(this.race.arrays, ...place));
    return write(this.said, fill(this.race.header.curve ? this.words.read_curve : this.words.read, { x, y, value }));
  }

  // Dragging the ring moves the start, a click puts it somewhere else, and dragging anything else turns the ground.
  #turn(canvas) {
    let last = null;
    let hand = null; // what it does while it is down: "start", "turn", or nothing yet
    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const near = (at) => this.relief.ring && Math.hypot(at[0] - this.relief.ring[0], at[1] - this.relief.ring[1]) <= GRASP;
    const hold = (at) => { const place = this.relief.seen(...at); if (place) this.#hold(place); };
    canvas.onpointerdown = (event) => {
      if (event.button || !this.race) return;
      last = point(event);
      hand = near(last) ? "start" : null;
      canvas.setPointerCapture(event.pointerId);
    };
    canvas.onpointermove = (event) => {
      const now = point(event);
      if (!last) { canvas.style.cursor = this.race && near(now) ? "move" : ""; return; }
      if (hand === "start") { hold(now); return; }
      if (!hand && Math.hypot(now[0] - last[0], now[1] - last[1]) < STILL) return;
      hand = "turn";
      this.relief.rotate(-(now[0] - last[0]) / 120, -(now[1] - last[1]) / 120);
      last = now;
      this.draw();
    };
    canvas.onpointerup = () => {
      if (last && !hand) hold(last);
      last = null;
      this.#release();
    };
    canvas.onpointercancel = () => { last = null; this.#release(); };
    canvas.onkeydown = (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      this.relief.rotate(step[0] * 0.15, step[1] * 0.1);
      event.preventDefault();
      this.draw();
    };
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const width = this.map.canvas.parentElement.clientWidth;
    if (!this.race || !width) return;
    this.#choose();
    const { race, scale, colours, picked, across, start, held, words } = this;
    const view = { race, scale, colours, picked, across, start, held, words, width };
    const step = this.calm.matches ? Math.floor(this.step) : this.step;
    this.map.draw(view, step);
    if (!race.header.curve) this.relief.draw(view, step);
    this.charts.forEach((canvas, i) => drawChart(canvas, CHARTS[i], view, step));
    this.bar.write(view, step, this.playing, this.pace);
    this.steps.write(view, step);
    this.#chips(step);
    if (!this.said.textContent) write(this.said, words.how);
  }

  /** Mark the picture that a narrow screen shows; where there is none of the chosen kind, it is that of the heights. */
  #choose() {
    const place = VIEWS.indexOf(this.view);
    const shown = this.views[place].hidden ? VIEWS.indexOf("losses") : place;
    this.views.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(i === shown));
      this.lower.children[i].classList.toggle("shown", i === shown);
    });
  }

  #chips(step) {
    const { race, words, picked, across } = this;
    this.buttons.forEach((button, i) => {
      const { lost } = race.header.racers[i];
      const gone = lost >= 0 && Math.floor(step) >= lost;
      button.setAttribute("aria-pressed", String(i === picked));
      button.classList.toggle("lost", gone);
      write(button.querySelector(".now"), gone ? fill(words.lost, { step: lost }) : `f = ${significant(race.measured("losses", i, step))}`);
    });
    this.acrosses.forEach((button, i) => button.setAttribute("aria-pressed", String(ACROSS[i] === across)));
  }
}

export default instances("descent", (root, parent) => new Descent(root, parent));
