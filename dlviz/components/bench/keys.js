// Keys for the bench that was used last: space plays and pauses, the arrows step, R goes back to the start.

let active = null; // {root, player}

const ACTS = {
  " ": (player) => player.toggle(),
  ArrowLeft: (player) => player.back(),
  ArrowRight: (player, shift) => (shift ? player.forwardEpoch() : player.forward()),
  r: (player) => player.reset(),
  R: (player) => player.reset(),
};

const WRITING = "input:not([type=range]), textarea, select, [contenteditable=''], [contenteditable=true]";
const OWN_ARROWS = ["slider", "radio", "tab", "option", "listbox", "combobox", "menuitem", "spinbutton", "gridcell",
  "treeitem", "textbox", "application"];
const HELD = ["slider", "application"]; // most of them have no use for the space bar: whoever has clicked them still plays

const roleOf = (target) => (target.matches("input[type=range]") ? "slider" : target.getAttribute("role"));

// Whether the focused element needs that key for itself.
function taken(key, target) {
  if (!(target instanceof Element)) return false;
  if (target.matches(WRITING)) return true;
  if (OWN_ARROWS.includes(roleOf(target))) return key !== "r" && key !== "R";
  return key === " " && target.matches("button, a, summary, [role=button], [role=switch], [role=checkbox]");
}

// Whether the space bar was pressed where what has the focus had the first say, and did not want it.
function left(event) {
  const target = event.composedPath()[0];
  return event.key === " " && !event.defaultPrevented && target instanceof Element && HELD.includes(roleOf(target));
}

// Streamlit knows the key R as well (run again): ours comes first, and is the only one.
function onKey(event) {
  if (!taken(event.key, event.composedPath()[0])) play(event);
}

function onKeyLeft(event) {
  if (left(event)) play(event);
}

function play(event) {
  const act = ACTS[event.key];
  if (!act || !active?.root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act(active.player, event.shiftKey);
}

// Give the keys to this bench whenever it is touched, and at once where no other has them. Returns the way out.
export function listenToKeys(root, player) {
  const mine = { root, player };
  const take = () => { active = mine; };
  if (!active?.root.isConnected) take();
  root.addEventListener("pointerdown", take);
  root.addEventListener("focusin", take);
  window.addEventListener("keydown", onKey, true); // the same function twice is one listener
  window.addEventListener("keydown", onKeyLeft);
  return () => {
    root.removeEventListener("pointerdown", take);
    root.removeEventListener("focusin", take);
    if (active === mine) active = null;
  };
}
