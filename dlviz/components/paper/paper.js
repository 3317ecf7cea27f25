// The drawing canvas keeps its toolbar, unseen, over its own top right corner until the mouse is on it:
// a stroke that begins there is swallowed, and a finger that begins there presses a button nobody sees.
// This keeps the toolbar above the canvas, where nothing is drawn, and in sight where nothing can hover.

import { instances } from "../dlviz.player/instances.js";

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
  .dc-toolbar.dc-toolbar { top: auto; bottom: 100%; transition: opacity 0.15s; }
  @media (hover: none) { .dc-toolbar.dc-toolbar { opacity: 1; } }
`);

/** Style the canvas of the widget `key` where it stands now. */
function style(key) {
  const host = document.querySelector(`.st-key-${CSS.escape(key)}`);
  for (const node of host?.querySelectorAll("*") ?? []) {
    const sheets = node.shadowRoot?.adoptedStyleSheets;
    if (sheets && !sheets.includes(STYLE)) sheets.push(STYLE);
  }
}

export default instances("paper", () => {
  let key = null;
  const watcher = new MutationObserver(() => style(key)); // a canvas may be made anew at any time
  watcher.observe(document.body, { childList: true, subtree: true });
  return {
    update({ data }) {
      ({ key } = data);
      style(key);
    },
    close: () => watcher.disconnect(),
  };
});
