// The colours of every component, taken from the theme in force; figures/theme.py holds the same ones for Plotly.

export const NEGATIVE = [245, 147, 34]; // #F59322
export const POSITIVE = [8, 119, 189]; // #0877BD
export const CLASSES = ["#0072B2", "#E69F00", "#009E73", "#CC79A7"];
const CIVIDIS = [
  [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115],
  [138, 134, 120], [165, 156, 116], [195, 179, 105], [225, 204, 85], [254, 232, 56],
];

// [r, g, b] of "#rgb", "#rrggbb(aa)", "rgb(…)" or "rgba(…)".
export function parse(colour) {
  const text = colour.trim();
  if (text.startsWith("#")) {
    const digits = text.length < 6 ? [...text.slice(1)].map((d) => d + d).join("") : text.slice(1);
    return [0, 2, 4].map((i) => parseInt(digits.slice(i, i + 2), 16));
  }
  return (text.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
}

export const css = ([r, g, b], alpha = 1) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)} / ${alpha})`;

export const mix = (from, to, share) => from.map((value, i) => value + (to[i] - value) * share);

// Perceived lightness, 0 (black) to 1 (white): decides between dark and light writing.
export const lightness = ([r, g, b]) => (0.299 * r + 0.587 * g + 0.114 * b) / 255;

// The theme in force at `element`: triples background, surface, text, accent, neutral (zero of the signed ramp),
// faint (grid lines), muted (secondary writing), danger; `classes`; `dark`; `font`. Read again when the theme changes.
export function palette(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => parse(style.getPropertyValue(name) || otherwise);
  const background = read("--st-background-color", "#ffffff");
  const text = read("--st-text-color", "#1f2933");
  const dark = lightness(background) < 0.5;
  const lift = (colour) => (dark ? mix(colour, [255, 255, 255], 0.3) : colour);
  return {
    dark, background, text,
    surface: read("--st-secondary-background-color", "#f0f2f6"),
    accent: lift(POSITIVE),
    neutral: mix(background, text, dark ? 0.12 : 0.06),
    faint: mix(background, text, 0.14),
    muted: mix(background, text, 0.68),
    danger: dark ? [255, 123, 114] : [190, 38, 38],
    classes: CLASSES.map((colour) => lift(parse(colour))),
    font: style.getPropertyValue("--st-font") || "sans-serif",
  };
}

// The current run has the accent, the others a class colour each.
export function trackColour(tracks, track, colours) {
  if (track.current) return colours.accent;
  const place = tracks.filter((one) => !one.current).indexOf(track);
  return colours.classes[1 + (place % (colours.classes.length - 1))];
}

// The colour of a signed value, -1 (orange) through 0 (the theme's neutral) to 1 (blue).
export function signed(value, colours) {
  const share = Math.min(1, Math.abs(value) || 0);
  return mix(colours.neutral, value < 0 ? NEGATIVE : POSITIVE, share);
}

// Cividis, 0 to 1; away from the theme's background, so that much always stands out.
export function sequential(value, colours) {
  const share = Math.min(1, Math.max(0, value || 0));
  const place = (colours.dark ? share : 1 - share) * (CIVIDIS.length - 1);
  const left = Math.min(CIVIDIS.length - 2, Math.floor(place));
  return mix(CIVIDIS[left], CIVIDIS[left + 1], place - left);
}

// Paint `values` (height × width) into a canvas, one pixel a value; `colour` gives a triple for each value.
export function paint(canvas, values, width, height, colour) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const { data } = image;
  for (let i = 0, place = 0; i < width * height; i += 1) {
    const triple = colour(values[i]);
    data[place++] = triple[0];
    data[place++] = triple[1];
    data[place++] = triple[2];
    data[place++] = 255;
  }
  context.putImageData(image, 0, 0);
}
