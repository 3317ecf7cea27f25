// The bench: play, pause, step, scrub, fork, and the numbers that matter at the moment shown. It alone is
// fed by Python (one packed buffer a message) and it alone answers, by the state "bench"; where recorded
// moments are missing it asks for them by the state "need".

import { player } from "../dlviz.player/player.js";
import { revealStyled } from "../dlviz.player/elements.js";
import { Calm, instances, paced, themeOf } from "../dlviz.player/instances.js";
import { unpack } from "../dlviz.player/buffer.js";
import { listenToKeys } from "./keys.js";
import { Panel } from "./panel.js";
import { Scrubber } from "./scrubber.js";

const PATIENCE = 1000; // milliseconds before the same gap is told again

// What Python learns: the wish to train, the moment shown (null: the newest), and the last events.
function report(shown) {
  const [number, event] = shown.events[shown.events.length - 1] ?? [null, null];
  shown.counter += 1;
  return {
    seq: shown.counter,
    run: shown.track?.run ?? null,
    playing: shown.playing,
    at: shown.following ? null : shown.step,
    rolling: shown.running && !shown.following, // it may play on as soon as there is more
    follow: shown.following,
    speed: shown.speed,
    goal: shown.goal,
    command: shown.command,
    event,
    event_seq: number,
    events: shown.events,
  };
}

class Bench {
  constructor(root, parent) {
    this.root = root;
    this.parent = parent;
    this.asked = { what: "", when: 0 };
    revealStyled(parent, root);
  }

  update({ data, setStateValue }) {
    this.setStateValue = setStateValue;
    if (!data) return;
    if (!this.player) this.#open(unpack(data).header);
    const colours = themeOf(this.parent);
    this.panel.colours = colours;
    this.scrubber.colours = colours;
    this.player.receive(data);
    this.player.redraw();
  }

  #open(header) {
    const shown = player(header.player);
    this.player = shown;
    this.scrubber = new Scrubber(shown);
    this.panel = new Panel(this.root, shown, this.scrubber.node);
    this.onReport = paced(() => this.setStateValue("bench", report(shown)));
    shown.onReport = this.onReport;
    shown.onNeed = (need) => this.#need(need);
    const calm = new Calm();
    this.forget = [
      shown.subscribe(() => { if (!calm.rests(shown)) { this.panel.draw(); this.scrubber.draw(); } }),
      listenToKeys(this.root, shown),
    ];
  }

  // Streamlit may skip a message that another one overtakes; then moments are missing, and we say which,
  // again and again until they come: what we say may be overtaken as well, and a run that is over sends no news.
  #need(need) {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => { if (this.player.lacks(need.run)) this.#need(need); }, 2 * PATIENCE);
    const what = `${need.run} ${need.have}`;
    const now = performance.now();
    if (what === this.asked.what && now - this.asked.when < PATIENCE) return;
    this.asked = { what, when: now };
    this.player.counter += 1;
    const seq = this.player.counter;
    setTimeout(() => this.setStateValue("need", { seq, ...need }));
  }

  close() {
    clearTimeout(this.asking);
    this.panel?.close();
    this.forget?.forEach((forget) => forget());
    this.scrubber?.close();
    // A page that follows may have put its own bench to this player already.
    if (this.player?.onReport === this.onReport) this.player.onReport = this.player.onNeed = null;
  }
}

export default instances("bench", (root, parent) => new Bench(root, parent));
