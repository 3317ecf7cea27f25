// A player holds recorded runs and a cursor on one of them, and moves it as time goes by. Components that
// draw a run mount once, ask `player(name)` for it and subscribe; only the bench feeds it. Everything here
// happens in the browser: playing, pausing and scrubbing wait for no server.

import { momentsOf, unpack } from "./buffer.js";
import { Track } from "./track.js";

export { unpack } from "./buffer.js";
export { horizon, number } from "./track.js";

const RATE = { 1: 4, 2: 8, 4: 16 }; // recorded moments a second when behind; "max" is one a frame or more
const TOLD_EVERY = 500; // milliseconds between two words of where the cursor is, while it plays what is past
const KEPT_EVENTS = 8; // told again with every report, so that a report that is overtaken loses none

const players = new Map();

// The player of that name; made on first use, and the same for every component of the page.
export function player(name) {
  if (!players.has(name)) players.set(name, new Player());
  return players.get(name);
}

class Player {
  constructor() {
    this.tracks = [];
    this.header = null; // of the newest message: words, numbers, actions
    this.cursor = -1; // place of the shown moment on the current track
    this.playing = true; // the wish that training goes on
    this.rolling = true; // the cursor moves by itself
    this.following = true; // the cursor keeps to the newest moment
    this.speed = "1";
    this.goal = null; // train until this step, then stop
    this.awaited = null; // the step of a moment that Python wants shown and that has not arrived yet
    this.events = []; // [event_seq, event, step shown]
    this.onReport = null; // the bench's way to Python
    this.onNeed = null; // ({run, have}) where moments are missing
    this.sequence = null;
    this.command = null;
    this.counter = Date.now(); // rises over a reload of the page too
    this.due = 0; // moments that should have been shown by now, as a fraction
    this.untold = 0; // milliseconds since Python last heard where the cursor is
    this.interval = 250; // milliseconds between messages, as of late
    this.arrived = 0;
    this.views = new Set();
    this.frame = 0;
    this.before = 0;
  }

  // ------------------------------------------------------------------------------ what is shown

  get track() {
    return this.tracks.find((track) => track.current) ?? this.tracks[0] ?? null;
  }

  // The moment under the cursor, or null.
  get moment() {
    return this.track?.moments[this.cursor] ?? null;
  }

  get step() {
    return this.moment?.step ?? 0;
  }

  get atNewest() {
    return !this.track || this.cursor >= this.track.last;
  }

  // Whether the cursor moves or waits for the next moment: what the play button shows.
  get running() {
    return this.rolling && !(this.atNewest && (this.track?.ended ?? false));
  }

  // The newest moment up to the cursor that holds the array `name`, or null.
  latest(name) {
    for (let i = this.cursor; i >= 0; i -= 1) {
      const moment = this.track?.moments[i];
      if (moment && name in moment.arrays) return moment;
    }
    return null;
  }

  // Call `draw(player)` in the next frame and after every change, at most once a frame. Returns the way out.
  subscribe(draw) {
    this.views.add(draw);
    this.redraw();
    return () => this.views.delete(draw);
  }

  // Whether moments of that run are known to be missing.
  lacks(run) {
    return this.tracks.some((track) => track.run === run && track.missing);
  }

  redraw() {
    if (!this.frame) this.frame = requestAnimationFrame((now) => this.#tick(now));
  }

  // -------------------------------------------------------------------------------- what arrives

  // Take one message; a sequence number that was the last one already is ignored.
  receive(bytes) {
    const { header, arrays } = unpack(bytes);
    if (header.sequence === this.sequence) return;
    this.sequence = header.sequence;
    this.#measureInterval();
    const shown = this.step;
    const before = { run: this.track?.run, last: this.track?.last ?? -1 };
    this.header = header;
    this.#merge(header.tracks, momentsOf(header.tracks, arrays));
    this.#settle(before, shown);
    this.#obey(header.command);
    if (this.awaited !== null && this.#has(this.awaited)) {
      this.#goTo(this.awaited);
      this.report();
    }
    this.redraw();
  }

  #measureInterval() {
    const now = performance.now();
    if (this.arrived) this.interval = 0.7 * this.interval + 0.3 * Math.min(2000, now - this.arrived);
    this.arrived = now;
  }

  #merge(said, moments) {
    const known = new Map(this.tracks.map((track) => [track.run, track]));
    this.tracks = said.map((one, place) => {
      const track = known.get(one.run) ?? new Track(one.run);
      track.describe(one);
      if (!track.splice(one.from, moments[place])) this.onNeed?.({ run: one.run, have: track.moments.length });
      return track;
    });
  }

  // Put the cursor where it belongs after a message: a new run shows its newest moment, or the same step.
  #settle(before, shown) {
    const track = this.track;
    if (!track) { this.cursor = -1; return; }
    if (track.run !== before.run) this.awaited = null;
    if (track.run !== before.run || before.last < 0) this.cursor = this.following ? track.last : track.indexAt(shown);
    else if (this.following && track.last > this.cursor) this.due = Math.max(this.due, 1); // the first one at once
    this.cursor = Math.min(this.cursor, track.last);
  }

  // Python may move the player: {number, playing?, at?: step or "newest", speed?}; each number acts once.
  #obey(command) {
    if (!command || command.number === this.command) return;
    this.command = command.number;
    if (command.speed) this.speed = String(command.speed);
    if (command.playing !== undefined) this.playing = this.rolling = command.playing;
    if (command.at === "newest") this.#show(this.track?.last ?? -1, true);
    else if (Number.isFinite(command.at)) this.#goTo(command.at);
    this.goal = null;
    this.report(); // Python goes by what it ordered until it hears that this was done
  }

  // Show the moment taken after so many updates, or the last one before it until it arrives.
  #goTo(step) {
    this.#show(this.track?.indexAt(step) ?? -1, false);
    this.awaited = this.rolling || this.#has(step) ? null : step;
  }

  #has(step) {
    return (this.track?.moments[this.track.last]?.step ?? -1) >= step;
  }

  // ------------------------------------------------------------------------------ what is asked

  toggle() {
    if (this.running) this.pause();
    else this.play();
  }

  // Play recorded moments from the cursor to the newest, then follow; from the start where all is over.
  play() {
    if (this.atNewest && this.track?.ended) this.#show(0, false);
    this.awaited = null;
    this.playing = this.rolling = true;
    this.following = this.atNewest;
    this.goal = null;
    this.report();
  }

  pause() {
    this.playing = this.rolling = this.following = false;
    this.goal = null;
    this.report();
  }

  // Show the moment at `place` and stay there; training goes on as it was.
  seek(place) {
    this.rolling = false;
    this.#show(place, false);
    this.report();
  }

  // Jump to the newest moment and keep to it.
  live() {
    this.playing = this.rolling = true;
    this.#show(this.track?.last ?? -1, true);
    this.report();
  }

  reset() {
    this.#halt(0);
    this.report("reset");
  }

  back() {
    this.#halt(this.cursor - 1);
    this.report("back");
  }

  // One recorded moment on; from the newest one, one update more.
  forward() {
    if (this.atNewest) this.#ask((this.goal ?? this.step) + 1, "step");
    else this.#onward(this.cursor + 1, "step");
  }

  // To the end of the epoch the cursor is in; asked again before it is reached, one epoch more.
  forwardEpoch() {
    const { track } = this;
    if (!track) return;
    const size = track.stepsPerEpoch;
    const goal = (Math.floor((this.goal ?? this.step) / size + 1e-9) + 1) * size;
    const place = track.moments.findIndex((moment) => moment.step >= goal);
    if (place < 0) this.#ask(goal, "step_epoch");
    else this.#onward(place, "step_epoch");
  }

  setSpeed(speed) {
    this.speed = speed;
    this.report();
  }

  // Tell Python of something that it must do: "fork" from the step shown, "again" after a loss.
  ask(event) {
    this.report(event);
  }

  #show(place, following) {
    this.awaited = null;
    this.cursor = Math.max(Math.min(0, this.track?.last ?? -1), Math.min(place, this.track?.last ?? -1));
    this.following = following;
    this.due = 0;
    this.redraw();
  }

  #halt(place) {
    this.playing = this.rolling = false;
    this.goal = null;
    this.#show(place, false);
  }

  #onward(place, event) {
    this.#halt(place);
    this.report(event);
  }

  #ask(goal, event) {
    if (!this.track || this.track.ended) return;
    this.#halt(this.track.last);
    this.goal = Math.min(goal, this.track.totalSteps || goal);
    this.report(event);
  }

  // What the bench tells Python: see `report` in the bench.
  report(event = null) {
    if (event) {
      this.counter += 1;
      this.events = [...this.events, [this.counter, event, this.step]].slice(-KEPT_EVENTS);
    }
    this.untold = 0;
    this.onReport?.();
    this.redraw();
  }

  // ------------------------------------------------------------------------------- as time goes

  #tick(now) {
    this.frame = 0;
    const passed = Math.min(1000, now - (this.before || now));
    this.before = now;
    this.#advance(passed);
    for (const draw of [...this.views]) draw(this);
    if (this.moves) this.redraw();
    else this.before = 0;
  }

  // Whether the cursor moves: then every frame is followed by another.
  get moves() {
    return Boolean(this.track) && this.rolling && !this.atNewest;
  }

  #advance(passed) {
    if (this.goal !== null) this.#chase();
    if (!this.moves) { this.due = 0; return; }
    this.due += (passed / 1000) * this.#rate();
    const whole = Math.floor(this.due);
    this.due -= whole;
    this.cursor = Math.min(this.cursor + whole, this.track.last);
    this.untold += passed;
    if (!this.following && this.untold > TOLD_EVERY) this.report();
    if (this.atNewest && !this.following) { this.following = true; this.report(); }
  }

  // Moments a second. Following spreads what one message brought until the next is due.
  #rate() {
    const behind = this.track.last - this.cursor;
    if (this.following) return Math.max(4, (behind * 1000) / Math.max(30, this.interval));
    return RATE[this.speed] ?? Math.max(60, behind / 2);
  }

  // After a step was asked for at the newest moment: show it as soon as it is there.
  #chase() {
    const { track } = this;
    if (!track || this.atNewest) return;
    const place = track.moments.findIndex((moment, i) => i > this.cursor && moment.step >= this.goal);
    this.cursor = place < 0 ? track.last : place;
    if (place >= 0 || track.ended) { this.goal = null; this.report(); }
  }
}
