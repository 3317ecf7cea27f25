// The button of a drawer, which on a phone holds a stage's controls. What is open is a rule in a style sheet of our own,
// not a mark on the page's elements: Streamlit makes those anew as it likes, and the drawer must not shut meanwhile.
// That a drawer is shut at first, and that there is none on a wide screen, stands in dlviz/ui/chrome.css.

import { element, icon, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";

const DIALS = "M3 17v2h6v-2H3zM3 5v2h10V5H3zm10 16v-2h8v-2h-8v-2h-2v6h2zM7 9v2H3v2h4v2h2V9H7zm14 4v-2H11v2h10zm-6-4h2V7h4V5h-4V3h-2v6z";
const DOWN = "M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z";
const REMEMBERED = "dlviz.drawers"; // the names of those that are open, as long as the tab is

const rules = new CSSStyleSheet();
const opened = new Set(remembered());

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED)) ?? [];
  } catch {
    return []; // a browser that keeps nothing
  }
}

const placeOf = (name) => `[data-testid="stMainBlockContainer"] .st-key-drawer-${CSS.escape(name)}`;

function apply() {
  rules.replaceSync([...opened].map((name) => `${placeOf(name)} { display: flex; }`).join("\n"));
}

document.adoptedStyleSheets.push(rules);
apply();

function turn(name) {
  if (!opened.delete(name)) opened.add(name);
  apply();
  try {
    sessionStorage.setItem(REMEMBERED, JSON.stringify([...opened]));
  } catch {
    // then the next page of this tab shows it shut
  }
}

class Handle {
  constructor(root, parent) {
    const chevron = icon(DOWN);
    chevron.classList.add("chevron");
    this.label = element("span");
    this.button = element("button", { type: "button", onclick: () => this.turn() }, icon(DIALS), this.label, chevron);
    root.replaceChildren(this.button);
    revealStyled(parent, root);
  }

  update({ data }) {
    if (!data) return;
    this.name = data.drawer;
    write(this.label, data.label);
    this.say();
  }

  turn() {
    turn(this.name);
    this.say();
  }

  say() {
    this.button.setAttribute("aria-expanded", String(opened.has(this.name)));
    // an id would not be found from here: the button stands in a shadow, what it opens does not
    const place = document.querySelector(placeOf(this.name));
    if (place) this.button.ariaControlsElements = [place];
  }
}

export default instances("drawer", (root, parent) => {
  const handle = new Handle(root, parent);
  return { update: (component) => handle.update(component), close: () => {} };
});
