// The shape of a network as a picture: maps as stacked squares, rows of units as bars, each stage to the right of the last.

const SVG = "http://www.w3.org/2000/svg";
const [HEIGHT, GAP, WIDEST] = [44, 5, 150];

function drawn(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Return a picture of the stages, each [units] or [channels, rows, columns]; `loops`: whether it reads step by step. */
export function shapeOf(stages, loops) {
  const picture = drawn("svg", { role: "img", class: "stages" });
  let left = 1;
  for (const sizes of stages) {
    const parts = sizes.length === 3 ? squares(left, sizes) : [bar(left, sizes[0])];
    picture.append(...parts.nodes ?? parts);
    left += (parts.width ?? 6) + GAP;
  }
  if (loops) {
    picture.append(drawn("path", { class: "loop", d: `M${left - 14} 8 C ${left - 4} -6, ${left - 40} -6, ${left - 30} 8` }));
  }
  const width = Math.max(1, left - GAP + 1);
  picture.setAttribute("viewBox", `0 -4 ${width} ${HEIGHT + 8}`);
  picture.style.width = `${Math.min(WIDEST, width)}px`;
  picture.style.height = `${(HEIGHT + 8) * Math.min(1, WIDEST / width)}px`;
  return picture;
}

function bar(left, units) {
  const height = Math.min(HEIGHT, 4 + 5.5 * Math.log2(units));
  return drawn("rect", { class: "units", x: left, y: (HEIGHT - height) / 2, width: 6, height, rx: 2 });
}

function squares(left, [channels, rows]) {
  const side = Math.max(5, (HEIGHT - 8) * (rows / 28));
  const count = Math.min(4, Math.max(1, Math.round(Math.log2(channels + 1) / 1.5)));
  const nodes = [];
  for (let i = count - 1; i >= 0; i -= 1) {
    nodes.push(drawn("rect", { class: "map", x: left + 3 * i, y: (HEIGHT - side) / 2 - 3 * i + 3, width: side, height: side, rx: 1.5 }));
  }
  return { nodes, width: side + 3 * (count - 1) };
}
