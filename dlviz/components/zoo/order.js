// Which rows of the table are shown, and in which order.

const value = (row, column) => (column === "score" ? row.score?.mean : row[column]) ?? null;

/** The rows of one task, or of all, by a column; a model that nothing is measured of yet comes last either way. */
export function inOrder(all, { task, sort, falling }) {
  const rows = all.filter((row) => task === "all" || row.task === task);
  if (sort === "model") return falling ? rows.reverse() : rows;
  const order = rows.map((row, place) => ({ row, place, value: value(row, sort) }));
  const missing = (one) => Number(one.value === null);
  order.sort((one, other) => missing(one) - missing(other) || (one.value - other.value) * (falling ? -1 : 1) || one.place - other.place);
  return order.map(({ row }) => row);
}
