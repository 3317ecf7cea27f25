// Operations and their derivatives as people write them: with names, and with today's numbers.

import { significant } from "../dlviz.player/numbers.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MOST_TERMS = 5;

/** Return a number as people read it; what is no number says so, since a dash would say that it is not known. */
export const shown = (value, digits = 3) => (Number.isNaN(value) ? "NaN" : significant(value, digits));

/** Return a number as it stands in a product: in parentheses where it is negative. */
export const factor = (value) => (value < 0 ? `(${shown(value)})` : shown(value));

const raised = (number) => (Number.isInteger(number) && number >= 0 ? [...String(number)].map((d) => RAISED[d]).join("") : `^${number}`);

const shortened = (parts) => (parts.length > MOST_TERMS ? [...parts.slice(0, MOST_TERMS - 2), "…", parts.at(-1)] : parts);

const BETWEEN = { add: " + ", subtract: " − ", multiply: " · ", divide: " / ", power: " ^ ", sum: " + " };
const NAMED = { log: "ln", sigmoid: "σ" };

/** Return how a node is made of its parents, given as texts: names or numbers. */
export function made({ operation, number }, texts) {
  if (operation in BETWEEN) return shortened(texts).join(BETWEEN[operation]);
  if (operation === "mean") return `(${shortened(texts).join(" + ")}) / ${texts.length}`;
  if (operation === "raise") return `${texts[0]}${raised(number)}`;
  if (operation === "negative") return `−${texts[0]}`;
  if (operation === "abs") return `|${texts[0]}|`;
  if (operation === "sqrt") return `√${texts[0]}`;
  return `${NAMED[operation] ?? operation}(${texts.map((text) => text.replace(/^\((.*)\)$/, "$1")).join(", ")})`;
}

/** Return a local derivative in symbols; `rule` is the text of the table, with the letters a, b, y and n. */
export function derivative({ operation, number }, rule, names, own) {
  if (operation === "raise") return number === 2 ? `2·${names[0]}` : `${number}·${names[0]}${raised(number - 1)}`;
  const letters = { a: names[0], b: names.at(-1), y: own };
  return rule.replace(/\b[aby]\b/g, (letter) => letters[letter]);
}

/** Return the sign on a node. */
export const signOf = (node, sign) => (node.operation === "raise" ? `x${raised(node.number)}` : sign);
