// Other futures: what each kept run answers over the plane at the step that the player shows, as a small map with its
// name and its numbers of then, or how far it is from the run on the stage. A click puts that run on the stage.
//
// Configuration: {player, kinds: of each track, two|classes|number, numbers: [{name, label, percent}], difference,
// heard: seq of the last "look", words}. States: chosen {run}, look {difference}.

import { difference } from "./difference.js";
import { heard, paint } from "../dlviz.maps/drawing.js";
import { paintClasses, themeOfClasses } from "../dlviz.network/surface.js";
import { css, trackColour } from "../dlviz.player/colours.js";
import { element, label, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";
import { fill, passes, percent, significant } from "../dlviz.player/numbers.js";
import { number } from "../dlviz.player/player.js";
import { View } from "../dlviz.player/view.js";

const LEVELS = Float32Array.from({ length: 256 }, (_, level) => level);

class Futures extends View {
  constructor(root, parent) {
    super(root, parent);
    this.told = 0;
    this.tiles = new Map(); // run -> tile
    this.title = element("p", { class: "title" });
    this.switch = element("button", { type: "button", class: "switch", onclick: () => this.#turn() });
    this.row = element("div", { class: "tiles" });
    this.note = element("p", { class: "note" });
    root.replaceChildren(element("div", { class: "top" }, this.title, this.switch), this.row, this.note);
  }

  configured() {
    const { words, heard: known } = this.config;
    this.theme = themeOfClasses(this.root);
    if (!this.told || heard(known, this.told)) this.difference = this.config.difference;
    write(this.title, words.title);
    write(this.switch, words.difference);
    this.switch.title = words.difference_help;
    for (const tile of this.tiles.values()) tile.drawn = null; // the theme or the language may be another
  }

  #turn() {
    this.difference = !this.difference;
    this.tell("look", { difference: this.difference });
    this.told = this.counter;
    this.player.redraw();
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const { player, config } = this;
    if (!config || !this.theme) return;
    const mine = player.track?.run;
    const others = player.tracks.map((track, place) => ({ track, place })).filter(({ track }) => !track.current && track.run !== mine);
    this.#lay(others.map(({ track }) => track.run));
    this.switch.setAttribute("aria-pressed", String(Boolean(this.difference)));
    write(this.note, this.difference ? config.words.difference_note : "");
    const here = player.latest("output_map")?.arrays.output_map;
    for (const { track, place } of others) this.#draw(this.tiles.get(track.run), track, place, here);
  }

  #lay(wanted) {
    if (wanted.join() === this.laid) return;
    this.laid = wanted.join();
    for (const run of this.tiles.keys()) if (!wanted.includes(run)) this.tiles.delete(run);
    for (const run of wanted) if (!this.tiles.has(run)) this.tiles.set(run, this.#tile(run));
    this.row.replaceChildren(...wanted.map((run) => this.tiles.get(run).node));
  }

  #tile(run) {
    const [canvas, ramp] = [element("canvas", { "aria-hidden": "true" }), element("canvas", { class: "ramp", "aria-hidden": "true" })];
    const [swatch, name, low, high] = [element("span", { class: "swatch" }), element("span"), element("span"), element("span")];
    const [numbers, when, apart] = [element("div", { class: "numbers figures" }), element("div", { class: "when figures" }), element("div", { class: "apart figures" })];
    const scale = element("div", {}, ramp, element("div", { class: "ends figures" }, low, element("span", { text: "0" }), high));
    const button = element("button", { type: "button", class: "map", onclick: () => this.tell("chosen", { run }) }, canvas);
    const node = element("figure", {}, button, scale, element("figcaption", {}, element("span", { class: "name" }, swatch, name), numbers, when, apart));
    return { node, button, canvas, ramp, scale, low, high, swatch, name, numbers, when, apart, drawn: null };
  }

  #draw(tile, track, place, here) {
    const { words } = this.config;
    const moment = momentAt(track, this.player.step);
    const map = moment?.arrays.output_map;
    const state = [map, this.difference && here, this.theme, track.label];
    if (tile.drawn?.every((value, i) => value === state[i])) return;
    tile.drawn = state;
    write(tile.name, track.label);
    tile.swatch.style.background = css(trackColour(this.player.tracks, track, this.colours));
    label(tile.button, fill(words.show, { name: track.label }));
    tile.button.title = words.show_help;
    this.#numbers(tile, moment);
    write(tile.when, moment ? fill(words.when, { epoch: passes(moment.epoch) }) : words.waiting);
    const apart = this.difference ? difference(here, map, this.config.kinds[this.player.tracks.findIndex((one) => one.current)], this.config.kinds[place]) : null;
    tile.scale.hidden = !apart?.signed;
    if (this.difference) this.#apart(tile, apart);
    else write(tile.apart, "");
    if (map && !apart) this.#paint(tile.canvas, map, this.config.kinds[place]);
  }

  #numbers(tile, moment) {
    const said = this.config.numbers.map(({ name, label: word, percent: shares }) => {
      const value = number(moment, name);
      return value === null ? null : element("div", {}, `${word} `, element("b", { text: shares ? percent(value) : significant(value) }));
    });
    tile.numbers.replaceChildren(...said.filter(Boolean));
  }

  #apart(tile, apart) {
    const { words } = this.config;
    const { ramps } = this.theme;
    if (!apart) return write(tile.apart, words.apart_none);
    write(tile.apart, apart.sides === null ? "" : fill(words.apart, { share: percent(apart.sides) }));
    if (!apart.signed) return paint(tile.canvas, apart.values, apart.height, apart.width, ramps.positive, 0, 1);
    write(tile.low, significant(-apart.most, 2));
    write(tile.high, significant(apart.most, 2));
    paint(tile.ramp, LEVELS, 1, LEVELS.length, ramps.signed, 0, LEVELS.length - 1);
    return paint(tile.canvas, apart.values, apart.height, apart.width, ramps.signed, -apart.most || -1, apart.most || 1);
  }

  #paint(canvas, map, kind) {
    const [height, width] = map.shape;
    if (kind === "classes") paintClasses(canvas, map, this.theme);
    else paint(canvas, map.data, height, width, this.theme.ramps.soft, 1, 255);
  }
}

/** The newest moment of a track up to `step` that holds a map, or null. */
function momentAt(track, step) {
  for (let i = track.indexAt(step); i >= 0; i -= 1) {
    const moment = track.moments[i];
    if (moment && moment.step <= step && "output_map" in moment.arrays) return moment;
  }
  return null;
}

export default instances("futures", (root, parent) => new Futures(root, parent));
