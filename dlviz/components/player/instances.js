// Streamlit calls a component again for every new piece of data and for every change of theme, and may run
// the clean-up of a call that was overtaken while the component lives. So each place on the page has one
// instance, made once, and closed only when the place has really gone.

import { palette } from "./colours.js";

const GAP = 90; // milliseconds between two frames of a calm view

// A component's default export from `open(root, parent)`, which gives {update(component), close()}.
// `root` is the element of class `name` in the component's html, or a new one.
export function instances(name, open) {
  const known = new WeakMap();
  return (component) => {
    const parent = component.parentElement;
    if (!known.has(parent)) known.set(parent, open(rootOf(parent, name), parent));
    known.get(parent).update({ ...component, data: plain(component.data) });
    return () => setTimeout(() => {
      if (parent.isConnected) return;
      known.get(parent)?.close();
      known.delete(parent);
    });
  };
}

// Plain values come as the one entry of a list (dlviz/ui/components.py says why), buffers as they are.
const plain = (data) => (Array.isArray(data) ? data[0] : data);

function rootOf(parent, name) {
  const found = parent.querySelector(`.${name}`);
  if (found) return found;
  const root = document.createElement("div");
  root.className = name;
  parent.append(root);
  return root;
}

// The theme at a shadow root's or an element's place on the page.
export const themeOf = (parent) => palette(parent.host ?? parent);

// `send(value)` at most once in `gap` milliseconds; the last value always goes.
export function paced(send, gap = 50) {
  let [next, waiting, timer] = [0, null, 0];
  const go = () => {
    timer = 0;
    next = performance.now() + gap;
    send(waiting);
  };
  return (value) => {
    waiting = value;
    if (!timer) timer = setTimeout(go, Math.max(0, next - performance.now()));
  };
}

// Call `draw(width)` with every change of the element's width, and when its style sheet has come, which may change widths
// inside it alone. Returns the way out. Who draws in every frame goes by the width told here: to ask the element then would
// make the browser lay out the page in the middle of the frame.
export function onResize(node, draw) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (node.clientWidth === width) return;
    width = node.clientWidth;
    draw(width);
  });
  const styled = () => { if (width) draw(width); };
  node.addEventListener("styled", styled);
  observer.observe(node);
  return () => {
    node.removeEventListener("styled", styled);
    observer.disconnect();
  };
}

// For a view whose lines and words are read rather than watched: while moments roll by, ten a second are enough.
export class Calm {
  #next = 0;

  // Whether the view may leave this frame out; then another one is sure to come.
  rests(player) {
    const now = performance.now();
    if (player.moves && now < this.#next) return true;
    this.#next = now + GAP;
    return false;
  }

  // Somebody did something: the next frame counts.
  wake() {
    this.#next = 0;
  }
}
