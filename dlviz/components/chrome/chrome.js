// What stands around every page and needs the browser itself: the device badge, the size of the text, and a
// link to exactly this state of the page. It also tells the browser which language the page is in.

import { element, icon, label, revealStyled, write } from "../dlviz.player/elements.js";
import { instances } from "../dlviz.player/instances.js";

const SHARE = "M18 16a3 3 0 0 0-2 .8l-7.1-4.1a3 3 0 0 0 0-1.4L16 7.2A3 3 0 1 0 15 5c0 .2 0 .5.1.7L8 9.8a3 3 0 1 0 "
  + "0 4.4l7.1 4.2a3 3 0 1 0 2.9-2.4z";
const SIZES = [16, 20, 24]; // pixels in one rem: usual, large, for a projector
const PHONE = 768; // pixels: on screens up to this width the menu lies over the page
const REMEMBERED = "dlviz.text-size";
const LOOK = 200; // milliseconds between two looks at the address while its link is on show

// The link is on the clipboard afterwards, or (false) has to be copied by hand: over plain http the
// clipboard is closed, and the old way may be closed as well.
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

function remembered() {
  try {
    return Number(localStorage.getItem(REMEMBERED)) || SIZES[0];
  } catch {
    return SIZES[0]; // a browser that keeps nothing
  }
}

function resize(pixels) {
  document.documentElement.style.fontSize = pixels === SIZES[0] ? "" : `${pixels}px`;
  try {
    localStorage.setItem(REMEMBERED, String(pixels));
  } catch {
    // then only this page is larger
  }
}

// Streamlit closes the drawer after a choice in its own menu, but not in ours.
function closeMenuOnPhone() {
  if (window.innerWidth > PHONE) return;
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

class Chrome {
  constructor(root, parent) {
    this.parent = parent;
    this.words = {};
    this.device = element("span", { class: "device starting" }, element("span", { class: "dot" }), element("span"));
    this.size = element("button", { class: "size", type: "button", onclick: () => this.larger() },
      element("small", { text: "A" }), element("span", { text: "A" }));
    this.share = element("button", { class: "share", type: "button", "aria-haspopup": "dialog", onclick: () => this.open() },
      icon(SHARE), element("span"));
    this.said = element("div", { role: "status" });
    this.field = element("input", { type: "text", readonly: true, onclick: () => this.field.select() });
    this.shared = element("div", { class: "shared", role: "dialog", hidden: true }, this.said, this.field);
    root.replaceChildren(this.device, this.size, this.share, this.shared);
    this.away = (event) => {
      if (event.key === "Escape") this.close(true);
      else if (event.type === "pointerdown" && !event.composedPath().includes(root)) this.close(false);
    };
    document.addEventListener("pointerdown", this.away);
    document.addEventListener("keydown", this.away);
    revealStyled(parent, root);
    resize(remembered());
  }

  update({ data }) {
    if (!data) return;
    this.words = data.words;
    if (this.page !== undefined && this.page !== data.page) closeMenuOnPhone();
    this.page = data.page;
    document.documentElement.lang = data.language;
    write(this.device.lastChild, data.device);
    this.device.className = data.ready ? "device" : "device starting";
    this.device.title = data.words.device;
    write(this.share.lastChild, data.words.share);
    label(this.share, data.words.share);
    this.share.title = data.words.share_help;
    label(this.size, data.words.size);
    this.size.title = data.words.size_help;
    this.size.setAttribute("aria-pressed", String(remembered() !== SIZES[0]));
    label(this.shared, data.words.share);
    label(this.field, data.words.share_help);
  }

  larger() {
    const next = SIZES[(SIZES.indexOf(remembered()) + 1) % SIZES.length];
    resize(next);
    this.size.setAttribute("aria-pressed", String(next !== SIZES[0]));
  }

  async open() {
    if (!this.shared.hidden) {
      this.close(true);
      return;
    }
    this.shared.hidden = false;
    this.field.focus();
    this.following = setInterval(() => this.follow(), LOOK);
    await this.follow();
  }

  // The address may still be on its way to what was just done on the page: the link on show follows it there.
  async follow() {
    if (this.field.value === window.location.href) return;
    this.field.value = window.location.href;
    write(this.said, await copied(this.field) ? this.words.copied : this.words.by_hand);
    this.field.select();
  }

  close(focus) {
    if (this.shared.hidden) return;
    this.shared.hidden = true;
    clearInterval(this.following);
    this.field.value = "";
    if (focus) this.share.focus();
  }

  shut() {
    clearInterval(this.following);
    document.removeEventListener("pointerdown", this.away);
    document.removeEventListener("keydown", this.away);
  }
}

export default instances("chrome", (root, parent) => {
  const chrome = new Chrome(root, parent);
  return { update: (component) => chrome.update(component), close: () => chrome.shut() };
});
