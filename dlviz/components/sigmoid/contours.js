// Lines along which a grid of numbers has one value.

// Which edges of a cell a line crosses, by which corners lie above: edges are 0 bottom, 1 right, 2 top, 3 left.
const CROSSED = [[], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [[3, 0], [1, 2]], [[0, 2]], [[3, 2]], [[2, 3]], [[0, 2]], [[0, 1], [2, 3]], [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], []];

/** Return the lines of `level` as paths [[x, y], …] in cells from the first; values (side, side) row by row. */
export function contour(values, side, level) {
  return chained(pieces(values, side, level));
}

/** Join pieces that end where another begins. */
function chained(all) {
  const key = (x, y) => `${Math.round(x * 1e6)} ${Math.round(y * 1e6)}`;
  const ends = new Map();
  all.forEach(([x0, y0, x1, y1], i) => {
    for (const end of [key(x0, y0), key(x1, y1)]) ends.set(end, [...(ends.get(end) ?? []), i]);
  });
  const used = new Set();
  const grow = (path) => {
    for (;;) {
      const end = key(...path.at(-1));
      const next = (ends.get(end) ?? []).find((i) => !used.has(i));
      if (next === undefined) return;
      used.add(next);
      const [x0, y0, x1, y1] = all[next];
      path.push(key(x0, y0) === end ? [x1, y1] : [x0, y0]);
    }
  };
  return all.map(([x0, y0, x1, y1], i) => {
    if (used.has(i)) return null;
    used.add(i);
    const [path, back] = [[[x0, y0], [x1, y1]], [[x1, y1], [x0, y0]]];
    grow(path);
    grow(back);
    return [...back.slice(2).reverse(), ...path];
  }).filter(Boolean);
}

/** Return the line of `level` as pieces [x0, y0, x1, y1] in cells from the first; values (side, side) row by row. */
function pieces(values, side, level) {
  const found = [];
  for (let row = 0; row < side - 1; row += 1) {
    for (let column = 0; column < side - 1; column += 1) {
      const at = row * side + column;
      const corners = [values[at], values[at + 1], values[at + side + 1], values[at + side]].map((value) => value - level);
      const which = corners.reduce((bits, value, i) => bits | (value > 0 ? 1 << i : 0), 0);
      for (const [one, other] of CROSSED[which]) found.push([...crossing(corners, one, column, row), ...crossing(corners, other, column, row)]);
    }
  }
  return found;
}

function crossing(corners, edge, column, row) {
  const [from, to] = [corners[edge], corners[(edge + 1) % 4]];
  const share = from / (from - to);
  return [[column + share, row], [column + 1, row + share], [column + 1 - share, row + 1], [column, row + 1 - share]][edge];
}
