// The weights of a table's columns, and the bias b, as bars; of the row that is pointed at, what each adds to its sum.

import { css } from "../dlviz.player/colours.js";
import { rem, sharpContext } from "../dlviz.player/elements.js";
import { significant } from "../dlviz.player/numbers.js";

const LEAST = 1e-3; // of the longest bar: where all weights are 0 there is nothing to see

export class Bars {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Draw, and return the height that was needed. */
  draw(view) {
    const { theme, model, header: { words } } = view;
    const columns = [...view.header.columns, "b"];
    const size = 0.875 * rem();
    const sums = model?.sums ?? view.header.sums;
    const lane = Math.max(1.28 * size, sums > 1 ? 9 * sums : 0);
    const head = size + 10;
    const height = head + columns.length * lane + 6;
    this.canvas.style.height = `${height}px`;
    const context = sharpContext(this.canvas, view.width, height);
    context.font = `${size}px ${theme.font}`;
    const widest = Math.min(0.5 * view.width, Math.max(...columns.map((name) => context.measureText(name).width)));
    const values = this.#values(view, sums);
    const most = Math.max(LEAST, ...values.flat().map(Math.abs));
    const number = context.measureText("−0.0000").width;
    const [left, right] = [widest + 10 + number, view.width - number];
    const middle = (left + right) / 2;
    Object.assign(context, { fillStyle: css(theme.muted), textAlign: "left", textBaseline: "top" });
    context.fillText(view.shown >= 0 ? words.adds : words.weights, 0, 0);
    context.textAlign = "right";
    context.fillText(`±${significant(most, 2)}`, view.width, 0);
    columns.forEach((name, row) => {
      const y = head + row * lane;
      Object.assign(context, { fillStyle: css(theme.text), textAlign: "right", textBaseline: "middle" });
      context.fillText(name, widest, y + lane / 2, widest);
      values[row].forEach((value, sum) => {
        const thick = Math.max(3, (lane - 4) / sums);
        const end = middle + (value / most) * (right - middle);
        const top = y + (lane - thick * sums) / 2 + sum * thick;
        context.fillStyle = css(sums > 1 ? theme.classes[sum] : theme.signed(Math.sign(value)));
        context.fillRect(Math.min(middle, end), top + 0.5, Math.abs(end - middle), thick - 1);
        if (sums > 1) return;
        Object.assign(context, { fillStyle: css(theme.muted), textAlign: value < 0 ? "right" : "left" });
        context.fillText(significant(value, 2), value < 0 ? end - 4 : end + 4, y + lane / 2);
      });
    });
    context.strokeStyle = css(theme.muted);
    context.beginPath();
    context.moveTo(middle, head - 2);
    context.lineTo(middle, height - 4);
    context.stroke();
    return height;
  }

  /** For each column one number a sum: its weight, or weight times value of the row that is pointed at. */
  #values({ model, inputs, shown, header: { columns } }, sums) {
    return [...columns, "b"].map((_, column) => Array.from({ length: sums }, (__, sum) => {
      if (!model) return 0;
      if (column === columns.length) return model.bias(sum);
      let value = 0;
      const x = shown >= 0 ? inputs[shown * columns.length + column] : 1;
      for (let power = 1; power <= (shown >= 0 ? model.degree : 1); power += 1) value += model.weight(sum, column, power) * x ** power;
      return value;
    }));
  }
}
