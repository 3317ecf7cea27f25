// The bench's buttons, its numbers and its status line.

import { element, icon, label, write } from "../dlviz.player/elements.js";
import { fill, passes, percent, significant, whole } from "../dlviz.player/numbers.js";
import { number } from "../dlviz.player/player.js";
import { placeText } from "./scrubber.js";

const PATHS = {
  reset: "M6 5h2v14H6zM20 5v14L9 12z",
  back: "M15 5h2v14h-2zM13 5v14L3 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  step: "M7 5h2v14H7zM11 5v14l10-7z",
  step_epoch: "M3 5v14l7-7zM10 5v14l7-7zM18 5h2v14h-2z",
  fork: "M7 3a2 2 0 0 1 1 3.7V12c4-.1 7-1 7-4.1V6.7A2 2 0 1 1 17 6.7V8c0 4.4-4 6-9 6v3.3A2 2 0 1 1 6 17.300V6.700A2 2 0 0 1 7 3z",
};
const SPEEDS = ["1", "2", "4", "max"];
const ARROWS = { lower: "↓", higher: "↑" };
const QUIET = 6000; // milliseconds between two sentences for screen readers
const HEEDED = 1500; // milliseconds within which a pause has stopped a run that nobody else wants

export class Panel {
  constructor(root, player, scrubber) {
    this.player = player;
    this.colours = null;
    this.spoken = { when: 0, state: "" };
    this.pausedAt = null;
    this.buttons = {};
    this.speeds = {};
    this.numbers = [];
    this.#build(root, scrubber);
  }

  #build(root, scrubber) {
    this.root = root;
    this.dot = element("span", { class: "dot", "aria-hidden": "true" });
    this.state = element("span", { class: "state" });
    this.place = element("span", { class: "place figures muted" });
    this.message = element("p", { class: "message", hidden: true });
    this.readings = element("dl", { class: "readings" });
    this.voice = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.again = element("button", { type: "button", class: "outlined again", hidden: true,
      onclick: () => this.player.ask("again") });
    const line = element("div", { class: "line" }, this.dot, this.state, this.place);
    root.setAttribute("role", "group");
    // the buttons first: of a bench that sticks to the window's lower edge, only they are seen (dlviz/ui/chrome.css)
    root.replaceChildren(this.#controls(), line, this.message, this.again, scrubber, this.readings, this.voice);
  }

  #controls() {
    const { player } = this;
    const acts = {
      reset: () => player.reset(), back: () => player.back(), play: () => player.toggle(),
      step: () => player.forward(), step_epoch: () => player.forwardEpoch(),
    };
    const transport = element("div", { class: "transport" });
    for (const [name, onclick] of Object.entries(acts)) transport.append(this.#button(name, onclick));
    this.speed = element("div", { class: "speed figures", role: "radiogroup" });
    for (const speed of SPEEDS) this.speed.append(this.#speedButton(speed));
    const live = element("button", { type: "button", class: "live outlined", onclick: () => player.live() });
    const fork = element("button", { type: "button", class: "fork outlined", onclick: () => player.ask("fork") },
      icon(PATHS.fork), element("span"));
    Object.assign(this.buttons, { live, fork });
    return element("div", { class: "controls" }, transport, this.speed, live, fork);
  }

  #button(name, onclick) {
    const button = element("button", { type: "button", class: name, onclick }, icon(PATHS[name]));
    this.buttons[name] = button;
    return button;
  }

  #speedButton(speed) {
    const choose = () => this.player.setSpeed(speed);
    const button = element("button", { type: "button", role: "radio", onclick: choose });
    button.onkeydown = (event) => this.#speedKey(event, speed);
    this.speeds[speed] = button;
    return button;
  }

  // Arrow keys choose inside the group, as in every group of radio buttons.
  #speedKey(event, speed) {
    const turn = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!turn) return;
    const next = SPEEDS[(SPEEDS.indexOf(speed) + turn + SPEEDS.length) % SPEEDS.length];
    this.player.setSpeed(next);
    this.speeds[next].focus();
    event.preventDefault();
  }

  // ------------------------------------------------------------------------------------- drawing

  draw() {
    const { track, header } = this.player;
    if (!track || !header) return;
    const words = header.words;
    label(this.root, words.bench ?? "");
    this.#drawState(track, words);
    this.#drawButtons(track, words);
    this.#drawNumbers(header.numbers ?? [], words);
    this.#speak(track, words);
  }

  #stateText(track, words) {
    if (track.state === "waiting" && track.place !== null) {
      return fill(words.state_waiting_place, { place: track.place });
    }
    if (track.state === "finished" && this.player.running) return words.state_replaying ?? "";
    return (this.#wantedByOthers(track) ? words.state_training_on : words[`state_${track.state}`]) ?? "";
  }

  // Whether this viewer has paused and the run goes on all the same.
  #wantedByOthers(track) {
    const { playing, goal } = this.player;
    const now = performance.now();
    this.pausedAt = playing || goal !== null || track.state !== "training" ? null : this.pausedAt ?? now;
    return this.pausedAt !== null && now - this.pausedAt > HEEDED;
  }

  #drawState(track, words) {
    const { moment } = this.player;
    this.root.dataset.state = track.state;
    write(this.state, this.#stateText(track, words));
    write(this.place, placeText(track, moment, words));
    write(this.message, track.message);
    this.message.hidden = !track.message;
    const again = this.player.header.actions?.again ?? (track.state === "lost" || track.state === "failed");
    this.again.hidden = !again;
    write(this.again, words.again ?? "");
  }

  #drawButtons(track, words) {
    const { player, buttons } = this;
    const playing = player.running;
    this.#name(buttons.reset, words.reset);
    this.#name(buttons.back, words.back);
    this.#name(buttons.play, playing ? words.pause : words.play);
    const next = player.following ? null : track.moments[player.cursor + 1]; // in the past, only what was recorded is there
    this.#name(buttons.step, next ? fill(words.step_recorded, { step: whole(next.step) }) : words.step);
    this.#name(buttons.step_epoch, words.step_epoch);
    buttons.play.querySelector("path").setAttribute("d", playing ? PATHS.pause : PATHS.play);
    buttons.reset.disabled = player.cursor <= 0 && !playing;
    buttons.back.disabled = player.cursor <= 0;
    buttons.step.disabled = buttons.step_epoch.disabled = player.atNewest && track.ended;
    this.#drawSpeeds(words);
    write(buttons.live, words.live ?? "");
    buttons.live.title = words.live_help ?? "";
    buttons.live.setAttribute("aria-pressed", String(player.following && player.rolling));
    buttons.live.disabled = track.ended && player.atNewest;
    write(buttons.fork.lastChild, words.fork ?? "");
    buttons.fork.title = words.fork_help ?? "";
    buttons.fork.hidden = player.header.actions?.fork === false; // where there are no knobs to turn
    buttons.fork.disabled = player.cursor < 0;
  }

  #drawSpeeds(words) {
    label(this.speed, words.speed ?? "");
    this.speed.title = words.speed_help ?? "";
    for (const [speed, button] of Object.entries(this.speeds)) {
      const chosen = this.player.speed === speed;
      write(button, speed === "max" ? words.speed_max ?? "" : `${speed}×`);
      button.setAttribute("aria-checked", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  }

  #name(button, text) {
    label(button, text ?? "");
    if (button.title !== text) button.title = text ?? "";
  }

  #drawNumbers(wanted, words) {
    while (this.numbers.length < wanted.length) this.numbers.push(this.#reading());
    while (this.numbers.length > wanted.length) this.numbers.pop().node.remove();
    wanted.forEach((one, i) => {
      const { node, name, arrow, value } = this.numbers[i];
      write(name, one.label);
      node.title = one.help ?? "";
      write(arrow, ARROWS[one.better] ?? "");
      label(arrow, one.better ? words[one.better] ?? "" : "");
      arrow.title = one.better ? words[one.better] ?? "" : "";
      write(value, this.#numberText(one));
    });
  }

  #reading() {
    const [name, arrow, value] = [element("span"), element("span", { class: "arrow", role: "img" }), element("dd")];
    value.className = "figures";
    const node = element("div", { class: "reading" }, element("dt", { class: "muted" }, name, arrow), value);
    this.readings.append(node);
    return { node, name, arrow, value };
  }

  #numberText({ name, percent: isShare, digits }) {
    const value = number(this.player.moment, name);
    if (value === null) return "–";
    if (isShare) return percent(value);
    if (name === "epoch") return passes(value);
    return name === "step" ? whole(value) : significant(value, digits ?? 3);
  }

  /** Say nothing more. */
  close() {
    clearTimeout(this.late);
  }

  // One sentence for screen readers, at once when the state changes and now and then while it trains.
  #speak(track, words) {
    const now = performance.now();
    const state = `${track.run} ${this.#stateText(track, words)}`;
    const quiet = state === this.spoken.state ? this.spoken.when + QUIET - now : 0;
    clearTimeout(this.late);
    if (quiet > 0) { // a run that is over draws no more: what it came to must not stay unsaid
      this.late = setTimeout(() => this.#speak(track, words), quiet);
      return;
    }
    this.spoken = { when: now, state };
    const numbers = (this.player.header.numbers ?? []).map((one) => `${one.label} ${this.#numberText(one)}`);
    write(this.voice, [this.#stateText(track, words), track.message, ...numbers].filter(Boolean).join(". "));
  }
}
