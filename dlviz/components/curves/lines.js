// The lines of every run: what lies behind the cursor strong, what lies before it faint, the other runs muted.

import { css, trackColour } from "../dlviz.player/colours.js";

const DASHES = { solid: [], dashed: [7, 4], dotted: [1.5, 4] };

export class Lines {
  constructor(context, axes, { player, config, colours, over }) {
    Object.assign(this, { context, axes, player, config, colours, over });
  }

  /** Draw all lines; `named`: with the names of the other runs at their ends. */
  draw(named) {
    const { context, axes, player } = this;
    context.save();
    context.beginPath();
    context.rect(axes.left - 1, axes.top - 4, axes.right - axes.left + 8, axes.bottom - axes.top + 5);
    context.clip();
    const others = player.tracks.filter((track) => track !== player.track);
    for (const track of others) this.#track(track, 0.55, 0.55);
    if (player.track) this.#track(player.track, 1, 0.3);
    if (player.track && this.config.best) this.#best(player.track, this.config.best);
    context.restore();
    if (named) this.#names(others);
  }

  #colour(track, series) {
    if (track === this.player.track && series.role) return this.colours[series.role] ?? this.colours.accent;
    return trackColour(this.player.tracks, track, this.colours);
  }

  #track(track, strength, ahead) {
    const current = track === this.player.track;
    for (const series of this.config.series) {
      const found = track.series(series.name, this.over);
      const cut = current ? found.index.findIndex((index) => index > this.player.cursor) : -1;
      const past = cut < 0 ? found.x.length : cut;
      const colour = this.#colour(track, series);
      this.context.setLineDash(DASHES[series.dash] ?? []);
      this.context.lineCap = series.dash === "dotted" ? "round" : "butt";
      this.context.lineWidth = current ? 2.25 : 1.5;
      this.#line(found, 0, past, css(colour, strength));
      this.#line(found, Math.max(0, past - 1), found.x.length, css(colour, ahead));
      if (found.x.length === 1) this.#dot(found.x[0], found.y[0], css(colour, strength));
    }
    this.context.setLineDash([]);
    this.#events(track);
  }

  #line({ x, y }, from, to, style) {
    if (to - from < 2) return;
    const { context, axes } = this;
    context.strokeStyle = style;
    context.beginPath();
    let open = false;
    for (let i = from; i < to; i += 1) {
      if (axes.log && y[i] <= 0) { open = false; continue; }
      const [px, py] = [axes.px(x[i]), axes.py(y[i])];
      if (open) context.lineTo(px, py);
      else context.moveTo(px, py);
      open = true;
    }
    context.stroke();
  }

  #dot(x, y, style, radius = 3.5) {
    if (this.axes.log && y <= 0) return;
    this.context.fillStyle = style;
    this.context.beginPath();
    this.context.arc(this.axes.px(x), this.axes.py(y), radius, 0, 7);
    this.context.fill();
  }

  // Where a run left its parent (a ring on its line), and where it broke (a line from top to bottom).
  #events(track) {
    const { context, axes, colours } = this;
    const first = this.config.series[0].name;
    if (track.forkedAt !== null) this.#ring(track, first);
    if (track.divergedAt === null) return;
    const moment = track.moments[track.indexAt(track.divergedAt)];
    const place = this.#placeOf(moment);
    if (place === null) return;
    const x = axes.px(place);
    context.strokeStyle = context.fillStyle = css(colours.danger);
    context.lineWidth = 1.5;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(x, axes.top);
    context.lineTo(x, axes.bottom);
    context.stroke();
    context.setLineDash([]);
    context.textBaseline = "top";
    context.textAlign = x > (axes.left + axes.right) / 2 ? "right" : "left";
    context.fillText(this.config.diverged ?? "", x + (context.textAlign === "right" ? -6 : 6), axes.top);
  }

  // The lowest place of a line of the current run, with its word, as long as the run has gone on from there.
  #best(track, { name, word }) {
    const { context, axes, colours } = this;
    const { x, y } = track.series(name, this.over);
    const lowest = y.reduce((best, value, i) => (value < y[best] ? i : best), 0);
    if (y.length < 3 || lowest === y.length - 1 || (axes.log && y[lowest] <= 0)) return;
    const [px, py] = [axes.px(x[lowest]), axes.py(y[lowest])];
    context.strokeStyle = context.fillStyle = css(colours.text, 0.85);
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(px, axes.top + axes.size + 4);
    context.lineTo(px, axes.bottom);
    context.stroke();
    context.setLineDash([]);
    this.#dot(x[lowest], y[lowest], css(colours.background), 6);
    this.#dot(x[lowest], y[lowest], css(colours.text), 4);
    context.textBaseline = "top";
    context.textAlign = px > (axes.left + axes.right) / 2 ? "right" : "left";
    context.fillText(word, px + (context.textAlign === "right" ? -2 : 2), axes.top);
  }

  #placeOf(moment) {
    if (!moment) return null;
    if (this.over in moment) return moment[this.over];
    return moment.arrays[this.over]?.data[0] ?? null;
  }

  #ring(track, name) {
    const { context, axes, colours } = this;
    const found = track.series(name, this.over);
    const index = track.indexAt(track.forkedAt);
    const place = found.index.findLastIndex((one) => one <= index);
    if (place < 0 || (axes.log && found.y[place] <= 0)) return;
    context.beginPath();
    context.arc(axes.px(found.x[place]), axes.py(found.y[place]), 5, 0, 7);
    context.fillStyle = css(colours.background);
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = css(trackColour(this.player.tracks, track, colours));
    context.stroke();
  }

  // The other runs' names at the ends of their first lines, pushed apart where they would touch, and up again where the
  // last ones would stand among the ticks of x; where there is no room for all, the table above has the names of the rest.
  #names(others) {
    const { context, axes, colours } = this;
    const ends = others.map((track) => ({ track, ...this.#end(track) })).filter((one) => one.y !== undefined);
    ends.sort((one, two) => one.y - two.y);
    context.textBaseline = "middle";
    context.textAlign = "left";
    const step = axes.size + 2;
    const shown = ends.slice(0, Math.floor((axes.bottom - axes.top) / step));
    const rows = [];
    for (const { y } of shown) rows.push(Math.max(y, (rows.at(-1) ?? -Infinity) + step));
    for (let i = rows.length - 1, most = axes.bottom - step / 2; i >= 0; i -= 1, most -= step) rows[i] = Math.min(rows[i], most);
    for (const [i, { track, x }] of shown.entries()) {
      context.fillStyle = css(trackColour(this.player.tracks, track, colours));
      context.fillText(this.#short(track.label, axes.width - x - 10), x + 8, rows[i]);
    }
  }

  #end(track) {
    for (const series of [...this.config.series].reverse()) {
      const { x, y } = track.series(series.name, this.over);
      if (!x.length) continue;
      const height = this.axes.py(this.axes.log ? Math.max(y.at(-1), this.axes.y0) : y.at(-1));
      const word = track.divergedAt === null ? 0 : this.axes.size + 4; // "diverged" stands at the top
      return { x: this.axes.px(x.at(-1)), y: Math.min(this.axes.bottom, Math.max(this.axes.top + 6 + word, height)) };
    }
    return {};
  }

  #short(text, room) {
    const { context } = this;
    if (context.measureText(text).width <= room) return text;
    let kept = text;
    while (kept && context.measureText(`${kept}…`).width > room) kept = kept.slice(0, -1);
    return `${kept}…`;
  }

  // The line under the cursor or the pointer, with a dot on every line of the current run.
  pointer(x, rows, strong) {
    const { context, axes, colours, player } = this;
    const px = Math.round(axes.px(x)) + 0.5;
    context.strokeStyle = css(strong ? colours.text : colours.muted, strong ? 0.75 : 0.5);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(px, axes.top);
    context.lineTo(px, axes.bottom);
    context.stroke();
    for (const { track, series, point } of rows) {
      if (!point || track !== player.track || point.y > axes.y1) continue;
      this.#dot(point.x, point.y, css(colours.background), 5.5);
      this.#dot(point.x, point.y, css(this.#colour(track, series)), 4);
    }
  }
}
