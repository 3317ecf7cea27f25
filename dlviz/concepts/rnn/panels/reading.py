"""One reading: a name or a row of signs goes through the network on the stage, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from dlviz.concepts.rnn.panels import runs, written, years
from dlviz.concepts.rnn.recording import Reading
from dlviz.concepts.rnn.spec import DEFAULT, LONGEST_TYPED, View
from dlviz.data.letters import codes, folded, spells
from dlviz.recording import pack
from dlviz.sets import TONGUES
from dlviz.spec import RunSpec
from dlviz.ui import bench, crowd, fields, links, reasons
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.links import plain
from dlviz.ui.parts import part

COMPUTE = "dlviz.concepts.rnn.compute"
KEY = "rnn.unrolled"
LOOK = 0.4  # seconds between two looks while the network learns
SIGNS = "ABCDEFGH"
BLANK = "·"
CROWDED = 42  # steps from which only each fifth is written
OTHERS = {"sunspots": years.stage, "writing": written.stage}  # parts with a stage of their own


class Read(NamedTuple):
    """What is read: `codes` as the network knows them, `symbols` as people do, the classes, and the true one."""

    codes: tuple[int, ...]
    symbols: tuple[str, ...]
    classes: tuple[str, ...]
    truth: int | None


def panel() -> None:
    """Show the reading; while the network learns, it is looked at again and again."""
    part(_panel, crowd.pace(LOOK) if _moving() else None)(_moving())


def _moving() -> bool:
    return bench.moves(runs.BENCH, links.current(DEFAULT).run) or bool(st.session_state.get("rnn.owed"))


def _panel(moving: bool) -> None:
    view = links.current(DEFAULT)
    if view.part == "recall":
        view = _choose_sign(view)
    st.session_state["rnn.owed"] = False
    try:
        if view.part in OTHERS:
            st.session_state["rnn.owed"] = OTHERS[view.part](view)
        else:
            _show(view, read_of(view))
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
    if view.part == "names" and not spells(view.typed) and view.typed.strip():
        st.caption(t("rnn.unreadable", typed=plain(view.typed)))
    if moving != _moving():
        st.rerun()


def read_of(view: View) -> Read:
    """Return what the view says is read; while what is typed cannot be read, the last name that could be."""
    if view.part == "recall":
        data, sign = view.run.data, min(view.sign, view.run.data.signs - 1)
        symbols = (SIGNS[sign], *(BLANK * data.delay))
        return Read((1 + sign, *(0 for _ in range(data.delay))), symbols, tuple(SIGNS[: data.signs]), sign)
    if spells(view.typed):
        st.session_state["rnn.readable"] = view.typed
    name = folded(st.session_state.get("rnn.readable", View().typed))
    return Read(tuple(codes(name)), tuple(name), TONGUES, None)


def _choose_sign(view: View) -> View:
    signs = list(range(view.run.data.signs))
    sign = fields.choice(
        t("rnn.sign"), signs, min(view.sign, signs[-1]), "rnn.sign", names=SIGNS.__getitem__, segments=len(signs)
    )
    if sign != view.sign:
        view = view.model_copy(update={"sign": sign})
        links.write(view, DEFAULT)
    return view


def _show(view: View, read: Read) -> None:
    found = asked(view, read)
    if found is None:
        st.session_state["rnn.owed"] = True
        st.caption(t("bench.warming_up"))
        return
    st.session_state["rnn.owed"] = not found.fresh
    shown, run = found.note
    said = st.session_state.get(KEY) or {}
    typed = said.get("typed") or {}
    mount(
        "unrolled", key=KEY, data=message(view, found.value, shown, run, typed.get("seq")), on_change={"typed": _typed}
    )


def asked(view: View, read: Read) -> Answer | None:
    """Return how the network of the moment on show reads this, with what was read and by which run as its note."""
    lab = runs.lab(view.part)
    moment = lab.shown(view)
    if moment is None:
        return None
    run = lab.settled(view)
    slot = f"rnn.reading.{view.part}"
    return ask(slot, f"{COMPUTE}:reading", run, moment.step, read.codes, read.truth, note=(read, run))


def _typed() -> None:
    """Take over what was typed, letter by letter."""
    said = st.session_state[KEY].get("typed") or {}
    view = links.current(DEFAULT)
    links.write(view.model_copy(update={"typed": str(said.get("text", ""))[:LONGEST_TYPED]}), DEFAULT)


# ----------------------------------------------------------------------------------------- the picture


def message(view: View, found: Reading, read: Read, run: RunSpec, seq: object = None) -> bytes:
    """Return the reading as the browser draws it."""
    names = view.part == "names"
    kind = run.network.network
    header = {
        "symbols": read.symbols,
        "every": 1 if len(read.symbols) <= CROWDED else 5,
        "classes": [t(f"options.{one}") for one in read.classes] if names else list(read.classes),
        "right": read.truth,
        "playing": names,
        "seq": seq,
        "field": _field(view) if names else None,
        "words": {
            "label": t("rnn.reading.label"),
            "belief": t(f"rnn.belief.{view.part}"),
            "state": t("rnn.state", count=run.network.state),
            "gradient": t(f"rnn.gradient.{view.part}"),
            "gates": {f"{one}": t(f"rnn.gate.{kind}.{one}") for one in found.gates},
            "said": t(f"rnn.said.{view.part}"),
        },
    }
    return pack(header, _arrays(found))


def _field(view: View) -> Mapping[str, object]:
    return {
        "value": view.typed,
        "label": t("rnn.typed"),
        "hint": t("rnn.typed.hint"),
        "most": LONGEST_TYPED,
    }


def _arrays(found: Reading) -> dict[str, object]:
    gates = {f"gate/{name}": values for name, values in found.gates.items()}
    return {"state": found.state, "belief": found.belief, "gradient": found.gradient, **gates}
