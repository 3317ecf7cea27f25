// The chain rule written out: every way from one item to the output, the product of the local derivatives along each,
// and their sum, which is the gradient. There may be very many ways; their sum never needs them one by one.

/** Return how many paths there are from each item to the output, the last one. */
export function countPaths({ items }) {
  const counts = new Float64Array(items.length);
  counts[items.length - 1] = 1;
  for (let place = items.length - 2; place >= 0; place -= 1) {
    for (const edge of items[place].children) counts[place] += counts[edge.to];
  }
  return counts;
}

/** Return the sum over all paths of each item to the output, of the products along them. locals[item][slot]. */
export function sumPaths({ items }, locals) {
  const sums = new Float64Array(items.length);
  sums[items.length - 1] = 1;
  for (let place = items.length - 2; place >= 0; place -= 1) {
    for (const edge of items[place].children) sums[place] += locals[edge.to][edge.slot] * sums[edge.to];
  }
  return sums;
}

/** Return at most `most` paths from an item to the output: {edges, factors, product}. */
export function listPaths({ items }, locals, from, most) {
  const found = [];
  const last = items.length - 1;
  const go = (place, edges) => {
    if (found.length >= most) return;
    if (place === last) {
      const factors = edges.map((edge) => locals[edge.to][edge.slot]);
      found.push({ edges, factors, product: factors.reduce((product, factor) => product * factor, 1) });
      return;
    }
    for (const edge of items[place].children) go(edge.to, [...edges, edge]);
  };
  go(from, []);
  return found;
}
