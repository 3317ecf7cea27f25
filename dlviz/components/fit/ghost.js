// A ghost: the weights of a place that somebody points at in one picture, drawn as a line in another. Pictures of one
// player share one ghost.

const ghosts = new Map();

/** The ghost of that player; made on first use. */
export function ghost(name) {
  if (!ghosts.has(name)) ghosts.set(name, { weights: null, seen: new Set() });
  return ghosts.get(name);
}

/** Show the line of these weights, or none; whoever looks is told. */
export function haunt(name, weights) {
  const one = ghost(name);
  if (String(weights) === String(one.weights)) return; // who is told draws, and who draws reads the pointer again
  one.weights = weights;
  for (const look of one.seen) look();
}
