// Numbers as people read them: the digits that mean something, ticks at round values, words with numbers in them.

const GROUPED = new Intl.NumberFormat("en"); // made once: toLocaleString makes one for every number
const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

function scientific(value, digits) {
  const [factor, exponent] = value.toExponential(digits - 1).split("e");
  return `${factor}×10${raised(Number(exponent))}`;
}

const raised = (power) => [...String(power)].map((sign) => RAISED[sign]).join("");

// `value` with `digits` significant digits: 0.0873, 12.3, 4,690, 3.1×10⁻⁵; "–" where there is none.
export function significant(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e7) return scientific(value, digits).replace("-", "−");
  if (Number(size.toPrecision(digits)) >= 10 ** digits) return whole(value);
  return value.toPrecision(digits).replace("-", "−");
}

// A whole number with its thousands apart.
export const whole = (value) => GROUPED.format(Math.round(value)).replace("-", "−");

// Passes over the training examples: 2.38; whole ones, and those from a hundred on, without a fraction.
export const passes = (epoch) => (epoch < 99.995 && Math.abs(epoch - Math.round(epoch)) > 1e-6 ? epoch.toFixed(2) : whole(epoch));

// A number with its percent sign, as the page's language prints it: 97.4 %, in Chinese 97.4%.
export const perCent = (number) => `${number}${document.documentElement.lang.startsWith("zh") ? "" : "\u202f"}%`;

// A share 0..1 as per cent, one decimal: 97.4 %.
export const percent = (share) => (Number.isFinite(share) ? perCent((100 * share).toFixed(1)) : "–");

// `{name}` in a template becomes the value of that name.
export function fill(template, values) {
  return (template ?? "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

// Round values (1, 2 or 5 times a power of ten) from `low` to `high`, about `count` of them.
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) found.push(i * step || 0);
  return found;
}

// Marks of a log axis over [low, high], [[value, text], …]: powers of ten, with 2 and 5 between them where there is room
// for few powers only; 0.001, 0.1, 10, and where one of them needs a power of ten in its writing, all have it: 10⁻⁵, 10⁻¹.
export function logMarks(low, high) {
  const found = [];
  const decades = Math.log10(high / low);
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const factor of decades > 3 ? [1] : [1, 2, 5]) found.push([factor, power]);
  }
  const inside = found.filter(([factor, power]) => factor * 10 ** power >= low * 0.999 && factor * 10 ** power <= high * 1.001);
  const plain = inside.every(([, power]) => isPlain(power));
  return inside.map(([factor, power]) => [factor * 10 ** power, plain ? tickLabel(factor * 10 ** power, 10 ** power) : powerOfTen(factor, power)]);
}

// 2×10⁻⁵, 10⁻³, 1, 50.
function powerOfTen(factor, power) {
  if (power === 0 || power === 1) return String(factor * 10 ** power);
  return `${factor === 1 ? "" : `${factor}×`}10${raised(power)}`;
}

// Whether numbers of this power of ten are read more easily without it.
const isPlain = (power) => power >= -4 && power < 6;

// A tick's own writing on an axis of even steps: as many decimals as a step needs, and thousands apart. The step says
// for all ticks whether they are written with a power of ten, so that no axis is written in two ways.
export function tickLabel(value, step) {
  const power = Math.floor(Math.log10(step) + 1e-9);
  if (!isPlain(power)) return value ? `${whole(value / 10 ** power)}×10${raised(power)}` : "0";
  return power < 0 ? value.toFixed(-power).replace("-", "−") : whole(value);
}
