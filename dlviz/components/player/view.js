// What draws a player without being fed: it gets a small configuration once, and then redraws as the player moves.

import { revealStyled } from "./elements.js";
import { themeOf } from "./instances.js";
import { player } from "./player.js";

export class View {
  constructor(root, parent) {
    this.root = root;
    this.parent = parent;
    this.config = null;
    this.player = null;
    this.counter = Date.now(); // rises over a reload of the page too
    revealStyled(parent, root);
  }

  // Streamlit's call: a new configuration, or a new theme.
  update({ data, setStateValue }) {
    if (!data) return;
    this.config = data;
    this.setStateValue = setStateValue;
    this.colours = themeOf(this.parent);
    this.follow(player(data.player));
    this.configured?.();
    this.player.redraw();
  }

  follow(wanted) {
    if (this.player === wanted) return;
    this.leave?.();
    this.player = wanted;
    this.leave = wanted.subscribe(() => this.draw());
  }

  // Tell Python of a choice; `seq` makes the same choice twice two choices.
  tell(state, value) {
    this.counter += 1;
    this.setStateValue(state, { seq: this.counter, ...value });
  }

  close() {
    this.leave?.();
    this.closed?.();
  }
}
