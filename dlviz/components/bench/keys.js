// Keys for the bench that was used last: space plays and pauses, the arrows step, R goes back to the start.

let active = null; // {root, player}

const ACTS = {
  " ": (player) => player.toggle(),
  ArrowLeft: (player) => player.back(),
  ArrowRight: (player, shift) => (shift ? player.forwardEpoch() : player.forward()),
  r: (player) => player.reset(),
  R: (player) => player.reset(),
};

const WRITING = "input, textarea, select, [contenteditable=''], [contenteditable=true]";
const OWN_ARROWS = ["slider", "radio", "tab", "option", "listbox", "combobox", "menuitem", "spinbutton", "gridcell",
  "treeitem", "textbox", "application"];

// Whether the focused element needs that key for itself.
function taken(key, target) {
  if (!(target instanceof Element)) return false;
  if (target.matches(WRITING)) return true;
  if (OWN_ARROWS.includes(target.getAttribute("role"))) return key !== "r" && key !== "R";
  return key === " " && target.matches("button, a, summary, [role=button], [role=switch], [role=checkbox]");
}

// Streamlit knows the key R as well (run again): ours comes first, and is the only one.
function onKey(event) {
  const act = ACTS[event.key];
  if (!act || !active?.root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  if (taken(event.key, event.composedPath()[0])) return;
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
  return () => {
    root.removeEventListener("pointerdown", take);
    root.removeEventListener("focusin", take);
    if (active === mine) active = null;
  };
}
