// The pointer and the keys over the picture: what is looked at, what is clicked, what is painted.

export class Pointer {
  constructor(view) {
    this.view = view;
    const { stage, canvas } = view;
    stage.onpointermove = (event) => this.#move(event);
    canvas.onpointerdown = (event) => this.#down(event);
    stage.onpointerleave = () => view.point(null);
    canvas.ontouchstart = (event) => this.#touch(event);
    canvas.onblur = () => view.point(null);
    canvas.onkeydown = (event) => this.#key(event);
    this.up = () => view.tools.up();
    globalThis.addEventListener("pointerup", this.up);
    globalThis.addEventListener("pointercancel", this.up);
  }

  #place(event) {
    const box = this.view.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** A share of the map as a point of the plane. */
  #onPlane([x, y]) {
    const { extent } = this.view.header;
    return [(2 * x - 1) * extent, (1 - 2 * y) * extent];
  }

  #move(event) {
    const { view } = this;
    if (!view.layout || event.target.closest?.(".card, .layer, .count")) return;
    const focus = view.layout.under(...this.#place(event));
    view.point(focus);
    view.canvas.style.cursor = this.#cursor(focus);
    if (focus?.map && view.painting) view.tools.move(...this.#onPlane(focus.map));
  }

  #cursor(focus) {
    if (focus?.map) return this.view.painting ? "crosshair" : "default";
    return focus && !this.view.header.hide.includes("weights") ? "pointer" : "default";
  }

  /** A finger that paints does not scroll the page; beside the map, and where nothing is painted, it does. */
  #touch(event) {
    const { view } = this;
    const [finger, ...others] = event.touches;
    if (view.painting && !others.length && view.layout?.under(...this.#place(finger))?.map) event.preventDefault();
  }

  #down(event) {
    const { view } = this;
    const [x, y] = this.#place(event);
    const focus = view.layout?.under(x, y);
    view.point(focus ?? null);
    if (!focus) return view.card.close();
    if (!focus.map) return view.pin(focus, x, y);
    if (view.painting && !event.button) {
      event.preventDefault(); // a finger paints instead of scrolling
      view.tools.down(...this.#onPlane(focus.map));
    }
    return undefined;
  }

  /** Arrow keys walk over the units, up and down in a layer, left and right between layers, behind the last one the output; enter opens, escape leaves. */
  #key(event) {
    const { view } = this;
    const [layer, index] = view.focus?.unit ?? [0, -1];
    const along = { ArrowDown: [layer, index + 1], ArrowUp: [layer, index - 1], ArrowRight: [layer + 1, Math.max(0, index)], ArrowLeft: [layer - 1, Math.max(0, index)] };
    if (event.key === "Escape") return view.point(null);
    if (event.key === "Enter" && view.focus?.unit) return this.#open(view.focus);
    if (!along[event.key] || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    event.preventDefault();
    event.stopPropagation(); // the arrows belong to the network while it has the focus, not to the bench
    const columns = view.layout.places;
    const to = Math.max(0, Math.min(columns.length - 1, along[event.key][0]));
    return view.point({ unit: [to, Math.max(0, Math.min(columns[to].length - 1, along[event.key][1]))] });
  }

  #open(focus) {
    const { view } = this;
    view.pin(focus, ...view.layout.places[focus.unit[0]][focus.unit[1]]);
    view.card.node.querySelector("input")?.focus();
  }

  close() {
    globalThis.removeEventListener("pointerup", this.up);
    globalThis.removeEventListener("pointercancel", this.up);
  }
}
