// The bar under the map: back to the start, a step back, play, a step on, and the whole race to scrub through.

import { element, icon, label, write } from "../dlviz.player/elements.js";
import { fill, whole } from "../dlviz.player/numbers.js";

const ICONS = {
  first: "M6 6h2v12H6zm3.5 6 8.5 6V6z",
  back: "M15.4 7.4 14 6l-6 6 6 6 1.4-1.4-4.6-4.6z",
  play: "M8 5v14l11-7z",
  pause: "M6 19h4V5H6zm8-14v14h4V5z",
  next: "M10 6 8.6 7.4l4.6 4.6-4.6 4.6L10 18l6-6z",
};
const PACES = [0.25, 1, 4];

export class Bar {
  constructor(acts) {
    this.buttons = {};
    for (const name of ["first", "back", "play", "next"]) {
      this.buttons[name] = element("button", { type: "button", class: name, onclick: acts[name] }, icon(ICONS[name]));
    }
    this.range = element("input", { type: "range", min: 0, step: 1, oninput: () => acts.seek(Number(this.range.value)) });
    this.range.onchange = () => acts.rest();
    this.step = element("span", { class: "where figures" });
    this.paces = PACES.map((pace) => element("button", { type: "button", class: "pace figures", text: `${pace}×`, onclick: () => acts.pace(pace) }));
    this.pacing = element("span", { class: "paces", role: "group" }, ...this.paces);
    this.node = element("div", { class: "bar" }, ...Object.values(this.buttons), this.range, this.step, this.pacing);
  }

  /** Write where the race is, and whether it moves. */
  write({ words, race }, step, playing, pace) {
    const now = Math.floor(step);
    for (const name of ["first", "back", "next"]) label(this.buttons[name], words[name]);
    label(this.buttons.play, playing ? words.pause : words.play);
    if (this.playing !== playing) this.buttons.play.replaceChildren(icon(playing ? ICONS.pause : ICONS.play));
    this.playing = playing;
    this.range.max = race.steps;
    this.range.value = now;
    label(this.range, words.scrub);
    const told = fill(words.where, { step: whole(now), steps: whole(race.steps) });
    this.range.setAttribute("aria-valuetext", told);
    write(this.step, told);
    label(this.pacing, words.pace);
    this.paces.forEach((button, i) => button.setAttribute("aria-pressed", String(PACES[i] === pace)));
    this.buttons.first.disabled = this.buttons.back.disabled = now <= 0;
    this.buttons.next.disabled = now >= race.steps;
  }
}
