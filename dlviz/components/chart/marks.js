// What stands in a chart: lines with a mark of their own at every place, or bars; and the names of the places.

const TURN = 2 * Math.PI;
const SIZE = 4.5; // pixels from the middle of a mark to its edge
const GAP = 8; // pixels between two names

// The marks that tell lines apart without colour: circle, square, triangle, diamond.
const SHAPES = [
  (context, x, y, size) => context.arc(x, y, size, 0, TURN),
  (context, x, y, size) => context.rect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size),
  (context, x, y, size) => corners(context, [[x, y - 1.2 * size], [x + 1.1 * size, y + 0.8 * size], [x - 1.1 * size, y + 0.8 * size]]),
  (context, x, y, size) => corners(context, [[x, y - 1.25 * size], [x + 1.25 * size, y], [x, y + 1.25 * size], [x - 1.25 * size, y]]),
];

function corners(context, points) {
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

/** Draw a line through `path` and the mark of series `number` at each of `places`, all in pixels; `plain`: dashed or not. */
export function mark(context, theme, number, path, places, plain = false) {
  const colour = theme.css(theme.classes[number % theme.classes.length]);
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 2.25;
  context.lineJoin = "round";
  context.beginPath();
  path.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.setLineDash(plain && number % 2 ? [5, 4] : []);
  context.stroke();
  context.setLineDash([]);
  for (const [x, y, size] of plain ? [] : places) {
    context.beginPath();
    SHAPES[number % SHAPES.length](context, x, y, size ?? SIZE);
    context.fill();
  }
}

/** Draw every series as a line; the marks at the place that is read out are larger, and a line goes through them. */
export function drawLines({ axes, rows, x, at, theme, header }) {
  const { context } = axes;
  if (at !== null) {
    const px = Math.round(axes.px(x[at])) + 0.5;
    context.strokeStyle = theme.css(theme.muted, 0.6);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(px, axes.top);
    context.lineTo(px, axes.bottom);
    context.stroke();
  }
  rows.forEach((row, number) => {
    const points = Array.from(row, (value, i) => [axes.px(x[i]), axes.py(value), i === at ? 1.4 * SIZE : SIZE]);
    const known = points.filter(([, y]) => Number.isFinite(y) && y <= axes.bottom + 1);
    mark(context, theme, number, known, known, header.plain);
  });
}

/** Draw the one series as bars that stand on zero. */
export function drawBars({ axes, rows: [row], x, at, quiet, theme }) {
  const { context } = axes;
  const width = Math.max(1, 0.72 * (axes.px(1) - axes.px(0)));
  const zero = axes.py(0);
  row.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const colour = quiet?.[i] ? theme.mix(theme.background, theme.text, 0.35) : theme.accent;
    context.fillStyle = theme.css(at === null || at === i ? colour : theme.mix(theme.background, colour, 0.55));
    const y = axes.py(value);
    context.beginPath();
    context.roundRect(axes.px(x[i]) - width / 2, Math.min(y, zero), width, Math.max(1, Math.abs(zero - y)), Math.min(2, width / 3));
    context.fill();
  });
  context.fillStyle = theme.css(theme.muted);
  context.fillRect(axes.left, Math.round(zero), axes.right - axes.left, 1);
}

/** Write the names of the places under the chart, as many as do not touch; the one that is read out in any case. */
export function drawNames({ axes, x, at, theme, header }) {
  const { context } = axes;
  const row = axes.bottom + 6;
  context.textBaseline = "top";
  context.textAlign = "center";
  const boxes = header.names.map((name, i) => {
    const [middle, half] = [axes.px(x[i]), context.measureText(name).width / 2];
    return { name, middle, left: middle - half, right: middle + half, chosen: i === at, unnamed: i % (header.every ?? 1) };
  });
  const chosen = boxes[at ?? -1];
  let free = -Infinity;
  for (const one of boxes) {
    const touches = chosen && one !== chosen && one.right + GAP > chosen.left && one.left - GAP < chosen.right;
    if (one !== chosen && (touches || one.left < free || one.unnamed)) continue;
    free = one.right + GAP;
    context.fillStyle = theme.css(one.chosen ? theme.text : theme.muted);
    context.fillText(one.name, one.middle, row);
  }
}
