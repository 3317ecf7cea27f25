// The sky of points: where each one stands on the screen, how it looks, and how wheel, fingers and mouse move it.

import { readable } from "../dlviz.maps/drawing.js";
import { sharpContext } from "../dlviz.player/elements.js";

const MARGIN = 22;
const REACH = 24; // pixels within which a pointer means a point
const NARROW = 480; // pixels: below, points are smaller, so that fewer lie over others
const FARTHEST = 1;
const CLOSEST = 24;

// ----------------------------------------------------------------------------------------- geometry

/** Fit the points into width × height with one scale for both axes: distances must stay true. */
function fit(view) {
  const { points, width, height } = view;
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
    low = Math.min(low, points[i + 1]);
    high = Math.max(high, points[i + 1]);
  }
  const scale = Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (high - low || 1));
  return { scale, x: (left + right) / 2, y: (low + high) / 2 };
}

function placing(view) {
  const { scale, x, y } = fit(view);
  const { points, width, height, zoom, left, top } = view;
  return (i) => [width / 2 + ((points[2 * i] - x) * scale) * zoom + left, height / 2 - ((points[2 * i + 1] - y) * scale) * zoom + top];
}

const visible = (view, i) => view.only < 0 || view.labels[i] === view.only;

/** Return the point nearest to (x, y), at most `reach` pixels away, or −1. */
export function nearest(view, x, y, reach = REACH) {
  let [found, least] = [-1, reach * reach];
  for (let i = 0; i < view.count; i += 1) {
    if (!visible(view, i)) continue;
    const [px, py] = view.place(i);
    const far = (px - x) ** 2 + (py - y) ** 2;
    if (far < least) [found, least] = [i, far];
  }
  return found;
}

/** Return the next point in a direction: near, and more ahead than aside; the same one where there is none. */
export function neighbour(view, from, [right, down]) {
  const [x, y] = view.place(from);
  let [found, least] = [from, Infinity];
  for (let i = 0; i < view.count; i += 1) {
    const [px, py] = view.place(i);
    const ahead = (px - x) * right + (py - y) * down;
    const aside = Math.abs((px - x) * down) + Math.abs((py - y) * right);
    if (i === from || !visible(view, i) || ahead < 1 || ahead < aside) continue;
    const far = ahead + 2 * aside;
    if (far < least) [found, least] = [i, far];
  }
  return found;
}

// ------------------------------------------------------------------------------------------ drawing

export function draw(view) {
  if (!view.width || !view.theme) return;
  const context = sharpContext(view.canvas, view.width, view.height);
  view.place = placing(view);
  const radius = Math.min(11, (view.width < NARROW ? 6 : 7.5) * Math.sqrt(view.zoom));
  Object.assign(context, { font: `600 ${Math.round(Math.max(12, 1.4 * radius))}px ${view.theme.font}`, textAlign: "center", textBaseline: "middle" });
  for (const wrong of [false, true]) {
    for (let i = 0; i < view.count; i += 1) if ((view.labels[i] !== view.answers[i]) === wrong) point(view, context, i, radius, wrong);
  }
  for (const i of new Set([view.picked, view.shown])) if (i >= 0) halo(view, context, i, radius);
}

function point(view, context, i, radius, wrong) {
  const [x, y] = view.place(i);
  if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) return;
  const colour = view.theme.classes[view.labels[i]];
  context.globalAlpha = visible(view, i) ? 1 : 0.12;
  circle(context, x, y, radius);
  context.fillStyle = view.theme.css(colour);
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = view.theme.css(view.theme.background);
  context.stroke();
  if (wrong) ring(view, context, x, y, radius + 2);
  context.fillStyle = readable(colour);
  context.fillText(String(view.labels[i]), x, y + 0.5);
  context.globalAlpha = 1;
}

function ring(view, context, x, y, radius) {
  circle(context, x, y, radius);
  context.lineWidth = 2;
  context.strokeStyle = view.theme.css(view.theme.text);
  context.stroke();
}

function halo(view, context, i, radius) {
  const [x, y] = view.place(i);
  circle(context, x, y, radius + 6);
  context.lineWidth = 3;
  context.strokeStyle = view.theme.css(view.theme.accent);
  context.stroke();
}

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

// ----------------------------------------------------------------------------- pointers, wheel, fingers

export function createCanvas(view) {
  view.scale = (factor, x = view.width / 2, y = view.height / 2) => scale(view, factor, x, y);
  view.whole = () => { Object.assign(view, { zoom: 1, left: 0, top: 0 }); free(view); view.redraw(); };
  view.observer = new ResizeObserver(([entry]) => {
    Object.assign(view, { width: entry.contentRect.width, height: entry.contentRect.height });
    view.redraw();
  });
  view.observer.observe(view.canvas);
  const fingers = new Map();
  const listen = (name, act, options) => view.canvas.addEventListener(name, act, options);
  listen("pointerdown", (event) => { fingers.set(event.pointerId, here(view, event)); view.moved = 0; view.canvas.setPointerCapture(event.pointerId); });
  listen("pointermove", (event) => move(view, fingers, event));
  for (const name of ["pointerup", "pointercancel"]) listen(name, (event) => lift(view, fingers, event, name));
  listen("pointerleave", (event) => { if (event.pointerType === "mouse" && !fingers.size) view.show(view.picked); });
  listen("dblclick", () => view.whole());
  listen("wheel", (event) => wheel(view, event), { passive: false });
}

const here = (view, event) => {
  const box = view.canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

function move(view, fingers, event) {
  const now = here(view, event);
  const before = fingers.get(event.pointerId);
  if (!before) return view.show(nearest(view, ...now));
  fingers.set(event.pointerId, now);
  view.moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
  if (fingers.size === 2) return pinch(view, fingers, event.pointerId, before, now);
  if (view.zoom > FARTHEST) pan(view, now[0] - before[0], now[1] - before[1]);
  return undefined;
}

function pinch(view, fingers, moving, before, now) {
  const [, other] = [...fingers].find(([id]) => id !== moving);
  const apart = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]) || 1;
  view.scale(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
}

function lift(view, fingers, event, name) {
  const last = fingers.size === 1;
  fingers.delete(event.pointerId);
  if (last && name === "pointerup" && view.moved < 6) view.pick(nearest(view, ...here(view, event)));
}

/** The wheel moves the page, unless the reader has taken the canvas in hand (focus) or asks for zoom (ctrl, pinch). */
function wheel(view, event) {
  if (!event.ctrlKey && !event.metaKey && !view.canvas.matches(":focus")) return;
  event.preventDefault();
  view.scale(Math.exp(-event.deltaY / 300), ...here(view, event));
}

function scale(view, factor, x, y) {
  const zoom = Math.max(FARTHEST, Math.min(CLOSEST, view.zoom * factor));
  const share = zoom / view.zoom;
  view.zoom = zoom;
  const [middle, centre] = [x - view.width / 2, y - view.height / 2];
  pan(view, (1 - share) * (middle - view.left), (1 - share) * (centre - view.top));
}

/** Move the sky, but never so far that it leaves the window. */
function pan(view, right, down) {
  const reach = [(view.zoom - 1) * view.width * 0.5, (view.zoom - 1) * view.height * 0.5];
  view.left = Math.max(-reach[0], Math.min(reach[0], view.left + right));
  view.top = Math.max(-reach[1], Math.min(reach[1], view.top + down));
  free(view);
  view.redraw();
}

/** Let a finger scroll the page as long as there is nothing to pan. */
function free(view) {
  view.canvas.style.touchAction = view.zoom > FARTHEST ? "none" : "pan-y";
}
