// The threshold of a page: the probability above which the answer is class 1. Every picture of a player shares it, and
// whoever moves it moves it everywhere at once.

const values = new WeakMap();

export const LEAST = 0.01;
export const MOST = 0.99;

export const thresholdOf = (player) => values.get(player) ?? 0.5;

/** Set the threshold of a player, in hundredths from 0.01 to 0.99, and draw everything anew. */
export function setThreshold(player, value) {
  const rounded = Math.round(Math.max(LEAST, Math.min(MOST, value)) * 100) / 100;
  if (rounded === values.get(player)) return;
  values.set(player, rounded);
  player.redraw();
}
