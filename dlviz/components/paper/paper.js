// The drawing canvas keeps its toolbar, unseen, over its own top right corner until the mouse is on it:
// a stroke that begins there is swallowed, and a finger that begins there presses a button nobody sees.
// This keeps the toolbar above the canvas, where nothing is drawn, and in sight where nothing can hover. What is
// drawn is light on dark, as the networks want it; on a light page it is shown the other way round, as ink on paper.
//
// Data: {key, invitation: words on the empty paper, or nothing}.

import { instances, themeOf } from "../dlviz.player/instances.js";

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
  .dc-toolbar.dc-toolbar { top: auto; bottom: 100%; transition: opacity 0.15s; }
  @media (hover: none) { .dc-toolbar.dc-toolbar { opacity: 1; } }
  .dc-container { position: relative; border-radius: 8px; overflow: hidden; outline: 1px solid rgb(128 136 145 / 45%); outline-offset: -1px; background: none !important; }
  .dc-container canvas { border-color: transparent !important; clip-path: inset(2px); } /* inverted, the border would be a dark line */
  :host([data-paper="light"]) canvas { filter: invert(1); }
  .dc-container::after {
    content: var(--invitation, ""); position: absolute; inset: 0; z-index: 99; display: grid; place-content: center; padding: 1rem;
    text-align: center; font-size: 1.125rem; color: #808891; pointer-events: none;
  }
  .dc-container:active::after { content: ""; }
`);

/** Style the canvas of the widget `key` where it stands now. */
function style({ key, invitation }, dark) {
  const host = document.querySelector(`.st-key-${CSS.escape(key)}`);
  for (const node of host?.querySelectorAll("*") ?? []) {
    const sheets = node.shadowRoot?.adoptedStyleSheets;
    if (!sheets) continue;
    if (!sheets.includes(STYLE)) sheets.push(STYLE);
    const words = JSON.stringify(invitation ?? "");
    if (node.dataset.paper !== (dark ? "dark" : "light")) node.dataset.paper = dark ? "dark" : "light";
    if (node.style.getPropertyValue("--invitation") !== words) node.style.setProperty("--invitation", words);
  }
}

export default instances("paper", (root, parent) => {
  let [data, dark] = [null, false];
  const watcher = new MutationObserver(() => style(data, dark)); // a canvas may be made anew at any time
  watcher.observe(document.body, { childList: true, subtree: true });
  return {
    update(component) {
      data = component.data;
      ({ dark } = themeOf(parent));
      style(data, dark);
    },
    close: () => watcher.disconnect(),
  };
});
