// A layered layout, the same for the same graph: layers along the flow, few crossings, neighbours near each other.

const SWEEPS = 8;
const PULLS = 24;

/**
 * Return where each item's middle is, how each edge runs, and how large it all is: {at: [[along, across]],
 * routes: Map of edge → [[along, across], …], along, across}.
 *
 * view: of visible.js. size(item): [along, across] of its box; gaps: [between layers, between neighbours].
 */
export function layered(view, size, gaps) {
  const layers = layersOf(view.items);
  const { rows, chains } = withBends(view.items, layers);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) order(rows, sweep % 2 === 0);
  return placed(view.items, rows, chains, size, gaps);
}

/** Return each item's layer: behind its parents; what is given stands right before the first that uses it. */
function layersOf(items) {
  const layers = items.map(() => 0);
  for (const item of items) for (const edge of item.edges) layers[item.place] = Math.max(layers[item.place], layers[edge.from] + 1);
  for (const item of [...items].reverse()) {
    if (!item.edges.length && item.children.length) layers[item.place] = Math.min(...item.children.map((edge) => layers[edge.to])) - 1;
  }
  return layers;
}

/** Return the rows of cells, and for each edge its chain of cells: bends stand where an edge crosses a layer. */
function withBends(items, layers) {
  const rows = Array.from({ length: Math.max(...layers) + 1 }, () => []);
  const cells = items.map((item) => cell(rows, layers[item.place], item));
  const chains = new Map();
  for (const item of items) {
    for (const edge of item.edges) {
      const chain = [cells[edge.from]];
      for (let layer = layers[edge.from] + 1; layer < layers[item.place]; layer += 1) chain.push(cell(rows, layer, null));
      chain.push(cells[item.place]);
      for (let i = 1; i < chain.length; i += 1) {
        chain[i].before.push(chain[i - 1]);
        chain[i - 1].after.push(chain[i]);
      }
      chains.set(edge, chain);
    }
  }
  return { rows, chains };
}

function cell(rows, layer, item) {
  const one = { layer, item, before: [], after: [], rank: rows[layer].length, across: 0 };
  rows[layer].push(one);
  return one;
}

/** Sort each row by the mean place of its neighbours in the row that was sorted before. */
function order(rows, forwards) {
  const run = forwards ? rows : [...rows].reverse();
  for (const row of run) {
    const share = (one) => one.rank / Math.max(1, rows[one.layer].length - 1);
    const wanted = new Map(row.map((one) => {
      const near = forwards ? (one.before.length ? one.before : one.after) : one.after.length ? one.after : one.before;
      return [one, near.length ? near.reduce((sum, other) => sum + share(other), 0) / near.length : share(one)];
    }));
    row.sort((one, other) => wanted.get(one) - wanted.get(other) || one.rank - other.rank);
    row.forEach((one, rank) => { one.rank = rank; });
  }
}

function placed(items, rows, chains, size, [between, beside]) {
  const depth = rows.map((row) => Math.max(...row.map((one) => (one.item ? size(one.item)[0] : 0))));
  const middles = [];
  depth.reduce((start, deep, layer) => { middles[layer] = start + deep / 2; return start + deep + between; }, 0);
  const wide = (one) => (one.item ? size(one.item)[1] : 6);
  for (const row of rows) spread(row, row.map(() => 0), wide, beside);
  for (let pull = 0; pull < PULLS; pull += 1) {
    for (const row of pull % 2 ? [...rows].reverse() : rows) {
      spread(row, row.map((one) => mean([...one.before, ...one.after].map((other) => other.across), one.across)), wide, beside);
    }
  }
  const cells = rows.flat();
  const low = Math.min(...cells.map((one) => one.across - wide(one) / 2));
  const high = Math.max(...cells.map((one) => one.across + wide(one) / 2));
  const at = items.map(() => null);
  for (const one of cells) if (one.item) at[one.item.place] = [middles[one.layer], one.across - low];
  const routes = new Map([...chains].map(([key, chain]) => [key, chain.map((one) => [middles[one.layer], one.across - low])]));
  return { at, routes, along: middles.at(-1) + depth.at(-1) / 2, across: high - low };
}

const mean = (values, otherwise) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : otherwise);

/** Put the cells of a row as near as can be to where they are wanted, in their order and without overlap (least squares). */
function spread(row, wanted, wide, beside) {
  const offsets = [];
  row.reduce((sum, one, i) => { offsets[i] = sum + wide(one) / 2; return sum + wide(one) + beside; }, 0);
  const blocks = []; // pool adjacent violators
  row.forEach((_, i) => {
    let block = { sum: wanted[i] - offsets[i], count: 1 };
    while (blocks.length && blocks.at(-1).sum / blocks.at(-1).count > block.sum / block.count) {
      const before = blocks.pop();
      block = { sum: block.sum + before.sum, count: block.count + before.count };
    }
    blocks.push(block);
  });
  let i = 0;
  for (const block of blocks) for (let k = 0; k < block.count; k += 1, i += 1) row[i].across = block.sum / block.count + offsets[i];
}
