// The scrubber: the whole run as a line, how far it is computed, every recorded moment, edits, forks, and
// the moment shown as a handle that mouse, finger and arrow keys move.

import { css, mix, trackColour } from "../dlviz.player/colours.js";
import { element, label, rem, sharpContext, write } from "../dlviz.player/elements.js";
import { onResize } from "../dlviz.player/instances.js";
import { fill, passes, ticks, whole } from "../dlviz.player/numbers.js";
import { horizon } from "../dlviz.player/player.js";

const EDGE = 12; // pixels left and right, so that the handle stays inside
const RAIL = 22; // pixels from the top to the middle of the line
const NEAR = 8; // pixels within which the pointer reads a mark

// Where in its run a moment is, in words; nothing while nobody has counted the run's steps yet.
export function placeText(track, moment, words) {
  if (!track.totalSteps) return "";
  return fill(words.place, {
    step: whole(moment?.step ?? 0), steps: whole(track.totalSteps),
    epoch: passes(moment?.epoch ?? 0), epochs: whole(track.epochs),
  });
}

export class Scrubber {
  constructor(player) {
    this.player = player;
    this.colours = null;
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.hint = element("div", { class: "hint figures", "aria-hidden": "true", hidden: true });
    this.node = element("div", { class: "scrubber", role: "slider", tabindex: "0", "aria-valuemin": "0" },
      this.canvas, this.hint);
    this.#listen();
    this.stopResize = onResize(this.node, (width) => { this.width = width; player.redraw(); });
  }

  close() {
    this.stopResize();
  }

  #listen() {
    const { node } = this;
    node.onpointerdown = (event) => {
      if (event.button) return;
      node.setPointerCapture(event.pointerId);
      node.focus({ preventScroll: true });
      this.dragging = true;
      this.#seek(event);
      event.preventDefault();
    };
    node.onpointermove = (event) => {
      if (this.dragging) this.#seek(event);
      this.#tell(event);
    };
    node.onpointerup = node.onpointercancel = () => { this.dragging = false; };
    node.onpointerleave = () => { this.hint.hidden = true; };
    node.onkeydown = (event) => this.#key(event);
  }

  #x(step) {
    return EDGE + (this.width - 2 * EDGE) * (step / this.end);
  }

  #stepAt(event) {
    const x = event.clientX - this.node.getBoundingClientRect().left;
    return ((x - EDGE) / Math.max(1, this.width - 2 * EDGE)) * this.end;
  }

  // The recorded moment nearest to the pointer.
  #seek(event) {
    const { track } = this.player;
    if (!track || track.last < 0) return;
    const step = this.#stepAt(event);
    const left = track.indexAt(step);
    const right = Math.min(track.last, left + 1);
    const nearer = track.moments[right].step - step < step - track.moments[left].step ? right : left;
    if (nearer !== this.player.cursor || this.player.following) this.player.seek(nearer);
  }

  #key(event) {
    const { player } = this;
    const { track } = player;
    if (!track) return;
    const epochs = (count) => track.indexAt(player.step + count * track.stepsPerEpoch);
    const places = {
      ArrowLeft: player.cursor - 1, ArrowDown: player.cursor - 1,
      ArrowRight: player.cursor + 1, ArrowUp: player.cursor + 1,
      Home: 0, End: track.last, PageDown: epochs(-1), PageUp: epochs(1),
    };
    if (!(event.key in places) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    player.seek(Math.min(track.last, Math.max(0, places[event.key])));
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const { player } = this;
    const { track } = player;
    if (!track || !this.width || !this.colours) return;
    this.end = horizon(track);
    const height = RAIL + 1.1 * rem() + 16;
    const context = sharpContext(this.canvas, this.width, height);
    this.canvas.style.height = `${height}px`;
    this.#rail(context, track);
    this.#moments(context, track);
    this.#epochs(context, track);
    for (const mark of this.#marks(track)) this.#mark(context, mark);
    this.#handle(context);
    this.#speak(track);
  }

  #rail(context, track) {
    const { colours } = this;
    const newest = track.moments[track.last]?.step ?? 0;
    const bar = (to, colour) => {
      context.fillStyle = colour;
      context.beginPath();
      context.roundRect(EDGE - 3, RAIL - 3, this.#x(to) - EDGE + 6, 6, 3);
      context.fill();
    };
    bar(this.end, css(colours.faint));
    bar(newest, css(mix(colours.background, colours.accent, 0.45)));
    bar(this.player.step, css(colours.accent));
  }

  // A tick for every recorded moment, while they can be told apart.
  #moments(context, track) {
    const room = (this.#x(track.moments[track.last]?.step ?? 0) - EDGE) / Math.max(1, track.last);
    if (room < 3) return;
    context.fillStyle = css(this.colours.muted, 0.7);
    for (const moment of track.moments) context.fillRect(this.#x(moment.step) - 0.5, RAIL + 6, 1, 4);
  }

  #epochs(context, track) {
    const { colours } = this;
    const size = track.stepsPerEpoch;
    const count = Math.min(10, Math.floor(this.width / 60));
    context.fillStyle = css(colours.muted);
    context.font = `${0.875 * rem()}px ${colours.font}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const epoch of ticks(0, this.end / size, count)) {
      if (!Number.isInteger(epoch)) continue;
      context.fillRect(this.#x(epoch * size) - 0.5, RAIL + 6, 1, 7);
      const text = whole(epoch);
      const half = context.measureText(text).width / 2;
      context.fillText(text, Math.min(this.#x(epoch * size), this.width - half), RAIL + 14); // the last one ends at the edge
    }
    if (this.end < track.totalSteps) context.fillText("…", this.#x(this.end), RAIL + 14); // the run goes on beyond
  }

  // {step, kind, text, colour}: where knobs were turned, where runs left this one, where it broke.
  #marks(track) {
    const { player, colours } = this;
    const words = player.header.words;
    const marks = track.edits.map((edit) => ({
      step: edit.step, kind: "edit", colour: colours.text, text: fill(words.edit_mark, { step: whole(edit.step), label: edit.label ?? "" }),
    }));
    if (track.forkedAt !== null) {
      const text = fill(words.forked_mark, { step: whole(track.forkedAt) });
      marks.push({ step: track.forkedAt, kind: "fork", colour: colours.accent, text });
    }
    for (const other of player.tracks) {
      if (other.current || other.parent !== track.run || other.forkedAt === null) continue;
      const text = fill(words.fork_mark, { step: whole(other.forkedAt), label: other.label });
      marks.push({ step: other.forkedAt, kind: "fork", colour: trackColour(player.tracks, other, colours), text });
    }
    if (track.divergedAt !== null) {
      const text = fill(words.diverged_mark, { step: whole(track.divergedAt) });
      marks.push({ step: track.divergedAt, kind: "end", colour: colours.danger, text });
    }
    return marks;
  }

  #mark(context, { step, kind, colour }) {
    const x = this.#x(step);
    context.fillStyle = context.strokeStyle = css(colour);
    context.lineWidth = 2;
    context.beginPath();
    if (kind === "edit") { // a pointer onto the line
      context.moveTo(x - 5, RAIL - 14);
      context.lineTo(x + 5, RAIL - 14);
      context.lineTo(x, RAIL - 5);
      context.fill();
    } else if (kind === "fork") { // a branch that leaves it
      context.moveTo(x, RAIL - 2);
      context.quadraticCurveTo(x, RAIL - 10, x + 8, RAIL - 11);
      context.stroke();
      context.beginPath();
      context.arc(x + 9, RAIL - 11, 3.5, 0, 7);
      context.fill();
    } else { // a cross on it
      for (const turn of [-1, 1]) {
        context.moveTo(x - 5, RAIL - 5 * turn);
        context.lineTo(x + 5, RAIL + 5 * turn);
      }
      context.stroke();
    }
  }

  #handle(context) {
    const { colours, player } = this;
    const ring = (x, radius, inside) => {
      context.beginPath();
      context.arc(x, RAIL, radius, 0, 7);
      context.fillStyle = css(inside);
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = css(colours.accent);
      context.stroke();
    };
    if (player.goal !== null) ring(this.#x(Math.min(player.goal, this.end)), 5, colours.background);
    ring(this.#x(player.step), 8, player.running ? colours.accent : colours.background);
  }

  // ------------------------------------------------------------------------------------- in words

  #speak(track) {
    label(this.node, this.player.header.words.scrubber ?? "");
    const text = placeText(track, this.player.moment, this.player.header.words);
    if (this.node.getAttribute("aria-valuetext") === text) return;
    this.node.setAttribute("aria-valuetext", text);
    this.node.setAttribute("aria-valuenow", String(this.player.step));
    this.node.setAttribute("aria-valuemax", String(track.totalSteps));
  }

  #tell(event) {
    const { track } = this.player;
    if (!track || track.last < 0 || !this.colours) return;
    const step = this.#stepAt(event);
    const x = this.#x(Math.max(0, Math.min(this.end, step)));
    const mark = this.#marks(track).find((one) => Math.abs(this.#x(one.step) - x) < NEAR);
    const { words } = this.player.header;
    write(this.hint, mark?.text || placeText(track, track.moments[track.indexAt(step)], words));
    this.hint.hidden = false;
    const half = this.hint.offsetWidth / 2;
    this.hint.style.left = `${Math.max(half, Math.min(this.width - half, x))}px`;
  }
}
