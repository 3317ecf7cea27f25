// The hand on the points: a press on one takes it along, a press beside all of them puts a new one there, and whatever is
// carried out of the picture, pressed twice or pressed while erasing is gone. Keys do the same.

const REACH = 14; // pixels within which a pointer means a point
const STEP = 0.02;
const FEWEST = 2;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Hand {
  /** `view` has canvas, axes, config, points and player, and sends. */
  constructor(view) {
    Object.assign(this, { view, picked: -1, held: false, busy: false, erases: false, sequence: 0 });
    const { canvas } = view;
    canvas.onpointerdown = (event) => this.#down(event);
    canvas.onpointermove = (event) => this.#move(event);
    canvas.onpointerup = canvas.onpointercancel = (event) => this.#up(event);
    canvas.onpointerleave = () => { if (!this.held) this.#pick(-1); };
    canvas.ondblclick = () => this.#erase(this.picked);
    canvas.onkeydown = (event) => this.#key(event);
    canvas.onblur = () => this.#pick(-1);
  }

  /** Points have come from Python: what was picked may be another one now. */
  taken() {
    if (this.picked >= this.view.points.length) this.picked = -1;
  }

  get #paints() {
    return this.view.config?.paints;
  }

  #place(event) {
    const { canvas, axes } = this.view;
    const box = canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const y = axes.y0 + ((axes.bottom - py) / (axes.bottom - axes.top)) * (axes.y1 - axes.y0);
    const inside = px > axes.left - REACH && px < axes.right + REACH && py > axes.top - REACH && py < axes.bottom + REACH;
    return { px, py, x: axes.at(px), y, inside };
  }

  #nearest({ px, py }) {
    const { points, axes, config } = this.view;
    let [found, least] = [-1, REACH];
    points.forEach((one, i) => {
      const [x, y] = config.kind === "line" ? [one.x, one.y] : [one.y, one.says];
      const away = Math.hypot(axes.px(x) - px, axes.py(y) - py);
      if (away < least) [found, least] = [i, away];
    });
    return found;
  }

  #down(event) {
    if (event.button || !this.view.axes) return;
    const place = this.#place(event);
    this.picked = this.#nearest(place);
    if (this.#paints) {
      if (this.erases) return this.#erase(this.picked);
      if (this.picked < 0 && !this.#add(place)) return this.view.player.redraw();
      this.held = true;
      this.moved = this.picked === this.view.points.length - 1 && this.added;
      this.view.canvas.setPointerCapture(event.pointerId);
    }
    return this.view.player.redraw();
  }

  #add({ x, y, inside }) {
    const { points, config } = this.view;
    this.added = inside && points.length < config.most;
    if (!this.added) return false;
    points.push({ x: limited(x), y: limited(y), split: 0 });
    this.picked = points.length - 1;
    this.busy = true;
    return true;
  }

  #move(event) {
    if (!this.view.axes) return;
    const place = this.#place(event);
    if (!this.held) { this.#pick(this.#nearest(place)); return; }
    this.busy = this.moved = true;
    Object.assign(this.view.points[this.picked], { x: limited(place.x), y: limited(place.y), gone: !place.inside });
    this.view.player.redraw();
  }

  #up() {
    if (!this.held) return;
    this.held = this.added = false;
    if (this.view.points[this.picked]?.gone && this.view.points.length > FEWEST) this.#erase(this.picked);
    else if (this.moved) this.#tell();
    this.view.player.redraw();
  }

  #erase(place) {
    const { points, player } = this.view;
    if (!this.#paints || place < 0 || points.length <= FEWEST) return;
    points.splice(place, 1);
    this.picked = -1;
    this.#tell();
    player.redraw();
  }

  #pick(place) {
    if (place === this.picked) return;
    this.picked = place;
    this.view.player?.redraw();
  }

  #tell() {
    this.busy = false;
    this.sequence = this.view.send("points", { xy: this.view.points.map(({ x, y }) => [limited(x), limited(y)]) });
  }

  #key(event) {
    const { points, player } = this.view;
    const move = MOVES[event.key];
    if (move && event.shiftKey && this.#paints && points[this.picked]) {
      const one = points[this.picked];
      Object.assign(one, { x: limited(one.x + STEP * move[0]), y: limited(one.y + STEP * move[1]) });
      this.#tell();
    } else if (move && points.length) {
      const order = points.map((_, i) => i).sort((a, b) => points[a].x - points[b].x);
      const next = order.indexOf(this.picked) + (move[0] || move[1]);
      this.picked = order[(next + points.length) % points.length];
    } else if (["Delete", "Backspace"].includes(event.key)) this.#erase(this.picked);
    else if (event.key === "Enter" && this.#paints && this.#add({ x: 0, y: 0, inside: true })) this.#tell();
    else return;
    event.preventDefault();
    event.stopPropagation();
    player.redraw();
  }
}

const limited = (value) => Math.max(-1, Math.min(1, value));
