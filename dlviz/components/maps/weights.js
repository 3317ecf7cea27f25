// The weights of a filter as cells that can be typed into: what happens to the map if this number were another?

import { heard } from "./drawing.js";
import { element } from "../dlviz.player/elements.js";
import { fill } from "../dlviz.player/numbers.js";

const STEP = 0.1;
const SMALL_STEP = 0.01; // with shift

/** Return a number as the square of `width` columns has room for it. */
export const written = (value, width) => value.toFixed(width <= 3 ? 3 : 2).replace(/^-(?=0\.0+$)/, "").replace("-", "−");

/** Return the field for weight `index` of the input map in view; arrow up and down change it, typing replaces it. */
export function weightInput(view, index, width) {
  const label = fill(view.header.words.weight, { row: Math.floor(index / width), column: index % width });
  const input = element("input", { type: "text", role: "spinbutton", "aria-label": label, autocomplete: "off", spellcheck: "false" });
  const number = () => Number(input.value.replace("−", "-").replace(",", "."));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("change", () => change(view, input, index, width, number()));
  input.addEventListener("keydown", (event) => {
    const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter") change(view, input, index, width, number());
    if (!sign) return;
    event.preventDefault();
    change(view, input, index, width, number() + sign * (event.shiftKey ? SMALL_STEP : STEP));
  });
  return input;
}

function change(view, input, index, width, value) {
  const { data, shape } = view.arrays["cell/kernel"];
  const { stage, channel } = view.selected;
  const place = view.input * shape[1] * shape[2] + index;
  if (!Number.isFinite(value) || input.value.trim() === "") return say(input, data[place], width);
  say(input, value, width);
  const kernel = view.edited.get(`${stage},${channel}`) ?? Array.from(data);
  if (written(kernel[place], width) === written(value, width)) return undefined; // not one digit was touched
  kernel[place] = value;
  return view.edit(stage, channel, kernel);
}

/** Show a weight that came from Python, unless the reader is ahead of it in this very cell. */
export function showWeight(view, input, value, width) {
  const behind = !heard(view.header.operations?.seq, view.sequence);
  const typing = input.matches(":focus") && input.value !== input.dataset.said;
  if (!(behind || typing)) say(input, value, width);
}

function say(input, value, width) {
  input.value = input.dataset.said = written(value, width);
  input.setAttribute("aria-valuenow", value);
  input.setAttribute("aria-valuetext", input.value);
}
