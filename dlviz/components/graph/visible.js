// What is seen of a graph: every group that is not open is drawn as one item, whose local derivatives are those of all
// that is inside it. So a unit, or a whole example, can be looked at as one operation, and taken apart.

/**
 * Return the items of a graph, each after its parents: {exit, inside: places of its nodes, group: its place or -1,
 * edges: [{from: item, to: item, own: places of the graph's edges, or null where it is a group's}]}.
 *
 * nodes: [{parents, group}], groups: [{exit, inside}], open: a Set of groups.
 */
export function visible(nodes, groups, open) {
  const closed = nodes.map((node) => outermostClosed(node.group, groups, open));
  const items = [];
  const places = new Map(); // exit → item
  nodes.forEach((node, place) => {
    const group = closed[place];
    if (group >= 0 && groups[group].exit !== place) return;
    places.set(place, items.length);
    const inside = group < 0 ? [place] : nodes.flatMap((_, other) => (closed[other] === group ? [other] : []));
    items.push({ place: items.length, exit: place, group, inside, edges: [] });
  });
  const first = firstEdges(nodes);
  for (const item of items) item.edges = edgesInto(item, nodes, places, first);
  for (const item of items) item.children = [];
  for (const item of items) for (const edge of item.edges) items[edge.from].children.push(edge);
  return { items, first, places };
}

function outermostClosed(group, groups, open) {
  let found = -1;
  for (let at = group; at >= 0; at = groups[at].inside) if (!open.has(at)) found = at;
  return found;
}

/** Return the place of each node's first edge among all edges, which stand child by child. */
export function firstEdges(nodes) {
  let count = 0;
  return nodes.map((node) => {
    const place = count;
    count += node.parents.length;
    return place;
  });
}

function edgesInto(item, nodes, places, first) {
  if (item.group < 0) {
    return nodes[item.exit].parents.map((parent, slot) => ({ from: places.get(parent), to: item.place, own: first[item.exit] + slot, slot }));
  }
  const inside = new Set(item.inside);
  const outside = new Set(item.inside.flatMap((place) => nodes[place].parents.filter((parent) => !inside.has(parent))));
  return [...outside].sort((a, b) => a - b).map((parent, slot) => ({ from: places.get(parent), to: item.place, own: null, slot }));
}

/** Return, for each item, the local derivative on each of its edges; `locals` are those of the graph's edges. */
export function localsOf({ items, first }, nodes, locals) {
  return items.map((item) => (item.group < 0 ? item.edges.map((edge) => locals[edge.own]) : throughGroup(item, items, nodes, first, locals)));
}

/** Return the derivatives of a group's exit by what is outside of it: the chain rule, inside. */
function throughGroup(item, items, nodes, first, locals) {
  const inside = new Set(item.inside);
  const found = new Map([[item.exit, 1]]);
  for (let i = item.inside.length - 1; i >= 0; i -= 1) {
    const place = item.inside[i];
    const here = found.get(place) ?? 0;
    nodes[place].parents.forEach((parent, slot) => found.set(parent, (found.get(parent) ?? 0) + here * locals[first[place] + slot]));
  }
  return item.edges.map((edge) => (inside.has(items[edge.from].exit) ? 0 : found.get(items[edge.from].exit) ?? 0));
}
