// Where numbers stop being numbers: a logarithm of something negative, a division by zero, a number too large to hold.
// One such value spoils all that is made of it, and all gradients that pass it, so what counts is where it began.

const isBad = (value) => !Number.isFinite(value);

/**
 * Return null where every value and every gradient is finite, else {way, place, slot, values, gradients}: how many
 * values and gradients are not, and where that began.
 *
 * way "forward": at the first node whose value is not finite. "backward": all values are; it began at the node of a
 * finite gradient that passes one on, along the edge of this slot, that is not. "sum": at the node whose parts, all
 * finite, add up to more than a number can hold. locals: those of the graph's edges, `first` of visible.js; a planted
 * bug may forget the upstream.
 */
export function trouble(nodes, first, values, gradients, locals, bug) {
  const counts = { values: [...values].filter(isBad).length, gradients: [...gradients].filter(isBad).length };
  if (!counts.values && !counts.gradients) return null;
  if (counts.values) return { way: "forward", place: values.findIndex(isBad), slot: 0, ...counts };
  for (let place = nodes.length - 1; place >= 0; place -= 1) {
    if (isBad(gradients[place])) continue;
    const slot = nodes[place].parents.findIndex((_, i) => isBad((bug === "chain" ? 1 : gradients[place]) * locals[first[place] + i]));
    if (slot >= 0) return { way: "backward", place, slot, ...counts };
  }
  return { way: "sum", place: gradients.findLastIndex(isBad), slot: 0, ...counts };
}
