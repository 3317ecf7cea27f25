// One operation at a time: forward over all values, back over all gradients, then the update.
//
// A stop is a number: 0 knows only what is given, 1 to F have computed so many operations, F + 1 knows that the output's
// gradient by itself is 1, up to 2F + 1 so many operations have passed theirs on, and 2F + 2 is the update.

/** Return what is known at a stop: {phase, current: item or null, done, of, values: Set, gradients: Float64Array, passed: Set}. */
export class Walk {
  constructor(view) {
    this.view = view;
    this.operations = view.items.filter((item) => item.edges.length);
    this.count = this.operations.length;
    this.whole = 2 * this.count + 1; // all gradients, before the update
    this.last = this.whole + 1;
  }

  phase(stop) {
    if (stop === 0) return "start";
    if (stop <= this.count) return "forward";
    if (stop === this.count + 1) return "seed";
    return stop <= this.whole ? "backward" : "update";
  }

  /** Return the item that is computed, or that passes its gradient on, at this stop; null where none does. */
  current(stop) {
    const phase = this.phase(stop);
    if (phase === "forward") return this.operations[stop - 1];
    if (phase === "seed") return this.operations.at(-1) ?? null;
    if (phase === "backward") return this.operations[this.whole - stop];
    return null;
  }

  /** Return which operation of its phase the stop is, from 1. */
  number(stop) {
    return this.phase(stop) === "backward" ? stop - this.count - 1 : stop;
  }

  /** Return whether an item's value is known. */
  knows(item, stop) {
    return !item.edges.length || stop > this.count || this.operations.indexOf(item) < stop;
  }

  /** Return whether an item has passed its gradient on to its parents. */
  passed(item, stop) {
    return stop >= this.whole || (stop > this.count + 1 && this.operations.indexOf(item) >= this.whole - stop);
  }

  /**
   * Return what an item has of its gradient: {parts: what came along each edge to a child that passed it on, sum, all}.
   * `gradients` and `locals` are those of the items; `bug` as it is planted.
   */
  gathered(item, stop, gradients, locals, bug) {
    if (stop <= this.count) return null;
    const edges = item.children.filter((edge) => this.passed(this.view.items[edge.to], stop));
    const isOutput = item.place === this.view.items.length - 1;
    if (!edges.length && !isOutput) return null;
    const parts = edges.map((edge) => ({ edge, value: downstream(edge, gradients, locals, bug) }));
    parts.sort((one, other) => other.edge.to - one.edge.to); // as they arrive: from the output back
    const all = edges.length === item.children.length;
    const sum = bug === "overwrite" && parts.length ? parts.at(-1).value : parts.reduce((total, part) => total + part.value, 0);
    return { parts, all, sum: all ? gradients[item.place] : sum };
  }
}

/** Return what flows along an edge: upstream × local; a planted bug may forget the upstream. */
export function downstream(edge, gradients, locals, bug) {
  const local = locals[edge.to][edge.slot];
  return bug === "chain" ? local : gradients[edge.to] * local;
}
