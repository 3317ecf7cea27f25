// The walk through a network, one step at a time: which steps there are, what each shows, and what things are called.

const LOW = "₀₁₂₃₄₅₆₇₈₉";
const HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MANY = 12; // inputs of a unit from which on several are taken at a step

const digits = (number, signs) => [...String(number)].map((digit) => signs[digit]).join("");
export const low = (place) => digits(place + 1, LOW);
export const high = (layer) => `⁽${digits(layer + 1, HIGH)}⁾`;

/** A network as the browser has it: layers [{weights, biases, sums, outputs, activation, inputs, units}], all of B rows. */
export class Network {
  constructor(header, arrays) {
    Object.assign(this, { header, arrays });
    this.rows = arrays.inputs.shape[0];
    this.layers = header.activations.map((activation, i) => ({
      activation,
      weights: arrays[`w${i}`].data, biases: arrays[`b${i}`].data, sums: arrays[`z${i}`].data, outputs: arrays[`h${i}`].data,
      units: arrays[`w${i}`].shape[0], inputs: arrays[`w${i}`].shape[1],
    }));
    this.outputs = this.layers.at(-1).units;
    this.last = this.layers.length - 1;
  }

  /** What goes into the layer, for a row: the number at a place. */
  input(layer, place, row = 0) {
    if (layer === 0) return this.arrays.inputs.data[row * this.layers[0].inputs + place];
    const before = this.layers[layer - 1];
    return before.outputs[row * before.units + place];
  }

  weight(layer, unit, place) { return this.layers[layer].weights[unit * this.layers[layer].inputs + place]; }
  bias(layer, unit) { return this.layers[layer].biases[unit]; }
  sum(layer, unit, row = 0) { return this.layers[layer].sums[row * this.layers[layer].units + unit]; }
  output(layer, unit, row = 0) { return this.layers[layer].outputs[row * this.layers[layer].units + unit]; }
  answer(unit, row = 0) { return this.arrays.answers.data[row * this.outputs + unit]; }
  target(unit, row = 0) { return this.arrays.targets.data[row * this.outputs + unit]; }
  slope(unit, row = 0) { return this.arrays.slopes.data[row * this.outputs + unit]; }
  loss(row = 0) { return this.arrays.losses.data[row]; }

  get head() { return this.header.head; }
  get truth() { return this.header.truth; }

  /** What an input of the layer is called. */
  inputName(layer, place) { return layer === 0 ? `x${low(place)}` : `h${high(layer - 1)}${low(place)}`; }
  unitName(layer, unit) { return layer === this.last ? `z${high(layer)}${low(unit)}` : `h${high(layer)}${low(unit)}`; }

  /** The number of a name such as x2, w1.2.3 or b1.2, all counted from 1. */
  valueOf(name) {
    const places = name.slice(1).split(".").map((part) => Number(part) - 1);
    return name[0] === "x" ? this.input(0, places[0]) : name[0] === "w" ? this.weight(...places) : this.bias(...places);
  }

  /** The same before anything was changed. */
  originalOf(name) {
    const places = name.slice(1).split(".").map((part) => Number(part) - 1);
    if (name[0] === "x") return this.arrays.original_inputs.data[places[0]];
    const [layer, unit, place] = places;
    const before = this.layers.slice(0, layer).reduce((sum, one) => sum + one.units * (one.inputs + 1), 0);
    const { inputs, units } = this.layers[layer];
    return this.arrays.original.data[before + (name[0] === "w" ? unit * inputs + place : units * inputs + unit)];
  }
}

/** All steps from the first product to the loss: {kind: term | bias | bend | exp | share | loss, layer, unit, from, to}. */
export function stepsOf(network) {
  const steps = [];
  network.layers.forEach(({ units, inputs, activation }, layer) => {
    const size = inputs > MANY ? Math.ceil(inputs / Math.round(Math.sqrt(inputs))) : 1;
    for (let unit = 0; unit < units; unit += 1) {
      for (let from = 0; from < inputs; from += size) steps.push({ kind: "term", layer, unit, from, to: Math.min(inputs, from + size) });
      steps.push({ kind: "bias", layer, unit });
      if (activation !== "identity") steps.push({ kind: "bend", layer, unit });
    }
  });
  const layer = network.last + 1;
  if (network.head === "softmax") steps.push({ kind: "exp", layer });
  if (network.head !== "identity") steps.push({ kind: "share", layer });
  steps.push({ kind: "loss", layer });
  return steps;
}

/** Where a longer stride from step `walk` (counted from 1; 0 before all) ends: the last step of this unit, or of the one before. */
export function stride(steps, walk, forward) {
  const place = (i) => `${steps[i]?.layer}/${steps[i]?.unit}`;
  let at = walk + (forward ? 1 : -1);
  if (forward) while (at < steps.length && place(at) === place(at - 1)) at += 1;
  else while (at > 1 && place(at - 1) === place(at)) at -= 1;
  return Math.max(0, Math.min(steps.length, at));
}

/** Whether what a part of the network shows has been computed when the walk is at its step `walk`; 0 shows all. */
export function known(steps, walk, part) {
  if (!walk) return true;
  const now = steps[walk - 1];
  if (part.kind === "input") return true;
  if (part.kind === "answer") return now.kind === "share" || now.kind === "loss";
  if (part.kind === "loss") return now.kind === "loss";
  if (part.layer !== now.layer) return part.layer < now.layer;
  if (part.unit !== now.unit) return part.unit < now.unit;
  if (part.kind === "sum") return now.kind === "bias" || now.kind === "bend";
  return now.kind === "bend" || (now.kind === "bias" && part.plain); // output of a unit; `plain`: it has no activation
}
