"""A page with the bench and the live views, fed by a small real run; what is shown depends on the link.

`lang`: en or zh. `done=1`: all is computed when the page opens. `show`: forks, wild, waiting or lost.
`pace`: updates between two looks. `drop=1`: one message goes missing, so the bench has to ask for what it lacks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from dlviz.recording import pack  # noqa: E402
from dlviz.ui.components import mount  # noqa: E402
from dlviz.words import catalogue  # noqa: E402
from tests.browser.apps.recorded import EPOCHS, STEPS_PER_EPOCH, TOTAL, Digits  # noqa: E402

FORKED_AT = 60
link = st.query_params
language = link.get("lang", "en")
LABELS = {"first": "rate 0.2", "fork": "rate 0.5"}


def words(file: str) -> dict[str, str]:
    """Return the words of one catalogue in the language of the link."""
    return {name: both[language == "zh"] for name, both in catalogue.words(file).items()}


say, bench_words = words("views"), words("bench")
st.set_page_config(layout="wide")


def start() -> dict:
    """Return the runs of this session."""
    wild = link.get("show") == "wild"
    runs = {"first": Digits(30.0 if wild else 0.2)}
    if link.get("show") == "forks":
        runs["fork"] = Digits(0.2)
        runs["fork"].go_to(FORKED_AT)
        runs["fork"].rate = 0.5
        runs["fork"].go_to(TOTAL)
    if link.get("done") or wild:
        runs["first"].go_to(TOTAL)
    return {"runs": runs, "sent": {}, "sequence": 0, "again": 0, "reports": []}


memory = st.session_state.setdefault("memory", start())


def state_of(run: Digits, playing: bool) -> str:
    """Return the word for where the run is."""
    shown = link.get("show")
    if shown in ("waiting", "lost") and not memory["again"]:
        return shown
    if run.diverged_at:
        return "diverged"
    return "finished" if run.step >= TOTAL else "training" if playing else "paused"


def work(said: dict) -> bool:
    """Advance the current run as the browser wishes; return whether it trains."""
    run = memory["runs"]["first"]
    known = memory["again"]
    for number, event, _ in said.get("events", []):
        if event == "again" and number > known:
            memory["again"] = number
    if link.get("show") in ("waiting", "lost") and not memory["again"]:
        return False
    if said.get("playing", True):
        run.go_to(run.step + int(link.get("pace", 12)))
    elif said.get("goal") is not None:
        run.go_to(int(said["goal"]))
    return said.get("playing", True)


def track(name: str, place: int, playing: bool, arrays: dict) -> dict:
    """Return the header of one track, and put its new moments into `arrays`."""
    run, sent = memory["runs"][name], memory["sent"].get(name, 0)
    new = run.moments[sent:]
    memory["sent"][name] = len(run.moments)
    arrays |= {f"{place}/{i}/{key}": value for i, row in enumerate(new) for key, value in row.arrays.items()}
    state = state_of(run, playing)
    message = bench_words[state].format(step=run.diverged_at or run.step) if state in ("diverged", "lost") else ""
    return {
        "run": name,
        "label": LABELS[name],
        "current": name == "first",
        "from": sent,
        "moments": [[row.step, row.epoch] for row in new],
        "state": state,
        "place": 3 if state == "waiting" else None,
        "message": message,
        "total_steps": 0 if state == "waiting" else TOTAL,
        "epochs": EPOCHS,
        "diverged_at": run.diverged_at,
        "forked_at": FORKED_AT if name == "fork" else None,
        "parent": "first" if name == "fork" else None,
        "edits": [{"step": 120, "label": ""}] if link.get("show") == "forks" and name == "first" else [],
    }


@st.fragment(run_every=0.25)
def feed() -> None:
    """Send what is new, four times a second."""
    state = st.session_state.get("bench") or {}
    said, need = state.get("bench") or {}, state.get("need") or {}
    if said and said not in memory["reports"][-1:]:
        memory["reports"].append(said)
    if need and need["seq"] != memory.get("needed"):
        memory["needed"] = need["seq"]
        memory["sent"][need["run"]] = need["have"]
    playing = work(said)
    arrays: dict = {}
    tracks = [track(name, i, playing, arrays) for i, name in enumerate(memory["runs"])]
    memory["sequence"] += 1
    header = {
        "player": "bench",
        "sequence": memory["sequence"],
        "tracks": tracks,
        "numbers": [
            {"name": "epoch", "label": say["epoch"], "better": None},
            {"name": "train_loss", "label": say["train_loss"], "better": "lower", "digits": 3},
            {"name": "validation_loss", "label": say["validation_loss"], "better": "lower", "digits": 3},
            {
                "name": "validation_accuracy",
                "label": say["validation_accuracy"],
                "better": "higher",
                "percent": True,
            },
        ],
        "words": bench_words,
    }
    message = pack(header, arrays)
    lost = link.get("drop") and memory["sequence"] == 5
    mount("bench", key="bench", data=memory.get("message", message) if lost else message, default={"bench": {}})
    memory["message"] = message
    st.text(f"computed {memory['runs']['first'].step}")
    st.code(json.dumps(memory["reports"][-1] if memory["reports"] else {}), language=None)
    st.text(f"needs {memory.get('needed', 0)}")


series = [
    {"name": "train_loss", "label": say["train_loss"], "dash": "solid"},
    {"name": "validation_loss", "label": say["validation_loss"], "dash": "dashed"},
]
axis = {"player": "bench", "x": "epoch", "x_label": say["x_epoch"], "diverged": say["diverged"], "run": say["run"]}
loss = {**axis, "label": say["curves"], "series": series, "y_label": say["loss"], "zero": True, "log": say["log"]}
accuracy = {
    **axis,
    "label": say["accuracy_curves"],
    "series": [{"name": "validation_accuracy", "label": say["validation_accuracy"], "dash": "dashed"}],
    "y_label": say["accuracy"],
    "percent": True,
    "log": None,
}
digits = [str(digit) for digit in range(10)]
left, right = st.columns(2)
with left:
    mount("curves", key="loss", data=loss)
with right:
    mount("curves", key="accuracy", data=accuracy)
feed()
st.text_input("note", key="note")
left, right = st.columns(2)
with left:
    chosen = mount(
        "matrix",
        key="matrix",
        data={
            "player": "bench",
            "label": say["matrix"],
            "classes": digits,
            "truth": say["truth"],
            "answer": say["answer"],
            "cell": say["cell"],
            "right": say["right"],
            "none": say["row_empty"],
            "scale": say["scale"],
        },
    )
    st.text(f"cell {json.dumps(chosen.get('cell'))}")
with right:
    picture = mount(
        "pictures",
        key="pictures",
        data={
            "player": "bench",
            "label": say["pictures"],
            "classes": digits,
            "describe": say["describe"],
            "none": say["none"],
        },
    )
    st.text(f"picture {json.dumps(picture.get('picture'))}")
    muted = memory.setdefault("muted", [])
    clicked = (st.session_state.get("filters") or {}).get("filter")
    if clicked and clicked["seq"] != memory.get("clicked"):
        memory["clicked"] = clicked["seq"]
        muted[:] = sorted(set(muted) ^ {clicked["channel"]})
    mount(
        "filters",
        key="filters",
        data={
            "player": "bench",
            "label": say["filters"],
            "describe": say["filter"],
            "mute": say["mute"],
            "muted_word": say["muted"],
            "muted": list(muted),
            "scale": say["weight"],
        },
    )
    st.text(f"muted {json.dumps(muted)} of {STEPS_PER_EPOCH}")
