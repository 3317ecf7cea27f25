// Where one looks: the graph can be moved and brought near with a mouse, fingers, keys and buttons.

const MOST = 2.5;
const LEAST = 0.12;
const MARGIN = 14;

export class Sight {
  constructor(node, moved) {
    Object.assign(this, { node, moved, x: 0, y: 0, k: 1, own: false, fingers: new Map() });
    node.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    node.addEventListener("pointerdown", (event) => this.#down(event));
    node.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) node.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
  }

  /**
   * Show all of it, or as much as is at least so near: from its start on along a flow to the right, around the `end` of one
   * that goes down. An `own` sight is left alone unless `anyway`.
   */
  fit(width, height, room, down, end, least = 0, anyway = false) {
    this.size = [width, height];
    this.room = room;
    if (this.own && !anyway) return this.moved();
    this.own = false;
    const [w, h] = room;
    this.k = Math.max(LEAST, least, Math.min(1.15, (w - 2 * MARGIN) / width, (h - 2 * MARGIN) / height));
    const middle = (w - this.k * width) / 2;
    const around = Math.max(w - MARGIN - this.k * width, Math.min(MARGIN, w / 2 - this.k * end));
    this.x = middle >= MARGIN ? middle : down ? around : MARGIN;
    this.y = Math.max(MARGIN, (h - this.k * height) / 2);
    return this.moved();
  }

  /** Come nearer by a factor, around a place on the screen (the middle, if none is given). */
  zoom(by, at = this.room.map((side) => side / 2)) {
    const k = Math.max(LEAST, Math.min(MOST, this.k * by));
    this.x = at[0] - ((at[0] - this.x) * k) / this.k;
    this.y = at[1] - ((at[1] - this.y) * k) / this.k;
    Object.assign(this, { k, own: true });
    this.moved();
  }

  /** Move so far that a place of the graph is on screen. */
  show([x, y]) {
    const edge = 70;
    const inside = (at, side) => (at < edge ? edge - at : at > side - edge ? side - edge - at : 0);
    const [dx, dy] = [inside(this.x + this.k * x, this.room[0]), inside(this.y + this.k * y, this.room[1])];
    if (!dx && !dy) return;
    this.x += dx;
    this.y += dy;
    this.moved();
  }

  /** Move so that a place of the graph is in the middle of the screen. */
  centre(x, y) {
    Object.assign(this, { x: this.room[0] / 2 - this.k * x, y: this.room[1] / 2 - this.k * y, own: true });
    this.moved();
  }

  #place(event) {
    const box = this.node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 200), this.#place(event));
  }

  #down(event) {
    if (event.defaultPrevented) return; // a hand is on a node
    this.fingers.set(event.pointerId, this.#place(event));
    this.node.setPointerCapture?.(event.pointerId);
  }

  #move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before || event.defaultPrevented) return;
    const now = this.#place(event);
    this.fingers.set(event.pointerId, now);
    if (this.fingers.size === 2) return this.#pinch(event.pointerId, before, now);
    this.x += now[0] - before[0];
    this.y += now[1] - before[1];
    this.own = true;
    return this.moved();
  }

  #pinch(pointer, before, now) {
    const [other] = [...this.fingers].filter(([id]) => id !== pointer).map(([, place]) => place);
    const apart = ([x, y]) => Math.hypot(x - other[0], y - other[1]) || 1;
    this.zoom(apart(now) / apart(before), other);
  }
}
