// Play, pause, and the slider of the updates.

import { element, icon, label, write } from "../dlviz.player/elements.js";
import { fill, whole } from "../dlviz.player/numbers.js";

const PLAY = "M8 5v14l11-7z";
const PAUSE = "M6 5h4v14H6zm8 0h4v14h-4z";
const SECONDS = 4; // that a whole lesson takes to play

/** Whether somebody wants no motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Bench {
  /** `go(step, settled)` hears of every step, and whether one stays there. */
  constructor(go) {
    this.go = go;
    this.button = element("button", { type: "button", class: "play", onclick: () => this.toggle() });
    this.slider = element("input", { type: "range", min: 0, max: 1, step: 1, value: 0 });
    this.output = element("output", { class: "figures" });
    this.slider.oninput = () => this.#slid(false);
    this.slider.onchange = () => this.#slid(true);
    this.node = element("div", { class: "bench" }, this.button, this.slider, this.output);
  }

  /** Go as far as `last` of all the `steps` that were asked for. */
  update(last, steps, words) {
    Object.assign(this, { last, steps, words });
    this.slider.max = last;
    label(this.slider, words.slider);
    this.#face();
  }

  show(step) {
    this.step = step;
    this.slider.value = step;
    const said = fill(this.words.at, { step: whole(step), steps: whole(this.steps) });
    this.slider.setAttribute("aria-valuetext", said);
    write(this.output, said);
  }

  toggle() {
    if (this.playing) return this.pause();
    if (still()) return this.go(this.last, true);
    return this.#play(this.step >= this.last ? 0 : this.step);
  }

  /** Play from the first update on; whoever wants no motion sees the last one. */
  replay() {
    if (!still() && this.last > 0) this.#play(0);
  }

  pause() {
    if (!this.playing) return;
    this.rest();
    this.go(this.step, true);
  }

  /** Stop where it is, and tell nobody. */
  rest() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.#face();
  }

  #play(from) {
    this.playing = true;
    this.begun = performance.now() - (from / Math.max(1, this.last)) * this.#lasts;
    this.#face();
    this.#tick();
  }

  /** How many milliseconds it plays; a lesson that broke off at once does so slowly enough to be seen. */
  get #lasts() {
    return 1000 * Math.min(SECONDS, 0.6 * this.last);
  }

  #tick() {
    if (!this.playing) return;
    const step = Math.min(this.last, Math.round(((performance.now() - this.begun) / this.#lasts) * this.last));
    if (step !== this.step) this.go(step, false);
    if (step >= this.last) return this.pause();
    this.frame = requestAnimationFrame(() => this.#tick());
  }

  #slid(settled) {
    this.rest();
    this.go(Number(this.slider.value), settled);
  }

  #face() {
    this.button.replaceChildren(icon(this.playing ? PAUSE : PLAY));
    label(this.button, this.words?.[this.playing ? "pause" : "play"] ?? "");
  }
}
