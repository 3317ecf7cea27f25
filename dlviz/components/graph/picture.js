// The graph as a picture: a box for every item with its value and its gradient, an edge for everything that is used.
// What it shows of each follows from how far one has walked; how much of it fits follows from how near one is.

import { css, mix, signed } from "../dlviz.player/colours.js";
import { readable } from "../dlviz.maps/drawing.js";
import { shown, signOf } from "./symbols.js";

const SVG = "http://www.w3.org/2000/svg";
export const BOX = { given: [112, 66], made: [112, 70], constant: [58, 36] };
const LETTER = 14; // pixels on screen, never fewer
const LINE = 1.25;

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Return the size of an item's box along and across a flow to the right. */
const boxOf = (item, nodes) => BOX[item.edges.length ? "made" : nodes[item.exit].kind === "constant" ? "constant" : "given"];

/** Return the size of an item's box along and across the flow. */
export const sizeIn = (down, nodes) => (item) => (down ? [...boxOf(item, nodes)].reverse() : boxOf(item, nodes));

export class Picture {
  constructor(hands) {
    this.hands = hands;
    this.edges = svg("g");
    this.labels = svg("g");
    this.boxes = svg("g");
    this.scene = svg("g", {}, this.edges, this.boxes, this.labels);
    this.node = svg("svg", { class: "picture", tabindex: 0, role: "application" }, this.scene);
  }

  /** Draw the boxes and edges anew; `plan` is of layout.js, `nodes` and `rules` say what they are. */
  build(view, plan, nodes, rules, down) {
    Object.assign(this, { view, plan, nodes, rules, down });
    const put = ([along, across]) => (down ? [across, along] : [along, across]);
    this.places = plan.at.map(put);
    this.width = down ? plan.across : plan.along;
    this.height = down ? plan.along : plan.across;
    this.parts = view.items.map((item) => this.#box(item));
    this.lines = view.items.map((item) => item.edges.map((edge) => this.#edge(edge, plan.routes.get(edge).map(put))));
    this.edges.replaceChildren(...this.lines.flat().flatMap(({ path, hit }) => [path, hit]));
    this.boxes.replaceChildren(...this.parts.map(({ group }) => group));
    this.labels.replaceChildren();
  }

  #box(item) {
    const [wide, tall] = boxOf(item, this.nodes);
    const [x, y] = this.places[item.place];
    const node = this.nodes[item.exit];
    const group = svg("g", { class: `node ${item.group >= 0 ? "group" : node.kind}`, transform: `translate(${x - wide / 2} ${y - tall / 2})`, "data-item": item.place });
    const part = { group, wide, tall, rect: svg("rect", { width: wide, height: tall, rx: 9, class: "box" }), strip: svg("rect", { class: "strip" }) };
    part.halo = svg("rect", { x: -5, y: -5, width: wide + 10, height: tall + 10, rx: 13, class: "halo" });
    if (item.group >= 0) group.append(svg("rect", { x: 5, y: -5, width: wide - 4, height: tall, rx: 9, class: "behind" }));
    for (const name of ["name", "sign", "value", "gradient", "mark"]) part[name] = svg("text", { class: name });
    group.append(part.halo, part.rect, part.strip, part.name, part.sign, part.value, part.gradient, part.mark);
    group.addEventListener("pointerdown", (event) => this.hands.press(event, item));
    group.addEventListener("dblclick", () => this.hands.toggle(item));
    return part;
  }

  #edge(edge, points) {
    const [from, to] = [this.places[edge.from], this.places[edge.to]];
    const twins = this.view.items[edge.to].edges.filter((other) => other.from === edge.from);
    const aside = twins.length > 1 ? (twins.indexOf(edge) - (twins.length - 1) / 2) * 16 : 0;
    const [half, end] = [boxOf(this.view.items[edge.from], this.nodes), boxOf(this.view.items[edge.to], this.nodes)].map((box) => box[this.down ? 1 : 0] / 2);
    const run = this.down ? 1 : 0;
    const shifted = points.map((point, i) => {
      const moved = [...point];
      if (i === 0) moved[run] = from[run] + half;
      if (i === points.length - 1) moved[run] = to[run] - end;
      moved[1 - run] += aside;
      return moved;
    });
    const d = curve(shifted, run);
    return { path: svg("path", { d, class: "edge" }), hit: svg("path", { d, class: "pulse" }), middle: between(shifted, run), edge };
  }

  /** Show what is known: `now` has {theme, scale, walk, stop, values, gradients, locals, bug, focus, lit, trust, wrong, broken, held, next}. */
  draw(now) {
    this.now = now;
    const { current, phase } = now;
    this.labels.replaceChildren();
    for (const item of this.view.items) {
      this.#fill(item, current, phase);
      for (const line of this.lines[item.place]) this.#colour(line, item === current ? phase : "");
    }
  }

  #fill(item, current, phase) {
    const { now, parts, nodes } = this;
    const part = parts[item.place];
    const known = now.walk.knows(item, now.stop);
    const found = now.walk.gathered(item, now.stop, now.gradients, now.locals, now.bug);
    const marks = { known, current: item === current, focus: item.place === now.focus, lit: now.lit.has(item.place), checked: now.trust, wrong: now.trust && now.wrong.has(item.place), able: this.hands.able(item), began: now.trouble !== null && known && item.inside.includes(now.trouble.place) };
    for (const [name, on] of Object.entries(marks)) part.group.classList.toggle(name, on);
    const next = phase === "update" ? now.next.get(item.exit) : undefined;
    const texts = {
      name: nodes[item.exit].kind === "constant" ? "" : nodes[item.exit].name,
      sign: item.group >= 0 ? "⊞" : item.edges.length ? signOf(nodes[item.exit], this.rules[`${nodes[item.exit].operation}${nodes[item.exit].parents.length}`][0]) : "",
      value: known ? shown(now.values[item.exit]) : "",
      gradient: found ? this.#gradientText(found, current, phase) : "",
      mark: now.trust && found?.all ? (now.wrong.has(item.place) ? "✗" : "✓") : "",
    };
    if (next !== undefined) texts.gradient = `→ ${shown(next)}`;
    part.next = next === undefined ? "" : `→${shown(next)}`;
    const meets = found !== null && found.parts.length > 1 && phase === "backward" && this.#joins(item, current);
    this.#write(part, item, texts, next !== undefined ? "next" : found ? found.sum : null, meets);
  }

  #joins(item, current) {
    return current !== null && current.edges.some((edge) => edge.from === item.place);
  }

  /** Return a gradient as it stands; where another part has just come, as the sum that it makes. */
  #gradientText(found, current, phase) {
    if (phase === "backward" && current && found.parts.length > 1 && found.parts.at(-1).edge.to === current.place && this.now.bug !== "overwrite") {
      const before = found.parts.slice(0, -1).reduce((sum, part) => sum + part.value, 0);
      const came = found.parts.at(-1).value;
      return `${shown(before)}\u2009${came < 0 ? "−" : "+"}\u2009${shown(Math.abs(came))}`;
    }
    return shown(found.sum);
  }

  #write(part, item, texts, sum, meets) {
    const { near } = this;
    const size = Math.max(LETTER, LETTER / near);
    const line = size * LINE;
    const given = !item.edges.length;
    const rows = Math.max(1, Math.floor((part.tall - 4) / line));
    const two = given ? rows >= 2 : rows >= 3;
    const only = rows === 1 || (!given && rows === 2 && texts.gradient === "") ? "name" : "both";
    const put = (name, x, y, anchor, text) => {
      const node = part[name];
      if (node.textContent !== text) node.textContent = text;
      node.setAttribute("x", x);
      node.setAttribute("y", y);
      node.setAttribute("text-anchor", anchor);
      node.setAttribute("font-size", size);
    };
    const strip = texts.gradient !== "" && (only === "both" || rows === 1);
    const low = part.tall - (rows === 1 ? part.tall - 6 : Math.min(line + 4, part.tall / 2));
    part.strip.setAttribute("visibility", strip ? "visible" : "hidden");
    for (const [name, value] of Object.entries({ x: 3, y: low - 3, width: part.wide - 6, height: part.tall - low, rx: 6 })) part.strip.setAttribute(name, value);
    const base = (y) => y + size * 0.35;
    const room = (part.wide - 14) / (0.52 * size) - texts.name.length;
    const beside = room > texts.value.length || !texts.name;
    if (rows === 1 && given && beside) {
      put("name", 7, base(part.tall / 2), "start", texts.name);
      put("value", texts.name ? part.wide - 7 : part.wide / 2, base(part.tall / 2), texts.name ? "end" : "middle", part.next || texts.value);
      for (const name of ["sign", "gradient"]) put(name, 0, 0, "start", "");
    } else if (rows === 1) {
      put("name", part.wide / 2, base(part.tall / 2), "middle", texts.name || texts.sign || texts.value);
      for (const name of ["sign", "value", "gradient"]) put(name, 0, 0, "start", "");
    } else if (given) {
      const top = base(part.tall / 4);
      put("name", texts.name ? 8 : 0, top, "start", texts.name);
      put("value", part.wide - 8, top, "end", beside ? texts.value : "");
      put("sign", 0, 0, "start", "");
      put("gradient", part.wide / 2, base((low - 3 + part.tall - 3) / 2), "middle", texts.gradient);
    } else {
      const space = low - 3;
      put("name", 8, base(two ? space / 4 + 2 : space / 2), "start", texts.name);
      put("sign", part.wide - 8, base(two ? space / 4 + 2 : space / 2), "end", two || !texts.value || !beside ? texts.sign : "");
      put("value", two ? part.wide / 2 : part.wide - 8, base(two ? (3 * space) / 4 - 1 : space / 2), two ? "middle" : "end", two || beside ? texts.value : "");
      put("gradient", part.wide / 2, base((low - 3 + part.tall - 3) / 2), "middle", texts.gradient);
    }
    put("mark", part.wide + 3, 4, "middle", texts.mark);
    this.#tint(part, sum, rows, meets);
  }

  #tint(part, sum, rows, meets) {
    const { theme, scale } = this.now;
    const colour = typeof sum === "number" ? signed(scale ? sum / scale : 0, theme) : theme.neutral;
    part.strip.style.fill = css(sum === "next" ? mix(theme.background, theme.accent, 0.18) : colour);
    const writing = sum === "next" ? css(theme.text) : typeof sum === "number" ? readable(colour) : css(theme.text);
    part.gradient.style.fill = writing;
    for (const name of ["name", "value"]) part[name].style.fill = rows === 1 && typeof sum === "number" ? writing : "";
    part.group.classList.toggle("meets", meets);
  }

  #colour({ path, hit, middle, edge }, phase) {
    const { now } = this;
    const back = now.walk.passed(this.view.items[edge.to], now.stop);
    const flow = back ? now.gradients[edge.to] * now.locals[edge.to][edge.slot] : 0;
    const share = now.scale ? Math.min(1, Math.abs(flow) / now.scale) : 0;
    path.style.stroke = back ? css(signed(0.25 + 0.75 * share > 0 ? Math.sign(flow) * (0.3 + 0.7 * share) : 0, now.theme)) : css(now.theme.faint);
    path.style.strokeWidth = back ? 1.5 + 3.5 * share : 1.5;
    path.classList.toggle("broken", now.trust && this.#acts(edge));
    path.classList.toggle("way", now.way?.has(edge) ?? false);
    hit.setAttribute("class", `pulse ${phase}`);
    if (phase === "backward" && this.view.items[edge.to].edges.length <= 4 && this.near > 0.55) this.#label(middle, `×${shown(now.locals[edge.to][edge.slot])}`);
  }

  #acts(edge) {
    const { now } = this;
    if (edge.own !== null) return now.broken[edge.own] === 1;
    const item = this.view.items[edge.to];
    const inside = new Set(item.inside);
    const from = this.view.items[edge.from].exit;
    const acts = (place) => this.nodes[place].parents.some((parent, slot) => now.broken[this.view.first[place] + slot] === 1 && (parent === from || inside.has(parent)));
    return item.inside.some(acts);
  }

  #label([x, y], text) {
    const size = Math.max(LETTER, LETTER / this.near);
    const wide = (text.length * 0.52 + 0.3) * size;
    const rect = svg("rect", { x: x - wide / 2, y: y - size * 0.75, width: wide, height: size * 1.5, rx: size * 0.4, class: "factor" });
    const words = svg("text", { x, y: y + size * 0.35, "text-anchor": "middle", "font-size": size, class: "factor" });
    words.textContent = text;
    this.labels.append(rect, words);
  }

  /** Put the scene at {x, y, k} pixels; writing stays readable at any nearness. */
  stand({ x, y, k }) {
    this.near = k;
    this.scene.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
  }
}

/** Return a smooth path through points that leaves and arrives along the flow (axis 0 across the screen, 1 down it). */
function curve(points, run) {
  const [first, ...rest] = points;
  let [from, text] = [first, `M${first.map(round).join(" ")}`];
  for (const to of rest) {
    const half = (from[run] + to[run]) / 2;
    const handle = (point) => (run ? [point[0], half] : [half, point[1]]);
    text += `C${[handle(from), handle(to), to].map((point) => point.map(round).join(" ")).join(" ")}`;
    from = to;
  }
  return text;
}

const round = (value) => Math.round(value * 10) / 10;

/** Return where on an edge its factor stands: near where it begins, since edges meet where they end. */
function between(points, run) {
  const [one, other] = points;
  const place = [0, 0];
  place[run] = 0.5 * (one[run] + other[run]);
  place[1 - run] = 0.74 * one[1 - run] + 0.26 * other[1 - run];
  return place;
}
