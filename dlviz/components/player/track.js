// A track is one run as the browser holds it: its state and every recorded moment that has arrived.

const ENDED = new Set(["finished", "diverged", "lost", "failed"]);

export class Track {
  constructor(run) {
    this.run = run;
    this.moments = []; // {step, epoch, arrays}
    this.missing = false; // the last message told of moments behind some that never came
    this.version = 0; // rises with every change of the moments
    this.cache = new Map();
  }

  // Take over what a message says of this track, without its moments.
  describe(said) {
    this.label = said.label ?? "";
    this.current = Boolean(said.current);
    this.state = said.state ?? "starting";
    this.place = said.place ?? null;
    this.message = said.message ?? "";
    this.totalSteps = said.total_steps ?? 0;
    this.epochs = said.epochs ?? 0;
    this.divergedAt = said.diverged_at ?? null;
    this.forkedAt = said.forked_at ?? null;
    this.parent = said.parent ?? null;
    this.edits = said.edits ?? []; // [{step, label}]
  }

  // Put `moments` at place `from` and drop what stood behind it; false where moments before `from` are missing.
  splice(from, moments) {
    this.missing = from > this.moments.length;
    if (this.missing) return false;
    if (from < this.moments.length || moments.length) {
      this.moments.length = from;
      this.moments.push(...moments);
      this.version += 1;
      this.cache.clear();
    }
    return true;
  }

  get last() {
    return this.moments.length - 1;
  }

  get ended() {
    return ENDED.has(this.state);
  }

  get stepsPerEpoch() {
    return this.epochs > 0 ? Math.max(1, Math.round(this.totalSteps / this.epochs)) : 1;
  }

  // The place of the newest moment taken after at most `step` updates (0 where even the first is later).
  indexAt(step) {
    let [low, high] = [0, this.last];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.moments[middle].step <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // {x, y, index}: the finite values of `name` over "epoch", "step" or "seconds", and each one's moment.
  series(name, over) {
    const key = `${over} ${name}`;
    if (!this.cache.has(key)) this.cache.set(key, this.#collect(name, over));
    return this.cache.get(key);
  }

  #collect(name, over) {
    const found = { x: [], y: [], index: [] };
    this.moments.forEach((moment, index) => {
      const value = number(moment, name);
      const place = number(moment, over);
      if (value === null || place === null || !Number.isFinite(value)) return;
      found.x.push(place);
      found.y.push(value);
      found.index.push(index);
    });
    return found;
  }
}

// The single number `name` of a moment ("step" and "epoch" too), or null.
export function number(moment, name) {
  if (!moment) return null;
  if (name === "step" || name === "epoch") return moment[name];
  const array = moment.arrays[name];
  return array && array.data.length === 1 ? array.data[0] : null;
}

// How far an axis of steps must reach: the whole run, or a half, a quarter, … of it while little is computed.
export function horizon(track) {
  const newest = track.moments[track.last]?.step ?? 0;
  let end = Math.max(track.totalSteps, newest, 1);
  const least = track.divergedAt === null ? track.stepsPerEpoch * 4 : 1;
  while (end > least && newest < end / 8) end /= 2;
  return Math.max(end, newest);
}
